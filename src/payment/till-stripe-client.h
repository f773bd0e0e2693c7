/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_STRIPE_CLIENT (till_stripe_client_get_type ())
G_DECLARE_FINAL_TYPE (TillStripeClient, till_stripe_client, TILL, STRIPE_CLIENT, GObject)

/**
 * TillStripeClient: single HTTPS exchanges with that API: authenticated, bounded in size and time, never redirected.
 */

/* Largest body of an answer about one object. */
#define TILL_STRIPE_BODY_LIMIT (256 * 1024)
/* Largest body of a page of a list. */
#define TILL_STRIPE_PAGE_LIMIT (1024 * 1024)

/*
 * What to ask: something that does no harm when it arrives twice, by its nature or by its key, for on a connection that
 * turns out to be stale it is sent again. The strings need to live only as long as the call that takes it.
 */
typedef struct
{
  const char *method;  /* "GET", "POST" or "DELETE" */
  const char *path;    /* with the query, as "/v1/refunds?limit=3" */
  const char *form;    /* (nullable) body of a POST */
  const char *key;     /* (nullable) idempotency key */
  gsize limit;         /* largest body to take, in bytes; 0 for TILL_STRIPE_BODY_LIMIT */
  GSourceFunc sending; /* (nullable) called when the request is about to leave; what it returns is ignored */
  gpointer sending_data;
} TillStripeRequest;

/* What came back. Either status and body, or trouble. */
typedef struct
{
  guint status; /* HTTP status, 0 with trouble */
  GBytes *body; /* (nullable) */
  const char
      *trouble;      /* (nullable) "unreachable", "cancelled" (nothing was sent), "timed-out", "interrupted",
                          "bad-answer" (too large); a literal */
  char *message;     /* (nullable) of the trouble, for engineers */
  guint retry_after; /* seconds it asks to wait, 0 without */
  gboolean no_retry; /* it says that asking again is of no use, or the answer is a replay */
  gboolean sent;     /* something may have left this machine */
  gboolean doubtful; /* an earlier exchange of this call may have been carried out without an answer */
} TillStripeReply;

void till_stripe_reply_free (TillStripeReply *self);

/*
 * @base_url: "https://HOST[:PORT]"; %TILL_ERROR_INVALID for anything else. @trust: (nullable), a file's as it
 * is now. Takes references
 * (transfer full).
 */
TillStripeClient *till_stripe_client_new (const char *base_url,
                                          GTlsDatabase *trust,
                                          TillSecret *key,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds; 20 unless set, never 0. */
void till_stripe_client_set_timeout (TillStripeClient *self, guint seconds);
guint till_stripe_client_get_timeout (TillStripeClient *self);

/* TRUE if the key moves real money: "sk_live_…" or a restricted "rk_live_…". */
gboolean till_stripe_client_is_live (TillStripeClient *self);

/* One exchange, over after @time_limit microseconds at the latest. Finish: always a reply (transfer full). */
void till_stripe_client_send_async (TillStripeClient *self,
                                    const TillStripeRequest *request,
                                    gint64 time_limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
TillStripeReply *till_stripe_client_send_finish (TillStripeClient *self, GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillStripeReply, till_stripe_reply_free)

G_END_DECLS
