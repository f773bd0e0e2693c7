/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TILL_IDENTITY_CURVE_MOST 16

typedef struct
{
  double fmr;   /* false-match rate of one comparison */
  double score; /* least cosine of a match at that rate */
  double fnmr;  /* false-non-match rate of one photograph there */
} TillIdentityCurvePoint;

/**
 * TillIdentityCurve: what score holds the false-match rate down to what, as it was measured; rates falling. A value.
 */
typedef struct
{
  guint n; /* at least 2 */
  TillIdentityCurvePoint points[TILL_IDENTITY_CURVE_MOST];
} TillIdentityCurve;

/*
 * Reads @node, the member @name of the file at @path: an object with "points", each with "fmr", "score" and "fnmr", and
 * the texts "unit" and "from". %TILL_ERROR_INVALID says what is wrong with it.
 */
gboolean till_identity_curve_read (
    TillIdentityCurve *self, JsonNode *node, const char *path, const char *name, GError **error);

/*
 * The least score for @fmr, 0..1. Between two points it goes with the logarithm of the rate; below the lowest rate
 * measured, on with the last slope, which is the flattest of a concave curve's and so asks no less than was measured;
 * above the highest, the first point's.
 */
double till_identity_curve_get_score (const TillIdentityCurve *self, double fmr);

G_END_DECLS
