/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-mailbox.h"
#include "recognition/till-operating-point.h"
#include "recognition/till-recognition-command.h"
#include "recognition/till-sighting-outbox.h"

G_BEGIN_DECLS

/**
 * TillRecognitionWorker: the thread with the networks. It loads them, gives up every system call that analysing does
 * not need (till-confinement.h), then takes frames out of the mailbox as fast as it can analyse them, and idles without a
 * session.
 *
 * Between the threads go commands in, sightings out, and one finished enrolment; nothing else is shared.
 */
typedef struct _TillRecognitionWorker TillRecognitionWorker;

/* Starts the thread. References are taken. */
TillRecognitionWorker *till_recognition_worker_new (const char *models_dir,
                                                    TillOperatingPoint *point,
                                                    TillMailbox *mailbox,
                                                    int threads,
                                                    TillSightingOutbox *outbox) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the thread, waits for it, and frees. */
void till_recognition_worker_free (TillRecognitionWorker *self);

/* Carried out in order, before the next frame is analysed (transfer full). */
void till_recognition_worker_send (TillRecognitionWorker *self, TillRecognitionCommand *command);

/* The enrolment that session @serial completed, once (transfer full) (nullable). */
TillEnrolment *till_recognition_worker_take_enrolment (TillRecognitionWorker *self, guint serial);

G_END_DECLS
