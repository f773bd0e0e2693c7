/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* What there is to deliver; each part may be missing. */
typedef struct
{
  gboolean ready;         /* the networks are loaded */
  TillSighting *sighting; /* (nullable) */
  GError *error;          /* (nullable): the last thing that comes */
} TillSightingPost;

/* Runs in the main context of the outbox; @post and what it holds stay the outbox's. */
typedef void (*TillSightingDeliver) (const TillSightingPost *post, gpointer data);

/**
 * TillSightingOutbox: takes what the recognition thread knows to a main context. One slot and one pending source: a
 * sighting that was not delivered in time is replaced by the next. Reference-counted.
 */
typedef struct _TillSightingOutbox TillSightingOutbox;

/* Delivers to the thread-default main context of the caller. */
TillSightingOutbox *till_sighting_outbox_new (TillSightingDeliver deliver,
                                              gpointer data) G_GNUC_WARN_UNUSED_RESULT;
TillSightingOutbox *till_sighting_outbox_ref (TillSightingOutbox *self);
void till_sighting_outbox_unref (TillSightingOutbox *self);

/* Any thread. */
void till_sighting_outbox_put_ready (TillSightingOutbox *self);
/* (transfer full) */
void till_sighting_outbox_put_sighting (TillSightingOutbox *self, TillSighting *sighting);
/* (transfer full) */
void till_sighting_outbox_put_error (TillSightingOutbox *self, GError *error);

/* From the main context's thread: nothing is delivered any more once this returns. */
void till_sighting_outbox_close (TillSightingOutbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSightingOutbox, till_sighting_outbox_unref)

G_END_DECLS
