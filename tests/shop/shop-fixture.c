/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop-fixture.h"

#define PATIENCE_SECONDS 60

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  ShopFixture *fixture = user_data;

  g_string_append_printf (fixture->states, " %s", till_checkout_state_to_string (state));
}

static void
on_camera (TillCheckout *checkout, gboolean on, gpointer user_data)
{
  ((ShopFixture *) user_data)->camera_changes++;
}

void
shop_fixture_set_up (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("smiletill-shop-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->profile = till_profile_open (fixture->dir, &error);
  g_assert_no_error (error);
  fixture->shop = till_shop_new (fixture->profile, till_clock_system ());
  till_shop_open_async (fixture->shop, NULL, on_result, &result);
  till_shop_open_finish (fixture->shop, wait_for (&result), &error);
  g_assert_no_error (error);
  fixture->checkout = till_shop_get_checkout (fixture->shop);
  fixture->states = g_string_new (NULL);
  g_signal_connect (fixture->checkout, "state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->checkout, "camera", G_CALLBACK (on_camera), fixture);
}

void
shop_fixture_tear_down (ShopFixture *fixture, gconstpointer unused)
{
  const char *words[] = { "rm", "-rf", fixture->dir, NULL };

  g_signal_handlers_disconnect_by_data (fixture->checkout, fixture);
  till_shop_close (fixture->shop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->shop);
  g_clear_object (&fixture->profile);
  g_string_free (fixture->states, TRUE);
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (fixture->dir);
}

void
shop_fixture_ring_up (ShopFixture *fixture)
{
  GListModel *articles = till_catalogue_get_articles (till_shop_get_catalogue (fixture->shop));
  g_autoptr (TillArticle) article = g_list_model_get_item (articles, 0);
  g_autoptr (GError) error = NULL;

  till_basket_add (till_shop_get_basket (fixture->shop), article, 2, &error);
  g_assert_no_error (error);
}

static gboolean
on_too_long (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
shop_fixture_wait (ShopFixture *fixture, TillCheckoutState state)
{
  gboolean too_long = FALSE;
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_too_long, &too_long);

  while (till_checkout_get_state (fixture->checkout) != state && !too_long)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  g_assert_cmpstr (till_checkout_state_to_string (till_checkout_get_state (fixture->checkout)), ==,
                   till_checkout_state_to_string (state));
}

guint
shop_fixture_count (ShopFixture *fixture, const char *kind, TillLedgerEntry **newest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (till_shop_get_ledger (fixture->shop), kind, NULL, NULL, 0, NULL, on_result,
                          &result);
  g_autoptr (GPtrArray) rows
      = till_ledger_list_finish (till_shop_get_ledger (fixture->shop), wait_for (&result), &error);
  g_assert_no_error (error);
  if (newest != NULL)
    *newest = rows->len > 0 ? till_ledger_entry_ref (g_ptr_array_index (rows, rows->len - 1)) : NULL;
  return rows->len;
}
