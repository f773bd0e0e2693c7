/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/till-error.h"
#include "sandbox/till-sandbox-certificate.h"
#include "sandbox/till-sandbox-key.h"

#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, TillClock)

struct _TestClock
{
  TillClock parent_instance;
  gint64 now;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, TILL_TYPE_CLOCK)

static gint64
test_clock_utc (TillClock *clock)
{
  return TEST_CLOCK (clock)->now;
}

static void
test_clock_class_init (TestClockClass *klass)
{
  TILL_CLOCK_CLASS (klass)->utc = test_clock_utc;
}

static void
test_clock_init (TestClock *self)
{
  self->now = g_get_real_time ();
}

typedef struct
{
  char *folder;
  char *cert;
  char *key;
  TestClock *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("till-sandbox-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->cert = till_sandbox_certificate_path (fixture->folder);
  fixture->key = g_build_filename (fixture->folder, "key.pem", NULL);
  fixture->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->cert);
  g_unlink (fixture->key);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->cert);
  g_free (fixture->key);
  g_free (fixture->folder);
  g_object_unref (fixture->clock);
}

static GTlsCertificate *
ensure (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate
      = till_sandbox_certificate_ensure (fixture->folder, TILL_CLOCK (fixture->clock), &error);

  g_assert_no_error (error);
  return certificate;
}

static GTlsCertificateFlags
verify (GTlsCertificate *certificate, GTlsCertificate *trusted, GSocketConnectable *identity)
{
  return g_tls_certificate_verify (certificate, identity, trusted);
}

static void
test_made (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = ensure (fixture);
  g_autoptr (GSocketConnectable) name = g_network_address_new ("localhost", 443);
  g_autoptr (GSocketConnectable) address = g_network_address_new ("127.0.0.1", 443);
  g_autoptr (GSocketConnectable) other = g_network_address_new ("example.org", 443);
  g_autoptr (GDateTime) last = g_tls_certificate_get_not_valid_after (certificate);
  GStatBuf status;

  g_assert_cmpint (verify (certificate, certificate, name), ==, 0);
  g_assert_cmpint (verify (certificate, certificate, address), ==, 0);
  g_assert_cmpint (verify (certificate, certificate, other), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  g_assert_cmpint (g_stat (fixture->key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_date_time_to_unix (last) - fixture->clock->now / G_USEC_PER_SEC, ==,
                   (gint64) TILL_SANDBOX_CERTIFICATE_DAYS * 24 * 60 * 60);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) first = ensure (fixture);
  g_autoptr (GTlsCertificate) again = ensure (fixture);
  g_autoptr (GTlsCertificate) other
      = till_sandbox_certificate_renew (fixture->folder, TILL_CLOCK (fixture->clock), NULL);

  g_assert_true (g_tls_certificate_is_same (first, again));
  g_assert_false (g_tls_certificate_is_same (first, other));
  g_assert_cmpint (verify (other, first, NULL), !=, 0);
}

static void
test_run_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) first = ensure (fixture);

  fixture->clock->now += TILL_SANDBOX_CERTIFICATE_DAYS * G_TIME_SPAN_DAY - G_TIME_SPAN_HOUR;
  g_autoptr (GTlsCertificate) still = ensure (fixture);
  g_assert_true (g_tls_certificate_is_same (first, still));

  fixture->clock->now += 2 * G_TIME_SPAN_HOUR;
  g_autoptr (GTlsCertificate) renewed = ensure (fixture);
  g_assert_false (g_tls_certificate_is_same (first, renewed));
}

static void
test_torn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) first = ensure (fixture);

  g_unlink (fixture->cert);
  g_autoptr (GTlsCertificate) second = ensure (fixture);
  g_assert_false (g_tls_certificate_is_same (first, second));
  g_unlink (fixture->key);
  g_autoptr (GTlsCertificate) third = ensure (fixture);
  g_assert_false (g_tls_certificate_is_same (second, third));
}

