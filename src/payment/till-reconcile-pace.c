/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-reconcile-pace.h"

gint64
till_reconcile_pace_next (TillReconcilePace *pace, guint32 jitter)
{
  gint64 pause = TILL_RECONCILE_PACE_FIRST;

  for (guint i = 0; i < pace->n_pauses && pause < TILL_RECONCILE_PACE_LONGEST; i++)
    pause *= 2;
  pause = MIN (pause, TILL_RECONCILE_PACE_LONGEST);
  if (pause < TILL_RECONCILE_PACE_LONGEST)
    pace->n_pauses++;
  return pause - (gint64) ((guint64) (pause / 4) * jitter / G_MAXUINT32);
}

void
till_reconcile_pace_reset (TillReconcilePace *pace)
{
  pace->n_pauses = 0;
}
