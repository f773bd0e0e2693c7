/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-private-memory.h"

#include <string.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
/* Its mlock() does nothing. */
#define LOCKING_IS_REAL FALSE
#else
#define LOCKING_IS_REAL TRUE
#endif

/* The flags of the mapping that holds @address, as " rd wr ..." (transfer full) (nullable); see proc(5), VmFlags. */
static char *
mapping_flags (gconstpointer memory)
{
  guintptr address = (guintptr) memory;
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *end;
      guintptr from = g_ascii_strtoull (lines[i], &end, 16);

      if (end > lines[i] && *end == '-')
        inside = from <= address && address < g_ascii_strtoull (end + 1, NULL, 16);
      else if (inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return g_strdup (lines[i] + strlen ("VmFlags:"));
    }
  return NULL;
}

static void
test_kept_out (void)
{
  const gsize size = 100000;
  guint8 *memory = till_private_memory_alloc (size);
  g_autofree char *flags = mapping_flags (memory);

  g_assert_cmpuint ((guintptr) memory % 64, ==, 0);
  for (gsize i = 0; i < size; i++)
    g_assert_cmphex (memory[i], ==, 0);
  memset (memory, 'F', size);
  g_assert_nonnull (strstr (flags, " dd"));
  till_private_memory_free (memory);
  g_autofree char *after = mapping_flags (memory);
  g_assert_true (after == NULL || strstr (after, " dd") == NULL);
  till_private_memory_free (NULL);
}

static gboolean
is_locked (gconstpointer memory)
{
  g_autofree char *flags = mapping_flags (memory);

  return strstr (flags, " lo") != NULL;
}

/* Up to the limit less what is for keys, again and again. */
static void
test_locked (void)
{
  const gsize size = 1u << 20;
  struct rlimit limit = { TILL_PRIVATE_MEMORY_RESERVE + 2 * size + size / 2, 0 };
  struct rlimit before;
  gpointer blocks[3];

  if (!LOCKING_IS_REAL)
    {
      g_test_skip ("the sanitizer locks nothing");
      return;
    }
  g_assert_cmpint (getrlimit (RLIMIT_MEMLOCK, &before), ==, 0);
  if (before.rlim_max < limit.rlim_cur)
    {
      g_test_skip ("less memory may be locked here");
      return;
    }
  limit.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &limit), ==, 0);
  for (guint times = 0; times < 3; times++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        blocks[i] = till_private_memory_alloc (size);
      g_assert_true (is_locked (blocks[0]));
      g_assert_true (is_locked (blocks[1]));
      g_assert_false (is_locked (blocks[2]));
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        till_private_memory_free (blocks[i]);
    }
  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &before), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/private-memory/kept-out", test_kept_out);
  g_test_add_func ("/base/private-memory/locked", test_locked);
  return g_test_run ();
}
