/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-quality.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace till
{
namespace
{

/* Above it a camera's picture has next to no more steps. */
constexpr double clipping = 250;

/* Share of the pixels that are as bright as the camera can tell. */
float
clipped (const cv::Mat &grey)
{
  return static_cast<float> (cv::countNonZero (grey >= clipping)) / static_cast<float> (grey.total ());
}

float
side_light (const cv::Mat &grey)
{
  const double left = cv::mean (grey.colRange (0, grey.cols / 2))[0];
  const double right = cv::mean (grey.colRange (grey.cols - grey.cols / 2, grey.cols))[0];

  return left + right > 0 ? static_cast<float> (std::abs (left - right) / (left + right)) : 0;
}

} // namespace

TillFaceQuality
Quality::measure (const cv::Mat &aligned, const cv::Rect &square)
{
  cv::Scalar mean;
  cv::Scalar deviation;
  TillFaceQuality quality = {};

  cv::cvtColor (aligned, m_grey, cv::COLOR_BGR2GRAY);
  cv::Laplacian (m_grey, m_laplacian, CV_16S);

  cv::meanStdDev (m_laplacian, mean, deviation);
  quality.sharpness = static_cast<float> (deviation[0] * deviation[0]);
  cv::meanStdDev (m_grey, mean, deviation);
  quality.brightness = static_cast<float> (mean[0]);
  quality.contrast = static_cast<float> (deviation[0]);
  quality.side_light = side_light (m_grey);
  quality.clipped = clipped (m_grey);
  /* The shorter side of a square cut by the picture's edge: what is missing can't be seen. */
  quality.size = static_cast<float> (std::min (square.width, square.height));
  return quality;
}

void
Quality::wipe ()
{
  m_grey.setTo (0);
  m_laplacian.setTo (0);
}

} // namespace till
