/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

static void
test_before_first_frame (SessionFixture *fixture, gconstpointer data)
{
  g_assert_null (till_evidence_session_sight (fixture->session));
}

static void
test_whole_payment (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillSighting) gathered = session_fixture_show (fixture, 12);
  g_assert_cmpuint (gathered->serial, ==, 7);
  g_assert_cmpuint (gathered->frame, ==, 12);
  g_assert_cmpint (gathered->captured_us, ==, fixture->now_us);
  g_assert_cmpint (gathered->done_us, ==, fixture->now_us + 1000);
  g_assert_cmpint (gathered->frame_width, ==, 800);
  g_assert_cmpint (gathered->frame_height, ==, 600);
  g_assert_true (gathered->face);
  g_assert_cmpint (gathered->hint, ==, TILL_HINT_NONE);
  g_assert_cmpint (gathered->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (gathered->live, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (gathered->eyes, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (gathered->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (gathered->first_face_us, ==, BEGUN_US + FRAME_US);
  g_assert_cmpint (gathered->first_good_us, ==, BEGUN_US + FRAME_US);
  g_assert_cmpint (gathered->identified_us, ==, 0);
  g_assert_null (gathered->customer);

  /* The embeddings are there already: no new frame is needed. */
  session_fixture_type_digits (fixture);
  g_autoptr (TillSighting) identified = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (identified->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpstr (identified->customer, ==, "customer_0");
  g_assert_cmpint (identified->identified_us, ==, fixture->now_us);

  session_fixture_prompt (fixture);
  g_autoptr (TillSighting) relaxed = session_fixture_show (fixture, 20);
  g_assert_cmpint (relaxed->smile, ==, TILL_SMILE_WANTED);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) made = session_fixture_show (fixture, 30);
  g_assert_cmpint (made->smile, ==, TILL_SMILE_MADE);
  g_assert_cmpfloat (made->smile_level, ==, 1);
  g_assert_cmpint (made->smile_seen_us, >, identified->captured_us);
  g_assert_cmpint (made->smile_us, ==, made->smile_seen_us + 1000);
  g_assert_cmpint (made->identified_us, ==, identified->identified_us);
}

static void
test_no_embeddings_leave (SessionFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 1);
      const TillFace *face = till_faces_get (sighting->faces, 0);

      g_assert_cmphex (face->measured & TILL_VISION_WANT_EMBEDDING, ==, 0);
      for (guint k = 0; k < TILL_VISION_EMBEDDING; k++)
        g_assert_cmpfloat ((double) face->embedding[k], ==, 0);
      g_assert_cmpfloat ((double) face->quality.size, ==, 200);
    }
}

static void
test_unknown (SessionFixture *fixture, gconstpointer data)
{
  fixture->person = 2;
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 100);
  g_assert_cmpint (sighting->identity, ==, TILL_EVIDENCE_AGAINST);
  g_assert_null (sighting->customer);
  g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
}

static void
test_photograph (SessionFixture *fixture, gconstpointer data)
{
  fixture->live = 0.03f;
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 100);
  g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (sighting->smile, ==, TILL_SMILE_RELAX);
}

static void
test_sleeper (SessionFixture *fixture, gconstpointer data)
{
  fixture->closed = 0.93f;
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 100);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 100);
  g_assert_cmpint (sighting->eyes, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (sighting->hint, ==, TILL_HINT_EYES);
  g_assert_cmpint (sighting->smile, ==, TILL_SMILE_RELAX);
}

/* Typing with bowed head looks like sleep, until the digits are there. */
static void
test_looks_down_while_typing (SessionFixture *fixture, gconstpointer data)
{
  fixture->closed = 0.93f;
  g_autoptr (TillSighting) typing = session_fixture_show (fixture, 100);
  g_assert_cmpint (typing->eyes, ==, TILL_EVIDENCE_AGAINST);
  session_fixture_type_digits (fixture);
  g_autoptr (TillSighting) typed = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (typed->eyes, ==, TILL_EVIDENCE_OPEN);
  fixture->closed = 0.05f;
  g_autoptr (TillSighting) up = session_fixture_show (fixture, 5);
  g_assert_cmpint (up->eyes, ==, TILL_EVIDENCE_FOR);
}

