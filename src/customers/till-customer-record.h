/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"
#include "vault/till-secret.h"

G_BEGIN_DECLS

/*
 * A customer as bytes to be sealed. Version 2: a byte 2, a byte with the number of templates, the time of enrolment as
 * 64-bit integer, the templates as 32-bit floats, both little-endian, then name, suffix, payer, consent, the hash of the
 * PIN (empty for none) and marks ("look-alike" or empty), each with a NUL. Version 1, which is still read, ends behind
 * the consent: no PIN, no mark. The id is not in it: the seal binds the record to it.
 */
TillSecret *till_customer_record_encode (const TillCustomer *customer) G_GNUC_WARN_UNUSED_RESULT;

/* %TILL_ERROR_CORRUPT naming @id, or %TILL_ERROR_UNSUPPORTED for a later version (transfer full). */
TillCustomer *till_customer_record_decode (const char *id,
                                           const TillSecret *record,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
