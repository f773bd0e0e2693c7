/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-run.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char *
new_profile (void)
{
  g_autoptr (GError) error = NULL;
  char *profile = g_dir_make_tmp ("smiletill-trouble-XXXXXX", &error);

  g_assert_no_error (error);
  return profile;
}

static void
remove_folder (const char *folder)
{
  const char *words[] = { "rm", "-rf", folder, NULL };

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static CtlRun *
enrol_photo (const char *const *environment, const char *profile)
{
  g_autofree char *photo = ctl_file ("grace_hopper.jpg");

  return ctl_run (environment, "enrol", "--json", "--profile", profile, "--name", "Grace", "--suffix", "1111",
                  "--payer", "pm_card_visa", "--photo", photo, NULL);
}

static void
assert_refused (CtlRun *run, const char *named)
{
  g_assert_cmpint (run->status, ==, 1);
  if (strstr (run->errors, named) == NULL)
    g_error ("“%s” is not named in: %s", named, run->errors);
}

static void
test_words (void)
{
  g_autofree char *profile = new_profile ();
  static const struct
  {
    const char *words[10];
    const char *named;
  } table[] = {
    { { "frobnicate" }, "frobnicate" },
    { { "checkout", "--suffix", "1234" }, "--amount" },
    { { "checkout", "--amount", "1", "--suffix", "12" }, "digits" },
    { { "checkout", "--amount", "1", "--suffix", "12a4" }, "digits" },
    { { "checkout", "--amount", "1.999", "--suffix", "1234", "--camera", "device" }, "1.999" },
    { { "checkout", "--amount", "-1", "--suffix", "1234", "--camera", "device" }, "-1" },
    { { "checkout", "--amount", "0", "--suffix", "1234", "--camera", "device" }, "0" },
    { { "checkout", "--amount", "99999999999999999999", "--suffix", "1234", "--camera", "device" },
      "larger" },
    { { "checkout", "--amount", "1", "--suffix", "1234", "--camera", "telescope" }, "telescope" },
    { { "checkout", "--amount", "1", "--suffix", "1234", "--camera", "clip:/no/such.webm" },
      "/no/such.webm" },
    { { "checkout", "--amount", "1", "--suffix", "1234", "--consent", "maybe" }, "maybe" },
    { { "checkout", "--amount", "1", "--suffix", "1234", "--timeout", "0" }, "--timeout" },
    { { "enrol", "--name", "A" }, "--suffix" },
    { { "enrol", "--name", "A", "--suffix", "1234", "--payer", "pm_card_visa" }, "--camera" },
    { { "erase" }, "customers" },
    { { "erase", "nobody" }, "PIN" },
    { { "export-person", "nobody" }, "--html" },
    { { "pass" }, "pass issue" },
    { { "pass", "revoke" }, "number" },
    { { "recovery" }, "recovery make" },
    { { "settings", "guardian-age", "7" }, "guardian-age" },
    { { "settings", "no-such-key" }, "setting" },
    { { "settings", "provider", "hearsay" }, "hearsay" },
    { { "settings", "sandbox-port", "70000" }, "70000" },
    { { "analyse" }, "photograph" },
    { { "ledger", "--kind", "rumour" }, "rumour" },
    { { "history", "--since", "yesterday" }, "yesterday" },
    { { "refund" }, "sale" },
    { { "refund", "sale_1", "--line", "bread=none" }, "bread=none" },
    { { "disown" }, "sale" },
    { { "unlock" }, "customer" },
    { { "drawer", "count" }, "amount" },
    { { "drawer", "count", "1,50" }, "1,50" },
    { { "drawer", "burnt", "1.50" }, "burnt" },
    { { "unresolved", "guess", "attempt_1" }, "unresolved ask" },
    { { "unresolved", "ask", "attempt_1" }, "attempt_1" },
    { { "unresolved", "settle", "attempt_1", "--taken" }, "--evidence" },
    { { "close-day", "--counted", "much" }, "much" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *const *w = table[i].words;
      g_autofree char *own = g_strdup_printf ("--profile=%s", profile);
      g_autoptr (CtlRun) run
          = ctl_run (NULL, w[0], own, w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], NULL);

      assert_refused (run, table[i].named);
    }
  remove_folder (profile);
}

static void
test_help (void)
{
  static const char *const commands[]
      = { "accept-books", "analyse",       "audit",    "cameras", "checkout", "close-day", "consents",
          "customers",    "day",           "disown",   "drawer",  "enrol",    "erase",     "expiring",
          "export-csv",   "export-person", "forget",   "history", "key",      "ledger",    "recovery",
          "refund",       "rotate-keys",   "settings", "staff",   "unlock",   "unresolved" };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CtlRun) run = ctl_run (NULL, commands[i], "--help", NULL);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_nonnull (strstr (run->output, "--profile"));
    }
}

static void
test_analyse (void)
{
  g_autofree char *astronaut = ctl_file ("astronaut.png");
  g_autofree char *no_image = ctl_file ("manifest.json");
  g_autoptr (CtlRun) run = ctl_run (NULL, "analyse", "--json", no_image, astronaut, "/no/such.png", NULL);

  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpuint (run->lines->len, ==, 3);
  g_assert_true (json_object_has_member (g_ptr_array_index (run->lines, 0), "error"));
  g_assert_true (json_object_has_member (g_ptr_array_index (run->lines, 2), "error"));

  JsonObject *photo = g_ptr_array_index (run->lines, 1);
  g_assert_cmpint (json_object_get_int_member (photo, "width"), ==, 512);
  g_assert_cmpint (json_object_get_int_member (photo, "height"), ==, 512);
  JsonArray *faces = json_object_get_array_member (photo, "faces");
  g_assert_cmpuint (json_array_get_length (faces), >=, 1);
  JsonObject *face = json_array_get_object_element (faces, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (face, "box")), ==, 4);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (face, "landmarks")), ==, 68);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (face, "eyes_closed")), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (face, "smile"), >, 0.9);

  JsonArray *embedding = json_object_get_array_member (face, "embedding");
  double length = 0;
  g_assert_cmpuint (json_array_get_length (embedding), ==, 512);
  for (guint i = 0; i < 512; i++)
    length += json_array_get_double_element (embedding, i) * json_array_get_double_element (embedding, i);
  g_assert_cmpfloat_with_epsilon (length, 1.0, 1e-4);
}

