/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-evidence-session.h"

#define FRAME_US (40 * 1000)
#define BEGUN_US (50 * G_USEC_PER_SEC)

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
  gboolean striped;     /* as if all of it were on a screen */
  guint followed;       /* frames */
  guint judged;         /* by the network for the smile */
} SessionFixture;

void session_fixture_set_up (SessionFixture *fixture, gconstpointer data);
void session_fixture_tear_down (SessionFixture *fixture, gconstpointer data);

/* Another session before the same camera; its moments to smile at come as soon as they may. */
void session_fixture_begin (SessionFixture *fixture, TillRecognizerPurpose purpose);

/* What vision would make of the next frame (transfer full). */
TillFaces *session_fixture_look (SessionFixture *fixture, const TillAnalysisPlan *plan);

/* A frame of nothing, captured now (transfer full). */
TillFrame *session_fixture_capture (SessionFixture *fixture);

/* Shows @frames frames, measured as the session plans, and gives what it says then (transfer full). */
TillSighting *session_fixture_show (SessionFixture *fixture, guint frames);
void session_fixture_skip (SessionFixture *fixture, guint frames);

/* With the template of person @person; frames of that person have a cosine of 0.8 with it (transfer full). */
TillCustomer *session_fixture_make_customer (const char *id, guint person);

/* Person 0 and person 1 are customers, person 2 is not. */
void session_fixture_type_digits (SessionFixture *fixture);
void session_fixture_prompt (SessionFixture *fixture);
