/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-code.h"

#include "base/till-error.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

struct _TillPassCode
{
  gatomicrefcount refs;
  int version;
  int side;
  guint8 *modules;
};

G_DEFINE_BOXED_TYPE (TillPassCode, till_pass_code, till_pass_code_ref, till_pass_code_unref)

static gsize
till_pass_code_area (const TillPassCode *self)
{
  return (gsize) self->side * (gsize) self->side;
}

/*
 * Of the four levels of correction the lowest: it mends 7 % of the code, and spares the modules that a higher one takes.
 * What a camera misses is mostly that modules are too small, and a blot is met by showing the pass again.
 */
static QRcode *
till_pass_code_encode (const char *text)
{
  QRinput *input = QRinput_new2 (0, QR_ECLEVEL_L);
  const int length = (int) strlen (text);
  QRcode *code = NULL;

  if (input == NULL)
    return NULL;
  if (QRinput_append (input, QR_MODE_AN, length, (const unsigned char *) text) == 0)
    code = QRcode_encodeInput (input);
  QRinput_free (input);
  return code;
}

TillPassCode *
till_pass_code_new (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  QRcode *code = till_pass_code_encode (text);
  if (code == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "No QR code can be made of a text of %" G_GSIZE_FORMAT " characters: %s", strlen (text),
                   g_strerror (errno));
      return NULL;
    }

  TillPassCode *self = g_new0 (TillPassCode, 1);
  g_atomic_ref_count_init (&self->refs);
  self->version = code->version;
  self->side = code->width;
  self->modules = g_malloc (till_pass_code_area (self));
  for (gsize i = 0; i < till_pass_code_area (self); i++)
    self->modules[i] = code->data[i] & 1;
  explicit_bzero (code->data, till_pass_code_area (self));
  QRcode_free (code);
  return self;
}

TillPassCode *
till_pass_code_ref (TillPassCode *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_pass_code_unref (TillPassCode *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  explicit_bzero (self->modules, till_pass_code_area (self));
  g_free (self->modules);
  g_free (self);
}

int
till_pass_code_get_version (const TillPassCode *self)
{
  return self->version;
}

int
till_pass_code_get_side (const TillPassCode *self)
{
  return self->side;
}

const guint8 *
till_pass_code_get_modules (const TillPassCode *self)
{
  return self->modules;
}

void
till_pass_code_draw (const TillPassCode *self, cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);

  cairo_translate (cr, x, y);
  cairo_scale (cr, size / (self->side + 2 * TILL_PASS_CODE_QUIET),
               size / (self->side + 2 * TILL_PASS_CODE_QUIET));
  cairo_translate (cr, TILL_PASS_CODE_QUIET, TILL_PASS_CODE_QUIET);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int row = 0; row < self->side; row++)
    for (int column = 0; column < self->side; column++)
      if (self->modules[row * self->side + column] != 0)
        cairo_rectangle (cr, column, row, 1, 1);
  /* One path: modules drawn one by one would show seams between them. */
  cairo_fill (cr);
  cairo_restore (cr);
}
