/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-smile-meter.h"

#include <glib/gi18n.h>
#include <math.h>

/* Share of the way to the new level the drawn one goes each frame: quick, without jumping. */
#define EASE 0.35

struct _TillSmileMeter
{
  GtkWidget parent_instance;

  double level;
  double shown;
  gboolean wanted;
  gboolean made;
  guint tick;
};

G_DEFINE_FINAL_TYPE (TillSmileMeter, till_smile_meter, GTK_TYPE_WIDGET)

GtkWidget *
till_smile_meter_new (void)
{
  return g_object_new (TILL_TYPE_SMILE_METER, NULL);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TillSmileMeter *self = TILL_SMILE_METER (widget);

  self->shown += (self->level - self->shown) * EASE;
  gtk_widget_queue_draw (widget);
  if (fabs (self->level - self->shown) > 0.005)
    return G_SOURCE_CONTINUE;
  self->shown = self->level;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

void
till_smile_meter_set_level (TillSmileMeter *self, double level)
{
  gboolean moves = FALSE;

  g_return_if_fail (TILL_IS_SMILE_METER (self));

  self->level = CLAMP (level, 0.0, 1.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->level, -1);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  if (!moves)
    self->shown = self->level;
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
till_smile_meter_set_wanted (TillSmileMeter *self, gboolean wanted)
{
  g_return_if_fail (TILL_IS_SMILE_METER (self));

  self->wanted = wanted;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
till_smile_meter_set_made (TillSmileMeter *self, gboolean made)
{
  g_return_if_fail (TILL_IS_SMILE_METER (self));

  self->made = made;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_ring (TillSmileMeter *self, cairo_t *cr, double radius, const GdkRGBA *ink)
{
  double line = radius * 0.14;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, line);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.15);
  cairo_arc (cr, 0, 0, radius - line, 0, 2 * G_PI);
  cairo_stroke (cr);

  if (self->made)
    cairo_set_source_rgb (cr, 0.15, 0.64, 0.41);
  else
    cairo_set_source_rgb (cr, 0.96, 0.62, 0.04);
  if ((self->wanted && self->shown > 0.01) || self->made)
    {
      cairo_arc (cr, 0, 0, radius - line, -G_PI / 2, -G_PI / 2 + 2 * G_PI * (self->made ? 1.0 : self->shown));
      cairo_stroke (cr);
    }
}

static void
draw_face (TillSmileMeter *self, cairo_t *cr, double radius, const GdkRGBA *ink)
{
  double bend = 0.42 * (self->made ? 1.0 : self->shown);

  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_arc (cr, side * radius * 0.28, -radius * 0.2, radius * 0.075, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_set_line_width (cr, radius * 0.08);
  cairo_move_to (cr, -radius * 0.38, radius * 0.22);
  cairo_curve_to (cr, -radius * 0.2, radius * (0.22 + bend), radius * 0.2, radius * (0.22 + bend),
                  radius * 0.38, radius * 0.22);
  cairo_stroke (cr);
}

static void
till_smile_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TillSmileMeter *self = TILL_SMILE_METER (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double radius = MIN (width, height) / 2.0;
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cairo_t *cr
      = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  draw_ring (self, cr, radius, &ink);
  draw_face (self, cr, radius, &ink);
  cairo_destroy (cr);
}

static void
till_smile_meter_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = 96;
  *natural = 220;
}

static void
till_smile_meter_class_init (TillSmileMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = till_smile_meter_snapshot;
  widget_class->measure = till_smile_meter_measure;
  gtk_widget_class_set_css_name (widget_class, "smilemeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
till_smile_meter_init (TillSmileMeter *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much you smile"), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  0.0, -1);
}
