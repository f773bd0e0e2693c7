/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-payment.h"
#include "payment/till-stripe-provider.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/*
 * A till without a face: store, keys, ledger, payment and provider as the real one has them, told on standard input what to
 * do. It says on standard output what became of it, line by line, and dies where it was told to.
 *
 *   torture-till DATABASE URL CERTIFICATE KEY SECONDS
 *
 * Commands and answers are words with tabs between them. ID is any word: answers begin with it.
 *
 *   die STEP NTH                      by SIGKILL, when that step of a payment is reached for the NTH time from now
 *   trust CERTIFICATE                 as after a new start with it
 *   register ID CARD                  registered TOKEN | failed WORDS
 *   charge ID SALE TOKEN MINOR CUR    approved | declined | unknown, ATTEMPT REFERENCE CODE | refused WORDS
 *   refund ID ATTEMPT MINOR CUR       as of a charge, ATTEMPT being the refund's own
 *   reverse ID ATTEMPT                as of a charge
 *   drop ID ATTEMPT                   declined ATTEMPT "" not-sent | refused WORDS
 *   reconcile ID                      reconciled COUNT | failed WORDS
 *   verify ID                         verified ROWS | failed WORDS
 *   quit
 *
 * Steps are told as they come: "step" STEP; and "dying" STEP is the last line of one that dies so.
 */

#define LONGEST_LINE 4096

typedef struct
{
  TillStore *store;
  TillLedger *ledger;
  TillVault *vault;
  TillPayment *payment;

  const char *url;
  const char *key;
  guint seconds; /* until an answer is given up */

  GMainLoop *loop;
  GString *heard; /* of a line that is not complete yet */
  char *die_at;   /* (nullable) step */
  guint die_after;
} TortureTill;

static void
say (const char *first, ...)
{
  g_autoptr (GString) line = g_string_new (first);
  va_list words;

  va_start (words, first);
  for (const char *word = va_arg (words, const char *); word != NULL; word = va_arg (words, const char *))
    {
      g_autofree char *clean = g_strdelimit (g_strdup (word), "\t\r\n", ' ');
      g_string_append_printf (line, "\t%s", clean);
    }
  va_end (words);
  g_string_append_c (line, '\n');
  /* One write: a line is told whole or, if the till dies, not at all. */
  if (write (STDOUT_FILENO, line->str, line->len) != (gssize) line->len)
    g_error ("nobody listens to the till any more");
}

/* Dying */

static void
on_step (TillPayment *payment, const char *step, TortureTill *self)
{
  say ("step", step, NULL);
  if (g_strcmp0 (self->die_at, step) != 0 || --self->die_after > 0)
    return;
  say ("dying", step, NULL);
  raise (SIGKILL);
}

static void
prepare_death (TortureTill *self, char **words)
{
  g_free (self->die_at);
  self->die_at = g_strdup (words[1]);
  self->die_after = (guint) g_ascii_strtoull (words[2], NULL, 10);
}

/* Opening */

static TillProvider *
connect_provider (TortureTill *self, const char *certificate, GError **error)
{
  g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (certificate, error);
  g_autoptr (TillSecret) key = till_secret_new (self->key, strlen (self->key));
  TillStripeProvider *provider
      = trust != NULL ? till_stripe_provider_new (self->url, trust, key, error) : NULL;

  if (provider == NULL)
    return NULL;
  till_stripe_provider_set_timeout (provider, self->seconds);
  return TILL_PROVIDER (provider);
}

static void
on_vault_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The database is the profile: each till has keys of its own. */
static gboolean
open_vault (TortureTill *self, const char *database, GError **error)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (database);
  g_autoptr (GAsyncResult) opened = NULL;

  self->vault = till_vault_new (keyring, self->store, error);
  if (self->vault == NULL)
    return FALSE;
  till_vault_open_async (self->vault, TRUE, NULL, on_vault_opened, &opened);
  while (opened == NULL)
    g_main_context_iteration (NULL, TRUE);
  return till_vault_open_finish (self->vault, opened, error);
}

static gboolean
open_till (TortureTill *self, const char *database, const char *certificate, GError **error)
{
  g_autoptr (TillProvider) provider = connect_provider (self, certificate, error);

  self->store = provider != NULL ? till_store_open (database, error) : NULL;
  self->ledger = self->store != NULL ? till_ledger_new (self->store, till_clock_system (), error) : NULL;
  if (self->ledger == NULL || !open_vault (self, database, error))
    return FALSE;
  self->payment = till_payment_new (self->ledger, provider, till_clock_system ());
  g_signal_connect (self->payment, "step", G_CALLBACK (on_step), self);
  return till_payment_set_vault (self->payment, self->vault, error);
}

static void
trust (TortureTill *self, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillProvider) provider = connect_provider (self, words[1], &error);

  if (provider == NULL)
    g_error ("%s", error->message);
  till_payment_set_provider (self->payment, provider);
}

/* Registering */

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = till_provider_register_payer_finish (TILL_PROVIDER (source), result, &error);

  if (token != NULL)
    say (id, "registered", token, NULL);
  else
    say (id, "failed", error->message, NULL);
}

static void
enrol (TortureTill *self, char **words)
{
  till_provider_register_payer_async (till_payment_get_provider (self->payment), words[2], "torture", NULL,
                                      on_registered, g_strdup (words[1]));
}

/* Charging */

