/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-row.h"

#include "customers/till-face-pass.h"

TillPassRow *
till_pass_row_new (const char *id, gint64 expires_day, gint64 revoked_us)
{
  TillPassRow *self = g_new0 (TillPassRow, 1);

  self->id = g_strdup (id);
  self->number = till_face_pass_number_of (id);
  self->expires_day = expires_day;
  self->revoked_us = revoked_us;
  return self;
}

void
till_pass_row_free (TillPassRow *self)
{
  g_free (self->id);
  g_free (self->number);
  g_free (self);
}
