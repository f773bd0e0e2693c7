/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-tester-view.h"

#include "gtk/till-tester-panel.h"

/* Milliseconds between two looks at the newest sighting: nobody reads numbers quicker. */
#define REFRESH_INTERVAL 100

/* Pixels. */
#define GAP                10
#define BESIDE_FROM        520
#define LEAST_PANEL_HEIGHT 150

struct _TillTesterView
{
  GtkWidget parent_instance;

  GtkWidget *picture;
  GtkWidget *scroller; /* NULL until first active */
  TillTesterPanel *panel;
  gboolean active;
  int beside_from;
  TillSighting *newest;
  TillRecognizerPurpose purpose;
  guint refreshing;
};

enum
{
  PROP_PICTURE = 1,
  PROP_BESIDE_FROM,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TillTesterView, till_tester_view, GTK_TYPE_WIDGET)

GtkWidget *
till_tester_view_new (void)
{
  return g_object_new (TILL_TYPE_TESTER_VIEW, NULL);
}

static gboolean
on_refresh (gpointer user_data)
{
  TillTesterView *self = user_data;

  till_tester_panel_show_sighting (self->panel, self->newest, self->purpose, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static void
refresh_or_rest (TillTesterView *self)
{
  gboolean refresh = self->active && self->newest != NULL;

  if (refresh && self->refreshing == 0)
    self->refreshing = g_timeout_add (REFRESH_INTERVAL, on_refresh, self);
  else if (!refresh)
    g_clear_handle_id (&self->refreshing, g_source_remove);
}

static void
make_panel (TillTesterView *self)
{
  self->panel = TILL_TESTER_PANEL (till_tester_panel_new ());
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->panel));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), LEAST_PANEL_HEIGHT);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
till_tester_view_set_active (TillTesterView *self, gboolean active)
{
  g_return_if_fail (TILL_IS_TESTER_VIEW (self));

  if (self->active == active)
    return;
  self->active = active;
  if (active && self->panel == NULL)
    make_panel (self);
  gtk_widget_set_visible (self->scroller, active);
  refresh_or_rest (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
till_tester_view_show_sighting (TillTesterView *self, TillSighting *sighting, TillRecognizerPurpose purpose)
{
  g_return_if_fail (TILL_IS_TESTER_VIEW (self));

  if (!self->active)
    return;
  g_clear_pointer (&self->newest, till_sighting_unref);
  self->newest = till_sighting_ref (sighting);
  self->purpose = purpose;
  till_tester_panel_count (self->panel, sighting);
  refresh_or_rest (self);
}

void
till_tester_view_show_last (TillTesterView *self, TillSighting *sighting, TillRecognizerPurpose purpose)
{
  g_return_if_fail (TILL_IS_TESTER_VIEW (self));

  till_tester_view_clear (self);
  if (self->active)
    till_tester_panel_show_sighting (self->panel, sighting, purpose, 0);
}

void
till_tester_view_clear (TillTesterView *self)
{
  g_return_if_fail (TILL_IS_TESTER_VIEW (self));

  g_clear_pointer (&self->newest, till_sighting_unref);
  refresh_or_rest (self);
  if (self->panel != NULL)
    till_tester_panel_clear (self->panel);
}

/* Room */

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static int
width_of_picture (TillTesterView *self, int width)
{
  gboolean beside = self->active && width >= self->beside_from;

  return beside ? (width - GAP) / 2 : width;
}

static void
till_tester_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  TillTesterView *self = TILL_TESTER_VIEW (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int width = across || for_size < 0 ? -1 : width_of_picture (self, for_size);
  int least, wished;

  measure_child (self->picture, orientation, across ? -1 : width, minimum, natural);
  if (!self->active)
    return;
  measure_child (self->scroller, orientation, across ? -1 : width, &least, &wished);
  if (across || width != for_size)
    {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wished);
    }
  else
    {
      *minimum += GAP + least;
      *natural += GAP + wished;
    }
}

static void
allocate_both (TillTesterView *self, int width, int height)
{
  int of_picture = width_of_picture (self, width);
  gboolean beside = of_picture != width;
  gboolean swapped = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int rest = beside ? width - GAP - of_picture : width;
  int least, wished, tall;

  if (beside)
    {
      gtk_widget_size_allocate (self->picture,
                                &(GtkAllocation){ swapped ? rest + GAP : 0, 0, of_picture, height }, -1);
      gtk_widget_size_allocate (self->scroller,
                                &(GtkAllocation){ swapped ? 0 : of_picture + GAP, 0, rest, height }, -1);
      return;
    }
  measure_child (self->picture, GTK_ORIENTATION_VERTICAL, width, &least, &tall);
  measure_child (self->scroller, GTK_ORIENTATION_VERTICAL, width, NULL, &wished);
  tall = CLAMP (height - GAP - wished, least, tall);
  gtk_widget_size_allocate (self->picture, &(GtkAllocation){ 0, 0, width, tall }, -1);
  gtk_widget_size_allocate (self->scroller,
                            &(GtkAllocation){ 0, tall + GAP, width, MAX (height - GAP - tall, 0) }, -1);
}

static void
till_tester_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TillTesterView *self = TILL_TESTER_VIEW (widget);

  if (self->active)
    allocate_both (self, width, height);
  else
    gtk_widget_size_allocate (self->picture, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
till_tester_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The object */

static void
set_picture (TillTesterView *self, GtkWidget *picture)
{
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  self->picture = picture;
  if (picture != NULL)
    gtk_widget_set_parent (picture, GTK_WIDGET (self));
}

static void
till_tester_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TillTesterView *self = TILL_TESTER_VIEW (object);

  switch (id)
    {
    case PROP_PICTURE:
      set_picture (self, g_value_get_object (value));
      break;
    case PROP_BESIDE_FROM:
      self->beside_from = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
till_tester_view_dispose (GObject *object)
{
  TillTesterView *self = TILL_TESTER_VIEW (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);
  g_clear_pointer (&self->newest, till_sighting_unref);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (till_tester_view_parent_class)->dispose (object);
}

static void
till_tester_view_class_init (TillTesterViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = till_tester_view_dispose;
  object_class->set_property = till_tester_view_set_property;
  widget_class->measure = till_tester_view_measure;
  widget_class->size_allocate = till_tester_view_size_allocate;
  widget_class->get_request_mode = till_tester_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "testerview");
  properties[PROP_PICTURE] = g_param_spec_object ("picture", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BESIDE_FROM] = g_param_spec_int ("beside-from", NULL, NULL, 0, G_MAXINT, BESIDE_FROM,
                                                   G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
till_tester_view_init (TillTesterView *self)
{
  self->beside_from = BESIDE_FROM;
}
