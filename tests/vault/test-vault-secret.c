/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* AddressSanitizer has an mlock() of its own, which does nothing and says that it worked. */
#ifdef __SANITIZE_ADDRESS__
#define LOCKING_CAN_FAIL FALSE
#else
#define LOCKING_CAN_FAIL TRUE
#endif

static void
test_bytes (void)
{
  static const guchar bytes[] = { 1, 0, 2, 255 };
  g_autoptr (TillSecret) secret = till_secret_new (bytes, sizeof bytes);
  g_autoptr (TillSecret) again = till_secret_ref (secret);
  g_autoptr (TillSecret) empty = till_secret_new (NULL, 0);
  g_autoptr (TillSecret) password = till_secret_new ("open sesame", 11);

  g_assert_cmpuint (till_secret_get_size (secret), ==, sizeof bytes);
  g_assert_cmpint (memcmp (till_secret_get_data (secret), bytes, sizeof bytes), ==, 0);
  g_assert_true (again == secret);
  g_assert_cmpuint (till_secret_get_size (empty), ==, 0);
  g_assert_cmpstr (till_secret_get_data (empty), ==, "");
  g_assert_cmpstr (till_secret_get_data (password), ==, "open sesame");
}

static void
test_equal (void)
{
  g_autoptr (TillSecret) a = till_secret_new ("abc", 3);
  g_autoptr (TillSecret) same = till_secret_new ("abc", 3);
  g_autoptr (TillSecret) other = till_secret_new ("abd", 3);
  g_autoptr (TillSecret) shorter = till_secret_new ("ab", 2);

  g_assert_true (till_secret_equal (a, same));
  g_assert_false (till_secret_equal (a, other));
  g_assert_false (till_secret_equal (a, shorter));
}

static void
test_random (void)
{
  g_autoptr (TillSecret) a = till_secret_new_random (32);
  g_autoptr (TillSecret) b = till_secret_new_random (32);

  g_assert_cmpuint (till_secret_get_size (a), ==, 32);
  g_assert_false (till_secret_equal (a, b));
}

static gboolean
fill_half (guchar *data, gsize *size, gpointer user_data)
{
  *size /= 2;
  memset (data, 'x', *size);
  return GPOINTER_TO_INT (user_data);
}

static void
test_filled (void)
{
  g_autoptr (TillSecret) secret = till_secret_new_filled (8, fill_half, GINT_TO_POINTER (TRUE));

  g_assert_cmpuint (till_secret_get_size (secret), ==, 4);
  g_assert_cmpstr (till_secret_get_data (secret), ==, "xxxx");
  g_assert_null (till_secret_new_filled (8, fill_half, GINT_TO_POINTER (FALSE)));
}

/* Writes with the kernel's own check instead of a crash: EFAULT where the page can't be written. */
static void
test_read_only (void)
{
  g_autoptr (TillSecret) secret = till_secret_new ("fixed", 5);
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "other", 5), ==, 5);
  g_assert_cmpint (read (ends[0], (gpointer) till_secret_get_data (secret), 5), ==, -1);
  g_assert_cmpstr (till_secret_get_data (secret), ==, "fixed");
  close (ends[0]);
  close (ends[1]);
}

/* The kernel's word on the mapping that @address lies in: whether its flags hold @flag. */
static gboolean
mapping_has (gconstpointer address, const char *flag)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *end;
      guint64 from = g_ascii_strtoull (lines[i], &end, 16);

      if (*end == '-')
        inside = from <= (guintptr) address && (guintptr) address < g_ascii_strtoull (end + 1, NULL, 16);
      else if (inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return strstr (lines[i], flag) != NULL;
    }
  return FALSE;
}

static void
test_not_in_core_dumps (void)
{
  g_autoptr (TillSecret) secret = till_secret_new ("hidden", 6);

  g_assert_true (mapping_has (till_secret_get_data (secret), " dd"));
}

/* In a process of its own, which may lock nothing, and says so once. */
static void
test_locking_refused (void)
{
  if (!LOCKING_CAN_FAIL)
    {
      g_test_skip ("the sanitizer locks everything");
      return;
    }
  if (g_test_subprocess ())
    {
      const uid_t user = geteuid ();
      struct rlimit none = { 0, 0 };
      g_autoptr (TillSecret) a = NULL;
      g_autoptr (TillSecret) b = NULL;

      g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &none), ==, 0);
      /* Root may lock whatever the limit, unless it is no longer root. */
      if (user == 0)
        g_assert_cmpint (seteuid (65534), ==, 0);
      g_setenv ("G_MESSAGES_DEBUG", "till-vault", TRUE);
      a = till_secret_new ("first", 5);
      b = till_secret_new ("second", 6);
      g_assert_cmpstr (till_secret_get_data (a), ==, "first");
      g_assert_cmpstr (till_secret_get_data (b), ==, "second");
      /* A sanitizer looks into the process at its end, which a change of user forbids. */
      g_assert_cmpint (seteuid (user), ==, 0);
      g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1), ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*can't be locked in memory*memlock*");
  g_test_trap_assert_stdout_unmatched ("*can't be locked*can't be locked*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/bytes", test_bytes);
  g_test_add_func ("/secret/equal", test_equal);
  g_test_add_func ("/secret/random", test_random);
  g_test_add_func ("/secret/filled", test_filled);
  g_test_add_func ("/secret/read-only", test_read_only);
  g_test_add_func ("/secret/not-in-core-dumps", test_not_in_core_dumps);
  g_test_add_func ("/secret/locking-refused", test_locking_refused);
  return g_test_run ();
}
