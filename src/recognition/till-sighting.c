/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-sighting.h"

G_DEFINE_BOXED_TYPE (TillSighting, till_sighting, till_sighting_ref, till_sighting_unref)

TillSighting *
till_sighting_new (void)
{
  TillSighting *self = g_atomic_rc_box_new0 (TillSighting);

  self->score = -1;
  self->margin = 2;
  return self;
}

TillSighting *
till_sighting_ref (TillSighting *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_sighting_clear (gpointer data)
{
  TillSighting *self = data;

  g_clear_pointer (&self->faces, till_faces_unref);
  g_clear_pointer (&self->customer, g_free);
}

void
till_sighting_unref (TillSighting *self)
{
  g_atomic_rc_box_release_full (self, till_sighting_clear);
}
