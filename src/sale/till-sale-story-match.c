/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-sale-story.h"

#include <string.h>

/* So few characters of an id would be found in any. */
#define ID_LEAST 4

static gboolean
till_sale_match_number (TillSaleStory *self, const char *word)
{
  const char *name = till_sale_story_get_name (self);

  /* 42 is number 000042, which the till pads. */
  while (*word == '0' && word[1] != '\0')
    word++;
  while (*name == '0' && name[1] != '\0')
    name++;
  return g_ascii_strcasecmp (name, word) == 0;
}

static gboolean
till_sale_match_id (TillSaleStory *self, const char *word)
{
  const char *id = till_sale_story_get_id (self);
  gsize length = strlen (word), whole = strlen (id);

  return length >= ID_LEAST && length <= whole && g_ascii_strcasecmp (id + whole - length, word) == 0;
}

/*
 * An amount as people type it, as till_money_parse() reads it: the last point or comma is the decimal one unless three
 * digits follow where the currency has another number of decimals; the rest only group (transfer full) (nullable).
 */
static char *
till_sale_clean_amount (const char *word, int decimals)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  const char *point = NULL;

  for (const char *p = word; *p != '\0'; p++)
    if (*p == '.' || *p == ',')
      point = p;
  if (point != NULL
      && (strspn (point + 1, "0123456789") == 0 || decimals == 0
          || (strspn (point + 1, "0123456789") == 3 && decimals != 3)))
    point = NULL;

  for (const char *p = word; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (clean, *p);
    else if (p == point)
      g_string_append_c (clean, '.');
    else if (g_ascii_isalpha (*p) || *p == ':' || *p == '-')
      return NULL;
  return clean->len > 0 ? g_string_free (g_steal_pointer (&clean), FALSE) : NULL;
}

static gboolean
till_sale_is_amount (const TillMoney *amount, const char *word)
{
  g_autofree char *clean = till_sale_clean_amount (word, till_currency_exponent (amount->currency));
  TillMoney typed;

  return clean != NULL && till_money_parse (&typed, clean, amount->currency, NULL)
         && typed.minor == amount->minor;
}

static gboolean
till_sale_match_amount (TillSaleStory *self, const char *word)
{
  const TillMoney *refunded = till_sale_story_get_refunded (self);
  GPtrArray *refunds = till_sale_story_get_refunds (self);

  if (till_sale_is_amount (till_sale_story_get_total (self), word)
      || (refunded->minor > 0 && till_sale_is_amount (refunded, word)))
    return TRUE;
  for (guint i = 0; i < refunds->len; i++)
    if (till_sale_is_amount (till_receipt_get_total (g_ptr_array_index (refunds, i)), word))
      return TRUE;
  return FALSE;
}

static gboolean
till_sale_match_time (TillSaleStory *self, const char *word)
{
  g_autoptr (GDateTime) at
      = g_date_time_new_from_unix_local (till_sale_story_get_at_us (self) / G_USEC_PER_SEC);
  g_autofree char *time = at != NULL ? g_date_time_format (at, "%H:%M") : NULL;
  g_autofree char *day = at != NULL ? g_date_time_format (at, "%F") : NULL;

  return at != NULL && (g_str_equal (time, word) || g_str_equal (day, word));
}

static gboolean
till_sale_match_article (TillSaleStory *self, const char *word)
{
  const TillReceipt *receipt = till_sale_story_get_receipt (self);
  g_auto (GStrv) tokens = g_str_tokenize_and_fold (word, NULL, NULL);

  /* A word of marks alone would be found in every name. */
  if (tokens[0] == NULL)
    return FALSE;

  for (guint i = 0; receipt != NULL && i < till_receipt_get_n_lines (receipt); i++)
    if (g_str_match_string (word, till_receipt_get_line (receipt, i)->name, TRUE))
      return TRUE;
  return FALSE;
}

static gboolean
till_sale_match_word (TillSaleStory *self, const char *word)
{
  return till_sale_match_number (self, word) || till_sale_match_amount (self, word)
         || till_sale_match_time (self, word) || till_sale_match_id (self, word)
         || till_sale_match_article (self, word);
}

gboolean
till_sale_story_matches (TillSaleStory *self, const char *text)
{
  g_return_val_if_fail (TILL_IS_SALE_STORY (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && !till_sale_match_word (self, *word))
      return FALSE;
  return TRUE;
}
