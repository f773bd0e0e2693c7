/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That the attacks are what they are called: an attack that is none proves nothing. */
#include "faces.hpp"
#include "presentation.hpp"

#include <glib.h>
#include <opencv2/core.hpp>

namespace
{

using attacks::Moment;

std::unique_ptr<attacks::Presentation>
make (const char *species, unsigned number, std::string *notes = nullptr)
{
  attacks::Dice dice (species, number);
  auto presentation = attacks::find_species (species)->make (dice);

  if (notes != nullptr)
    *notes = dice.notes ();
  return presentation;
}

bool
same_pixels (const cv::Mat &a, const cv::Mat &b)
{
  return a.size () == b.size () && cv::norm (a, b, cv::NORM_INF) == 0;
}

/* Species and number are all that a presentation is made of. */
void
test_made_again ()
{
  for (const attacks::Species &species : attacks::all_species ())
    {
      std::string once_made, again_made, other_made;
      const auto once = make (species.name, 1, &once_made);
      const auto again = make (species.name, 1, &again_made);
      const auto other = make (species.name, 2, &other_made);
      cv::Mat frame;

      g_assert_cmpstr (once_made.c_str (), ==, again_made.c_str ());
      g_assert_cmpstr (once_made.c_str (), !=, other_made.c_str ());
      for (const Moment &moment :
           { Moment{ 0, false }, Moment{ 0.04, false }, Moment{ 2, true }, Moment{ 3.2, true } })
        {
          frame = once->show (moment);
          g_assert_true (same_pixels (frame, again->show (moment)));
        }
      g_assert_false (same_pixels (frame, other->show ({ 3.2, true })));
    }
}

/* A presentation without a face is none. */
void
test_shows_a_face ()
{
  for (const attacks::Species &species : attacks::all_species ())
    {
      int seen = 0;

      for (unsigned number = 1; number <= 4; number++)
        seen += attacks::find_face (make (species.name, number)->show ({ 2, false })).has_value ();
      g_test_message ("%s: a face in %d of 4", species.name, seen);
      g_assert_cmpint (seen, >=, 3);
    }
}

void
test_sleepers_sleep ()
{
  int frames = 0;
  int shut = 0;

  for (unsigned number = 1; number <= 5; number++)
    {
      const auto sleeper = make ("sleeper", number);

      for (const double seconds : { 0.0, 0.6, 1.2, 2.0, 3.0 })
        {
          const auto face = attacks::find_face (sleeper->show ({ seconds, seconds > 1 }));

          frames += face.has_value ();
          shut += face && face->closed[0] > 0.6F && face->closed[1] > 0.6F;
        }
    }
  g_test_message ("both eyes shut in %d of %d frames", shut, frames);
  g_assert_cmpint (frames, >=, 23);
  g_assert_cmpint (shut, >=, frames * 9 / 10);
}

void
test_two_are_two ()
{
  for (unsigned number = 1; number <= 4; number++)
    {
      const std::vector<cv::Rect2f> boxes
          = attacks::find_boxes (make ("two-faces", number)->show ({ 2, false }));

      g_assert_cmpuint (boxes.size (), ==, 2);
      g_assert_cmpfloat (boxes[1].height, >=, 0.5F * boxes[0].height);
    }
}

/* Width of the mouth in eye distances. */
float
mouth_of (const cv::Mat &frame)
{
  const attacks::Face face = attacks::need_face (frame, "a frame");

  return static_cast<float> (cv::norm (face.points[54] - face.points[48])
                             / cv::norm (face.points[45] - face.points[36]));
}

/* Who can hear the till smiles when it asks, not before. */
void
test_answers ()
{
  for (const char *species : { "genuine", "button-replay" })
    for (unsigned number = 2; number <= 4; number++)
      {
        const auto presentation = make (species, number);
        const float before = mouth_of (presentation->show ({ 1, false }));
        const float still = mouth_of (presentation->show ({ 1.5, false }));
        float after = 0;

        for (double seconds = 1.6; seconds < 5; seconds += 0.2)
          after = std::max (after, mouth_of (presentation->show ({ seconds, true })));
        g_test_message ("%s %u: mouth %.2f, %.2f, asked to smile %.2f", species, number,
                        static_cast<double> (before), static_cast<double> (still),
                        static_cast<double> (after));
        g_assert_cmpfloat (after, >, std::max (before, still) + 0.03F);
      }
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/attacks/generator/made-again", test_made_again);
  g_test_add_func ("/attacks/generator/shows-a-face", test_shows_a_face);
  g_test_add_func ("/attacks/generator/sleepers-sleep", test_sleepers_sleep);
  g_test_add_func ("/attacks/generator/two-are-two", test_two_are_two);
  g_test_add_func ("/attacks/generator/answers", test_answers);
  return g_test_run ();
}
