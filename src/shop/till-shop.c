/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"
#include "base/till-installation.h"

/* Seconds the keyring is given to remember the last rows when the till closes. */
#define CLOSE_SECONDS 3

enum
{
  SIGNAL_FACE_TROUBLE_CHANGED,
  SIGNAL_UNRESOLVED_CHANGED,
  SIGNAL_DAY_CHANGED,
  SIGNAL_CUSTODY_CHANGED,
  SIGNAL_EXPIRY_CHANGED,
  N_SIGNALS
};

static const char *const names[N_SIGNALS] = {
  [SIGNAL_FACE_TROUBLE_CHANGED] = "face-trouble-changed",
  [SIGNAL_UNRESOLVED_CHANGED] = "unresolved-changed",
  [SIGNAL_DAY_CHANGED] = "day-changed",
  [SIGNAL_CUSTODY_CHANGED] = "custody-changed",
  [SIGNAL_EXPIRY_CHANGED] = "expiry-changed",
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillShop, till_shop, G_TYPE_OBJECT)

TillShop *
till_shop_new (TillProfile *profile, TillClock *clock)
{
  TillShop *self = g_object_new (TILL_TYPE_SHOP, NULL);

  self->profile = g_object_ref (profile);
  self->clock = g_object_ref (clock);
  return self;
}

static void
on_recognition_failed (TillRecognizer *recognizer, const GError *error, gpointer user_data)
{
  TillShop *self = user_data;

  till_shop_set_trouble (self, &self->recognition_trouble, error);
}

static gboolean
open_catalogue (TillShop *self, GError **error)
{
  GSettings *settings = till_profile_get_settings (self->profile);
  g_autofree char *path = till_profile_get_catalogue_path (self->profile);

  self->catalogue = till_catalogue_new_from_file (path, error);
  if (self->catalogue == NULL)
    return FALSE;

  self->name = g_settings_get_string (settings, "shop-name");
  if (*self->name == '\0')
    {
      g_free (self->name);
      self->name = g_strdup (till_catalogue_get_shop (self->catalogue));
    }
  self->basket = till_basket_new (self->catalogue);
  return TRUE;
}

/*
 * Close is who would pass for the other with the other's digits: alone in a bucket, as most customers of a shop are, the
 * lowest score is asked for. At a false-match rate of 1e-5 that is one newcomer in twenty in a shop of 5,000; each of
 * them could pay as somebody else, so each is worth a manager's look.
 */
static double
look_alike_score (guint n_customers, gpointer user_data)
{
  return till_operating_point_identity_score (user_data, 1);
}

static gboolean
open_books (TillShop *self, GError **error)
{
  g_autofree char *database = till_profile_get_path (self->profile, "smiletill.db");

  self->store = till_store_open (database, error);
  if (self->store == NULL)
    return FALSE;
  self->ledger = till_ledger_new (self->store, self->clock, error);
  if (self->ledger == NULL)
    return FALSE;
  self->keyring = till_keyring_new (till_profile_get_id (self->profile));
  self->anchor = till_ledger_anchor_new (self->ledger, self->keyring);
  self->vault = till_vault_new (self->keyring, self->store, error);
  if (self->vault == NULL)
    return FALSE;
  self->customers = till_customers_new (self->store, self->vault, self->ledger, error);
  if (self->customers == NULL)
    return FALSE;
  till_customers_set_clock (self->customers, self->clock);
  till_customers_set_look_alike_score (self->customers, look_alike_score,
                                       till_operating_point_ref (self->operating_point),
                                       (GDestroyNotify) till_operating_point_unref);
  self->lockout = till_lockout_new (self->store, self->vault, self->clock, error);
  if (self->lockout == NULL)
    return FALSE;
  self->passes = till_pass_book_new (self->store, self->vault, self->ledger, error);
  if (self->passes == NULL)
    return FALSE;
  self->staff = till_staff_new (self->store, self->clock, error);
  return self->staff != NULL;
}

static gboolean
open_recognition (TillShop *self, GError **error)
{
  g_autofree char *path = till_installation_get_data_path ("operating-point.json");
  g_autofree char *models = till_installation_get_models_dir ();
  int threads = g_settings_get_int (till_profile_get_settings (self->profile), "vision-threads");

  self->operating_point = till_operating_point_load (path, error);
  if (self->operating_point == NULL)
    return FALSE;
  self->mailbox = till_mailbox_new ();
  self->recognizer = till_recognizer_new (models, self->operating_point, self->mailbox, threads);
  g_signal_connect_object (self->recognizer, "failed", G_CALLBACK (on_recognition_failed), self, 0);
  return TRUE;
}

