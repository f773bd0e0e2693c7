/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-form.h"

#include <string.h>

/* What the API itself allows for. */
#define ID_LONGEST 255

void
till_stripe_form_add (GString *form, const char *name, const char *value)
{
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append (form, name);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

void
till_stripe_form_add_int (GString *form, const char *name, gint64 value)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  till_stripe_form_add (form, name, digits);
}

gboolean
till_stripe_is_id (const char *id, const char *prefix)
{
  if (id == NULL || !g_str_has_prefix (id, prefix))
    return FALSE;

  gsize length = strlen (id);
  if (length == strlen (prefix) || length > ID_LONGEST)
    return FALSE;
  for (const char *at = id; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_')
      return FALSE;
  return TRUE;
}

gboolean
till_stripe_is_method (const char *id)
{
  return till_stripe_is_id (id, "pm_") || till_stripe_is_id (id, "card_");
}

char *
till_stripe_payer_customer (const char *payer)
{
  if (payer == NULL)
    return NULL;

  const char *slash = strchr (payer, '/');
  g_autofree char *customer = slash != NULL ? g_strndup (payer, (gsize) (slash - payer)) : g_strdup (payer);
  if (!till_stripe_is_id (customer, "cus_") || (slash != NULL && !till_stripe_is_method (slash + 1)))
    return NULL;
  return g_steal_pointer (&customer);
}

char *
till_stripe_payer_method (const char *payer)
{
  g_autofree char *customer = till_stripe_payer_customer (payer);
  const char *slash = customer != NULL ? strchr (payer, '/') : NULL;

  return slash != NULL ? g_strdup (slash + 1) : NULL;
}
