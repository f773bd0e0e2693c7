/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the networks cost alone, what each stage of an analysis costs, and what the whole costs beside their sum.
 */
#include "samples.h"

#include "vision/till-vision.h"

#include <gst/gst.h>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace
{

constexpr int kRepeats = 40;
constexpr int kWarmUp = 5;

struct Network
{
  const char *name;
  const char *file;
  std::vector<int> shape;
  int times; /* an analysis of one face runs it */
};

const std::vector<Network> networks = {
  { "detector", "fr_detect.onnx", { 1, 3, 240, 320 }, 1 },
  { "landmarks", "fr_landmark.onnx", { 1, 1, 64, 64 }, 1 },
  { "embedding", "fr_feature.onnx", { 1, 3, 112, 112 }, 1 },
  { "liveness", "fr_liveness.onnx", { 1, 3, 128, 128 }, 1 },
  { "expression", "fr_expression.onnx", { 1, 3, 224, 224 }, 1 },
  { "eye", "fr_eye.onnx", { 1, 1, 24, 24 }, 2 },
};

double
time_network (const Network &network)
{
  const std::string path = std::string (g_getenv ("SMILETILL_MODELS")) + "/" + network.file;
  cv::dnn::Net net = cv::dnn::readNetFromONNX (path);
  cv::Mat input (network.shape, CV_32F);
  Samples samples = {};

  cv::randu (input, -1.0, 1.0);
  for (int i = 0; i < kWarmUp + kRepeats; i++)
    {
      const gint64 began = g_get_monotonic_time ();
      net.setInput (input);
      net.forward ();
      if (i >= kWarmUp)
        samples_add (&samples, static_cast<double> (g_get_monotonic_time () - began) / 1000);
    }
  const double median = samples_print (&samples, network.name, "ms");
  samples_clear (&samples);
  return median;
}

double
time_networks ()
{
  double sum = 0;

  std::printf (" each network alone\n");
  for (const Network &network : networks)
    sum += network.times * time_network (network);
  std::printf ("  %-34s %8.2f ms\n", "sum for one face (eye twice)", sum);
  return sum;
}

/* What a till asks of a frame in which the face is only carried along, and of a photograph. */
constexpr auto kFollowed = static_cast<TillVisionWanted> (TILL_VISION_WANT_LANDMARKS
                                                          | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EYES);
constexpr auto kPhotograph
    = static_cast<TillVisionWanted> (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_EMBEDDING);

struct Stage
{
  const char *name;
  float TillVisionTimes::*time;
  Samples samples;
};

/* @last (nullable): the face to follow. */
TillFaces *
look (TillVision *vision, TillFrame *frame, const TillFace *last, TillVisionWanted wanted)
{
  g_autoptr (GError) error = nullptr;
  TillFaces *faces = last != nullptr ? till_vision_follow (vision, frame, last, wanted, &error)
                                     : till_vision_analyse (vision, frame, wanted, &error);

  if (faces == nullptr)
    g_error ("%s", error->message);
  return faces;
}

void
print_stages (std::vector<Stage> &stages)
{
  for (Stage &stage : stages)
    {
      if (samples_median (&stage.samples) > 0)
        samples_print (&stage.samples, stage.name, "ms");
      samples_clear (&stage.samples);
    }
}

/* Detects in every frame, or, @follow, in the first alone. */
double
time_analysis (TillVision *vision, GPtrArray *frames, TillVisionWanted wanted, bool follow, const char *name)
{
  std::vector<Stage> stages = { { "  detect", &TillVisionTimes::detect, {} },
                                { "  landmarks and pose", &TillVisionTimes::landmarks, {} },
                                { "  quality", &TillVisionTimes::quality, {} },
                                { "  liveness", &TillVisionTimes::liveness, {} },
                                { "  eyes", &TillVisionTimes::eyes, {} },
                                { "  smile", &TillVisionTimes::smile, {} },
                                { "  embedding", &TillVisionTimes::embedding, {} } };
  Samples whole = {};
  g_autoptr (TillFaces) last = nullptr;

  for (guint i = 0; i < frames->len; i++)
    {
      const bool known = follow && last != nullptr && till_faces_get_n (last) == 1;
      const gint64 began = g_get_monotonic_time ();
      TillFaces *faces = look (vision, static_cast<TillFrame *> (frames->pdata[i]),
                               known ? till_faces_get (last, 0) : nullptr, wanted);
      const double ms = static_cast<double> (g_get_monotonic_time () - began) / 1000;

      g_clear_pointer (&last, till_faces_unref);
      last = faces;
      if (i < kWarmUp || till_faces_get_n (faces) != 1 || known != follow)
        continue;
      samples_add (&whole, ms);
      for (Stage &stage : stages)
        samples_add (&stage.samples, static_cast<double> (till_faces_get_times (faces)->*stage.time));
    }
  const double median = samples_print (&whole, name, "ms");
  samples_clear (&whole);
  print_stages (stages);
  return median;
}

void
time_with_threads (int threads, GPtrArray *frames)
{
  g_autoptr (GError) error = nullptr;
  g_autoptr (TillVision) vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), threads, &error);

  if (vision == nullptr)
    g_error ("%s", error->message);
  std::printf ("%d thread%s\n", threads, threads == 1 ? "" : "s");
  cv::setNumThreads (threads);
  const double sum = time_networks ();
  std::printf (" analyses, and each stage of them\n");
  const double whole
      = time_analysis (vision, frames, TILL_VISION_WANT_ALL, false, "whole analysis, one face");
  time_analysis (vision, frames, TILL_VISION_WANT_BOXES, false, "presence (boxes only)");
  time_analysis (vision, frames, kPhotograph, false, "a photograph, to its embedding");
  time_analysis (vision, frames, kFollowed, true, "a followed frame, with eyes");
  std::printf ("  %-34s %8.2f      (aim: at most 1.30)\n\n", "whole analysis / sum of networks", whole / sum);
}

} // namespace

int
main (int argc, char **argv)
{
  cv::utils::logging::setLogLevel (cv::utils::logging::LOG_LEVEL_SILENT);
  gst_init (&argc, &argv);
  g_autoptr (GPtrArray) frames = sample_frames ("franck.webm", "@0-20", 8, kWarmUp + kRepeats);

  std::printf ("Vision: medians, least … most (repeats); frames of franck.webm\n\n");
  for (int threads : { 1, 2 })
    time_with_threads (threads, frames);
  return 0;
}
