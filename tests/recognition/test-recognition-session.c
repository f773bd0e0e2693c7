/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-face.h"
#include "recognition/till-evidence-session.h"
#include "vision/till-faces-private.h"

#include <math.h>
#include <string.h>

#define FRAME_US (40 * 1000)
#define BEGUN_US (50 * G_USEC_PER_SEC)
#define STRANGER 300

/* Who stands before the camera and what they do; each frame is made from it as vision would. */
typedef struct
{
  TillEvidenceSession *session;
  TillOperatingPoint *point;
  gint64 now_us;
  guint64 serial;

  gboolean present;
  guint person;
  float x;
  float size;
  float other; /* height of a second face, 0 for none */
  float live;
  float closed;
  float strength;
  float smile;
  float deciding_live;  /* of frames the smile is judged in, 0 for as of all others */
  float deciding_match; /* the same for the cosine to the customer's template */
  double mouth;         /* moves towards what the smile is */
  guint followed;       /* frames */
  guint judged;         /* by the network for the smile */
} Fixture;

/* Wider than at rest by this many eye distances is a smile, a frame takes it so much further. */
#define SMILE  0.2
#define STRIDE 0.04

static gint64
draw_least (gint64 least_us, gint64 most_us, gpointer data)
{
  return least_us;
}

