/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-call.h"

#define MOST_EXCHANGES 4
#define FIRST_PAUSE    (G_USEC_PER_SEC / 4)

typedef struct
{
  char *path;
  char *form;
  char *key;
  TillStripeRequest request; /* its strings are those above */
  gint64 deadline;           /* monotonic */
  guint exchanges;
  gboolean sent;
  gboolean doubtful;
  TillStripeReply *reply; /* of the exchange before the pause */
  GSource *pause;
  GSource *cancelled;
} Call;

static void exchange_once (GTask *task);

static void
end_pause (Call *call)
{
  if (call->pause != NULL)
    g_source_destroy (call->pause);
  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
  g_clear_pointer (&call->pause, g_source_unref);
  g_clear_pointer (&call->cancelled, g_source_unref);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  end_pause (call);
  g_clear_pointer (&call->reply, till_stripe_reply_free);
  g_free (call->path);
  g_free (call->form);
  g_free (call->key);
  g_free (call);
}

static void
return_reply (GTask *task, TillStripeReply *reply)
{
  Call *call = g_task_get_task_data (task);

  reply->sent = call->sent;
  reply->doubtful = call->doubtful;
  g_task_return_pointer (task, reply, (GDestroyNotify) till_stripe_reply_free);
}

static gboolean
is_worth_repeating (const Call *call, const TillStripeReply *reply)
{
  if (call->exchanges >= MOST_EXCHANGES || reply->no_retry)
    return FALSE;
  if (reply->trouble != NULL)
    return g_str_equal (reply->trouble, "interrupted")
           || (g_str_equal (reply->trouble, "unreachable") && call->sent);
  return reply->status == 409 || reply->status == 429 || reply->status >= 500;
}

/* The exchange may have been carried out, and this reply does not say how it ended. */
static gboolean
leaves_doubt (const TillStripeReply *reply)
{
  return reply->trouble != NULL ? reply->sent : reply->status >= 500;
}

static gint64
pause_before_next (const Call *call, const TillStripeReply *reply)
{
  gint64 pause = FIRST_PAUSE << (call->exchanges - 1);

  return MAX (pause, reply->retry_after * G_USEC_PER_SEC);
}

/* Pausing */

static gboolean
on_pause_over (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  end_pause (call);
  g_clear_pointer (&call->reply, till_stripe_reply_free);
  exchange_once (task);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_in_pause (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  end_pause (call);
  return_reply (task, g_steal_pointer (&call->reply));
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* @task: (transfer full) */
static void
pause_for (GTask *task, gint64 pause)
{
  Call *call = g_task_get_task_data (task);

  call->pause = g_timeout_source_new ((guint) (pause / 1000));
  g_task_attach_source (task, call->pause, on_pause_over);
  if (g_task_get_cancellable (task) == NULL)
    return;
  call->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (call->cancelled, G_SOURCE_FUNC (on_cancelled_in_pause), task, NULL);
  g_source_attach (call->cancelled, g_task_get_context (task));
}

/* Exchanging */

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  TillStripeReply *reply = till_stripe_client_send_finish (TILL_STRIPE_CLIENT (source), result);
  gint64 left = call->deadline - g_get_monotonic_time ();

  call->exchanges++;
  call->sent |= reply->sent;
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)) && is_worth_repeating (call, reply)
      && pause_before_next (call, reply) < left)
    {
      call->doubtful |= leaves_doubt (reply);
      call->reply = reply;
      pause_for (task, pause_before_next (call, reply));
      return;
    }
  return_reply (task, reply);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
exchange_once (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  till_stripe_client_send_async (g_task_get_source_object (task), &call->request,
                                 call->deadline - g_get_monotonic_time (), g_task_get_cancellable (task),
                                 on_exchanged, task);
}

void
till_stripe_call_async (TillStripeClient *client,
                        const TillStripeRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, till_stripe_call_async);
  /* A cancelled call still has a reply, which says whether anything was sent. */
  g_task_set_check_cancellable (task, FALSE);
  call->request = *request;
  call->request.path = call->path = g_strdup (request->path);
  call->request.form = call->form = g_strdup (request->form);
  call->request.key = call->key = g_strdup (request->key);
  call->deadline
      = g_get_monotonic_time () + (gint64) till_stripe_client_get_timeout (client) * G_USEC_PER_SEC;
  g_task_set_task_data (task, call, call_free);
  exchange_once (task);
}

TillStripeReply *
till_stripe_call_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
