/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-operating-point.h"

#include "base/till-error.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>

G_DEFINE_BOXED_TYPE (TillOperatingPoint,
                     till_operating_point,
                     till_operating_point_ref,
                     till_operating_point_unref)

/* One threshold: where it goes and what range it can have. */
typedef struct
{
  const char *name;
  gsize offset;
  gboolean whole;
  double least;
  double most;
} Member;

#define REAL(member, least, most)                                                                            \
  {                                                                                                          \
#member, G_STRUCT_OFFSET(TillOperatingPoint, member), FALSE, least, most                                 \
  }
#define WHOLE(member, least, most)                                                                           \
  {                                                                                                          \
#member, G_STRUCT_OFFSET(TillOperatingPoint, member), TRUE, least, most                                  \
  }

#define CURVE "identity_curve"

static const Member members[] = {
  REAL (identity_fmr, 1e-9, 0.01),
  REAL (identity_margin, 0, 1),
  REAL (look_alike_margin, 0, 1),
  REAL (least_strength, 0, 100),
  WHOLE (identity_frames, 1, 8),
  WHOLE (identity_patience, 1, 1000),
  REAL (same_face, -1, 1),
  REAL (live_score, 0, 1),
  REAL (live_least, 0, 1),
  REAL (live_frame_score, 0, 1),
  REAL (most_grid, 1, 1000),
  REAL (most_recurrence, 1, 1000),
  REAL (most_bands, 0, 10000),
  REAL (band_likeness, 0, 1),
  REAL (most_bezel, 0, 255),
  REAL (attack_score, 0, 1),
  WHOLE (live_frames, 1, 16),
  REAL (live_seconds, 0.1, 60),
  REAL (eyes_closed, 0, 1),
  REAL (asleep_seconds, 0.1, 60),
  REAL (blink_seconds, 0.05, 10),
  REAL (neutral_smile, 0, 1),
  REAL (smile_score, 0, 1),
  REAL (smile_log_odds, 0, 20),
  REAL (smile_widening, 0.01, 1),
  REAL (resting_smile, 0, 1),
  REAL (resting_seconds, 0, 10),
  REAL (now_least_seconds, 0, 10),
  REAL (now_most_seconds, 0, 10),
  REAL (reaction_seconds, 0, 1),
  REAL (smile_patience_seconds, 1, 60),
  REAL (growth_seconds, 0, 1),
  REAL (shape_step, 0.001, 10),
  REAL (cheek_change, 0, 2),
  REAL (neutral_seconds, 0, 10),
  REAL (smile_seconds, 0, 10),
  REAL (absent_seconds, 0.1, 60),
  REAL (hint_seconds, 0, 10),
  REAL (least_square, 16, 1000),
  REAL (most_fill, 0.1, 2),
  REAL (least_sharpness, 0, 10000),
  REAL (least_brightness, 0, 255),
  REAL (most_brightness, 0, 255),
  REAL (least_contrast, 0, 128),
  REAL (most_side_light, 0, 1),
  REAL (most_clipped, 0, 1),
  REAL (most_yaw, 0, 90),
  REAL (most_pitch, 0, 90),
  REAL (most_roll, 0, 90),
  REAL (second_face, 0.01, 1),
};

static const Member *
find_member (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return &members[i];
  return NULL;
}

/* A threshold without its unit and origin is refused: nobody could check it. */
static gboolean
check_words (JsonObject *object, const char *path, const char *name, GError **error)
{
  static const char *const words[] = { "unit", "from" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      JsonNode *node = json_object_get_member (object, words[i]);

      if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING
          || *json_node_get_string (node) == '\0')
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" needs a text \"%s\"", path, name,
                       words[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *path, const Member *member, double *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, "value");
  GType type
      = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" needs a number \"value\"", path,
                   member->name);
      return FALSE;
    }
  *value = json_node_get_double (node);
  if (member->whole && *value != floor (*value))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" is %g but must be a whole number", path,
                   member->name, *value);
      return FALSE;
    }
  if (!(*value >= member->least && *value <= member->most))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" is %g but must be from %g to %g", path,
                   member->name, *value, member->least, member->most);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_member (
    TillOperatingPoint *self, JsonObject *root, const char *path, const Member *member, GError **error)
{
  JsonNode *node = json_object_get_member (root, member->name);
  double value = 0;

  if (node == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" is missing", path, member->name);
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s: \"%s\" must be an object with \"value\", \"unit\" and \"from\"", path, member->name);
      return FALSE;
    }

  JsonObject *object = json_node_get_object (node);
  if (!read_number (object, path, member, &value, error) || !check_words (object, path, member->name, error))
    return FALSE;

  if (member->whole)
    G_STRUCT_MEMBER (guint, self, member->offset) = (guint) value;
  else
    G_STRUCT_MEMBER (double, self, member->offset) = value;
  return TRUE;
}

