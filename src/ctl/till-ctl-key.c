/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl.h"
#include "vault/till-keyring.h"

#include <stdio.h>

/* Longest API key read; those of the services known are far shorter. */
#define KEY_MAX 512

int
till_ctl_key (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Reads the payment service's secret API key, one line, from standard input and keeps it in the "
          "keyring, nowhere else.",
          &options, NULL))
    return TILL_CTL_FAILED;

  g_autoptr (TillProfile) profile = till_profile_open (options.profile, &error);
  if (profile == NULL)
    return till_ctl_fail (error);

  g_autoptr (TillSecret) key = till_ctl_read_secret ("key", KEY_MAX);
  if (key == NULL)
    return TILL_CTL_FAILED;

  g_autoptr (TillKeyring) keyring = till_keyring_new (till_profile_get_id (profile));
  till_keyring_store_async (keyring, "stripe-key", key, NULL, till_ctl_on_result, &call);
  if (!till_keyring_store_finish (keyring, till_ctl_wait (&call), &error))
    return till_ctl_fail (error);
  if (!options.json)
    printf ("The key is in the keyring.\n");
  return 0;
}
