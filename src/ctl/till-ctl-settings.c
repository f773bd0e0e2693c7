/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl.h"
#include "shop/till-shop-amount.h"
#include "shop/till-shop-policy.h"

#include <stdio.h>

static void
print_setting (GSettings *settings, const char *key, gboolean json)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, key);
  g_autofree char *text = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                              ? g_variant_dup_string (value, NULL)
                              : g_variant_print (value, FALSE);

  if (!json)
    {
      printf ("%s = %s\n", key, text);
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "value", text);
  till_ctl_print_json (object);
}

/* Text as people type it: a string needs no quotes. */
static GVariant *
read_value (const GVariantType *type, const char *text, GError **error)
{
  if (g_variant_type_equal (type, G_VARIANT_TYPE_STRING))
    return g_variant_ref_sink (g_variant_new_string (text));
  return g_variant_parse (type, text, NULL, NULL, error);
}

/* What the schema can't say: an amount is one of the shop's own currency. */
static gboolean
check_value (TillProfile *profile, const char *name, const char *text, GError **error)
{
  if (!till_shop_amount_is_setting (name) && !g_str_equal (name, "guardian-age"))
    return TRUE;

  g_autofree char *path = till_profile_get_catalogue_path (profile);
  g_autoptr (TillCatalogue) catalogue = till_catalogue_new_from_file (path, error);
  return catalogue != NULL
         && till_shop_policy_check_setting (till_profile_get_settings (profile), name, text,
                                            till_catalogue_get_currency (catalogue), error);
}

/* What the schema allows, in words (transfer full). */
static char *
describe_range (GSettingsSchemaKey *key)
{
  g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
  g_autoptr (GVariant) detail = NULL;
  const char *kind;

  g_variant_get (range, "(&sv)", &kind, &detail);
  if (g_str_equal (kind, "range"))
    {
      g_autoptr (GVariant) least = g_variant_get_child_value (detail, 0);
      g_autoptr (GVariant) most = g_variant_get_child_value (detail, 1);
      g_autofree char *from = g_variant_print (least, FALSE);
      g_autofree char *to = g_variant_print (most, FALSE);

      return g_strdup_printf ("a whole number from %s to %s", from, to);
    }
  if (g_str_equal (kind, "enum"))
    {
      g_autofree const char **choices = g_variant_get_strv (detail, NULL);

      return g_strjoinv (" or ", (char **) choices);
    }
  return g_strdup (g_variant_type_equal (g_settings_schema_key_get_value_type (key), G_VARIANT_TYPE_BOOLEAN)
                       ? "true or false"
                       : "something else");
}

static int
set_setting (TillProfile *profile, GSettingsSchemaKey *key, const char *text)
{
  GSettings *settings = till_profile_get_settings (profile);
  const char *name = g_settings_schema_key_get_name (key);
  g_autoptr (GError) error = NULL;

  if (!check_value (profile, name, text, &error))
    return till_ctl_fail (error);

  g_autoptr (GVariant) value = read_value (g_settings_schema_key_get_value_type (key), text, &error);

  if (value == NULL || !g_settings_schema_key_range_check (key, value))
    {
      g_autofree char *allowed = describe_range (key);

      fprintf (stderr, "smiletillctl: “%s” is no value for %s; it takes %s\n", text, name, allowed);
      return TILL_CTL_FAILED;
    }
  if (!g_settings_set_value (settings, name, value))
    {
      fprintf (stderr, "smiletillctl: %s can't be written\n", name);
      return TILL_CTL_FAILED;
    }
  g_settings_sync ();
  return 0;
}

int
till_ctl_settings (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!till_ctl_parse (&argc, &argv, "[KEY [VALUE]]",
                       "Lists the profile's settings, shows one, or changes it.", &options, NULL))
    return TILL_CTL_FAILED;

  g_autoptr (TillProfile) profile = till_profile_open (options.profile, &error);
  if (profile == NULL)
    return till_ctl_fail (error);

  GSettings *settings = till_profile_get_settings (profile);
  g_object_get (settings, "settings-schema", &schema, NULL);
  if (argc > 3 || (argc > 1 && !g_settings_schema_has_key (schema, argv[1])))
    {
      fprintf (
          stderr,
          "smiletillctl: name one setting, and its new value to change it; without words all are listed\n");
      return TILL_CTL_FAILED;
    }
  if (argc == 3)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, argv[1]);

      status = set_setting (profile, key, argv[2]);
    }
  if (status != 0)
    return status;
  if (argc > 1)
    print_setting (settings, argv[1], options.json);
  else
    {
      g_auto (GStrv) keys = g_settings_schema_list_keys (schema);

      for (guint i = 0; keys[i] != NULL; i++)
        print_setting (settings, keys[i], options.json);
    }
  return status;
}