static gboolean
read_curve (TillOperatingPoint *self, JsonObject *root, const char *path, GError **error)
{
  JsonNode *node = json_object_get_member (root, CURVE);

  if (node == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" is missing", path, CURVE);
      return FALSE;
    }
  return till_identity_curve_read (&self->identity_curve, node, path, CURVE, error)
         && check_words (json_node_get_object (node), path, CURVE, error);
}

static gboolean
refuse_unknown (JsonObject *root, const char *path, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (root);

  for (GList *l = names; l != NULL; l = l->next)
    if (find_member (l->data) == NULL && !g_str_equal (l->data, CURVE))
      {
        g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: \"%s\" is not a threshold this till knows",
                     path, (const char *) l->data);
        return FALSE;
      }
  return TRUE;
}

/* Ranges that hold each by itself may still contradict each other. */
static gboolean
check_order (const TillOperatingPoint *self, const char *path, GError **error)
{
  const char *wrong = NULL;

  if (self->attack_score >= self->live_score)
    wrong = "\"attack_score\" must be below \"live_score\"";
  else if (self->live_least > self->live_score)
    wrong = "\"live_least\" must not be above \"live_score\"";
  else if (self->neutral_smile >= self->smile_score)
    wrong = "\"neutral_smile\" must be below \"smile_score\"";
  else if (self->resting_smile < self->neutral_smile)
    wrong = "\"resting_smile\" must not be below \"neutral_smile\"";
  else if (self->now_least_seconds > self->now_most_seconds)
    wrong = "\"now_least_seconds\" must not be above \"now_most_seconds\"";
  else if (self->look_alike_margin < self->identity_margin)
    wrong = "\"look_alike_margin\" must not be below \"identity_margin\"";
  else if (self->blink_seconds >= self->asleep_seconds)
    wrong = "\"blink_seconds\" must be below \"asleep_seconds\"";
  else if (self->least_brightness >= self->most_brightness)
    wrong = "\"least_brightness\" must be below \"most_brightness\"";
  else if (self->identity_frames > self->identity_patience)
    wrong = "\"identity_patience\" must be at least \"identity_frames\"";

  if (wrong != NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: %s", path, wrong);
  return wrong == NULL;
}

static JsonParser *
parse_file (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) cause = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                   "%s: no operating point there; restore data/operating-point.json from the source", path);
      return NULL;
    }
  if (!json_parser_load_from_file (parser, path, &cause))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: not JSON: %s", path, cause->message);
      return NULL;
    }
  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: must be one JSON object of thresholds", path);
      return NULL;
    }
  return g_steal_pointer (&parser);
}

TillOperatingPoint *
till_operating_point_load (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (JsonParser) parser = parse_file (path, error);
  if (parser == NULL)
    return NULL;

  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  g_autoptr (TillOperatingPoint) self = g_atomic_rc_box_new0 (TillOperatingPoint);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!read_member (self, root, path, &members[i], error))
      return NULL;
  if (!read_curve (self, root, path, error))
    return NULL;
  if (!refuse_unknown (root, path, error) || !check_order (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

TillOperatingPoint *
till_operating_point_ref (TillOperatingPoint *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
till_operating_point_unref (TillOperatingPoint *self)
{
  g_atomic_rc_box_release (self);
}

double
till_operating_point_identity_score (const TillOperatingPoint *self, guint bucket)
{
  return till_identity_curve_get_score (&self->identity_curve, self->identity_fmr / MAX (bucket, 1));
}
