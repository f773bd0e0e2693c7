/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-payment-standing.h"
#include "shop/till-shop-erasure-private.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-refund.h"

/* One sale that a customer says was not theirs. */
typedef struct
{
  char *sale;
  char *reason;
  char *attempt;
  char *customer;    /* (nullable) the till did not write down whom it took the payer for */
  GPtrArray *rows;   /* of the sale */
  gboolean anything; /* is left to give back */
  gboolean locked;
  GError *trouble; /* why the face could not be locked, told once the money is back */
} Dispute;

static void
dispute_free (gpointer data)
{
  Dispute *dispute = data;

  g_free (dispute->sale);
  g_free (dispute->reason);
  g_free (dispute->attempt);
  g_free (dispute->customer);
  g_clear_pointer (&dispute->rows, g_ptr_array_unref);
  g_clear_error (&dispute->trouble);
  g_free (dispute);
}

static const TillLedgerEntry *
find_row (const Dispute *dispute, const char *kind)
{
  for (guint i = 0; i < dispute->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (dispute->rows, i);

      if (g_str_equal (row->kind, kind) && g_strcmp0 (row->attempt, dispute->attempt) == 0)
        return row;
    }
  return NULL;
}

/* The sale is free for another refund. */
static void
release (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Dispute *dispute = g_task_get_task_data (task);

  g_hash_table_remove (self->refunding, dispute->sale);
}

/* Nothing was done. @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  release (task);
  g_task_return_error (task, error);
}

/* The end of it */

static void
finish (GTask *task, TillReceipt *receipt, GError *refund_error)
{
  Dispute *dispute = g_task_get_task_data (task);

  till_shop_tell_day (g_task_get_source_object (task));
  if (refund_error != NULL)
    {
      if (dispute->trouble != NULL)
        g_prefix_error (&refund_error,
                        "The customer's face could not be locked (%s), and: ", dispute->trouble->message);
      else if (dispute->locked)
        g_prefix_error (&refund_error, "The customer's face is locked, but: ");
      g_task_return_error (task, refund_error);
    }
  else if (dispute->trouble != NULL)
    {
      g_prefix_error (&dispute->trouble,
                      "The money is given back, but the customer's face could not be locked; mend that and "
                      "press “This wasn't me” again: ");
      g_clear_pointer (&receipt, till_receipt_unref);
      g_task_return_error (task, g_steal_pointer (&dispute->trouble));
    }
  else
    g_task_return_pointer (task, receipt, (GDestroyNotify) till_receipt_unref);
}

static void
on_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillReceipt *receipt = till_shop_refund_finish (TILL_SHOP (source), result, &error);

  finish (task, receipt, error);
}

static void
give_back (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Dispute *dispute = g_task_get_task_data (task);
  const TillShopRefund refund = { .sale = dispute->sale, .reason = dispute->reason };

  release (task);
  if (dispute->anything)
    till_shop_refund_agreed_async (self, &refund, NULL, on_refunded, g_object_ref (task));
  else
    finish (task, NULL, NULL);
}

/* What the ledger keeps of it */

static JsonObject *
evidence_of (const TillLedgerEntry *intent)
{
  static const char *const kept[] = { "tender", "consent", "evidence", "amount", "currency", "discounts" };
  g_autofree char *at = till_clock_format_utc (intent->at_us);
  JsonObject *evidence = json_object_new ();

  json_object_set_int_member (evidence, "intent", intent->seq);
  json_object_set_string_member (evidence, "at", at);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (intent->body, kept[i]))
      json_object_set_member (evidence, kept[i], json_object_dup_member (intent->body, kept[i]));
  return evidence;
}

static TillLedgerEntry *
dispute_row (const Dispute *dispute)
{
  const TillLedgerEntry *intent = find_row (dispute, TILL_LEDGER_CHARGE_INTENT);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "attempt", dispute->attempt);
  if (dispute->customer != NULL)
    json_object_set_string_member (body, "customer", dispute->customer);
  json_object_set_string_member (body, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_string_member (body, "reason", dispute->reason);
  json_object_set_object_member (body, "evidence", evidence_of (intent));
  return till_ledger_entry_new (TILL_LEDGER_DISPUTE, dispute->sale, dispute->attempt, body);
}

static TillLedgerEntry *
face_lock_row (const char *sale, const char *customer, gboolean locked, const char *reason)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "customer", customer);
  json_object_set_boolean_member (body, "locked", locked);
  json_object_set_string_member (body, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_string_member (body, "reason", reason);
  return till_ledger_entry_new (TILL_LEDGER_FACE_LOCK, sale, NULL, body);
}

static void
on_rows_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) written = till_ledger_append_all_finish (TILL_LEDGER (source), result, &error);

  if (written != NULL)
    give_back (task);
  else
    fail (task, g_steal_pointer (&error));
}

/* A second press, after a crash or because the face could not be locked, writes what is not there yet. */
static void
write_rows (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Dispute *dispute = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);

  if (find_row (dispute, TILL_LEDGER_DISPUTE) == NULL)
    g_ptr_array_add (rows, dispute_row (dispute));
  if (dispute->locked)
    g_ptr_array_add (rows, face_lock_row (dispute->sale, dispute->customer, TRUE, dispute->reason));
  if (rows->len == 0)
    give_back (task);
  else
    till_ledger_append_all_async (self->ledger, rows, NULL, on_rows_written, g_object_ref (task));
}

/* The lock */