static void
begin (Fixture *fixture, TillRecognizerPurpose purpose)
{
  g_clear_pointer (&fixture->session, till_evidence_session_free);
  fixture->session = till_evidence_session_new (7, purpose, fixture->point, BEGUN_US);
  till_evidence_session_set_delay (fixture->session, draw_least, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  g_autoptr (GError) error = NULL;

  fixture->point = till_operating_point_load (path, &error);
  g_assert_no_error (error);
  fixture->now_us = BEGUN_US;
  begin (fixture, TILL_RECOGNIZER_PAY);
  fixture->present = TRUE;
  fixture->x = 200;
  fixture->size = 200;
  fixture->live = 0.99f;
  fixture->closed = 0.05f;
  fixture->strength = 3.5f;
  fixture->smile = 0.03f;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_evidence_session_free (fixture->session);
  till_operating_point_unref (fixture->point);
}

static void
fill_deciding (const Fixture *fixture, TillFace *face)
{
  if (fixture->deciding_live > 0)
    face->live = face->live_close = fixture->deciding_live;
  if (fixture->deciding_match > 0)
    {
      memset (face->embedding, 0, sizeof face->embedding);
      face->embedding[fixture->person] = fixture->deciding_match;
      face->embedding[STRANGER - 1] = sqrtf (1 - fixture->deciding_match * fixture->deciding_match);
    }
}

static void
fill_face (const Fixture *fixture, TillFace *face, TillVisionWanted wanted)
{
  face->measured = wanted & TILL_VISION_WANT_ALL;
  face->box = (TillBox){ fixture->x, 100, 0.8f * fixture->size, fixture->size };
  face->square = (TillBox){ fixture->x, 100, fixture->size, fixture->size };
  face->score = 0.99f;
  drawn_face_fill (face->landmarks, (double) fixture->x, 100, (double) fixture->size, fixture->mouth);
  face->quality = (TillFaceQuality){ fixture->size, 500, 120, 50, 0.05f };
  if ((wanted & TILL_VISION_WANT_LIVENESS) != 0)
    face->live = fixture->live;
  if ((wanted & TILL_VISION_WANT_CLOSE_LIVENESS) != 0)
    face->live_close = fixture->live;
  if ((wanted & TILL_VISION_WANT_GRID) != 0)
    face->grid = 5;
  if ((wanted & TILL_VISION_WANT_EYES) != 0)
    face->eyes_closed[0] = face->eyes_closed[1] = fixture->closed;
  if ((wanted & TILL_VISION_WANT_SMILE) != 0)
    face->smile = fixture->smile;
  if ((wanted & TILL_VISION_WANT_EMBEDDING) != 0)
    {
      face->strength = 3.5f;
      face->strength = fixture->strength;
      face->embedding[fixture->person] = 0.8f;
      face->embedding[STRANGER + fixture->person] = 0.6f;
    }
  if ((wanted & TILL_VISION_WANT_SMILE) != 0)
    fill_deciding (fixture, face);
}

static TillFaces *
make_faces (Fixture *fixture, const TillAnalysisPlan *plan)
{
  guint n = !fixture->present ? 0 : fixture->other > 0 && !plan->follow ? 2 : 1;
  TillFaces *faces = till_faces_new (n);

  if (n > 0)
    {
      TillFace *face = till_faces_edit (faces, 0);

      fill_face (fixture, face, plan->wanted);
      face->followed = plan->follow;
      fixture->followed += (guint) plan->follow;
    }
  if (n > 1)
    till_faces_edit (faces, 1)->box = (TillBox){ 600, 100, fixture->other, fixture->other };
  return faces;
}

static void
move_mouth (Fixture *fixture)
{
  double mouth = fixture->smile > 0.5f ? SMILE : 0;

  fixture->mouth = CLAMP (mouth, fixture->mouth - STRIDE, fixture->mouth + STRIDE);
}

/* Shows @frames frames, measured as the session plans, and gives what it says then (transfer full). */
static TillSighting *
show (Fixture *fixture, guint frames)
{
  static const guint8 pixels[3 * 800 * 600];

  for (guint i = 0; i < frames; i++)
    {
      TillAnalysisPlan plan;

      fixture->now_us += FRAME_US;
      move_mouth (fixture);
      g_autoptr (TillFrame) frame
          = till_frame_new (pixels, 800, 600, 3 * 800, fixture->now_us, ++fixture->serial);
      till_evidence_session_plan (fixture->session, fixture->now_us, &plan);
      if (plan.skip)
        continue;
      g_assert_true (!plan.follow || till_evidence_session_get_subject (fixture->session) != NULL);
      fixture->judged += (plan.wanted & TILL_VISION_WANT_SMILE) != 0;
      g_autoptr (TillFaces) faces = make_faces (fixture, &plan);

      till_evidence_session_add (fixture->session, frame, faces, fixture->now_us + 1000);
    }
  return till_evidence_session_sight (fixture->session);
}

static void
skip (Fixture *fixture, guint frames)
{
  g_autoptr (TillSighting) sighting = show (fixture, frames);

  g_assert_nonnull (sighting);
}

static TillCustomer *
make_customer (const char *id, guint person)
{
  g_autoptr (GError) error = NULL;
  float template[TILL_VISION_EMBEDDING] = { 0 };

  template[person] = 1;
  TillCustomer *customer = till_customer_new (id, id, "1234", "cus_1", "consent_1", template, 1, 1, &error);
  g_assert_no_error (error);
  return customer;
}

/* Person 0 and person 1 are customers, person 2 is not. */
static void
type_digits (Fixture *fixture)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  g_ptr_array_add (customers, make_customer ("customer_0", 0));
  g_ptr_array_add (customers, make_customer ("customer_1", 1));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_evidence_session_set_candidates (fixture->session, gallery, fixture->now_us);
}

static void
prompt (Fixture *fixture)
{
  till_evidence_session_prompt_smile (fixture->session, 1, fixture->now_us);
}

static void
test_before_first_frame (Fixture *fixture, gconstpointer data)
{
  g_assert_null (till_evidence_session_sight (fixture->session));
}

static void
test_whole_payment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSighting) gathered = show (fixture, 12);
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
  type_digits (fixture);
  g_autoptr (TillSighting) identified = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (identified->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpstr (identified->customer, ==, "customer_0");
  g_assert_cmpint (identified->identified_us, ==, fixture->now_us);

  prompt (fixture);
  g_autoptr (TillSighting) relaxed = show (fixture, 20);
  g_assert_cmpint (relaxed->smile, ==, TILL_SMILE_WANTED);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) made = show (fixture, 30);
  g_assert_cmpint (made->smile, ==, TILL_SMILE_MADE);
  g_assert_cmpfloat (made->smile_level, ==, 1);
  g_assert_cmpint (made->smile_seen_us, >, identified->captured_us);
  g_assert_cmpint (made->smile_us, ==, made->smile_seen_us + 1000);
  g_assert_cmpint (made->identified_us, ==, identified->identified_us);
}

