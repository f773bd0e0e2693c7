/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-stage-times.h"

#include <glib/gi18n.h>

#define COLUMNS        4
#define COLUMN_SPACING 6

static const struct
{
  const char *name;
  gsize offset;
} stages[] = {
  { N_ ("Detect"), G_STRUCT_OFFSET (TillVisionTimes, detect) },
  { N_ ("Marks"), G_STRUCT_OFFSET (TillVisionTimes, landmarks) },
  { N_ ("Quality"), G_STRUCT_OFFSET (TillVisionTimes, quality) },
  { N_ ("Live"), G_STRUCT_OFFSET (TillVisionTimes, liveness) },
  { N_ ("Eyes"), G_STRUCT_OFFSET (TillVisionTimes, eyes) },
  { N_ ("Smile"), G_STRUCT_OFFSET (TillVisionTimes, smile) },
  { N_ ("Embed"), G_STRUCT_OFFSET (TillVisionTimes, embedding) },
  { N_ ("All"), G_STRUCT_OFFSET (TillVisionTimes, total) },
};

struct _TillStageTimes
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkLabel *times[G_N_ELEMENTS (stages)];
};

G_DEFINE_FINAL_TYPE (TillStageTimes, till_stage_times, GTK_TYPE_WIDGET)

GtkWidget *
till_stage_times_new (void)
{
  return g_object_new (TILL_TYPE_STAGE_TIMES, NULL);
}

void
till_stage_times_show (TillStageTimes *self, const TillVisionTimes *times)
{
  g_return_if_fail (TILL_IS_STAGE_TIMES (self));

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      float spent = G_STRUCT_MEMBER (float, times, stages[i].offset);
      /* TRANSLATORS: milliseconds */
      g_autofree char *text = g_strdup_printf (_ ("%.1f ms"), (double) spent);

      gtk_widget_set_opacity (GTK_WIDGET (self->times[i]), spent > 0 ? 1.0 : 0.6);
      if (spent > 0)
        gtk_label_set_text (self->times[i], text);
    }
}

void
till_stage_times_clear (TillStageTimes *self)
{
  g_return_if_fail (TILL_IS_STAGE_TIMES (self));

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    gtk_label_set_text (self->times[i], "–");
}

static void
add_stage (TillStageTimes *self, guint index)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (_ (stages[index].name));
  GtkWidget *time = gtk_label_new (NULL);

  gtk_widget_add_css_class (name, "stage");
  gtk_widget_add_css_class (time, "tnum");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (time), 0);
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_box_append (GTK_BOX (cell), name);
  gtk_box_append (GTK_BOX (cell), time);
  gtk_grid_attach (GTK_GRID (self->grid), cell, (int) (index % COLUMNS), (int) (index / COLUMNS), 1, 1);
  self->times[index] = GTK_LABEL (time);
}

static void
till_stage_times_dispose (GObject *object)
{
  TillStageTimes *self = TILL_STAGE_TIMES (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (till_stage_times_parent_class)->dispose (object);
}

static void
till_stage_times_class_init (TillStageTimesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_stage_times_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stagetimes");
}

static void
till_stage_times_init (TillStageTimes *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_SPACING);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    add_stage (self, i);
  till_stage_times_clear (self);
}
