/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-list.h"

struct _TillUnresolvedList
{
  GObject parent_instance;

  TillShop *shop;
  GListStore *cases;
  GCancellable *reading;
  gboolean read;
  GError *trouble;
  char *told;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillUnresolvedList, till_unresolved_list, G_TYPE_OBJECT)

static void
on_case_changed (TillUnresolvedList *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_case_ended (TillUnresolvedCase *one, const char *words, gpointer user_data)
{
  TillUnresolvedList *self = user_data;

  g_free (self->told);
  self->told = g_strdup (words);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, words);
}

static TillUnresolvedCase *
add_case (TillUnresolvedList *self, TillUnresolved *unresolved, guint position)
{
  g_autoptr (TillUnresolvedCase) one = till_unresolved_case_new (self->shop, unresolved);

  g_signal_connect_object (one, "changed", G_CALLBACK (on_case_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (one, "ended", G_CALLBACK (on_case_ended), self, 0);
  g_list_store_insert (self->cases, position, one);
  return one;
}

static gboolean
is_listed (GPtrArray *list, TillUnresolvedCase *one)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((const TillUnresolved *) g_ptr_array_index (list, i))->attempt,
                     till_unresolved_case_get_known (one)->attempt))
      return TRUE;
  return FALSE;
}

/* A case that goes on keeps its row, and with it the focus. */
static void
take_list (TillUnresolvedList *self, GPtrArray *list)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->cases)); i > 0; i--)
    {
      g_autoptr (TillUnresolvedCase) one = g_list_model_get_item (G_LIST_MODEL (self->cases), i - 1);

      if (!is_listed (list, one))
        g_list_store_remove (self->cases, i - 1);
    }
  for (guint i = 0; i < list->len; i++)
    {
      TillUnresolved *unresolved = g_ptr_array_index (list, i);
      TillUnresolvedCase *one = till_unresolved_list_find (self, unresolved->attempt);

      if (one != NULL)
        till_unresolved_case_set_known (one, unresolved);
      else
        add_case (self, unresolved, MIN (i, g_list_model_get_n_items (G_LIST_MODEL (self->cases))));
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = till_shop_list_unresolved_finish (TILL_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillUnresolvedList *self = user_data;
  g_clear_error (&self->trouble);
  self->trouble = g_steal_pointer (&error);
  self->read = TRUE;
  if (list != NULL)
    take_list (self, list);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_list (TillUnresolvedList *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  till_shop_list_unresolved_async (self->shop, self->reading, on_listed, self);
}

TillUnresolvedList *
till_unresolved_list_new (TillShop *shop)
{
  TillUnresolvedList *self = g_object_new (TILL_TYPE_UNRESOLVED_LIST, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "unresolved-changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  read_list (self);
  return self;
}

GListModel *
till_unresolved_list_get_cases (TillUnresolvedList *self)
{
  return G_LIST_MODEL (self->cases);
}

guint
till_unresolved_list_get_count (TillUnresolvedList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->cases));
}

TillUnresolvedCase *
till_unresolved_list_find (TillUnresolvedList *self, const char *attempt)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->cases)); i++)
    {
      g_autoptr (TillUnresolvedCase) one = g_list_model_get_item (G_LIST_MODEL (self->cases), i);

      if (g_str_equal (till_unresolved_case_get_known (one)->attempt, attempt))
        return one;
    }
  return NULL;
}

gboolean
till_unresolved_list_is_read (TillUnresolvedList *self)
{
  return self->read;
}

const GError *
till_unresolved_list_get_trouble (TillUnresolvedList *self)
{
  return self->trouble;
}

const char *
till_unresolved_list_get_told (TillUnresolvedList *self)
{
  return self->told != NULL ? self->told : "";
}

static void
till_unresolved_list_dispose (GObject *object)
{
  TillUnresolvedList *self = TILL_UNRESOLVED_LIST (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_unresolved_list_parent_class)->dispose (object);
}

static void
till_unresolved_list_finalize (GObject *object)
{
  TillUnresolvedList *self = TILL_UNRESOLVED_LIST (object);

  g_clear_object (&self->cases);
  g_clear_error (&self->trouble);
  g_free (self->told);
  G_OBJECT_CLASS (till_unresolved_list_parent_class)->finalize (object);
}

static void
till_unresolved_list_class_init (TillUnresolvedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_unresolved_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_unresolved_list_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TILL_TYPE_UNRESOLVED_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_UNRESOLVED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
till_unresolved_list_init (TillUnresolvedList *self)
{
  self->cases = g_list_store_new (TILL_TYPE_UNRESOLVED_CASE);
}
