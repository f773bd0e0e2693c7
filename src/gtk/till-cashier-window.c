/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-cashier-window.h"

#include "gtk/till-audit-window.h"
#include "gtk/till-basket-view.h"
#include "gtk/till-camera-chip.h"
#include "gtk/till-custody-banner.h"
#include "gtk/till-custody-window.h"
#include "gtk/till-customer-display.h"
#include "gtk/till-customer-window.h"
#include "gtk/till-customers-window.h"
#include "gtk/till-demo.h"
#include "gtk/till-enrol-view.h"
#include "gtk/till-goods-view.h"
#include "gtk/till-halves.h"
#include "gtk/till-history-window.h"
#include "gtk/till-keys.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-phrase-dialog.h"
#include "gtk/till-policy-window.h"
#include "gtk/till-recovery-window.h"
#include "gtk/till-sale-view.h"
#include "gtk/till-screen.h"
#include "gtk/till-takings-window.h"
#include "gtk/till-unresolved-window.h"

#include <glib/gi18n.h>

static GtkWindow *
recover_dialog_new (TillApplication *application, GtkWindow *parent)
{
  return till_phrase_dialog_new (application, parent, TILL_CUSTODY_RECOVER);
}

/* The windows that can be asked for by name. */
static const struct
{
  const char *name;
  GtkWindow *(*make) (TillApplication *application, GtkWindow *parent);
} kinds[] = {
  { "history", till_history_window_new }, { "unresolved", till_unresolved_window_new },
  { "takings", till_takings_window_new }, { "customers", till_customers_window_new },
  { "custody", till_custody_window_new }, { "recovery", till_recovery_window_new },
  { "recover", recover_dialog_new },      { "audit", till_audit_window_new },
};

struct _TillCashierWindow
{
  AdwApplicationWindow parent_instance;

  TillApplication *application;             /* borrowed: it owns the windows */
  GtkWidget *display;                       /* the customer's, in one of the two places */
  GtkWindow *customer_window;               /* NULL while the display is beside */
  GtkWindow *manager_dialog;                /* NULL unless the manager is being asked about a look-alike */
  GtkWindow *windows[G_N_ELEMENTS (kinds)]; /* weak: one of each kind */
  gboolean following;

  AdwToastOverlay *toasts;
  TillHalves *halves;
  TillCameraChip *camera;
  AdwWindowTitle *title;
  TillCustodyBanner *custody;
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  GtkRevealer *unresolved_revealer;
  GtkLabel *unresolved_words;
  GtkStack *pages;
  GtkLabel *opening_words;
  GtkProgressBar *opening_progress;
  AdwStatusPage *failed;
  TillGoodsView *goods;
  TillBasketView *basket;
  TillSaleView *sale;
  TillEnrolView *enrol;
};

G_DEFINE_FINAL_TYPE (TillCashierWindow, till_cashier_window, ADW_TYPE_APPLICATION_WINDOW)

/* The notice: what the cashier should know all the time */

static void
show_notice (TillCashierWindow *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  TillCustodyState custody = till_shop_get_custody (shop);
  /* What is the matter with the keys has a strip of its own. */
  const GError *trouble = custody == TILL_CUSTODY_OPEN || custody == TILL_CUSTODY_CLOSED
                              ? till_shop_get_face_trouble (shop)
                              : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (till_application_is_demo (self->application))
    g_string_append_printf (text, _ ("Demo, no money moves. Franck’s phone ends in %s."), TILL_DEMO_SUFFIX);
  if (trouble != NULL)
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", _ ("Paying with a smile is off."),
                            trouble->message);
  gtk_label_set_text (self->notice, text->str);
  gtk_revealer_set_reveal_child (self->notice_revealer, text->len > 0);
}

static void
show_unresolved (TillCashierWindow *self)
{
  guint n = till_unresolved_list_get_count (till_application_get_unresolved (self->application));
  g_autofree char *words
      = g_strdup_printf (ngettext ("The outcome of %u payment is not known yet. The till keeps asking.",
                                   "The outcome of %u payments is not known yet. The till keeps asking.", n),
                         n);

  if (n > 0)
    gtk_label_set_text (self->unresolved_words, words);
  gtk_revealer_set_reveal_child (self->unresolved_revealer, n > 0);
}

/* Where the customer's display is */

