/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-softmax.hpp"

#include <algorithm>
#include <cmath>

namespace till
{

float
softmax (const cv::Mat &logits, std::size_t index)
{
  const float *first = logits.ptr<float> ();
  const float *end = first + logits.total ();
  const double largest = *std::max_element (first, end);
  double sum = 0;

  for (const float *logit = first; logit < end; logit++)
    sum += std::exp (*logit - largest);
  return static_cast<float> (std::exp (first[index] - largest) / sum);
}

} // namespace till
