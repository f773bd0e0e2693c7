/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-depthwise-kernel.hpp"

namespace till
{

DepthwiseRow
depthwise_row ()
{
  return depthwise_row_plain;
}

} // namespace till