static void
test_two_smiles (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  till_evidence_session_prompt_smile (fixture->session, 2, fixture->now_us);
  session_fixture_skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) first = session_fixture_show (fixture, 30);
  g_assert_cmpint (first->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpuint (first->smiles_made, ==, 1);
  g_assert_cmpuint (first->smiles_wanted, ==, 2);
  g_assert_cmpint (first->smile_us, ==, 0);
  fixture->smile = 0.03f;
  session_fixture_skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) second = session_fixture_show (fixture, 30);
  g_assert_cmpint (second->smile, ==, TILL_SMILE_MADE);
  g_assert_cmpuint (second->smiles_made, ==, 2);
  g_assert_cmpint (second->smile_us, >, 0);
  g_assert_cmpint (second->smile_seen_us, >, first->captured_us);
}

static void
test_bars (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (TillSighting) first = session_fixture_show (fixture, 1);

  g_assert_true (first->bars[TILL_EVIDENCE_BAR_SIZE].measured);
  g_assert_false (first->bars[TILL_EVIDENCE_BAR_IDENTITY].measured);
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 30);
  for (guint i = 0; i < TILL_EVIDENCE_N_BARS; i++)
    {
      const TillEvidenceBar *bar = &sighting->bars[i];

      g_assert_nonnull (till_evidence_bar_name ((TillEvidencePiece) i));
      g_assert_true (bar->measured);
      g_assert_cmpint (bar->says, ==, TILL_EVIDENCE_FOR);
      g_assert_cmpfloat (bar->value, >=, 0);
      g_assert_cmpfloat (bar->value, <=, 1);
      g_assert_cmpfloat (bar->threshold, >=, 0);
      g_assert_cmpfloat (bar->threshold, <=, 1);
      g_assert_true (bar->wants_above ? bar->value >= bar->threshold : bar->value <= bar->threshold);
    }
  g_assert_cmpfloat_with_epsilon (sighting->bars[TILL_EVIDENCE_BAR_IDENTITY].raw, 0.8, 1e-4);
  g_assert_cmpfloat_with_epsilon (sighting->bars[TILL_EVIDENCE_BAR_IDENTITY].raw_threshold,
                                  till_operating_point_identity_score (fixture->point, 2), 1e-9);
  g_assert_cmpfloat_with_epsilon (sighting->bars[TILL_EVIDENCE_BAR_SIZE].raw, 200, 1e-4);
}

static void
test_far (SessionFixture *fixture, gconstpointer data)
{
  fixture->size = 100;
  session_fixture_type_digits (fixture);
  g_autoptr (TillSighting) far = session_fixture_show (fixture, 60);
  g_assert_cmpint (far->hint, ==, TILL_HINT_CLOSER);
  g_assert_cmpint (far->live, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (far->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (far->first_face_us, !=, 0);
  g_assert_cmpint (far->first_good_us, ==, 0);
}

/* Side light: the network can't say, and the customer is told of the light instead. */
static void
test_doubtful_light (SessionFixture *fixture, gconstpointer data)
{
  fixture->live = 0.44f;
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 60);
  g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (sighting->hint, ==, TILL_HINT_LIGHT);
}

/* Face and room have a period in common: nobody is called a picture for it, but nothing goes on. Who comes then is new. */
static void
test_screen (SessionFixture *fixture, gconstpointer data)
{
  fixture->striped = TRUE;
  session_fixture_type_digits (fixture);
  g_autoptr (TillSighting) screen = session_fixture_show (fixture, 60);
  g_assert_cmpint (screen->live, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (screen->hint, ==, TILL_HINT_LIGHT);
  g_assert_cmpint (screen->identity, ==, TILL_EVIDENCE_FOR);

  fixture->striped = FALSE;
  fixture->present = FALSE;
  session_fixture_skip (fixture, 40);
  fixture->present = TRUE;
  g_autoptr (TillSighting) somebody = session_fixture_show (fixture, 20);
  g_assert_cmpint (somebody->live, ==, TILL_EVIDENCE_FOR);
}

static void
test_steady_work (SessionFixture *fixture, gconstpointer data)
{
  guint embeddings = 0;
  guint livenesses = 0;

  session_fixture_type_digits (fixture);
  session_fixture_skip (fixture, 30);
  fixture->followed = 0;
  for (guint i = 0; i < 100; i++)
    {
      TillAnalysisPlan plan;

      till_evidence_session_plan (fixture->session, fixture->now_us + FRAME_US, &plan);
      embeddings += (plan.wanted & TILL_VISION_WANT_EMBEDDING) != 0;
      livenesses += (plan.wanted & TILL_VISION_WANT_LIVENESS) != 0;
      session_fixture_skip (fixture, 1);
    }
  g_assert_cmpuint (embeddings, ==, 10);
  g_assert_cmpuint (livenesses, ==, 10);
  g_assert_cmpuint (fixture->followed, >=, 88);
  g_assert_cmpuint (fixture->judged, ==, 0);
}

static void
test_enrolment (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_begin (fixture, TILL_RECOGNIZER_ENROL);
  g_autoptr (TillSighting) started = session_fixture_show (fixture, 20);
  g_assert_cmpfloat (started->enrolment_progress, >, 0);
  g_assert_cmpfloat (started->enrolment_progress, <, 1);
  g_assert_null (till_evidence_session_take_enrolment (fixture->session));

  /* Holding still long enough is a way to be enrolled too. */
  g_autoptr (TillSighting) complete = session_fixture_show (fixture, 6 * TILL_ENROLMENT_PATIENCE);
  g_assert_cmpfloat (complete->enrolment_progress, ==, 1);
  g_autoptr (TillEnrolment) enrolment = till_evidence_session_take_enrolment (fixture->session);
  g_assert_nonnull (enrolment);
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), >=, TILL_ENROLMENT_LEAST);
  g_assert_null (till_evidence_session_take_enrolment (fixture->session));
  g_autoptr (TillSighting) after = session_fixture_show (fixture, 10);
  g_assert_cmpfloat (after->enrolment_progress, ==, 1);
}

