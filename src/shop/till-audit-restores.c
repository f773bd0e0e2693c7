/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-checks.h"

#include <glib/gi18n-lib.h>

/* Whoever was erased in the rows that are gone is back, and nothing in the file says so any more. */
void
till_audit_check_restores (TillAudit *audit, const TillAuditBooks *books)
{
  for (guint i = 0; i < books->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (books->rows, i);
      gint64 remembered = till_audit_books_number (row, "remembered");

      if (g_str_equal (row->kind, TILL_LEDGER_RECOVERY) && remembered > 0)
        till_audit_leave (audit,
                          _ ("who was erased, and which pass was ended, in the rows up to %" G_GINT64_FORMAT
                             " that were lost when an older copy of the books was accepted with row "
                             "%" G_GINT64_FORMAT ": erase again whoever has a receipt of it"),
                          remembered, row->seq);
    }
}