static gboolean
wants_customer_window (TillCashierWindow *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  g_autofree char *place = NULL;

  if (shop == NULL)
    return till_customer_window_has_monitor ();
  place
      = g_settings_get_string (till_profile_get_settings (till_shop_get_profile (shop)), "customer-display");
  if (g_str_equal (place, "auto"))
    return till_customer_window_has_monitor ();
  return g_str_equal (place, "window");
}

static void
place_display (TillCashierWindow *self)
{
  gboolean own = wants_customer_window (self);

  if (own == (self->customer_window != NULL) && gtk_widget_get_parent (self->display) != NULL)
    return;

  g_object_ref (self->display);
  if (self->customer_window != NULL)
    {
      adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->customer_window), NULL);
      gtk_window_destroy (g_steal_pointer (&self->customer_window));
    }
  else if (gtk_widget_get_parent (self->display) != NULL)
    till_halves_set_end (self->halves, NULL);

  if (own)
    {
      self->customer_window = till_customer_window_new (self->application);
      adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->customer_window), self->display);
      gtk_window_present (self->customer_window);
    }
  else
    till_halves_set_end (self->halves, self->display);
  g_object_unref (self->display);
}

static void
on_place_changed (TillCashierWindow *self)
{
  place_display (self);
}

/* Following the till */

/* Whose page it should be where there is room for one. */
static gboolean
is_customers_turn (TillCashierWindow *self)
{
  TillSitting *sitting = till_application_get_sitting (self->application);
  TillShop *shop = till_application_get_shop (self->application);

  if (till_application_shows_privacy (self->application)
      || till_application_get_data_case (self->application) != NULL)
    return TRUE;
  if (sitting != NULL)
    return till_sitting_get_state (sitting) == TILL_SITTING_CONSENT
           || till_sitting_get_state (sitting) == TILL_SITTING_LOOKING
           || till_sitting_get_state (sitting) == TILL_SITTING_PIN
           || till_sitting_get_state (sitting) == TILL_SITTING_PASS;
  if (!self->following)
    return FALSE;
  switch (till_checkout_get_state (till_shop_get_checkout (shop)))
    {
    case TILL_CHECKOUT_IDLE:
    case TILL_CHECKOUT_DOUBT:
    case TILL_CHECKOUT_COUNTER:
    case TILL_CHECKOUT_RECORDING:
    case TILL_CHECKOUT_PAID:
      return FALSE;
    default:
      return TRUE;
    }
}

static void
show_page (TillCashierWindow *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  gboolean idle = till_checkout_get_state (till_shop_get_checkout (shop)) == TILL_CHECKOUT_IDLE;
  gboolean enrolling = till_application_get_sitting (self->application) != NULL;

  gboolean asked = till_application_get_data_case (self->application) != NULL;

  till_goods_view_capture_keys (self->goods, idle && !enrolling && !asked ? GTK_WIDGET (self) : NULL);
  gtk_stack_set_visible_child_name (self->pages, enrolling ? "enrol" : idle ? "ring-up" : "sale");
}

static void
show_camera (TillCashierWindow *self)
{
  till_camera_chip_set_on (self->camera, till_application_is_camera_on (self->application));
}

/* On a small screen the customer's display has the cashier's last button too, and either page says whether the
 * camera is on. */
static void
on_single (TillCashierWindow *self)
{
  till_customer_display_set_alone (TILL_CUSTOMER_DISPLAY (self->display),
                                   till_halves_is_single (self->halves));
  gtk_widget_set_visible (GTK_WIDGET (self->camera), till_halves_is_single (self->halves));
}

static void
on_turn (TillCashierWindow *self)
{
  till_halves_prefer_end (self->halves, is_customers_turn (self));
}

static void
on_data_case (TillCashierWindow *self)
{
  show_camera (self);
  if (self->following)
    show_page (self);
  on_turn (self);
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  show_page (user_data);
  on_turn (user_data);
}

/* A look-alike */

static void
on_look_alike_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "enrol-confirm", g_variant_new_string (pin));
}

static void
ask_manager (TillCashierWindow *self)
{
  TillSitting *sitting = till_application_get_sitting (self->application);

  if (sitting == NULL || till_sitting_get_state (sitting) != TILL_SITTING_LOOK_ALIKE
      || self->manager_dialog != NULL)
    return;
  self->manager_dialog = GTK_WINDOW (till_manager_dialog_new (
      self->application, GTK_WINDOW (self), _ ("This face is very close to one that is enrolled"),
      _ ("Perhaps the same person is enrolled already: then stop here. Perhaps it is somebody of the family: "
         "then "
         "a manager may go on. From then on the till asks both of them for more than a face."),
      _ ("It is somebody else")));
  g_object_add_weak_pointer (G_OBJECT (self->manager_dialog), (gpointer *) &self->manager_dialog);
  g_signal_connect_object (self->manager_dialog, "confirmed", G_CALLBACK (on_look_alike_confirmed),
                           self->application, 0);
  gtk_window_present (self->manager_dialog);
}

