/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/till-store.h"

#include "base/till-error.h"
#include "store/till-database.h"
#include "store/till-statement.h"

struct _TillStore
{
  GObject parent_instance;

  char *path;
  GAsyncQueue *jobs;
  gboolean reading;

  GMutex mutex;
  GThread *thread; /* under the mutex; NULL once closed */
};

G_DEFINE_FINAL_TYPE (TillStore, till_store, G_TYPE_OBJECT)

/* What somebody who blocks waits for. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean done;
  gpointer result;
  GError *error;
} TillStoreWait;

/* One piece of work; func is NULL in the last one, which ends the thread. */
typedef struct
{
  TillStoreFunc func;
  gboolean bare; /* in no transaction */
  gpointer data;
  GDestroyNotify data_free;
  GTask *task;         /* told when somebody called back wants the result, */
  TillStoreWait *wait; /* or when somebody blocks for it */

  gpointer result;
  GDestroyNotify result_free;
  GError *error;
} TillStoreJob;

/* What the thread lives on; the store itself may be gone before it. */
typedef struct
{
  GAsyncQueue *jobs;
  TillDatabase *database;
  gboolean reading;
} TillStoreThread;

static void
till_store_job_drop_data (TillStoreJob *job)
{
  if (job->data_free != NULL)
    job->data_free (g_steal_pointer (&job->data));
  job->data_free = NULL;
}

static void
till_store_job_free (gpointer data)
{
  TillStoreJob *job = data;

  till_store_job_drop_data (job);
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->task);
  g_free (job);
}

static gboolean
till_store_job_deliver (gpointer data)
{
  TillStoreJob *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);
  return G_SOURCE_REMOVE;
}

/*
 * Not by g_task_return_pointer() on the thread, which would keep a reference a moment longer than the caller, and
 * so at times be the one to finalise the store.
 */
static void
till_store_job_send (TillStoreJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, till_store_job_deliver, job, till_store_job_free);
  g_source_set_static_name (source, "till_store_job_deliver");
  g_source_attach (source, g_task_get_context (job->task));
}

static void
till_store_job_wake (TillStoreJob *job)
{
  TillStoreWait *wait = job->wait;

  g_mutex_lock (&wait->mutex);
  wait->result = g_steal_pointer (&job->result);
  wait->error = g_steal_pointer (&job->error);
  wait->done = TRUE;
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->mutex);
  till_store_job_free (job);
}

/* Takes @job. */
static void
till_store_job_complete (TillStoreJob *job)
{
  till_store_job_drop_data (job);
  if (job->task != NULL)
    till_store_job_send (job);
  else
    till_store_job_wake (job);
}

static void
till_store_roll_back (sqlite3 *db)
{
  g_autoptr (GError) error = NULL;

  /* SQLite rolls back by itself after some failures; then there is nothing left to do. */
  if (sqlite3_get_autocommit (db) == 0 && !till_database_execute (db, "ROLLBACK", &error))
    g_warning ("a transaction could not be rolled back: %s", error->message);
}

