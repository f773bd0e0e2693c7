/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-enrol.h"
#include "base/till-error.h"
#include "base/till-installation.h"
#include "customers/till-consent.h"
#include "customers/till-pass-sheet.h"
#include "shop/till-calendar-day.h"
#include "shop/till-shop-pass.h"
#include "vault/till-pin.h"

#include <stdio.h>
#include <string.h>

/* Seconds a camera is given to show enough good frames. */
#define CAMERA_SECONDS 60

typedef struct
{
  TillCtlOptions options;
  char *name;
  char *suffix;
  char *payer;
  char *camera;
  GStrv photos;
  GStrv more_photos;
  gboolean confirm_look_alike;
  gboolean pin_stdin;
  char *guardian;
  char *sheet;
  gboolean pass; /* onto a face pass */
} Words;

static void
words_clear (Words *words)
{
  till_ctl_options_clear (&words->options);
  g_free (words->name);
  g_free (words->suffix);
  g_free (words->payer);
  g_free (words->camera);
  g_strfreev (words->photos);
  g_strfreev (words->more_photos);
  g_free (words->guardian);
  g_free (words->sheet);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
words_parse (Words *words, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &words->name, "What the shop calls the customer", "NAME" },
    { "suffix", 0, 0, G_OPTION_ARG_STRING, &words->suffix, "Last four digits of the customer's phone",
      "DIGITS" },
    { "payer", 0, 0, G_OPTION_ARG_STRING, &words->payer,
      "Payment method at the payment service: pm_… or cus_…; the sandbox has pm_card_visa", "TOKEN" },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &words->camera, "device[:ID] or clip:PATH[@START-END][,loop]",
      "SOURCE" },
    { "photo", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words->photos, "A photograph in place of a camera",
      "FILE" },
    { "confirm-look-alike", 0, 0, G_OPTION_ARG_NONE, &words->confirm_look_alike,
      "It is not whom they look like; the manager's PIN is the first line on standard input", NULL },
    { "pin-stdin", 0, 0, G_OPTION_ARG_NONE, &words->pin_stdin,
      "The customer's own PIN is the next line on standard input", NULL },
    { "guardian", 0, 0, G_OPTION_ARG_STRING, &words->guardian,
      "Name of the guardian who agrees with somebody too young to do so alone", "NAME" },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &words->sheet,
      "For a face pass: write its paper, PDF or by a name that ends in .png a picture", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words->more_photos, NULL, "FILE…" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (&argc, &argv, "",
                       "Enrols a customer who has read and accepted the consent text, which is shown first.",
                       &words->options, entries))
    return FALSE;
  if (words->pass && words->name == NULL)
    words->name = g_strdup ("face pass");
  if (words->name == NULL || words->suffix == NULL || words->payer == NULL)
    {
      fprintf (stderr, "smiletillctl: --name, --suffix and --payer are needed\n");
      return FALSE;
    }
  if ((words->camera != NULL) == (words->photos != NULL))
    {
      fprintf (stderr, "smiletillctl: give either --camera SOURCE or --photo FILE…\n");
      return FALSE;
    }
  if (words->more_photos != NULL && words->photos == NULL)
    {
      fprintf (stderr, "smiletillctl: “%s” is not expected; photographs come behind --photo\n",
               words->more_photos[0]);
      return FALSE;
    }
  return TRUE;
}

/* Photographs */

static gboolean
offer_photo (TillEnrolment *enrolment, TillVision *vision, const char *file, GError **error)
{
  g_autoptr (TillFrame) frame = till_vision_read_photo (file, error);
  g_autoptr (TillFaces) faces
      = frame != NULL ? till_vision_analyse (vision, frame, TILL_ENROLMENT_WANTED, error) : NULL;

  if (faces == NULL)
    return FALSE;
  if (till_enrolment_offer_photo (enrolment, faces, error))
    return TRUE;
  g_prefix_error (error, "%s: ", file);
  return FALSE;
}