static void
on_locked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Dispute *dispute = g_task_get_task_data (task);

  dispute->locked
      = till_customers_set_face_locked_finish (TILL_CUSTOMERS (source), result, &dispute->trouble);
  /* Whoever stands before the camera now was looked for before the lock. */
  if (dispute->locked && till_checkout_is_camera_on (self->checkout))
    till_checkout_cancel (self->checkout, NULL);
  /* Whoever was erased since can't pay by face anyway. */
  if (g_error_matches (dispute->trouble, TILL_ERROR, TILL_ERROR_NOT_FOUND))
    g_clear_error (&dispute->trouble);
  write_rows (task);
}

/* Whoever carries a pass has no record to lock: the pass is what ends. */
static void
on_pass_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Dispute *dispute = g_task_get_task_data (task);
  g_autoptr (TillLedgerEntry) row
      = till_pass_book_revoke_finish (TILL_PASS_BOOK (source), result, &dispute->trouble);

  if (row != NULL && till_checkout_is_camera_on (self->checkout))
    till_checkout_cancel (self->checkout, NULL);
  write_rows (task);
}

static void
revoke_pass (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Dispute *dispute = g_task_get_task_data (task);
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_string_member (extra, "why", TILL_SHOP_WHY_DISOWNED);
  till_pass_book_revoke_async (self->passes, dispute->customer, extra, NULL, on_pass_revoked,
                               g_object_ref (task));
}

static gboolean
read_sale (Dispute *dispute, GError **error)
{
  g_auto (TillPaymentStanding) standing = { 0 };

  if (dispute->rows->len == 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                   "There is no sale %s: take its id from the history", dispute->sale);
      return FALSE;
    }
  if (!till_payment_standing_read (&standing, dispute->sale, dispute->rows, error))
    return FALSE;
  if (standing.attempt == NULL && standing.open)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "It is not known yet whether sale %s was paid: reverse it under unresolved attempts",
                   dispute->sale);
      return FALSE;
    }
  if (standing.attempt == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "Sale %s was not paid by face, so nobody's face is to be locked for it: refund it instead",
                   dispute->sale);
      return FALSE;
    }
  dispute->attempt = g_strdup (standing.attempt);
  /* Where a refund of it has no end yet the lock comes all the same, and giving back says why it can't. */
  dispute->anything = standing.open || till_payment_standing_get_left (&standing).minor > 0;

  const TillLedgerEntry *intent = find_row (dispute, TILL_LEDGER_CHARGE_INTENT);
  if (intent != NULL)
    dispute->customer
        = g_strdup (json_object_get_string_member_with_default (intent->body, "customer", NULL));
  return TRUE;
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Dispute *dispute = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  dispute->rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  if (dispute->rows == NULL || !read_sale (dispute, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_check_cancellable (task, FALSE);
  if (dispute->customer != NULL && till_shop_is_pass (dispute->customer))
    revoke_pass (task);
  else if (dispute->customer != NULL)
    till_customers_set_face_locked_async (self->customers, dispute->customer, TRUE, NULL, on_locked,
                                          g_object_ref (task));
  else
    write_rows (task);
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  const Dispute *dispute = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_manager_finish (self, result, &error))
    till_ledger_list_async (self->ledger, NULL, dispute->sale, NULL, 0, g_task_get_cancellable (task),
                            on_sale_listed, g_object_ref (task));
  else
    fail (task, g_steal_pointer (&error));
}

void
till_shop_disown_async (TillShop *self,
                        const char *sale,
                        const char *reason,
                        const char *manager_pin,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const TillShopRefund refund = { .sale = sale, .reason = reason };
  g_autoptr (GError) error = NULL;

  if (!till_shop_refund_check (self, &refund, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  Dispute *dispute = g_new0 (Dispute, 1);
  dispute->sale = g_strdup (sale);
  dispute->reason = g_strdup (reason);
  g_task_set_task_data (task, dispute, dispute_free);
  g_hash_table_add (self->refunding, g_strdup (sale));
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_manager_asked, g_steal_pointer (&task));
}

TillReceipt *
till_shop_disown_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Unlocking: the ledger says so first, since an unlocked face nobody answers for is the worse of the two. */

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_customers_set_face_locked_finish (TILL_CUSTOMERS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_unlock_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row != NULL)
    till_customers_set_face_locked_async (self->customers, g_task_get_task_data (task), FALSE, NULL,
                                          on_unlocked, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_customers_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  TillCustomer *found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = till_customers_list_finish (TILL_CUSTOMERS (source), result, &error);

  for (guint i = 0; customers != NULL && i < customers->len; i++)
    if (g_str_equal (till_customer_get_id (g_ptr_array_index (customers, i)), id))
      found = g_ptr_array_index (customers, i);

  if (customers == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (found == NULL)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                             "Nobody is enrolled as %s: “smiletillctl customers” lists who is", id);
  else if (!till_customer_is_face_locked (found))
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED, "The face of %s is not locked", id);
  else
    {
      g_autoptr (TillLedgerEntry) row = face_lock_row (NULL, id, FALSE, "unlocked");

      till_ledger_append_async (self->ledger, row, NULL, on_unlock_written, g_object_ref (task));
    }
}

static void
on_unlocking_allowed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_manager_finish (self, result, &error))
    till_customers_list_async (self->customers, NULL, on_customers_listed, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_unlock_customer_async (TillShop *self,
                                 const char *customer,
                                 const char *manager_pin,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (customer), g_free);
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_unlocking_allowed, task);
}

gboolean
till_shop_unlock_customer_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
