/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-expiring.h"

G_DEFINE_BOXED_TYPE (TillExpiring, till_expiring, till_expiring_ref, till_expiring_unref)

TillExpiring *
till_expiring_new (const char *id, const char *name, gint64 last_visit_day, gint64 goes_on_day)
{
  TillExpiring *self = g_atomic_rc_box_new0 (TillExpiring);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->last_visit_day = last_visit_day;
  self->goes_on_day = goes_on_day;
  return self;
}

static void
till_expiring_clear (gpointer data)
{
  TillExpiring *self = data;

  g_free (self->id);
  g_free (self->name);
}

TillExpiring *
till_expiring_ref (TillExpiring *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
till_expiring_unref (TillExpiring *self)
{
  g_atomic_rc_box_release_full (self, till_expiring_clear);
}
