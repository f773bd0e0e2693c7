/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-audit-window.h"

#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"
#include "gtk/till-sheet-print.h"

#include <glib/gi18n.h>

struct _TillAuditWindow
{
  AdwWindow parent_instance;

  TillCustodyCase *custody;

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkImage *mark;
  GtkLabel *heading;
  GtkListBox *checked;
  GtkListBox *findings;
  GtkWidget *unchecked_heading;
  GtkListBox *unchecked;
  AdwStatusPage *trouble;
  GtkWidget *again;
  GtkWidget *print;
};

G_DEFINE_FINAL_TYPE (TillAuditWindow, till_audit_window, ADW_TYPE_WINDOW)

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
append_row (GtkListBox *list, const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (image, "trouble-colour");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (list, row);
}

static void
append_finding (TillAuditWindow *self, const TillAuditFinding *finding)
{
  /* TRANSLATORS: what a finding is about, as "row 17", and what is wrong */
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), finding->subject, finding->words);

  append_row (self->findings, title, finding->mend, "till-notice-symbolic");
}

static void
append_checked (TillAuditWindow *self, const char *title, const char *subtitle, gint64 count)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  GtkWidget *label = gtk_label_new (number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "tnum");
  gtk_widget_add_css_class (label, "title-4");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->checked, row);
}

static void
show_checked (TillAuditWindow *self, const TillAudit *audit)
{
  empty (self->checked);
  append_checked (self, _ ("Rows of the books"),
                  _ ("Unbroken from the first on, and the ones the till wrote"), audit->rows);
  append_checked (self, _ ("Consents"), _ ("Signed by this till, in a wording that is in the books"),
                  audit->consents);
  append_checked (self, _ ("Records of customers"),
                  _ ("Each with a consent, unaltered, in its own place, and no longer than you keep them"),
                  audit->records);
  append_checked (self, _ ("Payments by face"), _ ("None without a consent to that amount"), audit->charges);
  append_checked (self, _ ("Face passes"), _ ("Each given out with a consent"), audit->passes);
}

static void
show_audit (TillAuditWindow *self, const TillAudit *audit)
{
  gboolean right = audit->findings->len == 0;

  empty (self->findings);
  empty (self->unchecked);
  for (guint i = 0; i < audit->findings->len; i++)
    append_finding (self, g_ptr_array_index (audit->findings, i));
  for (guint i = 0; i < audit->unchecked->len; i++)
    append_row (self->unchecked, g_ptr_array_index (audit->unchecked, i), "", "till-unknown-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->findings), !right);
  gtk_widget_set_visible (GTK_WIDGET (self->unchecked), audit->unchecked->len > 0);
  gtk_widget_set_visible (self->unchecked_heading, audit->unchecked->len > 0);
  gtk_image_set_from_icon_name (self->mark, right ? "till-done-symbolic" : "till-notice-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->mark),
                              (const char *[]){ right ? "done-colour" : "trouble-colour", NULL });
  gtk_label_set_text (self->heading, till_custody_case_get_words (self->custody));
  show_checked (self, audit);
}

static gboolean
is_about_audit (TillAuditWindow *self)
{
  return till_custody_case_get_deed (self->custody) == TILL_CUSTODY_AUDIT;
}

static void
on_changed (TillAuditWindow *self)
{
  gboolean busy = till_custody_case_is_busy (self->custody);

  gtk_widget_set_sensitive (self->again, !busy);
  gtk_widget_set_sensitive (self->print, !busy && till_custody_case_get_audit (self->custody) != NULL);
  if (busy && is_about_audit (self))
    gtk_stack_set_visible_child_name (self->pages, "reading");
}

static void
on_ended (TillCustodyCase *custody, gboolean done, gpointer user_data)
{
  TillAuditWindow *self = user_data;
  g_autofree char *words = g_markup_escape_text (till_custody_case_get_words (custody), -1);

  if (!is_about_audit (self))
    return;
  if (done)
    show_audit (self, till_custody_case_get_audit (custody));
  else
    adw_status_page_set_description (self->trouble, words);
  gtk_stack_set_visible_child_name (self->pages, done ? "result" : "trouble");
}

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_AUDIT_WINDOW (user_data)->toasts, adw_toast_new (markup));
}

static void
on_print (TillAuditWindow *self)
{
  TillAudit *audit = till_custody_case_get_audit (self->custody);
  g_autofree char *text = audit != NULL ? till_audit_to_text (audit) : NULL;

  if (text != NULL)
    till_sheet_print (_ ("Check of books and records"), text, GTK_WINDOW (self), on_told);
}

GtkWindow *
till_audit_window_new (TillApplication *application, GtkWindow *parent)
{
  TillAuditWindow *self = g_object_new (TILL_TYPE_AUDIT_WINDOW, "application", application, "transient-for",
                                        parent, "destroy-with-parent", TRUE, NULL);

  self->custody = g_object_ref (till_application_get_custody (application));
  till_custody_case_hold (self->custody);
  g_signal_connect_object (self->custody, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  on_changed (self);
  return GTK_WINDOW (self);
}

static void
till_audit_window_dispose (GObject *object)
{
  TillAuditWindow *self = TILL_AUDIT_WINDOW (object);

  if (self->custody != NULL)
    till_custody_case_release (self->custody);
  g_clear_object (&self->custody);
  G_OBJECT_CLASS (till_audit_window_parent_class)->dispose (object);
}

static void
till_audit_window_class_init (TillAuditWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_audit_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/audit-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, mark);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, checked);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, findings);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, unchecked_heading);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, unchecked);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, again);
  gtk_widget_class_bind_template_child (widget_class, TillAuditWindow, print);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_audit_window_init (TillAuditWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