static void
tell_outcome (const char *id, const TillPaymentOutcome *outcome, const GError *error)
{
  if (outcome == NULL)
    {
      say (id, "refused", g_error_matches (error, TILL_ERROR, TILL_ERROR_REFUSED) ? "refused" : "failed",
           error->message, NULL);
      return;
    }

  const TillChargeResult *result = outcome->result;
  say (id, till_charge_status_to_string (result->status), outcome->attempt,
       result->reference != NULL ? result->reference : "", result->code != NULL ? result->code : "", NULL);
}

static void
on_charged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_payment_charge_finish (TILL_PAYMENT (source), result, &error);

  tell_outcome (id, outcome, error);
}

static gboolean
read_money (char **words, TillMoney *amount)
{
  g_autoptr (GError) error = NULL;

  if (till_money_init (amount, g_ascii_strtoll (words[0], NULL, 10), words[1], &error))
    return TRUE;
  g_printerr ("torture-till: %s\n", error->message);
  return FALSE;
}

static void
charge (TortureTill *self, char **words)
{
  TillMoney amount;

  if (read_money (words + 4, &amount))
    till_payment_charge_async (self->payment, words[2], words[3], &amount, NULL, NULL, on_charged,
                               g_strdup (words[1]));
}

/* Giving back */

static void
on_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_payment_refund_finish (TILL_PAYMENT (source), result, &error);

  tell_outcome (id, outcome, error);
}

static void
refund (TortureTill *self, char **words)
{
  TillMoney amount;

  if (read_money (words + 3, &amount))
    till_payment_refund_async (self->payment, words[2], &amount, NULL, NULL, on_refunded,
                               g_strdup (words[1]));
}

static void
on_reversed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_payment_reverse_finish (TILL_PAYMENT (source), result, &error);

  tell_outcome (id, outcome, error);
}

static void
reverse (TortureTill *self, char **words)
{
  till_payment_reverse_async (self->payment, words[2], NULL, NULL, on_reversed, g_strdup (words[1]));
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_auto (GStrv) words = user_data;
  g_autoptr (GError) error = NULL;

  if (till_payment_drop_finish (TILL_PAYMENT (source), result, &error))
    say (words[1], "declined", words[2], "", "not-sent", NULL);
  else
    tell_outcome (words[1], NULL, error);
}

static void
drop (TortureTill *self, char **words)
{
  till_payment_drop_async (self->payment, words[2], NULL, on_dropped, g_strdupv (words));
}

/* Asking */

static void
on_reconciled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  int unknown = till_payment_reconcile_finish (TILL_PAYMENT (source), result, &error);
  g_autofree char *count = g_strdup_printf ("%d", unknown);

  if (error == NULL)
    say (id, "reconciled", count, NULL);
  else
    say (id, "failed", error->message, NULL);
}

static void
reconcile (TortureTill *self, char **words)
{
  till_payment_reconcile_async (self->payment, NULL, on_reconciled, g_strdup (words[1]));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rows = till_ledger_verify_finish (TILL_LEDGER (source), result, &error);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, rows);

  if (error == NULL)
    say (id, "verified", count, NULL);
  else
    say (id, "failed", error->message, NULL);
}

static void
verify (TortureTill *self, char **words)
{
  till_ledger_verify_async (self->ledger, NULL, on_verified, g_strdup (words[1]));
}

/* Listening */

static void
quit (TortureTill *self, char **words)
{
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  guint words;
  void (*act) (TortureTill *self, char **words);
} commands[] = {
  { "die", 3, prepare_death }, { "trust", 2, trust },         { "register", 3, enrol },
  { "charge", 6, charge },     { "refund", 5, refund },       { "reverse", 3, reverse },
  { "drop", 3, drop },         { "reconcile", 2, reconcile }, { "verify", 2, verify },
  { "quit", 1, quit },
};

static void
obey (TortureTill *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (words[0], commands[i].name) == 0 && g_strv_length (words) == commands[i].words)
      {
        commands[i].act (self, words);
        return;
      }
  g_error ("the till was told \"%s\", which it does not understand", line);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer user_data)
{
  TortureTill *self = user_data;
  char bytes[LONGEST_LINE];
  gssize got = read (fd, bytes, sizeof bytes);

  if (got <= 0)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (self->heard, bytes, got);
  for (char *end = strchr (self->heard->str, '\n'); end != NULL; end = strchr (self->heard->str, '\n'))
    {
      g_autofree char *line = g_strndup (self->heard->str, (gsize) (end - self->heard->str));
      g_string_erase (self->heard, 0, end - self->heard->str + 1);
      obey (self, line);
    }
  return G_SOURCE_CONTINUE;
}

static void
close_till (TortureTill *self)
{
  g_clear_object (&self->payment);
  g_clear_object (&self->vault);
  g_clear_object (&self->ledger);
  if (self->store != NULL)
    till_store_close (self->store);
  g_clear_object (&self->store);
  g_main_loop_unref (self->loop);
  g_string_free (self->heard, TRUE);
  g_free (self->die_at);
}

int
main (int argc, char **argv)
{
  TortureTill till = { 0 };
  g_autoptr (GError) error = NULL;

  if (argc != 6)
    {
      g_printerr ("usage: torture-till DATABASE URL CERTIFICATE KEY SECONDS\n");
      return 2;
    }
  till.url = argv[2];
  till.key = argv[4];
  till.seconds = (guint) g_ascii_strtoull (argv[5], NULL, 10);
  till.heard = g_string_new (NULL);
  till.loop = g_main_loop_new (NULL, FALSE);

  if (!open_till (&till, argv[1], argv[3], &error))
    {
      g_printerr ("torture-till: %s\n", error->message);
      return 1;
    }
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &till);
  say ("ready", NULL);
  g_main_loop_run (till.loop);
  close_till (&till);
  return 0;
}
