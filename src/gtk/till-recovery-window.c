/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-recovery-window.h"

#include "gtk/till-custody-words.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"
#include "gtk/till-sheet-print.h"

#include <glib/gi18n.h>
#include <string.h>

#define COLUMNS 3

struct _TillRecoveryWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillCustodyCase *custody;
  gboolean leaving; /* whoever closes it was asked */

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *pages;
  GtkLabel *why_trouble;
  GtkGrid *words;
  GtkEntry *entry;
  GtkLabel *trouble;
  GtkWidget *make;
  GtkWidget *written;
  GtkWidget *check;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TillRecoveryWindow, till_recovery_window, ADW_TYPE_WINDOW)

static void
tell_trouble (GtkLabel *label, const char *words)
{
  gtk_label_set_text (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_RECOVERY_WINDOW (user_data)->toasts, adw_toast_new (markup));
}

/* The words: on the page only while it is the one to be seen */

static void
wipe_words (TillRecoveryWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->words))) != NULL)
    {
      gtk_label_set_text (GTK_LABEL (child), "");
      gtk_grid_remove (self->words, child);
    }
}

static void
show_words (TillRecoveryWindow *self)
{
  GStrv words = till_custody_words_split (till_custody_case_get_phrase (self->custody));

  wipe_words (self);
  for (int i = 0; words[i] != NULL; i++)
    {
      /* TRANSLATORS: a word's place in the recovery phrase, and the word */
      g_autofree char *text = g_strdup_printf (_ ("%d  %s"), i + 1, words[i]);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "phrase-word");
      gtk_grid_attach (self->words, label, i % COLUMNS, i / COLUMNS, 1, 1);
      explicit_bzero (text, strlen (text));
    }
  till_custody_words_wipe (words);
}

static void
show_page (TillRecoveryWindow *self, const char *name)
{
  static const char *const pages[] = { "phrase", "type", "done" };
  g_autofree char *step = NULL;

  if (g_str_equal (name, "phrase"))
    show_words (self);
  else
    wipe_words (self);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (name, pages[i]))
      step = g_strdup_printf (_ ("Step %u of %u"), i + 1, (guint) G_N_ELEMENTS (pages));
  adw_window_title_set_subtitle (self->title, step != NULL ? step : "");
  gtk_stack_set_visible_child_name (self->pages, name);
  if (g_str_equal (name, "type"))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else
    gtk_window_set_default_widget (GTK_WINDOW (self), g_str_equal (name, "why")      ? self->make
                                                      : g_str_equal (name, "phrase") ? self->written
                                                                                     : self->done);
}

/* Making it */

static void
on_owner_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  till_custody_case_make (TILL_RECOVERY_WINDOW (user_data)->custody, pin);
}

