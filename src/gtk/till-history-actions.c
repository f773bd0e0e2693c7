/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-actions.h"

#include "base/till-error.h"
#include "gtk/till-action-table.h"
#include "gtk/till-history-readings.h"
#include "sale/till-receipt-drawing.h"
#include "shop/till-shop-history.h"

#include <glib/gi18n.h>

/* Looking up */

static gboolean
act_show_history (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "history");
  return TRUE;
}

static gboolean
act_history_search (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "history");
  till_history_set_search (self->history, g_variant_get_string (parameter, NULL));
  till_history_choose_first (self->history);
  return TRUE;
}

static gboolean
act_history_select (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "history");
  till_history_choose (self->history, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_history_attention (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "history");
  till_history_set_attention (self->history, g_variant_get_boolean (parameter));
  return TRUE;
}

static gboolean
act_history_earlier (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "history");
  till_history_set_earlier (self->history, g_variant_get_boolean (parameter));
  return TRUE;
}

/* Giving back */

static gboolean
send_refund (TillApplication *self,
             TillRefundKind kind,
             const char *sale,
             const GArray *lines,
             const char *reason,
             const char *pin,
             const char *tender,
             GError **error)
{
  if (self->refund != NULL && till_refund_case_get_state (self->refund) == TILL_REFUND_SENDING)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_BUSY, _ ("Money is being given back; wait until that ends"));
      return FALSE;
    }

  g_autoptr (TillRefundCase) refund = till_refund_case_new (self->shop, kind, sale);
  till_application_set_refund (self, refund);
  till_refund_case_send (refund, lines, reason, *tender != '\0' ? tender : NULL, pin);
  return TRUE;
}

static gboolean
act_refund (TillApplication *self, GVariant *parameter, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillShopRefundLine));
  g_autoptr (GVariantIter) iter = NULL;
  TillShopRefundLine line;
  const char *sale;
  const char *reason;
  const char *pin;
  const char *tender;

  g_variant_get (parameter, "(&sa(su)&s&s&s)", &sale, &iter, &reason, &pin, &tender);
  while (g_variant_iter_next (iter, "(&su)", &line.article, &line.quantity))
    g_array_append_val (lines, line);
  return send_refund (self, TILL_REFUND_GOODS, sale, lines->len > 0 ? lines : NULL, reason, pin, tender,
                      error);
}

static gboolean
act_void (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *sale;
  const char *reason;
  const char *pin;

  g_variant_get (parameter, "(&s&s&s)", &sale, &reason, &pin);
  return send_refund (self, TILL_REFUND_VOID, sale, NULL, reason, pin, "", error);
}

static gboolean
act_disown (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *sale;
  const char *reason;
  const char *pin;

  g_variant_get (parameter, "(&s&s&s)", &sale, &reason, &pin);
  return send_refund (self, TILL_REFUND_DISOWN, sale, NULL, reason, pin, "", error);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (till_shop_unlock_customer_finish (TILL_SHOP (source), result, &error))
    till_application_tell (self, _ ("This customer can pay with a smile again"));
  else
    till_application_tell (self, error->message);
}

static gboolean
act_unlock_customer (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *customer;
  const char *pin;

  g_variant_get (parameter, "(&s&s)", &customer, &pin);
  till_shop_unlock_customer_async (self->shop, customer, pin, NULL, on_unlocked, g_object_ref (self));
  return TRUE;
}

/* Attempts without an end */

static gboolean
act_unresolved (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "unresolved");
  return TRUE;
}

static TillUnresolvedCase *
find_case (TillApplication *self, const char *attempt, GError **error)
{
  TillUnresolvedCase *one = till_unresolved_list_find (self->unresolved, attempt);

  if (one == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, _ ("No open payment or refund has the number “%s”"),
                 attempt);
  return one;
}

static gboolean
act_ask_attempt (TillApplication *self, GVariant *parameter, GError **error)
{
  TillUnresolvedCase *one = find_case (self, g_variant_get_string (parameter, NULL), error);

  if (one != NULL)
    till_unresolved_case_ask (one);
  return one != NULL;
}

