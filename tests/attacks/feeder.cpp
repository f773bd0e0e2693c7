/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feeder.hpp"

#include <algorithm>

namespace attacks
{

Feeder::Feeder (Presentation &presentation, TillMailbox *mailbox)
    : m_presentation (presentation), m_mailbox (till_mailbox_ref (mailbox)), m_thread (&Feeder::run, this)
{
}

Feeder::~Feeder ()
{
  m_stopped = true;
  m_thread.join ();
  till_mailbox_unref (m_mailbox);
}

void
Feeder::run ()
{
  constexpr auto step_us = static_cast<gint64> (G_USEC_PER_SEC / Reel::rate);
  const gint64 began_us = g_get_monotonic_time ();
  gint64 due_us = began_us;

  for (guint64 serial = 0; !m_stopped; serial++)
    {
      const double seconds = static_cast<double> (due_us - began_us) / G_USEC_PER_SEC;
      const cv::Mat bgr = m_presentation.show ({ seconds, m_smile_asked });
      const gint64 now_us = g_get_monotonic_time ();
      g_autoptr (TillFrame) frame = till_frame_new (bgr.data, bgr.cols, bgr.rows, bgr.step, now_us, serial);

      till_mailbox_put (m_mailbox, frame);
      /* A machine too slow for the rate leaves frames out, as a camera does. */
      due_us = std::max (due_us + step_us, now_us);
      g_usleep (static_cast<gulong> (std::max<gint64> (0, due_us - g_get_monotonic_time ())));
    }
}

} // namespace attacks
