/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-takings-plot.h"

#include <glib/gi18n.h>
#include <math.h>

/* Hours that are always on the scale, and how many lines it has above the lowest, at most. */
#define FIRST_HOUR 8
#define LAST_HOUR  18
#define MOST_LINES 4

/* Pixels */
#define GAP    6.0
#define HEIGHT 190

struct _TillTakingsPlot
{
  GtkWidget parent_instance;

  TillDayReport *report; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (TillTakingsPlot, till_takings_plot, GTK_TYPE_WIDGET)

GtkWidget *
till_takings_plot_new (void)
{
  return g_object_new (TILL_TYPE_TAKINGS_PLOT, NULL);
}

gint64
till_takings_plot_step (gint64 most)
{
  static const int leading[] = { 1, 2, 5 };

  for (gint64 power = 1; power <= G_MAXINT64 / 100; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (leading); i++)
      if (power * leading[i] >= most / MOST_LINES + (most % MOST_LINES != 0))
        return power * leading[i];
  return G_MAXINT64 / MOST_LINES;
}

/* What the drawing is made of */
typedef struct
{
  TillTakingsPlot *self;
  cairo_t *cr;
  GdkRGBA ink;
  GdkRGBA bar;
  double left, top, width, height;
  guint first, last; /* hours */
  gint64 step;
  gint64 most; /* where the scale ends; 0 while nothing was sold */
} Drawing;

static double
height_of (const Drawing *drawing, gint64 minor)
{
  return drawing->most > 0 ? drawing->height * (double) minor / (double) drawing->most : 0;
}

static void
find_scale (Drawing *drawing)
{
  gint64 most = 0;

  drawing->first = FIRST_HOUR;
  drawing->last = LAST_HOUR;
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    {
      const TillDayCount *hour = till_day_report_get_hour (drawing->self->report, i);

      if (hour->n == 0)
        continue;
      drawing->first = MIN (drawing->first, i);
      drawing->last = MAX (drawing->last, i);
      most = MAX (most, hour->sum.minor);
    }
  drawing->step = till_takings_plot_step (MAX (most, 1));
  drawing->most = (most / drawing->step + (most % drawing->step != 0)) * drawing->step;
}

static PangoLayout *
new_label (const Drawing *drawing, const char *text, int *width, int *height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (drawing->self), text);

  pango_layout_get_pixel_size (layout, width, height);
  return layout;
}

static void
set_ink (const Drawing *drawing, const GdkRGBA *colour, double share)
{
  cairo_set_source_rgba (drawing->cr, colour->red, colour->green, colour->blue,
                         (double) colour->alpha * share);
}

/* The lines across, each with its amount before it. */
static void
draw_scale (Drawing *drawing, gboolean measures)
{
  TillMoney money = till_day_report_get_takings (drawing->self->report)->net;

  for (gint64 minor = 0; minor <= drawing->most; minor += drawing->step)
    {
      g_autofree char *text = NULL;
      g_autoptr (PangoLayout) label = NULL;
      double y = floor (drawing->top + drawing->height - height_of (drawing, minor)) + 0.5;
      int width, height;

      money.minor = minor;
      text = till_money_format (&money);
      label = new_label (drawing, text, &width, &height);
      if (measures)
        {
          drawing->left = MAX (drawing->left, width + GAP);
          continue;
        }
      set_ink (drawing, &drawing->ink, 0.85);
      cairo_move_to (drawing->cr, drawing->left - GAP - width, y - height / 2.0);
      pango_cairo_show_layout (drawing->cr, label);
      set_ink (drawing, &drawing->ink, minor == 0 ? 0.6 : 0.2);
      cairo_set_line_width (drawing->cr, 1);
      cairo_move_to (drawing->cr, drawing->left, y);
      cairo_line_to (drawing->cr, drawing->left + drawing->width, y);
      cairo_stroke (drawing->cr);
    }
}

