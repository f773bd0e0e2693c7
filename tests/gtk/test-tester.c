/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-application-private.h"
#include "gtk/till-customer-display.h"
#include "gtk/till-evidence-chart.h"
#include "gtk/till-evidence-meter.h"
#include "gtk/till-sighting-pace.h"
#include "gtk/till-tester-panel.h"
#include "gtk/till-tester-reading.h"
#include "gtk/till-tester-view.h"

#define CUSTOMER "customer-that-nobody-may-read"

/* Pixels: what the keypad leaves of half of the smallest screen that shows two pages. */
#define LEAST_ROOM 228

static TillSighting *
make_sighting (TillEvidence identity)
{
  TillSighting *sighting = till_sighting_new ();

  sighting->alone = sighting->live = sighting->eyes = TILL_EVIDENCE_FOR;
  sighting->identity = identity;
  sighting->score = 0.91;
  if (identity == TILL_EVIDENCE_FOR)
    sighting->customer = g_strdup (CUSTOMER);
  till_evidence_bar_init (&sighting->bars[TILL_EVIDENCE_BAR_LIVE], 0.6, TRUE, 1);
  till_evidence_bar_measure (&sighting->bars[TILL_EVIDENCE_BAR_LIVE], 0.97, TILL_EVIDENCE_FOR);
  till_evidence_bar_init (&sighting->bars[TILL_EVIDENCE_BAR_SIZE], 120, TRUE, 240);
  till_evidence_bar_measure (&sighting->bars[TILL_EVIDENCE_BAR_SIZE], 90, TILL_EVIDENCE_AGAINST);
  till_evidence_bar_init (&sighting->bars[TILL_EVIDENCE_BAR_EYES], 0.6, FALSE, 1);
  return sighting;
}

/* Decisions */

static void
assert_decision (const TillSighting *sighting, TillEvidence wanted, const char *words)
{
  g_autofree char *decision = till_tester_reading_get_decision (sighting, TILL_RECOGNIZER_PAY);

  g_assert_cmpint (till_tester_reading_decide (sighting, TILL_RECOGNIZER_PAY), ==, wanted);
  g_assert_cmpstr (decision, ==, words);
}

static void
test_decision (void)
{
  g_autoptr (TillSighting) sighting = make_sighting (TILL_EVIDENCE_FOR);

  assert_decision (sighting, TILL_EVIDENCE_FOR, "For");
  sighting->smiles_wanted = 2;
  sighting->smiles_made = 1;
  sighting->smile = TILL_SMILE_RELAX;
  assert_decision (sighting, TILL_EVIDENCE_OPEN, "Open: smile");
  sighting->live = TILL_EVIDENCE_OPEN;
  assert_decision (sighting, TILL_EVIDENCE_OPEN, "Open: live, smile");
  sighting->eyes = TILL_EVIDENCE_AGAINST;
  assert_decision (sighting, TILL_EVIDENCE_AGAINST, "Against: eyes");
  sighting->eyes = sighting->live = TILL_EVIDENCE_FOR;
  sighting->smile = TILL_SMILE_MADE;
  assert_decision (sighting, TILL_EVIDENCE_FOR, "For");
}

static void
test_match (void)
{
  g_autoptr (TillSighting) matched = make_sighting (TILL_EVIDENCE_FOR);
  g_autoptr (TillSighting) open = make_sighting (TILL_EVIDENCE_OPEN);
  g_autoptr (TillSighting) nobody = make_sighting (TILL_EVIDENCE_AGAINST);

  g_assert_cmpstr (till_tester_reading_get_match (matched), ==, "candidate matched");
  g_assert_cmpstr (till_tester_reading_get_match (open), ==, "not decided");
  g_assert_cmpstr (till_tester_reading_get_match (nobody), ==, "no candidate matched");
  open->look_alike = TRUE;
  g_assert_cmpstr (till_tester_reading_get_match (open), ==, "candidates too alike");
}

static void
test_smile (void)
{
  g_autoptr (TillSighting) sighting = make_sighting (TILL_EVIDENCE_FOR);
  g_autofree char *idle = till_tester_reading_get_smile (sighting);

  g_assert_cmpstr (idle, ==, "not asked for");
  sighting->smile = TILL_SMILE_WANTED;
  sighting->smiles_wanted = 2;
  sighting->smiles_made = 1;
  g_autofree char *second = till_tester_reading_get_smile (sighting);
  g_assert_cmpstr (second, ==, "smile now (1 of 2)");
}

/* Pace */

static void
test_pace (void)
{
  TillSightingPace pace = { 0 };
  g_autoptr (TillSighting) sighting = till_sighting_new ();

  sighting->serial = 3;
  g_assert_cmpfloat (till_sighting_pace_get_camera (&pace), ==, 0);
  /* Every other frame of 25 a second, for eight seconds; each is shown twice. */
  for (guint i = 0; i < 100; i++)
    {
      sighting->frame = 2 * i;
      sighting->captured_us = 80000 * (gint64) i;
      till_sighting_pace_add (&pace, sighting);
      till_sighting_pace_add (&pace, sighting);
    }
  g_assert_cmpfloat_with_epsilon (till_sighting_pace_get_camera (&pace), 25, 0.01);
  g_assert_cmpfloat_with_epsilon (till_sighting_pace_get_looked (&pace), 12.5, 0.01);

  sighting->serial = 4;
  till_sighting_pace_add (&pace, sighting);
  g_assert_cmpfloat (till_sighting_pace_get_looked (&pace), ==, 0);
}