static gboolean
open_camera_setting (TillShop *self, GError **error)
{
  g_autofree char *spec = g_settings_get_string (till_profile_get_settings (self->profile), "camera");
  g_autoptr (TillCameraSource) source = NULL;

  if (*spec == '\0')
    return TRUE;
  source = till_camera_source_parse (spec, error);
  if (source == NULL)
    return FALSE;
  till_checkout_set_camera_source (self->checkout, source);
  return TRUE;
}

/* Rows of the ledger name the operating point by what its file holds. */
static void
name_operating_point (TillShop *self)
{
  g_autofree char *path = till_installation_get_data_path ("operating-point.json");
  g_autofree char *text = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return;

  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
  till_checkout_set_operating_point_id (self->checkout, hash);
}

static gboolean
open_checkout (TillShop *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  self->payment = till_payment_new (self->ledger, NULL, self->clock);
  if (!till_payment_set_vault (self->payment, self->vault, error))
    return FALSE;
  self->checkout = till_checkout_new (&(TillCheckoutRooms){
      .customers = self->customers,
      .lockout = self->lockout,
      .payment = self->payment,
      .ledger = self->ledger,
      .recognizer = self->recognizer,
      .mailbox = self->mailbox,
      .clock = self->clock,
      .passes = self->passes,
  });
  till_checkout_set_shop_name (self->checkout, self->name);
  name_operating_point (self);
  till_checkout_set_patience (self->checkout, self->operating_point->identity_patience);
  till_shop_start_rules (self);
  if (!open_camera_setting (self, &problem))
    g_warning ("the camera of the settings can't be used, the first real one is: %s", problem->message);
  return TRUE;
}

static void
on_mended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);

  till_shop_retry_finish (self, result, NULL);
  till_shop_start_mending (self);
  till_shop_start_reconciling (self);
  till_shop_start_expiry (self);
  g_task_return_boolean (task, TRUE);
}

void
till_shop_open_async (TillShop *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TILL_IS_SHOP (self));
  g_return_if_fail (self->store == NULL);

  if (!open_recognition (self, &error) || !open_catalogue (self, &error) || !open_books (self, &error)
      || !till_customers_any (self->customers, &self->any_customers, &error) || !open_checkout (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_shop_retry_async (self, cancellable, on_mended, g_steal_pointer (&task));
}

gboolean
till_shop_open_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
on_too_long (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_anchor_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!till_ledger_anchor_flush_finish (TILL_LEDGER_ANCHOR (source), result, &error))
    g_message ("the keyring does not remember the books' last rows: %s", error->message);
  *(gboolean *) user_data = TRUE;
}