static void
test_no_embeddings_leave (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TillSighting) sighting = show (fixture, 1);
      const TillFace *face = till_faces_get (sighting->faces, 0);

      g_assert_cmphex (face->measured & TILL_VISION_WANT_EMBEDDING, ==, 0);
      for (guint k = 0; k < TILL_VISION_EMBEDDING; k++)
        g_assert_cmpfloat ((double) face->embedding[k], ==, 0);
      g_assert_cmpfloat ((double) face->quality.size, ==, 200);
    }
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  fixture->person = 2;
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = show (fixture, 100);
  g_assert_cmpint (sighting->identity, ==, TILL_EVIDENCE_AGAINST);
  g_assert_null (sighting->customer);
  g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
}

static void
test_photograph (Fixture *fixture, gconstpointer data)
{
  fixture->live = 0.03f;
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = show (fixture, 100);
  g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (sighting->smile, ==, TILL_SMILE_RELAX);
}

static void
test_sleeper (Fixture *fixture, gconstpointer data)
{
  fixture->closed = 0.93f;
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 100);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = show (fixture, 100);
  g_assert_cmpint (sighting->eyes, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (sighting->hint, ==, TILL_HINT_EYES);
  g_assert_cmpint (sighting->smile, ==, TILL_SMILE_RELAX);
}

