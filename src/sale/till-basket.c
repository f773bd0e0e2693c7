/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket-private.h"

#include "base/till-error.h"
#include "sale/till-basket-line-private.h"
#include "sale/till-pricing-private.h"

#include <sodium.h>

#define UNDO_MAX 100

typedef enum
{
  GIFT_NOT_DRAWN,
  GIFT_LOST,
  GIFT_WON,
} TillBasketGift;

struct _TillBasket
{
  GObject parent_instance;

  TillCatalogue *catalogue;
  TillDiscountRules rules;
  TillBasketGift gift;
  TillBasketContent *content; /* what the lines show */
  TillPricing *pricing;       /* of the content, without a smile */
  GListStore *lines;
  GPtrArray *undo; /* earlier contents, the newest last */
  guint64 revision;
};

enum
{
  PROP_0,
  PROP_REVISION,
  PROP_CAN_UNDO,
  PROP_EMPTY,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillBasket, till_basket, G_TYPE_OBJECT)

static void
till_basket_finalize (GObject *object)
{
  TillBasket *self = TILL_BASKET (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->content, till_basket_content_unref);
  g_clear_pointer (&self->pricing, till_pricing_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);

  G_OBJECT_CLASS (till_basket_parent_class)->finalize (object);
}

static void
till_basket_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TillBasket *self = TILL_BASKET (object);

  switch (prop_id)
    {
    case PROP_REVISION:
      g_value_set_uint64 (value, self->revision);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, till_basket_can_undo (self));
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, till_basket_is_empty (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
till_basket_class_init (TillBasketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = till_basket_finalize;
  object_class->get_property = till_basket_get_property;

  props[PROP_REVISION] = g_param_spec_uint64 ("revision", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_BASKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_basket_init (TillBasket *self)
{
  self->content = till_basket_content_new ();
  self->lines = g_list_store_new (TILL_TYPE_BASKET_LINE);
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) till_basket_content_unref);
}

static TillPricing *
till_basket_price_content (
    TillBasket *self, const TillBasketContent *content, TillDiscountKind offer, guint smile, GError **error)
{
  return till_pricing_new (content, till_catalogue_get_tax_table (self->catalogue),
                           till_catalogue_get_currency (self->catalogue), &self->rules,
                           self->gift == GIFT_WON, offer, smile, error);
}

TillBasket *
till_basket_new (TillCatalogue *catalogue)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (catalogue), NULL);

  TillBasket *self = g_object_new (TILL_TYPE_BASKET, NULL);
  self->catalogue = g_object_ref (catalogue);
  self->pricing = till_basket_price_content (self, self->content, TILL_DISCOUNT_SMILE, 0, NULL);
  g_assert (self->pricing != NULL);
  return self;
}

/*
 * Brings the lines to @content, priced as @pricing: those at both ends that are of the same article stay the objects
 * they are, so that a list on screen keeps its rows and its focus.
 */
static void
till_basket_show (TillBasket *self, const TillBasketContent *content, const TillPricing *pricing)
{
  guint n = self->content->items->len, wanted = content->items->len, start = 0, end = 0;
  guint shorter = MIN (n, wanted);

  while (start < shorter
         && till_basket_content_get (self->content, start)->article
                == till_basket_content_get (content, start)->article)
    start++;
  while (end < shorter - start
         && till_basket_content_get (self->content, n - 1 - end)->article
                == till_basket_content_get (content, wanted - 1 - end)->article)
    end++;

  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = start; i < wanted - end; i++)
    g_ptr_array_add (fresh, till_basket_line_new (till_basket_content_get (content, i),
                                                  &till_pricing_get_line (pricing, i)->total));
  if (n - start - end > 0 || fresh->len > 0)
    g_list_store_splice (self->lines, start, n - start - end, fresh->pdata, fresh->len);

  for (guint i = 0; i < wanted; i++)
    {
      g_autoptr (TillBasketLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      till_basket_line_set (line, till_basket_content_get (content, i),
                            &till_pricing_get_line (pricing, i)->total);
    }
}

