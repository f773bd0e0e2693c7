/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-keyring.h"

#include "base/till-error.h"

#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

struct _TillKeyring
{
  GObject parent_instance;

  char *profile;
};

G_DEFINE_FINAL_TYPE (TillKeyring, till_keyring, G_TYPE_OBJECT)

/* What one call carries through its steps. */
typedef struct
{
  char *name;
  TillSecret *secret;     /* to store */
  SecretService *service; /* once it answered */
  GList *items;           /* still to delete */
  void (*proceed) (GTask *task);
} TillKeyringCall;

static const SecretSchema till_keyring_schema = {
  .name = "io.github.smiletill.Smiletill",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void
till_keyring_call_free (gpointer data)
{
  TillKeyringCall *call = data;

  g_free (call->name);
  g_clear_pointer (&call->secret, till_secret_unref);
  g_clear_object (&call->service);
  g_list_free_full (call->items, g_object_unref);
  g_free (call);
}

static TillKeyringCall *
till_keyring_call_of (GTask *task)
{
  return g_task_get_task_data (task);
}

/* @error: (transfer full), in libsecret's and D-Bus's terms. */
static void
till_keyring_return_error (GTask *task, GError *error)
{
  g_autoptr (GError) cause = error;

  if (cause->domain == TILL_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&cause));
  else if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED, "the keyring is locked; unlock it");
  else
    g_task_return_new_error (
        task, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
        "no keyring can be reached (%s); log in to a desktop session with a Secret Service, such "
        "as the package gnome-keyring",
        cause->message);
}

static void
till_keyring_return_locked (GTask *task)
{
  g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED, "the keyring is locked; unlock it");
}

static void
till_keyring_return_no_collection (GTask *task)
{
  g_task_return_new_error (
      task, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
      "there is no default keyring yet; make one with a password in \"Passwords and Keys\", or "
      "log in with your password instead of automatically");
}

static GHashTable *
till_keyring_attributes (TillKeyring *self, const char *name)
{
  return secret_attributes_build (&till_keyring_schema, "profile", self->profile, "name", name, NULL);
}

/* Every call begins here: @proceed goes on once the service is known. */
static void
till_keyring_on_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillKeyringCall *call = till_keyring_call_of (task);
  GError *error = NULL;

  call->service = secret_service_get_finish (result, &error);
  if (call->service == NULL)
    till_keyring_return_error (task, error);
  else
    call->proceed (task);
}

static void
till_keyring_begin (TillKeyring *self,
                    const char *name,
                    TillSecret *secret,
                    void (*proceed) (GTask *task),
                    gpointer source_tag,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TillKeyringCall *call = g_new0 (TillKeyringCall, 1);

  call->name = g_strdup (name);
  call->secret = secret != NULL ? till_secret_ref (secret) : NULL;
  call->proceed = proceed;
  g_task_set_task_data (task, call, till_keyring_call_free);
  g_task_set_source_tag (task, source_tag);
  secret_service_get (SECRET_SERVICE_NONE, cancellable, till_keyring_on_service, task);
}

static void
till_keyring_find_items (GTask *task, GAsyncReadyCallback callback)
{
  TillKeyringCall *call = till_keyring_call_of (task);
  g_autoptr (GHashTable) attributes = till_keyring_attributes (g_task_get_source_object (task), call->name);

  /* Without SECRET_SEARCH_UNLOCK, which would open a password window. */
  secret_service_search (call->service, &till_keyring_schema, attributes, SECRET_SEARCH_ALL,
                         g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
till_keyring_find_collection (GTask *task, GAsyncReadyCallback callback)
{
  secret_collection_for_alias (till_keyring_call_of (task)->service, SECRET_COLLECTION_DEFAULT,
                               SECRET_COLLECTION_NONE, g_task_get_cancellable (task), callback,
                               g_object_ref (task));
}

/* Lookup */

static gboolean
till_keyring_decode (guchar *data, gsize *size, gpointer user_data)
{
  SecretValue *value = user_data;
  gsize length;
  const char *text = secret_value_get (value, &length);
  const char *end;

  return sodium_base642bin (data, *size, text, length, NULL, size, &end, sodium_base64_VARIANT_ORIGINAL) == 0
         && end == text + length;
}

static void
till_keyring_on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SecretItem *item = SECRET_ITEM (source);
  g_autoptr (SecretValue) value = NULL;
  TillSecret *secret = NULL;
  GError *error = NULL;
  gsize length = 0;

  if (!secret_item_load_secret_finish (item, result, &error))
    {
      till_keyring_return_error (task, error);
      return;
    }
  value = secret_item_get_secret (item);
  if (value == NULL)
    {
      till_keyring_return_locked (task);
      return;
    }
  secret_value_get (value, &length);
  secret = till_secret_new_filled (length, till_keyring_decode, value);
  if (secret == NULL)
    g_task_return_new_error (
        task, TILL_ERROR, TILL_ERROR_CORRUPT,
        "the keyring's entry \"%s\" was changed by another program; restore or delete it",
        till_keyring_call_of (task)->name);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) till_secret_unref);
}

