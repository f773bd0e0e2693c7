/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include <string.h>

/*
 * What is looked for belongs to one session of recognition: an answer that comes after another one has begun, or after
 * the tender was left, is about somebody else's question.
 */
static GTask *
call_for_session (TillCheckout *self)
{
  GTask *call = g_task_new (self, self->face, NULL, NULL);

  g_task_set_task_data (call, GUINT_TO_POINTER (self->session), NULL);
  return call;
}

static gboolean
call_is_late (GTask *call)
{
  TillCheckout *self = g_task_get_source_object (call);

  return self->face == NULL || g_task_get_cancellable (call) != self->face
         || GPOINTER_TO_UINT (g_task_get_task_data (call)) != self->session;
}

void
till_checkout_try_forget (TillCheckout *self)
{
  g_clear_pointer (&self->candidates, till_gallery_unref);
  g_clear_pointer (&self->sighting, till_sighting_unref);
  self->smiles_made = 0;
  self->smile = 0;
  self->looks = 0;
  self->by_pin = FALSE;
}

static void
give_up (TillCheckout *self, const GError *error)
{
  till_checkout_trouble (self, error);
  till_checkout_report (self, TILL_CHECKOUT_RECOGNITION_FAILED, "recognition");
}

/* Digits that have to wait are looked up like any others, and found like those of nobody. */
static void
look_for (TillCheckout *self, TillGallery *found)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  g_clear_pointer (&self->candidates, till_gallery_unref);
  self->candidates = self->digits_wait ? till_gallery_new (nobody) : till_gallery_ref (found);
  till_recognizer_set_candidates (self->rooms.recognizer, self->candidates);
}

/* Candidates by their digits */

static void
on_candidates_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) candidates = till_customers_find_finish (TILL_CUSTOMERS (source), result, &error);

  if (call_is_late (call))
    return;
  if (candidates == NULL)
    {
      give_up (self, error);
      return;
    }
  look_for (self, candidates);
}

static void
on_try_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;
  gboolean begun = till_lockout_begin_finish (TILL_LOCKOUT (source), result, &waits, &error);

  if (call_is_late (call))
    return;
  if (!begun)
    {
      give_up (self, error);
      return;
    }
  self->digits_wait = waits;
  till_customers_find_async (self->rooms.customers, self->digits, self->face, on_candidates_found,
                             g_steal_pointer (&call));
}

void
till_checkout_try_begin (TillCheckout *self)
{
  self->digits_us = till_clock_monotonic (self->rooms.clock);
  till_lockout_begin_async (self->rooms.lockout, self->digits, self->face, on_try_begun,
                            call_for_session (self));
}

/* Candidates by their PIN */

static void
on_pin_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) candidates
      = till_customers_find_by_pin_finish (TILL_CUSTOMERS (source), result, &error);

  if (call_is_late (call))
    return;
  if (candidates == NULL)
    {
      give_up (self, error);
      return;
    }
  self->by_pin = TRUE;
  look_for (self, candidates);
}

void
till_checkout_try_check_pin (TillCheckout *self)
{
  till_customers_find_by_pin_async (self->rooms.customers, self->digits, self->pin, self->face,
                                    on_pin_checked, call_for_session (self));
  explicit_bzero (self->pin, sizeof self->pin);
}

/* How a try ended */

static void
on_try_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillCheckout) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What can't be written counts as a miss, and the till is no worse for it than too strict. */
  if (!till_lockout_end_finish (TILL_LOCKOUT (source), result, &error))
    till_checkout_trouble (self, error);
}

static void
end_try (TillCheckout *self, TillLockoutEnd end)
{
  till_lockout_end_async (self->rooms.lockout, end, NULL, on_try_ended, g_object_ref (self));
}

void
till_checkout_try_end_right (TillCheckout *self)
{
  end_try (self, TILL_LOCKOUT_RIGHT);
}

void
till_checkout_try_end_missed (TillCheckout *self)
{
  end_try (self, TILL_LOCKOUT_MISSED);
}

void
till_checkout_try_end_void (TillCheckout *self)
{
  end_try (self, TILL_LOCKOUT_VOID);
}
