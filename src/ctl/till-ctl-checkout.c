/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ctl/till-ctl.h"
#include "vault/till-pin.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

/* Seconds for the whole checkout unless --timeout says otherwise. */
#define TIMEOUT_SECONDS 90

typedef struct
{
  TillCtlOptions options;
  char *amount;
  char *camera;
  char *suffix;
  char *consent;
  int timeout;
  gboolean pin_stdin;
  gboolean pass;
  TillSecret *pin; /* NULL if the customer has none to type */
} Words;

/* One checkout under way. */
typedef struct
{
  TillCheckout *checkout;
  const TillSecret *pin;
  const char *suffix; /* NULL once typed */
  gint64 began_us;
  TillCheckoutState state;
  const char *outcome; /* NULL until it has one */
  char *reason;
  int status;
  TillHint hint;
  TillSmileState smile;
  JsonObject *stages; /* microseconds by name */
  guint timeout;
} Run;

static JsonObject *
run_event (Run *run, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "t_ms", (g_get_monotonic_time () - run->began_us) / 1000);
  json_object_set_string_member (object, "event", name);
  return object;
}

static void
run_end (Run *run, const char *outcome, const char *reason, int status)
{
  if (run->outcome != NULL)
    return;
  run->outcome = outcome;
  run->reason = g_strdup (reason);
  run->status = status;
}

static const char *
hint_to_string (TillHint hint)
{
  static const char *const names[]
      = { "none", "no-face", "alone", "closer", "back", "light", "still", "face-camera", "eyes" };

  return names[hint];
}

static const char *
smile_to_string (TillSmileState smile)
{
  static const char *const names[] = { "idle", "relax", "wanted", "holding", "made" };

  return names[smile];
}

static void
on_sighting (TillCheckout *checkout, TillSighting *sighting, gpointer user_data)
{
  Run *run = user_data;

  if (sighting->hint != run->hint)
    {
      JsonObject *event = run_event (run, "hint");

      run->hint = sighting->hint;
      json_object_set_string_member (event, "hint", hint_to_string (sighting->hint));
      till_ctl_print_json (event);
    }
  if (sighting->smile != run->smile)
    {
      JsonObject *event = run_event (run, "smile");

      run->smile = sighting->smile;
      json_object_set_string_member (event, "smile", smile_to_string (sighting->smile));
      till_ctl_print_json (event);
    }
}

static void
on_camera (TillCheckout *checkout, gboolean on, gpointer user_data)
{
  JsonObject *event = run_event (user_data, "camera");

  json_object_set_boolean_member (event, "on", on);
  till_ctl_print_json (event);
}

static void
on_stage (TillCheckout *checkout, const char *stage, gint64 us, gpointer user_data)
{
  Run *run = user_data;
  JsonObject *event = run_event (run, "stage");

  json_object_set_int_member (run->stages, stage, us);
  json_object_set_string_member (event, "stage", stage);
  json_object_set_double_member (event, "ms", (double) us / 1000);
  till_ctl_print_json (event);
}

static void
on_trouble (TillCheckout *checkout, const GError *error, gpointer user_data)
{
  JsonObject *event = run_event (user_data, "trouble");

  json_object_set_string_member (event, "message", error->message);
  till_ctl_print_json (event);
}

/* Whoever pays with a pass shows it before the digits; one that is refused ends it here. */
static void
on_pass (TillCheckout *checkout, gpointer user_data)
{
  Run *run = user_data;
  const char *pass = till_checkout_get_pass (checkout);
  JsonObject *event = run_event (run, "pass");
  g_autofree char *reason = g_strdup_printf ("pass-%s", pass != NULL ? pass : "none");

  json_object_set_string_member (event, "pass", pass);
  till_ctl_print_json (event);
  if (run->suffix == NULL || pass == NULL || g_str_equal (pass, "reading"))
    return;
  if (g_str_equal (pass, "accepted") && till_checkout_type_digits (checkout, run->suffix, NULL))
    {
      run->suffix = NULL;
      return;
    }
  run_end (run, "not-confirmed", reason, TILL_CTL_NOT_CONFIRMED);
  till_checkout_cancel (checkout, NULL);
}

/* Who has no PIN leaves, and is no more confirmed than one with a wrong one. */
static void
answer_pin (Run *run)
{
  g_autoptr (GError) error = NULL;

  if (run->pin != NULL && till_checkout_type_pin (run->checkout, till_secret_get_data (run->pin), &error))
    return;
  if (error != NULL)
    till_ctl_fail (error);
  run_end (run, "not-confirmed", "no-pin", TILL_CTL_NOT_CONFIRMED);
  till_checkout_cancel (run->checkout, NULL);
}

