/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

static void
test_second_person (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->other = 150;
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) crowded = session_fixture_show (fixture, 100);
  g_assert_cmpint (crowded->alone, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (crowded->hint, ==, TILL_HINT_ALONE);
  g_assert_cmpint (crowded->smile, ==, TILL_SMILE_WANTED);
  g_assert_cmpint (crowded->identity, ==, TILL_EVIDENCE_FOR);

  fixture->other = 0;
  g_autoptr (TillSighting) alone = session_fixture_show (fixture, 60);
  g_assert_cmpint (alone->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (alone->smile, ==, TILL_SMILE_MADE);
}

/* Held while nobody else was there, not across somebody else's visit. */
static void
test_smile_interrupted (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) holding = session_fixture_show (fixture, 4);
  g_assert_cmpint (holding->smile, ==, TILL_SMILE_HOLDING);
  fixture->other = 150;
  session_fixture_skip (fixture, 15);
  fixture->other = 0;
  g_autoptr (TillSighting) back = session_fixture_show (fixture, 6);
  g_assert_cmpint (back->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (back->smile, ==, TILL_SMILE_HOLDING);
}

/* The digits are taken back and others typed: the smile was a wish to pay as somebody else. */
static void
test_digits_during_smile (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (TillGallery) empty = till_gallery_new (nobody);

  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->smile = 0.97f;
  session_fixture_skip (fixture, 4);
  till_evidence_session_set_candidates (fixture->session, empty, fixture->now_us);
  session_fixture_skip (fixture, 6);
  session_fixture_type_digits (fixture);
  g_autoptr (TillSighting) back = session_fixture_show (fixture, 6);
  g_assert_cmpint (back->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (back->smile, ==, TILL_SMILE_RELAX);
}

/* Another customer takes the place, exactly where the first one stood. */
static void
test_swap (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  g_autoptr (TillSighting) before = session_fixture_show (fixture, 60);
  g_assert_cmpint (before->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (before->smile, ==, TILL_SMILE_WANTED);

  fixture->person = 2;
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) after = session_fixture_show (fixture, 12);
  g_assert_cmpint (after->identity, !=, TILL_EVIDENCE_FOR);
  g_assert_cmpint (after->identified_us, ==, 0);
  g_assert_cmpint (after->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpint (after->smile_us, ==, 0);
  g_assert_cmpint (after->first_face_us, >, before->captured_us);

  g_autoptr (TillSighting) late = session_fixture_show (fixture, 100);
  g_assert_cmpint (late->identity, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (late->smile, ==, TILL_SMILE_RELAX);
}

/* At the worst moment: between neutral and smile. The frames of the smile itself are looked at for who smiles. */
static void
test_swap_for_the_smile (SessionFixture *fixture, gconstpointer data)
{
  for (guint delay = 0; delay < 15; delay++)
    {
      session_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->person = 0;
      fixture->smile = 0.03f;
      session_fixture_type_digits (fixture);
      session_fixture_prompt (fixture);
      session_fixture_skip (fixture, 30 + delay);
      fixture->person = 1;
      fixture->smile = 0.97f;
      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 1);
          g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
        }
    }
}

/* What all frames say together is not enough in those that are paid on. */
static void
test_deciding_frames (SessionFixture *fixture, gconstpointer data)
{
  const struct
  {
    float live;
    float match;
    gboolean made;
  } cases[] = { { 0.4f, 0, FALSE }, { 0, 0.45f, FALSE }, { 0.95f, 0.8f, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      session_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->smile = 0.03f;
      fixture->mouth = 0;
      fixture->deciding_live = fixture->deciding_match = 0;
      session_fixture_type_digits (fixture);
      session_fixture_prompt (fixture);
      session_fixture_skip (fixture, 40);
      fixture->deciding_live = cases[i].live;
      fixture->deciding_match = cases[i].match;
      fixture->smile = 0.97f;
      g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 60);
      g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_FOR);
      g_assert_cmpint (sighting->identity, ==, TILL_EVIDENCE_FOR);
      g_assert_true ((sighting->smile == TILL_SMILE_MADE) == cases[i].made);
    }
}

/* Who is followed is not seen to be alone. */
static void
test_followed_company (SessionFixture *fixture, gconstpointer data)
{
  const TillAnalysisPlan follow = {
    .follow = TRUE,
    .wanted = TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EYES,
  };

  fixture->other = 150;
  session_fixture_skip (fixture, 10);
  for (guint i = 0; i < 20; i++)
    {
      fixture->now_us += FRAME_US;
      g_autoptr (TillFrame) frame = session_fixture_capture (fixture);
      g_autoptr (TillFaces) faces = session_fixture_look (fixture, &follow);

      till_evidence_session_add (fixture->session, frame, faces, fixture->now_us);
    }
  g_autoptr (TillSighting) sighting = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (sighting->alone, ==, TILL_EVIDENCE_AGAINST);
}

/* Somebody steps in while the customer is being followed; it is seen before anything is paid. */
static void
test_company_between_looks (SessionFixture *fixture, gconstpointer data)
{
  for (guint delay = 0; delay < 10; delay++)
    {
      session_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->smile = 0.03f;
      fixture->mouth = 0;
      fixture->other = 0;
      session_fixture_type_digits (fixture);
      session_fixture_prompt (fixture);
      session_fixture_skip (fixture, 40 + delay);
      g_assert_cmpuint (fixture->followed, >, 0);
      fixture->other = 150;
      fixture->smile = 0.97f;
      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 1);
          g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
        }
    }
}

