/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-takings-window.h"

#include "gtk/till-day-print.h"
#include "gtk/till-drawer-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"
#include "gtk/till-takings-plot.h"
#include "gtk/till-takings-sums.h"

#include <glib/gi18n.h>

struct _TillTakingsWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillDay *day;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *pages;
  AdwStatusPage *trouble;
  GtkLabel *net;
  GtkLabel *net_words;
  TillTakingsPlot *plot;
  GtkBox *sums;
  GtkBox *drawer;
  GtkWidget *opening;
};

G_DEFINE_FINAL_TYPE (TillTakingsWindow, till_takings_window, ADW_TYPE_WINDOW)

/* The report */

/* "since 09:12", with the day where it was another one (transfer full) */
static char *
format_since (TillDayReport *report)
{
  gint64 since_us = till_day_report_get_since_us (report);
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_local (since_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now
      = g_date_time_new_from_unix_local (till_day_report_get_at_us (report) / G_USEC_PER_SEC);
  g_autofree char *time = NULL;

  if (since_us == 0 || since == NULL || now == NULL)
    return g_strdup (_ ("nothing happened yet"));
  time = g_date_time_format (
      since, g_date_time_get_day_of_year (since) == g_date_time_get_day_of_year (now) ? "%R" : "%F %R");
  /* TRANSLATORS: a time, or a date and a time */
  return g_strdup_printf (_ ("since %s"), time);
}

static void
show_report (TillTakingsWindow *self, TillDayReport *report)
{
  const TillDayTender *takings = till_day_report_get_takings (report);
  g_autofree char *since = format_since (report);
  g_autofree char *net = till_money_format (&takings->net);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%u sale", "%u sales", takings->sold.n), takings->sold.n);

  adw_window_title_set_subtitle (self->title, since);
  gtk_label_set_text (self->net, net);
  gtk_label_set_text (self->net_words, words);
  till_takings_plot_show (self->plot, report);
  till_takings_sums_fill (self->sums, report);
  till_takings_sums_fill_drawer (self->drawer, report);
  gtk_widget_set_visible (self->opening, till_day_report_get_drawer (report)->opening.minor == 0);
}

static void
on_changed (TillTakingsWindow *self)
{
  TillDayReport *report = till_day_get_report (self->day);
  const GError *trouble = till_day_get_trouble (self->day);

  if (trouble != NULL)
    {
      g_autofree char *words = g_markup_escape_text (trouble->message, -1);

      adw_status_page_set_description (self->trouble, words);
    }
  else if (report != NULL)
    show_report (self, report);
  gtk_stack_set_visible_child_name (self->pages, trouble != NULL  ? "trouble"
                                                 : report != NULL ? "report"
                                                                  : "reading");
}

/* What people do */

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_TAKINGS_WINDOW (user_data)->toasts, adw_toast_new (markup));
}

static void
on_ended (TillDay *day, gboolean done, gpointer user_data)
{
  on_told (till_day_get_words (day), user_data);
}

static void
ask (TillTakingsWindow *self, const char *what)
{
  if (till_day_get_report (self->day) != NULL && !till_day_is_busy (self->day))
    gtk_window_present (till_drawer_dialog_new (self->application, GTK_WINDOW (self), what));
}

static void
on_opening (TillTakingsWindow *self)
{
  ask (self, TILL_SHOP_DRAWER_OPENING);
}

static void
on_paid_in (TillTakingsWindow *self)
{
  ask (self, TILL_SHOP_DRAWER_PAID_IN);
}

static void
on_paid_out (TillTakingsWindow *self)
{
  ask (self, TILL_SHOP_DRAWER_PAID_OUT);
}

static void
on_count (TillTakingsWindow *self)
{
  ask (self, TILL_SHOP_DRAWER_COUNT);
}

static void
on_close_day (TillTakingsWindow *self)
{
  ask (self, TILL_DRAWER_DIALOG_CLOSE);
}

static void
on_read_again (TillTakingsWindow *self)
{
  till_day_read (self->day);
}

static void
on_print (TillTakingsWindow *self)
{
  if (till_day_get_report (self->day) != NULL)
    till_day_print (till_day_get_report (self->day), GTK_WINDOW (self), on_told);
}

static void
on_save (TillTakingsWindow *self)
{
  if (till_day_get_report (self->day) != NULL)
    till_day_save (till_day_get_report (self->day), GTK_WINDOW (self), on_told);
}

static void
on_csv_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  TillTakingsWindow *self = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    till_day_save_csv (self->day, path);
  gtk_native_dialog_destroy (dialog);
}

static void
on_csv (TillTakingsWindow *self)
{
  TillDayReport *report = till_day_get_report (self->day);
  g_autofree char *name = report != NULL ? till_day_file_name (report, "csv") : NULL;
  g_autoptr (GtkFileChooserNative) dialog = NULL;

  if (report == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Save the day as CSV"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_csv_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  g_object_set_data_full (G_OBJECT (self), "csv-dialog", g_steal_pointer (&dialog), g_object_unref);
}

static gboolean
on_print_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  on_print (TILL_TAKINGS_WINDOW (widget));
  return TRUE;
}

static gboolean
on_save_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  on_save (TILL_TAKINGS_WINDOW (widget));
  return TRUE;
}

/* The window */

GtkWindow *
till_takings_window_new (TillApplication *application, GtkWindow *parent)
{
  TillTakingsWindow *self
      = g_object_new (TILL_TYPE_TAKINGS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->day = g_object_ref (till_application_get_day (application));
  g_signal_connect_object (self->day, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  till_day_hold (self->day);
  on_changed (self);
  return GTK_WINDOW (self);
}

static void
till_takings_window_dispose (GObject *object)
{
  TillTakingsWindow *self = TILL_TAKINGS_WINDOW (object);

  if (self->day != NULL)
    till_day_release (self->day);
  g_clear_object (&self->day);
  G_OBJECT_CLASS (till_takings_window_parent_class)->dispose (object);
}

static void
till_takings_window_class_init (TillTakingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_takings_window_dispose;
  g_type_ensure (TILL_TYPE_TAKINGS_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/takings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, net);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, net_words);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, plot);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, sums);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, drawer);
  gtk_widget_class_bind_template_child (widget_class, TillTakingsWindow, opening);
  gtk_widget_class_bind_template_callback (widget_class, on_opening);
  gtk_widget_class_bind_template_callback (widget_class, on_paid_in);
  gtk_widget_class_bind_template_callback (widget_class, on_paid_out);
  gtk_widget_class_bind_template_callback (widget_class, on_count);
  gtk_widget_class_bind_template_callback (widget_class, on_close_day);
  gtk_widget_class_bind_template_callback (widget_class, on_read_again);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_csv);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, on_print_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, on_save_key, NULL);
}

static void
till_takings_window_init (TillTakingsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
