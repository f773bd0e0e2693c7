/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-custody-case.h"

#include <glib/gi18n.h>

struct _TillCustodyCase
{
  GObject parent_instance;

  TillShop *shop;
  guint holders;
  TillCustodyDeed deed;
  gboolean busy;
  const char *end;
  char *words;
  double progress;
  TillSecret *phrase;
  TillAudit *audit;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillCustodyCase, till_custody_case, G_TYPE_OBJECT)

static void
tell_changed (TillCustodyCase *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
begin (TillCustodyCase *self, TillCustodyDeed deed)
{
  g_return_val_if_fail (TILL_IS_CUSTODY_CASE (self), FALSE);

  if (self->busy)
    return FALSE;
  self->busy = TRUE;
  self->deed = deed;
  self->end = "busy";
  self->progress = 0;
  g_clear_pointer (&self->words, g_free);
  tell_changed (self);
  return TRUE;
}

static void
end (TillCustodyCase *self, gboolean done, const char *words)
{
  self->busy = FALSE;
  self->end = done ? "done" : "refused";
  g_free (self->words);
  self->words = g_strdup (words);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, done);
  tell_changed (self);
}

/* The keyring */

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_unlock_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("The keyring is open") : error->message);
}

void
till_custody_case_unlock (TillCustodyCase *self)
{
  if (begin (self, TILL_CUSTODY_UNLOCK))
    till_shop_unlock_async (self->shop, NULL, on_unlocked, g_object_ref (self));
}

static void
on_retried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_retry_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("Customers can pay with a smile again") : error->message);
}

void
till_custody_case_retry (TillCustodyCase *self)
{
  if (begin (self, TILL_CUSTODY_RETRY))
    till_shop_retry_async (self->shop, NULL, on_retried, g_object_ref (self));
}

/* The phrase */

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  TillSecret *phrase = till_shop_make_recovery_finish (TILL_SHOP (source), result, &error);

  if (phrase != NULL)
    {
      g_clear_pointer (&self->phrase, till_secret_unref);
      self->phrase = phrase;
    }
  end (self, phrase != NULL, phrase != NULL ? _ ("The recovery phrase is on the screen") : error->message);
}

void
till_custody_case_make (TillCustodyCase *self, const char *owner_pin)
{
  if (begin (self, TILL_CUSTODY_MAKE))
    till_shop_make_recovery_async (self->shop, owner_pin, NULL, on_made, g_object_ref (self));
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_confirm_recovery_finish (TILL_SHOP (source), result, &error);

  if (done)
    g_clear_pointer (&self->phrase, till_secret_unref);
  end (self, done, done ? _ ("The recovery phrase is in force") : error->message);
}

void
till_custody_case_confirm (TillCustodyCase *self, const char *phrase)
{
  if (begin (self, TILL_CUSTODY_CONFIRM))
    till_shop_confirm_recovery_async (self->shop, phrase, NULL, on_confirmed, g_object_ref (self));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_check_recovery_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("This is the recovery phrase that is in force") : error->message);
}

void
till_custody_case_check (TillCustodyCase *self, const char *phrase)
{
  if (begin (self, TILL_CUSTODY_CHECK))
    till_shop_check_recovery_async (self->shop, phrase, NULL, on_checked, g_object_ref (self));
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_recover_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("The key is back: customers can pay with a smile again") : error->message);
}

void
till_custody_case_recover (TillCustodyCase *self, const char *phrase)
{
  if (begin (self, TILL_CUSTODY_RECOVER))
    till_shop_recover_async (self->shop, phrase, NULL, on_recovered, g_object_ref (self));
}

void
till_custody_case_forget_phrase (TillCustodyCase *self)
{
  g_return_if_fail (TILL_IS_CUSTODY_CASE (self));

  if (self->phrase == NULL)
    return;
  g_clear_pointer (&self->phrase, till_secret_unref);
  tell_changed (self);
}

/* The keys and the books */

static void
on_progress (double done, gpointer user_data)
{
  TillCustodyCase *self = user_data;

  self->progress = done;
  tell_changed (self);
}

