/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What it takes to find a face among many: the scan of the codes beside a plain read of as much memory, the whole
 * match beside comparing everybody in full, and making a gallery.
 */
#include "samples.h"

#include "customers/till-gallery.h"
#include "customers/till-template-scan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define BUCKET  76000 /* one four-digit bucket of 760 million people */
#define MILLION 1000000
#define PEOPLE                                                                                               \
  50000 /* who make up the million, twenty times over: customers' own pages take more than their codes */
#define SHOP       50
#define ROUNDS     21
#define CHUNK      512
#define SPILL_SIZE (96 << 20) /* more than processors keep by themselves */
/* With the widest loads that the processor has. */
#if defined(__x86_64__)
#define WIDEST __attribute__ ((target_clones ("avx512f", "avx2", "default")))
#else
#define WIDEST
#endif

typedef guint64 Word __attribute__ ((vector_size (64)));

static volatile guint64 taken;

/* As quick as one core can read memory in order: a few streams of words side by side, and next to nothing done
 * with them. */
WIDEST static void
read_through (const gint8 *memory, gsize size)
{
  const Word *words = (const Word *) (gconstpointer) memory;
  Word a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 };

  for (gsize i = 0; i + 4 <= size / sizeof (Word); i += 4)
    {
      a ^= words[i];
      b ^= words[i + 1];
      c ^= words[i + 2];
      d ^= words[i + 3];
    }
  taken ^= (a ^ b ^ c ^ d)[0];
}

static double
ms_since (gint64 began_us)
{
  return (double) (g_get_monotonic_time () - began_us) / 1000;
}

static gint8 *
map (gsize size)
{
  gint8 *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", size);
  madvise (memory, size, MADV_HUGEPAGE);
  return memory;
}

