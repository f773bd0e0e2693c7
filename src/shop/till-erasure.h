/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What became of the payer at the payment service. */
typedef enum
{
  TILL_ERASURE_PAYER_NONE,   /* the till knew of none */
  TILL_ERASURE_PAYER_GONE,   /* the service has removed it */
  TILL_ERASURE_PAYER_ASKED,  /* it could not be reached; it is asked until it has */
  TILL_ERASURE_PAYER_UNREAD, /* the keyring was locked: whom to remove could not be read, and now nobody can */
} TillErasurePayer;

/**
 * TillErasure: the receipt of an erasure, for whoever was erased. It names nobody. Immutable, reference-counted.
 */
typedef struct
{
  char *shop;
  char *id;      /* of the customer or face pass */
  gint64 number; /* of the ledger's row that says so */
  gint64 at_us;  /* UTC microseconds */
  GStrv gone;    /* what was erased, each in words */
  GStrv kept;    /* what the books keep of it and why, each in words */
  TillErasurePayer payer;
} TillErasure;

#define TILL_TYPE_ERASURE (till_erasure_get_type ())
GType till_erasure_get_type (void);

TillErasure *till_erasure_ref (TillErasure *self);
void till_erasure_unref (TillErasure *self);

/* To be read or printed: plain text in lines (transfer full). */
char *till_erasure_to_text (const TillErasure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillErasure, till_erasure_unref)

G_END_DECLS
