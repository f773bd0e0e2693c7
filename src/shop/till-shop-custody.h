/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/* How the till stands to the keys it keeps what it knows of people with. Only %TILL_CUSTODY_OPEN lets anybody pay by face. */
typedef enum
{
  TILL_CUSTODY_CLOSED,      /* not opened yet */
  TILL_CUSTODY_OPEN,        /* all is well */
  TILL_CUSTODY_LOCKED,      /* the keyring is locked: till_shop_unlock_async() */
  TILL_CUSTODY_NO_SERVICE,  /* there is no keyring to ask, or it fails: till_shop_retry_async() */
  TILL_CUSTODY_KEY_LOST,    /* the keyring has not got the key any more: till_shop_recover_async() */
  TILL_CUSTODY_ROLLED_BACK, /* the books are not those the keyring remembers: till_shop_accept_books_async() */
} TillCustodyState;

/* A stable word: "closed", "open", "locked", "no-service", "key-lost", "rolled-back". */
const char *till_custody_state_to_string (TillCustodyState state);

/* "custody-changed" () of #TillShop is emitted when what these give is another. */
TillCustodyState till_shop_get_custody (TillShop *self);
/* Why it is not open, in words that say what mends it (transfer none) (nullable: it is, or nothing was tried yet). */
const GError *till_shop_get_custody_trouble (TillShop *self);

/*
 * Asks for the keyring's password through the keyring's own prompt and opens, without a restart, everything that waited
 * for it: records, provider, attempts without an end. TRUE once custody is open; otherwise the error that
 * till_shop_get_custody_trouble() then gives, %TILL_ERROR_LOCKED where the prompt was dismissed.
 */
void till_shop_unlock_async (TillShop *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean till_shop_unlock_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * Tries again what keeps faces from paying, keyring and provider, without asking anybody for a password. The shop does so
 * by itself every minute, and when the network comes back. A round under way is joined. TRUE if nothing is wrong any more.
 */
void till_shop_retry_async (TillShop *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean till_shop_retry_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Whether a recovery phrase is in force. */
gboolean till_shop_has_recovery (TillShop *self);

/*
 * Makes a recovery phrase, nine words, to be written down by the owner and kept away from the till (transfer full). It is
 * in force only once till_shop_confirm_recovery_async() has heard it; until then an older one stays in force.
 * @pin: (nullable) the owner's or, where none is set, the manager's; needed, with the errors of till_staff_verify_finish(),
 * where one of both is set.
 */
void till_shop_make_recovery_async (TillShop *self,
                                    const char *pin,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
TillSecret *till_shop_make_recovery_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * Puts the phrase that was made last in force, which @phrase shows to have been written down. The ledger says so.
 * %TILL_ERROR_INVALID naming the word that is none, %TILL_ERROR_REFUSED for another phrase than the one made,
 * %TILL_ERROR_NOT_FOUND where none was made.
 */
void till_shop_confirm_recovery_async (TillShop *self,
                                       const char *phrase,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean till_shop_confirm_recovery_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Whether @phrase is the one in force; TRUE, or the errors of till_shop_recover_async(). Changes nothing. */
void till_shop_check_recovery_async (TillShop *self,
                                     const char *phrase,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean till_shop_check_recovery_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * In %TILL_CUSTODY_KEY_LOST: puts the key back into the keyring by the owner's phrase and opens everything. The ledger says
 * so. %TILL_ERROR_INVALID naming the word that is none, %TILL_ERROR_REFUSED for the phrase of another shop or time,
 * %TILL_ERROR_NOT_FOUND where no phrase is in force.
 */
void till_shop_recover_async (TillShop *self,
                              const char *phrase,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean till_shop_recover_finish (TillShop *self, GAsyncResult *result, GError **error);

/* How far a change of keys is, 0 to 1, in the main context. */
typedef void (*TillShopProgress) (double done, gpointer user_data);

/*
 * Changes every key there is, with the owner's PIN (%TILL_ERROR_NOT_FOUND where none is set). @void_passes: face passes
 * that were given out stop working too. The recovery phrase stays what it is. Not while a sale is open
 * (%TILL_ERROR_REFUSED). Whatever ends the process on the way, the next start finds all of the old keys or all of the new.
 */
void till_shop_rotate_keys_async (TillShop *self,
                                  const char *owner_pin,
                                  gboolean void_passes,
                                  TillShopProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean till_shop_rotate_keys_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * In %TILL_CUSTODY_ROLLED_BACK: the owner, by their PIN or, where none is set, the manager's, says that the books were
 * restored on purpose. The ledger says so; the books as they are become those the keyring remembers.
 */
void till_shop_accept_books_async (TillShop *self,
                                   const char *pin,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean till_shop_accept_books_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