static void
on_sitting_state (TillCashierWindow *self)
{
  show_camera (self);
  on_turn (self);
  ask_manager (self);
}

static void
close_manager_dialog (TillCashierWindow *self)
{
  if (self->manager_dialog != NULL)
    gtk_window_destroy (self->manager_dialog);
}

static void
on_sitting (TillApplication *application, gpointer user_data)
{
  TillCashierWindow *self = user_data;
  TillSitting *sitting = till_application_get_sitting (application);

  if (sitting != NULL)
    g_signal_connect_object (sitting, "state", G_CALLBACK (on_sitting_state), self, G_CONNECT_SWAPPED);
  else
    close_manager_dialog (self);
  show_camera (self);
  if (self->following)
    show_page (self);
  on_turn (self);
}

static void
on_message (TillApplication *application, const char *text, gpointer user_data)
{
  TillCashierWindow *self = user_data;
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
follow_shop (TillCashierWindow *self)
{
  TillShop *shop = till_application_get_shop (self->application);

  self->following = TRUE;
  adw_window_title_set_title (self->title, till_shop_get_name (shop));
  till_goods_view_set_catalogue (self->goods, till_shop_get_catalogue (shop));
  till_basket_view_set_basket (self->basket, till_shop_get_basket (shop));
  till_sale_view_follow (self->sale, self->application);
  till_enrol_view_follow (self->enrol, self->application);
  g_signal_connect_object (till_shop_get_checkout (shop), "state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (till_shop_get_checkout (shop), "camera", G_CALLBACK (show_camera), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "face-trouble-changed", G_CALLBACK (show_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "custody-changed", G_CALLBACK (show_notice), self, G_CONNECT_SWAPPED);
  till_custody_banner_follow (self->custody, self->application);
  g_signal_connect_object (till_application_get_unresolved (self->application), "changed",
                           G_CALLBACK (show_unresolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (till_profile_get_settings (till_shop_get_profile (shop)),
                           "changed::customer-display", G_CALLBACK (on_place_changed), self,
                           G_CONNECT_SWAPPED);
  g_autoptr (GAction) place = g_settings_create_action (
      till_profile_get_settings (till_shop_get_profile (shop)), "customer-display");
  g_action_map_add_action (G_ACTION_MAP (self->application), place);
  place_display (self);
  show_notice (self);
  show_unresolved (self);
  on_state (NULL, till_checkout_get_state (till_shop_get_checkout (shop)), self);
}

static void
on_enrolment_sighting (TillSitting *sitting, TillSighting *sighting, gpointer user_data)
{
  TillCashierWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->opening_progress, sighting->enrolment_progress);
}

static void
on_phase (TillApplication *application, guint phase, gpointer user_data)
{
  TillCashierWindow *self = user_data;

  switch ((TillPhase) phase)
    {
    case TILL_PHASE_OPENING:
      break;
    case TILL_PHASE_ENROLLING:
      gtk_label_set_text (self->opening_words, _ ("Enrolling the demo’s customer, Franck…"));
      gtk_widget_set_visible (GTK_WIDGET (self->opening_progress), TRUE);
      g_signal_connect_object (till_application_get_sitting (application), "sighting",
                               G_CALLBACK (on_enrolment_sighting), self, 0);
      break;
    case TILL_PHASE_OPEN:
      if (!self->following)
        follow_shop (self);
      break;
    case TILL_PHASE_FAILED:
      {
        g_autofree char *words = g_markup_escape_text (till_application_get_error (application)->message, -1);

        adw_status_page_set_description (self->failed, words);
        gtk_stack_set_visible_child_name (self->pages, "failed");
        break;
      }
    }
}

/* The window */

static void
on_customers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillCashierWindow *self = user_data;

  if (self->following)
    till_application_show (self->application, "customers");
}

/* One window of each kind: who asks for it again gets the one there is. */
static void
on_show (TillApplication *application, const char *name, gpointer user_data)
{
  TillCashierWindow *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (name, kinds[i].name))
      {
        if (self->windows[i] == NULL)
          g_set_weak_pointer (&self->windows[i], kinds[i].make (application, GTK_WINDOW (self)));
        gtk_window_present (self->windows[i]);
      }
}

static void
on_manager_asked (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_manager (user_data);
}

static void
show_policy (TillCashierWindow *self)
{
  gtk_window_present (till_policy_window_new (self->application, GTK_WINDOW (self)));
}

/* Rules that only cashiers kept would be none. */
static void
on_policy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillCashierWindow *self = user_data;

  if (!self->following)
    return;
  if (!till_staff_is_set (till_shop_get_staff (till_application_get_shop (self->application)),
                          TILL_STAFF_MANAGER))
    {
      show_policy (self);
      return;
    }

  TillManagerDialog *dialog = till_manager_dialog_new (
      self->application, GTK_WINDOW (self), _ ("Face payment"),
      _ ("The manager’s PIN opens the rules for paying with a smile."), _ ("Open"));
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (show_policy), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (GTK_WINDOW (user_data), "application-name", "Smiletill", "application-icon",
                         TILL_APPLICATION_ID, "version", TILL_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("A checkout where a customer may pay with a smile, and never has to."), NULL);
}

