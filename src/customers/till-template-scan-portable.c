/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-template-scan.h"

static const TillTemplateScan scans[] = {
  { "plain C", till_template_scan_plain_is_supported, till_template_scan_plain_run },
};

const TillTemplateScan *
till_template_scan_list (guint *n)
{
  *n = G_N_ELEMENTS (scans);
  return scans;
}
