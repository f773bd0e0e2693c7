/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-depthwise-convolution.hpp"

#include <algorithm>
#include <mutex>
#include <opencv2/dnn/all_layers.hpp>
#include <opencv2/dnn/shape_utils.hpp>

namespace till
{
namespace
{

constexpr int kernel_side = 3;
constexpr int taps = kernel_side * kernel_side;

bool
all_are (const cv::dnn::LayerParams &params, const char *name, int value)
{
  if (!params.has (name))
    return true;

  const cv::dnn::DictValue &values = params.get (name);
  for (int i = 0; i < values.size (); i++)
    if (values.get<int> (i) != value)
      return false;
  return true;
}

int
first_of (const cv::dnn::LayerParams &params, const char *name, int otherwise)
{
  return params.has (name) ? params.get (name).get<int> (0) : otherwise;
}

/* One that this file knows how to do: constant weights, 3x3, square strides and pads of at most one. */
bool
is_ours (const cv::dnn::LayerParams &params)
{
  if (params.blobs.empty () || params.blobs[0].dims != 4 || params.blobs[0].type () != CV_32F
      || !params.blobs[0].isContinuous () || params.has ("pad_mode"))
    return false;

  const cv::Mat &weights = params.blobs[0];
  const int stride = first_of (params, "stride", 1);
  const int pad = first_of (params, "pad", 0);
  return weights.size[0] > 1 && weights.size[1] == 1 && weights.size[2] == kernel_side
         && weights.size[3] == kernel_side && first_of (params, "group", 1) == weights.size[0]
         && first_of (params, "num_output", 0) == weights.size[0] && (stride == 1 || stride == 2)
         && (pad == 0 || pad == 1) && all_are (params, "stride", stride) && all_are (params, "pad", pad)
         && all_are (params, "dilation", 1);
}

cv::Ptr<cv::dnn::Layer>
create (cv::dnn::LayerParams &params)
{
  if (is_ours (params))
    return cv::makePtr<DepthwiseConvolution> (params);
  return cv::dnn::ConvolutionLayer::create (params);
}

/* Of a ReLU or PReLU, one a channel; none of other activations. */
std::vector<float>
slopes_of (const cv::Ptr<cv::dnn::ActivationLayer> &activation, std::size_t channels)
{
  const auto relu = activation.dynamicCast<cv::dnn::ReLULayer> ();
  const auto prelu = activation.dynamicCast<cv::dnn::ChannelsPReLULayer> ();

  if (relu)
    return std::vector<float> (channels, relu->negativeSlope);
  if (prelu && prelu->blobs.size () == 1 && prelu->blobs[0].type () == CV_32F
      && prelu->blobs[0].total () == channels)
    return std::vector<float> (prelu->blobs[0].begin<float> (), prelu->blobs[0].end<float> ());
  return {};
}

std::size_t
groups_of (int columns)
{
  return (static_cast<std::size_t> (columns) + depthwise_lanes - 1) / depthwise_lanes;
}

/* Floats from one row of the padded picture to the next. */
std::size_t
pitch_of (int columns)
{
  return (groups_of (columns + 2) + 1) * depthwise_lanes;
}

} // namespace

void
DepthwiseConvolution::take_over ()
{
  static std::once_flag once;

  std::call_once (once, [] { cv::dnn::LayerFactory::registerLayer ("Convolution", create); });
}

DepthwiseConvolution::DepthwiseConvolution (const cv::dnn::LayerParams &params)
    : m_row (depthwise_row ()), m_channels (params.blobs[0].size[0]),
      m_stride (first_of (params, "stride", 1)), m_pad (first_of (params, "pad", 0))
{
  const float *weights = params.blobs[0].ptr<float> ();

  setParamsFrom (params);
  m_weights.assign (weights, weights + static_cast<std::ptrdiff_t> (taps) * m_channels);
  if (params.blobs.size () > 1)
    m_biases.assign (params.blobs[1].ptr<float> (), params.blobs[1].ptr<float> () + m_channels);
  else
    m_biases.assign (static_cast<std::size_t> (m_channels), 0);
}

bool
DepthwiseConvolution::getMemoryShapes (const std::vector<cv::dnn::MatShape> &inputs,
                                       int,
                                       std::vector<cv::dnn::MatShape> &outputs,
                                       std::vector<cv::dnn::MatShape> &) const
{
  CV_Assert (inputs.size () == 1 && inputs[0].size () == 4 && inputs[0][1] == m_channels);
  const int rows = inputs[0][2] + 2 * m_pad - kernel_side;
  const int columns = inputs[0][3] + 2 * m_pad - kernel_side;

  CV_Assert (rows >= 0 && columns >= 0);
  outputs.assign (1, { inputs[0][0], m_channels, rows / m_stride + 1, columns / m_stride + 1 });
  return false;
}

bool
DepthwiseConvolution::setActivation (const cv::Ptr<cv::dnn::ActivationLayer> &activation)
{
  if (!m_activation.empty () && !activation.empty ())
    return false;
  m_activation = activation;
  m_slopes = slopes_of (activation, m_biases.size ());
  return true;
}

bool
DepthwiseConvolution::tryFuse (cv::Ptr<cv::dnn::Layer> &top)
{
  cv::Mat scale;
  cv::Mat shift;

  if (!m_activation.empty ())
    return false;
  top->getScaleShift (scale, shift);
  const auto fits = [&] (const cv::Mat &values) {
    return values.empty () || (values.type () == CV_32F && values.total () == m_biases.size ());
  };
  if ((scale.empty () && shift.empty ()) || !fits (scale) || !fits (shift))
    return false;
  for (std::size_t channel = 0; channel < m_biases.size (); channel++)
    {
      const float factor = scale.empty () ? 1 : scale.ptr<float> ()[channel];

      for (std::size_t tap = 0; tap < taps; tap++)
        m_weights[channel * taps + tap] *= factor;
      m_biases[channel] = m_biases[channel] * factor + (shift.empty () ? 0 : shift.ptr<float> ()[channel]);
    }
  return true;
}

/* @scratch: the padded picture, its borders already zero, and after it one row of the output. */
void
DepthwiseConvolution::convolve (
    const cv::Mat &input, int item, int channel, float *scratch, float *output, int rows, int columns) const
{
  const int height = input.size[2];
  const int width = input.size[3];
  const std::size_t pitch = pitch_of (width);
  const float *picture = input.ptr<float> (item, channel);
  const float *weights = &m_weights[static_cast<std::size_t> (channel) * taps];
  const float bias = m_biases[static_cast<std::size_t> (channel)];
  const float slope = m_slopes.empty () ? 1 : m_slopes[static_cast<std::size_t> (channel)];
  float *line = scratch + pitch * static_cast<std::size_t> (height + 2);
  const std::size_t groups = groups_of (m_stride * (columns - 1) + 1);

  for (int row = 0; row < height; row++)
    std::copy_n (picture + static_cast<std::ptrdiff_t> (row) * width, width,
                 scratch + pitch * static_cast<std::size_t> (row + m_pad) + m_pad);
  for (int row = 0; row < rows; row++, output += columns)
    {
      /* A row's last group may reach into the next row, which is written after it. */
      const bool direct = m_stride == 1 && row + 1 < rows && columns >= static_cast<int> (depthwise_lanes);

      m_row (scratch + pitch * static_cast<std::size_t> (row * m_stride), pitch, weights, bias, slope, groups,
             direct ? output : line);
      if (m_stride == 2)
        for (int column = 0; column < columns; column++)
          output[column] = line[column * 2];
      else if (!direct)
        std::copy_n (line, columns, output);
    }
}

void
DepthwiseConvolution::forward (cv::InputArrayOfArrays inputs,
                               cv::OutputArrayOfArrays outputs,
                               cv::OutputArrayOfArrays)
{
  std::vector<cv::Mat> in;
  std::vector<cv::Mat> out;

  inputs.getMatVector (in);
  outputs.getMatVector (out);
  CV_Assert (in[0].isContinuous ());
  const int rows = out[0].size[2];
  const int columns = out[0].size[3];
  const std::size_t area = static_cast<std::size_t> (rows) * static_cast<std::size_t> (columns);
  const std::size_t length = pitch_of (in[0].size[3]) * static_cast<std::size_t> (in[0].size[2] + 3);

  cv::parallel_for_ (
      cv::Range (0, in[0].size[0] * m_channels),
      [&] (const cv::Range &planes) {
        cv::AutoBuffer<float> scratch (length);

        std::fill_n (scratch.data (), length, 0.F);
        for (int i = planes.start; i < planes.end; i++)
          {
            const int channel = i % m_channels;
            float *plane = out[0].ptr<float> (i / m_channels, channel);

            convolve (in[0], i / m_channels, channel, scratch.data (), plane, rows, columns);
            if (!m_activation.empty () && m_slopes.empty ())
              m_activation->forwardSlice (plane, plane, static_cast<int> (area), area, channel, channel + 1);
          }
      },
      cv::getNumThreads ());
}

int64
DepthwiseConvolution::getFLOPS (const std::vector<cv::dnn::MatShape> &,
                                const std::vector<cv::dnn::MatShape> &outputs) const
{
  return static_cast<int64> (2 * taps + 1) * cv::dnn::total (outputs[0]);
}

} // namespace till
