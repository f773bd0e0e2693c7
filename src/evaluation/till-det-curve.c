/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-det-curve.h"

#include "evaluation/till-det-points.h"
#include "evaluation/till-normal-deviate.h"

#include <math.h>

/* Of the drawing, in its own units. */
#define WIDTH  760.0
#define LEFT   92.0
#define RIGHT  730.0
#define TOP    60.0
#define BOTTOM 500.0

/* Below the axis: the first line of the legend, and from one to the next. */
#define LEGEND      74.0
#define LEGEND_LINE 40.0

/* Rates the axes run between. */
#define LEAST_FMR  3e-7
#define LEAST_FNMR 1e-4
#define MOST       0.6

typedef struct
{
  double share;
  const char *label;
} Tick;

static const Tick fmr_ticks[] = {
  { 1e-6, "0.0001%" }, { 1e-5, "0.001%" }, { 1e-4, "0.01%" }, { 1e-3, "0.1%" },
  { 1e-2, "1%" },      { 0.05, "5%" },     { 0.2, "20%" },    { 0.5, "50%" },
};

static const Tick fnmr_ticks[] = {
  { 1e-3, "0.1%" }, { 0.002, "0.2%" }, { 0.005, "0.5%" }, { 0.01, "1%" }, { 0.02, "2%" },
  { 0.05, "5%" },   { 0.1, "10%" },    { 0.2, "20%" },    { 0.4, "40%" },
};

/* Told apart without colour by their dashes. */
static const struct
{
  const char *colour;
  const char *dashes;
} pens[TILL_DET_CURVE_LINES] = { { "#1a5fb4", "none" }, { "#a51d2d", "9 5" }, { "#26a269", "2 4" } };

static double
place (double share, double least, double from, double to)
{
  double low = till_normal_deviate (least);
  double high = till_normal_deviate (MOST);
  double at = (till_normal_deviate (CLAMP (share, least, MOST)) - low) / (high - low);

  return from + at * (to - from);
}

static double
place_x (double fmr)
{
  return place (fmr, LEAST_FMR, LEFT, RIGHT);
}

static double
place_y (double fnmr)
{
  return place (fnmr, LEAST_FNMR, BOTTOM, TOP);
}

/* A point as SVG writes numbers in every country. */
static void
add_number (GString *svg, const char *before, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (svg, before);
  g_string_append (svg, g_ascii_formatd (text, sizeof text, "%.1f", number));
}

static void
add_line (GString *svg, double x1, double y1, double x2, double y2, const char *style)
{
  add_number (svg, "<line x1=\"", x1);
  add_number (svg, "\" y1=\"", y1);
  add_number (svg, "\" x2=\"", x2);
  add_number (svg, "\" y2=\"", y2);
  g_string_append_printf (svg, "\" %s/>\n", style);
}

static void
add_text (GString *svg, double x, double y, const char *style, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  add_number (svg, "<text x=\"", x);
  add_number (svg, "\" y=\"", y);
  g_string_append_printf (svg, "\" %s>%s</text>\n", style, escaped);
}

static void
add_grid (GString *svg)
{
  const char *thin = "stroke=\"#dcdcdc\"";

  for (guint i = 0; i < G_N_ELEMENTS (fmr_ticks); i++)
    {
      double x = place_x (fmr_ticks[i].share);

      add_line (svg, x, TOP, x, BOTTOM, thin);
      add_text (svg, x, BOTTOM + 20, "text-anchor=\"middle\"", fmr_ticks[i].label);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fnmr_ticks); i++)
    {
      double y = place_y (fnmr_ticks[i].share);

      add_line (svg, LEFT, y, RIGHT, y, thin);
      add_text (svg, LEFT - 8, y + 4, "text-anchor=\"end\"", fnmr_ticks[i].label);
    }
  add_line (svg, LEFT, BOTTOM, RIGHT, BOTTOM, "stroke=\"#333333\"");
  add_line (svg, LEFT, TOP, LEFT, BOTTOM, "stroke=\"#333333\"");
}

static void
add_labels (GString *svg, const TillDetLabels *labels)
{
  g_autofree char *turned = g_strdup_printf ("text-anchor=\"middle\" transform=\"rotate(-90 22 %d)\"",
                                             (int) ((TOP + BOTTOM) / 2));

  add_text (svg, LEFT, 32, "font-size=\"18\" font-weight=\"bold\"", labels->title);
  add_text (svg, (LEFT + RIGHT) / 2, BOTTOM + 44, "text-anchor=\"middle\"", labels->fmr);
  add_text (svg, 22, (TOP + BOTTOM) / 2, turned, labels->fnmr);
}

