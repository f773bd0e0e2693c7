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

double
time_analysis (TillVision *vision, GPtrArray *frames, TillVisionWanted wanted, const char *name, bool stages)
{
  Samples whole = {}, detect = {}, landmarks = {}, quality = {}, liveness = {}, eyes = {}, smile = {},
          embedding = {};
  struct
  {
    const char *name;
    Samples *samples;
  } rows[] = { { "detect", &detect },      { "landmarks and pose", &landmarks },
               { "quality", &quality },    { "liveness", &liveness },
               { "eyes", &eyes },          { "smile", &smile },
               { "embedding", &embedding } };

  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (GError) error = nullptr;
      const gint64 began = g_get_monotonic_time ();
      g_autoptr (TillFaces) faces
          = till_vision_analyse (vision, static_cast<TillFrame *> (frames->pdata[i]), wanted, &error);
      const double ms = static_cast<double> (g_get_monotonic_time () - began) / 1000;

      if (faces == nullptr)
        g_error ("%s", error->message);
      if (i < kWarmUp || till_faces_get_n (faces) != 1)
        continue;
      const TillVisionTimes *times = till_faces_get_times (faces);
      samples_add (&whole, ms);
      samples_add (&detect, static_cast<double> (times->detect));
      samples_add (&landmarks, static_cast<double> (times->landmarks));
      samples_add (&quality, static_cast<double> (times->quality));
      samples_add (&liveness, static_cast<double> (times->liveness));
      samples_add (&eyes, static_cast<double> (times->eyes));
      samples_add (&smile, static_cast<double> (times->smile));
      samples_add (&embedding, static_cast<double> (times->embedding));
    }
  if (stages)
    std::printf (" each stage of an analysis\n");
  for (auto &row : rows)
    {
      if (stages)
        samples_print (row.samples, row.name, "ms");
      samples_clear (row.samples);
    }
  const double median = samples_print (&whole, name, "ms");
  samples_clear (&whole);
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
  const double whole = time_analysis (vision, frames, TILL_VISION_WANT_ALL, "whole analysis, one face", true);
  time_analysis (vision, frames, TILL_VISION_WANT_BOXES, "presence (boxes only)", false);
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
