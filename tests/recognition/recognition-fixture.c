/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition-fixture.h"

#define WATCHDOG_SECONDS 150

static void
take_sighting (TillRecognizer *recognizer, TillSighting *sighting, RecognitionFixture *fixture)
{
  g_assert_cmpuint (sighting->serial, >=, fixture->least_serial);
  for (guint i = 0; i < till_faces_get_n (sighting->faces); i++)
    g_assert_cmphex (till_faces_get (sighting->faces, i)->measured & TILL_VISION_WANT_EMBEDDING, ==, 0);
  g_clear_pointer (&fixture->sighting, till_sighting_unref);
  fixture->sighting = till_sighting_ref (sighting);
  fixture->sightings++;
}

static void
take_error (TillRecognizer *recognizer, const GError *error, RecognitionFixture *fixture)
{
  g_assert_null (fixture->error);
  fixture->error = g_error_copy (error);
}

static void
set_up_with_models (RecognitionFixture *fixture, const char *models_dir)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  g_autoptr (GError) error = NULL;

  *fixture = (RecognitionFixture){ .may_fail = models_dir != g_getenv ("SMILETILL_MODELS") };
  fixture->point = till_operating_point_load (path, &error);
  g_assert_no_error (error);
  fixture->mailbox = till_mailbox_new ();
  fixture->recognizer = till_recognizer_new (models_dir, fixture->point, fixture->mailbox, 0);
  g_signal_connect (fixture->recognizer, "sighting", G_CALLBACK (take_sighting), fixture);
  g_signal_connect (fixture->recognizer, "failed", G_CALLBACK (take_error), fixture);
}

void
recognition_fixture_set_up (RecognitionFixture *fixture, gconstpointer data)
{
  set_up_with_models (fixture, data != NULL ? data : g_getenv ("SMILETILL_MODELS"));
}

void
recognition_fixture_tear_down (RecognitionFixture *fixture, gconstpointer data)
{
  recognition_fixture_stop (fixture);
  g_assert_finalize_object (fixture->recognizer);
  till_mailbox_unref (fixture->mailbox);
  till_operating_point_unref (fixture->point);
  g_clear_pointer (&fixture->sighting, till_sighting_unref);
  g_clear_error (&fixture->error);
}

static void
take_end (TillCamera *camera, RecognitionFixture *fixture)
{
  fixture->ended = TRUE;
}

static void
fail_camera (TillCamera *camera, const GError *error, RecognitionFixture *fixture)
{
  g_error ("The clip can't be played: %s", error->message);
}

void
recognition_fixture_play (RecognitionFixture *fixture, const char *name, const char *rest)
{
  g_autofree char *path = g_path_is_absolute (name)
                              ? g_strdup (name)
                              : g_build_filename (g_getenv ("SMILETILL_MODELS"), name, NULL);
  g_autofree char *spec = g_strconcat ("clip:", path, rest, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);

  g_assert_no_error (error);
  recognition_fixture_stop (fixture);
  fixture->ended = FALSE;
  fixture->camera = till_camera_new (source, fixture->mailbox);
  g_signal_connect (fixture->camera, "ended", G_CALLBACK (take_end), fixture);
  g_signal_connect (fixture->camera, "failed", G_CALLBACK (fail_camera), fixture);
  till_camera_start (fixture->camera);
}

void
recognition_fixture_stop (RecognitionFixture *fixture)
{
  if (fixture->camera != NULL)
    till_camera_stop (fixture->camera);
  g_clear_object (&fixture->camera);
}

