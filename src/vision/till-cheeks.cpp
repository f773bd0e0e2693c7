/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-cheeks.h"

#include "vision/till-face-alignment.hpp"
#include "vision/till-patch-registration.hpp"
#include "vision/till-vision-error.hpp"

#include <algorithm>
#include <deque>
#include <opencv2/imgproc.hpp>

namespace
{

constexpr int side = 112;
/* Detail that is compared, pixels of the aligned face: folds and shadows, neither noise nor the head's own shape. */
constexpr double fine = 1.5;
constexpr double coarse = 6;

/* In the aligned face, whose eyes are at 52, nose at 72 and mouth at 92 pixels from the top. */
const cv::Rect cheeks (25, 59, 62, 30);
const cv::Rect nose (49, 58, 15, 20);
const cv::Rect surroundings (23, 57, 66, 34);
const cv::Rect bridge (46, 34, 20, 30);
/* About any hole a mouth may smile in. */
const cv::Point mouth (56, 92);
const cv::Size about_mouth (33, 19);

cv::Mat
without_mouth (cv::Mat weights)
{
  cv::ellipse (weights, mouth, about_mouth, 0, 0, 360, cv::Scalar (0), cv::FILLED);
  return weights;
}

/* The cheek in that @half of the face. */
cv::Mat
compared (const cv::Rect &half)
{
  cv::Mat weights (side, side, CV_32F, cv::Scalar (0));

  weights (cheeks & half).setTo (1);
  weights (nose).setTo (0);
  return without_mouth (weights);
}

/* What holds the faces together. */
cv::Mat
registered ()
{
  cv::Mat weights (side, side, CV_32F, cv::Scalar (0));

  weights (surroundings).setTo (1);
  weights (bridge).setTo (1);
  return without_mouth (weights);
}

} // namespace

struct _TillCheeks
{
public:
  ~_TillCheeks ()
  {
    reset ();
  }

  void reset ()
  {
    for (cv::Mat &face : m_neutral)
      face.setTo (0);
    m_neutral.clear ();
  }

  void rest (const cv::Mat &bgr, const till::LandmarkPoints &points)
  {
    if (m_neutral.size () == TILL_CHEEKS_MOST)
      {
        m_neutral.front ().setTo (0);
        m_neutral.pop_front ();
      }
    m_neutral.push_back (take (bgr, points));
  }

  double compare (const cv::Mat &bgr, const till::LandmarkPoints &points)
  {
    if (m_neutral.empty ())
      return 0;

    cv::Mat face = take (bgr, points);
    double least = 2;

    for (const cv::Mat &neutral : m_neutral)
      least = std::min (least, 1 - correlate (neutral, face));
    face.setTo (0);
    return std::max (least, 0.0);
  }

private:
  cv::Mat take (const cv::Mat &bgr, const till::LandmarkPoints &points)
  {
    cv::Mat grey;
    cv::Mat taken;

    cv::cvtColor (m_alignment.align (bgr, points), grey, cv::COLOR_BGR2GRAY);
    grey.convertTo (taken, CV_32F);
    grey.setTo (0);
    m_alignment.wipe ();
    return taken;
  }

  /* The stiffer cheek's: the edge of a mask may come and go beside one of them, a smile moves both. */
  double correlate (const cv::Mat &neutral, const cv::Mat &face) const
  {
    cv::Mat upon = till::register_patch (neutral, face, m_registered);
    cv::Mat a = till::band_pass (neutral, fine, coarse);
    cv::Mat b = till::band_pass (upon, fine, coarse);
    const double alike
        = std::max (till::weighted_correlation (a, b, m_left), till::weighted_correlation (a, b, m_right));

    for (cv::Mat *picture : { &upon, &a, &b })
      picture->setTo (0);
    return alike;
  }

  const cv::Mat m_left = compared (cv::Rect (0, 0, side / 2, side));
  const cv::Mat m_right = compared (cv::Rect (side / 2, 0, side / 2, side));
  const cv::Mat m_registered = registered ();
  till::FaceAlignment m_alignment;
  std::deque<cv::Mat> m_neutral;
};

namespace
{

/* Runs @work on the picture; FALSE if the landmarks place no face. */
template <typename Work>
gboolean
with_face (TillFrame *frame, const TillPoint *landmarks, Work work)
{
  /* OpenCV has no matrix of constant pixels; nothing here writes to them. */
  const cv::Mat bgr (till_frame_get_height (frame), till_frame_get_width (frame), CV_8UC3,
                     const_cast<guint8 *> (till_frame_get_pixels (frame)), till_frame_get_stride (frame));
  till::LandmarkPoints points;

  std::transform (landmarks, landmarks + TILL_VISION_LANDMARKS, points.begin (),
                  [] (const TillPoint &point) { return cv::Point2f (point.x, point.y); });
  try
    {
      work (bgr, points);
      return TRUE;
    }
  catch (...)
    {
      g_autoptr (GError) error = nullptr;

      till::take_exception (&error, "Comparing cheeks");
      g_debug ("%s", error->message);
      return FALSE;
    }
}

} // namespace

TillCheeks *
till_cheeks_new ()
{
  return new _TillCheeks ();
}

void
till_cheeks_free (TillCheeks *self)
{
  delete self;
}

void
till_cheeks_reset (TillCheeks *self)
{
  g_return_if_fail (self != NULL);

  self->reset ();
}

gboolean
till_cheeks_rest (TillCheeks *self, TillFrame *frame, const TillPoint *landmarks)
{
  g_return_val_if_fail (self != NULL && frame != NULL && landmarks != NULL, FALSE);

  return with_face (frame, landmarks, [self] (const cv::Mat &bgr, const till::LandmarkPoints &points) {
    self->rest (bgr, points);
  });
}

double
till_cheeks_compare (TillCheeks *self, TillFrame *frame, const TillPoint *landmarks)
{
  double change = 0;

  g_return_val_if_fail (self != NULL && frame != NULL && landmarks != NULL, 0);

  with_face (frame, landmarks, [self, &change] (const cv::Mat &bgr, const till::LandmarkPoints &points) {
    change = self->compare (bgr, points);
  });
  return change;
}
