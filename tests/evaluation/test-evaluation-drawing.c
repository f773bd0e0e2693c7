/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-det-curve.h"
#include "evaluation/till-det-points.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* What stands in a drawing. */
typedef struct
{
  guint curves;
  guint marks;
  GString *text;
} Drawing;

static void
on_element (GMarkupParseContext *context,
            const char *name,
            const char **names,
            const char **values,
            gpointer data,
            GError **error)
{
  Drawing *drawing = data;

  if (g_str_equal (name, "polyline"))
    drawing->curves++;
  if (g_str_equal (name, "circle"))
    drawing->marks++;
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  g_string_append_len (((Drawing *) data)->text, text, (gssize) length);
  g_string_append_c (((Drawing *) data)->text, '\n');
}

static Drawing
parse (const char *svg)
{
  const GMarkupParser parser = { .start_element = on_element, .text = on_text };
  Drawing drawing = { .text = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &drawing, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return drawing;
}

/* Genuine from @from to @from + 1, impostors from 0 to 1. */
static void
make_scores (TillScores **genuine, TillScores **impostor, guint n, float from)
{
  *genuine = till_scores_new ();
  *impostor = till_scores_new ();
  for (guint i = 0; i < n; i++)
    {
      till_scores_add (*genuine, from + (float) i / (float) n);
      till_scores_add (*impostor, (float) i / (float) n);
    }
}

static void
test_points (void)
{
  g_autoptr (TillScores) genuine = NULL;
  g_autoptr (TillScores) impostor = NULL;

  make_scores (&genuine, &impostor, 100000, 0.5f);
  g_autoptr (GArray) points = till_det_points_new (genuine, impostor);
  g_assert_cmpuint (points->len, >, 100);
  g_assert_cmpuint (points->len, <, 2000);
  for (guint i = 0; i < points->len; i++)
    {
      const TillDetPoint *point = &g_array_index (points, TillDetPoint, i);
      const TillDetPoint *before = i > 0 ? point - 1 : point;

      /* Both rates are known here: what is above, and what is below, of two even spreads. */
      g_assert_cmpfloat (fabs (point->fmr - (1 - point->threshold)), <, 1e-4);
      g_assert_cmpfloat (fabs (point->fnmr - (point->threshold - 0.5)), <, 1e-4);
      g_assert_cmpfloat (point->fmr, >=, before->fmr);
      g_assert_cmpfloat (point->fnmr, <=, before->fnmr);
    }
}

static char *
draw (TillScores *genuine, TillScores *impostor, double threshold)
{
  const TillDetLabels labels = { "Faces & <names>", "false matches", "false non-matches" };
  TillErrorRow row;
  TillDetLine line = { "a line", genuine, impostor, &row };

  till_error_row_init (&row, genuine, impostor, threshold);
  return till_det_curve_draw (&labels, &line, 1);
}

static void
test_drawing (void)
{
  g_autoptr (TillScores) genuine = NULL;
  g_autoptr (TillScores) impostor = NULL;

  make_scores (&genuine, &impostor, 1000, 0.5f);
  g_autofree char *svg = draw (genuine, impostor, 0.75);
  Drawing drawing = parse (svg);
  g_assert_cmpuint (drawing.curves, ==, 1);
  g_assert_cmpuint (drawing.marks, ==, 1);
  g_assert_nonnull (strstr (drawing.text->str, "Faces & <names>"));
  g_assert_nonnull (strstr (drawing.text->str, "the till: false matches 25 %, false non-matches 25 %"));
  g_string_free (drawing.text, TRUE);
}

/* Nothing to draw is said, and a rate of nothing is given as its bound. */
static void
test_without_overlap (void)
{
  g_autoptr (TillScores) genuine = NULL;
  g_autoptr (TillScores) impostor = NULL;

  make_scores (&genuine, &impostor, 300, 2);
  g_autofree char *svg = draw (genuine, impostor, 1.5);
  Drawing drawing = parse (svg);
  g_assert_cmpuint (drawing.curves, ==, 0);
  g_assert_nonnull (strstr (drawing.text->str, "no curve"));
  g_assert_nonnull (strstr (drawing.text->str, "false matches none in 300 (below 0.99 %)"));
  g_string_free (drawing.text, TRUE);
}

/* A drawing must open everywhere, also when it was made where numbers have a comma. */
static void
test_comma (void)
{
  static const char *const places[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "nl_NL.UTF-8", "es_ES.UTF-8" };
  g_autoptr (TillScores) genuine = NULL;
  g_autoptr (TillScores) impostor = NULL;
  const char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places) && found == NULL; i++)
    found = setlocale (LC_ALL, places[i]);
  if (found == NULL)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }
  make_scores (&genuine, &impostor, 1000, 0.5f);
  g_autofree char *here = draw (genuine, impostor, 0.75);
  setlocale (LC_ALL, "C");
  g_autofree char *plain = draw (genuine, impostor, 0.75);
  g_assert_cmpstr (here, ==, plain);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/drawing/points", test_points);
  g_test_add_func ("/evaluation/drawing/drawing", test_drawing);
  g_test_add_func ("/evaluation/drawing/without-overlap", test_without_overlap);
  g_test_add_func ("/evaluation/drawing/comma", test_comma);
  return g_test_run ();
}
