/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer-safe.h"
#include "customers/till-customers.h"

G_BEGIN_DECLS

/**
 * TillLookAlikes: looks, among everybody enrolled, for those who could be taken for a new face. For the store's thread;
 * holds a copy of the templates, which is wiped.
 */
typedef struct _TillLookAlikes TillLookAlikes;

/* A reference to @safe is taken. */
TillLookAlikes *till_look_alikes_new (TillCustomerSafe *safe,
                                      const float *templates,
                                      guint n_templates,
                                      TillCustomersScore score,
                                      gpointer score_data) G_GNUC_WARN_UNUSED_RESULT;
void till_look_alikes_free (TillLookAlikes *self);

/* (element-type TillCustomer) (transfer full): empty if nobody is close. A record that can't be opened is an error. */
GPtrArray *till_look_alikes_find (const TillLookAlikes *self, sqlite3 *db, GError **error);

/* TRUE if there are no @others, or a manager confirmed; else %TILL_ERROR_LOOK_ALIKE in words that name nobody. */
gboolean till_look_alikes_allow (const GPtrArray *others, gboolean confirmed, GError **error);

/* Writes the records of @others anew, with the mark. */
gboolean
till_look_alikes_mark (const TillLookAlikes *self, sqlite3 *db, const GPtrArray *others, GError **error);

/* Their ids (transfer full). */
JsonArray *till_look_alikes_list_ids (const GPtrArray *others);

G_END_DECLS
