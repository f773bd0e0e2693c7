/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-hardening.h"
#include "base/till-installation.h"
#include "gtk/till-application.h"
#include "gtk/till-private-session.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <locale.h>
#include <stdio.h>

static gboolean
wants_demo (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--demo"))
      return TRUE;
  return FALSE;
}

int
main (int argc, char *argv[])
{
  g_autofree char *locale_dir = till_installation_get_locale_dir ();
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  till_installation_set_up_environment ();
  g_set_application_name ("Smiletill");
  if (!till_hardening_apply (&error))
    {
      g_printerr ("smiletill: %s\n", error->message);
      return 1;
    }

  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      puts ("smiletill " TILL_VERSION);
      return 0;
    }
  /* Before any library looks at the session: the demo must not touch the user's. */
  if (wants_demo (argc, argv) && !till_private_session_entered ()
      && !till_private_session_enter (argc, argv, &error))
    {
      g_printerr ("smiletill: %s\n", error->message);
      return 1;
    }

  gst_init (NULL, NULL);
  g_autoptr (TillApplication) application = till_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
