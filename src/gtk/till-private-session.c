/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-private-session.h"

#include "base/till-error.h"
#include "base/till-installation.h"

#include <errno.h>
#include <unistd.h>

gboolean
till_private_session_entered (void)
{
  return g_getenv ("SMILETILL_PRIVATE_SESSION") != NULL;
}

gboolean
till_private_session_enter (int argc, char **argv, GError **error)
{
  g_autofree char *session = till_installation_get_private_session_program ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (self == NULL)
    return FALSE;
  g_ptr_array_add (words, session);
  g_ptr_array_add (words, self);
  for (int i = 1; i < argc; i++)
    g_ptr_array_add (words, argv[i]);
  g_ptr_array_add (words, NULL);

  execv (session, (char **) words->pdata);
  g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The demo's own session can't be started by %s: %s",
               session, g_strerror (errno));
  return FALSE;
}
