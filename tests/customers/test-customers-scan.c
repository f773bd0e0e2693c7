/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes of templates, every way to scan them that this processor has, and the list of those worth a second look. */
#include "customers-fixture.h"
#include "customers/till-shortlist.h"
#include "customers/till-template-block.h"
#include "customers/till-template-scan.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define GUARD ((gint32) 0x5ca1ab1e)
/* The most that writing as bytes may move a cosine of two templates. */
#define COSINE_MOVES 0.0035

static struct
{
  gboolean watching;
  guint unmapped;
  gboolean all_wiped;
} memory;

/* Stands before the system's own, which it calls: sees what a freed block leaves behind. */
int
munmap (void *start, size_t size)
{
  if (memory.watching)
    {
      const guint8 *bytes = start;

      memory.unmapped++;
      for (gsize i = 0; i < size; i++)
        if (bytes[i] != 0)
          memory.all_wiped = FALSE;
    }
  return (int) syscall (SYS_munmap, start, size);
}

static gint8 *
random_codes (gsize n, gboolean extreme)
{
  gint8 *codes = g_aligned_alloc (MAX (n, 1), TILL_VISION_EMBEDDING, TILL_TEMPLATE_ALIGNMENT);

  for (gsize i = 0; i < n * TILL_VISION_EMBEDDING; i++)
    codes[i] = extreme ? (g_test_rand_bit () ? 127 : -127) : (gint8) g_test_rand_int_range (-127, 128);
  return codes;
}

static void
check_scan (const TillTemplateScan *scan, const gint8 *codes, gsize n, const gint8 *probe)
{
  g_autofree gint32 *sums = g_new (gint32, n + 1);

  for (gsize i = 0; i <= n; i++)
    sums[i] = GUARD;
  scan->run (codes, n, probe, sums);
  for (gsize i = 0; i < n; i++)
    {
      gint64 sum = 0;

      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        sum += (gint64) codes[i * TILL_VISION_EMBEDDING + j] * (gint64) probe[j];
      g_assert_cmpint (sums[i], ==, sum);
    }
  g_assert_cmpint (sums[n], ==, GUARD);
}

/* Every way gives the whole numbers of the definition, the largest and smallest there are among them. */
static void
test_scans_agree (void)
{
  static const gsize counts[] = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 511, 512, 513 };
  guint n;
  const TillTemplateScan *scans = till_template_scan_list (&n);

  g_assert_true (scans[n - 1].is_supported ());
  g_assert_true (till_template_scan_best ()->is_supported ());
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s: %s", scans[i].name, scans[i].is_supported () ? "tried" : "not of this processor");
      if (!scans[i].is_supported ())
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
        for (gboolean extreme = FALSE; extreme <= TRUE; extreme++)
          {
            gint8 *codes = random_codes (counts[j], extreme);
            gint8 *probe = random_codes (1, extreme);

            check_scan (&scans[i], codes, counts[j], probe);
            check_scan (&scans[i], probe, 1, probe);
            if (counts[j] > 0)
              check_scan (&scans[i], codes + 1, counts[j] - 1, probe);
            memset (codes, -127, counts[j] * TILL_VISION_EMBEDDING);
            check_scan (&scans[i], codes, counts[j], probe);
            memset (probe, 127, TILL_VISION_EMBEDDING);
            check_scan (&scans[i], codes, counts[j], probe);
            g_aligned_free (codes);
            g_aligned_free (probe);
          }
    }
}

/* Directions of all kinds: even, with a few large components, and along one axis. */
static void
random_vector (float *vector, guint kind)
{
  g_autofree float *template = customers_random_templates (1);
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      double component = (double) template[i];

      vector[i] = (float) (kind == 0 ? component : pow (component, 2 * kind + 1));
      square += (double) vector[i] * (double) vector[i];
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = kind < 4 ? (float) ((double) vector[i] / sqrt (square)) : (i == 77 ? -1.0f : 0.0f);
}

