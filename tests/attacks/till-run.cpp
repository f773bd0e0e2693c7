/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-run.hpp"

#include "gallery.hpp"
#include "network-alone.hpp"

namespace attacks
{
namespace
{

/* The digits are typed while the first frames are looked at. */
constexpr guint typed_after_ms = 1500;
/* Somebody who has not paid by then gives up. */
constexpr guint patience_seconds = 18;
constexpr guint watchdog_seconds = 60;

void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *static_cast<GAsyncResult **> (user_data) = static_cast<GAsyncResult *> (g_object_ref (result));
}

gboolean
on_due (gpointer user_data)
{
  *static_cast<bool *> (user_data) = true;
  return G_SOURCE_REMOVE;
}

gboolean
bark (gpointer what)
{
  g_error ("this never happened: %s", static_cast<const char *> (what));
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @done; a machine that hangs must not hang the run. */
template <typename Condition>
void
wait_until (const char *what, Condition done)
{
  const guint watchdog = g_timeout_add_seconds (watchdog_seconds, bark, const_cast<char *> (what));

  while (!done ())
    g_main_context_iteration (nullptr, TRUE);
  g_source_remove (watchdog);
}

GAsyncResult *
wait_for (const char *what, GAsyncResult **result)
{
  wait_until (what, [result] { return *result != nullptr; });
  return *result;
}

void
insist (gboolean done, const GError *error, const char *what)
{
  if (!done)
    g_error ("%s: %s", what, error != nullptr ? error->message : "refused");
}

/* What one attempt's signals need. */
struct Attempt
{
  Outcome *outcome;
  NetworkAlone *network;
  Feeder *feeder;
};

void
on_sighting (TillCheckout *checkout, TillSighting *sighting, gpointer user_data)
{
  const Attempt *attempt = static_cast<Attempt *> (user_data);

  attempt->outcome->add (sighting);
  if (attempt->network->believes (sighting))
    attempt->outcome->deceive_network ();
  attempt->feeder->ask_for_smile (sighting->smile == TILL_SMILE_WANTED
                                  || sighting->smile == TILL_SMILE_HOLDING);
}

bool
is_over (TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_APPROVED:
    case TILL_CHECKOUT_DECLINED:
    case TILL_CHECKOUT_DOUBT:
    case TILL_CHECKOUT_NOT_CONFIRMED:
    case TILL_CHECKOUT_NO_CAMERA:
    case TILL_CHECKOUT_WAYS:
      return true;
    default:
      return false;
    }
}

} // namespace

TillRun::TillRun ()
{
  g_autoptr (GError) error = nullptr;
  g_autofree char *folder = g_dir_make_tmp ("smiletill-attacks-XXXXXX", &error);

  insist (folder != nullptr, error, "no folder for the till");
  m_point = load_operating_point ();
  m_folder = folder;
  open_shop ();
  enrol_everybody ();

  /* The still is there for the checkout to have a camera at all. */
  g_autofree char *spec = g_strdup_printf ("clip:%s/grace_hopper.jpg,loop", g_getenv ("SMILETILL_MODELS"));
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);
  insist (source != nullptr, error, spec);
  TillCheckoutRooms rooms = {};
  rooms.customers = till_shop_get_customers (m_shop);
  rooms.payment = till_shop_get_payment (m_shop);
  rooms.ledger = till_shop_get_ledger (m_shop);
  rooms.lockout = till_shop_get_lockout (m_shop);
  rooms.recognizer = till_shop_get_recognizer (m_shop);
  rooms.mailbox = m_blind = till_mailbox_new ();
  rooms.clock = till_clock_system ();
  m_checkout = till_checkout_new (&rooms);
  till_checkout_set_camera_source (m_checkout, source);
  m_basket = till_basket_new (till_shop_get_catalogue (m_shop));
}

TillRun::~TillRun ()
{
  const char *words[] = { "rm", "-rf", m_folder.c_str (), nullptr };

  g_object_run_dispose (G_OBJECT (m_checkout));
  till_shop_close (m_shop);
  while (g_main_context_iteration (nullptr, FALSE))
    ;
  g_clear_object (&m_checkout);
  g_clear_object (&m_basket);
  g_clear_object (&m_shop);
  g_clear_object (&m_profile);
  till_mailbox_unref (m_blind);
  till_operating_point_unref (m_point);
  g_spawn_sync (nullptr, const_cast<char **> (words), nullptr, G_SPAWN_SEARCH_PATH, nullptr, nullptr, nullptr,
                nullptr, nullptr, nullptr);
}

