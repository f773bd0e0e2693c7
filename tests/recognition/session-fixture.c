/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "drawn-face.h"
#include "vision/till-faces-private.h"

#include <math.h>
#include <string.h>

/* Where in an embedding what is no customer's lies. */
#define STRANGER 300

/* Wider than at rest by this many eye distances is a smile, a frame takes it so much further. */
#define SMILE  0.2
#define STRIDE 0.04

static gint64
draw_least (gint64 least_us, gint64 most_us, gpointer data)
{
  return least_us;
}

void
session_fixture_begin (SessionFixture *fixture, TillRecognizerPurpose purpose)
{
  g_clear_pointer (&fixture->session, till_evidence_session_free);
  fixture->session = till_evidence_session_new (7, purpose, fixture->point, BEGUN_US);
  till_evidence_session_set_delay (fixture->session, draw_least, NULL);
}

void
session_fixture_set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  g_autoptr (GError) error = NULL;

  fixture->point = till_operating_point_load (path, &error);
  g_assert_no_error (error);
  fixture->now_us = BEGUN_US;
  session_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  fixture->present = TRUE;
  fixture->x = 200;
  fixture->size = 200;
  fixture->live = 0.99f;
  fixture->closed = 0.05f;
  fixture->strength = 3.5f;
  fixture->smile = 0.03f;
}

void
session_fixture_tear_down (SessionFixture *fixture, gconstpointer data)
{
  till_evidence_session_free (fixture->session);
  till_operating_point_unref (fixture->point);
}

static void
fill_deciding (const SessionFixture *fixture, TillFace *face)
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
fill_face (const SessionFixture *fixture, TillFace *face, TillVisionWanted wanted)
{
  face->measured = wanted & TILL_VISION_WANT_ALL;
  face->box = (TillBox){ fixture->x, 100, 0.8f * fixture->size, fixture->size };
  face->square = (TillBox){ fixture->x, 100, fixture->size, fixture->size };
  face->score = 0.99f;
  drawn_face_fill (face->landmarks, (double) fixture->x, 100, (double) fixture->size, fixture->mouth);
  face->quality = (TillFaceQuality){ fixture->size, 500, 120, 50, 0.05f, 0 };
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

TillFaces *
session_fixture_look (SessionFixture *fixture, const TillAnalysisPlan *plan)
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
move_mouth (SessionFixture *fixture)
{
  double mouth = fixture->smile > 0.5f ? SMILE : 0;

  fixture->mouth = CLAMP (mouth, fixture->mouth - STRIDE, fixture->mouth + STRIDE);
}

TillFrame *
session_fixture_capture (SessionFixture *fixture)
{
  static guint8 pixels[3 * 800 * 600];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = fixture->striped ? (guint8) (100 + 6 * (i / 3 % 800 % 7)) : 0;
  return till_frame_new (pixels, 800, 600, 3 * 800, fixture->now_us, ++fixture->serial);
}

TillSighting *
session_fixture_show (SessionFixture *fixture, guint frames)
{
  for (guint i = 0; i < frames; i++)
    {
      TillAnalysisPlan plan;

      fixture->now_us += FRAME_US;
      move_mouth (fixture);
      g_autoptr (TillFrame) frame = session_fixture_capture (fixture);
      till_evidence_session_plan (fixture->session, fixture->now_us, &plan);
      if (plan.skip)
        continue;
      g_assert_true (!plan.follow || till_evidence_session_get_subject (fixture->session) != NULL);
      fixture->judged += (plan.wanted & TILL_VISION_WANT_SMILE) != 0;
      g_autoptr (TillFaces) faces = session_fixture_look (fixture, &plan);

      till_evidence_session_add (fixture->session, frame, faces, fixture->now_us + 1000);
    }
  return till_evidence_session_sight (fixture->session);
}

void
session_fixture_skip (SessionFixture *fixture, guint frames)
{
  g_autoptr (TillSighting) sighting = session_fixture_show (fixture, frames);

  g_assert_nonnull (sighting);
}

TillCustomer *
session_fixture_make_customer (const char *id, guint person)
{
  g_autoptr (GError) error = NULL;
  float template[TILL_VISION_EMBEDDING] = { 0 };

  template[person] = 1;
  TillCustomer *customer = till_customer_new (id, id, "1234", "cus_1", "consent_1", template, 1, 1, &error);
  g_assert_no_error (error);
  return customer;
}

void
session_fixture_type_digits (SessionFixture *fixture)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  g_ptr_array_add (customers, session_fixture_make_customer ("customer_0", 0));
  g_ptr_array_add (customers, session_fixture_make_customer ("customer_1", 1));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_evidence_session_set_candidates (fixture->session, gallery, fixture->now_us);
}

void
session_fixture_prompt (SessionFixture *fixture)
{
  till_evidence_session_prompt_smile (fixture->session, 1, fixture->now_us);
}
