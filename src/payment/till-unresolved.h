/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillUnresolved: one attempt without an end. Immutable, reference-counted.
 */
typedef struct
{
  char *attempt;
  char *sale;
  char *customer;  /* (nullable) id, as the intent has it; of a refund always NULL */
  gboolean refund; /* money was to be given back */
  gboolean busy;   /* an operation of this process works on its sale now */
  TillMoney amount;
  gint64 at_us; /* of the intent, UTC microseconds */
  guint
      n_asked; /* how often the provider was asked about it, as far as this process knows or the ledger says */
  char *
      code; /* (nullable) of the newest doubt, such as "timed-out"; NULL after a crash, before anybody asked */
  char *reference; /* (nullable) the provider's id of it, where one was heard */
  gboolean locked; /* nobody can be asked about it before the keyring is unlocked */
} TillUnresolved;

#define TILL_TYPE_UNRESOLVED (till_unresolved_get_type ())
GType till_unresolved_get_type (void);
TillUnresolved *till_unresolved_ref (TillUnresolved *self);
void till_unresolved_unref (TillUnresolved *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillUnresolved, till_unresolved_unref)

G_END_DECLS
