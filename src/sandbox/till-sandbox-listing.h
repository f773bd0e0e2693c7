/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* What the gateway keeps of one kind, as the answer to its id (transfer full); %NULL if there is none. */
typedef JsonObject *(*TillSandboxFind) (TillSandboxDatabase *database, const char *id);

/**
 * TillSandboxListing: one page of a list, newest first, by the protocol's limit, starting_after and ending_before.
 */
typedef struct _TillSandboxListing TillSandboxListing;

/* @noun names one of them in errors, "customer"; @find renders one (transfer full). */
TillSandboxListing *till_sandbox_listing_new (TillSandboxCall *call,
                                              const char *table,
                                              const char *noun,
                                              TillSandboxFind find) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_listing_free (TillSandboxListing *self);

/* Keeps to rows for which the SQL @condition holds, its every ? one of the %NULL-terminated texts. */
void till_sandbox_listing_where (TillSandboxListing *self, const char *condition, ...) G_GNUC_NULL_TERMINATED;

/* Keeps to rows whose @column is what the parameter of the same name says, if it was sent. */
gboolean till_sandbox_listing_filter (TillSandboxListing *self, const char *column);

/* Keeps to rows made when the parameter "created" says: an instant, or gt, gte, lt, lte. */
gboolean till_sandbox_listing_filter_created (TillSandboxListing *self);

/* The page (transfer full), or %NULL with the call's error set. @url is the list's own address. */
JsonObject *till_sandbox_listing_page (TillSandboxListing *self, const char *url) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The page of a search: as above with "page", a token out of "next_page", in place of the ids.
 */
JsonObject *till_sandbox_listing_search_page (TillSandboxListing *self,
                                              const char *url) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxListing, till_sandbox_listing_free)

G_END_DECLS
