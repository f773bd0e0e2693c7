/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-cashier-window.h"
#include "gtk/till-customer-display.h"
#include "gtk/till-halves.h"
#include "gtk/till-pin-pad.h"
#include "gtk/till-progress-ring.h"
#include "gtk/till-smile-meter.h"
#include "gtk/till-step-trail.h"

/* Pixels that every page must fit in: the smallest screen a till has, and half of the smallest that shows two pages. */
#define SMALL_WIDTH  1024
#define SMALL_HEIGHT 600
#define HALF_WIDTH   640

typedef void (*VisitPage) (GtkWidget *top, const char *page);

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Shows each page of each stack under @widget in turn and calls @visit. */
static void
visit_pages (GtkWidget *widget, GtkWidget *top, VisitPage visit, guint *count)
{
  if (GTK_IS_STACK (widget))
    {
      g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (GTK_STACK (widget));

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), i);
          GtkStackPage *page = GTK_STACK_PAGE (item);

          gtk_stack_set_visible_child (GTK_STACK (widget), gtk_stack_page_get_child (page));
          settle ();
          visit (top, gtk_stack_page_get_name (page));
          (*count)++;
          visit_pages (gtk_stack_page_get_child (page), top, visit, count);
        }
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    visit_pages (child, top, visit, count);
}

static int
minimum_of (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
check_fits (GtkWidget *top, const char *page)
{
  int width = minimum_of (top, GTK_ORIENTATION_HORIZONTAL, -1);
  int height = minimum_of (top, GTK_ORIENTATION_VERTICAL, SMALL_WIDTH);

  g_test_message ("%s: %d wide, %d high", page, width, height);
  if (width > HALF_WIDTH)
    g_error ("the page %s needs %d pixels across and has %d", page, width, HALF_WIDTH);
  if (height > SMALL_HEIGHT)
    g_error ("the page %s needs a height of %d pixels and has %d", page, height, SMALL_HEIGHT);
}

/* One that spins on a hidden page has the till draw all day long. */
static void
check_spinners (GtkWidget *widget, const char *page)
{
  if (GTK_IS_SPINNER (widget)
      && gtk_spinner_get_spinning (GTK_SPINNER (widget)) != gtk_widget_get_mapped (widget))
    g_error ("while the page %s is shown, a spinner %s", page,
             gtk_widget_get_mapped (widget) ? "stands still" : "spins that nobody sees");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_spinners (child, page);
}

static void
check_page (GtkWidget *top, const char *page)
{
  check_fits (top, page);
  check_spinners (top, page);
}

/* The one of this program: a second could not be exported beside it. */
static TillApplication *
the_application (void)
{
  static TillApplication *application;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = till_application_new ();
  g_application_set_application_id (G_APPLICATION (application), NULL);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

static void
test_customer_display (void)
{
  TillApplication *application = the_application ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *display = till_customer_display_new (application);
  guint count = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), SMALL_WIDTH, SMALL_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), display);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  visit_pages (display, display, check_page, &count);
  g_assert_cmpuint (count, >=, 18);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cashier_window (void)
{
  TillApplication *application = the_application ();
  TillCashierWindow *window = till_cashier_window_new (application);
  guint count = 0;

  gtk_window_present (GTK_WINDOW (window));
  settle ();
  visit_pages (GTK_WIDGET (window), GTK_WIDGET (window), check_page, &count);
  g_assert_cmpuint (count, >=, 25);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Pages of windows that the tests above do not open have spinners too. */
static void
test_spinners_wait (void)
{
  const char *folder = "/io/github/smiletill/Smiletill/ui";
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pages = g_resources_enumerate_children (folder, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; pages[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, pages[i], NULL);
      g_autoptr (GBytes) page = g_resources_lookup_data (path, 0, &error);

      g_assert_no_error (error);
      if (g_strstr_len (g_bytes_get_data (page, NULL), (gssize) g_bytes_get_size (page), "\"spinning\"")
          != NULL)
        g_error ("%s: let the spinner start when it is mapped and stop when it is unmapped", pages[i]);
    }
}

static void
test_halves (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *halves = till_halves_new ();
  GtkWidget *start = gtk_label_new ("start");
  GtkWidget *end = gtk_label_new ("end");

  till_halves_set_start (TILL_HALVES (halves), start);
  till_halves_set_end (TILL_HALVES (halves), end);
  gtk_window_set_child (GTK_WINDOW (window), halves);

  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, 1400, 600 }, -1);
  g_assert_true (gtk_widget_get_child_visible (start));
  g_assert_true (gtk_widget_get_child_visible (end));
  g_assert_false (till_halves_is_single (TILL_HALVES (halves)));

  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, 1024, 600 }, -1);
  g_assert_true (gtk_widget_get_child_visible (start));
  g_assert_false (gtk_widget_get_child_visible (end));
  g_assert_true (till_halves_is_single (TILL_HALVES (halves)));

  till_halves_prefer_end (TILL_HALVES (halves), TRUE);
  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, 1023, 600 }, -1);
  g_assert_false (gtk_widget_get_child_visible (start));
  g_assert_true (gtk_widget_get_child_visible (end));

  till_halves_set_end (TILL_HALVES (halves), NULL);
  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, 1022, 600 }, -1);
  g_assert_true (gtk_widget_get_child_visible (start));
  g_assert_false (till_halves_is_single (TILL_HALVES (halves)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_roles (void)
{
  g_autoptr (GtkWidget) meter = g_object_ref_sink (till_smile_meter_new ());
  g_autoptr (GtkWidget) ring = g_object_ref_sink (till_progress_ring_new ());
  g_autoptr (GtkWidget) trail = g_object_ref_sink (till_step_trail_new ());

  till_step_trail_set_steps (TILL_STEP_TRAIL (trail), (const char *[]){ "One", "Two", NULL });
  till_step_trail_set_now (TILL_STEP_TRAIL (trail), 1);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (meter)), ==,
                   GTK_ACCESSIBLE_ROLE_METER);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (ring)), ==,
                   GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (trail)), ==,
                   GTK_ACCESSIBLE_ROLE_STATUS);
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

/* Who looks over a shoulder sees how many digits there are, and no more. */
static void
test_pin_pad (void)
{
  g_autoptr (GtkWidget) pad = g_object_ref_sink (till_pin_pad_new ());
  g_autoptr (TillDigits) pin = till_digits_new (8);

  till_pin_pad_follow (TILL_PIN_PAD (pad), pin);
  g_assert_false (has_text (pad, "●"));
  till_digits_append (pin, '7');
  till_digits_append (pin, '3');
  g_assert_true (has_text (pad, "●●"));
  g_assert_false (has_text (pad, "●●●"));
  g_assert_false (has_text (pad, "73"));
  till_digits_clear (pin);
  g_assert_false (has_text (pad, "●"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pages/customer-display", test_customer_display);
  g_test_add_func ("/pages/cashier-window", test_cashier_window);
  g_test_add_func ("/pages/spinners-wait", test_spinners_wait);
  g_test_add_func ("/pages/halves", test_halves);
  g_test_add_func ("/pages/roles", test_roles);
  g_test_add_func ("/pages/pin-pad", test_pin_pad);
  return g_test_run ();
}
