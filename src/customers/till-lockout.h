/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "store/till-store.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

#define TILL_TYPE_LOCKOUT (till_lockout_get_type ())
G_DECLARE_FINAL_TYPE (TillLockout, till_lockout, TILL, LOCKOUT, GObject)

/**
 * TillLockout: how often somebody could not be confirmed, at this till and for the digits they typed, and who has to
 * wait for that. Waits and their lengths are those of #TillMissCount: the till's misses of ten minutes count together,
 * those for the same digits of a day. Main context only.
 *
 * Digits are counted by a keyed hash, so those of nobody count like those of a customer, and the file tells neither.
 * A try is on disk before anything is looked at, and is a miss unless its end says otherwise: whatever becomes of the
 * process, no try is free.
 */

/* How a try ended. */
typedef enum
{
  TILL_LOCKOUT_RIGHT, /* confirmed: the digits' misses are forgiven, the till's others stay */
  TILL_LOCKOUT_MISSED, /* not confirmed, or given up after the digits were typed: cancelling must not make a guess free */
  TILL_LOCKOUT_VOID, /* the till's own trouble: it says nothing about the customer */
} TillLockoutEnd;

/* Makes the table where it is missing, and counts a try that a former process did not live to end. Takes references.
 * Blocks. */
TillLockout *till_lockout_new (TillStore *store, TillVault *vault, TillClock *clock, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* When the till's wait is over, monotonic microseconds of its clock; 0: there is none. */
gint64 till_lockout_get_until_us (TillLockout *self);

/*
 * Begins the try of whoever typed @suffix; ends the one before as missed. Done when it is on disk. @waits: (out) these
 * digits must wait, which the customer is not to be told: the try goes on, and must find nobody. %TILL_ERROR_LOCKED_OUT
 * if the till itself must wait, %TILL_ERROR_LOCKED while the vault is not open; then there is no try.
 */
void till_lockout_begin_async (TillLockout *self,
                               const char *suffix,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_lockout_begin_finish (TillLockout *self, GAsyncResult *result, gboolean *waits, GError **error);

/*
 * Ends the try, which may still be on its way to the disk; nothing happens where there is none. The wait that a miss
 * makes is counted from here on, and till_lockout_get_until_us() knows it at once.
 */
void till_lockout_end_async (TillLockout *self,
                             TillLockoutEnd end,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean till_lockout_end_finish (TillLockout *self, GAsyncResult *result, GError **error);

/* Ends every wait and forgets every miss; for a manager, who has been asked for their PIN. */
void till_lockout_clear_async (TillLockout *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_lockout_clear_finish (TillLockout *self, GAsyncResult *result, GError **error);

G_END_DECLS