/* The keyring answers in a moment or not at all; books whose last rows it has not heard of are right all the same. */
static void
keep_anchor (TillShop *self)
{
  g_autoptr (GCancellable) patience = g_cancellable_new ();
  gboolean kept = FALSE;
  guint timer;

  if (self->anchor == NULL || !self->books_checked)
    return;
  timer = g_timeout_add_seconds (CLOSE_SECONDS, on_too_long, patience);
  till_ledger_anchor_flush_async (self->anchor, patience, on_anchor_kept, &kept);
  while (!kept || (self->remembering && !g_cancellable_is_cancelled (patience)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

void
till_shop_close (TillShop *self)
{
  g_return_if_fail (TILL_IS_SHOP (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  keep_anchor (self);
  g_cancellable_cancel (self->closing);
  till_shop_stop_mending (self);
  till_shop_stop_expiry (self);
  till_shop_stop_reconciling (self);
  if (self->checkout != NULL)
    g_object_run_dispose (G_OBJECT (self->checkout));
  if (self->recognizer != NULL)
    till_recognizer_close (self->recognizer);
  if (self->sandbox != NULL)
    till_sandbox_process_stop (self->sandbox);
  if (self->store != NULL)
    till_store_close (self->store);
}

static void
till_shop_dispose (GObject *object)
{
  TillShop *self = TILL_SHOP (object);

  till_shop_close (self);
  g_clear_object (&self->closing);
  g_clear_object (&self->checkout);
  g_clear_object (&self->payment);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->recognizer);
  g_clear_pointer (&self->mailbox, till_mailbox_unref);
  g_clear_object (&self->basket);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->lockout);
  g_clear_object (&self->staff);
  g_clear_object (&self->customers);
  g_clear_pointer (&self->operating_point, till_operating_point_unref);
  g_clear_object (&self->passes);
  g_clear_object (&self->anchor);
  g_clear_object (&self->vault);
  g_clear_object (&self->keyring);
  g_clear_object (&self->ledger);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (till_shop_parent_class)->dispose (object);
}

static void
till_shop_finalize (GObject *object)
{
  TillShop *self = TILL_SHOP (object);

  g_free (self->name);
  g_hash_table_unref (self->refunding);
  g_free (self->expiry_doubt);
  g_clear_pointer (&self->new_phrase, till_secret_unref);
  g_clear_error (&self->vault_trouble);
  g_clear_error (&self->books_trouble);
  g_clear_error (&self->provider_trouble);
  g_clear_error (&self->recognition_trouble);
  G_OBJECT_CLASS (till_shop_parent_class)->finalize (object);
}

static void
till_shop_class_init (TillShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = till_shop_dispose;
  object_class->finalize = till_shop_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i]
        = g_signal_new (names[i], TILL_TYPE_SHOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
till_shop_tell_unresolved (TillShop *self)
{
  g_signal_emit (self, signals[SIGNAL_UNRESOLVED_CHANGED], 0);
}

void
till_shop_tell_day (TillShop *self)
{
  g_signal_emit (self, signals[SIGNAL_DAY_CHANGED], 0);
}

void
till_shop_tell_face_trouble (TillShop *self)
{
  g_signal_emit (self, signals[SIGNAL_FACE_TROUBLE_CHANGED], 0);
}

void
till_shop_tell_custody (TillShop *self)
{
  g_signal_emit (self, signals[SIGNAL_CUSTODY_CHANGED], 0);
}

void
till_shop_tell_expiry (TillShop *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPIRY_CHANGED], 0);
}

static void
till_shop_init (TillShop *self)
{
  self->closing = g_cancellable_new ();
  self->refunding = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->receipts);
}

TillProfile *
till_shop_get_profile (TillShop *self)
{
  return self->profile;
}

TillClock *
till_shop_get_clock (TillShop *self)
{
  return self->clock;
}

TillLedger *
till_shop_get_ledger (TillShop *self)
{
  return self->ledger;
}

TillKeyring *
till_shop_get_keyring (TillShop *self)
{
  return self->keyring;
}

TillCustomers *
till_shop_get_customers (TillShop *self)
{
  return self->customers;
}

TillPassBook *
till_shop_get_passes (TillShop *self)
{
  return self->passes;
}

TillLockout *
till_shop_get_lockout (TillShop *self)
{
  return self->lockout;
}

TillStaff *
till_shop_get_staff (TillShop *self)
{
  return self->staff;
}

TillPayment *
till_shop_get_payment (TillShop *self)
{
  return self->payment;
}

TillRecognizer *
till_shop_get_recognizer (TillShop *self)
{
  return self->recognizer;
}

TillMailbox *
till_shop_get_mailbox (TillShop *self)
{
  return self->mailbox;
}

TillCheckout *
till_shop_get_checkout (TillShop *self)
{
  return self->checkout;
}

TillCatalogue *
till_shop_get_catalogue (TillShop *self)
{
  return self->catalogue;
}

TillBasket *
till_shop_get_basket (TillShop *self)
{
  return self->basket;
}

const TillDiscountRules *
till_shop_get_discount_rules (TillShop *self)
{
  return &self->rules;
}

gboolean
till_shop_is_settled (TillShop *self)
{
  return self->settled;
}

const char *
till_shop_get_name (TillShop *self)
{
  return self->name;
}

const char *
till_shop_get_currency (TillShop *self)
{
  return till_catalogue_get_currency (self->catalogue);
}

TillConsentTerms
till_shop_get_terms (TillShop *self)
{
  GSettings *settings = till_profile_get_settings (self->profile);

  return (TillConsentTerms){
    .shop = self->name,
    .retention_months = (guint) g_settings_get_int (settings, "retention-months"),
    .guardian_age = (guint) g_settings_get_int (settings, "guardian-age"),
  };
}

const GError *
till_shop_get_face_trouble (TillShop *self)
{
  if (till_shop_get_custody_trouble (self) != NULL)
    return till_shop_get_custody_trouble (self);
  if (self->provider_trouble != NULL)
    return self->provider_trouble;
  return self->recognition_trouble;
}
