/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition-fixture.h"

#include "base/till-error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static double
to_ms (gint64 us)
{
  return (double) us / 1000;
}

static gboolean
has_sighting (RecognitionFixture *fixture)
{
  return fixture->sighting != NULL;
}

static gboolean
has_many_sightings (RecognitionFixture *fixture)
{
  return fixture->sightings >= 20;
}

/* The whole of what a customer does: comes, is known, is asked to smile, smiles. */
static void
test_franck_pays (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) franck = recognition_fixture_get_franck ();

  recognition_fixture_wait (fixture, recognition_fixture_is_ready, "the networks were loaded");
  guint serial = recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, franck);
  recognition_fixture_play (fixture, "franck.webm", "@91-104,loop");
  recognition_fixture_wait (fixture, recognition_fixture_is_identified, "Franck was identified");

  g_autoptr (TillSighting) identified = till_sighting_ref (fixture->sighting);
  g_assert_cmpuint (identified->serial, ==, serial);
  g_assert_cmpstr (identified->customer, ==, "customer_franck");
  g_assert_cmpfloat (identified->score, >=, till_operating_point_identity_score (fixture->point, 1));
  g_assert_cmpint (identified->smile, ==, TILL_SMILE_IDLE);
  g_test_message ("identified %.0f ms after the first good frame was captured, score %.2f",
                  to_ms (identified->identified_us - identified->first_good_us), identified->score);

  gint64 prompted_us = g_get_monotonic_time ();
  till_recognizer_prompt_smile (fixture->recognizer, 1);
  recognition_fixture_wait (fixture, recognition_fixture_has_smiled, "Franck smiled");
  const TillSighting *made = fixture->sighting;
  g_assert_cmpint (made->smile_seen_us, >, prompted_us);
  g_assert_cmpint (made->smile_us, >=, made->smile_seen_us);
  g_assert_cmpint (made->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (made->live, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (made->eyes, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpstr (made->customer, ==, "customer_franck");
  g_assert_cmpfloat (made->smile_level, ==, 1);
  g_test_message ("smile decided %.0f ms after its frame was captured, %.0f ms after the prompt",
                  to_ms (made->smile_us - made->smile_seen_us), to_ms (made->smile_us - prompted_us));
}

/* The customer types after the evidence is there. */
static void
test_late_digits (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) franck = recognition_fixture_get_franck ();

  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  recognition_fixture_play (fixture, "franck.webm", "@64-90");
  recognition_fixture_wait (fixture, has_many_sightings, "twenty frames were analysed");
  g_assert_cmpint (fixture->sighting->identity, ==, TILL_EVIDENCE_OPEN);

  /* No frame comes any more. */
  recognition_fixture_stop (fixture);
  gint64 typed_us = g_get_monotonic_time ();
  till_recognizer_set_candidates (fixture->recognizer, franck);
  recognition_fixture_wait (fixture, recognition_fixture_is_identified,
                            "Franck was identified from what was seen");
  g_assert_cmpint (fixture->sighting->identified_us, >=, typed_us);
  g_test_message ("identified %.1f ms after the digits", to_ms (fixture->sighting->identified_us - typed_us));
}

typedef struct
{
  guint frames;
  guint identified;
  guint smiled;
  guint unknown;
  double best;
} Tally;

static void
tally_sighting (TillRecognizer *recognizer, TillSighting *sighting, Tally *tally)
{
  tally->frames++;
  tally->identified += sighting->identity == TILL_EVIDENCE_FOR || sighting->customer != NULL;
  tally->unknown += sighting->identity == TILL_EVIDENCE_AGAINST;
  tally->smiled += sighting->smile == TILL_SMILE_MADE;
  tally->best = MAX (tally->best, sighting->score);
}

/* Somebody else, with Franck's digits. */
static void
test_stranger (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) franck = recognition_fixture_get_franck ();
  Tally tally = { .best = -1 };

  g_signal_connect (fixture->recognizer, "sighting", G_CALLBACK (tally_sighting), &tally);
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, franck);
  till_recognizer_prompt_smile (fixture->recognizer, 1);
  recognition_fixture_play (fixture, "cap12_edit.webm", "@0-20");
  recognition_fixture_wait (fixture, recognition_fixture_has_ended, "the clip ended");
  g_assert_cmpuint (tally.unknown, >, 0);
  g_assert_cmpuint (tally.identified, ==, 0);
  g_assert_cmpuint (tally.smiled, ==, 0);
  g_test_message ("best score of %u frames: %.2f", tally.frames, tally.best);
}

/* Wrong digits: nobody has them. The answer comes as it does to a stranger with right ones. */
static void
test_empty_bucket (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (TillGallery) empty = till_gallery_new (nobody);

  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, empty);
  recognition_fixture_play (fixture, "franck.webm", "@64-90");
  recognition_fixture_wait (fixture, recognition_fixture_is_unknown, "nobody was found");
  g_assert_null (fixture->sighting->customer);
  g_assert_cmpfloat (fixture->sighting->score, ==, -1);
}

static gboolean
has_looked_long (RecognitionFixture *fixture)
{
  return fixture->sightings >= 60;
}

/* A picture of a smile is known and live by the network, and still no wish to pay. */
static void
test_photo_of_a_smile (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) gallery = recognition_fixture_enrol_photo ("customer_photo", "astronaut.png");
  Tally tally = { 0 };

  g_signal_connect (fixture->recognizer, "sighting", G_CALLBACK (tally_sighting), &tally);
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, gallery);
  till_recognizer_prompt_smile (fixture->recognizer, 1);
  recognition_fixture_play (fixture, "astronaut.png", ",loop");
  recognition_fixture_wait (fixture, has_looked_long, "sixty frames were analysed");
  g_assert_cmpuint (tally.smiled, ==, 0);
  g_assert_cmpint (fixture->sighting->smile, ==, TILL_SMILE_RELAX);
}

