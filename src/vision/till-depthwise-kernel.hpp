/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cstddef>

namespace till
{

/* Floats that are worked on together; rows are padded to whole groups of them. */
constexpr std::size_t depthwise_lanes = 8;

/*
 * One row of a 3x3 convolution: @out[i] = @bias + the sum over three rows of @in, @pitch floats apart, of
 * @weights times the floats from i on, and @slope times as much where that is negative. @groups of %depthwise_lanes are written; each row of @in has two floats more.
 */
using DepthwiseRow = void (*) (const float *in,
                               std::size_t pitch,
                               const float *weights,
                               float bias,
                               float slope,
                               std::size_t groups,
                               float *out);

/* The quickest for this processor. */
DepthwiseRow depthwise_row ();

/* For any processor, and the body of the others. */
inline __attribute__ ((always_inline)) void
depthwise_row_plain (const float *in,
                     std::size_t pitch,
                     const float *weights,
                     float bias,
                     float slope,
                     std::size_t groups,
                     float *out)
{
  /* Not aligned, and may alias the floats it is read from. */
  using Lanes
      __attribute__ ((vector_size (depthwise_lanes * sizeof (float)), aligned (alignof (float)), may_alias))
      = float;

  /* Held in registers: the compiler can't decide so by itself, as @out might be where they are. */
  Lanes spread[9];
  const Lanes start = Lanes{} + bias;

#pragma GCC unroll 9
  for (std::size_t tap = 0; tap < 9; tap++)
    spread[tap] = Lanes{} + weights[tap];
  for (std::size_t group = 0; group < groups; group++, in += depthwise_lanes, out += depthwise_lanes)
    {
      Lanes sum = start;

#pragma GCC unroll 9
      for (std::size_t tap = 0; tap < 9; tap++)
        sum += *reinterpret_cast<const Lanes *> (in + tap / 3 * pitch + tap % 3) * spread[tap];
      *reinterpret_cast<Lanes *> (out) = sum > 0 ? sum : sum * slope;
    }
}

} // namespace till