/* Nothing was found: is it not there, or can't it be seen? */
static void
till_keyring_on_lookup_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretCollection) collection = NULL;
  GError *error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (collection == NULL)
    till_keyring_return_no_collection (task);
  else if (secret_collection_get_locked (collection))
    till_keyring_return_locked (task);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* The one written last: an older one may lie in another collection that was once the default. */
static SecretItem *
till_keyring_pick (GList *items)
{
  SecretItem *best = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    if (!secret_item_get_locked (l->data)
        && (best == NULL || secret_item_get_modified (l->data) > secret_item_get_modified (best)))
      best = l->data;
  return best;
}

static void
till_keyring_on_lookup_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  SecretItem *item = till_keyring_pick (items);

  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (item != NULL)
    secret_item_load_secret (item, g_task_get_cancellable (task), till_keyring_on_secret,
                             g_object_ref (task));
  else if (items != NULL)
    till_keyring_return_locked (task);
  else
    till_keyring_find_collection (task, till_keyring_on_lookup_collection);
  g_list_free_full (items, g_object_unref);
}

static void
till_keyring_proceed_lookup (GTask *task)
{
  till_keyring_find_items (task, till_keyring_on_lookup_items);
}

/* Store */

static void
till_keyring_on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretItem) item = NULL;
  GError *error = NULL;

  item = secret_item_create_finish (result, &error);
  if (item == NULL)
    till_keyring_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
till_keyring_encode (guchar *data, gsize *size, gpointer user_data)
{
  const TillSecret *secret = user_data;

  sodium_bin2base64 ((char *) data, *size, till_secret_get_data (secret), till_secret_get_size (secret),
                     sodium_base64_VARIANT_ORIGINAL);
  *size = strlen ((const char *) data);
  return TRUE;
}

/* As text: not every Secret Service keeps bytes that are none. */
static SecretValue *
till_keyring_value (TillSecret *secret)
{
  gsize room = sodium_base64_encoded_len (till_secret_get_size (secret), sodium_base64_VARIANT_ORIGINAL);
  g_autoptr (TillSecret) text = till_secret_new_filled (room, till_keyring_encode, secret);

  return secret_value_new (till_secret_get_data (text), (gssize) till_secret_get_size (text), "text/plain");
}

static void
till_keyring_on_store_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillKeyringCall *call = till_keyring_call_of (task);
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (SecretValue) value = NULL;
  g_autofree char *label = NULL;
  GError *error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (collection == NULL)
    till_keyring_return_no_collection (task);
  else if (secret_collection_get_locked (collection))
    till_keyring_return_locked (task);
  else
    {
      attributes = till_keyring_attributes (g_task_get_source_object (task), call->name);
      value = till_keyring_value (call->secret);
      label = g_strdup_printf ("Smiletill: %s", call->name);
      /* Not secret_service_store(), which would open a password window if the keyring got locked meanwhile. */
      secret_item_create (collection, &till_keyring_schema, attributes, label, value,
                          SECRET_ITEM_CREATE_REPLACE, g_task_get_cancellable (task), till_keyring_on_created,
                          g_object_ref (task));
    }
}

static void
till_keyring_proceed_store (GTask *task)
{
  till_keyring_find_collection (task, till_keyring_on_store_collection);
}

/* Clear */

static void till_keyring_delete_next (GTask *task);

