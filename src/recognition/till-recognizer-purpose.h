/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TILL_RECOGNIZER_PAY,   /* gather evidence of who it is and what they want */
  TILL_RECOGNIZER_ENROL, /* gather templates */
} TillRecognizerPurpose;

G_END_DECLS
