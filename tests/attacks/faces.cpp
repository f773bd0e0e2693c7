/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"

#include "vision/till-vision.h"

namespace attacks
{
namespace
{

TillVision *
get_vision ()
{
  static TillVision *vision = nullptr;

  if (vision == nullptr)
    {
      g_autoptr (GError) error = nullptr;
      g_autofree char *models = till_vision_default_models_dir ();

      vision = till_vision_new (models, 1, &error);
      if (vision == nullptr)
        g_error ("%s", error->message);
    }
  return vision;
}

TillFaces *
analyse (const cv::Mat &bgr, TillVisionWanted wanted)
{
  g_autoptr (GError) error = nullptr;
  g_autoptr (TillFrame) frame = till_frame_new (bgr.data, bgr.cols, bgr.rows, bgr.step, 0, 0);
  TillFaces *faces = till_vision_analyse (get_vision (), frame, wanted, &error);

  if (faces == nullptr)
    g_error ("%s", error->message);
  return faces;
}

} // namespace

std::vector<cv::Rect2f>
find_boxes (const cv::Mat &bgr)
{
  g_autoptr (TillFaces) faces = analyse (bgr, TILL_VISION_WANT_BOXES);
  std::vector<cv::Rect2f> boxes;

  for (guint i = 0; i < till_faces_get_n (faces); i++)
    {
      const TillBox box = till_faces_get (faces, i)->box;
      boxes.emplace_back (box.x, box.y, box.width, box.height);
    }
  return boxes;
}

std::optional<Face>
find_face (const cv::Mat &bgr)
{
  const auto wanted = static_cast<TillVisionWanted> (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_EYES
                                                     | TILL_VISION_LARGEST_ONLY);
  g_autoptr (TillFaces) faces = analyse (bgr, wanted);

  if (till_faces_get_n (faces) == 0)
    return std::nullopt;
  const TillFace *found = till_faces_get (faces, 0);
  Face face = {};
  face.box = cv::Rect2f (found->box.x, found->box.y, found->box.width, found->box.height);
  for (std::size_t i = 0; i < face.points.size (); i++)
    face.points[i] = cv::Point2f (found->landmarks[i].x, found->landmarks[i].y);
  face.closed = { found->eyes_closed[0], found->eyes_closed[1] };
  return face;
}

Face
need_face (const cv::Mat &bgr, const char *what)
{
  const std::optional<Face> face = find_face (bgr);

  if (!face)
    g_error ("no face is found in %s", what);
  return *face;
}

std::vector<cv::Point2f>
part_of (const Face &face, int from, int to)
{
  return std::vector<cv::Point2f> (face.points.begin () + from, face.points.begin () + to + 1);
}

} // namespace attacks
