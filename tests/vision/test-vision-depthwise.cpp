/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-depthwise-convolution.hpp"

#include <cmath>
#include <glib.h>
#include <opencv2/dnn/all_layers.hpp>

namespace
{

struct Shape
{
  int batch;
  int channels;
  int rows;
  int columns;
  int stride;
  int pad;
  bool bias;
};

cv::Mat
random_tensor (const std::vector<int> &shape)
{
  cv::Mat tensor (shape, CV_32F);

  cv::randu (tensor, -1.0, 1.0);
  return tensor;
}

/* As an ONNX file's convolution reaches OpenCV. */
cv::dnn::LayerParams
convolution (const Shape &shape, int group)
{
  const int kernel[] = { 3, 3 };
  const int stride[] = { shape.stride, shape.stride };
  const int pad[] = { shape.pad, shape.pad, shape.pad, shape.pad };
  cv::dnn::LayerParams params;

  params.name = "convolution";
  params.type = "Convolution";
  params.set ("kernel_size", cv::dnn::DictValue::arrayInt (kernel, 2));
  params.set ("stride", cv::dnn::DictValue::arrayInt (stride, 2));
  params.set ("pad", cv::dnn::DictValue::arrayInt (pad, 4));
  params.set ("group", group);
  params.set ("num_output", shape.channels);
  params.set ("bias_term", shape.bias);
  params.blobs.push_back (random_tensor ({ shape.channels, shape.channels / group, 3, 3 }));
  if (shape.bias)
    params.blobs.push_back (random_tensor ({ shape.channels }));
  return params;
}

float
expected (const Shape &shape,
          const cv::dnn::LayerParams &params,
          const cv::Mat &input,
          const int place[4],
          float slope)
{
  const int channel = place[1];
  double sum = shape.bias ? params.blobs[1].ptr<float> ()[channel] : 0;

  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 3; column++)
      {
        const int y = place[2] * shape.stride - shape.pad + row;
        const int x = place[3] * shape.stride - shape.pad + column;
        const int from[] = { place[0], channel, y, x };

        if (y >= 0 && x >= 0 && y < shape.rows && x < shape.columns)
          sum += static_cast<double> (params.blobs[0].ptr<float> (channel)[3 * row + column])
                 * static_cast<double> (input.at<float> (from));
      }
  return static_cast<float> (sum < 0 ? sum * static_cast<double> (slope) : sum);
}

void
check (const Shape &shape, float slope)
{
  cv::dnn::LayerParams params = convolution (shape, shape.channels);
  const cv::Mat input = random_tensor ({ shape.batch, shape.channels, shape.rows, shape.columns });
  cv::dnn::Net net;

  net.addLayerToPrev (params.name, params.type, params);
  if (slope != 1)
    {
      cv::dnn::LayerParams relu;

      relu.set ("negative_slope", slope);
      net.addLayerToPrev ("relu", "ReLU", relu);
    }
  net.setInput (input);
  const cv::Mat output = net.forward ();
  g_assert_true (dynamic_cast<till::DepthwiseConvolution *> (net.getLayer (1).get ()) != nullptr);
  g_assert_cmpint (output.size[2], ==, (shape.rows + 2 * shape.pad - 3) / shape.stride + 1);
  g_assert_cmpint (output.size[3], ==, (shape.columns + 2 * shape.pad - 3) / shape.stride + 1);

  int at[4];
  for (at[0] = 0; at[0] < output.size[0]; at[0]++)
    for (at[1] = 0; at[1] < output.size[1]; at[1]++)
      for (at[2] = 0; at[2] < output.size[2]; at[2]++)
        for (at[3] = 0; at[3] < output.size[3]; at[3]++)
          g_assert_cmpfloat (std::abs (output.at<float> (at) - expected (shape, params, input, at, slope)), <,
                             1e-5F);
}

void
test_all_widths ()
{
  for (int columns = 1; columns <= 35; columns++)
    for (int stride : { 1, 2 })
      for (int pad : { 0, 1 })
        if (columns + 2 * pad >= 3)
          {
            check ({ 1, 3, 5, columns, stride, pad, true }, 1);
            check ({ 1, 2, 4, columns, stride, pad, false }, 0.25F);
          }
}

