/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-refund-case.h"

G_BEGIN_DECLS

/* What a giving back is called and explained with, translated (transfer none). */

const char *till_refund_title (TillRefundKind kind);
const char *till_refund_words (TillRefundKind kind);
/* What the button says that does it. */
const char *till_refund_deed (TillRefundKind kind);
/* Common reasons, the @index-th from 0 on; NULL after the last. */
const char *till_refund_reason (TillRefundKind kind, guint index);

/* How it ended: a heading, and what that means (transfer full). */
const char *till_refund_end_title (TillRefundCase *refund);
char *till_refund_end_words (TillRefundCase *refund, const char *tender);
const char *till_refund_end_icon (TillRefundState state);

G_END_DECLS
