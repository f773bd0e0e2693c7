/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-vision.h"

#include "vision/till-detector.hpp"
#include "vision/till-embedding.hpp"
#include "vision/till-eyes.hpp"
#include "vision/till-face-alignment.hpp"
#include "vision/till-face-follower.hpp"
#include "vision/till-faces-private.h"
#include "vision/till-grid.hpp"
#include "vision/till-head-pose.hpp"
#include "vision/till-landmarks.hpp"
#include "vision/till-liveness.hpp"
#include "vision/till-quality.hpp"
#include "vision/till-smile.hpp"
#include "vision/till-vision-error.hpp"

#include <algorithm>
#include <chrono>
#include <opencv2/core/utils/logger.hpp>

static_assert (TILL_VISION_LANDMARKS == till::landmark_count);
static_assert (TILL_VISION_EMBEDDING == till::embedding_length);

namespace
{

/* OpenCV has no matrix of constant pixels; nothing here writes to them. */
cv::Mat
pixels_of (const TillFrame *frame)
{
  return cv::Mat (till_frame_get_height (frame), till_frame_get_width (frame), CV_8UC3,
                  const_cast<guint8 *> (till_frame_get_pixels (frame)), till_frame_get_stride (frame));
}

constexpr int most_threads = 256;

/* Adds the time it lives to a stage's. */
class Stopwatch
{
public:
  explicit Stopwatch (float &milliseconds) : m_milliseconds (milliseconds), m_start (Clock::now ())
  {
  }

  Stopwatch (const Stopwatch &) = delete;
  Stopwatch &operator= (const Stopwatch &) = delete;

  ~Stopwatch ()
  {
    m_milliseconds += std::chrono::duration<float, std::milli> (Clock::now () - m_start).count ();
  }

private:
  using Clock = std::chrono::steady_clock;

  float &m_milliseconds;
  Clock::time_point m_start;
};

TillBox
to_box (const cv::Rect2f &rectangle)
{
  return { rectangle.x, rectangle.y, rectangle.width, rectangle.height };
}

} // namespace

struct _TillVision
{
public:
  explicit _TillVision (const till::ModelManifest &manifest)
      : m_detector (manifest), m_landmarks (manifest), m_embedding (manifest), m_liveness (manifest),
        m_eyes (manifest), m_smile (manifest), m_follower (m_landmarks)
  {
  }

  TillFaces *analyse (const cv::Mat &bgr, unsigned wanted)
  {
    return run ([&] (TillVisionTimes &times) { return find (bgr, wanted, times); });
  }

  TillFaces *follow (const cv::Mat &bgr, const TillFace &last, unsigned wanted)
  {
    return run ([&] (TillVisionTimes &times) { return find_again (bgr, last, wanted, times); });
  }

private:
  /* Whatever comes of @work, no buffer keeps the picture. */
  template <typename Work> TillFaces *run (Work work)
  {
    TillVisionTimes times = {};
    g_autoptr (TillFaces) faces = nullptr;

    try
      {
        Stopwatch total (times.total);

        faces = work (times);
      }
    catch (...)
      {
        wipe ();
        throw;
      }
    wipe ();
    *till_faces_edit_times (faces) = times;
    return static_cast<TillFaces *> (g_steal_pointer (&faces));
  }

  TillFaces *find (const cv::Mat &bgr, unsigned wanted, TillVisionTimes &times)
  {
    const std::vector<till::Detection> found = detect (bgr, times);
    g_autoptr (TillFaces) faces = till_faces_new (static_cast<guint> (found.size ()));

    for (guint i = 0; i < found.size (); i++)
      {
        TillFace *face = till_faces_edit (faces, i);

        place (found[i], *face);
        if (i == 0 || (wanted & TILL_VISION_LARGEST_ONLY) == 0)
          measure (bgr, found[i].square, wanted & TILL_VISION_WANT_ALL, *face, times);
      }
    return static_cast<TillFaces *> (g_steal_pointer (&faces));
  }

