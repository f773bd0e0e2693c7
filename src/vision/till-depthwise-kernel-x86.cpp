/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-depthwise-kernel.hpp"

namespace till
{
namespace
{

__attribute__ ((target ("avx2,fma"))) void
depthwise_row_avx2 (const float *in,
                    std::size_t pitch,
                    const float *weights,
                    float bias,
                    float slope,
                    std::size_t groups,
                    float *out)
{
  depthwise_row_plain (in, pitch, weights, bias, slope, groups, out);
}

} // namespace

DepthwiseRow
depthwise_row ()
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") ? depthwise_row_avx2
                                                                           : depthwise_row_plain;
}

} // namespace till
