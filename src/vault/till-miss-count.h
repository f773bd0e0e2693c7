/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Five misses, then 30 seconds, are the numbers of Android's compatibility definition and of NIST SP 800-63B-4. A quarter
 * of an hour is the most an honest customer would wait for anything, and leaves a guesser four tries an hour.
 */
#define TILL_MISS_COUNT_FREE     5
#define TILL_MISS_COUNT_FIRST_US ((gint64) 30 * G_USEC_PER_SEC)
#define TILL_MISS_COUNT_MOST_US  ((gint64) 900 * G_USEC_PER_SEC)

/*
 * Within which time misses count together. Ten minutes where many people's misses meet: a till that turns away one face
 * in twenty sees five of them in ten minutes only at ten faces a minute. A day for one person's: whoever spares the till
 * by taking their time shall not have the customer for it, and five misses in a day without one success are no accident.
 */
#define TILL_MISS_COUNT_SHORT_US ((gint64) 600 * G_USEC_PER_SEC)
#define TILL_MISS_COUNT_LONG_US  ((gint64) 24 * 3600 * G_USEC_PER_SEC)

/**
 * TillMissCount: how often something secret was guessed wrong, and how long the next guess has to wait. A value, all
 * zero at first but for its window.
 *
 * A try is begun, and kept, before anything is looked at; it is a miss unless it is spared afterwards. So a till that is
 * killed while it looks has seen a miss. With the fifth miss within the window the next try waits
 * %TILL_MISS_COUNT_FIRST_US; each further miss doubles the wait, up to %TILL_MISS_COUNT_MOST_US, until the window has
 * passed without one after a wait was over.
 *
 * Times are monotonic microseconds, which nobody can set. They begin anew with the machine, and a stored time that lies
 * in the future shows that: it is taken for now, and a wait is begun again in full. A stored time of another run that
 * happens to lie in the past is further back than this run is long, so no wait is ever cut short; a restart can
 * only lengthen one.
 */
typedef struct
{
  gint64 window_us;                       /* one of the two above */
  gint64 misses_us[TILL_MISS_COUNT_FREE]; /* newest first, 0 for none */
  gint64 level;                           /* waits in a row */
  gint64 wait_us;                         /* length of the newest wait */
  gint64 until_us;                        /* its end */
  gint64 pending_us;                      /* a try under way, 0 for none */
} TillMissCount;

/* After reading: brings times of an earlier run to this one, and counts the try that never ended. */
void till_miss_count_wake (TillMissCount *self, gint64 now_us);

/* When the next try may begin; 0: now. */
gint64 till_miss_count_get_until_us (const TillMissCount *self, gint64 now_us);

/* Begins a try; FALSE, and nothing is begun, while there is a wait. */
gboolean till_miss_count_begin (TillMissCount *self, gint64 now_us);

/* How the try under way ended: as a miss, as none, or so well that the earlier misses are forgiven. */
void till_miss_count_miss (TillMissCount *self, gint64 now_us);
void till_miss_count_spare (TillMissCount *self);
void till_miss_count_forgive (TillMissCount *self);

/* TRUE if forgetting it changes nothing. */
gboolean till_miss_count_is_idle (const TillMissCount *self, gint64 now_us);

G_END_DECLS
