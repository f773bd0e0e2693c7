/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-identity-picture.h"

gboolean
till_identity_picture_is_good (const TillIdentityPicture *self)
{
  return self->face != NULL && self->hint == TILL_HINT_NONE && !self->weak;
}

void
till_identity_picture_clear (TillIdentityPicture *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->faces, till_faces_unref);
  self->face = NULL;
}