static void
till_basket_tell (TillBasket *self)
{
  self->revision++;
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Makes @content, priced as @pricing (both transfer full), the basket's. */
static void
till_basket_take (TillBasket *self, TillBasketContent *content, TillPricing *pricing)
{
  till_basket_show (self, content, pricing);
  till_basket_content_unref (self->content);
  till_pricing_unref (self->pricing);
  self->content = content;
  self->pricing = pricing;
  till_basket_tell (self);
}

gboolean
till_basket_change (TillBasket *self, TillBasketContent *content, GError **error)
{
  g_autoptr (TillBasketContent) changed = content;
  TillPricing *pricing = till_basket_price_content (self, changed, TILL_DISCOUNT_SMILE, 0, error);

  if (pricing == NULL)
    return FALSE;
  if (self->undo->len == UNDO_MAX)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_add (self->undo, till_basket_content_ref (self->content));
  till_basket_take (self, g_steal_pointer (&changed), pricing);
  return TRUE;
}

/* What the shop takes off has changed, which never makes a basket dearer than its goods: it can still be counted. */
static void
till_basket_price_again (TillBasket *self)
{
  TillPricing *pricing = till_basket_price_content (self, self->content, TILL_DISCOUNT_SMILE, 0, NULL);

  g_assert (pricing != NULL);
  till_pricing_unref (self->pricing);
  self->pricing = pricing;
  till_basket_tell (self);
}

static gboolean
till_basket_check_quantity (guint quantity, GError **error)
{
  if (quantity <= TILL_BASKET_MAX_QUANTITY)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "A basket takes at most %d pieces of one article",
               TILL_BASKET_MAX_QUANTITY);
  return FALSE;
}

gboolean
till_basket_add (TillBasket *self, TillArticle *article, guint quantity, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);
  g_return_val_if_fail (TILL_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (quantity > 0, FALSE);

  int index = till_basket_content_find (self->content, till_article_get_id (article));
  guint before = index >= 0 ? till_basket_content_get (self->content, (guint) index)->quantity : 0;

  if (!till_basket_check_quantity (quantity, error) || !till_basket_check_quantity (before + quantity, error))
    return FALSE;
  if (index < 0 && self->content->items->len == TILL_BASKET_MAX_LINES)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "A basket takes at most %d different articles: charge it and start another",
                   TILL_BASKET_MAX_LINES);
      return FALSE;
    }

  TillBasketContent *content = till_basket_content_copy (self->content);
  if (index >= 0)
    till_basket_content_get (content, (guint) index)->quantity += quantity;
  else
    till_basket_content_append (content, article, quantity);
  return till_basket_change (self, content, error);
}

gboolean
till_basket_set_quantity (TillBasket *self, const char *id, guint quantity, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);

  int index = till_basket_content_find (self->content, id);
  if (index < 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "Article “%s” is not in the basket", id);
      return FALSE;
    }
  if (!till_basket_check_quantity (quantity, error))
    return FALSE;
  if (till_basket_content_get (self->content, (guint) index)->quantity == quantity)
    return TRUE;

  TillBasketContent *content = till_basket_content_copy (self->content);
  if (quantity == 0)
    g_array_remove_index (content->items, (guint) index);
  else
    till_basket_content_get (content, (guint) index)->quantity = quantity;
  return till_basket_change (self, content, error);
}

gboolean
till_basket_remove (TillBasket *self, const char *id, GError **error)
{
  return till_basket_set_quantity (self, id, 0, error);
}

static gboolean
till_basket_has_discount (TillBasket *self)
{
  return self->content->rate > 0 || self->content->off > 0;
}

void
till_basket_clear (TillBasket *self)
{
  g_return_if_fail (TILL_IS_BASKET (self));

  if (till_basket_is_empty (self) && !till_basket_has_discount (self))
    return;
  if (!till_basket_change (self, till_basket_content_new (), NULL))
    g_assert_not_reached ();
}

