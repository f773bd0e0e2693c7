/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer-visit.h"
#include "customers/till-customer.h"
#include "customers/till-pass-row.h"
#include "shop/till-audit-books.h"
#include "shop/till-audit-private.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/* What an audit checks, each by itself; what is wrong goes into @audit. Pure but for what @vault tells. */

/* Every consent's signature, key and wording. @vault: (nullable), open or not. */
void till_audit_check_consents (TillAudit *audit, const TillAuditBooks *books, TillVault *vault);

/* Every charge: that somebody agreed to it, to as much, and was enrolled then. */
void till_audit_check_charges (TillAudit *audit, const TillAuditBooks *books);

/*
 * The record of @visit. @customer: (nullable) what is in it; @problem: (nullable) why it does not open. Both NULL: it was
 * not tried. @today, @goes_on: days since 1970-01-01.
 */
void till_audit_check_record (TillAudit *audit,
                              const TillAuditBooks *books,
                              const TillCustomerVisit *visit,
                              const TillCustomer *customer,
                              const GError *problem,
                              gint64 today,
                              gint64 goes_on);
/* That nobody who was enrolled is missing from @visits (element-type TillCustomerVisit). */
void till_audit_check_missing (TillAudit *audit, const TillAuditBooks *books, GPtrArray *visits);

/* That no rows were lost when the books were put back and accepted so. */
void till_audit_check_restores (TillAudit *audit, const TillAuditBooks *books);

/* The book of passes (element-type TillPassRow). */
void till_audit_check_passes (TillAudit *audit, const TillAuditBooks *books, GPtrArray *passes, gint64 today);

G_END_DECLS