static void
note_outcome (Run *run, TillCheckoutState state, const char *reason)
{
  switch (state)
    {
    case TILL_CHECKOUT_APPROVED:
      run_end (run, "approved", reason, 0);
      break;
    case TILL_CHECKOUT_DECLINED:
      run_end (run, "declined", reason, TILL_CTL_DECLINED);
      break;
    case TILL_CHECKOUT_NOT_CONFIRMED:
      if (g_strcmp0 (reason, "recognition") == 0 || g_strcmp0 (reason, "consent-not-written") == 0)
        run_end (run, "cancelled", reason, TILL_CTL_FAILED);
      else
        run_end (run, "not-confirmed", reason, TILL_CTL_NOT_CONFIRMED);
      break;
    case TILL_CHECKOUT_NO_CAMERA:
      if (g_strcmp0 (reason, "camera-ended") == 0)
        run_end (run, "not-confirmed", reason, TILL_CTL_NOT_CONFIRMED);
      else
        run_end (run, "cancelled", reason, TILL_CTL_FAILED);
      break;
    case TILL_CHECKOUT_PIN:
      answer_pin (run);
      break;
    case TILL_CHECKOUT_LOCKED:
      run_end (run, "locked-out", reason, TILL_CTL_LOCKED_OUT);
      break;
    case TILL_CHECKOUT_DOUBT:
      run_end (run, "unknown", reason, TILL_CTL_UNKNOWN);
      break;
    case TILL_CHECKOUT_IDLE:
    case TILL_CHECKOUT_WAYS:
      if (reason != NULL)
        run_end (run, "cancelled", reason, TILL_CTL_FAILED);
      break;
    default:
      break;
    }
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  Run *run = user_data;
  const char *reason = till_checkout_get_reason (checkout);
  JsonObject *event = run_event (run, "state");

  run->state = state;
  json_object_set_string_member (event, "state", till_checkout_state_to_string (state));
  if (reason != NULL)
    json_object_set_string_member (event, "reason", reason);
  till_ctl_print_json (event);
  note_outcome (run, state, reason);
}