static TillEnrolment *
enrol_photos (const Words *words, GError **error)
{
  g_autofree char *models = till_installation_get_models_dir ();
  g_autoptr (TillVision) vision = till_vision_new (models, 0, error);
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();

  if (vision == NULL)
    return NULL;
  for (guint i = 0; words->photos[i] != NULL; i++)
    if (!offer_photo (enrolment, vision, words->photos[i], error))
      return NULL;
  for (guint i = 0; words->more_photos != NULL && words->more_photos[i] != NULL; i++)
    if (!offer_photo (enrolment, vision, words->more_photos[i], error))
      return NULL;
  return g_steal_pointer (&enrolment);
}

/* A camera */

typedef struct
{
  const Words *words;
  guint session;
  double progress;
  TillEnrolmentHint hint;
  gboolean over;
  GError *error;
} Sitting;

static const char *
hint_words (TillEnrolmentHint hint)
{
  static const char *const words[] = {
    [TILL_ENROLMENT_HINT_NONE] = "good",
    [TILL_ENROLMENT_HINT_NO_FACE] = "nobody in view",
    [TILL_ENROLMENT_HINT_ALONE] = "more than one person in view",
    [TILL_ENROLMENT_HINT_CLOSER] = "too far away",
    [TILL_ENROLMENT_HINT_BACK] = "too close",
    [TILL_ENROLMENT_HINT_LIGHT] = "too dark, too bright, or lit from one side",
    [TILL_ENROLMENT_HINT_STILL] = "blurred",
    [TILL_ENROLMENT_HINT_FACE_CAMERA] = "turned too far away",
    [TILL_ENROLMENT_HINT_EYES] = "eyes closed",
    [TILL_ENROLMENT_HINT_TURN] = "good; another view is wanted",
  };

  return words[hint];
}

static void
on_sighting (TillRecognizer *recognizer, TillSighting *sighting, gpointer user_data)
{
  Sitting *sitting = user_data;

  if (sighting->serial != sitting->session)
    return;
  if (sighting->enrolment_progress > sitting->progress || sighting->enrolment_hint != sitting->hint)
    {
      sitting->progress = sighting->enrolment_progress;
      sitting->hint = sighting->enrolment_hint;
      if (!sitting->words->options.json)
        fprintf (stderr, "%3.0f %%  %s\n", sitting->progress * 100, hint_words (sitting->hint));
    }
  if (sighting->enrolment_progress >= 1.0)
    sitting->over = TRUE;
}

static void
on_camera_ended (TillCamera *camera, gpointer user_data)
{
  ((Sitting *) user_data)->over = TRUE;
}

static void
on_failed (GObject *source, const GError *error, gpointer user_data)
{
  Sitting *sitting = user_data;

  if (sitting->error == NULL)
    sitting->error = g_error_copy (error);
  sitting->over = TRUE;
}

static gboolean
on_too_long (gpointer user_data)
{
  ((Sitting *) user_data)->over = TRUE;
  return G_SOURCE_CONTINUE;
}

