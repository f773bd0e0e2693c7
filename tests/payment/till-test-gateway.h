/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-provider.h"

G_BEGIN_DECLS

/**
 * TillTestGateway: an HTTPS server on loopback that answers as it is told, however wrong that is.
 *
 * Answers are told in order; the last one is given again for every request after it. In bodies and headers $AMOUNT,
 * $CURRENCY, $CUSTOMER, $SALE and $ATTEMPT stand for what the last request with a form had in it.
 */
typedef struct _TillTestGateway TillTestGateway;

/* What it does instead of answering properly. */
typedef enum
{
  TILL_TEST_ANSWER,
  TILL_TEST_CLOSE_UNREAD, /* closes before reading the request */
  TILL_TEST_CLOSE,        /* closes when the request is read */
  TILL_TEST_CUT,          /* closes in the middle of the answer */
  TILL_TEST_CUT_UNSIZED,  /* the same, with an answer that announced no length */
  TILL_TEST_CUT_CHUNKED,  /* the same, with an answer in chunks */
  TILL_TEST_UNSIZED,      /* answers, and tells the end by closing */
  TILL_TEST_SILENCE,      /* says nothing until the other side gives up */
  TILL_TEST_DRIP,         /* one byte at a time, for as long as the other side takes it */
  TILL_TEST_ENDLESS,      /* announces a body without end, and sends more of it than anybody should take */
} TillTestDeed;

typedef struct
{
  TillTestDeed deed;
  guint status;        /* 0 for 200 */
  const char *headers; /* (nullable) each ended by "\r\n" */
  const char *body;    /* (nullable) */
} TillTestAnswer;

/* A believable payment intent with STATUS, more members in MORE, and a list of such. */
#define TILL_TEST_INTENT_MORE(STATUS, MORE)                                                                  \
  "{\"id\":\"pi_1test\",\"object\":\"payment_intent\",\"amount\":$AMOUNT,\"currency\":\"$CURRENCY\","        \
  "\"customer\":\"$CUSTOMER\",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"},\"status\":"        \
  "\"" STATUS "\"" MORE "}"
#define TILL_TEST_INTENT(STATUS) TILL_TEST_INTENT_MORE (STATUS, "")
/* A believable refund of "pi_1test". */
#define TILL_TEST_REFUND(STATUS)                                                                             \
  "{\"id\":\"re_1test\",\"object\":\"refund\",\"amount\":$AMOUNT,\"currency\":\"eur\",\"payment_intent\":"   \
  "\"pi_1test\",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"},\"status\":\"" STATUS "\"}"
#define TILL_TEST_LIST(ELEMENTS) "{\"object\":\"list\",\"data\":[" ELEMENTS "],\"has_more\":false}"
#define TILL_TEST_ERROR(TYPE, CODE)                                                                          \
  "{\"error\":{\"type\":\"" TYPE "\",\"code\":\"" CODE "\",\"message\":\"told to\"}}"

/* @plain: it speaks HTTP without TLS, though it is told to be an HTTPS server. */
TillTestGateway *till_test_gateway_start (gboolean plain);
void till_test_gateway_stop (TillTestGateway *self);

/* Forgets answers and requests, then takes over @n_answers answers; the strings must live on. */
void till_test_gateway_tell (TillTestGateway *self, const TillTestAnswer *answers, guint n_answers);

/* Called in the server's thread when a request has been read, before anything is answered. */
void till_test_gateway_on_request (TillTestGateway *self, void (*seen) (gpointer data), gpointer data);

/* A provider that trusts it, with a time-out of @timeout seconds (transfer full). */
TillProvider *till_test_gateway_connect (TillTestGateway *self, guint timeout);
/* As above, but trusting another certificate. */
TillProvider *till_test_gateway_connect_mistrusting (TillTestGateway *self);

/* How many requests were read; and of request @index "METHOD PATH", a header, a field of the form (transfer full). */
guint till_test_gateway_count (TillTestGateway *self);
char *till_test_gateway_get_line (TillTestGateway *self, guint index);
char *till_test_gateway_get_header (TillTestGateway *self, guint index, const char *name);
char *till_test_gateway_get_field (TillTestGateway *self, guint index, const char *name);

G_END_DECLS
