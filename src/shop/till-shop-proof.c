/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-proof.h"

#include "base/till-error.h"
#include "checkout/till-presence.h"
#include "shop/till-shop-private.h"

/* Longer ago somebody else may stand at the counter. */
#define PROOF_SECONDS 60

static gboolean
check_presence (TillShop *self, const char *id, TillPresence *presence, GError **error)
{
  TillCustomer *customer = till_presence_get_customer (presence);
  gint64 ago_us = till_clock_monotonic (self->clock) - till_presence_get_confirmed_us (presence);

  if (till_presence_get_state (presence) != TILL_PRESENCE_CONFIRMED || customer == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                         "Nobody was confirmed: look into the camera again, or ask for a manager");
  else if (!g_str_equal (till_customer_get_id (customer), id))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                         "Whoever was confirmed is somebody else: everybody can only ask for their own");
  else if (ago_us < 0 || ago_us > PROOF_SECONDS * G_USEC_PER_SEC)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "It is more than %d seconds ago that you were confirmed: look into the camera again",
                 PROOF_SECONDS);
  else
    return TRUE;
  return FALSE;
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_manager_finish (TILL_SHOP (source), result, &error))
    g_task_return_pointer (task, (gpointer) TILL_SHOP_BY_MANAGER, NULL);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_prove_async (TillShop *self,
                       const char *id,
                       const TillShopProof *proof,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  if (proof->presence != NULL && !check_presence (self, id, proof->presence, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (proof->presence != NULL)
    g_task_return_pointer (task, (gpointer) TILL_SHOP_BY_CUSTOMER, NULL);
  else if (proof->manager_pin != NULL)
    till_shop_ask_manager_async (self, proof->manager_pin, cancellable, on_manager_asked,
                                 g_steal_pointer (&task));
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED,
                             "This takes the customer in person, or a manager’s PIN");
}

const char *
till_shop_prove_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

TillCustomer *
till_shop_proof_get_customer (const TillShopProof *proof)
{
  TillCustomer *customer = proof->presence != NULL ? till_presence_get_customer (proof->presence) : NULL;

  return customer != NULL ? till_customer_ref (customer) : NULL;
}
