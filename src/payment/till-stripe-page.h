/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The most that API gives in one page. */
#define TILL_STRIPE_PAGE_SIZE 100

/**
 * TillStripePages: how far a list of that API has been read. A value; zeroed for the beginning.
 */
typedef struct
{
  char *after; /* (nullable) id of the last one seen */
  guint n_pages;
} TillStripePages;

void till_stripe_pages_clear (TillStripePages *self);

/* "/v1/payment_intents?limit=100&customer=cus_1&starting_after=…" (transfer full). @value is nullable: no filter. */
char *
till_stripe_pages_get_path (TillStripePages *self, const char *path, const char *filter, const char *value);

/*
 * The objects of a page (transfer none) (element-type JsonObject), whose ids must begin with @prefix or, where given,
 * @other_prefix. NULL if it is no page of that API's, or one that has been there before. *@more: there is another page,
 * which servers that do not tell are asked for when this one is full.
 */
JsonArray *till_stripe_pages_read (
    TillStripePages *self, JsonObject *root, const char *prefix, const char *other_prefix, gboolean *more);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillStripePages, till_stripe_pages_clear)

G_END_DECLS