  TillFaces *find_again (const cv::Mat &bgr, const TillFace &last, unsigned wanted, TillVisionTimes &times)
  {
    const std::optional<till::FollowedFace> found = carry (bgr, last, times);
    g_autoptr (TillFaces) faces = till_faces_new (found ? 1 : 0);

    if (found)
      {
        TillFace *face = till_faces_edit (faces, 0);

        place (found->place, *face);
        face->followed = TRUE;
        describe_landmarks (found->landmarks, *face);
        measure_with (bgr, found->place.square, found->landmarks, wanted & TILL_VISION_WANT_ALL, *face,
                      times);
      }
    return static_cast<TillFaces *> (g_steal_pointer (&faces));
  }

  std::optional<till::FollowedFace> carry (const cv::Mat &bgr, const TillFace &last, TillVisionTimes &times)
  {
    Stopwatch stage (times.landmarks);
    till::LandmarkPoints points;

    std::transform (std::begin (last.landmarks), std::end (last.landmarks), points.begin (),
                    [] (const TillPoint &point) { return cv::Point2f (point.x, point.y); });
    return m_follower.follow (bgr, points, last.score);
  }

  static void place (const till::Detection &found, TillFace &face)
  {
    face.box = to_box (found.box);
    face.square = to_box (found.square);
    face.score = found.score;
  }

  std::vector<till::Detection> detect (const cv::Mat &bgr, TillVisionTimes &times)
  {
    Stopwatch stage (times.detect);

    return m_detector.detect (bgr);
  }

  void measure (
      const cv::Mat &bgr, const cv::Rect &square, unsigned wanted, TillFace &face, TillVisionTimes &times)
  {
    if (wanted == TILL_VISION_WANT_BOXES)
      return;

    measure_with (bgr, square, place_landmarks (bgr, square, face, times), wanted, face, times);
  }

  void measure_with (const cv::Mat &bgr,
                     const cv::Rect &square,
                     const till::LandmarkPoints &points,
                     unsigned wanted,
                     TillFace &face,
                     TillVisionTimes &times)
  {
    if ((wanted & TILL_VISION_WANT_LIVENESS) != 0)
      {
        Stopwatch stage (times.liveness);

        face.live = m_liveness.judge (bgr, square);
      }
    if ((wanted & TILL_VISION_WANT_CLOSE_LIVENESS) != 0)
      {
        Stopwatch stage (times.liveness);

        face.live_close = m_liveness.judge_close (bgr, square);
      }
    if ((wanted & TILL_VISION_WANT_GRID) != 0)
      {
        Stopwatch stage (times.grid);

        face.grid = m_grid.measure (bgr, square);
      }
    if ((wanted & TILL_VISION_WANT_EYES) != 0)
      {
        Stopwatch stage (times.eyes);
        const std::array<float, 2> closed = m_eyes.judge (bgr, points);

        std::copy (closed.begin (), closed.end (), face.eyes_closed);
      }
    if ((wanted & TILL_VISION_WANT_SMILE) != 0)
      {
        Stopwatch stage (times.smile);

        face.smile = m_smile.judge (bgr, square);
      }
    if ((wanted & (TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EMBEDDING)) != 0)
      measure_aligned (bgr, square, points, wanted, face, times);
    face.measured = static_cast<TillVisionWanted> (wanted | TILL_VISION_WANT_LANDMARKS);
  }

  till::LandmarkPoints
  place_landmarks (const cv::Mat &bgr, const cv::Rect &square, TillFace &face, TillVisionTimes &times)
  {
    Stopwatch stage (times.landmarks);
    const till::LandmarkPoints points = m_landmarks.place (bgr, square);

    describe_landmarks (points, face);
    return points;
  }

  void describe_landmarks (const till::LandmarkPoints &points, TillFace &face) const
  {
    const till::HeadAngles angles = m_pose.estimate (points);

    std::transform (points.begin (), points.end (), face.landmarks, [] (const cv::Point2f &point) {
      return TillPoint{ point.x, point.y };
    });
    face.pose.yaw = angles.yaw;
    face.pose.pitch = angles.pitch;
    face.pose.roll = angles.roll;
  }

