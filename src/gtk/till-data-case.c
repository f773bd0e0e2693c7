/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-data-case.h"

#include "shop/till-shop-pass.h"

struct _TillDataCase
{
  GObject parent_instance;

  TillShop *shop;
  TillDataGoal goal;
  TillDataState state;
  TillPresence *presence;
  TillPersonExport *export;
  TillErasure *erasure;
  GCancellable *asking;
  GError *error;
  guint timeout;
  gint64 deadline_us; /* of the timeout */
  gboolean over;
};

/* Seconds that an answer stays on show without more time being asked for, and a question, which the proof outlives. */
#define ANSWER_SECONDS   180
#define QUESTION_SECONDS 45

static guint signal_state;

G_DEFINE_FINAL_TYPE (TillDataCase, till_data_case, G_TYPE_OBJECT)

static void
tell (TillDataCase *self)
{
  g_signal_emit (self, signal_state, 0);
}

/* Time */

static gboolean
on_timeout (gpointer user_data)
{
  TillDataCase *self = user_data;

  self->timeout = 0;
  self->over = TRUE;
  tell (self);
  return G_SOURCE_REMOVE;
}

static guint
seconds_for (TillDataCase *self)
{
  if (self->state == TILL_DATA_SHOWN || self->state == TILL_DATA_ERASED || self->state == TILL_DATA_FAILED)
    return ANSWER_SECONDS;
  if (self->state != TILL_DATA_PROVING || till_presence_get_deadline_us (self->presence) != 0)
    return 0;
  return till_presence_get_state (self->presence) == TILL_PRESENCE_CONSENT ? ANSWER_SECONDS
                                                                           : QUESTION_SECONDS;
}

static void
start_time (TillDataCase *self)
{
  guint seconds = seconds_for (self);

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->deadline_us = 0;
  if (seconds == 0)
    return;
  self->timeout = g_timeout_add_seconds (seconds, on_timeout, self);
  self->deadline_us
      = till_clock_monotonic (till_shop_get_clock (self->shop)) + (gint64) seconds * G_USEC_PER_SEC;
}

gint64
till_data_case_get_deadline_us (TillDataCase *self)
{
  return self->deadline_us != 0             ? self->deadline_us
         : self->state == TILL_DATA_PROVING ? till_presence_get_deadline_us (self->presence)
                                            : 0;
}

void
till_data_case_extend (TillDataCase *self)
{
  g_return_if_fail (TILL_IS_DATA_CASE (self));

  if (self->state == TILL_DATA_PROVING)
    till_presence_extend (self->presence);
  start_time (self);
  tell (self);
}

gboolean
till_data_case_is_over (TillDataCase *self)
{
  return self->over;
}

static void
set_state (TillDataCase *self, TillDataState state)
{
  self->state = state;
  start_time (self);
  tell (self);
}

static void
fail (TillDataCase *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, TILL_DATA_FAILED);
}

static gboolean
is_confirmed (TillDataCase *self)
{
  return till_presence_get_state (self->presence) == TILL_PRESENCE_CONFIRMED
         && till_presence_get_customer (self->presence) != NULL;
}

static const char *
person_of (TillDataCase *self)
{
  return till_customer_get_id (till_presence_get_customer (self->presence));
}

/* Showing */

static void
on_gathered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDataCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPersonExport) gathered = till_shop_export_finish (TILL_SHOP (source), result, &error);

  if (self->state != TILL_DATA_GATHERING)
    return;
  if (gathered == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  self->export = g_steal_pointer (&gathered);
  set_state (self, TILL_DATA_SHOWN);
}

static void
gather (TillDataCase *self)
{
  const TillShopProof proof = { .presence = self->presence };

  set_state (self, TILL_DATA_GATHERING);
  till_shop_export_async (self->shop, person_of (self), &proof, self->asking, on_gathered,
                          g_object_ref (self));
}

/* Erasing */

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDataCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillErasure) erasure = till_shop_erase_finish (TILL_SHOP (source), result, &error);

  if (self->state != TILL_DATA_ERASING)
    return;
  g_clear_pointer (&self->export, till_person_export_unref);
  if (erasure == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  self->erasure = g_steal_pointer (&erasure);
  set_state (self, TILL_DATA_ERASED);
}