static gpointer
till_store_transact (const TillStoreThread *self, TillStoreJob *job, GError **error)
{
  sqlite3 *db = till_database_get_handle (self->database);
  g_autoptr (GError) failure = NULL;
  gpointer result;

  if (!till_database_execute (db, self->reading ? "BEGIN" : "BEGIN IMMEDIATE", error))
    return NULL;
  result = job->func (db, job->data, &failure);
  if (failure == NULL && till_database_execute (db, "COMMIT", &failure))
    return result;

  till_store_roll_back (db);
  if (result != NULL && job->result_free != NULL)
    job->result_free (result);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
till_store_do (const TillStoreThread *self, TillStoreJob *job)
{
  if (job->task == NULL
      || !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    job->result = job->bare ? job->func (till_database_get_handle (self->database), job->data, &job->error)
                            : till_store_transact (self, job, &job->error);
  till_store_job_complete (job);
}

static gpointer
till_store_thread (gpointer data)
{
  TillStoreThread *self = data;
  TillStoreJob *job = g_async_queue_pop (self->jobs);

  while (job->func != NULL)
    {
      till_store_do (self, job);
      job = g_async_queue_pop (self->jobs);
    }
  till_store_job_free (job);
  till_database_free (self->database);
  g_async_queue_unref (self->jobs);
  g_free (self);
  return NULL;
}

/* Takes @job. */
static void
till_store_push (TillStore *self, TillStoreJob *job)
{
  gboolean pushed = FALSE;

  g_mutex_lock (&self->mutex);
  if (self->thread == NULL)
    g_set_error (&job->error, TILL_ERROR, TILL_ERROR_FAILED, "%s has been closed", self->path);
  else if (job->wait != NULL && self->thread == g_thread_self ())
    g_set_error (&job->error, TILL_ERROR, TILL_ERROR_FAILED,
                 "%s: work on the store can't wait for other work on it", self->path);
  else
    {
      g_async_queue_push (self->jobs, job);
      pushed = TRUE;
    }
  g_mutex_unlock (&self->mutex);

  if (!pushed)
    till_store_job_complete (job);
}

static void
till_store_dispose (GObject *object)
{
  till_store_close (TILL_STORE (object));
  G_OBJECT_CLASS (till_store_parent_class)->dispose (object);
}

static void
till_store_finalize (GObject *object)
{
  TillStore *self = TILL_STORE (object);

  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  G_OBJECT_CLASS (till_store_parent_class)->finalize (object);
}

static void
till_store_class_init (TillStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_store_finalize;
}

static void
till_store_init (TillStore *self)
{
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->mutex);
}

/* @database: (transfer full) */
static TillStore *
till_store_start (const char *path, TillDatabase *database, gboolean reading)
{
  TillStoreThread *thread = g_new0 (TillStoreThread, 1);
  TillStore *self = g_object_new (TILL_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  self->reading = reading;
  thread->jobs = g_async_queue_ref (self->jobs);
  thread->database = database;
  thread->reading = reading;
  self->thread = g_thread_new ("till-store", till_store_thread, thread);
  return self;
}

TillStore *
till_store_open (const char *path, GError **error)
{
  g_autofree char *canonical = NULL;
  TillDatabase *database;

  g_return_val_if_fail (path != NULL, NULL);

  canonical = g_canonicalize_filename (path, NULL);
  database = till_database_open (canonical, error);
  return database != NULL ? till_store_start (canonical, database, FALSE) : NULL;
}

TillStore *
till_store_open_reading (const char *path, GError **error)
{
  g_autofree char *canonical = NULL;
  TillDatabase *database;

  g_return_val_if_fail (path != NULL, NULL);

  canonical = g_canonicalize_filename (path, NULL);
  database = till_database_open_reading (canonical, error);
  return database != NULL ? till_store_start (canonical, database, TRUE) : NULL;
}

gboolean
till_store_is_reading (TillStore *self)
{
  g_return_val_if_fail (TILL_IS_STORE (self), FALSE);

  return self->reading;
}

const char *
till_store_get_path (TillStore *self)
{
  return self->path;
}

void
till_store_run_async (TillStore *self,
                      TillStoreFunc func,
                      gpointer data,
                      GDestroyNotify data_free,
                      GDestroyNotify result_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  TillStoreJob *job;

  g_return_if_fail (TILL_IS_STORE (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (TillStoreJob, 1);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, till_store_run_async);
  /* What has been committed is told as done, however late the cancelling came. */
  g_task_set_check_cancellable (job->task, FALSE);
  till_store_push (self, job);
}

gpointer
till_store_run_finish (TillStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Pushes @job (transfer full) and waits for it. */
static gpointer
till_store_push_and_wait (TillStore *self, TillStoreJob *job, GError **error)
{
  TillStoreWait wait = { 0 };

  g_mutex_init (&wait.mutex);
  g_cond_init (&wait.cond);
  job->wait = &wait;
  till_store_push (self, job);

  g_mutex_lock (&wait.mutex);
  while (!wait.done)
    g_cond_wait (&wait.cond, &wait.mutex);
  g_mutex_unlock (&wait.mutex);
  g_cond_clear (&wait.cond);
  g_mutex_clear (&wait.mutex);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.result;
}

gpointer
till_store_run (TillStore *self, TillStoreFunc func, gpointer data, GError **error)
{
  TillStoreJob *job;

  g_return_val_if_fail (TILL_IS_STORE (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  job = g_new0 (TillStoreJob, 1);
  job->func = func;
  job->data = data;
  return till_store_push_and_wait (self, job, error);
}

static gpointer
till_store_compact_func (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (till_database_compact (db, error));
}

void
till_store_compact_async (TillStore *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  TillStoreJob *job;

  g_return_if_fail (TILL_IS_STORE (self));

  job = g_new0 (TillStoreJob, 1);
  job->func = till_store_compact_func;
  job->bare = TRUE;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, till_store_compact_async);
  g_task_set_check_cancellable (job->task, FALSE);
  till_store_push (self, job);
}

gboolean
till_store_compact_finish (TillStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

gboolean
till_store_compact (TillStore *self, GError **error)
{
  TillStoreJob *job;

  g_return_val_if_fail (TILL_IS_STORE (self), FALSE);

  job = g_new0 (TillStoreJob, 1);
  job->func = till_store_compact_func;
  job->bare = TRUE;
  return till_store_push_and_wait (self, job, error) != NULL;
}

void
till_store_close (TillStore *self)
{
  GThread *thread;

  g_return_if_fail (TILL_IS_STORE (self));

  g_mutex_lock (&self->mutex);
  thread = g_steal_pointer (&self->thread);
  if (thread != NULL)
    g_async_queue_push (self->jobs, g_new0 (TillStoreJob, 1));
  g_mutex_unlock (&self->mutex);

  /* Work on the store may close it; it can't wait for its own end. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else if (thread != NULL)
    g_thread_join (thread);
}
