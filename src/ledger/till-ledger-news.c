/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-news.h"

struct _TillLedgerNews
{
  GWeakRef listener;
  void (*hear) (gpointer listener);
  GMainContext *context;
  gint under_way; /* atomic */
};

TillLedgerNews *
till_ledger_news_new (gpointer listener, void (*hear) (gpointer listener))
{
  TillLedgerNews *self = g_atomic_rc_box_new0 (TillLedgerNews);

  g_weak_ref_init (&self->listener, listener);
  self->hear = hear;
  self->context = g_main_context_ref_thread_default ();
  return self;
}

TillLedgerNews *
till_ledger_news_ref (TillLedgerNews *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_ledger_news_clear (gpointer data)
{
  TillLedgerNews *self = data;

  g_weak_ref_clear (&self->listener);
  g_main_context_unref (self->context);
}

void
till_ledger_news_unref (TillLedgerNews *self)
{
  g_atomic_rc_box_release_full (self, till_ledger_news_clear);
}

static gboolean
till_ledger_news_on_heard (gpointer user_data)
{
  TillLedgerNews *self = user_data;
  g_autoptr (GObject) listener = g_weak_ref_get (&self->listener);

  /* Before anybody looks: what is written from here on is told anew. */
  g_atomic_int_set (&self->under_way, FALSE);
  if (listener != NULL)
    self->hear (listener);
  return G_SOURCE_REMOVE;
}

void
till_ledger_news_tell (TillLedgerNews *self)
{
  g_autoptr (GSource) source = NULL;

  if (!g_atomic_int_compare_and_exchange (&self->under_way, FALSE, TRUE))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "till-ledger-news");
  g_source_set_callback (source, till_ledger_news_on_heard, till_ledger_news_ref (self),
                         (GDestroyNotify) till_ledger_news_unref);
  g_source_attach (source, self->context);
}
