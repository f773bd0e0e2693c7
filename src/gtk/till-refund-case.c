/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-refund-case.h"

#include "base/till-error.h"
#include "shop/till-shop-unresolved.h"

struct _TillRefundCase
{
  GObject parent_instance;

  TillShop *shop;
  TillRefundKind kind;
  char *sale;
  TillRefundState state;
  GError *trouble;
  TillReceipt *receipt;
};

enum
{
  SIGNAL_STATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillRefundCase, till_refund_case, G_TYPE_OBJECT)

TillRefundCase *
till_refund_case_new (TillShop *shop, TillRefundKind kind, const char *sale)
{
  TillRefundCase *self = g_object_new (TILL_TYPE_REFUND_CASE, NULL);

  self->shop = g_object_ref (shop);
  self->kind = kind;
  self->sale = g_strdup (sale);
  return self;
}

static void
set_state (TillRefundCase *self, TillRefundState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE], 0);
}

/* An error of the same code says both that a refund is on its way and that there is no way; the list knows which. */
static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRefundCase) self = user_data;
  g_autoptr (GPtrArray) list = till_shop_list_unresolved_finish (TILL_SHOP (source), result, NULL);
  gboolean open = list == NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const TillUnresolved *unresolved = g_ptr_array_index (list, i);

      open = open || (unresolved->refund && g_str_equal (unresolved->sale, self->sale));
    }
  set_state (self, open ? TILL_REFUND_UNKNOWN : TILL_REFUND_REFUSED);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillRefundCase) self = user_data;

  self->receipt = self->kind == TILL_REFUND_DISOWN
                      ? till_shop_disown_finish (TILL_SHOP (source), result, &self->trouble)
                      : till_shop_refund_finish (TILL_SHOP (source), result, &self->trouble);
  if (self->trouble == NULL)
    set_state (self, TILL_REFUND_GIVEN);
  else if (g_error_matches (self->trouble, TILL_ERROR, TILL_ERROR_UNAVAILABLE))
    till_shop_list_unresolved_async (self->shop, NULL, on_listed, g_object_ref (self));
  else
    set_state (self, TILL_REFUND_REFUSED);
}

void
till_refund_case_send (TillRefundCase *self,
                       const GArray *lines,
                       const char *reason,
                       const char *tender,
                       const char *manager_pin)
{
  g_return_if_fail (TILL_IS_REFUND_CASE (self));
  g_return_if_fail (self->state == TILL_REFUND_ASKING || self->state == TILL_REFUND_REFUSED);

  TillShopRefund refund = {
    .sale = self->sale,
    .lines = lines,
    .reason = reason,
    .manager_pin = manager_pin,
    .tender = tender,
    .void_sale = self->kind == TILL_REFUND_VOID,
  };
  g_clear_error (&self->trouble);
  set_state (self, TILL_REFUND_SENDING);
  if (self->kind == TILL_REFUND_DISOWN)
    till_shop_disown_async (self->shop, self->sale, reason, manager_pin, NULL, on_ended, g_object_ref (self));
  else
    till_shop_refund_async (self->shop, &refund, NULL, on_ended, g_object_ref (self));
}

TillRefundKind
till_refund_case_get_kind (TillRefundCase *self)
{
  return self->kind;
}

const char *
till_refund_case_get_sale (TillRefundCase *self)
{
  return self->sale;
}

TillRefundState
till_refund_case_get_state (TillRefundCase *self)
{
  return self->state;
}

const char *
till_refund_case_get_state_name (TillRefundCase *self)
{
  static const char *const names[] = { "asking", "sending", "given-back", "refused", "unknown" };

  return names[self->state];
}

const GError *
till_refund_case_get_trouble (TillRefundCase *self)
{
  return self->trouble;
}

TillReceipt *
till_refund_case_get_receipt (TillRefundCase *self)
{
  return self->receipt;
}

static void
till_refund_case_finalize (GObject *object)
{
  TillRefundCase *self = TILL_REFUND_CASE (object);

  g_clear_object (&self->shop);
  g_free (self->sale);
  g_clear_error (&self->trouble);
  g_clear_pointer (&self->receipt, till_receipt_unref);
  G_OBJECT_CLASS (till_refund_case_parent_class)->finalize (object);
}

static void
till_refund_case_class_init (TillRefundCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_refund_case_finalize;
  signals[SIGNAL_STATE]
      = g_signal_new ("state", TILL_TYPE_REFUND_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_refund_case_init (TillRefundCase *self)
{
}
