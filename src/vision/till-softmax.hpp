/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <opencv2/core.hpp>

namespace till
{

/* Share of element @index in the softmax of all @logits, 0..1. */
float softmax (const cv::Mat &logits, std::size_t index);

} // namespace till
