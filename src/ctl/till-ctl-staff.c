/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ctl/till-ctl.h"
#include "vault/till-pin.h"

#include <stdio.h>

/* What the command works on: the database alone, without keyring, networks or provider. */
typedef struct
{
  TillCtlOptions options;
  TillProfile *profile;
  TillStore *store;
  TillStaff *staff;
} Books;

static void
books_clear (Books *books)
{
  g_clear_object (&books->staff);
  if (books->store != NULL)
    till_store_close (books->store);
  g_clear_object (&books->store);
  g_clear_object (&books->profile);
  till_ctl_options_clear (&books->options);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Books, books_clear)

static gboolean
books_open (Books *books, GError **error)
{
  books->profile = till_profile_open (books->options.profile, error);
  if (books->profile == NULL)
    return FALSE;

  g_autofree char *path = till_profile_get_path (books->profile, "smiletill.db");
  books->store = till_store_open (path, error);
  if (books->store == NULL)
    return FALSE;
  books->staff = till_staff_new (books->store, till_clock_system (), error);
  return books->staff != NULL;
}

static int
fail (const GError *error)
{
  till_ctl_fail (error);
  return g_error_matches (error, TILL_ERROR, TILL_ERROR_LOCKED_OUT) ? TILL_CTL_LOCKED_OUT : TILL_CTL_FAILED;
}

static int
done (Books *books, const char *what, const char *words)
{
  if (books->options.json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "done", what);
      till_ctl_print_json (object);
    }
  else
    printf ("%s\n", words);
  return 0;
}

/* Whose PIN has to be given before @role's may be set; NULL: nobody has one yet. */
static const char *
who_is_asked (Books *books, TillStaffRole role)
{
  gboolean manager = till_staff_is_set (books->staff, TILL_STAFF_MANAGER);
  gboolean owner = till_staff_is_set (books->staff, TILL_STAFF_OWNER);

  if (till_staff_is_set (books->staff, role))
    return "old PIN";
  if (!manager && !owner)
    return NULL;
  return role == TILL_STAFF_OWNER ? "manager’s PIN" : "owner’s PIN";
}

static int
set_pin (Books *books, TillStaffRole role)
{
  const char *asked = who_is_asked (books, role);
  g_autofree char *what = g_strdup_printf ("set-%s-pin", role == TILL_STAFF_OWNER ? "owner" : "manager");
  g_autofree char *words
      = g_strdup_printf ("The %s’s PIN is %s.", role == TILL_STAFF_OWNER ? "owner" : "manager",
                         till_staff_is_set (books->staff, role) ? "changed" : "set");
  g_autoptr (TillSecret) old_pin = NULL;
  g_autoptr (TillSecret) new_pin = NULL;
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (asked != NULL)
    {
      old_pin = till_ctl_read_secret (asked, TILL_PIN_MOST_DIGITS);
      if (old_pin == NULL)
        return TILL_CTL_FAILED;
    }
  new_pin = till_ctl_read_secret ("new PIN", TILL_PIN_MOST_DIGITS);
  if (new_pin == NULL)
    return TILL_CTL_FAILED;

  till_staff_set_pin_async (books->staff, role, old_pin != NULL ? till_secret_get_data (old_pin) : NULL,
                            till_secret_get_data (new_pin), NULL, till_ctl_on_result, &call);
  if (!till_staff_set_pin_finish (books->staff, till_ctl_wait (&call), &error))
    return fail (error);
  return done (books, what, words);
}

static int
verify_manager (Books *books)
{
  g_autoptr (TillSecret) pin = till_ctl_read_secret ("PIN", TILL_PIN_MOST_DIGITS);
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (pin == NULL)
    return TILL_CTL_FAILED;
  till_staff_verify_async (books->staff, TILL_STAFF_MANAGER, till_secret_get_data (pin), NULL,
                           till_ctl_on_result, &call);
  return till_staff_verify_finish (books->staff, till_ctl_wait (&call), &error) ? 0 : fail (error);
}

static int
end_waits (Books *books)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (till_profile_get_id (books->profile));
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;
  int status = verify_manager (books);

  if (status != 0)
    return status;

  g_autoptr (TillVault) vault = till_vault_new (keyring, books->store, &error);
  if (vault == NULL)
    return till_ctl_fail (error);

  g_autoptr (TillLockout) lockout = till_lockout_new (books->store, vault, till_clock_system (), &error);
  if (lockout == NULL)
    return till_ctl_fail (error);
  till_lockout_clear_async (lockout, NULL, till_ctl_on_result, &call);
  if (!till_lockout_clear_finish (lockout, till_ctl_wait (&call), &error))
    return till_ctl_fail (error);
  return done (books, "end-waits", "Nobody has to wait any more.");
}

int
till_ctl_staff (int argc, char **argv)
{
  g_auto (Books) books = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "set-owner-pin|set-manager-pin|end-waits",
                       "Sets the owner's or the manager's PIN, or changes it: the old one, and the new one "
                       "are each a line on "
                       "standard input. Where one of both is set already, the other's first takes that one "
                       "as the old. Or ends "
                       "every wait for wrong guesses: the manager's PIN is a line on standard input. 4 to 8 "
                       "digits, the owner's at "
                       "least 6. Exit status 5: the PIN was wrong too often.",
                       &books.options, NULL))
    return TILL_CTL_FAILED;
  const char *word = argc == 2 ? argv[1] : "";
  gboolean owner = g_str_equal (word, "set-owner-pin");
  gboolean manager = g_str_equal (word, "set-manager-pin");
  if (!owner && !manager && !g_str_equal (word, "end-waits"))
    {
      fprintf (stderr,
               "smiletillctl: say “staff set-owner-pin”, “staff set-manager-pin” or “staff end-waits”\n");
      return TILL_CTL_FAILED;
    }
  if (!books_open (&books, &error))
    return till_ctl_fail (error);
  if (!owner && !manager)
    return end_waits (&books);
  return set_pin (&books, owner ? TILL_STAFF_OWNER : TILL_STAFF_MANAGER);
}
