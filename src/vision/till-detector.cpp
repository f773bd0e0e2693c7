/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-detector.hpp"

#include <algorithm>
#include <tuple>

namespace till
{
namespace
{

/* Both as measured with: facts of the operating point, not of the network. */
constexpr float least_score = 0.65F;
constexpr float most_overlap = 0.3F;

constexpr int score_columns = 2;
constexpr int face_column = 1;
constexpr int box_columns = 4;

struct Candidate
{
  cv::Rect2f box; /* fractions of the picture; may reach out of it */
  float score;
};

std::vector<Candidate>
read_candidates (const cv::Mat &scores, const cv::Mat &boxes)
{
  const float *score = scores.ptr<float> () + face_column;
  const float *corners = boxes.ptr<float> ();
  std::vector<Candidate> candidates;

  for (int i = 0; i < scores.size[1]; i++, score += score_columns, corners += box_columns)
    if (*score > least_score && corners[2] > corners[0] && corners[3] > corners[1])
      candidates.push_back (
          { cv::Rect2f (corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]), *score });
  return candidates;
}

float
overlap (const cv::Rect2f &a, const cv::Rect2f &b)
{
  const float shared = (a & b).area ();

  return shared / (a.area () + b.area () - shared);
}

/* Of boxes that overlap, the one of the highest score stays. */
std::vector<Candidate>
suppress (std::vector<Candidate> candidates)
{
  std::vector<Candidate> kept;

  std::stable_sort (candidates.begin (), candidates.end (),
                    [] (const Candidate &a, const Candidate &b) { return a.score > b.score; });
  for (const Candidate &candidate : candidates)
    if (std::none_of (kept.begin (), kept.end (), [&] (const Candidate &other) {
          return overlap (candidate.box, other.box) > most_overlap;
        }))
      kept.push_back (candidate);
  return kept;
}

Detection
in_pixels (const Candidate &candidate, const cv::Size &size)
{
  const cv::Rect2f box (candidate.box.x * static_cast<float> (size.width),
                        candidate.box.y * static_cast<float> (size.height),
                        candidate.box.width * static_cast<float> (size.width),
                        candidate.box.height * static_cast<float> (size.height));
  const float side = box.height;
  const cv::Point corner (cvRound (box.x + (box.width - side) / 2), cvRound (box.y));

  return { box & cv::Rect2f (cv::Point2f (), cv::Size2f (size)),
           cv::Rect (corner, cv::Size (cvRound (side), cvRound (side))) & cv::Rect (cv::Point (), size),
           std::min (candidate.score, 1.F) };
}

} // namespace

Detector::Detector (const ModelManifest &manifest) : m_network (manifest, "detector")
{
  m_network.expect_output (0, { 1, -1, score_columns });
  m_network.expect_output (1, { 1, -1, box_columns });
}

std::vector<Detection>
Detector::detect (const cv::Mat &bgr)
{
  const std::vector<cv::Mat> &outputs = m_network.run (bgr);
  std::vector<Detection> faces;

  for (const Candidate &candidate : suppress (read_candidates (outputs[0], outputs[1])))
    {
      Detection face = in_pixels (candidate, bgr.size ());

      if (!face.square.empty () && !face.box.empty ())
        faces.push_back (face);
    }
  std::stable_sort (faces.begin (), faces.end (),
                    [] (const Detection &a, const Detection &b) { return a.box.area () > b.box.area (); });
  return faces;
}

void
Detector::wipe ()
{
  m_network.wipe ();
}

} // namespace till
