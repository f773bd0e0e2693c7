/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-manager.h"

#include "vault/till-pin.h"

#include <stdio.h>

gboolean
till_ctl_managed_open (TillCtlManaged *self, const char *whose)
{
  if (whose != NULL)
    {
      self->pin = till_ctl_read_secret (whose, TILL_PIN_MOST_DIGITS);
      if (self->pin == NULL)
        return FALSE;
    }
  self->shop = till_ctl_open_shop (&self->options);
  return self->shop != NULL;
}

const char *
till_ctl_managed_pin (const TillCtlManaged *self)
{
  return self->pin != NULL ? till_secret_get_data (self->pin) : NULL;
}

void
till_ctl_managed_clear (TillCtlManaged *self)
{
  g_clear_object (&self->shop);
  g_clear_pointer (&self->pin, till_secret_unref);
  till_ctl_options_clear (&self->options);
}

int
till_ctl_done (const TillCtlOptions *options, const char *what, const char *words)
{
  if (options->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "done", what);
      till_ctl_print_json (object);
    }
  else
    printf ("%s\n", words);
  return 0;
}
