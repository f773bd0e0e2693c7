/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-calendar-day.h"
#include "shop/till-shop-erasure-private.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-proof.h"

#include <glib/gi18n-lib.h>

/*
 * Erasing whoever was not here for the shop's retention time. A clock that is wrong must not erase a whole shop: rows of
 * the ledger that lie further apart than a till is left standing, or run backwards, are a clock that was set; what was
 * erased by expiry before them was right, so only later ones are looked at.
 */
#define CHECK_SECONDS   (60 * 60)
#define MOST_GAP_DAYS   45
#define MOST_BACK_HOURS 1

/* While the keyring is locked the payment service can't be told whom to remove, so that long it is waited for. */
#define LOCKED_GRACE_DAYS 7

#define DAY_US  G_TIME_SPAN_DAY
#define HOUR_US G_TIME_SPAN_HOUR

typedef struct
{
  GPtrArray *due; /* (element-type utf8): ids */
  guint next;
  guint erased;
  const char *by;
  gint64 seq; /* of the last row that expiry wrote */
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_clear_pointer (&round->due, g_ptr_array_unref);
  g_free (round);
}

static gint64
today (TillShop *self)
{
  return till_clock_utc (self->clock) / DAY_US;
}

gint64
till_shop_get_expiry_day (TillShop *self, gint64 last_visit_day)
{
  int months = g_settings_get_int (till_profile_get_settings (self->profile), "retention-months");

  return till_calendar_day_add_months (last_visit_day, (guint) months);
}

const char *
till_shop_get_expiry_doubt (TillShop *self)
{
  return self->expiry_doubt;
}

/* @doubt: (transfer full) (nullable) */
static void
set_doubt (TillShop *self, char *doubt)
{
  gboolean same = g_strcmp0 (self->expiry_doubt, doubt) == 0;

  g_free (self->expiry_doubt);
  self->expiry_doubt = doubt;
  if (!same)
    till_shop_tell_expiry (self);
}

/* Erasing those who are due, one after the other */

static void erase_next (GTask *task);

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillErasure) erasure = till_shop_erase_finish (TILL_SHOP (source), result, &error);

  /* Who can't go yet, as with a charge that has no end, goes with a later round. */
  if (erasure != NULL)
    round->erased++;
  else
    g_message ("%s is due to be erased and can't be yet: %s",
               (char *) g_ptr_array_index (round->due, round->next - 1), error->message);
  erase_next (g_steal_pointer (&task));
}

/* @own_task: (transfer full) */
static void
erase_next (GTask *own_task)
{
  g_autoptr (GTask) task = own_task;
  TillShop *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);

  if (round->next < round->due->len && !self->closed)
    till_shop_erase_agreed_async (self, g_ptr_array_index (round->due, round->next++), round->by,
                                  TILL_SHOP_WHY_EXPIRY, NULL, on_erased, g_steal_pointer (&task));
  else
    g_task_return_int (task, (gssize) round->erased);
}

/* Whether the clock can be believed */

static char *
find_doubt (TillShop *self, GPtrArray *rows)
{
  gint64 before_us = 0;

  for (guint i = 0; i <= rows->len; i++)
    {
      gboolean now = i == rows->len;
      const TillLedgerEntry *row = now ? NULL : g_ptr_array_index (rows, i);
      gint64 at_us = now ? till_clock_utc (self->clock) : row->at_us;

      if (before_us != 0 && at_us < before_us - MOST_BACK_HOURS * HOUR_US)
        return g_strdup (
            _ ("This computer’s clock was set back since. Whoever was not here for long is erased once a "
               "manager says that today’s date is right."));
      if (before_us != 0 && at_us > before_us + MOST_GAP_DAYS * DAY_US)
        return g_strdup_printf (_ ("The till was not used for %d days, or this computer’s clock is wrong. "
                                   "Whoever was not here for long "
                                   "is erased once a manager says that today’s date is right."),
                                (int) ((at_us - before_us) / DAY_US));
      before_us = at_us;
    }
  return NULL;
}

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_since_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_doubt (self, find_doubt (self, rows));
  if (self->expiry_doubt == NULL)
    erase_next (g_steal_pointer (&task));
  else
    g_task_return_int (task, 0);
}

static void
on_erasures_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row->body, "why", NULL),
                     TILL_SHOP_WHY_EXPIRY)
          == 0)
        round->seq = row->seq - 1;
    }
  till_ledger_list_since_async (TILL_LEDGER (source), round->seq, NULL, NULL, on_rows_listed,
                                g_steal_pointer (&task));
}

/* Who is due */

static gboolean
is_due (TillShop *self, const TillCustomerVisit *visit)
{
  gint64 late = today (self) - till_shop_get_expiry_day (self, visit->day);

  return late >= (till_vault_is_open (self->vault) ? 0 : LOCKED_GRACE_DAYS);
}

static void
on_visits_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = till_customers_list_expired_finish (TILL_CUSTOMERS (source), result, &error);

  if (visits == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  round->due = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < visits->len; i++)
    {
      const TillCustomerVisit *visit = g_ptr_array_index (visits, i);

      if (is_due (self, visit))
        g_ptr_array_add (round->due, g_strdup (visit->id));
    }
  if (round->due->len == 0)
    {
      set_doubt (self, NULL);
      g_task_return_int (task, 0);
    }
  else if (g_str_equal (round->by, TILL_SHOP_BY_MANAGER))
    {
      set_doubt (self, NULL);
      erase_next (g_steal_pointer (&task));
    }
  else
    till_ledger_list_async (self->ledger, TILL_LEDGER_ERASURE, NULL, NULL, 0, NULL, on_erasures_listed,
                            g_steal_pointer (&task));
}

/* @by: whose word the date is. Finish: as till_shop_confirm_expiry_finish(). */
static void
expire_async (TillShop *self, const char *by, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Round *round = g_new0 (Round, 1);

  round->by = by;
  g_task_set_task_data (task, round, round_free);
  till_customers_list_expired_async (self->customers, today (self) + 1, NULL, on_visits_listed, task);
}

/* By itself */

static void
on_expired (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;
  gssize erased = g_task_propagate_int (G_TASK (result), &error);

  self->expiring = FALSE;
  if (erased < 0 && !self->closed)
    g_warning ("who is due to be erased can't be told: %s", error->message);
  else if (erased > 0)
    g_message ("%d customers were erased: they were not here for the shop's retention time", (int) erased);
}

static gboolean
on_hour (gpointer user_data)
{
  TillShop *self = user_data;

  if (!self->expiring)
    {
      self->expiring = TRUE;
      expire_async (self, TILL_SHOP_BY_TILL, on_expired, NULL);
    }
  return G_SOURCE_CONTINUE;
}

void
till_shop_start_expiry (TillShop *self)
{
  if (self->expiry_timer == 0)
    self->expiry_timer = g_timeout_add_seconds (CHECK_SECONDS, on_hour, self);
  on_hour (self);
}

void
till_shop_stop_expiry (TillShop *self)
{
  g_clear_handle_id (&self->expiry_timer, g_source_remove);
}

/* By a manager's word */

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize erased = g_task_propagate_int (G_TASK (result), &error);

  if (erased < 0)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, erased);
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_manager_finish (TILL_SHOP (source), result, &error))
    expire_async (TILL_SHOP (source), TILL_SHOP_BY_MANAGER, on_confirmed, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_confirm_expiry_async (TillShop *self,
                                const char *manager_pin,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_manager_asked, task);
}

int
till_shop_confirm_expiry_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}
