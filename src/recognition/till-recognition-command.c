/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-recognition-command.h"

TillRecognitionCommand *
till_recognition_command_new (TillRecognitionCommandKind kind)
{
  TillRecognitionCommand *self = g_new0 (TillRecognitionCommand, 1);

  self->kind = kind;
  self->at_us = g_get_monotonic_time ();
  return self;
}

void
till_recognition_command_free (TillRecognitionCommand *self)
{
  g_clear_pointer (&self->candidates, till_gallery_unref);
  g_free (self);
}