/* FALSE when there is nothing to draw: the scores don't overlap. */
static gboolean
add_curve (GString *svg, const TillDetLine *line, guint pen)
{
  g_autoptr (GArray) points = till_det_points_new (line->genuine, line->impostor);

  if (points->len == 0)
    return FALSE;
  g_string_append_printf (
      svg,
      "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" stroke-dasharray=\"%s\" "
      "stroke-linejoin=\"round\" points=\"",
      pens[pen].colour, pens[pen].dashes);
  for (guint i = 0; i < points->len; i++)
    {
      const TillDetPoint *point = &g_array_index (points, TillDetPoint, i);

      /* Beyond the drawing a rate is no use to anybody. */
      if (point->fmr > MOST || point->fnmr > MOST)
        continue;
      add_number (svg, " ", place_x (point->fmr));
      add_number (svg, ",", place_y (point->fnmr));
    }
  g_string_append (svg, "\"/>\n");
  return TRUE;
}

/* The bounds as a cross, and where the rate is zero an open end towards it. */
static void
add_operating_point (GString *svg, const TillErrorRow *row, guint pen)
{
  g_autofree char *stroke = g_strdup_printf ("stroke=\"%s\" stroke-width=\"1.5\"", pens[pen].colour);
  double x = place_x (row->fmr.errors > 0 ? row->fmr.rate : row->fmr.upper);
  double y = place_y (row->fnmr.errors > 0 ? row->fnmr.rate : row->fnmr.upper);

  add_line (svg, place_x (row->fmr.lower), y, place_x (row->fmr.upper), y, stroke);
  add_line (svg, x, place_y (row->fnmr.lower), x, place_y (row->fnmr.upper), stroke);
  add_number (svg, "<circle cx=\"", x);
  add_number (svg, "\" cy=\"", y);
  g_string_append_printf (svg, "\" r=\"6\" fill=\"%s\" stroke=\"#ffffff\" stroke-width=\"2\"/>\n",
                          row->fmr.errors > 0 && row->fnmr.errors > 0 ? pens[pen].colour : "#ffffff");
  if (row->fmr.errors > 0 && row->fnmr.errors > 0)
    return;
  add_number (svg, "<circle cx=\"", x);
  add_number (svg, "\" cy=\"", y);
  g_string_append_printf (svg, "\" r=\"6\" fill=\"none\" %s/>\n", stroke);
}

/* As many digits as say something: "0.0013 %", and for none of them "none in 4500 (below 0.067 %)". */
static char *
rate_in_words (const TillErrorRate *rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (rate->trials == 0)
    return g_strdup ("not known");
  g_ascii_formatd (text, sizeof text, "%.2g", 100 * (rate->errors > 0 ? rate->rate : rate->upper));
  if (rate->errors > 0)
    return g_strdup_printf ("%s %%", text);
  return g_strdup_printf ("none in %" G_GUINT64_FORMAT " (below %s %%)", rate->trials, text);
}

/* A line's name and, below it, where the till stands on it. */
static void
add_legend (GString *svg, const TillDetLine *line, guint pen, gboolean drawn)
{
  double y = BOTTOM + LEGEND + LEGEND_LINE * pen;
  g_autofree char *fmr = rate_in_words (&line->operating->fmr);
  g_autofree char *fnmr = rate_in_words (&line->operating->fnmr);
  g_autofree char *words = g_strdup_printf ("● the till: false matches %s, false non-matches %s", fmr, fnmr);
  g_autofree char *stroke = g_strdup_printf ("stroke=\"%s\" stroke-width=\"2.5\" stroke-dasharray=\"%s\"",
                                             pens[pen].colour, pens[pen].dashes);
  g_autofree char *name = g_strconcat (
      line->name, drawn ? "" : " (no curve: every right score is above every wrong one)", NULL);

  add_line (svg, LEFT - 60, y - 4, LEFT - 20, y - 4, stroke);
  add_text (svg, LEFT - 10, y, "font-weight=\"bold\"", name);
  add_text (svg, LEFT - 10, y + 17, "", words);
}

char *
till_det_curve_draw (const TillDetLabels *labels, const TillDetLine *lines, guint n_lines)
{
  GString *svg = g_string_new (NULL);
  gboolean drawn[TILL_DET_CURVE_LINES];
  int width = (int) WIDTH;
  int height = (int) (BOTTOM + LEGEND + LEGEND_LINE * n_lines);

  g_return_val_if_fail (n_lines <= TILL_DET_CURVE_LINES, NULL);

  g_string_append_printf (
      svg,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
      "height=\"%d\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222222\" role=\"img\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
      width, height, width, height);
  add_grid (svg);
  add_labels (svg, labels);
  for (guint i = 0; i < n_lines; i++)
    drawn[i] = add_curve (svg, &lines[i], i);
  for (guint i = 0; i < n_lines; i++)
    {
      add_operating_point (svg, lines[i].operating, i);
      add_legend (svg, &lines[i], i, drawn[i]);
    }
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
