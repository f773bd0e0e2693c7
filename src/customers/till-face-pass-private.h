/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-face-pass.h"
#include "customers/till-pass-template.h"

G_BEGIN_DECLS

/* What a pass is (till-face-pass.c) and how it is written and read (-text.c). */

/* Bytes of the UUID in a pass's id. */
#define TILL_FACE_PASS_UUID 16

/*
 * The part that nobody may read: the suffix as a number in two bytes, most significant first; the template; the payer
 * without its NUL, up to the end.
 */
#define TILL_FACE_PASS_SUFFIX   2
#define TILL_FACE_PASS_TEMPLATE TILL_PASS_TEMPLATE_SIZE (TILL_PASS_TEMPLATE_BITS)
#define TILL_FACE_PASS_PAYER    (TILL_FACE_PASS_SUFFIX + TILL_FACE_PASS_TEMPLATE)

struct _TillFacePass
{
  gatomicrefcount refs;
  char *id;
  char *number;
  char *consent;
  gint64 issued_day;
  gint64 expires_day;
  TillSecret *body;
};

/* @body: (transfer full) of the form above, checked already (transfer full). */
TillFacePass *till_face_pass_take (const char *id, gint64 issued_day, gint64 expires_day, TillSecret *body);

/* The UUID of a pass's id as bytes and back; FALSE for another id; (transfer full). */
gboolean till_face_pass_parse_id (const char *id, guint8 uuid[TILL_FACE_PASS_UUID]);
char *till_face_pass_format_id (const guint8 uuid[TILL_FACE_PASS_UUID]);

G_END_DECLS