static void
on_rotated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_rotate_keys_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("All keys are new. The recovery phrase stays what it is") : error->message);
}

void
till_custody_case_rotate (TillCustodyCase *self, const char *owner_pin, gboolean void_passes)
{
  if (begin (self, TILL_CUSTODY_ROTATE))
    till_shop_rotate_keys_async (self->shop, owner_pin, void_passes, on_progress, self, NULL, on_rotated,
                                 g_object_ref (self));
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = till_shop_accept_books_finish (TILL_SHOP (source), result, &error);

  end (self, done, done ? _ ("The books count as they are now") : error->message);
}

void
till_custody_case_accept (TillCustodyCase *self, const char *pin)
{
  if (begin (self, TILL_CUSTODY_ACCEPT))
    till_shop_accept_books_async (self->shop, pin, NULL, on_accepted, g_object_ref (self));
}

static void
on_audited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCustodyCase) self = user_data;
  g_autoptr (GError) error = NULL;
  TillAudit *audit = till_shop_audit_finish (TILL_SHOP (source), result, &error);
  g_autofree char *wrong = NULL;

  if (audit == NULL)
    {
      end (self, FALSE, error->message);
      return;
    }
  g_clear_pointer (&self->audit, till_audit_unref);
  self->audit = audit;
  wrong = g_strdup_printf (
      ngettext ("%u thing is not in order", "%u things are not in order", audit->findings->len),
      audit->findings->len);
  end (self, TRUE, audit->findings->len == 0 ? _ ("All that was checked is in order") : wrong);
}

void
till_custody_case_audit (TillCustodyCase *self)
{
  if (begin (self, TILL_CUSTODY_AUDIT))
    till_shop_audit_async (self->shop, NULL, on_audited, g_object_ref (self));
}

/* Readings */

void
till_custody_case_hold (TillCustodyCase *self)
{
  g_return_if_fail (TILL_IS_CUSTODY_CASE (self));

  self->holders++;
}

void
till_custody_case_release (TillCustodyCase *self)
{
  g_return_if_fail (TILL_IS_CUSTODY_CASE (self));
  g_return_if_fail (self->holders > 0);

  self->holders--;
}

gboolean
till_custody_case_is_held (TillCustodyCase *self)
{
  return self->holders > 0;
}

TillShop *
till_custody_case_get_shop (TillCustodyCase *self)
{
  return self->shop;
}

gboolean
till_custody_case_is_busy (TillCustodyCase *self)
{
  return self->busy;
}

TillCustodyDeed
till_custody_case_get_deed (TillCustodyCase *self)
{
  return self->deed;
}

const char *
till_custody_case_get_end (TillCustodyCase *self)
{
  return self->end;
}

const char *
till_custody_case_get_words (TillCustodyCase *self)
{
  return self->words != NULL ? self->words : "";
}

double
till_custody_case_get_progress (TillCustodyCase *self)
{
  return self->progress;
}

TillSecret *
till_custody_case_get_phrase (TillCustodyCase *self)
{
  return self->phrase;
}

gboolean
till_custody_case_wants_phrase (TillCustodyCase *self)
{
  return till_shop_get_custody (self->shop) == TILL_CUSTODY_OPEN && !till_shop_has_recovery (self->shop);
}

TillAudit *
till_custody_case_get_audit (TillCustodyCase *self)
{
  return self->audit;
}

/* The object */

TillCustodyCase *
till_custody_case_new (TillShop *shop)
{
  TillCustodyCase *self = g_object_new (TILL_TYPE_CUSTODY_CASE, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "custody-changed", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  return self;
}

static void
till_custody_case_finalize (GObject *object)
{
  TillCustodyCase *self = TILL_CUSTODY_CASE (object);

  g_free (self->words);
  g_clear_pointer (&self->phrase, till_secret_unref);
  g_clear_pointer (&self->audit, till_audit_unref);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_custody_case_parent_class)->finalize (object);
}

static void
till_custody_case_class_init (TillCustodyCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_custody_case_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TILL_TYPE_CUSTODY_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_CUSTODY_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
till_custody_case_init (TillCustodyCase *self)
{
  self->end = "";
}
