/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-installation.h"

static gboolean
runs_from_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, TILL_BUILD_ROOT G_DIR_SEPARATOR_S);
}

static char *
from_environment (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

char *
till_installation_get_models_dir (void)
{
  char *dir = from_environment ("SMILETILL_MODELS");

  if (dir != NULL)
    return dir;
  return g_strdup (runs_from_build_folder () ? TILL_SOURCE_MODELS
                                             : TILL_PKGDATADIR G_DIR_SEPARATOR_S "models");
}

char *
till_installation_get_data_path (const char *name)
{
  g_autofree char *dir = from_environment ("SMILETILL_DATA");

  if (dir == NULL)
    dir = g_strdup (runs_from_build_folder () ? TILL_SOURCE_ROOT G_DIR_SEPARATOR_S "data" : TILL_PKGDATADIR);
  return g_build_filename (dir, name, NULL);
}

char *
till_installation_get_locale_dir (void)
{
  return g_strdup (runs_from_build_folder () ? TILL_BUILD_ROOT G_DIR_SEPARATOR_S "po" : TILL_LOCALEDIR);
}

char *
till_installation_get_sandbox_program (void)
{
  char *program = from_environment ("SMILETILL_SANDBOX");

  if (program != NULL)
    return program;
  if (runs_from_build_folder ())
    return g_build_filename (TILL_BUILD_ROOT, "src", "sandbox", "smiletill-sandbox", NULL);
  return g_build_filename (TILL_BINDIR, "smiletill-sandbox", NULL);
}

char *
till_installation_get_private_session_program (void)
{
  return g_strdup (runs_from_build_folder () ? TILL_SOURCE_ROOT G_DIR_SEPARATOR_S "scripts/private-session"
                                             : TILL_LIBEXECDIR G_DIR_SEPARATOR_S "smiletill-private-session");
}

void
till_installation_set_up_environment (void)
{
  if (runs_from_build_folder ())
    g_setenv ("GSETTINGS_SCHEMA_DIR", TILL_BUILD_ROOT G_DIR_SEPARATOR_S "data", FALSE);
  else
    g_setenv ("GSETTINGS_SCHEMA_DIR", TILL_SCHEMADIR, FALSE);
}
