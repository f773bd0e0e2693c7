/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-drawer-dialog.h"

#include "gtk/till-day-print.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillDrawerDialog
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillDay *day;
  const char *what;
  gboolean sent;

  GtkStack *pages;
  GtkLabel *heading;
  GtkLabel *words;
  AdwEntryRow *amount;
  AdwEntryRow *note;
  GtkLabel *difference;
  GtkLabel *trouble;
  GtkWidget *confirm;
  GtkLabel *closed_text;
  GtkLabel *closed_words;
  GtkWidget *closed_done;
};

G_DEFINE_FINAL_TYPE (TillDrawerDialog, till_drawer_dialog, ADW_TYPE_WINDOW)

static gboolean
is_about (TillDrawerDialog *self, const char *what)
{
  return g_str_equal (self->what, what);
}

static gboolean
counts (TillDrawerDialog *self)
{
  return is_about (self, TILL_SHOP_DRAWER_COUNT) || is_about (self, TILL_DRAWER_DIALOG_CLOSE);
}

static const char *
typed (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
read_amount (TillDrawerDialog *self, TillMoney *amount)
{
  g_autofree char *text = g_strstrip (g_strdelimit (g_strdup (typed (self->amount)), ",", '.'));

  return till_money_parse (amount, text, till_shop_get_currency (till_day_get_shop (self->day)), NULL)
         && amount->minor >= 0;
}

static void
show_trouble (TillDrawerDialog *self, const char *words)
{
  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *words != '\0');
}

/* What a count is off by, in words (transfer full); "" while nothing, or no amount, is written. */
static char *
words_for_difference (TillDrawerDialog *self)
{
  TillDayReport *report = till_day_get_report (self->day);
  g_autofree char *money = NULL;
  TillMoney counted, difference;

  if (!counts (self) || report == NULL || !read_amount (self, &counted)
      || !till_money_subtract (&counted, &till_day_report_get_drawer (report)->expected, &difference, NULL))
    return g_strdup ("");
  if (difference.minor == 0)
    return g_strdup (_ ("That is what should be there."));
  money = till_money_format (&(TillMoney){
      .minor = ABS (difference.minor),
      .currency = { difference.currency[0], difference.currency[1], difference.currency[2], '\0' } });
  return difference.minor < 0 ? g_strdup_printf (_ ("%s is missing."), money)
                              : g_strdup_printf (_ ("%s too much is there."), money);
}

static void
update (TillDrawerDialog *self)
{
  g_autofree char *difference = words_for_difference (self);
  gboolean close = is_about (self, TILL_DRAWER_DIALOG_CLOSE);
  gboolean noted = !is_about (self, TILL_SHOP_DRAWER_PAID_OUT) || *typed (self->note) != '\0';

  show_trouble (self, "");
  gtk_label_set_text (self->difference, difference);
  gtk_widget_set_visible (GTK_WIDGET (self->difference), *difference != '\0');
  gtk_widget_set_sensitive (self->confirm, (close || *typed (self->amount) != '\0') && noted);
}

/* Writing */

static void
on_manager_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  TillDrawerDialog *self = user_data;
  TillMoney amount;
  gboolean there = read_amount (self, &amount);

  self->sent = TRUE;
  if (is_about (self, TILL_DRAWER_DIALOG_CLOSE))
    till_day_close (self->day, there ? &amount : NULL, pin);
  else
    till_day_write_drawer (self->day, self->what, &amount, typed (self->note), pin);
}

/* What is about to be done, for whoever has to allow it (transfer full). */
static char *
words_for_manager (TillDrawerDialog *self)
{
  TillDayReport *report = till_day_get_report (self->day);
  g_autofree char *difference = words_for_difference (self);
  g_autofree char *money = NULL;
  TillMoney amount;

  if (is_about (self, TILL_SHOP_DRAWER_PAID_OUT) && read_amount (self, &amount))
    {
      money = till_money_format (&amount);
      return g_strdup_printf (_ ("%s is taken out of the drawer, and the books say so."), money);
    }
  money = report != NULL ? till_money_format (&till_day_report_get_takings (report)->net) : g_strdup ("");
  /* TRANSLATORS: the takings, and what a count is off by, a sentence or nothing */
  return g_strdup_printf (
      _ ("The takings of %s are written in the books for good, as a Z report, and the next "
         "day begins. What is sold from then on counts for that day. %s"),
      money, *difference != '\0' ? difference : _ ("Nobody has counted the drawer."));
}

