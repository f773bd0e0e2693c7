/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "store/till-store.h"

G_BEGIN_DECLS

#define TILL_TYPE_STAFF (till_staff_get_type ())
G_DECLARE_FINAL_TYPE (TillStaff, till_staff, TILL, STAFF, GObject)

/*
 * Who may do what a cashier may not. The owner's PIN passes wherever the manager's is asked for; the cashier is who has
 * none.
 */
typedef enum
{
  TILL_STAFF_MANAGER,
  TILL_STAFF_OWNER,
  TILL_STAFF_N_ROLES,
} TillStaffRole;

/**
 * TillStaff: the PINs of those who run the shop, each kept as a hash (till-pin.h). Main context only.
 *
 * It does not need the keyring, since a manager is needed most when something is wrong. Wrong PINs are counted on disk
 * and make the next try wait, each role's by itself (#TillMissCount).
 */

/* Makes the tables where they are missing. Takes references. Blocks. */
TillStaff *till_staff_new (TillStore *store, TillClock *clock, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An owner's PIN has this many digits at least. */
#define TILL_STAFF_OWNER_DIGITS 6

/* Whether there is a PIN of this role yet. */
gboolean till_staff_is_set (TillStaff *self, TillStaffRole role);

/*
 * Sets or changes a PIN. @old_pin: (nullable) the one to be replaced, or the owner's for the manager's; needed where
 * there is one, for the manager's also where the owner has one, and for the owner's first also where the manager has
 * one, or a cashier could make himself the owner. Errors for it as of till_staff_verify_finish(). For @new_pin those of
 * till_pin_check_new(); %TILL_ERROR_INVALID for an owner's that is too short.
 */
void till_staff_set_pin_async (TillStaff *self,
                               TillStaffRole role,
                               const char *old_pin,
                               const char *new_pin,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_staff_set_pin_finish (TillStaff *self, GAsyncResult *result, GError **error);

/*
 * TRUE for the right PIN; the owner's is right for the manager too. %TILL_ERROR_REFUSED for a wrong one, %TILL_ERROR_LOCKED_OUT while the next try must wait (the
 * message says how long), %TILL_ERROR_NOT_FOUND where none is set, %TILL_ERROR_INVALID for what is no PIN.
 */
void till_staff_verify_async (TillStaff *self,
                              TillStaffRole role,
                              const char *pin,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean till_staff_verify_finish (TillStaff *self, GAsyncResult *result, GError **error);

G_END_DECLS
