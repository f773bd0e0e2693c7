/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-looking-private.h"

#include <string.h>

/*
 * What is looked for belongs to one session of recognition: an answer that comes after another one has begun, or after
 * the tender was left, is about somebody else's question.
 */
static GTask *
call_for_session (TillLooking *self)
{
  GTask *call = g_task_new (self, self->face, NULL, NULL);

  g_task_set_task_data (call, GUINT_TO_POINTER (self->session), NULL);
  return call;
}

static gboolean
call_is_late (GTask *call)
{
  TillLooking *self = g_task_get_source_object (call);

  return self->face == NULL || g_task_get_cancellable (call) != self->face
         || GPOINTER_TO_UINT (g_task_get_task_data (call)) != self->session;
}

void
till_looking_forget_candidates (TillLooking *self)
{
  g_clear_pointer (&self->candidates, till_gallery_unref);
  g_clear_pointer (&self->sighting, till_sighting_unref);
  self->looks = 0;
  self->by_pin = FALSE;
}

static TillGallery *
nobody (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return till_gallery_new (none);
}

/* Whoever carries the pass, if the digits are theirs (transfer full). */
static TillGallery *
holder_of_pass (TillLooking *self)
{
  g_autoptr (GPtrArray) holder = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  if (till_face_pass_has_suffix (self->pass, self->digits))
    g_ptr_array_add (holder, till_face_pass_to_customer (self->pass));
  return till_gallery_new (holder);
}

/* Digits that have to wait are looked up like any others, and found like those of nobody. @own_found: (transfer full) */
static void
look_for (TillLooking *self, TillGallery *own_found)
{
  g_autoptr (TillGallery) found = own_found;

  g_clear_pointer (&self->candidates, till_gallery_unref);
  self->candidates = self->digits_wait ? nobody () : till_gallery_ref (found);
  till_recognizer_set_candidates (self->rooms.recognizer, self->candidates);
}

/* Candidates by their digits. Who shows a pass is compared with that alone; the records are asked to take as long. */

static void
on_candidates_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillLooking *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) candidates = till_customers_find_finish (TILL_CUSTOMERS (source), result, &error);

  if (call_is_late (call))
    return;
  if (candidates == NULL)
    {
      till_looking_give_up (self, error);
      return;
    }
  look_for (self, self->pass != NULL ? holder_of_pass (self) : till_gallery_ref (candidates));
}

static void
on_try_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillLooking *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;
  gboolean begun = till_lockout_begin_finish (TILL_LOCKOUT (source), result, &waits, &error);

  if (call_is_late (call))
    return;
  if (!begun)
    {
      till_looking_give_up (self, error);
      return;
    }
  self->digits_wait = waits;
  till_customers_find_async (self->rooms.customers, self->digits, self->face, on_candidates_found,
                             g_steal_pointer (&call));
}

void
till_looking_begin_try (TillLooking *self)
{
  self->digits_us = till_clock_monotonic (self->rooms.clock);
  till_looking_settle_pass (self);
  till_lockout_begin_async (self->rooms.lockout, self->digits, self->face, on_try_begun,
                            call_for_session (self));
}

/* Candidates by their PIN */

static void
on_pin_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillLooking *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) candidates
      = till_customers_find_by_pin_finish (TILL_CUSTOMERS (source), result, &error);

  if (call_is_late (call))
    return;
  if (candidates == NULL)
    {
      till_looking_give_up (self, error);
      return;
    }
  self->by_pin = TRUE;
  /* A pass has no PIN: whatever is typed for one is wrong, and takes as long. */
  look_for (self, self->pass != NULL ? nobody () : till_gallery_ref (candidates));
}

void
till_looking_check_pin (TillLooking *self)
{
  till_customers_find_by_pin_async (self->rooms.customers, self->digits, self->pin, self->face,
                                    on_pin_checked, call_for_session (self));
  explicit_bzero (self->pin, sizeof self->pin);
}

/* How a try ended */

static void
on_try_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillLooking) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What can't be written counts as a miss, and the till is no worse for it than too strict. */
  if (!till_lockout_end_finish (TILL_LOCKOUT (source), result, &error))
    till_looking_trouble (self, error);
}

static void
end_try (TillLooking *self, TillLockoutEnd end)
{
  till_lockout_end_async (self->rooms.lockout, end, NULL, on_try_ended, g_object_ref (self));
}

void
till_looking_end_try_right (TillLooking *self)
{
  end_try (self, TILL_LOCKOUT_RIGHT);
}

void
till_looking_end_try_missed (TillLooking *self)
{
  end_try (self, TILL_LOCKOUT_MISSED);
}

void
till_looking_end_try_void (TillLooking *self)
{
  end_try (self, TILL_LOCKOUT_VOID);
}
