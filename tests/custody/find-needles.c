/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

/*
 * find-needles NEEDLES [FILE...] [--pid PID]: says where bytes that should be nowhere are.
 *
 * NEEDLES has a line for each: a label, a tab, and its bytes in hex, at least four. A process is read mapping by mapping,
 * as a core of it would be made, those marked as not to be dumped left out (all of them with --all); stop it first. Prints
 * "LABEL<tab>WHERE<tab>OFFSET" for each find, at most MOST of a label in one place, and at last what it went through.
 */

#define MOST   3
#define CHUNK  (8 * 1024 * 1024)
#define PREFIX 4 /* bytes by which needles are looked up */

typedef struct
{
  const char *label;
  guchar *bytes;
  gsize size;
  guint next; /* of the same prefix, from 1 on; 0 for none */
} Needle;

typedef struct
{
  GArray *needles;
  GHashTable *by_prefix; /* to the first of them, from 1 on */
  GHashTable *labels;
  guint8 *filter; /* a bit for each hash of a prefix that there is */
  gsize longest;

  GHashTable *found; /* how often each label was, in this place */
  guint64 n_bytes;
  guint n_places;
} Search;

static guint
hash_prefix (guint32 prefix)
{
  return (prefix * 2654435761u) >> 8;
}

static guint32
read_prefix (const guchar *bytes)
{
  guint32 prefix;

  memcpy (&prefix, bytes, sizeof prefix);
  return prefix;
}

static int
read_nibble (char digit)
{
  int value = g_ascii_xdigit_value (digit);

  if (value < 0)
    g_error ("'%c' in the needles is no hex digit", digit);
  return value;
}

static const char *
intern_label (Search *search, const char *label)
{
  if (!g_hash_table_contains (search->labels, label))
    g_hash_table_add (search->labels, g_strdup (label));
  return g_hash_table_lookup (search->labels, label);
}

static void
add_needle (Search *search, const char *label, const char *hex)
{
  Needle needle = { .label = intern_label (search, label), .size = strlen (hex) / 2 };
  gpointer key;

  if (needle.size < PREFIX)
    g_error ("a needle of %s is shorter than %d bytes", label, PREFIX);
  needle.bytes = g_malloc (needle.size);
  for (gsize i = 0; i < needle.size; i++)
    needle.bytes[i] = (guchar) (read_nibble (hex[2 * i]) << 4 | read_nibble (hex[2 * i + 1]));
  key = GUINT_TO_POINTER (read_prefix (needle.bytes));
  needle.next = GPOINTER_TO_UINT (g_hash_table_lookup (search->by_prefix, key));
  g_array_append_val (search->needles, needle);
  g_hash_table_insert (search->by_prefix, key, GUINT_TO_POINTER (search->needles->len));
  guint hash = hash_prefix (read_prefix (needle.bytes));
  search->filter[hash / 8] |= (guint8) (1u << hash % 8);
  search->longest = MAX (search->longest, needle.size);
}

static void
read_needles (Search *search, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], "\t", 2);
      if (g_strv_length (words) == 2)
        add_needle (search, words[0], words[1]);
    }
}

/* Looking */

static void
tell (Search *search, const Needle *needle, const char *where, guint64 offset)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (search->found, needle->label)) + 1;

  g_hash_table_insert (search->found, (gpointer) needle->label, GUINT_TO_POINTER (n));
  if (n <= MOST)
    g_print ("%s\t%s\t%" G_GUINT64_FORMAT "\n", needle->label, where, offset);
}

/* Bytes that begin below @end; @size may go further, for what begins there. */
static void
look (Search *search, const guchar *bytes, gsize end, gsize size, const char *where, guint64 offset)
{
  for (gsize i = 0; i < end && i + PREFIX <= size; i++)
    {
      guint32 prefix = read_prefix (bytes + i);
      guint hash = hash_prefix (prefix);

      if ((search->filter[hash / 8] & 1u << hash % 8) == 0)
        continue;
      for (guint n = GPOINTER_TO_UINT (g_hash_table_lookup (search->by_prefix, GUINT_TO_POINTER (prefix)));
           n != 0;)
        {
          const Needle *needle = &g_array_index (search->needles, Needle, n - 1);
          if (needle->size <= size - i && memcmp (bytes + i, needle->bytes, needle->size) == 0)
            tell (search, needle, where, offset + i);
          n = needle->next;
        }
    }
}