static void
assert_corrupt (Fixture *fixture, const char *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_sandbox_certificate_ensure (fixture->folder, TILL_CLOCK (fixture->clock), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, file));
  g_test_message ("%s", error->message);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cert = NULL;
  g_autofree char *key = NULL;

  g_object_unref (ensure (fixture));
  g_assert_true (g_file_get_contents (fixture->cert, &cert, NULL, NULL));
  g_assert_true (g_file_get_contents (fixture->key, &key, NULL, NULL));
  g_assert_true (g_file_set_contents (fixture->key, "nonsense", -1, NULL));
  assert_corrupt (fixture, fixture->key);
  g_assert_true (g_file_set_contents (fixture->key, key, -1, NULL));
  g_assert_true (g_file_set_contents (fixture->cert, cert, (gssize) strlen (cert) / 2, NULL));
  assert_corrupt (fixture, fixture->cert);

  g_object_unref (till_sandbox_certificate_renew (fixture->folder, TILL_CLOCK (fixture->clock), NULL));
  g_assert_true (g_file_set_contents (fixture->cert, cert, -1, NULL));
  assert_corrupt (fixture, fixture->cert);
}

#define KEY "sk_test_0123456789abcdef"

static TillSandboxKeyVerdict
check_basic (const TillSandboxKey *key, const char *user)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) user, strlen (user));
  g_autofree char *header = g_strconcat ("Basic ", encoded, NULL);

  return till_sandbox_key_check (key, header);
}

static void
test_key (void)
{
  g_autoptr (TillSandboxKey) key = till_sandbox_key_new (KEY, NULL);

  g_assert_nonnull (key);
  g_assert_cmpint (check_basic (key, KEY ":"), ==, TILL_SANDBOX_KEY_ACCEPTED);
  g_assert_cmpint (check_basic (key, KEY ":ignored"), ==, TILL_SANDBOX_KEY_ACCEPTED);
  g_assert_cmpint (check_basic (key, KEY "0:"), ==, TILL_SANDBOX_KEY_WRONG);
  g_assert_cmpint (check_basic (key, ":"), ==, TILL_SANDBOX_KEY_ABSENT);
  g_assert_cmpint (till_sandbox_key_check (key, "Bearer " KEY), ==, TILL_SANDBOX_KEY_ACCEPTED);
  g_assert_cmpint (till_sandbox_key_check (key, "bearer " KEY), ==, TILL_SANDBOX_KEY_ACCEPTED);
  g_assert_cmpint (till_sandbox_key_check (key, "Bearer sk_test_0123456789abcdeF"), ==,
                   TILL_SANDBOX_KEY_WRONG);
  g_assert_cmpint (till_sandbox_key_check (key, "Bearer "), ==, TILL_SANDBOX_KEY_ABSENT);
  g_assert_cmpint (till_sandbox_key_check (key, "Digest " KEY), ==, TILL_SANDBOX_KEY_ABSENT);
  g_assert_cmpint (till_sandbox_key_check (key, "Basic !!!"), ==, TILL_SANDBOX_KEY_ABSENT);
  g_assert_cmpint (till_sandbox_key_check (key, NULL), ==, TILL_SANDBOX_KEY_ABSENT);
}

static void
test_key_refused (void)
{
  static const char *const bad[] = { "",
                                     "sk_test_",
                                     "sk_test_short",
                                     "sk_live_0123456789abcdef",
                                     "rk_test_0123456789abcdef",
                                     "sk_test_0123456789abcdef with spaces" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (till_sandbox_key_new (bad[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_true (strlen (bad[i]) < 10 || strstr (error->message, bad[i]) == NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/sandbox/certificate/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("made", test_made);
  ADD ("kept", test_kept);
  ADD ("run-out", test_run_out);
  ADD ("torn", test_torn);
  ADD ("damaged", test_damaged);
#undef ADD
  g_test_add_func ("/sandbox/key/check", test_key);
  g_test_add_func ("/sandbox/key/refused", test_key_refused);
  return g_test_run ();
}
