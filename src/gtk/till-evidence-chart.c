/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-evidence-chart.h"

#include "gtk/till-evidence-meter.h"

#define ROW_SPACING    2
#define COLUMN_SPACING 6

/* Characters: the widest reading there is room for, so that the bars do not jump. */
#define READING_CHARS 8

struct _TillEvidenceChart
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  TillEvidenceMeter *meters[TILL_EVIDENCE_N_BARS];
  GtkLabel *readings[TILL_EVIDENCE_N_BARS];
  GtkLabel *verdicts[TILL_EVIDENCE_N_BARS];
};

G_DEFINE_FINAL_TYPE (TillEvidenceChart, till_evidence_chart, GTK_TYPE_WIDGET)

GtkWidget *
till_evidence_chart_new (void)
{
  return g_object_new (TILL_TYPE_EVIDENCE_CHART, NULL);
}

static void
show_verdict (GtkLabel *label, const TillEvidenceBar *bar)
{
  static const char *const signs[] = { "…", "✓", "✗" };
  static const char *const classes[] = { "open", "for", "against" };

  gtk_label_set_text (label, bar->measured ? signs[bar->says] : "");
  gtk_widget_set_css_classes (GTK_WIDGET (label), (const char *[]){ "verdict", classes[bar->says], NULL });
}

void
till_evidence_chart_show_sighting (TillEvidenceChart *self, TillSighting *sighting)
{
  static const TillEvidenceBar nothing = { 0 };

  g_return_if_fail (TILL_IS_EVIDENCE_CHART (self));

  for (guint i = 0; i < TILL_EVIDENCE_N_BARS; i++)
    {
      const TillEvidenceBar *bar = sighting != NULL ? &sighting->bars[i] : &nothing;
      g_autofree char *reading = till_evidence_meter_get_reading (bar);

      till_evidence_meter_show (self->meters[i], bar);
      gtk_label_set_text (self->readings[i], reading);
      show_verdict (self->verdicts[i], bar);
    }
}

static GtkLabel *
attach_label (TillEvidenceChart *self, const char *text, int column, int row, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
add_row (TillEvidenceChart *self, TillEvidencePiece piece)
{
  GtkWidget *meter = till_evidence_meter_new (piece);

  attach_label (self, till_evidence_meter_get_title (piece), 0, (int) piece, 0);
  gtk_widget_set_hexpand (meter, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), meter, 1, (int) piece, 1, 1);
  self->meters[piece] = TILL_EVIDENCE_METER (meter);
  self->readings[piece] = attach_label (self, "", 2, (int) piece, 1);
  gtk_label_set_width_chars (self->readings[piece], READING_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->readings[piece]), "tnum");
  self->verdicts[piece] = attach_label (self, "", 3, (int) piece, 0.5f);
  gtk_label_set_width_chars (self->verdicts[piece], 1);
}

static void
till_evidence_chart_dispose (GObject *object)
{
  TillEvidenceChart *self = TILL_EVIDENCE_CHART (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (till_evidence_chart_parent_class)->dispose (object);
}

static void
till_evidence_chart_class_init (TillEvidenceChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_evidence_chart_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "evidencechart");
}

static void
till_evidence_chart_init (TillEvidenceChart *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), ROW_SPACING);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_SPACING);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (guint i = 0; i < TILL_EVIDENCE_N_BARS; i++)
    add_row (self, (TillEvidencePiece) i);
  till_evidence_chart_show_sighting (self, NULL);
}
