/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-readings.h"

#include "gtk/till-action-table.h"
#include "gtk/till-history-words.h"

/* id, name, state, total and what is left of it, way to pay */
#define SALE_TYPE "(ssssss)"
/* attempt, sale, refund or not, amount, code of the newest doubt, what the last thing done about it came to */
#define UNRESOLVED_TYPE "(ssbsss)"

static GVariant *
shown_sales (TillApplication *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" SALE_TYPE));
  for (guint i = 0; self->history != NULL && i < till_history_get_n_shown (self->history); i++)
    {
      g_autoptr (TillSaleStory) story
          = g_list_model_get_item (G_LIST_MODEL (till_history_get_shown (self->history)), i);
      g_autofree char *total = till_money_to_decimal (till_sale_story_get_total (story));
      g_autofree char *left = till_money_to_decimal (till_sale_story_get_left (story));

      g_variant_builder_add (&builder, SALE_TYPE, till_sale_story_get_id (story),
                             till_sale_story_get_name (story),
                             till_history_state_to_string (till_sale_story_get_state (story)), total, left,
                             till_sale_story_get_tender (story));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
chosen_story (TillApplication *self)
{
  TillSaleStory *story = self->history != NULL ? till_history_get_chosen (self->history) : NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; story != NULL && i < till_sale_story_get_n_events (story); i++)
    g_variant_builder_add (&builder, "s", till_sale_story_get_event (story, i)->words);
  return g_variant_builder_end (&builder);
}

static GVariant *
chosen_sale (TillApplication *self)
{
  TillSaleStory *story = self->history != NULL ? till_history_get_chosen (self->history) : NULL;

  return g_variant_new_string (story != NULL ? till_sale_story_get_id (story) : "");
}

static GVariant *
refund_state (TillApplication *self)
{
  return g_variant_new_string (self->refund != NULL ? till_refund_case_get_state_name (self->refund) : "");
}

static GVariant *
refund_words (TillApplication *self)
{
  const GError *trouble = self->refund != NULL ? till_refund_case_get_trouble (self->refund) : NULL;

  return g_variant_new_string (trouble != NULL ? trouble->message : "");
}

static GVariant *
refund_receipt (TillApplication *self)
{
  TillReceipt *receipt = self->refund != NULL ? till_refund_case_get_receipt (self->refund) : NULL;
  g_autofree char *text = receipt != NULL ? till_receipt_to_text (receipt) : g_strdup ("");

  return g_variant_new_string (text);
}

static GVariant *
open_attempts (TillApplication *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" UNRESOLVED_TYPE));
  for (guint i = 0; self->unresolved != NULL && i < till_unresolved_list_get_count (self->unresolved); i++)
    {
      g_autoptr (TillUnresolvedCase) one
          = g_list_model_get_item (till_unresolved_list_get_cases (self->unresolved), i);
      const TillUnresolved *known = till_unresolved_case_get_known (one);
      g_autofree char *amount = till_money_to_decimal (&known->amount);

      g_variant_builder_add (&builder, UNRESOLVED_TYPE, known->attempt, known->sale, known->refund, amount,
                             known->code != NULL ? known->code : "", till_unresolved_case_get_words (one));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
last_end (TillApplication *self)
{
  return g_variant_new_string (self->unresolved != NULL ? till_unresolved_list_get_told (self->unresolved)
                                                        : "");
}

static const TillReadingRow readings[] = {
  { "history", shown_sales },           { "history-sale", chosen_sale },
  { "history-story", chosen_story },    { "refund-state", refund_state },
  { "refund-reason", refund_words },    { "refund-receipt", refund_receipt },
  { "unresolved-list", open_attempts }, { "unresolved-end", last_end },
};

void
till_history_readings_add (TillApplication *self)
{
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_history_readings_update (TillApplication *self)
{
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}
