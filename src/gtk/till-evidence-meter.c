/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-evidence-meter.h"

#include <glib/gi18n.h>

#define BAR_HEIGHT  8.0f
#define MARK_WIDTH  2.0f
#define MARK_HEIGHT 14.0f

/* From this threshold on decimals say nothing. */
#define WHOLE_NUMBERS_FROM 10.0

struct _TillEvidenceMeter
{
  GtkWidget parent_instance;

  TillEvidencePiece piece;
  TillEvidenceBar bar;
};

G_DEFINE_FINAL_TYPE (TillEvidenceMeter, till_evidence_meter, GTK_TYPE_WIDGET)

const char *
till_evidence_meter_get_title (TillEvidencePiece piece)
{
  static const char *const titles[TILL_EVIDENCE_N_BARS] = {
    [TILL_EVIDENCE_BAR_ALONE] = N_ ("Alone"),     [TILL_EVIDENCE_BAR_SIZE] = N_ ("Size"),
    [TILL_EVIDENCE_BAR_SHARPNESS] = N_ ("Sharp"), [TILL_EVIDENCE_BAR_LIGHT] = N_ ("Light"),
    [TILL_EVIDENCE_BAR_POSE] = N_ ("Pose"),       [TILL_EVIDENCE_BAR_LIVE] = N_ ("Live"),
    [TILL_EVIDENCE_BAR_EYES] = N_ ("Eyes"),       [TILL_EVIDENCE_BAR_IDENTITY] = N_ ("Identity"),
    [TILL_EVIDENCE_BAR_MARGIN] = N_ ("Margin"),   [TILL_EVIDENCE_BAR_SMILE] = N_ ("Smile"),
  };

  g_return_val_if_fail ((guint) piece < TILL_EVIDENCE_N_BARS, "");
  return _ (titles[piece]);
}

char *
till_evidence_meter_get_reading (const TillEvidenceBar *bar)
{
  const char *sign = bar->wants_above ? "≥" : "≤";

  if (!bar->measured)
    return g_strdup ("–");
  if (bar->raw_threshold >= WHOLE_NUMBERS_FROM)
    return g_strdup_printf ("%.0f%s%.0f", bar->raw, sign, bar->raw_threshold);
  return g_strdup_printf ("%.2f%s%.2f", bar->raw, sign, bar->raw_threshold);
}

static const char *
get_verdict (TillEvidence says)
{
  switch (says)
    {
    case TILL_EVIDENCE_FOR:
      return _ ("for");
    case TILL_EVIDENCE_AGAINST:
      return _ ("against");
    default:
      return _ ("open");
    }
}

static void
say (TillEvidenceMeter *self)
{
  g_autofree char *reading = till_evidence_meter_get_reading (&self->bar);
  /* TRANSLATORS: a measured value and its threshold, then what it says: for, against or open */
  g_autofree char *said = g_strdup_printf (_ ("%s, %s"), reading, get_verdict (self->bar.says));

  /* GTK 4.8 tells screen readers the values of its own widgets alone, but everybody's description. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->bar.value,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, said,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
}

void
till_evidence_meter_show (TillEvidenceMeter *self, const TillEvidenceBar *bar)
{
  g_return_if_fail (TILL_IS_EVIDENCE_METER (self));

  self->bar = bar != NULL ? *bar : (TillEvidenceBar){ 0 };
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
till_evidence_meter_new (TillEvidencePiece piece)
{
  TillEvidenceMeter *self = g_object_new (TILL_TYPE_EVIDENCE_METER, NULL);

  self->piece = piece;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  till_evidence_meter_get_title (piece), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, -1);
  say (self);
  return GTK_WIDGET (self);
}

static void
append_bar (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *colour)
{
  if (width > 0)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
till_evidence_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA colours[] = {
    [TILL_EVIDENCE_OPEN] = { 0.98f, 0.76f, 0.20f, 1.0f },
    [TILL_EVIDENCE_FOR] = { 0.20f, 0.82f, 0.48f, 1.0f },
    [TILL_EVIDENCE_AGAINST] = { 1.0f, 0.42f, 0.38f, 1.0f },
  };
  static const GdkRGBA trough = { 1, 1, 1, 0.16f };
  static const GdkRGBA wanted = { 1, 1, 1, 0.16f };
  static const GdkRGBA mark = { 1, 1, 1, 1 };
  TillEvidenceMeter *self = TILL_EVIDENCE_METER (widget);
  float width = (float) gtk_widget_get_width (widget);
  float middle = (float) gtk_widget_get_height (widget) / 2;
  float top = middle - BAR_HEIGHT / 2;
  float threshold = (float) self->bar.threshold * width;

  append_bar (snapshot, 0, top, width, BAR_HEIGHT, &trough);
  if (self->bar.wants_above)
    append_bar (snapshot, threshold, top, width - threshold, BAR_HEIGHT, &wanted);
  else
    append_bar (snapshot, 0, top, threshold, BAR_HEIGHT, &wanted);
  if (self->bar.measured)
    append_bar (snapshot, 0, top, MAX ((float) self->bar.value * width, 1.0f), BAR_HEIGHT,
                &colours[self->bar.says]);
  append_bar (snapshot, CLAMP (threshold - MARK_WIDTH / 2, 0, width - MARK_WIDTH), middle - MARK_HEIGHT / 2,
              MARK_WIDTH, MARK_HEIGHT, &mark);
}

static void
till_evidence_meter_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? 40 : (int) MARK_HEIGHT;
  *natural = across ? 120 : (int) MARK_HEIGHT;
}

static void
till_evidence_meter_class_init (TillEvidenceMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = till_evidence_meter_snapshot;
  widget_class->measure = till_evidence_meter_measure;
  gtk_widget_class_set_css_name (widget_class, "evidencemeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
till_evidence_meter_init (TillEvidenceMeter *self)
{
}
