/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-sale-story.h"

G_BEGIN_DECLS

/* What till-sale-story.c holds, filled in by the file that reads the rows and not changed after. */
typedef struct
{
  char *id;
  char *name;
  char *tender;
  char *customer;     /* (nullable) */
  char *open_attempt; /* (nullable) */
  gint64 at_us;
  TillSaleState state;
  TillMoney total;
  TillMoney refunded;
  TillMoney refunding;
  TillMoney left;
  TillReceipt *receipt; /* (nullable) */
  GPtrArray *refunds;   /* (element-type TillReceipt) */
  GArray *events;       /* (element-type TillSaleEvent), their words owned */
} TillSaleTelling;

/* An empty story to be filled in (transfer full), and what it holds (transfer none). */
TillSaleStory *till_sale_story_alloc (const char *id) G_GNUC_WARN_UNUSED_RESULT;
TillSaleTelling *till_sale_story_get_telling (TillSaleStory *self);

/* @words: (transfer full) */
void till_sale_story_add_event (TillSaleStory *self, gint64 at_us, char *words);

G_END_DECLS
