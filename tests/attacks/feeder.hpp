/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "presentation.hpp"

#include "camera/till-mailbox.h"

#include <atomic>
#include <thread>

namespace attacks
{

/*
 * A camera before which a presentation stands: draws it in real time on a thread of its own and puts the frames where
 * the till's camera would put them. What the till asks comes back to the presentation, so that it can answer.
 */
class Feeder
{
public:
  Feeder (Presentation &presentation, TillMailbox *mailbox);
  /* Stops. */
  ~Feeder ();
  Feeder (const Feeder &) = delete;
  Feeder &operator= (const Feeder &) = delete;

  void ask_for_smile (bool asked)
  {
    m_smile_asked = asked;
  }

private:
  void run ();

  Presentation &m_presentation;
  TillMailbox *m_mailbox;
  std::atomic<bool> m_smile_asked{ false };
  std::atomic<bool> m_stopped{ false };
  std::thread m_thread;
};

} // namespace attacks
