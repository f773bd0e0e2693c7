/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-erasure-private.h"
#include "shop/till-shop-erasure-private.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-proof.h"

#include <glib/gi18n-lib.h>

/* One erasure on its way. */
typedef struct
{
  char *id;
  char *by;
  char *why;
  TillCustomer *customer; /* (nullable) whose payer is to be removed */
  gboolean wished;        /* the payer's removal is on disk */
  gboolean unread;        /* whom to remove could not be read */
  TillLedgerEntry *row;
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->id);
  g_free (deed->by);
  g_free (deed->why);
  g_clear_pointer (&deed->customer, till_customer_unref);
  g_clear_pointer (&deed->row, till_ledger_entry_unref);
  g_free (deed);
}

gboolean
till_shop_is_pass (const char *id)
{
  g_autofree char *number = till_face_pass_number_of (id);

  return number != NULL;
}

/* The receipt */

static GStrv
words_gone (const Deed *deed)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (till_shop_is_pass (deed->id))
    {
      g_strv_builder_add (words, _ ("the face pass: this till takes it no more, whoever shows it"));
      return g_strv_builder_end (words);
    }
  g_strv_builder_add (words, _ ("the numbers worked out from your face"));
  g_strv_builder_add (words,
                      _ ("your name, the last four digits of your phone number, your PIN if you had one"));
  g_strv_builder_add (words, _ ("what the payment service knows you by"));
  g_strv_builder_add (words, _ ("the key that all of this was locked with: no copy of it opens any more"));
  return g_strv_builder_end (words);
}

static GStrv
words_kept (const Deed *deed)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (till_shop_is_pass (deed->id))
    g_strv_builder_add (words, _ ("that this pass is not to be taken any more"));
  g_strv_builder_add (words,
                      _ ("that somebody, known by a random code alone, agreed, and to which words: the shop "
                         "has to be able to show that"));
  g_strv_builder_add (words, _ ("that it was erased, and when: so that nobody can put it back unseen"));
  g_strv_builder_add (
      words, _ ("what was paid, when, and how sure the till was then: tax and trade law ask for it"));
  return g_strv_builder_end (words);
}

/* @payer_gone: whether the payment service has said so. */
static TillErasure *
make_receipt (TillShop *self, const Deed *deed, gboolean payer_gone)
{
  TillErasure *erasure = till_erasure_new ();

  erasure->shop = g_strdup (till_shop_get_name (self));
  erasure->id = g_strdup (deed->id);
  erasure->number = deed->row->seq;
  erasure->at_us = deed->row->at_us;
  erasure->gone = words_gone (deed);
  erasure->kept = words_kept (deed);
  if (deed->unread)
    erasure->payer = TILL_ERASURE_PAYER_UNREAD;
  else if (!deed->wished)
    erasure->payer = TILL_ERASURE_PAYER_NONE;
  else
    erasure->payer = payer_gone ? TILL_ERASURE_PAYER_GONE : TILL_ERASURE_PAYER_ASKED;
  return erasure;
}

static void
finish (GTask *task, gboolean payer_gone)
{
  TillShop *self = g_task_get_source_object (task);

  till_shop_tell_expiry (self);
  g_task_return_pointer (task, make_receipt (self, g_task_get_task_data (task), payer_gone),
                         (GDestroyNotify) till_erasure_unref);
}

/* The payment service */

static void
on_removed_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  gboolean gone = FALSE;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      gone |= g_strcmp0 (json_object_get_string_member_with_default (row->body, "customer", NULL), deed->id)
              == 0;
    }
  if (rows == NULL)
    g_warning ("whether the payer of %s is removed can't be read: %s", deed->id, error->message);
  finish (task, gone);
}

