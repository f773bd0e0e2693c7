/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-tester-panel.h"

#include "gtk/till-evidence-chart.h"
#include "gtk/till-sighting-pace.h"
#include "gtk/till-stage-times.h"
#include "gtk/till-tester-reading.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillTesterPanel
{
  GtkWidget parent_instance;

  TillSightingPace pace;

  GtkWidget *content;
  GtkLabel *decision;
  TillEvidenceChart *chart;
  GtkLabel *match;
  GtkLabel *hint;
  GtkLabel *smile;
  GtkLabel *frames;
  TillStageTimes *times;
};

G_DEFINE_FINAL_TYPE (TillTesterPanel, till_tester_panel, GTK_TYPE_WIDGET)

GtkWidget *
till_tester_panel_new (void)
{
  return g_object_new (TILL_TYPE_TESTER_PANEL, NULL);
}

static void
show_decision (TillTesterPanel *self, TillEvidence decision, const char *words)
{
  static const char *const classes[] = { "open", "for", "against" };

  gtk_label_set_text (self->decision, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->decision),
                              (const char *[]){ "decision", classes[decision], NULL });
}

static void
show_frames (TillTesterPanel *self, const TillSighting *sighting, gint64 now_us)
{
  if (now_us == 0)
    {
      gtk_label_set_text (self->frames, "–");
      return;
    }

  double camera = till_sighting_pace_get_camera (&self->pace);
  double looked = till_sighting_pace_get_looked (&self->pace);
  gint64 age = (now_us - sighting->captured_us) / 1000;
  /* TRANSLATORS: frames a second from the camera, frames a second looked at, milliseconds since the frame was taken */
  g_autofree char *text = g_strdup_printf (_ ("%.0f/s, %.0f seen, %d ms old"), camera, looked, (int) age);

  gtk_label_set_text (self->frames, text);
}

static const char *
get_hint (const TillSighting *sighting, TillRecognizerPurpose purpose)
{
  const char *words = purpose == TILL_RECOGNIZER_ENROL
                          ? till_words_for_enrolment_hint (sighting->enrolment_hint)
                          : till_words_for_hint (sighting->hint);

  return *words != '\0' ? words : _ ("nothing to mend");
}

void
till_tester_panel_count (TillTesterPanel *self, TillSighting *sighting)
{
  g_return_if_fail (TILL_IS_TESTER_PANEL (self));

  till_sighting_pace_add (&self->pace, sighting);
}

void
till_tester_panel_show_sighting (TillTesterPanel *self,
                                 TillSighting *sighting,
                                 TillRecognizerPurpose purpose,
                                 gint64 now_us)
{
  g_return_if_fail (TILL_IS_TESTER_PANEL (self));

  g_autofree char *decision = till_tester_reading_get_decision (sighting, purpose);
  g_autofree char *smile = till_tester_reading_get_smile (sighting);

  show_decision (self, till_tester_reading_decide (sighting, purpose), decision);
  till_evidence_chart_show_sighting (self->chart, sighting);
  gtk_label_set_text (self->match, till_tester_reading_get_match (sighting));
  gtk_label_set_text (self->hint, get_hint (sighting, purpose));
  gtk_label_set_text (self->smile, smile);
  show_frames (self, sighting, now_us);
  if (sighting->faces != NULL)
    till_stage_times_show (self->times, till_faces_get_times (sighting->faces));
}

void
till_tester_panel_clear (TillTesterPanel *self)
{
  g_return_if_fail (TILL_IS_TESTER_PANEL (self));

  self->pace = (TillSightingPace){ 0 };
  show_decision (self, TILL_EVIDENCE_OPEN, _ ("Nothing seen yet"));
  till_evidence_chart_show_sighting (self->chart, NULL);
  gtk_label_set_text (self->match, "–");
  gtk_label_set_text (self->hint, "–");
  gtk_label_set_text (self->smile, "–");
  gtk_label_set_text (self->frames, "–");
  till_stage_times_clear (self->times);
}

static void
till_tester_panel_dispose (GObject *object)
{
  TillTesterPanel *self = TILL_TESTER_PANEL (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_tester_panel_parent_class)->dispose (object);
}

static void
till_tester_panel_class_init (TillTesterPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_tester_panel_dispose;
  g_type_ensure (TILL_TYPE_EVIDENCE_CHART);
  g_type_ensure (TILL_TYPE_STAGE_TIMES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/tester-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, content);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, decision);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, chart);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, match);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, hint);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, smile);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, frames);
  gtk_widget_class_bind_template_child (widget_class, TillTesterPanel, times);
}

static void
till_tester_panel_init (TillTesterPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_tester_panel_clear (self);
}