static gboolean
on_timeout (gpointer user_data)
{
  Run *run = user_data;

  /* A charge under way has its own end; it is never cut short. */
  if (!till_checkout_accepts (run->checkout, TILL_CHECKOUT_CANCEL))
    return G_SOURCE_CONTINUE;
  run->timeout = 0;
  run_end (run, "not-confirmed", run->state == TILL_CHECKOUT_SMILE ? "no-smile" : "not-confirmed",
           TILL_CTL_NOT_CONFIRMED);
  till_checkout_cancel (run->checkout, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_interrupted (gpointer user_data)
{
  Run *run = user_data;

  if (!till_checkout_accepts (run->checkout, TILL_CHECKOUT_CANCEL))
    return G_SOURCE_CONTINUE;
  run_end (run, "cancelled", "interrupted", TILL_CTL_FAILED);
  till_checkout_cancel (run->checkout, NULL);
  return G_SOURCE_CONTINUE;
}

static void
print_machine_time (Run *run)
{
  JsonObject *event = run_event (run, "machine-time");
  JsonObject *stages = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (run->stages);
  double total = 0;

  fprintf (stderr, "machine time:");
  for (GList *name = names; name != NULL; name = name->next)
    {
      double ms = (double) json_object_get_int_member (run->stages, name->data) / 1000;

      json_object_set_double_member (stages, name->data, ms);
      fprintf (stderr, " %s %.1f", (const char *) name->data, ms);
      total += ms;
    }
  fprintf (stderr, ", in all %.1f ms\n", total);
  json_object_set_object_member (event, "stages_ms", stages);
  json_object_set_double_member (event, "total_ms", total);
  till_ctl_print_json (event);
}

static void
print_outcome (Run *run, const TillMoney *most, const char *sale, gint64 seq)
{
  JsonObject *event = run_event (run, "outcome");
  /* Once it is charged that can be less than what was agreed to. */
  const TillMoney *now
      = till_checkout_get_sale (run->checkout) != NULL ? till_checkout_get_amount (run->checkout) : NULL;
  const TillMoney *amount = now != NULL ? now : most;
  g_autofree char *decimal = till_money_to_decimal (amount);

  json_object_set_string_member (event, "outcome", run->outcome);
  json_object_set_string_member (event, "reason", run->reason);
  json_object_set_string_member (event, "amount", decimal);
  json_object_set_int_member (event, "amount_minor", amount->minor);
  json_object_set_string_member (event, "currency", amount->currency);
  json_object_set_string_member (event, "sale", sale);
  if (seq > 0)
    json_object_set_int_member (event, "ledger", seq);
  else
    json_object_set_null_member (event, "ledger");
  gint64 until = till_checkout_get_locked_until_us (run->checkout);
  if (until != 0)
    json_object_set_int_member (event, "wait_ms", (until - g_get_monotonic_time ()) / 1000);
  till_ctl_print_json (event);
}

/* The steps a customer takes by hand; the rest comes from the camera. */
static gboolean
walk_to_camera (
    TillCheckout *checkout, TillBasket *basket, const Words *words, gboolean agrees, GError **error)
{
  if (!till_checkout_open (checkout, basket, error) || !till_checkout_choose_face (checkout, error))
    return FALSE;
  if (till_checkout_get_state (checkout) == TILL_CHECKOUT_LOCKED)
    return TRUE;
  if (!agrees)
    return till_checkout_cancel (checkout, error);
  return till_checkout_agree (checkout, error)
         && (words->pass || till_checkout_type_digits (checkout, words->suffix, error));
}

static int
run_checkout (TillShop *shop, TillBasket *basket, const Words *words, gboolean agrees)
{
  TillCheckout *checkout = till_shop_get_checkout (shop);
  const TillMoney amount = *till_basket_get_total (basket);
  Run run = { .checkout = checkout,
              .pin = words->pin,
              .suffix = words->pass ? words->suffix : NULL,
              .began_us = g_get_monotonic_time (),
              .stages = json_object_new () };
  g_autofree char *sale = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (checkout, "state", G_CALLBACK (on_state), &run);
  g_signal_connect (checkout, "camera", G_CALLBACK (on_camera), &run);
  g_signal_connect (checkout, "sighting", G_CALLBACK (on_sighting), &run);
  g_signal_connect (checkout, "pass", G_CALLBACK (on_pass), &run);
  g_signal_connect (checkout, "stage", G_CALLBACK (on_stage), &run);
  g_signal_connect (checkout, "trouble", G_CALLBACK (on_trouble), &run);
  till_checkout_set_timeout (checkout, TILL_CHECKOUT_DIGITS, 0);
  till_checkout_set_timeout (checkout, TILL_CHECKOUT_CONFIRMING, 0);
  till_checkout_set_timeout (checkout, TILL_CHECKOUT_SMILE, 0);
  guint interrupts[] = { g_unix_signal_add (SIGINT, on_interrupted, &run),
                         g_unix_signal_add (SIGTERM, on_interrupted, &run) };
  run.timeout = g_timeout_add_seconds ((guint) words->timeout, on_timeout, &run);

  if (!walk_to_camera (checkout, basket, words, agrees, &error))
    {
      const char *refusal = till_checkout_get_face_refusal (checkout);

      run_end (&run, "cancelled", refusal != NULL ? refusal : "failed", TILL_CTL_FAILED);
      till_ctl_fail (error);
    }
  sale = g_strdup (till_checkout_get_sale (checkout));
  while (run.outcome == NULL)
    g_main_context_iteration (NULL, TRUE);

  gint64 seq = till_checkout_get_ledger_seq (checkout);
  g_clear_handle_id (&run.timeout, g_source_remove);
  for (gsize i = 0; i < G_N_ELEMENTS (interrupts); i++)
    g_source_remove (interrupts[i]);
  g_signal_handlers_disconnect_by_data (checkout, &run);
  print_machine_time (&run);
  print_outcome (&run, &amount, sale, seq);
  json_object_unref (run.stages);
  g_free (run.reason);
  return run.status;
}

/* A basket of one piece, called what it is: an amount without goods. */
static TillBasket *
basket_for_amount (TillShop *shop, const char *decimal, GError **error)
{
  TillCatalogue *catalogue = till_shop_get_catalogue (shop);
  const TillTaxClass *tax = till_tax_table_get (till_catalogue_get_tax_table (catalogue), 0);
  g_autoptr (TillBasket) basket = till_basket_new (catalogue);
  TillMoney amount;

  till_basket_set_rules (basket, till_shop_get_discount_rules (shop));

  if (!till_money_parse (&amount, decimal, till_shop_get_currency (shop), error))
    return NULL;
  if (amount.minor <= 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The amount must be above zero, not %s", decimal);
      return NULL;
    }

  g_autoptr (TillArticle) article
      = till_article_new ("amount", "Amount", NULL, &amount, tax->id, "Amount", NULL, error);
  if (article == NULL || !till_basket_add (basket, article, 1, error))
    return NULL;
  return g_steal_pointer (&basket);
}

static gboolean
words_check (const Words *words, gboolean *agrees)
{
  g_autoptr (GError) error = NULL;

  if (words->amount == NULL || words->suffix == NULL)
    {
      fprintf (stderr, "smiletillctl: --amount and --suffix are needed\n");
      return FALSE;
    }
  if (!till_customer_check_suffix (words->suffix, &error))
    {
      till_ctl_fail (error);
      return FALSE;
    }
  if (words->consent != NULL && !g_str_equal (words->consent, "yes") && !g_str_equal (words->consent, "no"))
    {
      fprintf (stderr, "smiletillctl: --consent is “yes” or “no”, not “%s”\n", words->consent);
      return FALSE;
    }
  if (words->timeout <= 0)
    {
      fprintf (stderr, "smiletillctl: --timeout is a number of seconds above zero\n");
      return FALSE;
    }
  *agrees = words->consent == NULL || g_str_equal (words->consent, "yes");
  return TRUE;
}

static gboolean
wait_for_recognition (TillShop *shop)
{
  while (!till_recognizer_is_ready (till_shop_get_recognizer (shop))
         && till_shop_get_face_trouble (shop) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return till_shop_get_face_trouble (shop) == NULL;
}

/* A checkout that could not begin has an outcome too. */
static int
print_not_begun (const Words *words, const char *reason, const GError *error)
{
  JsonObject *event = json_object_new ();

  json_object_set_int_member (event, "t_ms", 0);
  json_object_set_string_member (event, "event", "outcome");
  json_object_set_string_member (event, "outcome", "cancelled");
  json_object_set_string_member (event, "reason", reason);
  json_object_set_string_member (event, "amount", words->amount);
  json_object_set_null_member (event, "currency");
  json_object_set_null_member (event, "ledger");
  till_ctl_print_json (event);
  return error != NULL ? till_ctl_fail (error) : TILL_CTL_FAILED;
}

static int
checkout_with_words (const Words *words)
{
  g_autoptr (TillCameraSource) source = NULL;
  g_autoptr (GError) error = NULL;
  gboolean agrees = FALSE;

  if (!words_check (words, &agrees))
    return TILL_CTL_FAILED;
  if (words->camera != NULL)
    {
      source = till_camera_source_parse (words->camera, &error);
      if (source == NULL)
        return till_ctl_fail (error);
    }

  g_autoptr (TillShop) shop = till_ctl_open_shop (&words->options);
  if (shop == NULL)
    return print_not_begun (words, "till-closed", NULL);

  g_autoptr (TillBasket) basket = basket_for_amount (shop, words->amount, &error);
  if (basket == NULL)
    return till_ctl_fail (error);
  if (!wait_for_recognition (shop))
    return print_not_begun (words, "face-payment-off", till_shop_get_face_trouble (shop));
  if (source != NULL)
    till_checkout_set_camera_source (till_shop_get_checkout (shop), source);
  return run_checkout (shop, basket, words, agrees);
}

static gboolean
read_pin (Words *words)
{
  if (words->pin_stdin)
    words->pin = till_ctl_read_secret ("PIN", TILL_PIN_MOST_DIGITS);
  return !words->pin_stdin || words->pin != NULL;
}

int
till_ctl_checkout (int argc, char **argv)
{
  Words words = { .timeout = TIMEOUT_SECONDS };
  const GOptionEntry entries[] = {
    { "amount", 0, 0, G_OPTION_ARG_STRING, &words.amount, "What is to be paid, in the shop's currency",
      "12.50" },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &words.camera, "device[:ID] or clip:PATH[@START-END][,loop]",
      "SOURCE" },
    { "suffix", 0, 0, G_OPTION_ARG_STRING, &words.suffix, "The digits the customer types", "DIGITS" },
    { "consent", 0, 0, G_OPTION_ARG_STRING, &words.consent, "Whether the customer agrees to be looked at",
      "yes|no" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &words.timeout, "Seconds for the whole checkout", "S" },
    { "pass", 0, 0, G_OPTION_ARG_NONE, &words.pass, "The customer shows a face pass before typing the digits",
      NULL },
    { "pin-stdin", 0, 0, G_OPTION_ARG_NONE, &words.pin_stdin,
      "The PIN the customer types if asked for one is a line on standard input", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = TILL_CTL_FAILED;

  if (till_ctl_parse (
          &argc, &argv, "",
          "Plays one whole checkout by face through the same rooms as the window, one JSON line per event. "
          "Exit status: 0 approved, 2 declined, 3 not confirmed, 4 outcome unknown, 5 too many were not "
          "confirmed and "
          "the till has to wait, 1 anything else.",
          &words.options, entries)
      && read_pin (&words))
    status = checkout_with_words (&words);

  till_ctl_options_clear (&words.options);
  g_free (words.amount);
  g_free (words.camera);
  g_free (words.suffix);
  g_free (words.consent);
  g_clear_pointer (&words.pin, till_secret_unref);
  return status;
}