static void
draw_hours (const Drawing *drawing)
{
  guint n = drawing->last - drawing->first + 1;
  double wide = drawing->width / n;
  double told = -G_MAXDOUBLE; /* where the last label ends */

  for (guint i = 0; i < n; i++)
    {
      const TillDayCount *hour = till_day_report_get_hour (drawing->self->report, drawing->first + i);
      g_autofree char *text = g_strdup_printf ("%02u", drawing->first + i);
      double x = drawing->left + wide * i;
      double high = MAX (height_of (drawing, hour->sum.minor), hour->n > 0 ? 2.0 : 0.0);
      int width, height;
      g_autoptr (PangoLayout) label = new_label (drawing, text, &width, &height);

      set_ink (drawing, &drawing->bar, 1);
      cairo_rectangle (drawing->cr, x + wide * 0.14, drawing->top + drawing->height - high, wide * 0.72,
                       high);
      cairo_fill (drawing->cr);
      if (x + (wide - width) / 2 < told + GAP)
        continue;
      told = x + (wide + width) / 2;
      set_ink (drawing, &drawing->ink, 0.85);
      cairo_move_to (drawing->cr, x + (wide - width) / 2, drawing->top + drawing->height + GAP / 2);
      pango_cairo_show_layout (drawing->cr, label);
    }
}

static void
till_takings_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Drawing drawing = { .self = TILL_TAKINGS_PLOT (widget) };
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int line_width, line_height;

  if (drawing.self->report == NULL)
    return;
  gtk_style_context_get_color (style, &drawing.ink);
  if (!gtk_style_context_lookup_color (style, "accent_color", &drawing.bar))
    drawing.bar = drawing.ink;
  drawing.cr
      = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  find_scale (&drawing);
  g_object_unref (new_label (&drawing, "00", &line_width, &line_height));
  drawing.top = line_height / 2.0;
  drawing.height = MAX (height - line_height * 1.5 - GAP, 1.0);
  draw_scale (&drawing, TRUE);
  drawing.width = MAX (width - drawing.left, 1.0);
  draw_scale (&drawing, FALSE);
  draw_hours (&drawing);
  cairo_destroy (drawing.cr);
}

static void
till_takings_plot_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT * 3 / 4 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : HEIGHT * 3;
}

/* The same in words (transfer full). */
static char *
describe (TillDayReport *report)
{
  GString *words = g_string_new (_ ("Sold by the hour"));
  gboolean any = FALSE;

  for (guint i = 0; report != NULL && i < TILL_DAY_HOURS; i++)
    {
      const TillDayCount *hour = till_day_report_get_hour (report, i);
      g_autofree char *money = hour->n > 0 ? till_money_format (&hour->sum) : NULL;

      if (hour->n == 0)
        continue;
      /* TRANSLATORS: an hour of the day, how many sales, and what they came to */
      g_string_append_printf (words, ngettext ("; %02u:00: %u sale, %s", "; %02u:00: %u sales, %s", hour->n),
                              i, hour->n, money);
      any = TRUE;
    }
  if (!any)
    g_string_append_printf (words, ": %s", _ ("nothing yet"));
  return g_string_free (words, FALSE);
}

void
till_takings_plot_show (TillTakingsPlot *self, TillDayReport *report)
{
  g_autofree char *words = describe (report);

  g_return_if_fail (TILL_IS_TAKINGS_PLOT (self));

  if (report != NULL)
    till_day_report_ref (report);
  g_clear_pointer (&self->report, till_day_report_unref);
  self->report = report;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
till_takings_plot_finalize (GObject *object)
{
  g_clear_pointer (&TILL_TAKINGS_PLOT (object)->report, till_day_report_unref);
  G_OBJECT_CLASS (till_takings_plot_parent_class)->finalize (object);
}

static void
till_takings_plot_class_init (TillTakingsPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = till_takings_plot_finalize;
  widget_class->snapshot = till_takings_plot_snapshot;
  widget_class->measure = till_takings_plot_measure;
  gtk_widget_class_set_css_name (widget_class, "takingsplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
till_takings_plot_init (TillTakingsPlot *self)
{
  till_takings_plot_show (self, NULL);
}