/* @length bytes of @fd from @start on; what can't be read, such as a page that was never there, is passed over. */
static void
look_through (Search *search, int fd, guint64 start, guint64 length, const char *where)
{
  g_autofree guchar *bytes = g_malloc (CHUNK + search->longest);

  g_hash_table_remove_all (search->found);
  search->n_places++;
  for (guint64 done = 0; done < length; done += CHUNK)
    {
      gsize end = (gsize) MIN (CHUNK, length - done);
      gsize wanted = (gsize) MIN (CHUNK + search->longest, length - done);
      gssize got = pread (fd, bytes, wanted, (off_t) (start + done));

      if (got <= 0)
        continue;
      search->n_bytes += MIN ((gsize) got, end);
      look (search, bytes, MIN ((gsize) got, end), (gsize) got, where, start + done);
    }
}

static void
look_through_file (Search *search, const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    g_error ("%s can't be read", path);
  look_through (search, fd, 0, (guint64) lseek (fd, 0, SEEK_END), path);
  close (fd);
}

/* One mapping, as /proc/PID/smaps has it. */
typedef struct
{
  guint64 start;
  guint64 end;
  char *name; /* (nullable) none yet */
  gboolean readable;
} Mapping;

static void
begin_mapping (Mapping *mapping, const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " ", 6);

  mapping->start = g_ascii_strtoull (words[0], NULL, 16);
  mapping->end = g_ascii_strtoull (strchr (words[0], '-') + 1, NULL, 16);
  mapping->readable = words[1][0] == 'r';
  g_free (mapping->name);
  mapping->name = g_strdup_printf ("memory %s %s %s", words[0], words[1], g_strstrip (words[5]));
}

/* @flags: those of a mapping, "VmFlags: rd wr ... dd". Device memory is never dumped either. */
static gboolean
is_dumped (const char *flags)
{
  g_auto (GStrv) words = g_strsplit (flags, " ", -1);
  const char *const *list = (const char *const *) words;

  return !g_strv_contains (list, "dd") && !g_strv_contains (list, "io");
}

static void
look_through_process (Search *search, const char *pid, gboolean all)
{
  g_autofree char *maps = g_strconcat ("/proc/", pid, "/smaps", NULL);
  g_autofree char *memory = g_strconcat ("/proc/", pid, "/mem", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Mapping mapping = { 0 };
  int fd = open (memory, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || !g_file_get_contents (maps, &text, NULL, &error))
    g_error ("the memory of process %s can't be read", pid);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_isxdigit (lines[i][0]) && strchr (lines[i], '-') != NULL && !g_ascii_isupper (lines[i][0]))
        begin_mapping (&mapping, lines[i]);
      else if (g_str_has_prefix (lines[i], "VmFlags:") && mapping.readable && (all || is_dumped (lines[i])))
        look_through (search, fd, mapping.start, mapping.end - mapping.start, mapping.name);
    }
  g_free (mapping.name);
  close (fd);
}

static void
needle_clear (gpointer data)
{
  g_free (((Needle *) data)->bytes);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *pid = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[]
      = { { "pid", 0, 0, G_OPTION_ARG_STRING, &pid, "a process to look through", "PID" },
          { "all", 0, 0, G_OPTION_ARG_NONE, &all, "also what no core would hold", NULL },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("NEEDLES [FILE...]");
  g_autoptr (GError) error = NULL;
  Search search = { .needles = g_array_new (FALSE, FALSE, sizeof (Needle)),
                    .by_prefix = g_hash_table_new (NULL, NULL),
                    .labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                    .filter = g_malloc0 (1 << 21),
                    .found = g_hash_table_new (g_str_hash, g_str_equal) };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || paths == NULL)
    g_error ("%s", error != NULL ? error->message : "name the file of needles");
  g_array_set_clear_func (search.needles, needle_clear);
  read_needles (&search, paths[0]);
  for (guint i = 1; paths[i] != NULL; i++)
    look_through_file (&search, paths[i]);
  if (pid != NULL)
    look_through_process (&search, pid, all);
  g_print ("searched\t%u places\t%" G_GUINT64_FORMAT "\n", search.n_places, search.n_bytes);

  g_array_unref (search.needles);
  g_hash_table_unref (search.by_prefix);
  g_hash_table_unref (search.found);
  g_hash_table_unref (search.labels);
  g_free (search.filter);
  return 0;
}