void
TillRun::open_shop ()
{
  g_autoptr (GAsyncResult) result = nullptr;
  g_autoptr (GError) error = nullptr;

  m_profile = till_profile_open (m_folder.c_str (), &error);
  insist (m_profile != nullptr, error, "no profile");
  m_shop = till_shop_new (m_profile, till_clock_system ());
  till_shop_open_async (m_shop, nullptr, on_result, &result);
  insist (till_shop_open_finish (m_shop, wait_for ("the shop opened", &result), &error), error, "no shop");
  wait_until ("the networks are loaded", [this] {
    return till_recognizer_is_ready (till_shop_get_recognizer (m_shop))
           || till_shop_get_face_trouble (m_shop) != nullptr;
  });
  insist (till_shop_get_face_trouble (m_shop) == nullptr, till_shop_get_face_trouble (m_shop),
          "face payment is off");
}

void
TillRun::enrol_everybody ()
{
  for (int i = 0; i < victims; i++)
    {
      const auto victim = static_cast<Victim> (i);
      g_autoptr (GAsyncResult) result = nullptr;
      g_autoptr (GError) error = nullptr;

      till_shop_enrol_async (m_shop, name_of (victim), digits_of (victim), "pm_card_visa",
                             enrolment_of (victim), nullptr, on_result, &result);
      g_autoptr (TillCustomer) customer
          = till_shop_enrol_finish (m_shop, wait_for ("somebody is enrolled", &result), &error);
      insist (customer != nullptr, error, "nobody is enrolled");
    }
}

void
TillRun::begin_sale ()
{
  GListModel *articles = till_catalogue_get_articles (till_shop_get_catalogue (m_shop));
  g_autoptr (TillArticle) article = static_cast<TillArticle *> (g_list_model_get_item (articles, 0));
  g_autoptr (GError) error = nullptr;

  till_basket_clear (m_basket);
  till_basket_add (m_basket, article, 1, &error);
  insist (error == nullptr, error, "nothing to sell");
  insist (till_checkout_open (m_checkout, m_basket, &error) && till_checkout_choose_face (m_checkout, &error)
              && till_checkout_agree (m_checkout, &error),
          error, "no sale");
}

void
TillRun::follow ()
{
  bool patience_ends = false;
  const guint patience = g_timeout_add_seconds (patience_seconds, on_due, &patience_ends);

  wait_until ("the sale came to an end", [&] {
    return is_over (till_checkout_get_state (m_checkout))
           || (patience_ends && till_checkout_accepts (m_checkout, TILL_CHECKOUT_CANCEL));
  });
  if (!patience_ends)
    g_source_remove (patience);
}

bool
TillRun::is_paid (const std::string &sale)
{
  g_autoptr (GAsyncResult) result = nullptr;
  g_autoptr (GError) error = nullptr;
  bool paid = false;

  till_ledger_list_async (till_shop_get_ledger (m_shop), TILL_LEDGER_CHARGE_END, nullptr, nullptr, 0, nullptr,
                          on_result, &result);
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (till_shop_get_ledger (m_shop),
                                                        wait_for ("the ledger was read", &result), &error);
  insist (rows != nullptr, error, "no ledger");
  for (guint i = 0; i < rows->len; i++)
    {
      const auto *row = static_cast<const TillLedgerEntry *> (g_ptr_array_index (rows, i));
      const char *status = json_object_get_string_member_with_default (row->body, "status", "");

      paid = paid || (sale == row->sale && g_str_equal (status, "approved"));
    }
  return paid;
}

Outcome
TillRun::attempt (Presentation &presentation)
{
  g_autoptr (GError) error = nullptr;
  bool typing_is_due = false;
  NetworkAlone network (m_point);
  Outcome outcome;

  begin_sale ();
  const std::string sale = till_checkout_get_sale (m_checkout);
  const gint64 began_us = g_get_monotonic_time ();
  {
    Feeder feeder (presentation, till_shop_get_mailbox (m_shop));
    Attempt attempt = { &outcome, &network, &feeder };
    const gulong handler = g_signal_connect (m_checkout, "sighting", G_CALLBACK (on_sighting), &attempt);

    g_timeout_add (typed_after_ms, on_due, &typing_is_due);
    wait_until ("it was time to type", [&] { return typing_is_due; });
    insist (till_checkout_type_digits (m_checkout, digits_of (presentation.victim ()), &error), error,
            "no digits");
    follow ();
    g_signal_handler_disconnect (m_checkout, handler);
  }
  const double seconds = static_cast<double> (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
  outcome.end (is_paid (sale), seconds);

  /* Back to where the next sale begins. */
  while (till_checkout_get_state (m_checkout) != TILL_CHECKOUT_IDLE)
    if (!till_checkout_dismiss (m_checkout, nullptr) && !till_checkout_cancel (m_checkout, nullptr)
        && !till_checkout_set_aside (m_checkout, nullptr))
      g_error ("the till is stuck at %s",
               till_checkout_state_to_string (till_checkout_get_state (m_checkout)));
  return outcome;
}

} // namespace attacks
