/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feeder.hpp"
#include "outcome.hpp"

#include "recognition/till-operating-point.h"
#include "shop/till-shop.h"

#include <string>

namespace attacks
{

/*
 * A whole till: shop, ledger, customers, payment sandbox, recognizer and checkout as they are sold, in a folder of their
 * own. Only the picture is exchanged: the checkout's own camera looks at a still nobody reads, and the presentation's
 * frames go into the mailbox the recognizer reads. Needs a keyring.
 */
class TillRun
{
public:
  TillRun ();
  ~TillRun ();
  TillRun (const TillRun &) = delete;
  TillRun &operator= (const TillRun &) = delete;

  /* One sale by face, with consent and the victim's digits. Accepted: the ledger has an approved charge of it. */
  Outcome attempt (Presentation &presentation);

private:
  void open_shop ();
  void enrol_everybody ();
  void begin_sale ();
  void follow ();
  bool is_paid (const std::string &sale);

  std::string m_folder;
  TillProfile *m_profile = nullptr;
  TillShop *m_shop = nullptr;
  TillMailbox *m_blind = nullptr; /* what the checkout's own camera fills */
  TillCheckout *m_checkout = nullptr;
  TillBasket *m_basket = nullptr;
  TillOperatingPoint *m_point = nullptr; /* for the network asked alone */
};

} // namespace attacks
