/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "recognition/till-sighting-outbox.h"
#include "vision/till-faces-private.h"

#include <gio/gio.h>

typedef struct
{
  TillSightingOutbox *outbox;
  guint deliveries;
  guint ready;
  guint sightings;
  guint64 frame;
  guint errors;
} Fixture;

static void
take (const TillSightingPost *post, gpointer data)
{
  Fixture *fixture = data;

  fixture->deliveries++;
  fixture->ready += post->ready ? 1 : 0;
  fixture->errors += post->error != NULL;
  if (post->sighting == NULL)
    return;
  g_assert_cmpuint (post->sighting->frame, >, fixture->frame);
  fixture->frame = post->sighting->frame;
  fixture->sightings++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->outbox = till_sighting_outbox_new (take, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_sighting_outbox_close (fixture->outbox);
  till_sighting_outbox_unref (fixture->outbox);
}

static void
put_frame (TillSightingOutbox *outbox, guint64 frame)
{
  TillSighting *sighting = till_sighting_new ();

  sighting->frame = frame;
  sighting->faces = till_faces_new (0);
  till_sighting_outbox_put_sighting (outbox, sighting);
}

static void
run_out (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_newest_wins (Fixture *fixture, gconstpointer data)
{
  till_sighting_outbox_put_ready (fixture->outbox);
  for (guint64 frame = 1; frame <= 50; frame++)
    put_frame (fixture->outbox, frame);
  till_sighting_outbox_put_error (fixture->outbox, g_error_new (TILL_ERROR, TILL_ERROR_FAILED, "the end"));
  g_assert_cmpuint (fixture->deliveries, ==, 0);
  run_out ();
  g_assert_cmpuint (fixture->deliveries, ==, 1);
  g_assert_cmpuint (fixture->ready, ==, 1);
  g_assert_cmpuint (fixture->sightings, ==, 1);
  g_assert_cmpuint (fixture->frame, ==, 50);
  g_assert_cmpuint (fixture->errors, ==, 1);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  put_frame (fixture->outbox, 1);
  till_sighting_outbox_close (fixture->outbox);
  put_frame (fixture->outbox, 2);
  till_sighting_outbox_put_ready (fixture->outbox);
  till_sighting_outbox_put_error (fixture->outbox, g_error_new (TILL_ERROR, TILL_ERROR_FAILED, "late"));
  run_out ();
  g_assert_cmpuint (fixture->deliveries, ==, 0);
}

#define FRAMES 20000

static gpointer
put_many (gpointer outbox)
{
  for (guint64 frame = 1; frame <= FRAMES; frame++)
    put_frame (outbox, frame);
  return NULL;
}

/* Always forward, the last one always delivered, however the threads meet. */
static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *thread = g_thread_new ("put-many", put_many, fixture->outbox);

  while (fixture->frame < FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (fixture->frame, ==, FRAMES);
  g_assert_cmpuint (fixture->sightings, <=, FRAMES);
}

static void
test_closed_under_way (Fixture *fixture, gconstpointer data)
{
  GThread *thread = g_thread_new ("put-many", put_many, fixture->outbox);

  while (fixture->frame == 0)
    g_main_context_iteration (NULL, TRUE);
  till_sighting_outbox_close (fixture->outbox);
  guint deliveries = fixture->deliveries;
  g_thread_join (thread);
  run_out ();
  g_assert_cmpuint (fixture->deliveries, ==, deliveries);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/outbox/newest-wins", test_newest_wins);
  ADD ("/outbox/closed", test_closed);
  ADD ("/outbox/threads", test_threads);
  ADD ("/outbox/closed-under-way", test_closed_under_way);

  return g_test_run ();
}