static void
on_removals_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  const Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (till_payment_send_removals_finish (TILL_PAYMENT (source), result, &error) < 0)
    g_warning ("the payment service could not be asked to remove the payer of %s: %s", deed->id,
               error->message);
  till_ledger_list_async (self->ledger, TILL_LEDGER_PAYER_REMOVED, NULL, NULL, 0, NULL, on_removed_listed,
                          g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
send_removal (GTask *own_task)
{
  g_autoptr (GTask) task = own_task;
  TillShop *self = g_task_get_source_object (task);
  const Deed *deed = g_task_get_task_data (task);

  if (deed->wished)
    till_payment_send_removals_async (self->payment, NULL, on_removals_sent, g_steal_pointer (&task));
  else
    finish (task, FALSE);
}

/* The erasure itself */

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  deed->row = till_customers_erase_finish (TILL_CUSTOMERS (source), result, &error);
  till_shop_remember_departed (g_task_get_source_object (task));
  if (deed->row != NULL)
    send_removal (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  deed->row = till_pass_book_revoke_finish (TILL_PASS_BOOK (source), result, &error);
  till_shop_remember_departed (g_task_get_source_object (task));
  if (deed->row != NULL)
    send_removal (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @task: (transfer full) */
static void
erase (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Deed *deed = g_task_get_task_data (task);
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "by", deed->by);
  json_object_set_string_member (extra, "why", deed->why);
  /* Whoever stands before the camera now was looked for before. */
  if (till_checkout_is_camera_on (self->checkout))
    till_checkout_cancel (self->checkout, NULL);
  if (till_shop_is_pass (deed->id))
    till_pass_book_revoke_async (self->passes, deed->id, extra, NULL, on_revoked, task);
  else
    till_customers_erase_async (self->customers, deed->id, extra, NULL, on_erased, task);
}

/* Whom the payment service is to remove, kept before it is forgotten here */

static void
on_wished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean removed;

  deed->wished = till_payment_remove_payer_finish (TILL_PAYMENT (source), result, &removed, &error);
  if (deed->wished)
    erase (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @task: (transfer full) */
static void
wish (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Deed *deed = g_task_get_task_data (task);

  if (deed->customer != NULL && till_vault_is_open (self->vault))
    till_payment_remove_payer_async (self->payment, deed->id, till_customer_get_payer (deed->customer), NULL,
                                     on_wished, task);
  else
    erase (task);
}

/* A record that can't be read is all the more to be erased. */
static void
on_customer_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  deed->customer = till_customers_get_finish (TILL_CUSTOMERS (source), result, &error);
  deed->unread = deed->customer == NULL;
  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    wish (g_steal_pointer (&task));
}

void
till_shop_erase_agreed_async (TillShop *self,
                              const char *id,
                              const char *by,
                              const char *why,
                              TillCustomer *customer,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Deed *deed = g_new0 (Deed, 1);

  deed->id = g_strdup (id);
  deed->by = g_strdup (by);
  deed->why = g_strdup (why);
  deed->customer = customer != NULL ? till_customer_ref (customer) : NULL;
  g_task_set_task_data (task, deed, deed_free);
  if (deed->customer != NULL || till_shop_is_pass (id))
    wish (task);
  else
    till_customers_get_async (self->customers, id, NULL, on_customer_got, task);
}

/* Asked for */

typedef struct
{
  char *id;
  TillCustomer *customer;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->id);
  g_clear_pointer (&asked->customer, till_customer_unref);
  g_free (asked);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TillErasure *erasure = till_shop_erase_finish (TILL_SHOP (source), result, &error);

  if (erasure != NULL)
    g_task_return_pointer (task, erasure, (GDestroyNotify) till_erasure_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_proved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Asked *asked = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const char *by = till_shop_prove_finish (TILL_SHOP (source), result, &error);

  if (by == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_check_cancellable (task, FALSE);
  till_shop_erase_agreed_async (TILL_SHOP (source), asked->id, by, TILL_SHOP_WHY_ASKED, asked->customer,
                                on_done, g_steal_pointer (&task));
}

void
till_shop_erase_async (TillShop *self,
                       const char *id,
                       const TillShopProof *proof,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  asked->id = g_strdup (id);
  asked->customer = till_shop_proof_get_customer (proof);
  g_task_set_task_data (task, asked, asked_free);
  till_shop_prove_async (self, id, proof, cancellable, on_proved, task);
}

TillErasure *
till_shop_erase_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