static void
test_corrupt_database (void)
{
  g_autofree char *profile = new_profile ();
  g_autofree char *file = g_build_filename (profile, "smiletill.db", NULL);
  g_autofree char *after = NULL;

  g_assert_true (
      g_file_set_contents (file, "this is no database, and it is long enough to be looked at", -1, NULL));
  g_autoptr (CtlRun) run = ctl_run (NULL, "customers", "--profile", profile, NULL);
  assert_refused (run, file);
  g_assert_true (g_file_get_contents (file, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "this is no database, and it is long enough to be looked at");
  remove_folder (profile);
}

static void
test_no_keyring (void)
{
  static const char *const nowhere[] = { "DBUS_SESSION_BUS_ADDRESS=unix:path=/no/such/bus", NULL };
  g_autofree char *profile = new_profile ();

  g_autoptr (CtlRun) first = enrol_photo (NULL, profile);
  g_assert_cmpint (first->status, ==, 0);
  g_autoptr (CtlRun) without = enrol_photo (nowhere, profile);
  assert_refused (without, "eyring");
  g_autoptr (CtlRun) audit = ctl_run (nowhere, "audit", "--profile", profile, NULL);
  g_assert_cmpint (audit->status, ==, 0);
  g_autoptr (CtlRun) later = ctl_run (NULL, "customers", "--json", "--profile", profile, NULL);
  g_assert_cmpuint (later->lines->len, ==, 1);
  remove_folder (profile);
}

/* The fetched files beside one that was cut short. */
static char *
folder_with_broken (const char *broken)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("smiletill-models-XXXXXX", &error);
  g_autoptr (GDir) files = g_dir_open (g_getenv ("SMILETILL_MODELS"), 0, NULL);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *whole = ctl_file (name);
      g_autofree char *copy = g_build_filename (folder, name, NULL);

      if (!g_str_equal (name, broken))
        g_assert_cmpint (symlink (whole, copy), ==, 0);
      else
        {
          g_autofree char *bytes = NULL;
          gsize size = 0;

          g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
          g_assert_true (g_file_set_contents (copy, bytes, (gssize) size / 2, NULL));
        }
    }
  return folder;
}

static void
test_broken_model (void)
{
  g_autofree char *profile = new_profile ();
  g_autofree char *folder = folder_with_broken ("fr_feature.onnx");
  g_autofree char *variable = g_strdup_printf ("SMILETILL_MODELS=%s", folder);
  const char *environment[] = { variable, NULL };
  g_autofree char *photo = ctl_file ("astronaut.png");
  g_autofree char *clip = ctl_clip ("franck.webm", "@74-100");

  g_autoptr (CtlRun) analyse = ctl_run (environment, "analyse", photo, NULL);
  assert_refused (analyse, "fr_feature.onnx");
  g_autoptr (CtlRun) checkout = ctl_run (environment, "checkout", "--profile", profile, "--amount", "1",
                                         "--camera", clip, "--suffix", "1234", NULL);
  assert_refused (checkout, "fr_feature.onnx");
  remove_folder (folder);
  remove_folder (profile);
}

static void
test_broken_clip (void)
{
  g_autofree char *profile = new_profile ();
  g_autofree char *file = g_build_filename (profile, "clip.webm", NULL);
  g_autofree char *source = g_strconcat ("clip:", file, NULL);

  g_assert_true (g_file_set_contents (file, "no video at all", -1, NULL));
  g_autoptr (CtlRun) run = ctl_run (NULL, "checkout", "--profile", profile, "--amount", "1", "--camera",
                                    source, "--suffix", "1234", NULL);
  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpint (ctl_run_count (run, "trouble"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "reason"), ==, "no-camera");
  remove_folder (profile);
}

static void
test_busy_port (void)
{
  g_autofree char *profile = new_profile ();
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int holder = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (holder, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (holder, 1), ==, 0);
  g_assert_cmpint (getsockname (holder, (struct sockaddr *) &address, &size), ==, 0);
  g_autofree char *port = g_strdup_printf ("%d", ntohs (address.sin_port));

  g_autoptr (CtlRun) set = ctl_run (NULL, "settings", "--profile", profile, "sandbox-port", port, NULL);
  g_assert_cmpint (set->status, ==, 0);
  g_autoptr (CtlRun) busy = enrol_photo (NULL, profile);
  assert_refused (busy, port);
  close (holder);
  g_autoptr (CtlRun) free_again = enrol_photo (NULL, profile);
  g_assert_cmpint (free_again->status, ==, 0);
  remove_folder (profile);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/words", test_words);
  g_test_add_func ("/ctl/help", test_help);
  g_test_add_func ("/ctl/analyse", test_analyse);
  g_test_add_func ("/ctl/corrupt-database", test_corrupt_database);
  g_test_add_func ("/ctl/no-keyring", test_no_keyring);
  g_test_add_func ("/ctl/broken-model", test_broken_model);
  g_test_add_func ("/ctl/broken-clip", test_broken_clip);
  g_test_add_func ("/ctl/busy-port", test_busy_port);
  return g_test_run ();
}