static void
test_second_person (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->other = 150;
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) crowded = show (fixture, 100);
  g_assert_cmpint (crowded->alone, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (crowded->hint, ==, TILL_HINT_ALONE);
  g_assert_cmpint (crowded->smile, ==, TILL_SMILE_WANTED);
  g_assert_cmpint (crowded->identity, ==, TILL_EVIDENCE_FOR);

  fixture->other = 0;
  g_autoptr (TillSighting) alone = show (fixture, 60);
  g_assert_cmpint (alone->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (alone->smile, ==, TILL_SMILE_MADE);
}

/* Typing with bowed head looks like sleep, until the digits are there. */
static void
test_looks_down_while_typing (Fixture *fixture, gconstpointer data)
{
  fixture->closed = 0.93f;
  g_autoptr (TillSighting) typing = show (fixture, 100);
  g_assert_cmpint (typing->eyes, ==, TILL_EVIDENCE_AGAINST);
  type_digits (fixture);
  g_autoptr (TillSighting) typed = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (typed->eyes, ==, TILL_EVIDENCE_OPEN);
  fixture->closed = 0.05f;
  g_autoptr (TillSighting) up = show (fixture, 5);
  g_assert_cmpint (up->eyes, ==, TILL_EVIDENCE_FOR);
}

/* Held while nobody else was there, not across somebody else's visit. */
static void
test_smile_interrupted (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) holding = show (fixture, 4);
  g_assert_cmpint (holding->smile, ==, TILL_SMILE_HOLDING);
  fixture->other = 150;
  skip (fixture, 15);
  fixture->other = 0;
  g_autoptr (TillSighting) back = show (fixture, 6);
  g_assert_cmpint (back->alone, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (back->smile, ==, TILL_SMILE_HOLDING);
}

/* The digits are taken back and others typed: the smile was a wish to pay as somebody else. */
static void
test_digits_during_smile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (TillGallery) empty = till_gallery_new (nobody);

  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->smile = 0.97f;
  skip (fixture, 4);
  till_evidence_session_set_candidates (fixture->session, empty, fixture->now_us);
  skip (fixture, 6);
  type_digits (fixture);
  g_autoptr (TillSighting) back = show (fixture, 6);
  g_assert_cmpint (back->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (back->smile, ==, TILL_SMILE_RELAX);
}

/* Another customer takes the place, exactly where the first one stood. */
static void
test_swap (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  prompt (fixture);
  g_autoptr (TillSighting) before = show (fixture, 60);
  g_assert_cmpint (before->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (before->smile, ==, TILL_SMILE_WANTED);

  fixture->person = 2;
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) after = show (fixture, 12);
  g_assert_cmpint (after->identity, !=, TILL_EVIDENCE_FOR);
  g_assert_cmpint (after->identified_us, ==, 0);
  g_assert_cmpint (after->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpint (after->smile_us, ==, 0);
  g_assert_cmpint (after->first_face_us, >, before->captured_us);

  g_autoptr (TillSighting) late = show (fixture, 100);
  g_assert_cmpint (late->identity, ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (late->smile, ==, TILL_SMILE_RELAX);
}

/* At the worst moment: between neutral and smile. The frames of the smile itself are looked at for who smiles. */
static void
test_swap_for_the_smile (Fixture *fixture, gconstpointer data)
{
  for (guint delay = 0; delay < 15; delay++)
    {
      begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->person = 0;
      fixture->smile = 0.03f;
      type_digits (fixture);
      prompt (fixture);
      skip (fixture, 30 + delay);
      fixture->person = 1;
      fixture->smile = 0.97f;
      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (TillSighting) sighting = show (fixture, 1);
          g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
        }
    }
}

/* What all frames say together is not enough in those that are paid on. */
static void
test_deciding_frames (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    float live;
    float match;
    gboolean made;
  } cases[] = { { 0.4f, 0, FALSE }, { 0, 0.45f, FALSE }, { 0.95f, 0.8f, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->smile = 0.03f;
      fixture->mouth = 0;
      fixture->deciding_live = fixture->deciding_match = 0;
      type_digits (fixture);
      prompt (fixture);
      skip (fixture, 40);
      fixture->deciding_live = cases[i].live;
      fixture->deciding_match = cases[i].match;
      fixture->smile = 0.97f;
      g_autoptr (TillSighting) sighting = show (fixture, 60);
      g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_FOR);
      g_assert_cmpint (sighting->identity, ==, TILL_EVIDENCE_FOR);
      g_assert_true ((sighting->smile == TILL_SMILE_MADE) == cases[i].made);
    }
}

/* Who is followed is not seen to be alone. */
static void
test_followed_company (Fixture *fixture, gconstpointer data)
{
  static const guint8 pixels[3 * 800 * 600];
  const TillAnalysisPlan follow = {
    .follow = TRUE,
    .wanted = TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EYES,
  };

  fixture->other = 150;
  skip (fixture, 10);
  for (guint i = 0; i < 20; i++)
    {
      fixture->now_us += FRAME_US;
      g_autoptr (TillFrame) frame
          = till_frame_new (pixels, 800, 600, 3 * 800, fixture->now_us, ++fixture->serial);
      g_autoptr (TillFaces) faces = make_faces (fixture, &follow);

      till_evidence_session_add (fixture->session, frame, faces, fixture->now_us);
    }
  g_autoptr (TillSighting) sighting = till_evidence_session_sight (fixture->session);
  g_assert_cmpint (sighting->alone, ==, TILL_EVIDENCE_AGAINST);
}

/* Somebody steps in while the customer is being followed; it is seen before anything is paid. */
static void
test_company_between_looks (Fixture *fixture, gconstpointer data)
{
  for (guint delay = 0; delay < 10; delay++)
    {
      begin (fixture, TILL_RECOGNIZER_PAY);
      fixture->smile = 0.03f;
      fixture->mouth = 0;
      fixture->other = 0;
      type_digits (fixture);
      prompt (fixture);
      skip (fixture, 40 + delay);
      g_assert_cmpuint (fixture->followed, >, 0);
      fixture->other = 150;
      fixture->smile = 0.97f;
      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (TillSighting) sighting = show (fixture, 1);
          g_assert_cmpint (sighting->smile, !=, TILL_SMILE_MADE);
        }
    }
}

