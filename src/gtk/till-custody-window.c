/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-custody-window.h"

#include "gtk/till-custody-words.h"
#include "gtk/till-inner-names.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-phrase-dialog.h"
#include "gtk/till-rotate-dialog.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillCustodyWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillCustodyCase *custody;

  AdwToastOverlay *toasts;
  GtkImage *state_icon;
  AdwActionRow *state;
  GtkButton *mend;
  AdwActionRow *owner;
  GtkButton *owner_change;
  AdwActionRow *phrase;
  GtkButton *phrase_make;
  GtkWidget *phrase_try_row;
  GtkWidget *rotate;
};

G_DEFINE_FINAL_TYPE (TillCustodyWindow, till_custody_window, ADW_TYPE_WINDOW)

static TillShop *
shop_of (TillCustodyWindow *self)
{
  return till_custody_case_get_shop (self->custody);
}

static gboolean
is_set (TillCustodyWindow *self, TillStaffRole role)
{
  return till_staff_is_set (till_shop_get_staff (shop_of (self)), role);
}

static void
tell (TillCustodyWindow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

/* Showing */

static void
show_state (TillCustodyWindow *self)
{
  TillCustodyState state = till_shop_get_custody (shop_of (self));
  const GError *trouble = till_shop_get_custody_trouble (shop_of (self));
  gboolean rolled_back = state == TILL_CUSTODY_ROLLED_BACK;
  /* That there is no phrase yet is told by its own row. */
  TillCustodyWords words
      = till_custody_words_for (state, state == TILL_CUSTODY_OPEN || till_shop_has_recovery (shop_of (self)));
  g_autofree char *told = rolled_back && trouble != NULL
                              ? g_strdup_printf ("%s\n%s", words.words, trouble->message)
                              : g_strdup (words.words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), words.title);
  adw_action_row_set_subtitle (self->state, told);
  gtk_image_set_from_icon_name (self->state_icon,
                                state == TILL_CUSTODY_OPEN ? "till-done-symbolic" : "till-notice-symbolic");
  gtk_widget_set_css_classes (
      GTK_WIDGET (self->state_icon),
      (const char *[]){ state == TILL_CUSTODY_OPEN ? "done-colour" : "trouble-colour", NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->mend), words.button != NULL);
  if (words.button == NULL)
    return;
  gtk_button_set_label (self->mend, rolled_back ? _ ("It Was Restored…") : words.button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend), rolled_back ? NULL : words.action);
}

static void
show_owner (TillCustodyWindow *self)
{
  gboolean set = is_set (self, TILL_STAFF_OWNER);

  adw_action_row_set_subtitle (
      self->owner, set ? _ ("Makes the recovery phrase, changes the keys, and allows whatever a manager may")
                       : _ ("None is set yet: it is chosen with the recovery phrase, or here"));
  gtk_button_set_label (self->owner_change, set ? _ ("Change…") : _ ("Set…"));
}

