/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-sale-story-private.h"

#include <glib/gi18n-lib.h>

struct _TillSaleStory
{
  GObject parent_instance;

  TillSaleTelling telling;
};

G_DEFINE_FINAL_TYPE (TillSaleStory, till_sale_story, G_TYPE_OBJECT)

static void
till_sale_event_clear (gpointer data)
{
  g_free ((char *) ((TillSaleEvent *) data)->words);
}

static void
till_sale_story_finalize (GObject *object)
{
  TillSaleTelling *telling = &TILL_SALE_STORY (object)->telling;

  g_free (telling->id);
  g_free (telling->name);
  g_free (telling->tender);
  g_free (telling->customer);
  g_free (telling->open_attempt);
  g_clear_pointer (&telling->receipt, till_receipt_unref);
  g_ptr_array_unref (telling->refunds);
  g_array_unref (telling->events);

  G_OBJECT_CLASS (till_sale_story_parent_class)->finalize (object);
}

static void
till_sale_story_class_init (TillSaleStoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_sale_story_finalize;
}

static void
till_sale_story_init (TillSaleStory *self)
{
  self->telling.refunds = g_ptr_array_new_with_free_func ((GDestroyNotify) till_receipt_unref);
  self->telling.events = g_array_new (FALSE, TRUE, sizeof (TillSaleEvent));
  g_array_set_clear_func (self->telling.events, till_sale_event_clear);
}

TillSaleStory *
till_sale_story_alloc (const char *id)
{
  TillSaleStory *self = g_object_new (TILL_TYPE_SALE_STORY, NULL);

  self->telling.id = g_strdup (id);
  return self;
}

TillSaleTelling *
till_sale_story_get_telling (TillSaleStory *self)
{
  return &self->telling;
}

void
till_sale_story_add_event (TillSaleStory *self, gint64 at_us, char *words)
{
  TillSaleEvent event = { .at_us = at_us, .words = words };

  g_array_append_val (self->telling.events, event);
}

const char *
till_sale_story_get_id (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.id;
}

const char *
till_sale_story_get_number (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.receipt != NULL ? till_receipt_get_number (self->telling.receipt) : NULL;
}

const char *
till_sale_story_get_name (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.name;
}

gint64
till_sale_story_get_at_us (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), 0);
  return self->telling.at_us;
}

const TillMoney *
till_sale_story_get_total (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return &self->telling.total;
}

const char *
till_sale_story_get_tender (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.tender;
}

TillSaleState
till_sale_story_get_state (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), TILL_SALE_UNKNOWN);
  return self->telling.state;
}

const char *
till_sale_story_get_state_label (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);

  switch (self->telling.state)
    {
    case TILL_SALE_PAID:
      return _ ("Paid");
    case TILL_SALE_PARTLY_REFUNDED:
      return _ ("Partly refunded");
    case TILL_SALE_REFUNDED:
      return _ ("Refunded");
    case TILL_SALE_VOIDED:
      return _ ("Void");
    case TILL_SALE_DECLINED:
      return _ ("Not paid");
    case TILL_SALE_DISPUTED:
      return _ ("Disputed");
    case TILL_SALE_UNKNOWN:
    default:
      return _ ("Outcome unknown");
    }
}

const TillMoney *
till_sale_story_get_refunded (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return &self->telling.refunded;
}

const TillMoney *
till_sale_story_get_refunding (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return &self->telling.refunding;
}

const TillMoney *
till_sale_story_get_left (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return &self->telling.left;
}

TillReceipt *
till_sale_story_get_receipt (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.receipt;
}

GPtrArray *
till_sale_story_get_refunds (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.refunds;
}

const char *
till_sale_story_get_customer (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.customer;
}

const char *
till_sale_story_get_open_attempt (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  return self->telling.open_attempt;
}

guint
till_sale_story_get_n_events (TillSaleStory *self)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), 0);
  return self->telling.events->len;
}

const TillSaleEvent *
till_sale_story_get_event (TillSaleStory *self, guint index)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), NULL);
  g_return_val_if_fail (index < self->telling.events->len, NULL);
  return &g_array_index (self->telling.events, TillSaleEvent, index);
}
