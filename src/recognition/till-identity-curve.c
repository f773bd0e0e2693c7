/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-identity-curve.h"

#include "base/till-error.h"

#include <math.h>

static gboolean
read_share (JsonObject *object, const char *member, double *value)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type
      = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return *value >= 0 && *value <= 1;
}

/* Each point must lie further along the curve than the one before. */
static const char *
read_point (TillIdentityCurve *self, JsonNode *node)
{
  TillIdentityCurvePoint *point = &self->points[self->n];

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return "is no object";

  JsonObject *object = json_node_get_object (node);
  if (!read_share (object, "fmr", &point->fmr) || point->fmr <= 0)
    return "needs a number \"fmr\" above 0 and up to 1";
  if (!read_share (object, "score", &point->score))
    return "needs a number \"score\" from 0 to 1";
  if (!read_share (object, "fnmr", &point->fnmr))
    return "needs a number \"fnmr\" from 0 to 1";
  if (self->n == 0)
    return NULL;

  const TillIdentityCurvePoint *before = &self->points[self->n - 1];
  if (point->fmr >= before->fmr)
    return "must have a lower \"fmr\" than the one before";
  if (point->score <= before->score)
    return "must have a higher \"score\" than the one before";
  if (point->fnmr < before->fnmr)
    return "must not have a lower \"fnmr\" than the one before";
  return NULL;
}

static gboolean
read_points (TillIdentityCurve *self, JsonArray *array, const char *path, const char *name, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *wrong = read_point (self, json_array_get_element (array, i));

      if (wrong != NULL)
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: point %u of \"%s\" %s", path, i + 1, name,
                       wrong);
          return FALSE;
        }
      self->n++;
    }
  return TRUE;
}

gboolean
till_identity_curve_read (
    TillIdentityCurve *self, JsonNode *node, const char *path, const char *name, GError **error)
{
  JsonNode *points
      = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "points") : NULL;

  self->n = 0;
  if (points == NULL || !JSON_NODE_HOLDS_ARRAY (points))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" needs an array \"points\"", path, name);
      return FALSE;
    }

  JsonArray *array = json_node_get_array (points);
  guint n = json_array_get_length (array);
  if (n < 2 || n > TILL_IDENTITY_CURVE_MOST)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" has %u points but must have 2 to %d",
                   path, name, n, TILL_IDENTITY_CURVE_MOST);
      return FALSE;
    }
  return read_points (self, array, path, name, error);
}

double
till_identity_curve_get_score (const TillIdentityCurve *self, double fmr)
{
  guint i = 1;

  if (fmr >= self->points[0].fmr)
    return self->points[0].score;
  while (i + 1 < self->n && fmr < self->points[i].fmr)
    i++;

  const TillIdentityCurvePoint *from = &self->points[i - 1];
  const TillIdentityCurvePoint *to = &self->points[i];
  double share = log (fmr / from->fmr) / log (to->fmr / from->fmr);
  return MIN (from->score + share * (to->score - from->score), 1);
}