static void
on_make (TillRecoveryWindow *self)
{
  TillManagerDialog *dialog = till_manager_dialog_new_for_owner (
      self->application, GTK_WINDOW (self), _ ("The owner’s PIN"),
      _ ("Only the owner makes the recovery phrase and changes the keys."), _ ("Go On"));

  tell_trouble (self->why_trouble, "");
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_owner_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The whole sheet (transfer full); to be wiped. */
static char *
make_sheet (TillRecoveryWindow *self)
{
  GStrv words = till_custody_words_split (till_custody_case_get_phrase (self->custody));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%F");
  GString *text = g_string_sized_new (1024); /* large enough never to be moved, which would leave a copy */

  for (int i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%d   %s\n", i + 1, words[i]);
  till_custody_words_wipe (words);
  g_string_append_printf (
      text, "\n%s\n\n%s\n",
      _ ("Keep this under lock and key, not beside the till and not as a photo. Whoever has it can "
         "open what this shop keeps of its customers. A later phrase makes this one worthless."),
      date);
  return g_string_free (text, FALSE);
}

static void
on_print (TillRecoveryWindow *self)
{
  char *text;
  g_autofree char *title = NULL;

  if (till_custody_case_get_phrase (self->custody) == NULL)
    return;
  /* TRANSLATORS: the shop's name */
  title = g_strdup_printf (_ ("Recovery phrase of %s"),
                           till_shop_get_name (till_custody_case_get_shop (self->custody)));
  text = make_sheet (self);
  till_sheet_print (title, text, GTK_WINDOW (self), on_told);
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
on_written (TillRecoveryWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  tell_trouble (self->trouble, "");
  show_page (self, "type");
}

static void
on_show_again (TillRecoveryWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_page (self, "phrase");
}

static void
on_typed (TillRecoveryWindow *self)
{
  tell_trouble (self->trouble, "");
  gtk_widget_set_sensitive (self->check, *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
on_check (TillRecoveryWindow *self)
{
  if (!gtk_widget_get_sensitive (self->check) || till_custody_case_is_busy (self->custody))
    return;
  tell_trouble (self->trouble, "");
  till_custody_case_confirm (self->custody, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* What came of it */

static void
on_ended (TillCustodyCase *custody, gboolean done, gpointer user_data)
{
  TillRecoveryWindow *self = user_data;
  TillCustodyDeed deed = till_custody_case_get_deed (custody);
  const char *words = till_custody_case_get_words (custody);

  if (deed == TILL_CUSTODY_MAKE)
    {
      tell_trouble (self->why_trouble, done ? "" : words);
      show_page (self, done ? "phrase" : "why");
    }
  else if (deed == TILL_CUSTODY_CONFIRM && done)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      show_page (self, "done");
      gtk_widget_grab_focus (self->done);
    }
  else if (deed == TILL_CUSTODY_CONFIRM)
    {
      tell_trouble (self->trouble, words);
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
    }
}

/* Leaving */

static void
on_leave_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  TillRecoveryWindow *self = user_data;

  if (!g_str_equal (response, "leave"))
    return;
  self->leaving = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask_to_leave (TillRecoveryWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Leave without a new phrase?"),
      till_shop_has_recovery (till_custody_case_get_shop (self->custody))
          ? _ ("These nine words will not count: throw away what was written down. The phrase "
               "that was in force before stays so.")
          : _ ("These nine words will not count: throw away what was written down. Without "
               "a phrase, a lost keyring means that all customers have to enrol again."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Stay"), "leave", _ ("_Leave"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
till_recovery_window_close_request (GtkWindow *window)
{
  TillRecoveryWindow *self = TILL_RECOVERY_WINDOW (window);

  if (!self->leaving && till_custody_case_get_phrase (self->custody) != NULL)
    {
      ask_to_leave (self);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (till_recovery_window_parent_class)->close_request (window);
}

/* The window */

GtkWindow *
till_recovery_window_new (TillApplication *application, GtkWindow *parent)
{
  TillRecoveryWindow *self = g_object_new (TILL_TYPE_RECOVERY_WINDOW, "transient-for", parent, "modal", TRUE,
                                           "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->custody = g_object_ref (till_application_get_custody (application));
  till_custody_case_hold (self->custody);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  show_page (self, till_custody_case_get_phrase (self->custody) != NULL ? "phrase" : "why");
  return GTK_WINDOW (self);
}

static void
till_recovery_window_dispose (GObject *object)
{
  TillRecoveryWindow *self = TILL_RECOVERY_WINDOW (object);

  if (self->custody != NULL)
    {
      till_custody_case_forget_phrase (self->custody);
      till_custody_case_release (self->custody);
    }
  g_clear_object (&self->custody);
  G_OBJECT_CLASS (till_recovery_window_parent_class)->dispose (object);
}

static void
till_recovery_window_class_init (TillRecoveryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_recovery_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = till_recovery_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/recovery-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, why_trouble);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, words);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, make);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, written);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, check);
  gtk_widget_class_bind_template_child (widget_class, TillRecoveryWindow, done);
  gtk_widget_class_bind_template_callback (widget_class, on_make);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_written);
  gtk_widget_class_bind_template_callback (widget_class, on_show_again);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_recovery_window_init (TillRecoveryWindow *self)
{
  /* GTK's buffer for passwords wipes what it held. */
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_buffer (self->entry, buffer);
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
