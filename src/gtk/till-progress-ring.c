/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-progress-ring.h"

#include <glib/gi18n.h>
#include <math.h>

struct _TillProgressRing
{
  GtkWidget parent_instance;

  double fraction;
};

G_DEFINE_FINAL_TYPE (TillProgressRing, till_progress_ring, GTK_TYPE_WIDGET)

GtkWidget *
till_progress_ring_new (void)
{
  return g_object_new (TILL_TYPE_PROGRESS_RING, NULL);
}

void
till_progress_ring_set_fraction (TillProgressRing *self, double fraction)
{
  g_return_if_fail (TILL_IS_PROGRESS_RING (self));

  self->fraction = CLAMP (fraction, 0.0, 1.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->fraction,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_percent (TillProgressRing *self, GtkSnapshot *snapshot, const GdkRGBA *ink, double width, double height)
{
  /* TRANSLATORS: how much is done, as "40 %" */
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), (int) lround (self->fraction * 100));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int text_width, text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (width - text_width) / 2, (float) (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

static void
till_progress_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TillProgressRing *self = TILL_PROGRESS_RING (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double radius = MIN (width, height) / 2.0;
  double line = radius * 0.16;
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cairo_t *cr
      = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.15);
  cairo_arc (cr, 0, 0, radius - line, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (self->fraction > 0)
    {
      cairo_set_source_rgb (cr, 0.11, 0.50, 0.30);
      cairo_arc (cr, 0, 0, radius - line, -G_PI / 2, -G_PI / 2 + 2 * G_PI * self->fraction);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  draw_percent (self, snapshot, &ink, width, height);
}

static void
till_progress_ring_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = 96;
  *natural = 180;
}

static void
till_progress_ring_class_init (TillProgressRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = till_progress_ring_snapshot;
  widget_class->measure = till_progress_ring_measure;
  gtk_widget_class_set_css_name (widget_class, "progressring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
till_progress_ring_init (TillProgressRing *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  1.0, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0, -1);
}
