/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payer-removal-sqlite.h"
#include "payment/till-payment-private.h"

struct _TillPayment
{
  GObject parent_instance;

  TillLedger *ledger;
  TillProvider *provider; /* (nullable) */
  TillClock *clock;
  TillVault *vault; /* (nullable) */

  GHashTable *claimed; /* ids of sales that an operation works on */
  GHashTable *asked;   /* how often, by attempt */
  GQueue reconciliations;
  int unresolved;
  int removals;
  gboolean swept;
};

G_DEFINE_FINAL_TYPE (TillPayment, till_payment, G_TYPE_OBJECT)

enum
{
  SIGNAL_STEP,
  SIGNAL_UNRESOLVED_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
till_payment_finalize (GObject *object)
{
  TillPayment *self = TILL_PAYMENT (object);

  g_clear_object (&self->ledger);
  g_clear_object (&self->provider);
  g_clear_object (&self->clock);
  g_clear_object (&self->vault);
  g_hash_table_unref (self->claimed);
  g_hash_table_unref (self->asked);
  g_queue_clear (&self->reconciliations);
  G_OBJECT_CLASS (till_payment_parent_class)->finalize (object);
}

static void
till_payment_class_init (TillPaymentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_payment_finalize;

  signals[SIGNAL_STEP] = g_signal_new ("step", TILL_TYPE_PAYMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_UNRESOLVED_CHANGED] = g_signal_new ("unresolved-changed", TILL_TYPE_PAYMENT,
                                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_payment_init (TillPayment *self)
{
  self->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->reconciliations);
  self->unresolved = -1;
  self->removals = -1;
}

TillPayment *
till_payment_new (TillLedger *ledger, TillProvider *provider, TillClock *clock)
{
  g_return_val_if_fail (TILL_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (TILL_IS_CLOCK (clock), NULL);

  TillPayment *self = g_object_new (TILL_TYPE_PAYMENT, NULL);
  self->ledger = g_object_ref (ledger);
  self->clock = g_object_ref (clock);
  till_payment_set_provider (self, provider);
  return self;
}

void
till_payment_set_provider (TillPayment *self, TillProvider *provider)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));
  g_return_if_fail (provider == NULL || TILL_IS_PROVIDER (provider));

  g_set_object (&self->provider, provider);
}

TillProvider *
till_payment_get_provider (TillPayment *self)
{
  g_return_val_if_fail (TILL_IS_PAYMENT (self), NULL);

  return self->provider;
}

gboolean
till_payment_set_vault (TillPayment *self, TillVault *vault, GError **error)
{
  g_return_val_if_fail (TILL_IS_PAYMENT (self), FALSE);
  g_return_val_if_fail (TILL_IS_VAULT (vault), FALSE);

  if (!till_payer_removal_sqlite_migrate (till_ledger_get_store (self->ledger), error))
    return FALSE;
  g_set_object (&self->vault, vault);
  return TRUE;
}

int
till_payment_get_removals (TillPayment *self)
{
  g_return_val_if_fail (TILL_IS_PAYMENT (self), -1);

  return self->removals;
}

int
till_payment_get_unresolved (TillPayment *self)
{
  g_return_val_if_fail (TILL_IS_PAYMENT (self), -1);

  return self->unresolved;
}

/* For the operations */

TillLedger *
till_payment_get_ledger (TillPayment *self)
{
  return self->ledger;
}

TillClock *
till_payment_get_clock (TillPayment *self)
{
  return self->clock;
}

TillVault *
till_payment_get_vault (TillPayment *self)
{
  return self->vault;
}

gboolean
till_payment_take_sweep (TillPayment *self)
{
  gboolean first = !self->swept && self->vault != NULL;

  self->swept |= first;
  return first;
}

void
till_payment_set_removals (TillPayment *self, int removals)
{
  self->removals = removals;
}

GQueue *
till_payment_get_reconciliations (TillPayment *self)
{
  return &self->reconciliations;
}

gboolean
till_payment_is_claimed (TillPayment *self, const char *sale)
{
  return g_hash_table_contains (self->claimed, sale);
}

gboolean
till_payment_claim (TillPayment *self, const char *sale, GError **error)
{
  if (till_payment_is_claimed (self, sale))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "a payment of sale %s is under way: wait for its end", sale);
      return FALSE;
    }
  g_hash_table_add (self->claimed, g_strdup (sale));
  return TRUE;
}

void
till_payment_release (TillPayment *self, const char *sale)
{
  g_hash_table_remove (self->claimed, sale);
}

void
till_payment_note_asked (TillPayment *self, const char *attempt)
{
  guint n = till_payment_get_n_asked (self, attempt);

  g_hash_table_insert (self->asked, g_strdup (attempt), GUINT_TO_POINTER (n + 1));
}

guint
till_payment_get_n_asked (TillPayment *self, const char *attempt)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, attempt));
}

void
till_payment_emit_step (TillPayment *self, const char *step)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, step);
}

void
till_payment_set_unresolved (TillPayment *self, int unresolved)
{
  if (self->unresolved == unresolved)
    return;
  self->unresolved = unresolved;
  g_signal_emit (self, signals[SIGNAL_UNRESOLVED_CHANGED], 0);
}

/* Counting */

static void
on_open_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) open = till_ledger_list_open_attempts_finish (TILL_LEDGER (source), result, &error);
  int unresolved = 0;

  if (open == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < open->len; i++)
    {
      const TillLedgerEntry *intent = g_ptr_array_index (open, i);
      unresolved += intent->sale == NULL || !till_payment_is_claimed (self, intent->sale);
    }
  till_payment_set_unresolved (self, unresolved);
  g_task_return_boolean (task, TRUE);
}

void
till_payment_recount_async (TillPayment *self, GAsyncReadyCallback callback, gpointer user_data)
{
  till_ledger_list_open_attempts_async (self->ledger, NULL, on_open_listed,
                                        g_task_new (self, NULL, callback, user_data));
}

gboolean
till_payment_recount_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_payment_recount_finish_or_warn (TillPayment *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (!till_payment_recount_finish (self, result, &error))
    g_warning ("the payments whose outcome is unknown can't be counted: %s", error->message);
}
