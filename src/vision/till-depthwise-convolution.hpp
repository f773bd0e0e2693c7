/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-depthwise-kernel.hpp"

#include <opencv2/dnn.hpp>
#include <opencv2/dnn/layer.hpp>

namespace till
{

/*
 * A 3x3 convolution of each channel by itself, with the activation that follows it. OpenCV 4.6 has vector code for
 * pictures of 18 columns or more alone (modules/dnn/src/layers/convolution_layer.cpp), and the networks spend most of
 * theirs on narrower ones.
 */
class DepthwiseConvolution : public cv::dnn::Layer
{
public:
  /* From now on every network that is loaded in this process has its 3x3 depthwise convolutions done here. */
  static void take_over ();

  explicit DepthwiseConvolution (const cv::dnn::LayerParams &params);

  bool getMemoryShapes (const std::vector<cv::dnn::MatShape> &inputs,
                        int required_outputs,
                        std::vector<cv::dnn::MatShape> &outputs,
                        std::vector<cv::dnn::MatShape> &internals) const override;
  bool setActivation (const cv::Ptr<cv::dnn::ActivationLayer> &activation) override;
  bool tryFuse (cv::Ptr<cv::dnn::Layer> &top) override;
  void forward (cv::InputArrayOfArrays inputs,
                cv::OutputArrayOfArrays outputs,
                cv::OutputArrayOfArrays internals) override;
  int64 getFLOPS (const std::vector<cv::dnn::MatShape> &inputs,
                  const std::vector<cv::dnn::MatShape> &outputs) const override;

private:
  void convolve (const cv::Mat &input,
                 int item,
                 int channel,
                 float *scratch,
                 float *output,
                 int rows,
                 int columns) const;

  DepthwiseRow m_row;
  int m_channels;
  int m_stride;
  int m_pad;
  std::vector<float> m_weights; /* nine a channel */
  std::vector<float> m_biases;
  cv::Ptr<cv::dnn::ActivationLayer> m_activation;
  std::vector<float>
      m_slopes; /* what the activation makes of negative numbers, where that is all it does: one a channel */
};

} // namespace till
