/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-face-pass.h"
#include "customers/till-pass-code.h"

G_BEGIN_DECLS

/* A6 upright, in points of 1/72 inch. */
#define TILL_PASS_SHEET_WIDTH  297.64
#define TILL_PASS_SHEET_HEIGHT 419.53

/* The paper a customer takes away: the code, what it is, and a strip with the number to be kept apart. A value. */
typedef struct
{
  const char *shop;         /* name of the shop */
  const TillFacePass *pass; /* for number and last day */
  const TillPassCode *code;
} TillPassSheet;

/*
 * Draws it from the origin of @cr, black on white, in user units of a point, %TILL_PASS_SHEET_WIDTH by
 * %TILL_PASS_SHEET_HEIGHT. Any thread that owns @cr.
 */
void till_pass_sheet_draw (const TillPassSheet *self, cairo_t *cr);

/*
 * Writes it to @path, which only its owner may read: PNG for a name that ends in .png, otherwise PDF. The file is there as
 * a whole or not at all. %TILL_ERROR_FAILED or the file's own error.
 */
gboolean till_pass_sheet_save (const TillPassSheet *self, const char *path, GError **error);

G_END_DECLS