/* Two customers as like as two drops of water. */
static void
test_twins (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  g_ptr_array_add (customers, session_fixture_make_customer ("customer_0", 0));
  g_ptr_array_add (customers, session_fixture_make_customer ("customer_twin", 0));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_evidence_session_set_candidates (fixture->session, gallery, fixture->now_us);
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, 30);
  g_assert_true (sighting->look_alike);
  g_assert_cmpint (sighting->identity, !=, TILL_EVIDENCE_FOR);
  g_assert_null (sighting->customer);
  g_assert_cmpint (sighting->bars[TILL_EVIDENCE_BAR_MARGIN].says, ==, TILL_EVIDENCE_AGAINST);
}

static void
test_jump (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  session_fixture_skip (fixture, 30);
  fixture->x = 550;
  g_autoptr (TillSighting) unsure = session_fixture_show (fixture, 1);
  g_assert_cmpint (unsure->identity, ==, TILL_EVIDENCE_FOR);
  g_autoptr (TillSighting) jumped = session_fixture_show (fixture, 1);
  g_assert_cmpint (jumped->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (jumped->live, ==, TILL_EVIDENCE_OPEN);
}

static void
test_leaves (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_type_digits (fixture);
  session_fixture_prompt (fixture);
  session_fixture_skip (fixture, 30);
  fixture->present = FALSE;
  g_autoptr (TillSighting) looking_away = session_fixture_show (fixture, 15);
  g_assert_false (looking_away->face);
  g_assert_cmpint (looking_away->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (looking_away->smile, ==, TILL_SMILE_WANTED);
  g_autoptr (TillSighting) gone = session_fixture_show (fixture, 40);
  g_assert_cmpint (gone->hint, ==, TILL_HINT_NO_FACE);
  g_assert_cmpint (gone->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (gone->alone, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (gone->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpint (gone->first_face_us, ==, 0);
}

#define ADD(path, function)                                                                                  \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, function, session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/same-face/second-person", test_second_person);
  ADD ("/same-face/smile-interrupted", test_smile_interrupted);
  ADD ("/same-face/digits-during-smile", test_digits_during_smile);
  ADD ("/same-face/swap", test_swap);
  ADD ("/same-face/swap-for-the-smile", test_swap_for_the_smile);
  ADD ("/same-face/deciding-frames", test_deciding_frames);
  ADD ("/same-face/followed-company", test_followed_company);
  ADD ("/same-face/company-between-looks", test_company_between_looks);
  ADD ("/same-face/twins", test_twins);
  ADD ("/same-face/jump", test_jump);
  ADD ("/same-face/leaves", test_leaves);

  return g_test_run ();
}
