/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/**
 * TillMailbox: holds the newest frame between the camera's thread and the recognition thread.
 *
 * One slot: putting a frame in drops the one nobody took. Thread-safe, reference-counted, never blocks the
 * one who puts.
 */
typedef struct _TillMailbox TillMailbox;

TillMailbox *till_mailbox_new (void) G_GNUC_WARN_UNUSED_RESULT;
TillMailbox *till_mailbox_ref (TillMailbox *self);
void till_mailbox_unref (TillMailbox *self);

/* Puts @frame in (a reference is taken), replacing what was there, and wakes the taker. */
void till_mailbox_put (TillMailbox *self, TillFrame *frame);

/*
 * Takes the frame out, waiting until @deadline_us (monotonic; 0 does not wait) (transfer full, nullable).
 * NULL when none came in time or till_mailbox_wake() was called.
 */
TillFrame *till_mailbox_take (TillMailbox *self, gint64 deadline_us);

/* Makes a till_mailbox_take() under way, or else the next one, return at once, with NULL if the slot is empty. */
void till_mailbox_wake (TillMailbox *self);

/* Drops what is in the slot. */
void till_mailbox_clear (TillMailbox *self);

/* Frames replaced before anybody took them, since the mailbox was made. */
guint64 till_mailbox_get_dropped (TillMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillMailbox, till_mailbox_unref)

G_END_DECLS