  void measure_aligned (const cv::Mat &bgr,
                        const cv::Rect &square,
                        const till::LandmarkPoints &points,
                        unsigned wanted,
                        TillFace &face,
                        TillVisionTimes &times)
  {
    const bool embed = (wanted & TILL_VISION_WANT_EMBEDDING) != 0;
    const cv::Mat *aligned;
    {
      Stopwatch stage (embed ? times.embedding : times.quality);

      aligned = &m_alignment.align (bgr, points);
    }
    if ((wanted & TILL_VISION_WANT_QUALITY) != 0)
      {
        Stopwatch stage (times.quality);

        face.quality = m_quality.measure (*aligned, square);
      }
    if (embed)
      {
        Stopwatch stage (times.embedding);

        face.strength = m_embedding.embed (*aligned, face.embedding);
      }
  }

  void wipe ()
  {
    m_detector.wipe ();
    m_landmarks.wipe ();
    m_embedding.wipe ();
    m_liveness.wipe ();
    m_grid.wipe ();
    m_eyes.wipe ();
    m_smile.wipe ();
    m_alignment.wipe ();
    m_quality.wipe ();
  }

  till::Detector m_detector;
  till::Landmarks m_landmarks;
  till::Embedding m_embedding;
  till::Liveness m_liveness;
  till::Grid m_grid;
  till::Eyes m_eyes;
  till::Smile m_smile;
  till::HeadPose m_pose;
  till::FaceAlignment m_alignment;
  till::Quality m_quality;
  till::FaceFollower m_follower;
};

TillVision *
till_vision_new (const char *models_dir, int threads, GError **error)
{
  g_return_val_if_fail (models_dir != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  try
    {
      if (threads < 0 || threads > most_threads)
        till::fail (TILL_ERROR_INVALID, "%d is no number of threads for the networks: 0 (automatic) to %d",
                    threads, most_threads);
      cv::utils::logging::setLogLevel (cv::utils::logging::LOG_LEVEL_SILENT);
      /* Threads are then made by whoever analyses first, and are confined where that one is. */
      cv::setNumThreads (1);
      auto *self = new _TillVision (till::ModelManifest (models_dir));
      /* For OpenCV 0 means none but the caller's, and below 0 its own choice. */
      cv::setNumThreads (threads == 0 ? -1 : threads);
      return self;
    }
  catch (...)
    {
      till::take_exception (error, "Loading the networks");
      return NULL;
    }
}

void
till_vision_free (TillVision *self)
{
  delete self;
}

TillFaces *
till_vision_analyse (TillVision *self, TillFrame *frame, TillVisionWanted wanted, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (frame != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  try
    {
      return self->analyse (pixels_of (frame), wanted);
    }
  catch (...)
    {
      till::take_exception (error, "Looking for faces");
      return NULL;
    }
}

TillFaces *
till_vision_follow (
    TillVision *self, TillFrame *frame, const TillFace *last, TillVisionWanted wanted, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (frame != NULL, NULL);
  g_return_val_if_fail (last != NULL && (last->measured & TILL_VISION_WANT_LANDMARKS) != 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  try
    {
      return self->follow (pixels_of (frame), *last, wanted);
    }
  catch (...)
    {
      till::take_exception (error, "Following a face");
      return NULL;
    }
}

float
till_vision_compare (const float *a, const float *b)
{
  float sum = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  for (int i = 0; i < TILL_VISION_EMBEDDING; i++)
    sum += a[i] * b[i];
  return std::clamp (sum, -1.F, 1.F);
}

char *
till_vision_default_models_dir (void)
{
  const char *folder = g_getenv ("SMILETILL_MODELS");

  return g_strdup (folder != NULL && *folder != '\0' ? folder : TILL_MODELS_DIR);
}
