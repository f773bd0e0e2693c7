/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-embedding.hpp"

#include "vision/till-vision-error.hpp"

namespace till
{

Embedding::Embedding (const ModelManifest &manifest) : m_network (manifest, "embedding")
{
  m_network.expect_output (0, { 1, embedding_length });
}

float
Embedding::embed (const cv::Mat &aligned, float *unit)
{
  const cv::Mat &raw = m_network.run (aligned)[0];
  const double length = cv::norm (raw, cv::NORM_L2);

  if (!(length > 0))
    fail (TILL_ERROR_FAILED, "The embedding of this face is zero; take another picture");
  for (int i = 0; i < embedding_length; i++)
    unit[i] = static_cast<float> (static_cast<double> (raw.ptr<float> ()[i]) / length);
  return static_cast<float> (length);
}

void
Embedding::wipe ()
{
  m_network.wipe ();
}

} // namespace till
