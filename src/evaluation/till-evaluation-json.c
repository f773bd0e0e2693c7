/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-evaluation-json.h"

#include <math.h>

void
till_evaluation_json_add_number (JsonObject *object, const char *name, double number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, number);
  else
    json_object_set_null_member (object, name);
}

void
till_evaluation_json_add_rate (JsonObject *object, const char *name, const TillErrorRate *rate)
{
  g_autofree char *lower = g_strconcat (name, "_lower", NULL);
  g_autofree char *upper = g_strconcat (name, "_upper", NULL);

  till_evaluation_json_add_number (object, name, rate->rate);
  till_evaluation_json_add_number (object, lower, rate->lower);
  till_evaluation_json_add_number (object, upper, rate->upper);
}

static void
add_errors (JsonObject *object, const TillErrorRow *row)
{
  json_object_set_int_member (object, "false_matches", (gint64) row->fmr.errors);
  json_object_set_int_member (object, "impostor", (gint64) row->fmr.trials);
  json_object_set_int_member (object, "false_non_matches", (gint64) row->fnmr.errors);
  json_object_set_int_member (object, "genuine", (gint64) row->fnmr.trials);
}

JsonObject *
till_evaluation_json_row (const TillErrorRow *row)
{
  JsonObject *object = json_object_new ();

  till_evaluation_json_add_number (object, "threshold", row->threshold);
  till_evaluation_json_add_rate (object, "fmr", &row->fmr);
  till_evaluation_json_add_rate (object, "fnmr", &row->fnmr);
  add_errors (object, row);
  return object;
}

/* "fmr" is the rate that was asked for, so that a row can be found by it; "fmr_reached" is the one measured. */
static JsonObject *
wanted_row (const TillErrorRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "fmr", row->wanted);
  json_object_set_boolean_member (object, "measurable", row->measurable);
  till_evaluation_json_add_number (object, "threshold", row->threshold);
  if (row->measurable)
    {
      till_evaluation_json_add_rate (object, "fnmr", &row->fnmr);
      till_evaluation_json_add_rate (object, "fmr_reached", &row->fmr);
      add_errors (object, row);
    }
  else
    json_object_set_null_member (object, "fnmr");
  return object;
}

void
till_evaluation_json_add_table (JsonObject *object, const TillErrorTable *table)
{
  JsonArray *rates = json_array_new ();

  for (guint i = 0; i < TILL_ERROR_TABLE_ROWS; i++)
    json_array_add_object_element (rates, wanted_row (&table->rows[i]));
  json_object_set_array_member (object, "rates", rates);
  json_object_set_object_member (object, "operating_point", till_evaluation_json_row (&table->operating));
  till_evaluation_json_add_number (object, "eer", table->eer);
  till_evaluation_json_add_number (object, "auc", table->auc);
  till_evaluation_json_add_number (object, "genuine_mean", table->genuine_mean);
  till_evaluation_json_add_number (object, "impostor_mean", table->impostor_mean);
}

void
till_evaluation_json_add_bounds (JsonObject *object)
{
  JsonObject *bounds = json_object_new ();

  json_object_set_double_member (bounds, "confidence", TILL_ERROR_RATE_CONFIDENCE);
  json_object_set_string_member (bounds, "method", "Clopper-Pearson");
  json_object_set_string_member (bounds, "without_errors", "rule of three");
  json_object_set_object_member (object, "bounds", bounds);
}

static JsonArray *
array_of_texts (GPtrArray *texts)
{
  JsonArray *array = json_array_sized_new (texts->len);

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  return array;
}

static JsonObject *
unreadable (const TillSpecimen *specimen)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", specimen->name);
  json_object_set_string_member (object, "why", specimen->trouble);
  return object;
}

void
till_evaluation_json_add_trouble (JsonObject *object, const TillSpecimenSet *set)
{
  JsonObject *trouble = json_object_new ();
  JsonArray *faceless = json_array_new ();
  JsonArray *broken = json_array_new ();

  for (guint i = 0; i < set->specimens->len; i++)
    {
      const TillSpecimen *specimen = g_ptr_array_index (set->specimens, i);

      if (specimen->trouble != NULL)
        json_array_add_object_element (broken, unreadable (specimen));
      else if (specimen->faces == 0)
        json_array_add_string_element (faceless, specimen->name);
    }
  json_object_set_array_member (trouble, "no_face", faceless);
  json_object_set_array_member (trouble, "unreadable", broken);
  json_object_set_array_member (trouble, "skipped", array_of_texts (set->skipped));
  json_object_set_array_member (trouble, "folders", array_of_texts (set->trouble));
  json_object_set_object_member (object, "trouble", trouble);
}

void
till_evaluation_json_add_counts (JsonObject *object,
                                 const TillSpecimenSet *set,
                                 guint first_group,
                                 guint n_groups)
{
  gint64 photographs = 0, clips = 0, pictures = 0, faces = 0, broken = 0;

  for (guint i = 0; i < set->specimens->len; i++)
    {
      const TillSpecimen *specimen = g_ptr_array_index (set->specimens, i);

      if (specimen->group < first_group || specimen->group - first_group >= n_groups)
        continue;
      photographs += specimen->kind == TILL_SPECIMEN_PHOTO;
      clips += specimen->kind == TILL_SPECIMEN_CLIP;
      broken += specimen->trouble != NULL;
      pictures += specimen->pictures;
      faces += specimen->faces;
    }
  json_object_set_int_member (object, "photographs", photographs);
  json_object_set_int_member (object, "clips", clips);
  json_object_set_int_member (object, "pictures", pictures);
  json_object_set_int_member (object, "faces", faces);
  json_object_set_int_member (object, "no_face", pictures - faces);
  json_object_set_int_member (object, "unreadable", broken);
}

const char *
till_evaluation_json_hint (TillHint hint)
{
  static const char *const names[] = {
    [TILL_HINT_NONE] = "good",   [TILL_HINT_NO_FACE] = "no_face",
    [TILL_HINT_ALONE] = "alone", [TILL_HINT_CLOSER] = "closer",
    [TILL_HINT_BACK] = "back",   [TILL_HINT_LIGHT] = "light",
    [TILL_HINT_STILL] = "still", [TILL_HINT_FACE_CAMERA] = "face_camera",
    [TILL_HINT_EYES] = "eyes",
  };

  return names[hint];
}
