/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-template-code.h"

#include <math.h>
#include <string.h>

#define LARGEST 127
/* What 512 products summed as 32-bit floats may be off, with room to spare: the bound compares with such sums. */
#define FLOAT_SLACK 1e-5f

/* Sums kept side by side, so that the compiler may use vector registers and still add in this order. */
#define LANES 16

G_STATIC_ASSERT (TILL_VISION_EMBEDDING % LANES == 0);

static float
till_template_code_largest (const float *vector)
{
  float lanes[LANES] = { 0 };
  float largest = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i += LANES)
    for (guint j = 0; j < LANES; j++)
      lanes[j] = MAX (lanes[j], fabsf (vector[i + j]));
  for (guint j = 0; j < LANES; j++)
    largest = MAX (largest, lanes[j]);
  return largest;
}

/* The square of a vector's length is infinite or no number as soon as one of its components is. */
static float
till_template_code_square (const float *vector)
{
  float lanes[LANES] = { 0 };
  float sum = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i += LANES)
    for (guint j = 0; j < LANES; j++)
      lanes[j] += vector[i + j] * vector[i + j];
  for (guint j = 0; j < LANES; j++)
    sum += lanes[j];
  return sum;
}

/* In two steps, since compilers don't vectorise one that goes from floats to bytes. No product is above 127.5. */
static void
till_template_code_round (const float *vector, float inverse, gint8 *bytes)
{
  gint32 wholes[TILL_VISION_EMBEDDING];

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      float value = vector[i] * inverse;
      wholes[i] = (gint32) (value + copysignf (0.5f, value));
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    bytes[i] = (gint8) wholes[i];
  explicit_bzero (wholes, sizeof wholes);
}

gboolean
till_template_code_write (TillTemplateCode *self, const float *vector, gint8 *bytes)
{
  float square = till_template_code_square (vector);
  float largest = till_template_code_largest (vector);
  float lost[TILL_VISION_EMBEDDING];

  *self = (TillTemplateCode){ 0 };
  memset (bytes, 0, TILL_VISION_EMBEDDING);
  if (!isfinite (square) || !isnormal (largest) || !isfinite (LARGEST / largest))
    return FALSE;

  self->scale = largest / LARGEST;
  self->length = sqrtf (square);
  till_template_code_round (vector, LARGEST / largest, bytes);
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    lost[i] = vector[i] - self->scale * (float) bytes[i];
  self->residual = sqrtf (till_template_code_square (lost));
  explicit_bzero (lost, sizeof lost);
  return TRUE;
}

float
till_template_code_bound (const TillTemplateCode *probe, float length, float residual)
{
  return (probe->length + probe->residual) * residual + probe->residual * length + FLOAT_SLACK;
}