static gboolean
bark (gpointer what)
{
  g_error ("This never happened: %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

void
recognition_fixture_wait (RecognitionFixture *fixture, RecognitionCondition condition, const char *what)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, bark, (gpointer) what);

  while (!condition (fixture))
    {
      if (fixture->error != NULL && !fixture->may_fail)
        g_error ("The recognizer failed: %s", fixture->error->message);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (watchdog);
}

static gboolean
have_frames_passed (RecognitionFixture *fixture)
{
  return till_camera_get_frame_count (fixture->camera) >= fixture->frames_seen + 25;
}

void
recognition_fixture_let_frames_pass (RecognitionFixture *fixture)
{
  fixture->frames_seen = till_camera_get_frame_count (fixture->camera);
  recognition_fixture_wait (fixture, have_frames_passed, "more frames came");
}

guint
recognition_fixture_begin (RecognitionFixture *fixture, TillRecognizerPurpose purpose)
{
  guint serial = till_recognizer_begin (fixture->recognizer, purpose);

  g_clear_pointer (&fixture->sighting, till_sighting_unref);
  fixture->sightings = 0;
  fixture->least_serial = serial;
  return serial;
}

gboolean
recognition_fixture_is_ready (RecognitionFixture *fixture)
{
  return till_recognizer_is_ready (fixture->recognizer);
}

gboolean
recognition_fixture_has_failed (RecognitionFixture *fixture)
{
  return fixture->error != NULL;
}

gboolean
recognition_fixture_has_ended (RecognitionFixture *fixture)
{
  return fixture->ended;
}

gboolean
recognition_fixture_is_identified (RecognitionFixture *fixture)
{
  return fixture->sighting != NULL && fixture->sighting->identity == TILL_EVIDENCE_FOR;
}

gboolean
recognition_fixture_is_unknown (RecognitionFixture *fixture)
{
  return fixture->sighting != NULL && fixture->sighting->identity == TILL_EVIDENCE_AGAINST;
}

gboolean
recognition_fixture_has_smiled (RecognitionFixture *fixture)
{
  return fixture->sighting != NULL && fixture->sighting->smile == TILL_SMILE_MADE;
}

static TillGallery *
make_gallery (const char *id, const float *templates, guint n)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  g_autoptr (GError) error = NULL;
  TillCustomer *customer = till_customer_new (id, id, "4242", "cus_test", "consent_test", templates, n,
                                              g_get_real_time (), &error);

  g_assert_no_error (error);
  g_ptr_array_add (customers, customer);
  return till_gallery_new (customers);
}

static gboolean
is_enrolled (RecognitionFixture *fixture)
{
  return fixture->sighting != NULL && fixture->sighting->enrolment_progress >= 1;
}

static TillGallery *
enrol_franck (void)
{
  RecognitionFixture fixture;

  recognition_fixture_set_up (&fixture, NULL);
  recognition_fixture_begin (&fixture, TILL_RECOGNIZER_ENROL);
  recognition_fixture_play (&fixture, "franck.webm", "@0-40");
  recognition_fixture_wait (&fixture, is_enrolled, "Franck was enrolled");

  g_autoptr (TillEnrolment) enrolment = till_recognizer_take_enrolment (fixture.recognizer);
  g_assert_nonnull (enrolment);
  g_assert_true (till_enrolment_is_complete (enrolment));
  g_assert_null (till_recognizer_take_enrolment (fixture.recognizer));
  TillGallery *gallery = make_gallery ("customer_franck", till_enrolment_get_templates (enrolment),
                                       till_enrolment_get_n_templates (enrolment));
  recognition_fixture_tear_down (&fixture, NULL);
  return gallery;
}

TillGallery *
recognition_fixture_get_franck (void)
{
  static TillGallery *franck = NULL;

  if (franck == NULL)
    franck = enrol_franck ();
  return till_gallery_ref (franck);
}

TillGallery *
recognition_fixture_enrol_photo (const char *id, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_MODELS"), name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), 0, &error);
  g_assert_no_error (error);
  g_autoptr (TillFrame) photo = till_vision_read_photo (path, &error);
  g_assert_no_error (error);
  g_autoptr (TillFaces) faces = till_vision_analyse (vision, photo, TILL_VISION_WANT_EMBEDDING, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (till_faces_get_n (faces), ==, 1);
  return make_gallery (id, till_faces_get (faces, 0)->embedding, 1);
}