static guint32
random_bits (void)
{
  static guint32 state = 2463534242;

  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

static void
time_scan (const TillTemplateScan *scan, const gint8 *codes, gsize n, const gint8 *probe, Samples *samples)
{
  gint32 sums[CHUNK];
  gint64 began_us = g_get_monotonic_time ();

  for (gsize done = 0; done < n; done += CHUNK)
    {
      scan->run (codes + done * TILL_VISION_EMBEDDING, MIN (n - done, CHUNK), probe, sums);
      taken ^= (guint32) sums[0];
    }
  samples_add (samples, ms_since (began_us));
}

static void
print_speed (Samples *samples, const char *name, gsize size, double read_ms)
{
  double ms = samples_print (samples, name, "ms");

  printf ("  %-34s %8.2f GB/s %7.0f %% of the plain read\n", "", (double) size / ms / 1e6,
          100 * read_ms / ms);
}

/* The codes alone. Before each run other memory is read, so that what is scanned comes from memory and not a cache. */
static void
measure_scans (gsize n, const gint8 *spill)
{
  gsize size = n * TILL_VISION_EMBEDDING;
  gint8 *codes = map (size);
  _Alignas(TILL_TEMPLATE_ALIGNMENT) gint8 probe[TILL_VISION_EMBEDDING];
  Samples reading = { 0 }, scanning[8] = { 0 };
  guint n_scans;
  const TillTemplateScan *scans = till_template_scan_list (&n_scans);

  for (gsize i = 0; i < size; i++)
    codes[i] = (gint8) (random_bits () % 255 - 127);
  memcpy (probe, codes, sizeof probe);
  for (guint round = 0; round < ROUNDS; round++)
    {
      read_through (spill, SPILL_SIZE);
      gint64 began_us = g_get_monotonic_time ();
      read_through (codes, size);
      samples_add (&reading, ms_since (began_us));
      for (guint i = 0; i < n_scans && i < G_N_ELEMENTS (scanning); i++)
        if (scans[i].is_supported ())
          {
            read_through (spill, SPILL_SIZE);
            time_scan (&scans[i], codes, n, probe, &scanning[i]);
          }
    }
  printf (" codes of %" G_GSIZE_FORMAT " templates, %.0f MB, one core\n", n, (double) size / 1e6);
  double read_ms = samples_median (&reading);
  print_speed (&reading, "plain read", size, read_ms);
  for (guint i = 0; i < n_scans && i < G_N_ELEMENTS (scanning); i++)
    {
      if (scans[i].is_supported ())
        print_speed (&scanning[i], scans[i].name, size, read_ms);
      samples_clear (&scanning[i]);
    }
  samples_clear (&reading);
  munmap (codes, size);
}

/* Normally distributed enough; a sum of a few even numbers is. */
static void
random_template (float *template)
{
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      guint32 bits = random_bits ();
      float value = (float) ((bits & 0xff) + (bits >> 8 & 0xff) + (bits >> 16 & 0xff) + (bits >> 24)) - 510;

      template[i] = value;
      square += (double) value * (double) value;
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    template[i] = (float) ((double) template[i] / sqrt (square));
}

/* @people with a template each, over and over until they are @n. */
static GPtrArray *
make_customers (guint n, guint people)
{
  GPtrArray *customers = g_ptr_array_new_full (n, (GDestroyNotify) till_customer_unref);

  for (guint i = 0; i < n; i++)
    {
      char id[32];
      float template[TILL_VISION_EMBEDDING];
      g_autoptr (GError) error = NULL;

      if (i >= people)
        {
          g_ptr_array_add (customers, till_customer_ref (g_ptr_array_index (customers, i - people)));
          continue;
        }
      g_snprintf (id, sizeof id, "cust_%u", i);
      random_template (template);
      TillCustomer *customer
          = till_customer_new (id, "Name", "1234", "cus_bench", "consent_bench", template, 1, 0, &error);
      if (customer == NULL)
        g_error ("%s", error->message);
      g_ptr_array_add (customers, customer);
    }
  return customers;
}

/* Every other probe is of somebody enrolled, at a cosine of about 0.7. */
static void
make_probe (GPtrArray *customers, guint round, float *probe)
{
  double square = 0;

  random_template (probe);
  if (round % 2 == 0)
    return;
  const float *own = till_customer_get_mean (g_ptr_array_index (customers, random_bits () % customers->len));
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      probe[i] += own[i];
      square += (double) probe[i] * (double) probe[i];
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    probe[i] = (float) ((double) probe[i] / sqrt (square));
}

/* The best score by comparing everybody in full. */
static float
compare_all (GPtrArray *customers, const float *probe)
{
  float best = -1;

  for (guint i = 0; i < customers->len; i++)
    best = MAX (best, till_vision_compare (probe, till_customer_get_mean (g_ptr_array_index (customers, i))));
  return best;
}

static void
measure_gallery (guint n, guint people, const gint8 *spill, const char *aim)
{
  g_autoptr (GPtrArray) customers = make_customers (n, people);
  Samples making = { 0 }, matching = { 0 }, comparing = { 0 };
  guint same = 0;

  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  for (guint round = 0; round < ROUNDS; round++)
    {
      float probe[TILL_VISION_EMBEDDING];
      TillMatch match;

      make_probe (customers, round, probe);
      if (round < 3)
        {
          gint64 began_us = g_get_monotonic_time ();
          g_autoptr (TillGallery) another = till_gallery_new (customers);
          samples_add (&making, ms_since (began_us));
        }
      read_through (spill, SPILL_SIZE);
      gint64 began_us = g_get_monotonic_time ();
      till_gallery_match (gallery, probe, &match);
      samples_add (&matching, ms_since (began_us));
      began_us = g_get_monotonic_time ();
      float best = compare_all (customers, probe);
      samples_add (&comparing, ms_since (began_us));
      same += fabsf (best - match.score) < 1e-5f;
    }
  printf (" gallery of %u customers\n", n);
  double ms = samples_print (&matching, "match", "ms");
  double full_ms = samples_print (&comparing, "everybody in full", "ms");
  samples_print (&making, "making the gallery", "ms");
  printf ("  %-34s %8.1f times as quick; the same best score %u of %u times%s\n", "", full_ms / ms, same,
          ROUNDS, aim);
  samples_clear (&matching);
  samples_clear (&comparing);
  samples_clear (&making);
  if (same != ROUNDS)
    g_error ("the gallery missed the best score");
}

int
main (void)
{
  gint8 *spill = map (SPILL_SIZE);

  memset (spill, 1, SPILL_SIZE);
  printf ("The gallery: medians, least … most (repeats); this processor scans with %s\n\n",
          till_template_scan_best ()->name);
  measure_scans (BUCKET, spill);
  measure_scans (MILLION, spill);
  measure_gallery (SHOP, SHOP, spill, "");
  measure_gallery (BUCKET, BUCKET, spill, " (aim: at most 3 ms)");
  measure_gallery (MILLION, PEOPLE, spill, " (aim: at most 40 ms)");
  printf ("\n");
  munmap (spill, SPILL_SIZE);
  return 0;
}
