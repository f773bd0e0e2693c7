/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-staff.h"

#include "base/till-error.h"
#include "vault/till-miss-count-sqlite.h"
#include "vault/till-pin.h"
#include "vault/till-staff-sqlite.h"

#include <string.h>

struct _TillStaff
{
  GObject parent_instance;

  TillStore *store;
  TillClock *clock;
  gboolean set[TILL_STAFF_N_ROLES];
};

G_DEFINE_FINAL_TYPE (TillStaff, till_staff, G_TYPE_OBJECT)

static const char *const roles[TILL_STAFF_N_ROLES] = {
  [TILL_STAFF_MANAGER] = "manager",
  [TILL_STAFF_OWNER] = "owner",
};

static char *
till_staff_miss_key (TillStaffRole role)
{
  return g_strconcat ("staff:", roles[role], NULL);
}

static gpointer
till_staff_do_look (sqlite3 *db, gpointer data, GError **error)
{
  gboolean *set = data;

  for (guint i = 0; i < TILL_STAFF_N_ROLES; i++)
    {
      g_autofree char *hash = NULL;

      if (!till_staff_sqlite_load (db, roles[i], &hash, error))
        return NULL;
      set[i] = hash != NULL;
    }
  return NULL;
}

TillStaff *
till_staff_new (TillStore *store, TillClock *clock, GError **error)
{
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_CLOCK (clock), NULL);

  if (!till_staff_sqlite_migrate (store, error) || !till_miss_count_sqlite_migrate (store, error))
    return NULL;

  g_autoptr (TillStaff) self = g_object_new (TILL_TYPE_STAFF, NULL);
  g_autoptr (GError) problem = NULL;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  till_store_run (store, till_staff_do_look, self->set, &problem);
  if (problem == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static void
till_staff_dispose (GObject *object)
{
  TillStaff *self = TILL_STAFF (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (till_staff_parent_class)->dispose (object);
}

static void
till_staff_class_init (TillStaffClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_staff_dispose;
}

static void
till_staff_init (TillStaff *self)
{
}

gboolean
till_staff_is_set (TillStaff *self, TillStaffRole role)
{
  g_return_val_if_fail (TILL_IS_STAFF (self) && role < TILL_STAFF_N_ROLES, FALSE);

  return self->set[role];
}

/* One try: begun on disk, compared in a thread, ended on disk, and only then told. */
typedef struct
{
  TillStaffRole role;
  TillClock *clock;
  char *pin;
  gint64 wait_us; /* until the next try may begin */
  gboolean right;
} TillStaffTry;

static void
till_staff_try_free (gpointer data)
{
  TillStaffTry *attempt = data;

  explicit_bzero (attempt->pin, strlen (attempt->pin));
  g_free (attempt->pin);
  g_object_unref (attempt->clock);
  g_free (attempt);
}

/* The hashes that a PIN of @role may have: its own and the owner's (transfer full). */
static GStrv
till_staff_load_hashes (sqlite3 *db, TillStaffRole role, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < TILL_STAFF_N_ROLES; i++)
    if (i == role || i == TILL_STAFF_OWNER)
      {
        g_autofree char *hash = NULL;
        if (!till_staff_sqlite_load (db, roles[i], &hash, error))
          return NULL;
        if (hash != NULL)
          g_strv_builder_add (builder, hash);
      }
  return g_strv_builder_end (builder);
}

/* The hashes once the try is on disk, or NULL and how long it has to wait. */
static gpointer
till_staff_do_begin (sqlite3 *db, gpointer data, GError **error)
{
  TillStaffTry *attempt = data;
  g_autofree char *key = till_staff_miss_key (attempt->role);
  g_auto (GStrv) hashes = till_staff_load_hashes (db, attempt->role, error);
  gint64 now = till_clock_monotonic (attempt->clock);
  TillMissCount count = { .window_us = TILL_MISS_COUNT_LONG_US };

  if (hashes == NULL || !till_miss_count_sqlite_load (db, key, &count, error))
    return NULL;
  if (*hashes == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                   "There is no %s’s PIN yet: set one with “smiletillctl staff set-%s-pin”",
                   roles[attempt->role], roles[attempt->role]);
      return NULL;
    }
  /* Written for one who has to wait too: a wait that a restart began anew must not begin anew again. */
  if (!till_miss_count_begin (&count, now))
    attempt->wait_us = count.until_us - now;
  if (!till_miss_count_sqlite_save (db, key, now, &count, error) || attempt->wait_us > 0)
    return NULL;
  return g_steal_pointer (&hashes);
}

static gpointer
till_staff_do_end (sqlite3 *db, gpointer data, GError **error)
{
  const TillStaffTry *attempt = data;
  g_autofree char *key = till_staff_miss_key (attempt->role);
  gint64 now = till_clock_monotonic (attempt->clock);
  TillMissCount count = { .window_us = TILL_MISS_COUNT_LONG_US };

  if (!till_miss_count_sqlite_load (db, key, &count, error))
    return NULL;
  if (attempt->right)
    till_miss_count_forgive (&count);
  else
    till_miss_count_miss (&count, now);
  till_miss_count_sqlite_save (db, key, now, &count, error);
  return NULL;
}

