/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-rights-case.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TillRightsCase
{
  GObject parent_instance;

  TillShop *shop;
  guint holders;
  gboolean busy;
  const char *end;
  char *words;
  char *folder; /* of the export under way */
  TillErasure *erasure;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillRightsCase, till_rights_case, G_TYPE_OBJECT)

static void
tell_changed (TillRightsCase *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
begin (TillRightsCase *self)
{
  g_return_val_if_fail (TILL_IS_RIGHTS_CASE (self), FALSE);

  if (self->busy)
    return FALSE;
  self->busy = TRUE;
  self->end = "busy";
  g_clear_pointer (&self->words, g_free);
  tell_changed (self);
  return TRUE;
}

static void
end (TillRightsCase *self, gboolean done, const char *words)
{
  self->busy = FALSE;
  self->end = done ? "done" : "refused";
  g_free (self->words);
  self->words = g_strdup (words);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, done);
  tell_changed (self);
}

/* Erasing */

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRightsCase) self = user_data;
  g_autoptr (GError) error = NULL;
  TillErasure *erasure = till_shop_erase_finish (TILL_SHOP (source), result, &error);

  if (erasure != NULL)
    {
      g_clear_pointer (&self->erasure, till_erasure_unref);
      self->erasure = erasure;
    }
  end (self, erasure != NULL,
       erasure != NULL ? _ ("It is erased, and the receipt is there") : error->message);
}

void
till_rights_case_erase (TillRightsCase *self, const char *id, const char *manager_pin)
{
  const TillShopProof proof = { .manager_pin = manager_pin };

  if (begin (self))
    till_shop_erase_async (self->shop, id, &proof, NULL, on_erased, g_object_ref (self));
}

static void
on_expiry_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRightsCase) self = user_data;
  g_autoptr (GError) error = NULL;
  int n = till_shop_confirm_expiry_finish (TILL_SHOP (source), result, &error);
  g_autofree char *words = NULL;

  if (n > 0)
    words = g_strdup_printf (ngettext ("%d customer was erased for not having been here",
                                       "%d customers were erased for not having been here", (gulong) n),
                             n);
  end (self, n >= 0, n > 0 ? words : n == 0 ? _ ("Nobody was due") : error->message);
}

void
till_rights_case_confirm_expiry (TillRightsCase *self, const char *manager_pin)
{
  if (begin (self))
    till_shop_confirm_expiry_async (self->shop, manager_pin, NULL, on_expiry_confirmed, g_object_ref (self));
}

/* Showing what is held */

static gboolean
write_file (const char *folder, const char *id, const char *ending, char *text, GError **error)
{
  g_autofree char *name = g_strdup_printf ("smiletill-%s.%s", id, ending);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean written = g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);

  explicit_bzero (text, strlen (text));
  return written;
}

static gboolean
write_files (const char *folder, TillPersonExport *export, GError **error)
{
  const char *id = till_person_export_get_id (export);
  g_autofree char *json = till_person_export_to_json (export);
  g_autofree char *html = till_person_export_to_html (export);

  return write_file (folder, id, "json", json, error) && write_file (folder, id, "html", html, error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRightsCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPersonExport) export = till_shop_export_finish (TILL_SHOP (source), result, &error);
  g_autofree char *folder = g_steal_pointer (&self->folder);
  gboolean written = export != NULL && write_files (folder, export, &error);
  /* TRANSLATORS: a folder */
  g_autofree char *words = g_strdup_printf (
      _ ("Two files are in %s: a page to read and print, and one for programs. Give them to the "
         "customer, then delete them here"),
      folder);

  end (self, written, written ? words : error->message);
}

void
till_rights_case_export (TillRightsCase *self, const char *id, const char *folder, const char *manager_pin)
{
  const TillShopProof proof = { .manager_pin = manager_pin };

  if (!begin (self))
    return;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  till_shop_export_async (self->shop, id, &proof, NULL, on_exported, g_object_ref (self));
}

/* Passes */

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRightsCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_revoke_pass_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("The face pass is ended: nobody can pay with it any more") : error->message);
}

void
till_rights_case_revoke (TillRightsCase *self, const char *pass, const char *manager_pin)
{
  if (begin (self))
    till_shop_revoke_pass_async (self->shop, pass, manager_pin, NULL, on_revoked, g_object_ref (self));
}

/* Readings */

void
till_rights_case_hold (TillRightsCase *self)
{
  g_return_if_fail (TILL_IS_RIGHTS_CASE (self));

  self->holders++;
}

void
till_rights_case_release (TillRightsCase *self)
{
  g_return_if_fail (TILL_IS_RIGHTS_CASE (self));
  g_return_if_fail (self->holders > 0);

  self->holders--;
}

gboolean
till_rights_case_is_held (TillRightsCase *self)
{
  return self->holders > 0;
}

TillShop *
till_rights_case_get_shop (TillRightsCase *self)
{
  return self->shop;
}

gboolean
till_rights_case_is_busy (TillRightsCase *self)
{
  return self->busy;
}

const char *
till_rights_case_get_end (TillRightsCase *self)
{
  return self->end;
}

const char *
till_rights_case_get_words (TillRightsCase *self)
{
  return self->words != NULL ? self->words : "";
}

TillErasure *
till_rights_case_get_erasure (TillRightsCase *self)
{
  return self->erasure;
}

/* The object */

TillRightsCase *
till_rights_case_new (TillShop *shop)
{
  TillRightsCase *self = g_object_new (TILL_TYPE_RIGHTS_CASE, NULL);

  self->shop = g_object_ref (shop);
  return self;
}

static void
till_rights_case_finalize (GObject *object)
{
  TillRightsCase *self = TILL_RIGHTS_CASE (object);

  g_free (self->words);
  g_free (self->folder);
  g_clear_pointer (&self->erasure, till_erasure_unref);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_rights_case_parent_class)->finalize (object);
}

static void
till_rights_case_class_init (TillRightsCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_rights_case_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TILL_TYPE_RIGHTS_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_RIGHTS_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
till_rights_case_init (TillRightsCase *self)
{
  self->end = "";
}