gboolean
till_basket_undo (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);

  if (self->undo->len == 0)
    return FALSE;

  TillBasketContent *content = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  TillPricing *pricing = till_basket_price_content (self, content, TILL_DISCOUNT_SMILE, 0, NULL);
  g_assert (pricing != NULL);
  till_basket_take (self, content, pricing);
  return TRUE;
}

gboolean
till_basket_can_undo (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);
  return self->undo->len > 0;
}

void
till_basket_reset (TillBasket *self)
{
  g_return_if_fail (TILL_IS_BASKET (self));

  self->gift = GIFT_NOT_DRAWN;
  if (till_basket_is_empty (self) && !till_basket_has_discount (self) && self->undo->len == 0)
    return;

  TillBasketContent *content = till_basket_content_new ();
  TillPricing *pricing = till_basket_price_content (self, content, TILL_DISCOUNT_SMILE, 0, NULL);
  g_assert (pricing != NULL);
  g_ptr_array_set_size (self->undo, 0);
  till_basket_take (self, content, pricing);
}

GListModel *
till_basket_get_lines (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);
  return G_LIST_MODEL (self->lines);
}

gboolean
till_basket_is_empty (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), TRUE);
  return self->content->items->len == 0;
}

guint
till_basket_count_pieces (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), 0);

  guint pieces = 0;
  for (guint i = 0; i < self->content->items->len; i++)
    pieces += till_basket_content_get (self->content, i)->quantity;
  return pieces;
}

const char *
till_basket_get_currency (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);
  return till_catalogue_get_currency (self->catalogue);
}

const TillMoney *
till_basket_get_total (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);
  return till_pricing_get_total (self->pricing);
}

TillPricing *
till_basket_price (TillBasket *self, guint smile, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);

  if (smile == 0)
    return till_pricing_ref (self->pricing);
  return till_basket_price_content (self, self->content, TILL_DISCOUNT_SMILE, smile, error);
}

TillPricing *
till_basket_price_equal (TillBasket *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);

  return till_basket_price_content (self, self->content, TILL_DISCOUNT_EQUAL, 0, error);
}

GArray *
till_basket_get_taxes (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);
  return till_pricing_copy_taxes (self->pricing);
}

gboolean
till_basket_is_tax_inclusive (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), TRUE);
  return till_tax_table_is_inclusive (till_catalogue_get_tax_table (self->catalogue));
}

const TillBasketContent *
till_basket_get_content (TillBasket *self)
{
  return self->content;
}

void
till_basket_set_rules (TillBasket *self, const TillDiscountRules *rules)
{
  g_return_if_fail (TILL_IS_BASKET (self));
  g_return_if_fail (till_discount_rules_check (rules, till_basket_get_currency (self), NULL));

  TillDiscountRules before = self->rules;
  self->rules = *rules;
  /* Whether and what gift is drawn later is not what this basket costs now. */
  before.gift_budget_left = rules->gift_budget_left;
  before.gift_one_in = rules->gift_one_in;
  if (self->gift != GIFT_WON)
    before.gift_amount = rules->gift_amount;
  if (!till_discount_rules_equal (&before, rules))
    till_basket_price_again (self);
}

gboolean
till_basket_draw_gift (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);

  const TillDiscountRules *rules = &self->rules;
  if (self->gift != GIFT_NOT_DRAWN)
    return self->gift == GIFT_WON;
  if (till_basket_is_empty (self) || rules->gift_one_in == 0 || rules->gift_amount.minor == 0
      || rules->gift_amount.minor > rules->gift_budget_left.minor)
    return FALSE;

  g_assert (sodium_init () >= 0);
  self->gift = randombytes_uniform (rules->gift_one_in) == 0 ? GIFT_WON : GIFT_LOST;
  if (self->gift == GIFT_WON)
    till_basket_price_again (self);
  return self->gift == GIFT_WON;
}

guint64
till_basket_get_revision (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), 0);
  return self->revision;
}
