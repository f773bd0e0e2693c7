/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillPassCode: a QR code (ISO/IEC 18004) as a square of dark and light modules. Immutable, reference-counted, wiped with
 * the last reference.
 */
typedef struct _TillPassCode TillPassCode;

#define TILL_TYPE_PASS_CODE (till_pass_code_get_type ())
GType till_pass_code_get_type (void);

/* Modules that must stay light on each side, or scanners do not find the code. */
#define TILL_PASS_CODE_QUIET 4

/* %TILL_ERROR_INVALID for a text that no code has room for (transfer full). */
TillPassCode *till_pass_code_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TillPassCode *till_pass_code_ref (TillPassCode *self);
void till_pass_code_unref (TillPassCode *self);

/* The standard's number for its size, 1 to 40. */
int till_pass_code_get_version (const TillPassCode *self);
/* Modules on a side, without the quiet ones. */
int till_pass_code_get_side (const TillPassCode *self);
/* side*side bytes, top row first: 1 dark, 0 light (transfer none). */
const guint8 *till_pass_code_get_modules (const TillPassCode *self);

/* Draws it black on white with its quiet modules in the square at @x, @y of @size user units. */
void till_pass_code_draw (const TillPassCode *self, cairo_t *cr, double x, double y, double size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPassCode, till_pass_code_unref)

G_END_DECLS
