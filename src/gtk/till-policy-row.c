/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-policy-row.h"

#include "gtk/till-discount-text.h"
#include "gtk/till-policy-words.h"
#include "sale/till-rate.h"
#include "shop/till-shop-policy.h"

#include <glib/gi18n.h>

struct _TillPolicyRow
{
  AdwPreferencesRow parent_instance;

  char *key;
  char *words;
  char *unit;
  GSettings *settings;
  char *currency;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkEntry *entry;
  GtkLabel *unit_label;
  GtkLabel *trouble;
};

enum
{
  PROP_0,
  PROP_KEY,
  PROP_WORDS,
  PROP_UNIT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TillPolicyRow, till_policy_row, ADW_TYPE_PREFERENCES_ROW)

/* Settings are amounts as text, or whole numbers: one of how many, or hundredths of a per cent. */

static gboolean
is_number (TillPolicyRow *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, self->key);

  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT32);
}

static void
read_range (TillPolicyRow *self, int *from, int *to)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) bounds = NULL;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, self->key);
  range = g_settings_schema_key_get_range (key);
  g_variant_get (range, "(&sv)", NULL, &bounds);
  g_variant_get (bounds, "(ii)", from, to);
}

static gboolean
is_rate (TillPolicyRow *self)
{
  return g_str_equal (self->key, "smile-discount");
}

/* As it is typed (transfer full). */
static char *
present (TillPolicyRow *self)
{
  if (!is_number (self))
    return g_settings_get_string (self->settings, self->key);

  int value = g_settings_get_int (self->settings, self->key);
  if (value == 0)
    return g_strdup ("");
  return is_rate (self) ? till_rate_format (value) : g_strdup_printf ("%d", value);
}

static void
show_trouble (TillPolicyRow *self, const char *words)
{
  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *words != '\0');
  if (*words != '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               *words != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_present (TillPolicyRow *self)
{
  g_autofree char *text = present (self);

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  show_trouble (self, "");
}

/* In hundredths of a per cent the largest the schema takes is a per cent of that many. */
static char *
words_for_range (TillPolicyRow *self)
{
  g_autofree char *most = NULL;
  int from, to;

  read_range (self, &from, &to);
  if (is_rate (self))
    {
      most = till_rate_format (to);
      return g_strdup_printf (_ ("Write per cent up to %s, or nothing for none"), most);
    }
  if (g_str_equal (self->key, "guardian-age"))
    return g_strdup_printf (_ ("Write an age from 13 to %d, or nothing to ask no guardian"), to);
  if (from > 0)
    return g_strdup_printf (_ ("Write a whole number from %d to %d"), from, to);
  return g_strdup_printf (_ ("Write a whole number up to %d, or nothing for none"), to);
}

static gboolean
write_number (TillPolicyRow *self, const char *text, char **words)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  gint64 typed = 0;
  int rate = 0;
  gboolean right = *text == '\0';

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, self->key);
  if (!right && is_rate (self))
    right = till_discount_text_parse_rate (text, &rate, NULL);
  else if (!right && g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &typed, NULL))
    {
      right = TRUE;
      rate = (int) typed;
    }
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (rate));
  if (right && g_settings_schema_key_range_check (key, value)
      && till_shop_policy_check_setting (self->settings, self->key, *text != '\0' ? text : "0",
                                         self->currency, NULL))
    return g_settings_set_value (self->settings, self->key, value);
  *words = words_for_range (self);
  return FALSE;
}

static gboolean
write_amount (TillPolicyRow *self, const char *text, char **words)
{
  if (till_shop_policy_check_setting (self->settings, self->key, text, self->currency, NULL))
    return g_settings_set_string (self->settings, self->key, text);
  *words = till_policy_words_for_refused (self->key, text, self->currency);
  return FALSE;
}

static void
apply (TillPolicyRow *self)
{
  g_autofree char *text
      = g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))), ",", '.'));
  g_autofree char *was = present (self);
  g_autofree char *words = NULL;

  if (g_str_equal (text, was)
      || (is_number (self) ? write_number (self, text, &words) : write_amount (self, text, &words)))
    show_present (self);
  else
    show_trouble (self, words);
}

void
till_policy_row_follow (TillPolicyRow *self, GSettings *settings, const char *currency)
{
  g_autofree char *changed = NULL;

  g_return_if_fail (TILL_IS_POLICY_ROW (self));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->currency = g_strdup (currency);
  gtk_label_set_text (self->title, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_label_set_text (self->subtitle, self->words != NULL ? self->words : "");
  gtk_label_set_text (self->unit_label, self->unit != NULL  ? self->unit
                                        : !is_number (self) ? currency
                                        : is_rate (self)    ? "%"
                                                            : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->words != NULL ? self->words : "",
                                  -1);
  changed = g_strdup_printf ("changed::%s", self->key);
  g_signal_connect_object (settings, changed, G_CALLBACK (show_present), self, G_CONNECT_SWAPPED);
  show_present (self);
}

static void
till_policy_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  TillPolicyRow *self = TILL_POLICY_ROW (object);

  switch (id)
    {
    case PROP_KEY:
      g_free (self->key);
      self->key = g_value_dup_string (value);
      break;
    case PROP_WORDS:
      g_free (self->words);
      self->words = g_value_dup_string (value);
      break;
    case PROP_UNIT:
      g_free (self->unit);
      self->unit = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      break;
    }
}

static void
till_policy_row_finalize (GObject *object)
{
  TillPolicyRow *self = TILL_POLICY_ROW (object);

  g_free (self->key);
  g_free (self->words);
  g_free (self->unit);
  g_free (self->currency);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (till_policy_row_parent_class)->finalize (object);
}

static void
till_policy_row_class_init (TillPolicyRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = till_policy_row_set_property;
  object_class->finalize = till_policy_row_finalize;
  properties[PROP_KEY]
      = g_param_spec_string ("key", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORDS]
      = g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNIT]
      = g_param_spec_string ("unit", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/policy-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPolicyRow, title);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyRow, entry);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyRow, unit_label);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyRow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, apply);
}

static void
till_policy_row_init (TillPolicyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
