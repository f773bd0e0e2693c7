/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <map>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace attacks
{

/*
 * The frames of a fetched clip, by number. Parts are decoded when they are first asked for and kept packed in memory;
 * nothing is written to disk.
 */
class Reel
{
public:
  static constexpr double rate = 25;

  /* The clip of that name in the models' folder, opened once. */
  static Reel &of (const std::string &name);

  /* The frame shown at that second, BGR. */
  cv::Mat at (double seconds);

private:
  explicit Reel (std::string path);
  void decode (int part);

  std::string m_path;
  std::map<int, std::vector<std::vector<unsigned char>>> m_parts;
};

/* A photograph in the models' folder, BGR, its face cropped to about the clips' framing. */
cv::Mat still (const std::string &name);

} // namespace attacks
