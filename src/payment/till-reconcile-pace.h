/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first and the longest pause, in microseconds. */
#define TILL_RECONCILE_PACE_FIRST   ((gint64) 5 * G_USEC_PER_SEC)
#define TILL_RECONCILE_PACE_LONGEST ((gint64) 600 * G_USEC_PER_SEC)

/**
 * TillReconcilePace: how long to wait before asking about unknown outcomes again. A value; zeroed is ready for use.
 */
typedef struct
{
  guint n_pauses; /* since it was reset */
} TillReconcilePace;

/*
 * The next pause in microseconds: 5 s, doubling to 10 min. @jitter: a random number, which takes up to a quarter off, so
 * that tills do not ask all at once.
 */
gint64 till_reconcile_pace_next (TillReconcilePace *pace, guint32 jitter);

/* After the network came back or an outcome became known: the next pause is the first again. */
void till_reconcile_pace_reset (TillReconcilePace *pace);

G_END_DECLS
