/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-gallery.h"
#include "recognition/till-recognizer-purpose.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_RECOGNITION_BEGIN,
  TILL_RECOGNITION_CANDIDATES,
  TILL_RECOGNITION_PROMPT,
  TILL_RECOGNITION_END,
  TILL_RECOGNITION_CLOSE,
} TillRecognitionCommandKind;

/**
 * TillRecognitionCommand: what the main context asks of the recognition thread. Owned by one side at a time.
 */
typedef struct
{
  TillRecognitionCommandKind kind;
  gint64 at_us;                  /* when it was asked, monotonic */
  guint serial;                  /* BEGIN */
  TillRecognizerPurpose purpose; /* BEGIN */
  TillGallery *candidates;       /* CANDIDATES (nullable) */
  guint smiles;                  /* PROMPT */
} TillRecognitionCommand;

/* Stamped with the time it is made at (transfer full). */
TillRecognitionCommand *
till_recognition_command_new (TillRecognitionCommandKind kind) G_GNUC_WARN_UNUSED_RESULT;
void till_recognition_command_free (TillRecognitionCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillRecognitionCommand, till_recognition_command_free)

G_END_DECLS
