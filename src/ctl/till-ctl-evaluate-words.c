/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-evaluate.h"

#include <stdio.h>

/* Files named one by one before the rest is only counted. */
#define NAMED 10

char *
till_ctl_evaluate_rate (const TillErrorRate *rate)
{
  if (rate->trials == 0)
    return g_strdup ("nothing to tell by");
  if (rate->errors == 0)
    return g_strdup_printf ("none of %" G_GUINT64_FORMAT " (below %.2g %%)", rate->trials, 100 * rate->upper);
  return g_strdup_printf ("%.2g %% (%.2g to %.2g %%; %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ")",
                          100 * rate->rate, 100 * rate->lower, 100 * rate->upper, rate->errors, rate->trials);
}

static void
print_wanted (const TillErrorRow *row, guint64 n)
{
  if (!row->measurable)
    {
      printf ("  1 in %-9.0f  not measurable with %" G_GUINT64_FORMAT " comparisons\n", 1 / row->wanted, n);
      return;
    }

  g_autofree char *fnmr = till_ctl_evaluate_rate (&row->fnmr);
  printf ("  1 in %-9.0f  %9.4f   %s\n", 1 / row->wanted, row->threshold, fnmr);
}

void
till_ctl_evaluate_print_table (const TillErrorTable *table, const char *fmr, const char *fnmr)
{
  printf ("\n  %-14s  threshold   %s, with 95 %% bounds\n", fmr, fnmr);
  for (guint i = 0; i < TILL_ERROR_TABLE_ROWS; i++)
    print_wanted (&table->rows[i], table->operating.fmr.trials);
  printf ("  equal error rate %.2g %%, area under the curve %.4f, mean scores %.3f and %.3f\n",
          100 * table->eer, table->auc, table->genuine_mean, table->impostor_mean);
}

void
till_ctl_evaluate_print_row (const char *what,
                             const TillErrorRow *row,
                             const char *fmr_name,
                             const char *fnmr_name)
{
  g_autofree char *fmr = till_ctl_evaluate_rate (&row->fmr);
  g_autofree char *fnmr = till_ctl_evaluate_rate (&row->fnmr);

  printf ("\n  %s\n    %s: %s\n    %s: %s\n", what, fmr_name, fmr, fnmr_name, fnmr);
}

/* One line for each file, then how many more there are. */
static void
print_file (const char *what, const char *name, const char *why, guint *count)
{
  if ((*count)++ < NAMED)
    printf ("  %s: %s%s%s\n", what, name, *why != '\0' ? ": " : "", why);
}

static void
print_more (const char *what, guint count)
{
  if (count > NAMED)
    printf ("  %s: and %u more\n", what, count - NAMED);
}

void
till_ctl_evaluate_print_trouble (const TillSpecimenSet *set)
{
  guint faceless = 0, broken = 0, folders = 0;

  printf ("\n");
  for (guint i = 0; i < set->specimens->len; i++)
    {
      const TillSpecimen *specimen = g_ptr_array_index (set->specimens, i);

      if (specimen->trouble == NULL && specimen->faces == 0)
        print_file ("no face", specimen->name, "", &faceless);
    }
  print_more ("no face", faceless);
  for (guint i = 0; i < set->specimens->len; i++)
    {
      const TillSpecimen *specimen = g_ptr_array_index (set->specimens, i);

      if (specimen->trouble != NULL)
        print_file ("unreadable", specimen->name, specimen->trouble, &broken);
    }
  print_more ("unreadable", broken);
  for (guint i = 0; i < set->trouble->len; i++)
    print_file ("unreadable", g_ptr_array_index (set->trouble, i), "", &folders);
  print_more ("unreadable folders", folders);
  if (set->skipped->len > 0)
    printf ("  skipped: %u file%s that are neither photographs nor clips, the first %s\n", set->skipped->len,
            set->skipped->len == 1 ? "" : "s", (const char *) g_ptr_array_index (set->skipped, 0));
}

void
till_ctl_evaluate_print_json (const TillCtlEvaluateWords *words, JsonObject *object)
{
  JsonArray *folders = json_array_new ();

  for (guint i = 0; words->folders[i] != NULL; i++)
    {
      g_autofree char *shown = g_filename_display_name (words->folders[i]);

      json_array_add_string_element (folders, shown);
    }
  json_object_set_array_member (object, "folders", folders);
  till_ctl_print_json (object);
}
