/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"
#include "customers/till-pass-error.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/**
 * TillFacePass: what a customer carries instead of a record at the shop. Immutable, reference-counted; template, digits
 * and payer lie in locked memory that is wiped with the last reference, and are never logged.
 *
 * Days are counted from 1970-01-01, in UTC. docs/face-pass.md says how it is written.
 */
typedef struct _TillFacePass TillFacePass;

#define TILL_TYPE_FACE_PASS (till_face_pass_get_type ())
GType till_face_pass_get_type (void);

/* Longest payer a pass has room for, in characters; a customer and their means of payment take 46. */
#define TILL_FACE_PASS_PAYER_MOST 64

/**
 * @id: (nullable) "pass_" and a UUID as of till_id_new(), which the consent was asked for; a new one is made if NULL.
 * @suffix: the last %TILL_CUSTOMER_SUFFIX_DIGITS digits of the phone.
 * @payer: what the payment provider knows the customer by.
 * @templates: @n_templates unit vectors, one after the other, of which the pass holds the mean.
 * @issued_day: the first, @expires_day: the last day it is good for.
 *
 * %TILL_ERROR_INVALID names what is wrong (transfer full).
 */
TillFacePass *till_face_pass_new (const char *id,
                                  const char *suffix,
                                  const char *payer,
                                  const float *templates,
                                  guint n_templates,
                                  gint64 issued_day,
                                  gint64 expires_day,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
TillFacePass *till_face_pass_ref (TillFacePass *self);
void till_face_pass_unref (TillFacePass *self);

const char *till_face_pass_get_id (const TillFacePass *self);
/* As people say the id, "BKTR-MWXA". */
const char *till_face_pass_get_number (const TillFacePass *self);
gint64 till_face_pass_get_issued_day (const TillFacePass *self);
gint64 till_face_pass_get_expires_day (const TillFacePass *self);
/* Id of the consent the pass rests on: "consent_" and the UUID of the pass. */
const char *till_face_pass_get_consent (const TillFacePass *self);
/* Whether these digits are the pass's own; in the same time for right and wrong ones. */
gboolean till_face_pass_has_suffix (const TillFacePass *self, const char *suffix);

/* The customer the pass makes of whoever shows it: its id is the pass's, its name the number (transfer full). */
TillCustomer *till_face_pass_to_customer (const TillFacePass *self) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The text of the QR code (transfer full): whoever has it has the pass, so it is wiped once it was shown or printed.
 * Another one each time. %TILL_ERROR_LOCKED while the vault is not open.
 */
char *
till_face_pass_write (const TillFacePass *self, TillVault *vault, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * What a text holds that was shown at @now_us (UTC microseconds): written here, unaltered, its last day not over. Whether
 * it was revoked only #TillPassBook knows. %TILL_PASS_ERROR (transfer full).
 */
TillFacePass *till_face_pass_read (const char *text, TillVault *vault, gint64 now_us, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The number of the pass with that id (transfer full) (nullable: it is no pass's). */
char *till_face_pass_number_of (const char *id);
/* The day of a time. */
gint64 till_face_pass_day_of (gint64 utc_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillFacePass, till_face_pass_unref)

G_END_DECLS