static void
ask_manager (TillDrawerDialog *self)
{
  gboolean close = is_about (self, TILL_DRAWER_DIALOG_CLOSE);
  g_autofree char *words = words_for_manager (self);
  TillManagerDialog *dialog = till_manager_dialog_new (
      self->application, GTK_WINDOW (self), close ? _ ("Close the day?") : _ ("Take money out?"), words,
      close ? _ ("Close the day") : _ ("Take it out"));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_manager_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_confirm (TillDrawerDialog *self)
{
  gboolean close = is_about (self, TILL_DRAWER_DIALOG_CLOSE);
  TillMoney amount;

  if (!gtk_widget_get_sensitive (self->confirm) || till_day_is_busy (self->day))
    return;
  if (!read_amount (self, &amount) && !(close && *typed (self->amount) == '\0'))
    {
      g_autofree char *words
          = g_strdup_printf (_ ("“%s” is no amount of %s: write one like 12.50"), typed (self->amount),
                             till_shop_get_currency (till_day_get_shop (self->day)));

      show_trouble (self, words);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount));
      return;
    }
  if (close || is_about (self, TILL_SHOP_DRAWER_PAID_OUT))
    {
      ask_manager (self);
      return;
    }
  self->sent = TRUE;
  till_day_write_drawer (self->day, self->what, &amount, typed (self->note), NULL);
}

static void
show_closed (TillDrawerDialog *self)
{
  g_autofree char *text = till_day_report_to_text (till_day_get_closed (self->day));

  gtk_label_set_text (self->closed_text, text);
  gtk_stack_set_visible_child_name (self->pages, "closed");
  gtk_widget_grab_focus (self->closed_done);
}

static void
on_changed (TillDrawerDialog *self)
{
  if (self->sent && till_day_is_busy (self->day))
    gtk_stack_set_visible_child_name (self->pages, "working");
}

static void
on_ended (TillDay *day, gboolean done, gpointer user_data)
{
  TillDrawerDialog *self = user_data;

  if (!self->sent)
    return;
  self->sent = FALSE;
  if (done && is_about (self, TILL_DRAWER_DIALOG_CLOSE))
    show_closed (self);
  else if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "asking");
      show_trouble (self, till_day_get_words (day));
    }
}

/* The report of the day that was closed */

static void
on_told (const char *words, gpointer user_data)
{
  gtk_label_set_text (TILL_DRAWER_DIALOG (user_data)->closed_words, words);
}

static void
on_print (TillDrawerDialog *self)
{
  till_day_print (till_day_get_closed (self->day), GTK_WINDOW (self), on_told);
}

static void
on_save (TillDrawerDialog *self)
{
  till_day_save (till_day_get_closed (self->day), GTK_WINDOW (self), on_told);
}

/* The window */

static void
show_what (TillDrawerDialog *self)
{
  const struct
  {
    const char *what;
    const char *heading;
    const char *words;
    const char *amount; /* a currency's code goes in */
    const char *confirm;
    gboolean noted;
  } table[] = {
    { TILL_SHOP_DRAWER_OPENING, _ ("Opening cash"), _ ("What is in the drawer as the day begins."),
      _ ("In the drawer"), _ ("Write it down"), FALSE },
    { TILL_SHOP_DRAWER_PAID_IN, _ ("Paid in"), _ ("Money put into the drawer beside sales, as change."),
      _ ("Put in"), _ ("Write it down"), TRUE },
    { TILL_SHOP_DRAWER_PAID_OUT, _ ("Paid out"),
      _ ("Money taken out of the drawer, to the bank or for a delivery. A manager has to allow it."),
      _ ("Taken out"), _ ("Go on"), TRUE },
    { TILL_SHOP_DRAWER_COUNT, _ ("Count the drawer"),
      _ ("Count every coin and note, then write what it comes to."), _ ("Counted"), _ ("Write it down"),
      FALSE },
    { TILL_DRAWER_DIALOG_CLOSE, _ ("Close the day"),
      _ ("Count the drawer and write what it comes to; leave it empty if nobody counts. Then a manager "
         "closes the "
         "day."),
      _ ("Counted"), _ ("Go on"), FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (is_about (self, table[i].what))
      {
        /* TRANSLATORS: what an amount is, and in which currency, as "Counted, EUR" */
        g_autofree char *title = g_strdup_printf (_ ("%s, %s"), table[i].amount,
                                                  till_shop_get_currency (till_day_get_shop (self->day)));

        gtk_window_set_title (GTK_WINDOW (self), table[i].heading);
        gtk_label_set_text (self->heading, table[i].heading);
        gtk_label_set_text (self->words, table[i].words);
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), title);
        gtk_button_set_label (GTK_BUTTON (self->confirm), table[i].confirm);
        gtk_widget_set_visible (GTK_WIDGET (self->note), table[i].noted);
      }
}

GtkWindow *
till_drawer_dialog_new (TillApplication *application, GtkWindow *parent, const char *what)
{
  TillDrawerDialog *self = g_object_new (TILL_TYPE_DRAWER_DIALOG, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->day = g_object_ref (till_application_get_day (application));
  self->what = g_intern_string (what);
  show_what (self);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
  return GTK_WINDOW (self);
}

static void
till_drawer_dialog_dispose (GObject *object)
{
  g_clear_object (&TILL_DRAWER_DIALOG (object)->day);
  G_OBJECT_CLASS (till_drawer_dialog_parent_class)->dispose (object);
}

static void
till_drawer_dialog_class_init (TillDrawerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_drawer_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/drawer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, words);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, note);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, difference);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, closed_text);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, closed_words);
  gtk_widget_class_bind_template_child (widget_class, TillDrawerDialog, closed_done);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_drawer_dialog_init (TillDrawerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
