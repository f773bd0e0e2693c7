/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-periodogram.h"

#include "vision/till-spectrum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace
{

/* Pixels of the camera, at whose own pace moire beats; patches are never scaled. */
constexpr int side = 96;
/* Coarser than this are the things themselves. */
constexpr int least_radius = 3;
constexpr int most_radius = side / 2;
/* The frequencies of a codec's blocks of 8 pixels, and their neighbours in a faded patch. */
constexpr int block_frequency = side / 8;
/* A period may be a step off from patch to patch, since a screen is seen at an angle: of three steps the highest counts. */
constexpr int tolerance = 3;
/* Two that stand out may be chance or an edge; a period widened by the tolerance is more. */
constexpr std::size_t rank = 2;
/* Frames that have a say, as a running mean. */
constexpr int most_frames = 25;
constexpr float least_magnitude = 1e-3F;

constexpr std::size_t patches = 5;

using Ring = std::vector<cv::Point>;

bool
is_of_blocks (int x, int y)
{
  const auto away = [] (int frequency) {
    const int rest = std::abs (frequency) % block_frequency;

    return std::min (rest, block_frequency - rest);
  };
  return away (x) <= 1 && away (y) <= 1;
}

/* The places in a spectrum of all frequencies about as fine; half of the plane has them all. */
const std::vector<Ring> &
rings ()
{
  static const std::vector<Ring> made = [] {
    std::vector<Ring> all (most_radius);

    for (int y = 1 - most_radius; y < most_radius; y++)
      for (int x = y < 0 ? 1 : 0; x < most_radius; x++)
        if (const int radius = static_cast<int> (std::hypot (x, y));
            radius < most_radius && !is_of_blocks (x, y))
          all[static_cast<std::size_t> (radius)].emplace_back (x, (y + side) % side);
    all.erase (all.begin (), all.begin () + least_radius);
    return all;
  }();
  return made;
}

std::vector<float>
values_of (const cv::Mat &magnitude, const Ring &ring)
{
  std::vector<float> values (ring.size ());

  std::transform (ring.begin (), ring.end (), values.begin (),
                  [&] (const cv::Point &place) { return magnitude.at<float> (place); });
  return values;
}

/* Each frequency as a share of what is usual among those about as fine: textures fade towards the fine, periods don't. */
void
flatten (const cv::Mat &magnitude, cv::Mat &flat)
{
  flat.create (side, side, CV_32F);
  flat.setTo (1);
  for (const Ring &ring : rings ())
    {
      std::vector<float> values = values_of (magnitude, ring);
      const auto middle = values.begin () + static_cast<std::ptrdiff_t> (values.size () / 2);

      std::nth_element (values.begin (), middle, values.end ());
      const float usual = std::max (*middle, least_magnitude);
      for (const cv::Point &place : ring)
        flat.at<float> (place) = magnitude.at<float> (place) / usual;
    }
}

/* The face, either side of it, and the room above either shoulder; moved to lie within the picture. */
std::array<cv::Rect, patches>
place_patches (const cv::Rect &square, const cv::Size &picture)
{
  const auto at = [&] (int x, int y) {
    return cv::Rect (std::clamp (x, 0, picture.width - side), std::clamp (y, 0, picture.height - side), side,
                     side);
  };
  const int middle = square.y + (square.height - side) / 2;
  const int left = square.x - side;
  const int right = square.x + square.width;
  const int above = square.y - side / 2;

  return { at (square.x + (square.width - side) / 2, middle), at (left, middle), at (right, middle),
           at (left, above), at (right, above) };
}

} // namespace

struct _TillPeriodogram
{
public:
  _TillPeriodogram () : m_spectrum (side)
  {
    reset ();
  }

  ~_TillPeriodogram ()
  {
    reset ();
  }

  void reset ()
  {
    for (cv::Mat &mean : m_means)
      {
        mean.create (side, side, CV_32F);
        mean.setTo (0);
      }
    m_frames = 0;
    m_recurrence = 0;
  }

  void add (const cv::Mat &bgr, const cv::Rect &square)
  {
    const std::array<cv::Rect, patches> places = place_patches (square, bgr.size ());

    m_frames = std::min (m_frames + 1, most_frames);
    for (std::size_t i = 0; i < patches; i++)
      {
        cv::cvtColor (bgr (places[i]), m_grey, cv::COLOR_BGR2GRAY);
        flatten (m_spectrum.measure (m_grey), m_flat);
        cv::accumulateWeighted (m_flat, m_means[i], 1.0 / m_frames);
      }
    m_grey.setTo (0);
    m_spectrum.wipe ();
    m_recurrence = compare ();
  }

  double get_recurrence () const
  {
    return m_recurrence;
  }

private:
  /* The geometric mean over the patches: what is missing in one of them weighs against what others have. */
  double compare ()
  {
    double most = 1;
    cv::Mat common (side, side, CV_32F, cv::Scalar (0));

    for (const cv::Mat &mean : m_means)
      {
        flatten (mean, m_flat);
        cv::dilate (m_flat, m_flat, cv::Mat::ones (tolerance, tolerance, CV_8U));
        cv::log (cv::max (m_flat, 0.1), m_flat);
        common += m_flat;
      }
    for (const Ring &ring : rings ())
      {
        std::vector<float> values = values_of (common, ring);
        const auto ranked
            = values.begin () + static_cast<std::ptrdiff_t> (std::min (rank, values.size () - 1));

        std::nth_element (values.begin (), ranked, values.end (), std::greater<float> ());
        most = std::max (most, std::exp (static_cast<double> (*ranked) / patches));
      }
    return most;
  }

  till::Spectrum m_spectrum;
  std::array<cv::Mat, patches> m_means;
  cv::Mat m_grey;
  cv::Mat m_flat;
  int m_frames = 0;
  double m_recurrence = 0;
};

TillPeriodogram *
till_periodogram_new ()
{
  return new _TillPeriodogram ();
}

void
till_periodogram_free (TillPeriodogram *self)
{
  delete self;
}

void
till_periodogram_reset (TillPeriodogram *self)
{
  g_return_if_fail (self != NULL);

  self->reset ();
}

gboolean
till_periodogram_add (TillPeriodogram *self, TillFrame *frame, const TillBox *square)
{
  g_return_val_if_fail (self != NULL && frame != NULL && square != NULL, FALSE);

  const int width = till_frame_get_width (frame);
  const int height = till_frame_get_height (frame);
  if (width < side || height < side)
    return FALSE;
  /* OpenCV has no matrix of constant pixels; nothing here writes to them. */
  const cv::Mat bgr (height, width, CV_8UC3, const_cast<guint8 *> (till_frame_get_pixels (frame)),
                     till_frame_get_stride (frame));
  try
    {
      self->add (bgr, cv::Rect (cvRound (square->x), cvRound (square->y), cvRound (square->width),
                                cvRound (square->height)));
    }
  catch (const std::exception &trouble)
    {
      /* For want of memory alone, which ends a GLib program. */
      g_error ("A frame can't be transformed: %s", trouble.what ());
    }
  return TRUE;
}

double
till_periodogram_get_recurrence (TillPeriodogram *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->get_recurrence ();
}
