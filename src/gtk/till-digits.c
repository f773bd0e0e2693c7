/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-digits.h"

#include <string.h>

struct _TillDigits
{
  GObject parent_instance;

  char *text;
  guint length;
  guint capacity;
};

enum
{
  PROP_LENGTH = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TillDigits, till_digits, G_TYPE_OBJECT)

TillDigits *
till_digits_new (guint capacity)
{
  TillDigits *self = g_object_new (TILL_TYPE_DIGITS, NULL);

  self->capacity = capacity;
  self->text = g_malloc0 (capacity + 1);
  return self;
}

static void
set_length (TillDigits *self, guint length)
{
  if (self->length == length)
    return;
  self->length = length;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LENGTH]);
}

gboolean
till_digits_append (TillDigits *self, char digit)
{
  g_return_val_if_fail (TILL_IS_DIGITS (self), FALSE);

  if (!g_ascii_isdigit (digit) || till_digits_is_full (self))
    return FALSE;
  self->text[self->length] = digit;
  set_length (self, self->length + 1);
  return TRUE;
}

void
till_digits_erase (TillDigits *self)
{
  g_return_if_fail (TILL_IS_DIGITS (self));

  if (self->length == 0)
    return;
  self->text[self->length - 1] = '\0';
  set_length (self, self->length - 1);
}

void
till_digits_clear (TillDigits *self)
{
  g_return_if_fail (TILL_IS_DIGITS (self));

  explicit_bzero (self->text, self->capacity + 1);
  set_length (self, 0);
}

guint
till_digits_get_length (TillDigits *self)
{
  return self->length;
}

guint
till_digits_get_capacity (TillDigits *self)
{
  return self->capacity;
}

gboolean
till_digits_is_full (TillDigits *self)
{
  return self->length == self->capacity;
}

const char *
till_digits_get_text (TillDigits *self)
{
  return self->text;
}

static void
till_digits_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TillDigits *self = TILL_DIGITS (object);

  if (id == PROP_LENGTH)
    g_value_set_uint (value, self->length);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
till_digits_finalize (GObject *object)
{
  TillDigits *self = TILL_DIGITS (object);

  explicit_bzero (self->text, self->capacity + 1);
  g_free (self->text);
  G_OBJECT_CLASS (till_digits_parent_class)->finalize (object);
}

static void
till_digits_class_init (TillDigitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = till_digits_get_property;
  object_class->finalize = till_digits_finalize;
  properties[PROP_LENGTH]
      = g_param_spec_uint ("length", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
till_digits_init (TillDigits *self)
{
}
