/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-model-manifest.hpp"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

namespace till
{

/* A loaded network with its pre-processing: pictures of any size in, checked tensors out. */
class Network
{
public:
  /* Loads the network of @role and runs it once on black. Throws as till_vision_new() fails. */
  Network (const ModelManifest &manifest, const std::string &role);

  /*
   * Scales @picture (8 bits, BGR or grey) to the network's input and runs it. The tensors are in the manifest's order,
   * finite, and belong to the network until its next run.
   */
  const std::vector<cv::Mat> &run (const cv::Mat &picture);

  /* Throws TILL_ERROR_CORRUPT unless tensor @index of the output is shaped so; -1 stands for any length. */
  void expect_output (std::size_t index, const std::vector<int> &shape) const;

  /* Width and height of the input. */
  cv::Size input_size () const;

  /* Clears what the last run left of its picture in the buffers at either end; nothing to do without one. */
  void wipe ();

private:
  void load ();
  void check_outputs () const;
  bool finite () const;
  void fill_input (const cv::Mat &picture);
  void fill_planes (const cv::Mat &pixels);
  void forward (const cv::Mat &picture);

  Model m_model;
  cv::dnn::Net m_net;
  std::vector<cv::String> m_output_names;
  std::vector<cv::Mat> m_outputs;
  cv::Mat m_grey;
  cv::Mat m_scaled;
  std::vector<cv::Mat> m_planes;
  cv::Mat m_input;
  bool m_used = false; /* since it was wiped */
};

} // namespace till