static void
test_code (void)
{
  for (guint round = 0; round < 500; round++)
    {
      float vector[TILL_VISION_EMBEDDING];
      gint8 bytes[TILL_VISION_EMBEDDING];
      TillTemplateCode code;
      double lost = 0;
      gint largest = 0;

      random_vector (vector, round % 5);
      g_assert_true (till_template_code_write (&code, vector, bytes));
      for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
        {
          double error = (double) vector[i] - (double) code.scale * bytes[i];

          g_assert_cmpfloat (fabs (error), <=, 0.5001 * (double) code.scale);
          lost += error * error;
          largest = MAX (largest, ABS (bytes[i]));
        }
      g_assert_cmpint (largest, ==, 127);
      g_assert_cmpfloat_with_epsilon (code.length, 1, 1e-5);
      g_assert_cmpfloat_with_epsilon (code.residual, sqrt (lost), 1e-6);
    }
}

static void
test_code_refuses (void)
{
  static const float wrongs[] = { 0, 1e-42f, NAN, INFINITY, -INFINITY, 3e38f };

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      float vector[TILL_VISION_EMBEDDING] = { 0 };
      gint8 bytes[TILL_VISION_EMBEDDING];
      TillTemplateCode code;

      vector[300] = wrongs[i];
      memset (bytes, 1, sizeof bytes);
      g_assert_false (till_template_code_write (&code, vector, bytes));
      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        g_assert_cmpint (bytes[j], ==, 0);
    }
}

/* The bound holds for every two vectors; those that face networks give are of the even kind. */
static void
test_bound (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      float a[TILL_VISION_EMBEDDING], b[TILL_VISION_EMBEDDING];
      gint8 a_bytes[TILL_VISION_EMBEDDING], b_bytes[TILL_VISION_EMBEDDING];
      TillTemplateCode a_code, b_code;
      gint32 sum = 0;

      random_vector (a, round % 5);
      random_vector (b, round / 5 % 5);
      if (round % 3 == 0)
        memcpy (b, a, sizeof b);
      g_assert_true (till_template_code_write (&a_code, a, a_bytes));
      g_assert_true (till_template_code_write (&b_code, b, b_bytes));
      for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
        sum += a_bytes[i] * b_bytes[i];
      double moved = fabs ((double) sum * (double) a_code.scale * (double) b_code.scale
                           - (double) till_vision_compare (a, b));

      g_assert_cmpfloat (moved, <=,
                         (double) till_template_code_bound (&a_code, b_code.length, b_code.residual));
      if (round % 5 == 0 && round / 5 % 5 == 0)
        g_assert_cmpfloat (moved, <=, COSINE_MOVES);
    }
}

/* Templates whose scales differ widely, half of them near the probe (transfer full). */
static float *
motley_templates (const float *probe, gsize n)
{
  float *templates = g_new (float, n *TILL_VISION_EMBEDDING);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree float *near = customers_template_near (probe, 0.6);

      if (i % 2 == 0)
        memcpy (templates + i * TILL_VISION_EMBEDDING, near, TILL_VISION_EMBEDDING * sizeof (float));
      else
        random_vector (templates + i * TILL_VISION_EMBEDDING, (guint) i / 2 % 5);
    }
  return templates;
}

static void
check_block (const float *templates, gsize n, const float *probe)
{
  g_autoptr (TillTemplateBlock) block = till_template_block_new (n);
  g_autofree float *scores = g_new (float, n + 1);
  gint8 *bytes = random_codes (1, FALSE);
  gint8 unused[TILL_VISION_EMBEDDING];
  TillTemplateCode code, of_template;

  g_assert_true (till_template_code_write (&code, probe, bytes));
  g_assert_cmpuint (till_template_block_get_n (block), ==, n);
  for (gsize i = 0; i < n; i++)
    till_template_block_set (block, i, templates + i * TILL_VISION_EMBEDDING);
  for (gsize first = 0; first <= n; first += 1 + n / 3)
    {
      scores[n - first] = 7;
      till_template_block_scan (block, first, n - first, &code, bytes, scores);
      for (gsize i = first; i < n; i++)
        {
          const float *vector = templates + i * TILL_VISION_EMBEDDING;

          till_template_code_write (&of_template, vector, unused);
          float bound = till_template_code_bound (&code, of_template.length, of_template.residual);
          g_assert_cmpfloat_with_epsilon (scores[i - first], till_vision_compare (probe, vector), bound);
          g_assert_cmpfloat (till_template_block_bound (block, &code), >=, bound);
        }
      g_assert_cmpfloat (scores[n - first], ==, 7);
    }
  g_aligned_free (bytes);
}