void
test_heights_and_batches ()
{
  for (int rows = 1; rows <= 9; rows++)
    for (int stride : { 1, 2 })
      {
        check ({ 1, 5, rows, 14, stride, 1, true }, 0);
        check ({ 3, 2, rows, 7, stride, 1, true }, 1);
      }
}

/* Activations other than a slope of the negative, or with one for each channel. */
void
test_activations ()
{
  const Shape shape = { 1, 6, 8, 10, 1, 1, true };
  cv::dnn::LayerParams params = convolution (shape, shape.channels);
  const cv::Mat input = random_tensor ({ 1, 6, 8, 10 });
  cv::dnn::LayerParams prelu;
  cv::dnn::LayerParams sigmoid;
  cv::dnn::Net plain;
  cv::dnn::Net sloped;
  cv::dnn::Net squashed;

  prelu.blobs = { random_tensor ({ 6 }) };
  plain.addLayerToPrev (params.name, params.type, params);
  plain.setInput (input);
  const cv::Mat before = plain.forward ().clone ();
  sloped.addLayerToPrev (params.name, params.type, params);
  sloped.addLayerToPrev ("prelu", "ChannelsPReLU", prelu);
  sloped.setInput (input);
  const cv::Mat bent = sloped.forward ();
  squashed.addLayerToPrev (params.name, params.type, params);
  squashed.addLayerToPrev ("sigmoid", "Sigmoid", sigmoid);
  squashed.setInput (input);
  const cv::Mat small = squashed.forward ();

  for (int channel = 0; channel < 6; channel++)
    for (int i = 0; i < 80; i++)
      {
        const float x = before.ptr<float> (0, channel)[i];
        const float slope = x > 0 ? 1 : prelu.blobs[0].ptr<float> ()[channel];

        g_assert_cmpfloat (std::abs (bent.ptr<float> (0, channel)[i] - x * slope), <, 1e-5F);
        g_assert_cmpfloat (std::abs (small.ptr<float> (0, channel)[i] - 1 / (1 + std::exp (-x))), <, 1e-5F);
      }
}

/* A scale behind it is taken into the weights. */
void
test_scale ()
{
  const Shape shape = { 1, 6, 8, 10, 1, 1, true };
  cv::dnn::LayerParams params = convolution (shape, shape.channels);
  const cv::Mat input = random_tensor ({ 1, 6, 8, 10 });
  cv::dnn::LayerParams scale;
  cv::dnn::Net plain;
  cv::dnn::Net scaled;

  scale.set ("axis", 1);
  scale.set ("bias_term", true);
  scale.blobs = { random_tensor ({ 6 }), random_tensor ({ 6 }) };
  plain.addLayerToPrev (params.name, params.type, params);
  plain.setInput (input);
  const cv::Mat before = plain.forward ().clone ();
  scaled.addLayerToPrev (params.name, params.type, params);
  scaled.addLayerToPrev ("scale", "Scale", scale);
  scaled.setInput (input);
  const cv::Mat after = scaled.forward ();

  for (int channel = 0; channel < 6; channel++)
    for (int i = 0; i < 80; i++)
      g_assert_cmpfloat (std::abs (after.ptr<float> (0, channel)[i]
                                   - before.ptr<float> (0, channel)[i] * scale.blobs[0].ptr<float> ()[channel]
                                   - scale.blobs[1].ptr<float> ()[channel]),
                         <, 1e-5F);
}

/* What it cannot do stays with OpenCV. */
void
test_others ()
{
  const Shape shape = { 1, 4, 8, 8, 1, 1, true };

  for (int group : { 1, 2 })
    {
      cv::dnn::LayerParams params = convolution (shape, group);
      cv::dnn::Net net;

      net.addLayerToPrev (params.name, params.type, params);
      net.setInput (random_tensor ({ 1, 4, 8, 8 }));
      net.forward ();
      g_assert_true (dynamic_cast<cv::dnn::ConvolutionLayer *> (net.getLayer (1).get ()) != nullptr);
    }
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  till::DepthwiseConvolution::take_over ();
  cv::setNumThreads (2);
  g_test_add_func ("/vision/depthwise/all-widths", test_all_widths);
  g_test_add_func ("/vision/depthwise/heights-and-batches", test_heights_and_batches);
  g_test_add_func ("/vision/depthwise/activations", test_activations);
  g_test_add_func ("/vision/depthwise/scale", test_scale);
  g_test_add_func ("/vision/depthwise/others", test_others);
  return g_test_run ();
}
