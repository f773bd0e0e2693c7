/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-class-evaluation.h"
#include "evaluation/till-evaluation-json.h"

static JsonObject *
counts_of_class (const TillClassEvaluation *self, gboolean positive)
{
  JsonObject *object = json_object_new ();
  guint first = positive ? 0 : self->first_negative;
  guint end = positive ? self->first_negative : self->groups->len;
  gint64 enlarged = 0, good = 0, faces = 0;

  for (guint i = first; i < end; i++)
    {
      const TillClassGroup *group = &g_array_index (self->groups, TillClassGroup, i);

      enlarged += group->enlarged;
      good += group->good;
      faces += group->pictures;
    }
  json_object_set_string_member (object, "class", positive ? self->suite->positive : self->suite->negative);
  till_evaluation_json_add_counts (object, self->set, first, end - first);
  json_object_set_int_member (object, "enlarged", enlarged);
  json_object_set_int_member (object, "failed_gate", faces - good);
  return object;
}

static JsonObject *
counts_to_json (const TillClassEvaluation *self)
{
  JsonObject *counts = json_object_new ();

  json_object_set_object_member (counts, "positive", counts_of_class (self, TRUE));
  json_object_set_object_member (counts, "negative", counts_of_class (self, FALSE));
  till_evaluation_json_add_counts (counts, self->set, 0, self->groups->len);
  json_object_set_int_member (counts, "skipped", self->set->skipped->len);
  json_object_set_int_member (counts, "genuine", (gint64) self->table.operating.fnmr.trials);
  json_object_set_int_member (counts, "impostor", (gint64) self->table.operating.fmr.trials);
  return counts;
}

/* The same two rates by the names of their own field. */
static void
add_own_names (const TillClassEvaluation *self, JsonObject *row_object, const TillErrorRow *row)
{
  till_evaluation_json_add_rate (row_object, self->suite->false_accept, &row->fmr);
  till_evaluation_json_add_rate (row_object, self->suite->false_reject, &row->fnmr);
}

static JsonObject *
acquisition_to_json (const TillClassEvaluation *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *row = till_evaluation_json_row (&self->good_table.operating);

  till_evaluation_json_add_rate (object, "failure_to_acquire", &self->failure_to_acquire);
  add_own_names (self, row, &self->good_table.operating);
  json_object_set_object_member (object, "without_failures", row);
  return object;
}

static JsonObject *
group_to_json (const TillClassEvaluation *self, const TillClassGroup *group)
{
  JsonObject *object = json_object_new ();
  TillErrorRate wrong;

  till_error_rate_init (&wrong, group->wrong, group->pictures);
  json_object_set_string_member (object, "name", group->name);
  json_object_set_string_member (object, "class",
                                 group->positive ? self->suite->positive : self->suite->negative);
  json_object_set_int_member (object, "pictures", group->pictures);
  json_object_set_int_member (object, "wrong", group->wrong);
  till_evaluation_json_add_rate (
      object, group->positive ? self->suite->false_reject : self->suite->false_accept, &wrong);
  if (self->suite->fused)
    {
      json_object_set_int_member (object, "clips", group->clips);
      json_object_set_int_member (object, "clips_taken_for_live", group->taken_for_positive);
      json_object_set_int_member (object, "clips_taken_for_attack", group->taken_for_negative);
      json_object_set_int_member (object, "clips_undecided", group->undecided);
    }
  return object;
}

static JsonArray *
groups_to_json (const TillClassEvaluation *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      const TillClassGroup *group = &g_array_index (self->groups, TillClassGroup, i);

      if (group->pictures > 0 || group->clips > 0)
        json_array_add_object_element (array, group_to_json (self, group));
    }
  return array;
}

/* Whole clips, by many frames together. */
static JsonObject *
fused_to_json (const TillClassEvaluation *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "live_clips", (gint64) self->clips_rejected.trials);
  json_object_set_int_member (object, "attack_clips", (gint64) self->clips_accepted.trials);
  till_evaluation_json_add_rate (object, "fmr", &self->clips_accepted);
  till_evaluation_json_add_rate (object, "fnmr", &self->clips_rejected);
  till_evaluation_json_add_rate (object, self->suite->false_accept, &self->clips_accepted);
  till_evaluation_json_add_rate (object, self->suite->false_reject, &self->clips_rejected);
  return object;
}

static JsonArray *
pictures_to_json (GArray *pictures)
{
  JsonArray *array = json_array_sized_new (pictures->len);

  for (guint i = 0; i < pictures->len; i++)
    {
      const TillScoredPicture *picture = &g_array_index (pictures, TillScoredPicture, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "file", picture->name);
      json_object_set_double_member (object, "score", (double) picture->score);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
till_class_evaluation_to_json (const TillClassEvaluation *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *worst = json_object_new ();

  json_object_set_string_member (object, "suite", self->suite->name);
  json_object_set_object_member (object, "counts", counts_to_json (self));
  till_evaluation_json_add_table (object, &self->table);
  add_own_names (self, json_object_get_object_member (object, "operating_point"), &self->table.operating);
  till_evaluation_json_add_bounds (object);
  json_object_set_object_member (object, "acquisition", acquisition_to_json (self));
  json_object_set_array_member (object, "groups", groups_to_json (self));
  if (self->suite->fused)
    json_object_set_object_member (object, "fused", fused_to_json (self));
  json_object_set_array_member (worst, "positive", pictures_to_json (self->worst_positive));
  json_object_set_array_member (worst, "negative", pictures_to_json (self->worst_negative));
  json_object_set_object_member (object, "worst", worst);
  till_evaluation_json_add_trouble (object, self->set);
  return object;
}
