/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-template.h"
#include "evaluation/till-evaluation-json.h"
#include "evaluation/till-identity-evaluation.h"
#include "evaluation/till-pass-attempts.h"
#include "evaluation/till-person-record.h"

/* People named as the worst. */
#define WORST_PEOPLE 20

static JsonObject *
counts_to_json (const TillIdentityEvaluation *self)
{
  JsonObject *counts = json_object_new ();

  json_object_set_int_member (counts, "people", self->people);
  till_evaluation_json_add_counts (counts, self->set, 0, self->set->groups->len);
  json_object_set_int_member (counts, "skipped", self->set->skipped->len);
  json_object_set_int_member (counts, "failed_gate", self->failed_gate);
  json_object_set_int_member (counts, "genuine", (gint64) self->table.operating.fnmr.trials);
  json_object_set_int_member (counts, "impostor", (gint64) self->table.operating.fmr.trials);
  return counts;
}

static JsonObject *
hints_to_json (const TillIdentityEvaluation *self)
{
  JsonObject *object = json_object_new ();
  gint64 counts[TILL_HINT_EYES + 1] = { 0 };
  gint64 weak = 0;

  for (guint i = 0; i < self->pictures->len; i++)
    {
      const TillIdentityPicture *picture = &g_array_index (self->pictures, TillIdentityPicture, i);

      if (picture->weak)
        weak++;
      else
        counts[picture->hint]++;
    }
  if (weak > 0)
    json_object_set_int_member (object, "weak", weak);
  for (guint hint = 0; hint < G_N_ELEMENTS (counts); hint++)
    if (counts[hint] > 0)
      json_object_set_int_member (object, till_evaluation_json_hint ((TillHint) hint), counts[hint]);
  return object;
}

static JsonObject *
acquisition_to_json (const TillIdentityEvaluation *self)
{
  JsonObject *object = json_object_new ();

  till_evaluation_json_add_rate (object, "failure_to_acquire", &self->failure_to_acquire);
  json_object_set_object_member (object, "pictures", hints_to_json (self));
  json_object_set_object_member (object, "without_failures",
                                 till_evaluation_json_row (&self->good_table.operating));
  json_object_set_object_member (object, "with_failures", till_evaluation_json_row (&self->with_failures));
  return object;
}

static JsonArray *
passes_to_json (const TillIdentityAttempts *attempts, double threshold)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < attempts->passes->len; i++)
    {
      const TillPassAttempts *pass = g_ptr_array_index (attempts->passes, i);
      JsonObject *object = json_object_new ();
      TillErrorTable table;

      till_error_table_init (&table, pass->genuine, pass->impostor, threshold);
      json_object_set_int_member (object, "bits", pass->bits);
      json_object_set_int_member (object, "bytes", (gint64) TILL_PASS_TEMPLATE_SIZE (pass->bits));
      json_object_set_double_member (object, "likeness_least", pass->least_likeness);
      json_object_set_double_member (object, "likeness_mean", pass->mean_likeness);
      till_evaluation_json_add_table (object, &table);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
attempts_to_json (const TillIdentityEvaluation *self)
{
  const TillIdentityAttempts *attempts = &self->attempts;
  JsonObject *object = json_object_new ();
  JsonObject *counts = json_object_new ();

  json_object_set_int_member (counts, "customers", attempts->customers);
  json_object_set_int_member (counts, "failed_to_enrol", attempts->failed_to_enrol);
  json_object_set_int_member (counts, "offered", attempts->offered);
  json_object_set_int_member (counts, "refused", attempts->refused);
  json_object_set_int_member (counts, "probes", attempts->probes);
  json_object_set_int_member (counts, "strangers", attempts->strangers);
  json_object_set_int_member (counts, "genuine", (gint64) attempts->genuine_tries);
  json_object_set_int_member (counts, "impostor", (gint64) attempts->impostor_tries);
  json_object_set_object_member (object, "counts", counts);
  till_evaluation_json_add_table (object, &self->attempts_table);
  json_object_set_object_member (object, "without_failures",
                                 till_evaluation_json_row (&self->good_attempts_table.operating));
  json_object_set_object_member (object, "with_failures",
                                 till_evaluation_json_row (&self->attempts_with_failures));
  json_object_set_array_member (object, "passes",
                                passes_to_json (attempts, self->attempts_table.operating.threshold));
  return object;
}

static JsonArray *
pairs_to_json (const TillIdentityEvaluation *self, GArray *pairs)
{
  JsonArray *array = json_array_sized_new (pairs->len);

  for (guint i = 0; i < pairs->len; i++)
    {
      const TillComparedPair *pair = &g_array_index (pairs, TillComparedPair, i);
      JsonObject *object = json_object_new ();
      JsonArray *files = json_array_sized_new (2);

      json_array_add_string_element (files,
                                     g_array_index (self->pictures, TillIdentityPicture, pair->first).name);
      json_array_add_string_element (files,
                                     g_array_index (self->pictures, TillIdentityPicture, pair->second).name);
      json_object_set_array_member (object, "files", files);
      json_object_set_double_member (object, "score", (double) pair->score);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
people_to_json (const TillIdentityEvaluation *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < MIN (WORST_PEOPLE, self->people_by_record->len); i++)
    {
      const TillPersonRecord *record = &g_array_index (self->people_by_record, TillPersonRecord, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "person", g_ptr_array_index (self->set->groups, record->person));
      json_object_set_int_member (object, "pictures", record->pictures);
      json_object_set_int_member (object, "pairs", record->pairs);
      json_object_set_int_member (object, "missed", record->missed);
      json_object_set_double_member (object, "lowest", record->least);
      json_object_set_double_member (object, "mean", record->mean);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
till_identity_evaluation_to_json (const TillIdentityEvaluation *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *worst = json_object_new ();

  json_object_set_string_member (object, "suite", "identity");
  json_object_set_object_member (object, "counts", counts_to_json (self));
  till_evaluation_json_add_table (object, &self->table);
  till_evaluation_json_add_bounds (object);
  json_object_set_object_member (object, "acquisition", acquisition_to_json (self));
  json_object_set_object_member (object, "attempts", attempts_to_json (self));
  json_object_set_array_member (worst, "people", people_to_json (self));
  json_object_set_array_member (worst, "genuine", pairs_to_json (self, self->comparison.least_genuine));
  json_object_set_array_member (worst, "impostor", pairs_to_json (self, self->comparison.most_impostor));
  json_object_set_object_member (object, "worst", worst);
  till_evaluation_json_add_trouble (object, self->set);
  return object;
}
