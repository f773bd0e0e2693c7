/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reel.hpp"

#include "vision/till-vision.h"

#include <algorithm>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

/* Decoded at a time. */
constexpr int part_seconds = 10;

std::string
model_file (const std::string &name)
{
  const char *folder = g_getenv ("SMILETILL_MODELS");

  if (folder == nullptr)
    g_error ("SMILETILL_MODELS must name the folder with the fetched clips");
  return std::string (folder) + "/" + name;
}

std::vector<unsigned char>
pack (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame mapped;
  std::vector<unsigned char> packed;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    g_error ("a decoded frame can't be read");
  const cv::Mat bgr (info.height, info.width, CV_8UC3, GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0),
                     static_cast<std::size_t> (GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0)));
  cv::imencode (".jpg", bgr, packed, { cv::IMWRITE_JPEG_QUALITY, 97 });
  gst_video_frame_unmap (&mapped);
  return packed;
}

} // namespace

Reel::Reel (std::string path) : m_path (std::move (path))
{
  gst_init (nullptr, nullptr);
}

Reel &
Reel::of (const std::string &name)
{
  static std::map<std::string, std::unique_ptr<Reel>> reels;
  auto &reel = reels[name];

  if (reel == nullptr)
    reel.reset (new Reel (model_file (name)));
  return *reel;
}

void
Reel::decode (int part)
{
  const std::string words = "filesrc location=\"" + m_path
                            + "\" ! matroskademux ! vp8dec threads=1 ! videoconvert !"
                              " video/x-raw,format=BGR ! appsink name=sink sync=false max-buffers=4";
  g_autoptr (GError) error = nullptr;
  g_autoptr (GstElement) pipeline = gst_parse_launch (words.c_str (), &error);

  if (pipeline == nullptr)
    g_error ("%s", error->message);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  const auto from = static_cast<GstClockTime> (part) * part_seconds * GST_SECOND;
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  gst_element_get_state (pipeline, nullptr, nullptr, GST_CLOCK_TIME_NONE);
  if (part > 0)
    gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
                             static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE),
                             static_cast<gint64> (from));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  auto &frames = m_parts[part];
  while (frames.size () < static_cast<std::size_t> (part_seconds * rate))
    {
      g_autoptr (GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));

      if (sample == nullptr)
        break;
      frames.push_back (pack (sample));
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (frames.empty ())
    g_error ("%s has nothing at %d s", m_path.c_str (), part * part_seconds);
}

cv::Mat
Reel::at (double seconds)
{
  const int number = std::max (0, cvRound (seconds * rate));
  const int part = number / static_cast<int> (part_seconds * rate);

  if (m_parts.find (part) == m_parts.end ())
    decode (part);
  const auto &frames = m_parts[part];
  const auto inside = static_cast<std::size_t> (number % static_cast<int> (part_seconds * rate));
  return cv::imdecode (frames[std::min (inside, frames.size () - 1)], cv::IMREAD_COLOR);
}

cv::Mat
still (const std::string &name)
{
  static std::map<std::string, cv::Mat> stills;
  cv::Mat &small = stills[name];

  if (!small.empty ())
    return small;
  g_autoptr (GError) error = nullptr;
  g_autoptr (TillFrame) read = till_vision_read_photo (model_file (name).c_str (), &error);
  if (read == nullptr)
    g_error ("%s", error->message);
  const cv::Mat photo (till_frame_get_height (read), till_frame_get_width (read), CV_8UC3,
                       const_cast<guint8 *> (till_frame_get_pixels (read)), till_frame_get_stride (read));
  /* Head and shoulders: the upper part of both portraits, as wide as high. */
  const int side = std::min (photo.cols, photo.rows);
  cv::resize (photo (cv::Rect ((photo.cols - side) / 2, 0, side, side)), small, cv::Size (512, 512), 0, 0,
              cv::INTER_AREA);
  return small;
}

} // namespace attacks
