/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-lockout.h"

#include "base/till-error.h"
#include "customers/till-lockout-sqlite.h"
#include "vault/till-miss-count-sqlite.h"

#define TILL_KEY "till"

struct _TillLockout
{
  GObject parent_instance;

  TillStore *store;
  TillVault *vault;
  TillClock *clock;

  /* The till's own count lives here, and a copy of it on disk: no other process has the file open. */
  TillMissCount till;
  char *digits_key; /* of the try under way, NULL for none */
};

G_DEFINE_FINAL_TYPE (TillLockout, till_lockout, G_TYPE_OBJECT)

/* What the store's thread writes: the till's count as it shall be, and what becomes of the digits'. */
typedef struct
{
  TillMissCount till;
  char *digits_key;
  gint64 now_us;
  TillLockoutEnd end;
  gboolean waits; /* (out) */
} TillLockoutJob;

static TillLockoutJob *
till_lockout_job_new (TillLockout *self, gint64 now_us)
{
  TillLockoutJob *job = g_new0 (TillLockoutJob, 1);

  job->till = self->till;
  job->digits_key = g_strdup (self->digits_key);
  job->now_us = now_us;
  return job;
}

static void
till_lockout_job_free (gpointer data)
{
  TillLockoutJob *job = data;

  g_free (job->digits_key);
  g_free (job);
}

static gpointer
till_lockout_do_wake (sqlite3 *db, gpointer data, GError **error)
{
  TillLockoutJob *job = data;

  if (till_miss_count_sqlite_load (db, TILL_KEY, &job->till, error))
    {
      till_miss_count_wake (&job->till, job->now_us);
      till_miss_count_sqlite_save (db, TILL_KEY, job->now_us, &job->till, error);
    }
  return NULL;
}

static gpointer
till_lockout_do_begin (sqlite3 *db, gpointer data, GError **error)
{
  TillLockoutJob *job = data;
  TillMissCount digits = { .window_us = TILL_MISS_COUNT_LONG_US };

  if (!till_miss_count_sqlite_load (db, job->digits_key, &digits, error))
    return NULL;
  job->waits = !till_miss_count_begin (&digits, job->now_us);
  if (till_miss_count_sqlite_save (db, job->digits_key, job->now_us, &digits, error))
    till_miss_count_sqlite_save (db, TILL_KEY, job->now_us, &job->till, error);
  return NULL;
}

static gpointer
till_lockout_do_end (sqlite3 *db, gpointer data, GError **error)
{
  const TillLockoutJob *job = data;
  TillMissCount digits = { .window_us = TILL_MISS_COUNT_LONG_US };

  if (!till_miss_count_sqlite_load (db, job->digits_key, &digits, error))
    return NULL;
  if (job->end == TILL_LOCKOUT_RIGHT)
    till_miss_count_forgive (&digits);
  else if (job->end == TILL_LOCKOUT_VOID)
    till_miss_count_spare (&digits);
  /* Digits that have to wait were let in for show: there is no try of theirs to count. */
  else if (digits.pending_us != 0)
    till_miss_count_miss (&digits, job->now_us);
  if (till_miss_count_sqlite_save (db, job->digits_key, job->now_us, &digits, error))
    till_miss_count_sqlite_save (db, TILL_KEY, job->now_us, &job->till, error);
  return NULL;
}

static gpointer
till_lockout_do_clear (sqlite3 *db, gpointer data, GError **error)
{
  till_miss_count_sqlite_clear (db, error);
  return NULL;
}

TillLockout *
till_lockout_new (TillStore *store, TillVault *vault, TillClock *clock, GError **error)
{
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_VAULT (vault), NULL);
  g_return_val_if_fail (TILL_IS_CLOCK (clock), NULL);

  TillLockoutJob job = { .till.window_us = TILL_MISS_COUNT_SHORT_US, .now_us = till_clock_monotonic (clock) };
  g_autoptr (GError) problem = NULL;

  if (!till_miss_count_sqlite_migrate (store, error))
    return NULL;
  till_store_run (store, till_lockout_do_wake, &job, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  TillLockout *self = g_object_new (TILL_TYPE_LOCKOUT, NULL);
  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
  self->till = job.till;
  return self;
}

static void
till_lockout_dispose (GObject *object)
{
  TillLockout *self = TILL_LOCKOUT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->digits_key, g_free);
  G_OBJECT_CLASS (till_lockout_parent_class)->dispose (object);
}

static void
till_lockout_class_init (TillLockoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_lockout_dispose;
}

static void
till_lockout_init (TillLockout *self)
{
}

gint64
till_lockout_get_until_us (TillLockout *self)
{
  g_return_val_if_fail (TILL_IS_LOCKOUT (self), 0);

  return till_miss_count_get_until_us (&self->till, till_clock_monotonic (self->clock));
}

/* Ends @task as the job of the store's thread ended. */
static void
till_lockout_on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
till_lockout_begin (TillLockout *self, const char *suffix, gint64 now_us, GError **error)
{
  g_autofree char *key = till_lockout_make_key (self->vault, suffix, error);

  if (key == NULL)
    return FALSE;
  if (!till_miss_count_begin (&self->till, now_us))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_LOCKED_OUT,
                   "Too many customers could not be confirmed: try again in %" G_GINT64_FORMAT " seconds",
                   (self->till.until_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
      return FALSE;
    }
  g_free (self->digits_key);
  self->digits_key = g_steal_pointer (&key);
  return TRUE;
}

void
till_lockout_begin_async (TillLockout *self,
                          const char *suffix,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_LOCKOUT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 now = till_clock_monotonic (self->clock);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, till_lockout_begin_async);
  if (!till_lockout_begin (self, suffix, now, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  TillLockoutJob *job = till_lockout_job_new (self, now);
  g_task_set_task_data (task, job, till_lockout_job_free);
  /* It is written even for a customer who has gone by then. */
  till_store_run_async (self->store, till_lockout_do_begin, job, NULL, NULL, NULL, till_lockout_on_done,
                        g_steal_pointer (&task));
}

gboolean
till_lockout_begin_finish (TillLockout *self, GAsyncResult *result, gboolean *waits, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  const TillLockoutJob *job = g_task_get_task_data (G_TASK (result));
  if (job != NULL)
    *waits = job->waits;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_lockout_end_async (TillLockout *self,
                        TillLockoutEnd end,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TILL_IS_LOCKOUT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 now = till_clock_monotonic (self->clock);

  g_task_set_source_tag (task, till_lockout_end_async);
  if (self->digits_key == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (end == TILL_LOCKOUT_MISSED)
    till_miss_count_miss (&self->till, now);
  else
    till_miss_count_spare (&self->till);

  TillLockoutJob *job = till_lockout_job_new (self, now);
  job->end = end;
  g_clear_pointer (&self->digits_key, g_free);
  g_task_set_task_data (task, job, till_lockout_job_free);
  till_store_run_async (self->store, till_lockout_do_end, job, NULL, NULL, NULL, till_lockout_on_done,
                        g_steal_pointer (&task));
}

gboolean
till_lockout_end_finish (TillLockout *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_lockout_clear_async (TillLockout *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_LOCKOUT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_lockout_clear_async);
  till_miss_count_forgive (&self->till);
  till_store_run_async (self->store, till_lockout_do_clear, NULL, NULL, NULL, NULL, till_lockout_on_done,
                        g_steal_pointer (&task));
}

gboolean
till_lockout_clear_finish (TillLockout *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
