/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-mailbox.h"
#include "customers/till-gallery.h"
#include "recognition/till-operating-point.h"
#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_RECOGNIZER (till_recognizer_get_type ())
G_DECLARE_FINAL_TYPE (TillRecognizer, till_recognizer, TILL, RECOGNIZER, GObject)

/**
 * TillRecognizer: the worker thread that takes frames out of the mailbox and turns faces over time into evidence.
 *
 * The networks are loaded on the worker as soon as the object is made and kept. Calls are made from, and signals come
 * in, the main context that was the thread default then:
 *   "ready"    ()                  the networks are loaded
 *   "sighting" (TillSighting *)    newest wins: one that was not delivered in time is replaced by the next. Milestones
 *                                  are in every later one, so nothing is lost by that.
 *   "failed"   (const GError *)    the networks can't be loaded, or an analysis failed; no more sightings come
 */

/* @threads: for OpenCV, 0 its own choice. References are taken. */
TillRecognizer *till_recognizer_new (const char *models_dir,
                                     TillOperatingPoint *operating_point,
                                     TillMailbox *mailbox,
                                     int threads) G_GNUC_WARN_UNUSED_RESULT;

gboolean till_recognizer_is_ready (TillRecognizer *self);

/* Starts a session with no evidence and gives its serial, which counts up from 1. Ends the one before. */
guint till_recognizer_begin (TillRecognizer *self, TillRecognizerPurpose purpose);

/*
 * Whom to look for (a reference is taken; NULL: nobody yet). Embeddings seen so far in this session are compared at
 * once, so identity need not wait for new frames. It takes new frames to be AGAINST, and an empty gallery takes as many
 * as a full one, so that the two look alike from outside.
 */
void till_recognizer_set_candidates (TillRecognizer *self, TillGallery *candidates);

/*
 * From the next frame captured after this call on, neutral and then a smile are looked for, @smiles times (1 or 2), each
 * at its own moment drawn at random. A second call begins anew.
 */
void till_recognizer_prompt_smile (TillRecognizer *self, guint smiles);

/* Takes the enrolment with its templates once its progress is 1 (transfer full) (nullable). */
TillEnrolment *till_recognizer_take_enrolment (TillRecognizer *self);

/* Ends the session: evidence, embeddings and frames are wiped; the mailbox is emptied. The thread idles. */
void till_recognizer_end (TillRecognizer *self);

/* Ends the thread and waits for it. Also done when finalised. */
void till_recognizer_close (TillRecognizer *self);

G_END_DECLS
