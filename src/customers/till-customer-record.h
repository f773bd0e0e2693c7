/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"
#include "vault/till-secret.h"

G_BEGIN_DECLS

/*
 * A customer as bytes to be sealed. Version 4: a byte 4, a byte with the number of templates, the time of enrolment as
 * 64-bit integer, the templates as 32-bit floats, both little-endian, then name, suffix, payer, consent, the hash of the
 * PIN (empty for none), marks ("look-alike", "face-locked" or both with a space between, or empty), the guardian's name
 * (empty for none) and the day of the last visit in decimal digits, each with a NUL. Former ones are still read: version 1
 * ends behind the consent, versions 2 and 3 behind the marks. The id is not in it: the seal binds the record to it.
 */
TillSecret *till_customer_record_encode (const TillCustomer *customer) G_GNUC_WARN_UNUSED_RESULT;

/* %TILL_ERROR_CORRUPT naming @id, or %TILL_ERROR_UNSUPPORTED for a later version (transfer full). */
TillCustomer *till_customer_record_decode (const char *id,
                                           const TillSecret *record,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
