/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pass-view.h"

#include <glib/gi18n.h>

/* Pixels: below, no phone's camera reads it from the screen. */
#define LEAST_SIZE 208
/* Larger than this it does not fit a phone's picture from where people stand. */
#define NATURAL_SIZE 460

struct _TillPassView
{
  GtkWidget parent_instance;

  TillPassCode *code;
};

G_DEFINE_FINAL_TYPE (TillPassView, till_pass_view, GTK_TYPE_WIDGET)

GtkWidget *
till_pass_view_new (void)
{
  return g_object_new (TILL_TYPE_PASS_VIEW, NULL);
}

void
till_pass_view_set_code (TillPassView *self, TillPassCode *code)
{
  g_return_if_fail (TILL_IS_PASS_VIEW (self));

  g_clear_pointer (&self->code, till_pass_code_unref);
  self->code = code != NULL ? till_pass_code_ref (code) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Modules of whole pixels: edges that blur are what scanners fail on. */
static void
till_pass_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TillPassView *self = TILL_PASS_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->code == NULL)
    return;

  int modules = till_pass_code_get_side (self->code) + 2 * TILL_PASS_CODE_QUIET;
  int scale = gtk_widget_get_scale_factor (widget);
  int module = MAX (MIN (width, height) * scale / modules, 1);
  double size = (double) (module * modules) / scale;
  cairo_t *cr
      = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  till_pass_code_draw (self->code, cr, (int) ((width - size) / 2), (int) ((height - size) / 2), size);
  cairo_destroy (cr);
}

static void
till_pass_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = LEAST_SIZE;
  *natural = NATURAL_SIZE;
}

static void
till_pass_view_dispose (GObject *object)
{
  g_clear_pointer (&TILL_PASS_VIEW (object)->code, till_pass_code_unref);
  G_OBJECT_CLASS (till_pass_view_parent_class)->dispose (object);
}

static void
till_pass_view_class_init (TillPassViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_pass_view_dispose;
  widget_class->snapshot = till_pass_view_snapshot;
  widget_class->measure = till_pass_view_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
till_pass_view_init (TillPassView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The code of your face pass, to be photographed or printed"), -1);
}