static void
show_phrase (TillCustodyWindow *self)
{
  gboolean made = till_shop_has_recovery (shop_of (self));
  gboolean open = till_shop_get_custody (shop_of (self)) == TILL_CUSTODY_OPEN;

  adw_action_row_set_subtitle (
      self->phrase,
      made ? _ ("In force. Another one makes it worthless: for when the paper was seen or lost")
           : _ ("None yet: if this computer or its password is lost, every customer has to enrol again"));
  gtk_button_set_label (self->phrase_make, made ? _ ("Make Another…") : _ ("Make It Now…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->phrase_make), open);
  if (made)
    gtk_widget_remove_css_class (GTK_WIDGET (self->phrase_make), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->phrase_make), "suggested-action");
  gtk_widget_set_visible (self->phrase_try_row, made);
  gtk_widget_set_sensitive (self->rotate, open);
}

static void
show (TillCustodyWindow *self)
{
  show_state (self);
  show_owner (self);
  show_phrase (self);
}

static void
on_ended (TillCustodyCase *custody, gboolean done, gpointer user_data)
{
  switch (till_custody_case_get_deed (custody))
    {
    case TILL_CUSTODY_UNLOCK:
    case TILL_CUSTODY_RETRY:
    case TILL_CUSTODY_ACCEPT:
      tell (user_data, till_custody_case_get_words (custody));
      break;
    default:
      break; /* told by the windows for it */
    }
}

/* What people do */

static void
on_books_accepted (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  till_custody_case_accept (TILL_CUSTODY_WINDOW (user_data)->custody, pin);
}

static void
ask_about_books (TillCustodyWindow *self)
{
  const char *heading = _ ("Were the books restored on purpose?");
  const char *words = _ (
      "Say so only if somebody put a backup back. Then the books count as they are now, and they say who "
      "decided it. What was sold or erased after the backup is not in them: check that against your bank. If "
      "nobody restored anything, stop here and keep this computer as it is.");
  const char *confirm = _ ("They Were Restored");
  TillManagerDialog *dialog
      = is_set (self, TILL_STAFF_OWNER)
            ? till_manager_dialog_new_for_owner (self->application, GTK_WINDOW (self), heading, words,
                                                 confirm)
            : till_manager_dialog_new (self->application, GTK_WINDOW (self), heading, words, confirm);

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_books_accepted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The other states have an action. */
static void
on_mend (TillCustodyWindow *self)
{
  if (till_shop_get_custody (shop_of (self)) == TILL_CUSTODY_ROLLED_BACK)
    ask_about_books (self);
}

static void
on_owner_set (TillCustodyWindow *self)
{
  show_owner (self);
  tell (self, _ ("The owner’s PIN is set"));
}

static void
on_change_owner (TillCustodyWindow *self)
{
  TillManagerDialog *dialog = till_manager_dialog_new_for_owner (
      self->application, GTK_WINDOW (self), _ ("Owner’s PIN"),
      _ ("6 to 8 digits that are not easy to guess. Nobody can find it out "
         "for you if you forget it."),
      _ ("Set"));

  till_manager_dialog_change (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_owner_set), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_make_phrase (TillCustodyWindow *self)
{
  till_application_show (self->application, "recovery");
}

static void
on_try_phrase (TillCustodyWindow *self)
{
  gtk_window_present (till_phrase_dialog_new (self->application, GTK_WINDOW (self), TILL_CUSTODY_CHECK));
}

static void
on_rotate (TillCustodyWindow *self)
{
  gtk_window_present (till_rotate_dialog_new (self->application, GTK_WINDOW (self)));
}

/* The window */

GtkWindow *
till_custody_window_new (TillApplication *application, GtkWindow *parent)
{
  TillCustodyWindow *self = g_object_new (TILL_TYPE_CUSTODY_WINDOW, "application", application,
                                          "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->custody = g_object_ref (till_application_get_custody (application));
  till_custody_case_hold (self->custody);
  g_signal_connect_object (self->custody, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  till_inner_names_set (GTK_WIDGET (self), gtk_window_get_title (GTK_WINDOW (self)));
  show (self);
  return GTK_WINDOW (self);
}

static void
till_custody_window_dispose (GObject *object)
{
  TillCustodyWindow *self = TILL_CUSTODY_WINDOW (object);

  if (self->custody != NULL)
    till_custody_case_release (self->custody);
  g_clear_object (&self->custody);
  G_OBJECT_CLASS (till_custody_window_parent_class)->dispose (object);
}

static void
till_custody_window_class_init (TillCustodyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_custody_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/custody-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, state);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, mend);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, owner);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, owner_change);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, phrase);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, phrase_make);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, phrase_try_row);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyWindow, rotate);
  gtk_widget_class_bind_template_callback (widget_class, on_mend);
  gtk_widget_class_bind_template_callback (widget_class, on_change_owner);
  gtk_widget_class_bind_template_callback (widget_class, on_make_phrase);
  gtk_widget_class_bind_template_callback (widget_class, on_try_phrase);
  gtk_widget_class_bind_template_callback (widget_class, on_rotate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_custody_window_init (TillCustodyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
