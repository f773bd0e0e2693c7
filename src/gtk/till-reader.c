/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-reader.h"

#include <glib/gi18n.h>

/* Pixels that may be out of sight without anything of a line being cut. */
#define SLACK 6

struct _TillReader
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkScrolledWindow *scroller;
  GtkWidget *more;
  guint looking; /* what is below is known once the layout is done, and can't be changed before */
};

enum
{
  PROP_CHILD = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TillReader, till_reader, GTK_TYPE_WIDGET)

GtkWidget *
till_reader_new (void)
{
  return g_object_new (TILL_TYPE_READER, NULL);
}

static GtkAdjustment *
height_of (TillReader *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

static gboolean
show_more (gpointer user_data)
{
  TillReader *self = user_data;
  GtkAdjustment *height = height_of (self);
  double below = gtk_adjustment_get_upper (height) - gtk_adjustment_get_page_size (height)
                 - gtk_adjustment_get_value (height);

  self->looking = 0;
  gtk_widget_set_visible (self->more, below > SLACK);
  return G_SOURCE_REMOVE;
}

static void
on_height (TillReader *self)
{
  if (self->looking == 0)
    self->looking = g_idle_add (show_more, self);
}

/* A line that was cut at the bottom is seen whole at the top. */
static void
on_more (TillReader *self)
{
  GtkAdjustment *height = height_of (self);

  gtk_adjustment_set_value (height,
                            gtk_adjustment_get_value (height) + 0.75 * gtk_adjustment_get_page_size (height));
}

void
till_reader_set_child (TillReader *self, GtkWidget *child)
{
  g_return_if_fail (TILL_IS_READER (self));

  gtk_scrolled_window_set_child (self->scroller, child);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

void
till_reader_start_over (TillReader *self)
{
  g_return_if_fail (TILL_IS_READER (self));

  gtk_adjustment_set_value (height_of (self), 0);
}

static void
till_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    g_value_set_object (value, gtk_scrolled_window_get_child (TILL_READER (object)->scroller));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
till_reader_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    till_reader_set_child (TILL_READER (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
till_reader_dispose (GObject *object)
{
  TillReader *self = TILL_READER (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_reader_parent_class)->dispose (object);
}

static void
till_reader_class_init (TillReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = till_reader_dispose;
  object_class->get_property = till_reader_get_property;
  object_class->set_property = till_reader_set_property;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "reader");
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static GtkWidget *
make_more (void)
{
  GtkWidget *more = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("More below")));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("go-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (more), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More below"), -1);
  gtk_widget_set_halign (more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (more, "more-below");
  gtk_widget_set_visible (more, FALSE);
  return more;
}

static void
till_reader_init (TillReader *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkAdjustment *height;

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (self->scroller, FALSE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->content), scroller);
  self->more = make_more ();
  gtk_box_append (GTK_BOX (self->content), self->more);

  height = height_of (self);
  g_signal_connect_object (height, "changed", G_CALLBACK (on_height), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (height, "value-changed", G_CALLBACK (on_height), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (on_more), self, G_CONNECT_SWAPPED);
}
