/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl.h"

#include "base/till-error.h"

#include <stdio.h>
#include <string.h>

void
till_ctl_options_clear (TillCtlOptions *options)
{
  g_clear_pointer (&options->profile, g_free);
}

int
till_ctl_fail (const GError *error)
{
  fprintf (stderr, "smiletillctl: %s\n", error->message);
  return TILL_CTL_FAILED;
}

int
till_ctl_fail_coded (const GError *error)
{
  till_ctl_fail (error);
  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_LOCKED_OUT))
    return TILL_CTL_LOCKED_OUT;
  return g_error_matches (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE) ? TILL_CTL_UNKNOWN : TILL_CTL_FAILED;
}

gboolean
till_ctl_parse (int *argc,
                char ***argv,
                const char *usage,
                const char *summary,
                TillCtlOptions *options,
                const GOptionEntry *entries)
{
  const GOptionEntry common[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &options->profile, "Keep everything in this folder", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "One JSON object per line on standard output", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *name = g_strdup_printf ("smiletillctl %s", (*argv)[0]);
  g_autoptr (GError) error = NULL;

  g_set_prgname (name);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    {
      if (*argc == 1 || *usage != '\0')
        return TRUE;
      g_set_error (&error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” is not expected here", (*argv)[1]);
    }
  fprintf (stderr, "smiletillctl: %s\nSee smiletillctl %s --help\n", error->message, (*argv)[0]);
  return FALSE;
}

void
till_ctl_on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillCtlCall *call = user_data;

  call->result = g_object_ref (result);
}

GAsyncResult *
till_ctl_wait (TillCtlCall *call)
{
  while (call->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return call->result;
}

void
till_ctl_call_clear (TillCtlCall *call)
{
  g_clear_object (&call->result);
}

TillShop *
till_ctl_open_shop (const TillCtlOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillProfile) profile = till_profile_open (options->profile, &error);
  g_auto (TillCtlCall) call = { 0 };

  if (profile == NULL)
    {
      till_ctl_fail (error);
      return NULL;
    }

  g_autoptr (TillShop) shop = till_shop_new (profile, till_clock_system ());
  till_shop_open_async (shop, NULL, till_ctl_on_result, &call);
  if (!till_shop_open_finish (shop, till_ctl_wait (&call), &error))
    {
      till_ctl_fail (error);
      return NULL;
    }
  /* What is listed or charged next should rest on what the provider knows by now. */
  while (!till_shop_is_settled (shop))
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&shop);
}

TillSecret *
till_ctl_read_secret (const char *what, gsize most)
{
  char line[1024];
  TillSecret *secret = NULL;

  g_return_val_if_fail (most + 2 < sizeof line, NULL);

  if (fgets (line, (int) most + 2, stdin) != NULL)
    {
      gsize length = strcspn (line, "\r\n");

      if (length > 0 && length <= most)
        secret = till_secret_new (line, length);
    }
  explicit_bzero (line, sizeof line);
  if (secret == NULL)
    fprintf (stderr,
             "smiletillctl: no %s on standard input; give it as one line of at most %" G_GSIZE_FORMAT
             " characters\n",
             what, most);
  return secret;
}

void
till_ctl_print_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  g_autofree char *line = json_to_string (node, FALSE);
  puts (line);
  fflush (stdout);
}
