/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-checks.h"

#include "base/till-error.h"
#include "shop/till-calendar-day.h"

#include <glib/gi18n-lib.h>

/* A till that is off on the day itself erases when it is next on. */
#define LATE_DAYS 1

static void
find (TillAudit *audit, const char *id, const char *words)
{
  till_audit_find (
      audit, TILL_AUDIT_RECORD, id, words,
      _ ("Erase this record; whoever it belongs to can be enrolled again. Find out who wrote to the "
         "till’s file."));
}

/* Whether somebody agreed to this record (nullable: they did). */
static const char *
find_gap (const TillAuditBooks *books, const char *id, const TillCustomer *customer)
{
  const TillLedgerEntry *consent
      = customer != NULL ? g_hash_table_lookup (books->consents, till_customer_get_consent (customer))
                         : g_hash_table_lookup (books->agreed, id);

  if (consent == NULL || g_strcmp0 (till_audit_books_text (consent, "purpose"), "enrolment") != 0
      || g_strcmp0 (till_audit_books_text (consent, "customer"), id) != 0)
    return _ ("A face is kept to which nobody agreed");
  if (!g_hash_table_contains (books->enrolled, id))
    return _ (
        "No row of the books says that this record was made: it was put in, or moved here from another one");
  return NULL;
}

void
till_audit_check_record (TillAudit *audit,
                         const TillAuditBooks *books,
                         const TillCustomerVisit *visit,
                         const TillCustomer *customer,
                         const GError *problem,
                         gint64 today,
                         gint64 goes_on)
{
  const TillLedgerEntry *erased = g_hash_table_lookup (books->erased, visit->id);
  const char *gap = find_gap (books, visit->id, customer);
  g_autofree char *words = NULL;

  audit->records++;
  if (erased != NULL)
    words = g_strdup_printf (_ ("This record was erased with row %" G_GINT64_FORMAT
                                " and is back: an old copy was put in its place"),
                             erased->seq);
  else if (gap != NULL)
    words = g_strdup (gap);
  else if (problem != NULL && !g_error_matches (problem, TILL_ERROR, TILL_ERROR_LOCKED))
    words = g_strdup_printf (_ ("This record was altered, or is another one’s: %s"), problem->message);
  if (words != NULL)
    find (audit, visit->id, words);
  if (today > goes_on + LATE_DAYS)
    {
      g_autofree char *day = till_calendar_day_format (goes_on);
      g_autofree char *late = g_strdup_printf (_ ("Kept too long: this record was to be erased on %s"), day);

      till_audit_find (
          audit, TILL_AUDIT_RETENTION, visit->id, late,
          _ ("Start the till and unlock the keyring; if it asks whether the date is right, answer. Or "
             "erase the record."));
    }
}

void
till_audit_check_missing (TillAudit *audit, const TillAuditBooks *books, GPtrArray *visits)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < visits->len; i++)
    g_hash_table_add (there, ((TillCustomerVisit *) g_ptr_array_index (visits, i))->id);
  g_hash_table_iter_init (&iter, books->enrolled);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (there, id) && !g_hash_table_contains (books->erased, id))
      till_audit_find (
          audit, TILL_AUDIT_RECORD, id,
          _ ("The books say that somebody was enrolled, and there is neither a record nor an erasure: "
             "it was taken out of the file"),
          _ ("Find out who wrote to the till’s file; bring back the last good copy of it."));
}
