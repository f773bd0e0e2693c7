/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network-alone.hpp"

#include "recognition/till-quality-gate.h"

namespace attacks
{

NetworkAlone::NetworkAlone (TillOperatingPoint *point) : m_point (till_operating_point_ref (point))
{
  till_liveness_evidence_init (&m_looks, m_point);
}

NetworkAlone::~NetworkAlone ()
{
  till_operating_point_unref (m_point);
}

bool
NetworkAlone::believes (const TillSighting *sighting)
{
  guint looks = 0;

  for (guint i = 0; i < till_faces_get_n (sighting->faces); i++)
    {
      const TillFace *face = till_faces_get (sighting->faces, i);

      if ((face->measured & TILL_VISION_WANT_LIVENESS) != 0
          && till_quality_gate_judge (m_point, face, sighting->frame_height) == TILL_HINT_NONE)
        till_liveness_evidence_add (&m_looks, static_cast<double> (face->live), sighting->captured_us);
    }
  const double live = till_liveness_evidence_get_probability (&m_looks, sighting->captured_us, &looks);
  return looks >= m_point->live_frames && live >= m_point->live_score;
}

TillOperatingPoint *
load_operating_point ()
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", nullptr);
  g_autoptr (GError) error = nullptr;
  TillOperatingPoint *point = till_operating_point_load (path, &error);

  if (point == nullptr)
    g_error ("%s", error->message);
  return point;
}

} // namespace attacks
