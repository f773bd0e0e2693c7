/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "sale/till-catalogue-file.h"

/* The file of a shop's goods. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCatalogueFile) file
      = till_catalogue_file_read ((const char *) data, (gssize) size, "the catalogue", &error);

  g_assert_true ((file == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (file != NULL)
    {
      g_assert_true (g_utf8_validate (file->shop, -1, NULL));
      g_assert_nonnull (file->taxes);
    }
  return 0;
}
