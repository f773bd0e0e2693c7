/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-case.h"

#include "gtk/till-unresolved-words.h"

struct _TillUnresolvedCase
{
  GObject parent_instance;

  TillShop *shop;
  TillUnresolved *known;
  gboolean busy;
  gboolean over;
  gboolean refused;
  gboolean taken; /* what the manager said */
  char *words;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillUnresolvedCase, till_unresolved_case, G_TYPE_OBJECT)

TillUnresolvedCase *
till_unresolved_case_new (TillShop *shop, TillUnresolved *unresolved)
{
  TillUnresolvedCase *self = g_object_new (TILL_TYPE_UNRESOLVED_CASE, NULL);

  self->shop = g_object_ref (shop);
  self->known = till_unresolved_ref (unresolved);
  return self;
}

void
till_unresolved_case_set_known (TillUnresolvedCase *self, TillUnresolved *unresolved)
{
  g_return_if_fail (TILL_IS_UNRESOLVED_CASE (self));

  till_unresolved_ref (unresolved);
  till_unresolved_unref (self->known);
  self->known = unresolved;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const TillUnresolved *
till_unresolved_case_get_known (TillUnresolvedCase *self)
{
  return self->known;
}

static gboolean
begin (TillUnresolvedCase *self)
{
  if (self->busy || self->over)
    return FALSE;
  self->busy = TRUE;
  self->refused = FALSE;
  g_clear_pointer (&self->words, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/* @words: (transfer full) */
static void
finish (TillUnresolvedCase *self, char *words, gboolean over)
{
  self->busy = FALSE;
  self->over = over;
  g_free (self->words);
  self->words = words;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (over)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, words);
}

static void
refuse (TillUnresolvedCase *self, const GError *error)
{
  self->refused = TRUE;
  finish (self, g_strdup (error->message), FALSE);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillUnresolvedCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_shop_ask_attempt_finish (TILL_SHOP (source), result, &error);

  if (outcome == NULL)
    refuse (self, error);
  else
    finish (self, till_unresolved_words_for_asked (self->known, outcome),
            outcome->result->status != TILL_CHARGE_UNKNOWN);
}

void
till_unresolved_case_ask (TillUnresolvedCase *self)
{
  g_return_if_fail (TILL_IS_UNRESOLVED_CASE (self));

  if (begin (self))
    till_shop_ask_attempt_async (self->shop, self->known->attempt, NULL, on_asked, g_object_ref (self));
}

static void
on_reversed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillUnresolvedCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_shop_reverse_attempt_finish (TILL_SHOP (source), result, &error);

  if (outcome == NULL)
    refuse (self, error);
  else
    finish (self, till_unresolved_words_for_reversed (self->known, outcome),
            outcome->result->status != TILL_CHARGE_UNKNOWN);
}

void
till_unresolved_case_reverse (TillUnresolvedCase *self)
{
  g_return_if_fail (TILL_IS_UNRESOLVED_CASE (self));

  if (begin (self))
    till_shop_reverse_attempt_async (self->shop, self->known->attempt, NULL, on_reversed,
                                     g_object_ref (self));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillUnresolvedCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) end = till_shop_settle_attempt_finish (TILL_SHOP (source), result, &error);

  if (end == NULL)
    refuse (self, error);
  else
    finish (self, till_unresolved_words_for_settled (self->known, self->taken), TRUE);
}

void
till_unresolved_case_settle (TillUnresolvedCase *self,
                             gboolean taken,
                             const char *evidence,
                             const char *manager_pin)
{
  g_return_if_fail (TILL_IS_UNRESOLVED_CASE (self));

  if (!begin (self))
    return;
  self->taken = taken;
  till_shop_settle_attempt_async (self->shop, self->known->attempt, taken, evidence, manager_pin, NULL,
                                  on_settled, g_object_ref (self));
}

gboolean
till_unresolved_case_is_busy (TillUnresolvedCase *self)
{
  return self->busy;
}

gboolean
till_unresolved_case_is_over (TillUnresolvedCase *self)
{
  return self->over;
}

const char *
till_unresolved_case_get_words (TillUnresolvedCase *self)
{
  return self->words != NULL ? self->words : "";
}

gboolean
till_unresolved_case_was_refused (TillUnresolvedCase *self)
{
  return self->refused;
}

static void
till_unresolved_case_finalize (GObject *object)
{
  TillUnresolvedCase *self = TILL_UNRESOLVED_CASE (object);

  g_clear_object (&self->shop);
  g_clear_pointer (&self->known, till_unresolved_unref);
  g_free (self->words);
  G_OBJECT_CLASS (till_unresolved_case_parent_class)->finalize (object);
}

static void
till_unresolved_case_class_init (TillUnresolvedCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_unresolved_case_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TILL_TYPE_UNRESOLVED_CASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_UNRESOLVED_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
till_unresolved_case_init (TillUnresolvedCase *self)
{
}
