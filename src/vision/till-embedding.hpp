/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-network.hpp"

namespace till
{

constexpr int embedding_length = 512;

/* Tells people apart. */
class Embedding
{
public:
  explicit Embedding (const ModelManifest &manifest);

  /* Writes the unit vector of an aligned face to @unit, %embedding_length floats; gives the length it had. */
  float embed (const cv::Mat &aligned, float *unit);

  void wipe ();

private:
  Network m_network;
};

} // namespace till