static void
on_own_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillCashierWindow *self = user_data;
  TillShop *shop = till_application_get_shop (self->application);

  if (shop != NULL && self->following)
    g_settings_set_string (till_profile_get_settings (till_shop_get_profile (shop)), "customer-display",
                           self->customer_window != NULL ? "beside" : "window");
}

static void
add_actions (TillCashierWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "customers", .activate = on_customers },
    { .name = "ask-manager", .activate = on_manager_asked },
    { .name = "face-payment", .activate = on_policy },
    { .name = "own-customer-window", .activate = on_own_window },
    { .name = "about", .activate = on_about },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

static void
till_cashier_window_dispose (GObject *object)
{
  TillCashierWindow *self = TILL_CASHIER_WINDOW (object);

  close_manager_dialog (self);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_weak_pointer (&self->windows[i]);
  G_OBJECT_CLASS (till_cashier_window_parent_class)->dispose (object);
}

static gboolean
till_cashier_window_close_request (GtkWindow *window)
{
  TillCashierWindow *self = TILL_CASHIER_WINDOW (window);

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  return GDK_EVENT_STOP;
}

/* Keys that only a tester has. */
static void
show_tester_keys (GtkWidget *widget)
{
  if (g_str_equal (gtk_widget_get_name (widget), "tester"))
    gtk_widget_set_visible (widget, TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_tester_keys (child);
}

TillCashierWindow *
till_cashier_window_new (TillApplication *application)
{
  TillCashierWindow *self = g_object_new (TILL_TYPE_CASHIER_WINDOW, "application", application, NULL);

  self->application = application;
  self->display = till_customer_display_new (application);
  till_keys_attach (GTK_WIDGET (self), application);
  if (till_application_is_tester (application))
    show_tester_keys (GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self))));
  till_screen_fill (GTK_WINDOW (self));
  place_display (self);
  g_signal_connect_object (self->halves, "notify::single", G_CALLBACK (on_single), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "phase", G_CALLBACK (on_phase), self, 0);
  g_signal_connect_object (application, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (application, "show", G_CALLBACK (on_show), self, 0);
  g_signal_connect_object (application, "sitting", G_CALLBACK (on_sitting), self, 0);
  g_signal_connect_object (application, "privacy", G_CALLBACK (on_turn), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "data-case", G_CALLBACK (on_data_case), self, G_CONNECT_SWAPPED);
  return self;
}

static void
till_cashier_window_class_init (TillCashierWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TILL_TYPE_CAMERA_CHIP);
  g_type_ensure (TILL_TYPE_CUSTODY_BANNER);
  g_type_ensure (TILL_TYPE_GOODS_VIEW);
  g_type_ensure (TILL_TYPE_BASKET_VIEW);
  g_type_ensure (TILL_TYPE_SALE_VIEW);
  g_type_ensure (TILL_TYPE_ENROL_VIEW);
  g_type_ensure (TILL_TYPE_HALVES);
  G_OBJECT_CLASS (klass)->dispose = till_cashier_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = till_cashier_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/cashier-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, halves);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, camera);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, custody);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, unresolved_revealer);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, unresolved_words);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, opening_words);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, opening_progress);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, goods);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, basket);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, sale);
  gtk_widget_class_bind_template_child (widget_class, TillCashierWindow, enrol);
}

static void
till_cashier_window_init (TillCashierWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
}