static char *
make_stills (const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("stills-XXXXXX", &error);
  const char *names[2] = { first, second };

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u%s", i, strrchr (names[i], '.'));
      g_autofree char *from = g_build_filename (g_getenv ("SMILETILL_MODELS"), names[i], NULL);
      g_autofree char *to = g_build_filename (folder, name, NULL);

      g_assert_no_errno (symlink (from, to));
    }
  return folder;
}

static void
remove_stills (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_unlink (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}

static gboolean
is_unidentified (RecognitionFixture *fixture)
{
  return fixture->sighting->identity != TILL_EVIDENCE_FOR;
}

/* One person, then another in their place. */
static void
test_swap (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) gallery = recognition_fixture_enrol_photo ("customer_first", "grace_hopper.jpg");
  g_autofree char *folder = make_stills ("grace_hopper.jpg", "astronaut.png");

  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, gallery);
  recognition_fixture_play (fixture, folder, ",loop");
  recognition_fixture_wait (fixture, recognition_fixture_is_identified, "the first was identified");
  g_autoptr (TillSighting) first = till_sighting_ref (fixture->sighting);
  recognition_fixture_wait (fixture, is_unidentified, "the second was noticed");
  g_assert_cmpint (fixture->sighting->first_face_us, >, first->captured_us);
  g_assert_cmpint (fixture->sighting->identified_us, ==, 0);
  g_assert_cmpint (fixture->sighting->live, ==, TILL_EVIDENCE_OPEN);
  recognition_fixture_stop (fixture);
  remove_stills (folder);
}

/* Sessions on sessions: what one saw never reaches the next. The fixture checks each serial. */
static void
test_stale_sightings (RecognitionFixture *fixture, gconstpointer data)
{
  recognition_fixture_wait (fixture, recognition_fixture_is_ready, "the networks were loaded");
  recognition_fixture_play (fixture, "franck.webm", "@64-90,loop");
  for (guint i = 1; i <= 30; i++)
    {
      guint serial = recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);

      g_assert_cmpuint (serial, ==, i);
      recognition_fixture_wait (fixture, has_sighting, "the session saw something");
      g_assert_cmpuint (fixture->sighting->serial, ==, serial);
    }
}

static void
test_end (RecognitionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillGallery) franck = recognition_fixture_get_franck ();

  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, franck);
  till_recognizer_prompt_smile (fixture->recognizer, 1);
  recognition_fixture_play (fixture, "franck.webm", "@64-90,loop");
  recognition_fixture_wait (fixture, recognition_fixture_is_identified, "Franck was identified");
  till_recognizer_end (fixture->recognizer);
  g_clear_pointer (&fixture->sighting, till_sighting_unref);

  /* Nothing is said of frames after the end, and nothing of the session is left for the next. */
  recognition_fixture_let_frames_pass (fixture);
  g_assert_null (fixture->sighting);
  g_assert_null (till_recognizer_take_enrolment (fixture->recognizer));

  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  recognition_fixture_wait (fixture, has_many_sightings, "twenty frames were analysed");
  g_assert_cmpint (fixture->sighting->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (fixture->sighting->smile, ==, TILL_SMILE_IDLE);
}

/* Closing in the middle of an analysis waits for it and nothing comes after. */
static void
test_close (RecognitionFixture *fixture, gconstpointer data)
{
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  recognition_fixture_play (fixture, "franck.webm", "@64-90,loop");
  recognition_fixture_wait (fixture, has_sighting, "something was seen");
  till_recognizer_close (fixture->recognizer);
  g_clear_pointer (&fixture->sighting, till_sighting_unref);
  g_assert_false (till_recognizer_is_ready (fixture->recognizer));
  recognition_fixture_let_frames_pass (fixture);
  g_assert_null (fixture->sighting);
  till_recognizer_end (fixture->recognizer);
  till_recognizer_close (fixture->recognizer);
}

static void
test_close_while_loading (RecognitionFixture *fixture, gconstpointer data)
{
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
}

static void
test_no_models (RecognitionFixture *fixture, gconstpointer data)
{
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  recognition_fixture_play (fixture, "franck.webm", "@64-90,loop");
  recognition_fixture_wait (fixture, recognition_fixture_has_failed, "the networks were missed");
  g_assert_error (fixture->error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (fixture->error->message, "/nonexistent"));
  recognition_fixture_let_frames_pass (fixture);
  g_assert_null (fixture->sighting);
  g_assert_false (till_recognizer_is_ready (fixture->recognizer));
}

#define ADD(path, function, models)                                                                          \
  g_test_add (path, RecognitionFixture, models, recognition_fixture_set_up, function,                        \
              recognition_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/clips/franck-pays", test_franck_pays, NULL);
  ADD ("/clips/late-digits", test_late_digits, NULL);
  ADD ("/clips/stranger", test_stranger, NULL);
  ADD ("/clips/empty-bucket", test_empty_bucket, NULL);
  ADD ("/clips/photo-of-a-smile", test_photo_of_a_smile, NULL);
  ADD ("/clips/swap", test_swap, NULL);
  ADD ("/clips/stale-sightings", test_stale_sightings, NULL);
  ADD ("/clips/end", test_end, NULL);
  ADD ("/clips/close", test_close, NULL);
  ADD ("/clips/close-while-loading", test_close_while_loading, NULL);
  ADD ("/clips/no-models", test_no_models, "/nonexistent");

  return g_test_run ();
}
