/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-provider.h"

/* One kind of request. */
typedef struct
{
  GQueue answers; /* of TillChargeResult, owned */
  GQueue held;    /* of GTask, owned */
  guint count;
} Desk;

struct _FakeProvider
{
  GObject parent_instance;

  Desk charges;
  Desk queries;
  Desk refunds;
  GHashTable *keys;
  guint payments;
};

static void fake_provider_implement (TillProviderInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeProvider,
                               fake_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TILL_TYPE_PROVIDER, fake_provider_implement))

static TillChargeResult *
make_result (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  g_autofree char *reference
      = status == TILL_CHARGE_APPROVED ? g_strdup_printf ("pi_%u", ++self->payments) : NULL;

  return till_charge_result_new (status, reference, code, NULL, sent);
}

/* Both: (transfer full) */
static void
answer (GTask *task, TillChargeResult *result)
{
  g_task_return_pointer (task, result, (GDestroyNotify) till_charge_result_unref);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
serve (Desk *desk, GTask *task)
{
  TillChargeResult *result = g_queue_pop_head (&desk->answers);

  desk->count++;
  if (result != NULL)
    answer (task, result);
  else
    g_queue_push_tail (&desk->held, task);
}

static const char *
get_name (TillProvider *provider)
{
  return "fake";
}

static void
charge_async (TillProvider *provider,
              TillChargeRequest *request,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  const TillChargeResult *next = g_queue_peek_head (&self->charges.answers);

  g_hash_table_add (self->keys, g_strdup (request->key));
  if (next == NULL || next->sent)
    till_provider_emit_sending (provider, request->attempt);
  serve (&self->charges, g_task_new (self, NULL, callback, user_data));
}

static void
query_async (TillProvider *provider,
             TillChargeRequest *request,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  FakeProvider *self = FAKE_PROVIDER (provider);

  serve (&self->queries, g_task_new (self, NULL, callback, user_data));
}

static void
refund_async (TillProvider *provider,
              TillRefundRequest *request,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  FakeProvider *self = FAKE_PROVIDER (provider);

  serve (&self->refunds, g_task_new (self, NULL, callback, user_data));
}

static void
query_refund_async (TillProvider *provider,
                    TillRefundRequest *request,
                    gboolean replay,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  refund_async (provider, request, cancellable, callback, user_data);
}

static TillChargeResult *
finish (TillProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
fake_provider_implement (TillProviderInterface *interface)
{
  interface->get_name = get_name;
  interface->charge_async = charge_async;
  interface->charge_finish = finish;
  interface->query_async = query_async;
  interface->query_finish = finish;
  interface->refund_async = refund_async;
  interface->query_refund_async = query_refund_async;
  interface->refund_finish = interface->query_refund_finish = finish;
}

static void
fake_provider_finalize (GObject *object)
{
  FakeProvider *self = FAKE_PROVIDER (object);

  g_assert_cmpuint (self->charges.held.length + self->queries.held.length + self->refunds.held.length, ==, 0);
  g_queue_clear_full (&self->charges.answers, (GDestroyNotify) till_charge_result_unref);
  g_queue_clear_full (&self->queries.answers, (GDestroyNotify) till_charge_result_unref);
  g_queue_clear_full (&self->refunds.answers, (GDestroyNotify) till_charge_result_unref);
  g_hash_table_unref (self->keys);
  G_OBJECT_CLASS (fake_provider_parent_class)->finalize (object);
}

static void
fake_provider_class_init (FakeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_provider_finalize;
}

static void
fake_provider_init (FakeProvider *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

FakeProvider *
fake_provider_new (void)
{
  return g_object_new (FAKE_TYPE_PROVIDER, NULL);
}

void
fake_provider_script_charge (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  g_queue_push_tail (&self->charges.answers, make_result (self, status, code, sent));
}

void
fake_provider_script_query (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  g_queue_push_tail (&self->queries.answers, make_result (self, status, code, sent));
}

void
fake_provider_script_refund (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  g_queue_push_tail (&self->refunds.answers, make_result (self, status, code, sent));
}

static void
release (FakeProvider *self, Desk *desk, TillChargeStatus status, const char *code, gboolean sent)
{
  GTask *task = g_queue_pop_head (&desk->held);

  g_assert_nonnull (task);
  answer (task, make_result (self, status, code, sent));
}

void
fake_provider_release_charge (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  release (self, &self->charges, status, code, sent);
}

void
fake_provider_release_query (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  release (self, &self->queries, status, code, sent);
}

void
fake_provider_release_refund (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent)
{
  release (self, &self->refunds, status, code, sent);
}

void
fake_provider_release_all (FakeProvider *self)
{
  while (self->charges.held.length > 0)
    fake_provider_release_charge (self, TILL_CHARGE_UNKNOWN, "interrupted", TRUE);
  while (self->queries.held.length > 0)
    fake_provider_release_query (self, TILL_CHARGE_UNKNOWN, "interrupted", TRUE);
  while (self->refunds.held.length > 0)
    fake_provider_release_refund (self, TILL_CHARGE_UNKNOWN, "interrupted", TRUE);
}

guint
fake_provider_count_charges (FakeProvider *self)
{
  return self->charges.count;
}

guint
fake_provider_count_queries (FakeProvider *self)
{
  return self->queries.count;
}

guint
fake_provider_count_refunds (FakeProvider *self)
{
  return self->refunds.count;
}

guint
fake_provider_count_held_charges (FakeProvider *self)
{
  return self->charges.held.length;
}

guint
fake_provider_count_held_queries (FakeProvider *self)
{
  return self->queries.held.length;
}

guint
fake_provider_count_held_refunds (FakeProvider *self)
{
  return self->refunds.held.length;
}

guint
fake_provider_count_keys (FakeProvider *self)
{
  return g_hash_table_size (self->keys);
}
