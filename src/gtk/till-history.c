/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history.h"

#include "gtk/till-history-words.h"
#include "shop/till-shop-history.h"

/* How far back the sales of earlier days go: as long as goods are usually taken back. */
#define EARLIER_DAYS 31

struct _TillHistory
{
  GObject parent_instance;

  TillShop *shop;
  guint holders;
  gboolean stale;
  gboolean read;
  GCancellable *reading;
  GError *trouble;

  GListStore *sales;
  GtkCustomFilter *filter; /* borrowed from the model below */
  GtkSingleSelection *shown;
  char *search;
  gboolean attention;
  gboolean earlier;
  char *wanted;     /* id of the sale to choose once it is read */
  gboolean first;   /* to choose the first one once the list is read */
  gboolean setting; /* the list is being exchanged */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillHistory, till_history, G_TYPE_OBJECT)

static TillSaleStory *
story_at (GListModel *model, guint position)
{
  g_autoptr (TillSaleStory) story = g_list_model_get_item (model, position);

  return story;
}

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  TillHistory *self = user_data;

  return (!self->attention || till_history_needs_attention (item))
         && till_sale_story_matches (item, self->search != NULL ? self->search : "");
}

/* Choosing */

static gboolean
choose_shown (TillHistory *self, const char *sale)
{
  GListModel *shown = G_LIST_MODEL (self->shown);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    if (g_str_equal (till_sale_story_get_id (story_at (shown, i)), sale))
      {
        gtk_single_selection_set_selected (self->shown, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_read_sale (TillHistory *self, const char *sale)
{
  for (guint i = 0; i < till_history_get_n_sales (self); i++)
    if (g_str_equal (till_sale_story_get_id (story_at (G_LIST_MODEL (self->sales), i)), sale))
      return TRUE;
  return FALSE;
}

static void
on_chosen (TillHistory *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
refilter (TillHistory *self)
{
  TillSaleStory *chosen = till_history_get_chosen (self);
  g_autofree char *id = chosen != NULL ? g_strdup (till_sale_story_get_id (chosen)) : NULL;

  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (id == NULL || !choose_shown (self, id))
    gtk_single_selection_set_selected (self->shown, GTK_INVALID_LIST_POSITION);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
till_history_choose (TillHistory *self, const char *sale)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  g_clear_pointer (&self->wanted, g_free);
  if (!is_read_sale (self, sale) || self->stale)
    {
      self->wanted = g_strdup (sale);
      return;
    }
  if (choose_shown (self, sale))
    return;
  g_clear_pointer (&self->search, g_free);
  self->attention = FALSE;
  refilter (self);
  choose_shown (self, sale);
}

void
till_history_choose_first (TillHistory *self)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  self->first = !self->read || self->stale || self->reading != NULL;
  if (till_history_get_n_shown (self) > 0)
    gtk_single_selection_set_selected (self->shown, 0);
}

/* Reading */

static gboolean
is_same (TillSaleStory *a, TillSaleStory *b)
{
  return g_str_equal (till_sale_story_get_id (a), till_sale_story_get_id (b))
         && till_sale_story_get_state (a) == till_sale_story_get_state (b)
         && till_sale_story_get_n_events (a) == till_sale_story_get_n_events (b);
}

/* Only what is another one is exchanged, so that the list stays where it was scrolled to. */
static void
take_stories (TillHistory *self, GPtrArray *stories)
{
  GListModel *sales = G_LIST_MODEL (self->sales);
  guint n_old = g_list_model_get_n_items (sales);
  guint head = 0;
  guint tail = 0;

  while (head < n_old && head < stories->len
         && is_same (story_at (sales, head), g_ptr_array_index (stories, head)))
    head++;
  while (
      head + tail < n_old && head + tail < stories->len
      && is_same (story_at (sales, n_old - tail - 1), g_ptr_array_index (stories, stories->len - tail - 1)))
    tail++;
  g_list_store_splice (self->sales, head, n_old - head - tail, stories->pdata + head,
                       stories->len - head - tail);
}

/* A sale that is looked for and not of today may be of an earlier day. */
static void
choose_wanted (TillHistory *self, const char *id)
{
  if (self->wanted == NULL)
    {
      if (self->first)
        till_history_choose_first (self);
    }
  else if (is_read_sale (self, id))
    till_history_choose (self, id);
  else if (!self->earlier)
    till_history_set_earlier (self, TRUE);
  else
    g_clear_pointer (&self->wanted, g_free);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stories = till_shop_list_history_finish (TILL_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillHistory *self = user_data;
  TillSaleStory *chosen = till_history_get_chosen (self);
  g_autofree char *id = g_strdup (self->wanted != NULL ? self->wanted
                                  : chosen != NULL     ? till_sale_story_get_id (chosen)
                                                       : NULL);
  g_clear_object (&self->reading);
  g_clear_error (&self->trouble);
  self->trouble = g_steal_pointer (&error);
  if (stories != NULL)
    {
      self->read = TRUE;
      self->setting = TRUE;
      take_stories (self, stories);
      if (id == NULL || !choose_shown (self, id))
        gtk_single_selection_set_selected (self->shown, GTK_INVALID_LIST_POSITION);
      self->setting = FALSE;
      choose_wanted (self, id);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

void
till_history_read (TillHistory *self)
{
  gint64 since_us = 0;

  g_return_if_fail (TILL_IS_HISTORY (self));
  if (self->earlier)
    since_us = till_clock_utc (till_shop_get_clock (self->shop)) - EARLIER_DAYS * G_TIME_SPAN_DAY;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->stale = FALSE;
  till_shop_list_history_async (self->shop, since_us, self->reading, on_listed, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_day_changed (TillHistory *self)
{
  self->stale = TRUE;
  if (self->holders > 0)
    till_history_read (self);
}

void
till_history_hold (TillHistory *self)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  self->holders++;
  if (self->stale)
    till_history_read (self);
}

void
till_history_release (TillHistory *self)
{
  g_return_if_fail (TILL_IS_HISTORY (self));
  g_return_if_fail (self->holders > 0);

  self->holders--;
}

TillHistory *
till_history_new (TillShop *shop)
{
  TillHistory *self = g_object_new (TILL_TYPE_HISTORY, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "day-changed", G_CALLBACK (on_day_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/* What is shown */

GtkSingleSelection *
till_history_get_shown (TillHistory *self)
{
  return self->shown;
}

guint
till_history_get_n_shown (TillHistory *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

guint
till_history_get_n_sales (TillHistory *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->sales));
}

guint
till_history_get_n_attention (TillHistory *self)
{
  guint n = 0;

  for (guint i = 0; i < till_history_get_n_sales (self); i++)
    n += till_history_needs_attention (story_at (G_LIST_MODEL (self->sales), i)) ? 1 : 0;
  return n;
}

void
till_history_set_search (TillHistory *self, const char *text)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  if (g_str_equal (text, till_history_get_search (self)))
    return;

  /* The text may be the one that is replaced. */
  char *search = g_strdup (text);
  g_free (self->search);
  self->search = search;
  refilter (self);
}

const char *
till_history_get_search (TillHistory *self)
{
  return self->search != NULL ? self->search : "";
}

void
till_history_set_attention (TillHistory *self, gboolean only)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  if (self->attention == only)
    return;
  self->attention = only;
  refilter (self);
}

gboolean
till_history_get_attention (TillHistory *self)
{
  return self->attention;
}

void
till_history_set_earlier (TillHistory *self, gboolean earlier)
{
  g_return_if_fail (TILL_IS_HISTORY (self));

  if (self->earlier == earlier)
    return;
  self->earlier = earlier;
  till_history_read (self);
}

gboolean
till_history_get_earlier (TillHistory *self)
{
  return self->earlier;
}

TillSaleStory *
till_history_get_chosen (TillHistory *self)
{
  return gtk_single_selection_get_selected_item (self->shown);
}

gboolean
till_history_is_reading (TillHistory *self)
{
  return self->reading != NULL;
}

gboolean
till_history_is_read (TillHistory *self)
{
  return self->read;
}

const GError *
till_history_get_trouble (TillHistory *self)
{
  return self->trouble;
}

static void
till_history_dispose (GObject *object)
{
  TillHistory *self = TILL_HISTORY (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->shop);
  /* The lists that show it may live on for a while. */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  self->filter = NULL;
  G_OBJECT_CLASS (till_history_parent_class)->dispose (object);
}

static void
till_history_finalize (GObject *object)
{
  TillHistory *self = TILL_HISTORY (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->sales);
  g_clear_error (&self->trouble);
  g_free (self->search);
  g_free (self->wanted);
  G_OBJECT_CLASS (till_history_parent_class)->finalize (object);
}

static void
till_history_class_init (TillHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_history_finalize;
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", TILL_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_history_init (TillHistory *self)
{
  self->stale = TRUE;
  self->sales = g_list_store_new (TILL_TYPE_SALE_STORY);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  GtkFilterListModel *filtered
      = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sales)), GTK_FILTER (self->filter));
  self->shown = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_single_selection_set_autoselect (self->shown, FALSE);
  gtk_single_selection_set_can_unselect (self->shown, TRUE);
  g_signal_connect_object (self->shown, "notify::selected-item", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
}