static TillEnrolment *
enrol_camera (TillShop *shop, const Words *words, GError **error)
{
  g_autoptr (TillCameraSource) source = till_camera_source_parse (words->camera, error);
  TillRecognizer *recognizer = till_shop_get_recognizer (shop);
  Sitting sitting = { .words = words };

  if (source == NULL)
    return NULL;

  g_autoptr (TillCamera) camera = till_camera_new (source, till_shop_get_mailbox (shop));
  g_signal_connect (recognizer, "sighting", G_CALLBACK (on_sighting), &sitting);
  g_signal_connect (recognizer, "failed", G_CALLBACK (on_failed), &sitting);
  g_signal_connect (camera, "ended", G_CALLBACK (on_camera_ended), &sitting);
  g_signal_connect (camera, "failed", G_CALLBACK (on_failed), &sitting);
  while (!till_recognizer_is_ready (recognizer) && !sitting.over)
    g_main_context_iteration (NULL, TRUE);

  guint patience = g_timeout_add_seconds (CAMERA_SECONDS, on_too_long, &sitting);
  sitting.session = till_recognizer_begin (recognizer, TILL_RECOGNIZER_ENROL);
  till_camera_start (camera);
  while (!sitting.over)
    g_main_context_iteration (NULL, TRUE);
  till_camera_stop (camera);
  g_source_remove (patience);
  g_signal_handlers_disconnect_by_data (recognizer, &sitting);
  g_signal_handlers_disconnect_by_data (camera, &sitting);

  TillEnrolment *enrolment = till_recognizer_take_enrolment (recognizer);
  till_recognizer_end (recognizer);
  if (sitting.error != NULL)
    g_propagate_error (error, sitting.error);
  else if (enrolment == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "%s did not show enough good views of one face (%.0f %% done); at the end: %s",
                 words->camera, sitting.progress * 100, hint_words (sitting.hint));
  else
    return enrolment;
  g_clear_pointer (&enrolment, till_enrolment_free);
  return NULL;
}