static void
till_staff_on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillStaffTry *attempt = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (attempt->right)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED, "That is not the %s’s PIN",
                             roles[attempt->role]);
}

static void
till_staff_on_matched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillStaff *self = g_task_get_source_object (task);
  TillStaffTry *attempt = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) right = till_pin_match_finish (result, &error);

  if (right == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  attempt->right = right->len > 0;
  till_store_run_async (self->store, till_staff_do_end, attempt, NULL, NULL, NULL, till_staff_on_ended,
                        g_steal_pointer (&task));
}

static void
till_staff_on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillStaffTry *attempt = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) hashes = till_store_run_finish (TILL_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (hashes == NULL)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED_OUT,
                             "The PIN was wrong too often: try again in %" G_GINT64_FORMAT " seconds",
                             (attempt->wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  else
    till_pin_match_async (attempt->pin, (const char *const *) hashes, NULL, till_staff_on_matched,
                          g_object_ref (task));
}

void
till_staff_verify_async (TillStaff *self,
                         TillStaffRole role,
                         const char *pin,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (TILL_IS_STAFF (self) && role < TILL_STAFF_N_ROLES);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, till_staff_verify_async);
  if (!till_pin_check (pin, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  TillStaffTry *attempt = g_new0 (TillStaffTry, 1);
  attempt->role = role;
  attempt->clock = g_object_ref (self->clock);
  attempt->pin = g_strdup (pin);
  g_task_set_task_data (task, attempt, till_staff_try_free);
  till_store_run_async (self->store, till_staff_do_begin, attempt, NULL, (GDestroyNotify) g_strfreev,
                        cancellable, till_staff_on_begun, g_steal_pointer (&task));
}

gboolean
till_staff_verify_finish (TillStaff *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A PIN that is to be kept. */
typedef struct
{
  TillStaffRole role;
  char *pin;
  char *hash;
} TillStaffChange;

static void
till_staff_change_free (gpointer data)
{
  TillStaffChange *change = data;

  explicit_bzero (change->pin, strlen (change->pin));
  g_free (change->pin);
  g_free (change->hash);
  g_free (change);
}

static gpointer
till_staff_do_save (sqlite3 *db, gpointer data, GError **error)
{
  const TillStaffChange *change = data;

  till_staff_sqlite_save (db, roles[change->role], change->hash, error);
  return NULL;
}

static void
till_staff_on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillStaff *self = g_task_get_source_object (task);
  const TillStaffChange *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->set[change->role] = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
till_staff_on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillStaff *self = g_task_get_source_object (task);
  TillStaffChange *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  change->hash = till_pin_hash_finish (result, &error);
  if (change->hash == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_store_run_async (self->store, till_staff_do_save, change, NULL, NULL, NULL, till_staff_on_saved,
                        g_steal_pointer (&task));
}

static void
till_staff_on_old_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillStaffChange *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_staff_verify_finish (TILL_STAFF (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    till_pin_hash_async (change->pin, NULL, NULL, till_staff_on_hashed, g_object_ref (task));
}

/* Whose PIN it takes to set one of @role; the owner's passes for the manager's. FALSE: nobody has one yet. */
static gboolean
till_staff_find_guard (TillStaff *self, TillStaffRole role, TillStaffRole *guard)
{
  *guard = self->set[role] ? role : TILL_STAFF_MANAGER;
  return self->set[role] || self->set[TILL_STAFF_MANAGER] || self->set[TILL_STAFF_OWNER];
}

static gboolean
till_staff_check_new (TillStaffRole role, const char *pin, GError **error)
{
  if (!till_pin_check_new (pin, NULL, error))
    return FALSE;
  if (role != TILL_STAFF_OWNER || strlen (pin) >= TILL_STAFF_OWNER_DIGITS)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The owner’s PIN needs %d to %d digits",
               TILL_STAFF_OWNER_DIGITS, TILL_PIN_MOST_DIGITS);
  return FALSE;
}

void
till_staff_set_pin_async (TillStaff *self,
                          TillStaffRole role,
                          const char *old_pin,
                          const char *new_pin,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_STAFF (self) && role < TILL_STAFF_N_ROLES);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  TillStaffRole guard;
  gboolean guarded = till_staff_find_guard (self, role, &guard);

  g_task_set_source_tag (task, till_staff_set_pin_async);
  if (till_staff_check_new (role, new_pin, &error) && guarded && old_pin == NULL)
    g_set_error (&error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "There is a %s’s PIN already: it is needed to set the %s’s",
                 self->set[guard] ? roles[guard] : roles[TILL_STAFF_OWNER], roles[role]);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  TillStaffChange *change = g_new0 (TillStaffChange, 1);
  change->role = role;
  change->pin = g_strdup (new_pin);
  g_task_set_task_data (task, change, till_staff_change_free);
  if (guarded)
    till_staff_verify_async (self, guard, old_pin, cancellable, till_staff_on_old_verified,
                             g_steal_pointer (&task));
  else
    till_pin_hash_async (new_pin, NULL, cancellable, till_staff_on_hashed, g_steal_pointer (&task));
}

gboolean
till_staff_set_pin_finish (TillStaff *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