gboolean
till_data_case_can_erase (TillDataCase *self)
{
  return self->state == TILL_DATA_PROVING && self->goal == TILL_DATA_ERASE && is_confirmed (self);
}

gboolean
till_data_case_can_ask (TillDataCase *self)
{
  return self->state == TILL_DATA_SHOWN && is_confirmed (self);
}

void
till_data_case_ask (TillDataCase *self)
{
  g_return_if_fail (TILL_IS_DATA_CASE (self));

  if (!till_data_case_can_ask (self))
    return;
  self->goal = TILL_DATA_ERASE;
  g_clear_pointer (&self->export, till_person_export_unref);
  set_state (self, TILL_DATA_PROVING);
}

void
till_data_case_erase (TillDataCase *self)
{
  const TillShopProof proof = { .presence = self->presence };

  g_return_if_fail (TILL_IS_DATA_CASE (self));

  if (!till_data_case_can_erase (self))
    return;
  set_state (self, TILL_DATA_ERASING);
  till_shop_erase_async (self->shop, person_of (self), &proof, self->asking, on_erased, g_object_ref (self));
}

/* From its start to its end */

static void
on_presence (TillPresence *presence, guint state, gpointer user_data)
{
  TillDataCase *self = user_data;

  if (self->state == TILL_DATA_PROVING && self->goal == TILL_DATA_SHOW && is_confirmed (self))
    gather (self);
  else if (self->state == TILL_DATA_PROVING)
    {
      self->over = state == TILL_PRESENCE_ENDED;
      start_time (self);
      tell (self);
    }
}

static void
on_camera (TillPresence *presence, gboolean on, gpointer user_data)
{
  tell (user_data);
}

TillDataCase *
till_data_case_new (TillShop *shop, TillCameraSource *source, TillDataGoal goal)
{
  TillDataCase *self = g_object_new (TILL_TYPE_DATA_CASE, NULL);

  self->shop = g_object_ref (shop);
  self->goal = goal;
  self->presence = till_shop_new_presence (shop);
  till_presence_set_camera_source (self->presence, source);
  g_signal_connect (self->presence, "state", G_CALLBACK (on_presence), self);
  g_signal_connect (self->presence, "camera", G_CALLBACK (on_camera), self);
  g_signal_connect_swapped (self->presence, "pass", G_CALLBACK (tell), self);
  start_time (self);
  return self;
}

void
till_data_case_end (TillDataCase *self)
{
  g_return_if_fail (TILL_IS_DATA_CASE (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->presence != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->presence, self);
      till_presence_cancel (self->presence);
    }
  /* An erasure that was asked for is done, whoever waits for it. */
  if (self->state != TILL_DATA_ERASING)
    if (self->asking != NULL)
      g_cancellable_cancel (self->asking);
  g_clear_pointer (&self->export, till_person_export_unref);
  g_clear_pointer (&self->erasure, till_erasure_unref);
}

TillDataGoal
till_data_case_get_goal (TillDataCase *self)
{
  return self->goal;
}

TillDataState
till_data_case_get_state (TillDataCase *self)
{
  return self->state;
}

TillPresence *
till_data_case_get_presence (TillDataCase *self)
{
  return self->presence;
}

const char *
till_data_case_to_string (TillDataCase *self)
{
  static const char *const names[] = { NULL, "gathering", "shown", "erasing", "erased", "failed" };

  return self->state == TILL_DATA_PROVING
             ? till_presence_state_to_string (till_presence_get_state (self->presence))
             : names[self->state];
}

TillPersonExport *
till_data_case_get_export (TillDataCase *self)
{
  return self->export;
}

TillErasure *
till_data_case_get_erasure (TillDataCase *self)
{
  return self->erasure;
}

const GError *
till_data_case_get_error (TillDataCase *self)
{
  return self->error;
}

static void
till_data_case_dispose (GObject *object)
{
  TillDataCase *self = TILL_DATA_CASE (object);

  till_data_case_end (self);
  g_clear_object (&self->presence);
  g_clear_object (&self->shop);
  g_clear_object (&self->asking);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (till_data_case_parent_class)->dispose (object);
}

static void
till_data_case_class_init (TillDataCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_data_case_dispose;
  signal_state
      = g_signal_new ("state", TILL_TYPE_DATA_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_data_case_init (TillDataCase *self)
{
  self->asking = g_cancellable_new ();
}