/* Any stretch of a block gives the scores of its templates, across the edges of what is scanned at a time. */
static void
test_block (void)
{
  static const gsize counts[] = { 0, 1, 2, 3, 511, 512, 513, 1300 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree float *probe = customers_random_templates (1);
      g_autofree float *templates = motley_templates (probe, counts[i]);

      check_block (templates, counts[i], probe);
    }
}

static void
test_block_wiped (void)
{
  g_autofree float *templates = customers_random_templates (40);
  TillTemplateBlock *block = till_template_block_new (40);

  for (guint i = 0; i < 40; i++)
    till_template_block_set (block, i, templates + i * TILL_VISION_EMBEDDING);
  memory.unmapped = 0;
  memory.all_wiped = TRUE;
  memory.watching = TRUE;
  till_template_block_free (block);
  memory.watching = FALSE;
  g_assert_cmpuint (memory.unmapped, ==, 1);
  g_assert_true (memory.all_wiped);
}

typedef struct
{
  float exact[200];
  float best;
  float second;
  float offered_second;
} Crowd;

/* Customers whose scores crowd together, offered up to @bound off. */
static void
offer_crowd (Crowd *self, TillShortlist *list, guint n, double bound)
{
  float highest = -1;

  self->best = self->second = self->offered_second = -1;
  for (guint i = 0; i < n; i++)
    {
      double score = g_test_rand_double_range (-0.2, 0.2);
      float exact = (float) score, offered = (float) (score + g_test_rand_double_range (-bound, bound));

      self->exact[i] = exact;
      till_shortlist_offer (list, i, offered);
      self->second = exact > self->best ? self->best : MAX (self->second, exact);
      self->best = MAX (self->best, exact);
      self->offered_second = offered > highest ? highest : MAX (self->offered_second, offered);
      highest = MAX (highest, offered);
    }
}

/* Whoever is truly best or second is on the list, in order and once; who can't be is not. */
static void
test_shortlist (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_auto (TillShortlist) list = { 0 };
      double bound = g_test_rand_double_range (0.0001, 0.05);
      guint n = (guint) g_test_rand_int_range (0, 200);
      guint place = 0;
      Crowd crowd;

      till_shortlist_init (&list, (float) bound + 1e-6f);
      offer_crowd (&crowd, &list, n, bound);
      till_shortlist_finish (&list);
      for (guint i = 0; i < n; i++)
        {
          gboolean there = place < list.entries->len
                           && g_array_index (list.entries, TillShortlistEntry, place).customer == i;

          g_assert_true (there || crowd.exact[i] < crowd.second);
          if (there)
            g_assert_cmpfloat (g_array_index (list.entries, TillShortlistEntry, place++).score, >=,
                               crowd.offered_second - 2 * (float) bound - 1e-5f);
        }
      g_assert_cmpuint (place, ==, list.entries->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customers/scan/all-agree", test_scans_agree);
  g_test_add_func ("/customers/code/write", test_code);
  g_test_add_func ("/customers/code/refuses", test_code_refuses);
  g_test_add_func ("/customers/code/bound", test_bound);
  g_test_add_func ("/customers/block/scores", test_block);
  g_test_add_func ("/customers/block/wiped", test_block_wiped);
  g_test_add_func ("/customers/shortlist/complete", test_shortlist);
  return g_test_run ();
}
