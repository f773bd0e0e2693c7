/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-template-scan.h"

gboolean
till_template_scan_plain_is_supported (void)
{
  return TRUE;
}

/* A product of two such bytes fits 16 bits; saying so lets the compiler multiply twice as many at a time. */
void
till_template_scan_plain_run (const gint8 *codes, gsize n, const gint8 *probe, gint32 *sums)
{
  for (gsize i = 0; i < n; i++)
    {
      const gint8 *code = codes + i * TILL_VISION_EMBEDDING;
      gint32 sum = 0;

      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        sum += (gint16) (code[j] * probe[j]);
      sums[i] = sum;
    }
}

const TillTemplateScan *
till_template_scan_best (void)
{
  guint n;
  const TillTemplateScan *scans = till_template_scan_list (&n);

  for (guint i = 0; i < n; i++)
    if (scans[i].is_supported ())
      return &scans[i];
  g_assert_not_reached ();
}