static void
test_two_smiles (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  till_evidence_session_prompt_smile (fixture->session, 2, fixture->now_us);
  skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) first = show (fixture, 30);
  g_assert_cmpint (first->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpuint (first->smiles_made, ==, 1);
  g_assert_cmpuint (first->smiles_wanted, ==, 2);
  g_assert_cmpint (first->smile_us, ==, 0);
  fixture->smile = 0.03f;
  skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) second = show (fixture, 30);
  g_assert_cmpint (second->smile, ==, TILL_SMILE_MADE);
  g_assert_cmpuint (second->smiles_made, ==, 2);
  g_assert_cmpint (second->smile_us, >, 0);
  g_assert_cmpint (second->smile_seen_us, >, first->captured_us);
}

/* Two customers as like as two drops of water. */
static void
test_twins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  g_ptr_array_add (customers, make_customer ("customer_0", 0));
  g_ptr_array_add (customers, make_customer ("customer_twin", 0));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_evidence_session_set_candidates (fixture->session, gallery, fixture->now_us);
  g_autoptr (TillSighting) sighting = show (fixture, 30);
  g_assert_true (sighting->look_alike);
  g_assert_cmpint (sighting->identity, !=, TILL_EVIDENCE_FOR);
  g_assert_null (sighting->customer);
  g_assert_cmpint (sighting->bars[TILL_EVIDENCE_BAR_MARGIN].says, ==, TILL_EVIDENCE_AGAINST);
}

