/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "set-clock.h"
#include "vault/till-miss-count.h"
#include "vault/till-staff.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  SetClock *clock;
  TillStore *store;
  TillStaff *staff;
} Fixture;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
open_staff (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "till.db", NULL);
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (path, &error);
  g_assert_no_error (error);
  self->staff = till_staff_new (self->store, TILL_CLOCK (self->clock), &error);
  g_assert_no_error (error);
}

static void
close_staff (Fixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->staff));
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("test-staff-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = set_clock_new ();
  open_staff (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  close_staff (self);
  g_clear_object (&self->clock);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static gboolean
set_pin_of (Fixture *self, TillStaffRole role, const char *old_pin, const char *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_staff_set_pin_async (self->staff, role, old_pin, new_pin, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  return till_staff_set_pin_finish (self->staff, done, error);
}

static gboolean
set_pin (Fixture *self, const char *old_pin, const char *new_pin, GError **error)
{
  return set_pin_of (self, TILL_STAFF_MANAGER, old_pin, new_pin, error);
}

static gboolean
verify_of (Fixture *self, TillStaffRole role, const char *pin, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_staff_verify_async (self->staff, role, pin, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  return till_staff_verify_finish (self->staff, done, error);
}

static gboolean
verify (Fixture *self, const char *pin, GError **error)
{
  return verify_of (self, TILL_STAFF_MANAGER, pin, error);
}

static void
assert_verify (Fixture *self, const char *pin, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean right = verify (self, pin, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (right);
      return;
    }
  g_assert_error (error, TILL_ERROR, code);
  g_assert_false (right);
  g_assert_null (strstr (error->message, pin));
}

static void
test_set (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) trivial = NULL, without_old = NULL, wrong_old = NULL, error = NULL;

  g_assert_false (till_staff_is_set (self->staff, TILL_STAFF_MANAGER));
  assert_verify (self, "2580", TILL_ERROR_NOT_FOUND);
  g_assert_false (set_pin (self, NULL, "1234", &trivial));
  g_assert_error (trivial, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_true (set_pin (self, NULL, "2580", &error));
  g_assert_no_error (error);
  g_assert_true (till_staff_is_set (self->staff, TILL_STAFF_MANAGER));
  assert_verify (self, "2580", -1);
  assert_verify (self, "2581", TILL_ERROR_REFUSED);
  assert_verify (self, "258o", TILL_ERROR_INVALID);

  g_assert_false (set_pin (self, NULL, "90210", &without_old));
  g_assert_error (without_old, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_false (set_pin (self, "1111", "90210", &wrong_old));
  g_assert_error (wrong_old, TILL_ERROR, TILL_ERROR_REFUSED);
  assert_verify (self, "2580", -1);
  g_assert_true (set_pin (self, "2580", "90210", &error));
  g_assert_no_error (error);
  assert_verify (self, "2580", TILL_ERROR_REFUSED);
  assert_verify (self, "90210", -1);

  close_staff (self);
  open_staff (self);
  g_assert_true (till_staff_is_set (self->staff, TILL_STAFF_MANAGER));
  assert_verify (self, "90210", -1);
}

/* Five wrong ones; then even the right one waits, and a restart of till and machine does not help. */
static void
test_lock_out (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_clock_set_monotonic (self->clock, 5000 * (gint64) G_USEC_PER_SEC);
  g_assert_true (set_pin (self, NULL, "2580", &error));
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    assert_verify (self, "8520", TILL_ERROR_REFUSED);
  assert_verify (self, "2580", TILL_ERROR_LOCKED_OUT);
  g_assert_false (set_pin (self, "2580", "90210", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED_OUT);

  close_staff (self);
  set_clock_set_monotonic (self->clock, G_USEC_PER_SEC);
  set_clock_set_utc (self->clock, G_MAXINT32 * (gint64) G_USEC_PER_SEC);
  open_staff (self);
  assert_verify (self, "2580", TILL_ERROR_LOCKED_OUT);
  set_clock_advance (self->clock, TILL_MISS_COUNT_FIRST_US - 1);
  assert_verify (self, "2580", TILL_ERROR_LOCKED_OUT);
  set_clock_advance (self->clock, 1);
  assert_verify (self, "2580", -1);

  /* The right one forgave. */
  for (guint i = 1; i < TILL_MISS_COUNT_FREE; i++)
    assert_verify (self, "8520", TILL_ERROR_REFUSED);
  assert_verify (self, "2580", -1);
}

static void
assert_set (Fixture *self, TillStaffRole role, const char *old_pin, const char *new_pin, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean set = set_pin_of (self, role, old_pin, new_pin, &error);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, TILL_ERROR, code);
  g_assert_cmpint (set, ==, code < 0);
}

static gboolean
is_owners (Fixture *self, const char *pin)
{
  return verify_of (self, TILL_STAFF_OWNER, pin, NULL);
}

/* The owner's PIN passes for the manager's, never the other way round. */
static void
test_owner (Fixture *self, gconstpointer data)
{
  assert_set (self, TILL_STAFF_OWNER, NULL, "25801", TILL_ERROR_INVALID);
  assert_set (self, TILL_STAFF_OWNER, NULL, "123456", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_OWNER, NULL, "258014", -1);
  g_assert_true (till_staff_is_set (self->staff, TILL_STAFF_OWNER));
  g_assert_false (till_staff_is_set (self->staff, TILL_STAFF_MANAGER));
  assert_verify (self, "258014", -1);
  g_assert_true (is_owners (self, "258014"));

  /* The first manager's PIN is the owner's to give. */
  assert_set (self, TILL_STAFF_MANAGER, NULL, "9021", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_MANAGER, "1357", "9021", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_MANAGER, "258014", "9021", -1);
  assert_verify (self, "9021", -1);
  assert_verify (self, "258014", -1);
  g_assert_false (is_owners (self, "9021"));

  /* So is a later one, and the manager's own to change. */
  assert_set (self, TILL_STAFF_MANAGER, "258014", "9022", -1);
  assert_set (self, TILL_STAFF_MANAGER, "9022", "9023", -1);
  assert_verify (self, "9022", TILL_ERROR_REFUSED);

  /* The owner's is nobody else's. */
  assert_set (self, TILL_STAFF_OWNER, NULL, "770077", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_OWNER, "9023", "770066", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_OWNER, "258014", "790066", -1);
  assert_verify (self, "258014", TILL_ERROR_REFUSED);
  assert_verify (self, "790066", -1);
  close_staff (self);
  open_staff (self);
  g_assert_true (till_staff_is_set (self->staff, TILL_STAFF_OWNER));
  g_assert_true (is_owners (self, "790066"));
}

/* In a shop that has a manager a cashier can't become the owner. */
static void
test_first_owner (Fixture *self, gconstpointer data)
{
  assert_set (self, TILL_STAFF_MANAGER, NULL, "2580", -1);
  assert_set (self, TILL_STAFF_OWNER, NULL, "790066", TILL_ERROR_REFUSED);
  assert_set (self, TILL_STAFF_OWNER, "2581", "790066", TILL_ERROR_REFUSED);
  g_assert_false (till_staff_is_set (self->staff, TILL_STAFF_OWNER));
  assert_set (self, TILL_STAFF_OWNER, "2580", "790066", -1);
  assert_verify (self, "790066", -1);
}

#define ADD(path, function) g_test_add ("/vault/staff/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("set", test_set);
  ADD ("lock-out", test_lock_out);
  ADD ("owner", test_owner);
  ADD ("first-owner", test_first_owner);
  return g_test_run ();
}
