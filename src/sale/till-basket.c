/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket.h"

#include "base/till-error.h"
#include "sale/till-basket-content.h"
#include "sale/till-basket-line-private.h"

#define UNDO_MAX 100

struct _TillBasket
{
  GObject parent_instance;

  TillCatalogue *catalogue;
  GArray *content; /* what the lines show */
  GListStore *lines;
  GPtrArray *undo; /* earlier contents, the newest last */
  TillMoney total;
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
  g_clear_pointer (&self->content, g_array_unref);
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
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

TillBasket *
till_basket_new (TillCatalogue *catalogue)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (catalogue), NULL);

  TillBasket *self = g_object_new (TILL_TYPE_BASKET, NULL);
  self->catalogue = g_object_ref (catalogue);
  if (!till_money_init (&self->total, 0, till_catalogue_get_currency (catalogue), NULL))
    g_assert_not_reached ();
  return self;
}

/*
 * Brings the lines to @content: those at both ends that are of the same article stay the objects they are, so that a
 * list on screen keeps its rows and its focus.
 */
static void
till_basket_show (TillBasket *self, GArray *content)
{
  guint n = self->content->len, start = 0, end = 0;
  guint shorter = MIN (n, content->len);

  while (start < shorter
         && till_basket_content_get (self->content, start)->article
                == till_basket_content_get (content, start)->article)
    start++;
  while (end < shorter - start
         && till_basket_content_get (self->content, n - 1 - end)->article
                == till_basket_content_get (content, content->len - 1 - end)->article)
    end++;

  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = start; i < content->len - end; i++)
    {
      const TillBasketItem *item = till_basket_content_get (content, i);
      g_ptr_array_add (fresh, till_basket_line_new (item->article, item->quantity, &item->total));
    }
  if (n - start - end > 0 || fresh->len > 0)
    g_list_store_splice (self->lines, start, n - start - end, fresh->pdata, fresh->len);

  for (guint i = 0; i < content->len; i++)
    {
      g_autoptr (TillBasketLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      const TillBasketItem *item = till_basket_content_get (content, i);
      till_basket_line_set (line, item->quantity, &item->total);
    }
}

/* Makes the priced @content (transfer full) the basket's. */
static void
till_basket_take (TillBasket *self, GArray *content, const TillMoney *total)
{
  g_autoptr (GArray) old = self->content;

  till_basket_show (self, content);
  self->content = content;
  self->total = *total;
  self->revision++;
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
till_basket_price (TillBasket *self, GArray *content, TillMoney *total, GError **error)
{
  return till_basket_content_price (content, till_catalogue_get_tax_table (self->catalogue),
                                    till_catalogue_get_currency (self->catalogue), total, error);
}

/* Takes @content (transfer full) if it can be priced, and keeps what was for undoing. */
static gboolean
till_basket_change (TillBasket *self, GArray *content, GError **error)
{
  g_autoptr (GArray) changed = content;
  TillMoney total;

  if (!till_basket_price (self, changed, &total, error))
    return FALSE;
  if (self->undo->len == UNDO_MAX)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_add (self->undo, g_array_ref (self->content));
  till_basket_take (self, g_steal_pointer (&changed), &total);
  return TRUE;
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
  if (index < 0 && self->content->len == TILL_BASKET_MAX_LINES)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "A basket takes at most %d different articles: charge it and start another",
                   TILL_BASKET_MAX_LINES);
      return FALSE;
    }

  GArray *content = till_basket_content_copy (self->content);
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

  GArray *content = till_basket_content_copy (self->content);
  if (quantity == 0)
    g_array_remove_index (content, (guint) index);
  else
    till_basket_content_get (content, (guint) index)->quantity = quantity;
  return till_basket_change (self, content, error);
}

gboolean
till_basket_remove (TillBasket *self, const char *id, GError **error)
{
  return till_basket_set_quantity (self, id, 0, error);
}

void
till_basket_clear (TillBasket *self)
{
  g_return_if_fail (TILL_IS_BASKET (self));

  if (self->content->len > 0 && !till_basket_change (self, till_basket_content_new (), NULL))
    g_assert_not_reached ();
}

gboolean
till_basket_undo (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);

  if (self->undo->len == 0)
    return FALSE;

  GArray *content = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  TillMoney total;
  if (!till_basket_price (self, content, &total, NULL))
    g_assert_not_reached ();
  till_basket_take (self, content, &total);
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

  if (self->content->len == 0 && self->undo->len == 0)
    return;

  TillMoney zero = self->total;
  zero.minor = 0;
  g_ptr_array_set_size (self->undo, 0);
  till_basket_take (self, till_basket_content_new (), &zero);
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
  return self->content->len == 0;
}

guint
till_basket_count_pieces (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), 0);

  guint pieces = 0;
  for (guint i = 0; i < self->content->len; i++)
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
  return &self->total;
}

GArray *
till_basket_get_taxes (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), NULL);

  GArray *sums = till_basket_content_sum_taxes (self->content, till_catalogue_get_tax_table (self->catalogue),
                                                till_catalogue_get_currency (self->catalogue), NULL);
  g_assert (sums != NULL);
  return sums;
}

gboolean
till_basket_is_tax_inclusive (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), TRUE);
  return till_tax_table_is_inclusive (till_catalogue_get_tax_table (self->catalogue));
}

guint64
till_basket_get_revision (TillBasket *self)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), 0);
  return self->revision;
}