static void
till_keyring_on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    till_keyring_delete_next (task);
  else
    till_keyring_return_error (task, error);
}

static void
till_keyring_delete_next (GTask *task)
{
  TillKeyringCall *call = till_keyring_call_of (task);
  g_autoptr (SecretItem) item = NULL;

  if (call->items == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  item = call->items->data;
  call->items = g_list_delete_link (call->items, call->items);
  if (secret_item_get_locked (item))
    till_keyring_return_locked (task);
  else
    secret_item_delete (item, g_task_get_cancellable (task), till_keyring_on_deleted, g_object_ref (task));
}

static void
till_keyring_on_clear_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretCollection) collection = NULL;
  GError *error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (collection != NULL && secret_collection_get_locked (collection))
    till_keyring_return_locked (task);
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_keyring_on_clear_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillKeyringCall *call = till_keyring_call_of (task);
  GError *error = NULL;

  call->items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (call->items != NULL)
    till_keyring_delete_next (task);
  else
    till_keyring_find_collection (task, till_keyring_on_clear_collection);
}

static void
till_keyring_proceed_clear (GTask *task)
{
  till_keyring_find_items (task, till_keyring_on_clear_items);
}

/* Unlock */

static void
till_keyring_on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (n_unlocked < 1)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED,
                             "unlocking the keyring was refused; try again");
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_keyring_on_collection_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretCollection) collection = NULL;
  GError *error = NULL;

  collection = secret_collection_create_finish (result, &error);
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (collection == NULL)
    till_keyring_return_no_collection (task);
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_keyring_on_unlock_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillKeyringCall *call = till_keyring_call_of (task);
  g_autoptr (SecretCollection) collection = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GList objects = { 0 };
  GError *error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  objects.data = collection;
  if (error != NULL)
    till_keyring_return_error (task, error);
  else if (collection == NULL)
    secret_collection_create (call->service, "Default keyring", SECRET_COLLECTION_DEFAULT,
                              SECRET_COLLECTION_CREATE_NONE, cancellable, till_keyring_on_collection_made,
                              g_object_ref (task));
  else if (secret_collection_get_locked (collection))
    secret_service_unlock (call->service, &objects, cancellable, till_keyring_on_unlocked,
                           g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_keyring_proceed_unlock (GTask *task)
{
  till_keyring_find_collection (task, till_keyring_on_unlock_collection);
}

/* The object */

static void
till_keyring_finalize (GObject *object)
{
  g_free (TILL_KEYRING (object)->profile);
  G_OBJECT_CLASS (till_keyring_parent_class)->finalize (object);
}

static void
till_keyring_class_init (TillKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_keyring_finalize;
}

static void
till_keyring_init (TillKeyring *self)
{
}

TillKeyring *
till_keyring_new (const char *profile)
{
  TillKeyring *self;

  g_return_val_if_fail (profile != NULL && *profile != '\0', NULL);

  self = g_object_new (TILL_TYPE_KEYRING, NULL);
  self->profile = g_strdup (profile);
  return self;
}

void
till_keyring_lookup_async (TillKeyring *self,
                           const char *name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_KEYRING (self) && name != NULL);

  till_keyring_begin (self, name, NULL, till_keyring_proceed_lookup, till_keyring_lookup_async, cancellable,
                      callback, user_data);
}

TillSecret *
till_keyring_lookup_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_keyring_store_async (TillKeyring *self,
                          const char *name,
                          TillSecret *secret,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_KEYRING (self) && name != NULL && secret != NULL);

  till_keyring_begin (self, name, secret, till_keyring_proceed_store, till_keyring_store_async, cancellable,
                      callback, user_data);
}

gboolean
till_keyring_store_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_keyring_clear_async (TillKeyring *self,
                          const char *name,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_KEYRING (self) && name != NULL);

  till_keyring_begin (self, name, NULL, till_keyring_proceed_clear, till_keyring_clear_async, cancellable,
                      callback, user_data);
}

gboolean
till_keyring_clear_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_keyring_unlock_async (TillKeyring *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_KEYRING (self));

  till_keyring_begin (self, NULL, NULL, till_keyring_proceed_unlock, till_keyring_unlock_async, cancellable,
                      callback, user_data);
}

gboolean
till_keyring_unlock_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
