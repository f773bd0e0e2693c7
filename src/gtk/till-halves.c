/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-halves.h"

/* Pixels: half of it is what the ringing-up page and the keypad beside a picture fit in. */
#define WIDTH_FOR_BOTH 1280

struct _TillHalves
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  gboolean prefer_end;
  gboolean single;
  guint telling;
};

enum
{
  PROP_SINGLE = 1,
  PROP_START,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TillHalves, till_halves, GTK_TYPE_WIDGET)

GtkWidget *
till_halves_new (void)
{
  return g_object_new (TILL_TYPE_HALVES, NULL);
}

static void
set_child (TillHalves *self, GtkWidget **place, GtkWidget *child)
{
  if (*place == child)
    return;
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
till_halves_set_start (TillHalves *self, GtkWidget *start)
{
  g_return_if_fail (TILL_IS_HALVES (self));

  set_child (self, &self->start, start);
}

void
till_halves_set_end (TillHalves *self, GtkWidget *end)
{
  g_return_if_fail (TILL_IS_HALVES (self));

  set_child (self, &self->end, end);
}

void
till_halves_prefer_end (TillHalves *self, gboolean prefer)
{
  g_return_if_fail (TILL_IS_HALVES (self));

  if (self->prefer_end == prefer)
    return;
  self->prefer_end = prefer;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
till_halves_is_single (TillHalves *self)
{
  g_return_val_if_fail (TILL_IS_HALVES (self), FALSE);

  return self->single;
}

static gboolean
on_tell_single (gpointer user_data)
{
  TillHalves *self = user_data;

  self->telling = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SINGLE]);
  return G_SOURCE_REMOVE;
}

/* Listeners change widgets, which must not happen while sizes are being given out. */
static void
set_single (TillHalves *self, gboolean single)
{
  if (self->single == single)
    return;
  self->single = single;
  if (self->telling == 0)
    self->telling = g_idle_add (on_tell_single, self);
}

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
till_halves_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  TillHalves *self = TILL_HALVES (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int size = !across && self->end != NULL && for_size >= WIDTH_FOR_BOTH ? for_size / 2 : for_size;
  int start_minimum, start_natural, end_minimum, end_natural;

  measure_child (self->start, orientation, across ? -1 : size, &start_minimum, &start_natural);
  measure_child (self->end, orientation, across ? -1 : size, &end_minimum, &end_natural);
  *minimum = MAX (start_minimum, end_minimum);
  *natural = across ? start_natural + end_natural : MAX (start_natural, end_natural);
}

static void
allocate_child (GtkWidget *child, gboolean visible, int x, int width, int height)
{
  if (child == NULL)
    return;
  gtk_widget_set_child_visible (child, visible);
  if (visible)
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
till_halves_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TillHalves *self = TILL_HALVES (widget);
  gboolean two = self->start != NULL && self->end != NULL;
  gboolean both = two && width >= WIDTH_FOR_BOTH;
  gboolean swapped = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int half = both ? width / 2 : width;
  int rest = both ? width - half : width;

  allocate_child (self->start, both || !two || !self->prefer_end, both && swapped ? rest : 0, half, height);
  allocate_child (self->end, both || !two || self->prefer_end, both && !swapped ? half : 0, rest, height);
  set_single (self, two && !both);
}

static GtkSizeRequestMode
till_halves_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
till_halves_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SINGLE)
    g_value_set_boolean (value, TILL_HALVES (object)->single);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
till_halves_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_START)
    till_halves_set_start (TILL_HALVES (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
till_halves_dispose (GObject *object)
{
  TillHalves *self = TILL_HALVES (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (till_halves_parent_class)->dispose (object);
}

static void
till_halves_class_init (TillHalvesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = till_halves_dispose;
  object_class->get_property = till_halves_get_property;
  object_class->set_property = till_halves_set_property;
  widget_class->measure = till_halves_measure;
  widget_class->size_allocate = till_halves_size_allocate;
  widget_class->get_request_mode = till_halves_get_request_mode;
  properties[PROP_SINGLE]
      = g_param_spec_boolean ("single", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_START]
      = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
till_halves_init (TillHalves *self)
{
}
