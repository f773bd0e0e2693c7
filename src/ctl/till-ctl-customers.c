/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl.h"

#include <stdio.h>

static void
print_customer (const TillCustomer *customer, gboolean json)
{
  g_autofree char *enrolled = till_clock_format_utc (till_customer_get_enrolled_us (customer));

  if (!json)
    {
      printf ("%s\t%s\t%s%s\n", till_customer_get_id (customer), enrolled, till_customer_get_name (customer),
              till_customer_is_face_locked (customer) ? "\t(face payment locked)" : "");
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", till_customer_get_id (customer));
  json_object_set_string_member (object, "name", till_customer_get_name (customer));
  json_object_set_string_member (object, "enrolled", enrolled);
  json_object_set_int_member (object, "templates", till_customer_get_n_templates (customer));
  json_object_set_boolean_member (object, "pin", till_customer_get_pin (customer) != NULL);
  json_object_set_boolean_member (object, "look_alike", till_customer_is_look_alike (customer));
  json_object_set_boolean_member (object, "face_locked", till_customer_is_face_locked (customer));
  till_ctl_print_json (object);
}

int
till_ctl_customers (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "", "Lists who is enrolled, without digits or templates.", &options,
                       NULL))
    return TILL_CTL_FAILED;

  g_autoptr (TillShop) shop = till_ctl_open_shop (&options);
  if (shop == NULL)
    return TILL_CTL_FAILED;

  till_customers_list_async (till_shop_get_customers (shop), NULL, till_ctl_on_result, &call);
  g_autoptr (GPtrArray) customers
      = till_customers_list_finish (till_shop_get_customers (shop), till_ctl_wait (&call), &error);
  if (customers == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; i < customers->len; i++)
    print_customer (g_ptr_array_index (customers, i), options.json);
  if (customers->len == 0 && !options.json)
    printf ("Nobody is enrolled.\n");
  return 0;
}
