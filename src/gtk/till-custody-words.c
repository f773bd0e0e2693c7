/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-custody-words.h"

#include <glib/gi18n.h>
#include <string.h>

static TillCustodyWords
words_for_open (gboolean has_recovery)
{
  if (has_recovery)
    return (TillCustodyWords){ _ ("The keyring is open"),
                               _ ("What is kept of customers is locked up, and this till has the key."), NULL,
                               NULL };
  return (TillCustodyWords){ _ ("First step for the owner"),
                             _ ("Make the recovery phrase. Without it, a broken computer or a forgotten "
                                "password means that every customer "
                                "has to enrol again."),
                             _ ("Make It Now…"), "app.show-recovery" };
}

static TillCustodyWords
words_for_lost (gboolean has_recovery)
{
  if (has_recovery)
    return (TillCustodyWords){
      _ ("The key is missing"),
      _ ("This computer’s keyring no longer has the key to what is kept of customers, so nobody can pay with "
         "a smile. "
         "Every other way to pay works as ever. The owner’s recovery phrase brings the key back."),
      _ ("Bring It Back…"), "app.show-recovery"
    };
  return (TillCustodyWords){ _ ("The key is missing"),
                             _ ("This computer’s keyring no longer has the key to what is kept of customers, "
                                "and no recovery phrase was made. "
                                "Restore the keyring from a backup; else customers have to enrol again. "
                                "Every other way to pay works as ever."),
                             _ ("Try Again"), "app.retry-custody" };
}

TillCustodyWords
till_custody_words_for (TillCustodyState state, gboolean has_recovery)
{
  switch (state)
    {
    case TILL_CUSTODY_OPEN:
      return words_for_open (has_recovery);
    case TILL_CUSTODY_LOCKED:
      return (TillCustodyWords){
        _ ("The keyring is locked"),
        _ ("Nobody can pay with a smile until it is open. Every other way to pay works as ever."),
        _ ("Unlock…"), "app.unlock-keyring"
      };
    case TILL_CUSTODY_NO_SERVICE:
      return (TillCustodyWords){ _ ("The keyring does not answer"),
                                 _ ("Nobody can pay with a smile until it does; the till tries again by "
                                    "itself. Every other way to pay works as ever."),
                                 _ ("Try Again"), "app.retry-custody" };
    case TILL_CUSTODY_KEY_LOST:
      return words_for_lost (has_recovery);
    case TILL_CUSTODY_ROLLED_BACK:
      return (TillCustodyWords){ _ ("These are not the books the till wrote last"),
                                 _ ("Somebody put older or other books in their place, or restored a backup. "
                                    "Nobody can pay with a smile until "
                                    "the owner has looked. Every other way to pay works as ever."),
                                 _ ("Look…"), "app.show-custody" };
    case TILL_CUSTODY_CLOSED:
      break;
    }
  return (TillCustodyWords){ _ ("Not opened yet"), _ ("The till is still opening."), NULL, NULL };
}

GStrv
till_custody_words_split (TillSecret *phrase)
{
  return g_strsplit_set (till_secret_get_data (phrase), " -", -1);
}

void
till_custody_words_wipe (GStrv words)
{
  for (guint i = 0; words[i] != NULL; i++)
    explicit_bzero (words[i], strlen (words[i]));
  g_strfreev (words);
}