/* No template of a photograph, nor of somebody who is not alone. */
static void
test_enrolment_refused (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_begin (fixture, TILL_RECOGNIZER_ENROL);
  fixture->live = 0.03f;
  g_autoptr (TillSighting) photograph = session_fixture_show (fixture, 200);
  g_assert_cmpfloat (photograph->enrolment_progress, ==, 0);
  g_assert_cmpint (photograph->live, ==, TILL_EVIDENCE_AGAINST);

  session_fixture_begin (fixture, TILL_RECOGNIZER_ENROL);
  fixture->live = 0.99f;
  fixture->other = 150;
  g_autoptr (TillSighting) crowd = session_fixture_show (fixture, 200);
  g_assert_cmpfloat (crowd->enrolment_progress, ==, 0);
  g_assert_cmpint (crowd->enrolment_hint, ==, TILL_ENROLMENT_HINT_ALONE);
}

/* Templates are never of two people. */
static void
test_enrolment_swap (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_begin (fixture, TILL_RECOGNIZER_ENROL);
  g_autoptr (TillSighting) first = session_fixture_show (fixture, 2 * TILL_ENROLMENT_PATIENCE);
  fixture->person = 1;
  g_autoptr (TillSighting) second = session_fixture_show (fixture, 2);
  g_assert_cmpfloat (second->enrolment_progress, <, first->enrolment_progress);
  g_assert_cmpfloat (second->enrolment_progress, ==, 0);
}

#define ADD(path, function)                                                                                  \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, function, session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/session/before-first-frame", test_before_first_frame);
  ADD ("/session/whole-payment", test_whole_payment);
  ADD ("/session/no-embeddings-leave", test_no_embeddings_leave);
  ADD ("/session/unknown", test_unknown);
  ADD ("/session/photograph", test_photograph);
  ADD ("/session/sleeper", test_sleeper);
  ADD ("/session/looks-down-while-typing", test_looks_down_while_typing);
  ADD ("/session/two-smiles", test_two_smiles);
  ADD ("/session/bars", test_bars);
  ADD ("/session/far", test_far);
  ADD ("/session/doubtful-light", test_doubtful_light);
  ADD ("/session/screen", test_screen);
  ADD ("/session/steady-work", test_steady_work);
  ADD ("/session/enrolment", test_enrolment);
  ADD ("/session/enrolment-refused", test_enrolment_refused);
  ADD ("/session/enrolment-swap", test_enrolment_swap);

  return g_test_run ();
}