static void
test_bars (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSighting) first = show (fixture, 1);

  g_assert_true (first->bars[TILL_EVIDENCE_BAR_SIZE].measured);
  g_assert_false (first->bars[TILL_EVIDENCE_BAR_IDENTITY].measured);
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 40);
  fixture->smile = 0.97f;
  g_autoptr (TillSighting) sighting = show (fixture, 30);
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
test_jump (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  skip (fixture, 30);
  fixture->x = 550;
  g_autoptr (TillSighting) unsure = show (fixture, 1);
  g_assert_cmpint (unsure->identity, ==, TILL_EVIDENCE_FOR);
  g_autoptr (TillSighting) jumped = show (fixture, 1);
  g_assert_cmpint (jumped->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (jumped->live, ==, TILL_EVIDENCE_OPEN);
}

static void
test_leaves (Fixture *fixture, gconstpointer data)
{
  type_digits (fixture);
  prompt (fixture);
  skip (fixture, 30);
  fixture->present = FALSE;
  g_autoptr (TillSighting) looking_away = show (fixture, 15);
  g_assert_false (looking_away->face);
  g_assert_cmpint (looking_away->identity, ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (looking_away->smile, ==, TILL_SMILE_WANTED);
  g_autoptr (TillSighting) gone = show (fixture, 40);
  g_assert_cmpint (gone->hint, ==, TILL_HINT_NO_FACE);
  g_assert_cmpint (gone->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (gone->alone, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (gone->smile, ==, TILL_SMILE_RELAX);
  g_assert_cmpint (gone->first_face_us, ==, 0);
}

static void
test_far (Fixture *fixture, gconstpointer data)
{
  fixture->size = 100;
  type_digits (fixture);
  g_autoptr (TillSighting) far = show (fixture, 60);
  g_assert_cmpint (far->hint, ==, TILL_HINT_CLOSER);
  g_assert_cmpint (far->live, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (far->identity, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (far->first_face_us, !=, 0);
  g_assert_cmpint (far->first_good_us, ==, 0);
}

/* Side light: the network can't say, and the customer is told of the light instead. */
static void
test_doubtful_light (Fixture *fixture, gconstpointer data)
{
  fixture->live = 0.44f;
  g_autoptr (TillSighting) sighting = show (fixture, 60);
  g_assert_cmpint (sighting->live, ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (sighting->hint, ==, TILL_HINT_LIGHT);
}

static void
test_steady_work (Fixture *fixture, gconstpointer data)
{
  guint embeddings = 0;
  guint livenesses = 0;

  type_digits (fixture);
  skip (fixture, 30);
  fixture->followed = 0;
  for (guint i = 0; i < 100; i++)
    {
      TillAnalysisPlan plan;

      till_evidence_session_plan (fixture->session, fixture->now_us + FRAME_US, &plan);
      embeddings += (plan.wanted & TILL_VISION_WANT_EMBEDDING) != 0;
      livenesses += (plan.wanted & TILL_VISION_WANT_LIVENESS) != 0;
      skip (fixture, 1);
    }
  g_assert_cmpuint (embeddings, ==, 10);
  g_assert_cmpuint (livenesses, ==, 10);
  g_assert_cmpuint (fixture->followed, >=, 88);
  g_assert_cmpuint (fixture->judged, ==, 0);
}

static void
test_enrolment (Fixture *fixture, gconstpointer data)
{
  begin (fixture, TILL_RECOGNIZER_ENROL);
  g_autoptr (TillSighting) started = show (fixture, 20);
  g_assert_cmpfloat (started->enrolment_progress, >, 0);
  g_assert_cmpfloat (started->enrolment_progress, <, 1);
  g_assert_null (till_evidence_session_take_enrolment (fixture->session));

  /* Holding still long enough is a way to be enrolled too. */
  g_autoptr (TillSighting) complete = show (fixture, 6 * TILL_ENROLMENT_PATIENCE);
  g_assert_cmpfloat (complete->enrolment_progress, ==, 1);
  g_autoptr (TillEnrolment) enrolment = till_evidence_session_take_enrolment (fixture->session);
  g_assert_nonnull (enrolment);
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), >=, TILL_ENROLMENT_LEAST);
  g_assert_null (till_evidence_session_take_enrolment (fixture->session));
  g_autoptr (TillSighting) after = show (fixture, 10);
  g_assert_cmpfloat (after->enrolment_progress, ==, 1);
}

/* No template of a photograph, nor of somebody who is not alone. */
static void
test_enrolment_refused (Fixture *fixture, gconstpointer data)
{
  begin (fixture, TILL_RECOGNIZER_ENROL);
  fixture->live = 0.03f;
  g_autoptr (TillSighting) photograph = show (fixture, 200);
  g_assert_cmpfloat (photograph->enrolment_progress, ==, 0);
  g_assert_cmpint (photograph->live, ==, TILL_EVIDENCE_AGAINST);

  begin (fixture, TILL_RECOGNIZER_ENROL);
  fixture->live = 0.99f;
  fixture->other = 150;
  g_autoptr (TillSighting) crowd = show (fixture, 200);
  g_assert_cmpfloat (crowd->enrolment_progress, ==, 0);
  g_assert_cmpint (crowd->enrolment_hint, ==, TILL_ENROLMENT_HINT_ALONE);
}

/* Templates are never of two people. */
static void
test_enrolment_swap (Fixture *fixture, gconstpointer data)
{
  begin (fixture, TILL_RECOGNIZER_ENROL);
  g_autoptr (TillSighting) first = show (fixture, 2 * TILL_ENROLMENT_PATIENCE);
  fixture->person = 1;
  g_autoptr (TillSighting) second = show (fixture, 2);
  g_assert_cmpfloat (second->enrolment_progress, <, first->enrolment_progress);
  g_assert_cmpfloat (second->enrolment_progress, ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("/session/second-person", test_second_person);
  ADD ("/session/smile-interrupted", test_smile_interrupted);
  ADD ("/session/digits-during-smile", test_digits_during_smile);
  ADD ("/session/swap", test_swap);
  ADD ("/session/swap-for-the-smile", test_swap_for_the_smile);
  ADD ("/session/deciding-frames", test_deciding_frames);
  ADD ("/session/followed-company", test_followed_company);
  ADD ("/session/company-between-looks", test_company_between_looks);
  ADD ("/session/two-smiles", test_two_smiles);
  ADD ("/session/twins", test_twins);
  ADD ("/session/bars", test_bars);
  ADD ("/session/jump", test_jump);
  ADD ("/session/leaves", test_leaves);
  ADD ("/session/far", test_far);
  ADD ("/session/doubtful-light", test_doubtful_light);
  ADD ("/session/steady-work", test_steady_work);
  ADD ("/session/enrolment", test_enrolment);
  ADD ("/session/enrolment-refused", test_enrolment_refused);
  ADD ("/session/enrolment-swap", test_enrolment_swap);

  return g_test_run ();
}