/* Meters */

static void
test_reading (void)
{
  g_autoptr (TillSighting) sighting = make_sighting (TILL_EVIDENCE_FOR);
  g_autofree char *live = till_evidence_meter_get_reading (&sighting->bars[TILL_EVIDENCE_BAR_LIVE]);
  g_autofree char *size = till_evidence_meter_get_reading (&sighting->bars[TILL_EVIDENCE_BAR_SIZE]);
  g_autofree char *eyes = till_evidence_meter_get_reading (&sighting->bars[TILL_EVIDENCE_BAR_EYES]);

  g_assert_cmpstr (live, ==, "0.97≥0.60");
  g_assert_cmpstr (size, ==, "90≥120");
  g_assert_cmpstr (eyes, ==, "–");
  for (guint i = 0; i < TILL_EVIDENCE_N_BARS; i++)
    g_assert_cmpstr (till_evidence_meter_get_title ((TillEvidencePiece) i), !=, "");
}

static void
test_accessible (void)
{
  g_autoptr (TillSighting) sighting = make_sighting (TILL_EVIDENCE_FOR);
  g_autoptr (GtkWidget) meter = g_object_ref_sink (till_evidence_meter_new (TILL_EVIDENCE_BAR_LIVE));

  till_evidence_meter_show (TILL_EVIDENCE_METER (meter), &sighting->bars[TILL_EVIDENCE_BAR_LIVE]);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_LABEL, "Live");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.97);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0.97≥0.60, for");
}

/* Widgets */

static void
collect_text (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_text (child, text);
}

static void
test_panel (void)
{
  g_autoptr (GtkWidget) panel = g_object_ref_sink (till_tester_panel_new ());
  g_autoptr (TillSighting) sighting = make_sighting (TILL_EVIDENCE_FOR);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) shown = g_string_new (NULL);

  collect_text (panel, before);
  g_assert_nonnull (strstr (before->str, "Tester’s view"));
  g_assert_nonnull (strstr (before->str, "Nothing seen yet"));
  till_tester_panel_show_sighting (TILL_TESTER_PANEL (panel), sighting, TILL_RECOGNIZER_PAY, 1);
  collect_text (panel, shown);
  g_assert_nonnull (strstr (shown->str, "candidate matched"));
  g_assert_nonnull (strstr (shown->str, "0.97≥0.60"));
  g_assert_null (strstr (shown->str, CUSTOMER));
}

static gboolean
has_panel (GtkWidget *widget)
{
  if (TILL_IS_TESTER_PANEL (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_panel (child))
      return TRUE;
  return FALSE;
}

static TillApplication *
make_application (gboolean tester)
{
  TillApplication *application = till_application_new ();

  application->tester = application->shows_tester = tester;
  return application;
}

static void
test_never_without_flag (void)
{
  g_autoptr (TillApplication) without = make_application (FALSE);
  g_autoptr (TillApplication) with = make_application (TRUE);
  g_autoptr (GtkWidget) plain = g_object_ref_sink (till_customer_display_new (without));
  g_autoptr (GtkWidget) tested = g_object_ref_sink (till_customer_display_new (with));

  g_assert_false (has_panel (plain));
  g_assert_true (has_panel (tested));
}

/* Beside the keypad on the smallest screen the panel must not push it out of the page. */
static void
test_room (void)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (
      g_object_new (TILL_TYPE_TESTER_VIEW, "picture", gtk_label_new ("the picture"), NULL));
  int without, with, low, high;

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &without, NULL, NULL, NULL);
  till_tester_view_set_active (TILL_TESTER_VIEW (view), TRUE);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &with, NULL, NULL, NULL);
  g_test_message ("%d wide, %d without", with, without);
  g_assert_cmpint (with, <=, LEAST_ROOM);

  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 300, NULL, &high, NULL, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 800, NULL, &low, NULL, NULL);
  g_assert_cmpint (low, <, high);
  till_tester_view_set_active (TILL_TESTER_VIEW (view), FALSE);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &with, NULL, NULL, NULL);
  g_assert_cmpint (with, ==, without);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/tester/decision", test_decision);
  g_test_add_func ("/tester/match", test_match);
  g_test_add_func ("/tester/smile", test_smile);
  g_test_add_func ("/tester/pace", test_pace);
  g_test_add_func ("/tester/reading", test_reading);
  g_test_add_func ("/tester/accessible", test_accessible);
  g_test_add_func ("/tester/panel", test_panel);
  g_test_add_func ("/tester/never-without-flag", test_never_without_flag);
  g_test_add_func ("/tester/room", test_room);
  return g_test_run ();
}