static gboolean
act_reverse_attempt (TillApplication *self, GVariant *parameter, GError **error)
{
  TillUnresolvedCase *one = find_case (self, g_variant_get_string (parameter, NULL), error);

  if (one != NULL)
    till_unresolved_case_reverse (one);
  return one != NULL;
}

static gboolean
act_settle_attempt (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *attempt;
  gboolean taken;
  const char *evidence;
  const char *pin;

  g_variant_get (parameter, "(&sb&s&s)", &attempt, &taken, &evidence, &pin);
  TillUnresolvedCase *one = find_case (self, attempt, error);
  if (one != NULL)
    till_unresolved_case_settle (one, taken, evidence, pin);
  return one != NULL;
}

/* A receipt as a file */

typedef struct
{
  TillApplication *application;
  char *sale;
  char *path;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->application);
  g_free (saving->sale);
  g_free (saving->path);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static gboolean
write_receipt (TillReceipt *receipt, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_str_has_suffix (path, ".txt"))
    return till_receipt_to_pdf (receipt, path, error);
  text = till_receipt_to_text (receipt);
  return g_file_set_contents (path, text, -1, error);
}

static void
on_listed_to_save (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stories = till_shop_list_history_finish (TILL_SHOP (source), result, &error);
  TillReceipt *receipt = NULL;

  for (guint i = 0; stories != NULL && i < stories->len; i++)
    if (g_str_equal (till_sale_story_get_id (g_ptr_array_index (stories, i)), saving->sale))
      receipt = till_sale_story_get_receipt (g_ptr_array_index (stories, i));
  if (stories != NULL && receipt == NULL)
    g_set_error (&error, TILL_ERROR, TILL_ERROR_NOT_FOUND, _ ("No sale of the day with a receipt is “%s”"),
                 saving->sale);
  if (receipt != NULL && write_receipt (receipt, saving->path, &error))
    till_application_tell (saving->application, _ ("The receipt is saved"));
  else
    till_application_tell (saving->application, error->message);
}

static gboolean
act_save_receipt (TillApplication *self, GVariant *parameter, GError **error)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->application = g_object_ref (self);
  g_variant_get (parameter, "(ss)", &saving->sale, &saving->path);
  till_shop_list_history_async (self->shop, 0, NULL, on_listed_to_save, saving);
  return TRUE;
}

static const TillActionRow rows[] = {
  { "show-history", NULL, act_show_history, -1, NULL },
  { "history-search", "s", act_history_search, -1, NULL },
  { "history-select", "s", act_history_select, -1, NULL },
  { "history-attention", "b", act_history_attention, -1, NULL },
  { "history-earlier", "b", act_history_earlier, -1, NULL },
  { "refund", "(sa(su)sss)", act_refund, -1, NULL },
  { "void", "(sss)", act_void, -1, NULL },
  { "disown", "(sss)", act_disown, -1, NULL },
  { "unlock-customer", "(ss)", act_unlock_customer, -1, NULL },
  { "unresolved", NULL, act_unresolved, -1, NULL },
  { "ask-attempt", "s", act_ask_attempt, -1, NULL },
  { "reverse-attempt", "s", act_reverse_attempt, -1, NULL },
  { "settle-attempt", "(sbss)", act_settle_attempt, -1, NULL },
  { "save-receipt", "(ss)", act_save_receipt, -1, NULL },
};

void
till_history_actions_add (TillApplication *self)
{
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_history_readings_add (self);
}

void
till_history_actions_update (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
}

void
till_history_actions_follow (TillApplication *self)
{
  self->history = till_history_new (self->shop);
  self->unresolved = till_unresolved_list_new (self->shop);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (till_history_readings_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "chosen", G_CALLBACK (till_history_readings_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unresolved, "changed", G_CALLBACK (till_history_readings_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unresolved, "ended", G_CALLBACK (till_history_readings_update), self,
                           G_CONNECT_SWAPPED);
}
