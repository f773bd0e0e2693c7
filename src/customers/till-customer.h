/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Fewest and most last digits of a phone number a customer may be looked up by. */
#define TILL_CUSTOMER_SUFFIX_DIGITS 4

/**
 * TillCustomer: somebody enrolled. Immutable, reference-counted; templates, digits and payer token live in memory
 * that is wiped with the last reference and are never logged.
 */
typedef struct _TillCustomer TillCustomer;

#define TILL_TYPE_CUSTOMER (till_customer_get_type ())
GType till_customer_get_type (void);

/**
 * @id: (nullable) a new one is made if NULL.
 * @name: what the shop calls the customer; 1 to 100 characters.
 * @suffix: the last %TILL_CUSTOMER_SUFFIX_DIGITS digits of the phone.
 * @payer: what the payment provider knows the customer by.
 * @consent: id of the consent the templates rest on.
 * @templates: @n_templates unit vectors of %TILL_VISION_EMBEDDING floats, one after the other, 1 to 16 of them.
 * @enrolled_us: UTC microseconds.
 *
 * %TILL_ERROR_INVALID names what is wrong (transfer full).
 */
TillCustomer *till_customer_new (const char *id,
                                 const char *name,
                                 const char *suffix,
                                 const char *payer,
                                 const char *consent,
                                 const float *templates,
                                 guint n_templates,
                                 gint64 enrolled_us,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same person with another PIN (nullable: none), a hash as of till_pin_hash_finish() (transfer full). */
TillCustomer *
till_customer_with_pin (const TillCustomer *self, const char *pin, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same person, marked or not as one whom a face alone does not tell from another customer (transfer full). */
TillCustomer *till_customer_with_look_alike (const TillCustomer *self,
                                             gboolean look_alike) G_GNUC_WARN_UNUSED_RESULT;
/* The same person, whose face may pay or not (transfer full). */
TillCustomer *till_customer_with_face_locked (const TillCustomer *self,
                                              gboolean locked) G_GNUC_WARN_UNUSED_RESULT;
/* The same person, who was here on @day, days since 1970-01-01 UTC; never before the day of enrolment (transfer full). */
TillCustomer *till_customer_with_last_visit_day (const TillCustomer *self,
                                                 gint64 day) G_GNUC_WARN_UNUSED_RESULT;
/* The same person, with a guardian who agreed with them (nullable: none); a name as of till_name_check() (transfer full). */
TillCustomer *till_customer_with_guardian (const TillCustomer *self,
                                           const char *guardian,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
TillCustomer *till_customer_ref (TillCustomer *self);
void till_customer_unref (TillCustomer *self);

const char *till_customer_get_id (const TillCustomer *self);
const char *till_customer_get_name (const TillCustomer *self);
const char *till_customer_get_suffix (const TillCustomer *self);
const char *till_customer_get_payer (const TillCustomer *self);
const char *till_customer_get_consent (const TillCustomer *self);
gint64 till_customer_get_enrolled_us (const TillCustomer *self);
/* Days since 1970-01-01 UTC; at first the day of enrolment. */
gint64 till_customer_get_last_visit_day (const TillCustomer *self);
/* Who agreed for somebody young (nullable: nobody had to). */
const char *till_customer_get_guardian (const TillCustomer *self);
/* Hash of the customer's PIN (nullable: there is none). */
const char *till_customer_get_pin (const TillCustomer *self);
/* TRUE for somebody whose face is close to another customer's: the face needs a PIN, or a smile more, beside it. */
gboolean till_customer_is_look_alike (const TillCustomer *self);
/* TRUE for somebody whose face may not pay until a manager says so: it was disputed that they did. */
gboolean till_customer_is_face_locked (const TillCustomer *self);
guint till_customer_get_n_templates (const TillCustomer *self);
/* (transfer none): %TILL_VISION_EMBEDDING floats. */
const float *till_customer_get_template (const TillCustomer *self, guint index);
/*
 * What a probe is compared with (transfer none): the templates' mean, of unit length. With three templates it
 * halves the false non-matches that the best of the templates leaves at a false-match rate of 1e-5
 * (docs/operating-point.md).
 */
const float *till_customer_get_mean (const TillCustomer *self);

/* TRUE for exactly %TILL_CUSTOMER_SUFFIX_DIGITS ASCII digits; otherwise %TILL_ERROR_INVALID. */
gboolean till_customer_check_suffix (const char *suffix, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCustomer, till_customer_unref)

G_END_DECLS
