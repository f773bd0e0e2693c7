/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop-keyring.h"

#define SERVICE    "org.freedesktop.secrets"
#define ROOT       "/org/freedesktop/secrets"
#define COLLECTION ROOT "/aliases/default"

/* A session of the keyring's lasts as long as the connection it was opened on. */
static GVariant *
call (GDBusConnection *bus, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, SERVICE, ROOT, interface, method, arguments, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

void
shop_keyring_lock (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const char *paths[] = { COLLECTION, NULL };
  g_autoptr (GVariant) answer
      = call (bus, "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths));
}

/* The way the keyring's own login unlocks it: without asking anybody. */
void
shop_keyring_unlock (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) opened = call (bus, "org.freedesktop.Secret.Service", "OpenSession",
                                      g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  const char *session;

  g_variant_get (opened, "(v&o)", NULL, &session);
  GVariant *secret
      = g_variant_new ("(o@ay@ays)", session, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "test\n", 5, 1), "text/plain");
  g_autoptr (GVariant) answer
      = call (bus, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
              g_variant_new ("(o@(oayays))", COLLECTION, secret));
}

void
shop_keyring_drop (ShopFixture *fixture, const char *name)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (till_profile_get_id (fixture->profile));
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_clear_async (keyring, name, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_true (till_keyring_clear_finish (keyring, result, &error));
  g_assert_no_error (error);
}

void
shop_keyring_open_shop (ShopFixture *fixture, TillClock *clock)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  fixture->shop = till_shop_new (fixture->profile, clock != NULL ? clock : till_clock_system ());
  till_shop_open_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  till_shop_open_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  fixture->checkout = till_shop_get_checkout (fixture->shop);
}

void
shop_keyring_close_shop (ShopFixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->checkout, fixture);
  till_shop_close (fixture->shop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->shop);
}
