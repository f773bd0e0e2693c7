/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-phrase-dialog.h"

#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillPhraseDialog
{
  AdwWindow parent_instance;

  TillCustodyCase *custody;
  TillCustodyDeed deed;

  GtkStack *pages;
  GtkLabel *heading;
  GtkLabel *words;
  GtkEntry *entry;
  GtkLabel *trouble;
  GtkWidget *confirm;
  GtkLabel *done_words;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TillPhraseDialog, till_phrase_dialog, ADW_TYPE_WINDOW)

static void
tell_trouble (TillPhraseDialog *self, const char *words)
{
  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *words != '\0');
}

static void
update (TillPhraseDialog *self)
{
  gtk_widget_set_sensitive (self->confirm, *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0'
                                               && !till_custody_case_is_busy (self->custody));
}

static void
on_typed (TillPhraseDialog *self)
{
  tell_trouble (self, "");
  update (self);
}

static void
on_confirm (TillPhraseDialog *self)
{
  const char *phrase = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (!gtk_widget_get_sensitive (self->confirm))
    return;
  tell_trouble (self, "");
  if (self->deed == TILL_CUSTODY_RECOVER)
    till_custody_case_recover (self->custody, phrase);
  else
    till_custody_case_check (self->custody, phrase);
}

static void
on_ended (TillCustodyCase *custody, gboolean done, gpointer user_data)
{
  TillPhraseDialog *self = user_data;

  if (till_custody_case_get_deed (custody) != self->deed)
    return;
  if (!done)
    {
      tell_trouble (self, till_custody_case_get_words (custody));
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_label_set_text (self->done_words, till_custody_case_get_words (custody));
  gtk_stack_set_visible_child_name (self->pages, "done");
  gtk_widget_grab_focus (self->done);
}

static void
show_deed (TillPhraseDialog *self)
{
  gboolean recovers = self->deed == TILL_CUSTODY_RECOVER;

  gtk_label_set_text (self->heading, recovers ? _ ("Bring the key back") : _ ("Try your phrase"));
  gtk_label_set_text (
      self->words,
      recovers ? _ (
          "Type the nine words of the owner’s recovery phrase. The key then is in this computer’s keyring "
          "again, and customers can pay with a smile.")
               : _ ("Type the nine words from your paper. Nothing changes: the till only says whether they "
                    "are right."));
  gtk_button_set_label (GTK_BUTTON (self->confirm), recovers ? _ ("_Bring it back") : _ ("_Try"));
}

GtkWindow *
till_phrase_dialog_new (TillApplication *application, GtkWindow *parent, TillCustodyDeed deed)
{
  TillPhraseDialog *self = g_object_new (TILL_TYPE_PHRASE_DIALOG, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, NULL);

  self->custody = g_object_ref (till_application_get_custody (application));
  self->deed = deed;
  till_custody_case_hold (self->custody);
  show_deed (self);
  till_mnemonic_name_buttons (GTK_WIDGET (self));
  g_signal_connect_object (self->custody, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WINDOW (self);
}

static void
till_phrase_dialog_dispose (GObject *object)
{
  TillPhraseDialog *self = TILL_PHRASE_DIALOG (object);

  if (self->custody != NULL)
    till_custody_case_release (self->custody);
  g_clear_object (&self->custody);
  G_OBJECT_CLASS (till_phrase_dialog_parent_class)->dispose (object);
}

static void
till_phrase_dialog_class_init (TillPhraseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_phrase_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/phrase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, words);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, done_words);
  gtk_widget_class_bind_template_child (widget_class, TillPhraseDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_phrase_dialog_init (TillPhraseDialog *self)
{
  /* GTK's buffer for passwords wipes what it held. */
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_buffer (self->entry, buffer);
}
