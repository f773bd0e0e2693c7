/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-unresolved.h"

G_DEFINE_BOXED_TYPE (TillUnresolved, till_unresolved, till_unresolved_ref, till_unresolved_unref)

TillUnresolved *
till_unresolved_ref (TillUnresolved *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_unresolved_clear (gpointer data)
{
  TillUnresolved *self = data;

  g_free (self->attempt);
  g_free (self->sale);
  g_free (self->customer);
  g_free (self->code);
  g_free (self->reference);
}

void
till_unresolved_unref (TillUnresolved *self)
{
  g_atomic_rc_box_release_full (self, till_unresolved_clear);
}