static void
print_enrolled (const TillCustomer *customer, gboolean json)
{
  if (!json)
    {
      printf ("%s is enrolled as %s with %u templates.\n", till_customer_get_name (customer),
              till_customer_get_id (customer), till_customer_get_n_templates (customer));
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", till_customer_get_id (customer));
  json_object_set_string_member (object, "name", till_customer_get_name (customer));
  json_object_set_int_member (object, "templates", till_customer_get_n_templates (customer));
  json_object_set_string_member (object, "consent", till_customer_get_consent (customer));
  json_object_set_boolean_member (object, "pin", till_customer_get_pin (customer) != NULL);
  till_ctl_print_json (object);
}

/* The PINs that were announced, read before anything slow begins. */
typedef struct
{
  TillSecret *manager;
  TillSecret *customer;
} Pins;

static void
pins_clear (Pins *pins)
{
  g_clear_pointer (&pins->manager, till_secret_unref);
  g_clear_pointer (&pins->customer, till_secret_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pins, pins_clear)

static gboolean
pins_read (Pins *pins, const Words *words, GError **error)
{
  if (words->confirm_look_alike)
    {
      pins->manager = till_ctl_read_secret ("manager’s PIN", TILL_PIN_MOST_DIGITS);
      if (pins->manager == NULL)
        return FALSE;
    }
  if (!words->pin_stdin)
    return TRUE;
  pins->customer = till_ctl_read_secret ("customer’s PIN", TILL_PIN_MOST_DIGITS);
  return pins->customer != NULL
         && till_pin_check_new (till_secret_get_data (pins->customer), words->suffix, error);
}

static TillCustomer *
save (TillShop *shop, const Words *words, const Pins *pins, const TillEnrolment *enrolment, GError **error)
{
  const TillShopApplicant applicant = {
    .name = words->name,
    .suffix = words->suffix,
    .payer = words->payer,
    .enrolment = enrolment,
    .pin = pins->customer != NULL ? till_secret_get_data (pins->customer) : NULL,
    .manager_pin = pins->manager != NULL ? till_secret_get_data (pins->manager) : NULL,
    .by = words->guardian != NULL ? TILL_CONSENT_BY_GUARDIAN : TILL_CONSENT_BY_ADULT,
    .guardian = words->guardian,
    .place = TILL_CONSENT_PLACE_COMMAND,
  };
  g_auto (TillCtlCall) call = { 0 };

  till_shop_enrol_applicant_async (shop, &applicant, NULL, till_ctl_on_result, &call);
  return till_shop_enrol_finish (shop, till_ctl_wait (&call), error);
}

static int
save_customer (TillShop *shop, const Words *words, const Pins *pins, const TillEnrolment *enrolment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = save (shop, words, pins, enrolment, &error);

  if (customer == NULL)
    return till_ctl_fail (error);
  print_enrolled (customer, words->options.json);
  return 0;
}

/* A face pass */

static gboolean
write_sheet (TillShop *shop, const TillFacePass *pass, const char *code, const char *path, GError **error)
{
  g_autoptr (TillPassCode) squares = till_pass_code_new (code, error);
  const TillPassSheet sheet = { .shop = till_shop_get_name (shop), .pass = pass, .code = squares };

  return squares != NULL && till_pass_sheet_save (&sheet, path, error);
}

static void
print_pass (const TillFacePass *pass, const char *code, gboolean json)
{
  g_autofree char *expires = till_calendar_day_format (till_face_pass_get_expires_day (pass));
  JsonObject *object;

  if (!json)
    {
      printf ("Face pass %s, good until %s. Its code:\n%s\n", till_face_pass_get_number (pass), expires,
              code);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", till_face_pass_get_id (pass));
  json_object_set_string_member (object, "number", till_face_pass_get_number (pass));
  json_object_set_string_member (object, "expires", expires);
  json_object_set_string_member (object, "code", code);
  till_ctl_print_json (object);
}

static int
issue (TillShop *shop, const Words *words, const TillEnrolment *enrolment)
{
  const TillShopApplicant applicant = {
    .suffix = words->suffix,
    .payer = words->payer,
    .enrolment = enrolment,
    .by = words->guardian != NULL ? TILL_CONSENT_BY_GUARDIAN : TILL_CONSENT_BY_ADULT,
    .guardian = words->guardian,
    .place = TILL_CONSENT_PLACE_COMMAND,
  };
  g_autofree char *code = NULL;
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_issue_pass_async (shop, &applicant, NULL, till_ctl_on_result, &call);
  g_autoptr (TillFacePass) pass = till_shop_issue_pass_finish (shop, till_ctl_wait (&call), &code, &error);
  if (pass == NULL || (words->sheet != NULL && !write_sheet (shop, pass, code, words->sheet, &error)))
    return till_ctl_fail (error);
  print_pass (pass, code, words->options.json);
  explicit_bzero (code, strlen (code));
  return 0;
}

static int
enrol (int argc, char **argv, gboolean pass)
{
  g_auto (Words) words = { .pass = pass };
  g_auto (Pins) pins = { 0 };
  g_autoptr (GError) error = NULL;

  if (!words_parse (&words, argc, argv))
    return TILL_CTL_FAILED;
  if (!till_customer_check_suffix (words.suffix, &error))
    return till_ctl_fail (error);
  if (!pins_read (&pins, &words, &error))
    return error != NULL ? till_ctl_fail (error) : TILL_CTL_FAILED;

  g_autoptr (TillShop) shop = till_ctl_open_shop (&words.options);
  if (shop == NULL)
    return TILL_CTL_FAILED;
  if (till_shop_get_face_trouble (shop) != NULL)
    return till_ctl_fail (till_shop_get_face_trouble (shop));

  const TillConsentTerms terms = till_shop_get_terms (shop);
  g_autofree char *consent
      = till_consent_make_text (pass ? TILL_CONSENT_PASS : TILL_CONSENT_ENROLMENT, &terms);
  fprintf (stderr, "%s\n\n", consent);
  g_autoptr (TillEnrolment) enrolment
      = words.camera != NULL ? enrol_camera (shop, &words, &error) : enrol_photos (&words, &error);
  if (enrolment == NULL)
    return till_ctl_fail (error);
  return pass ? issue (shop, &words, enrolment) : save_customer (shop, &words, &pins, enrolment);
}

int
till_ctl_enrol (int argc, char **argv)
{
  return enrol (argc, argv, FALSE);
}

int
till_ctl_enrol_pass (int argc, char **argv)
{
  return enrol (argc, argv, TRUE);
}
