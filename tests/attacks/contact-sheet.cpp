/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attacks-view SPECIES NUMBER SECONDS FILE: frames of a presentation, and how it was made, for a look at it. The smile
 * is asked for half way.
 */
#include "faces.hpp"
#include "presentation.hpp"

#include <cstdio>
#include <cstdlib>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

int
main (int argc, char **argv)
{
  constexpr int columns = 4;
  constexpr int rows = 3;
  const attacks::Species *species = argc == 5 ? attacks::find_species (argv[1]) : nullptr;

  if (species == nullptr)
    {
      std::fprintf (stderr, "usage: attacks-view SPECIES NUMBER SECONDS FILE\n");
      return 2;
    }
  attacks::Dice dice (species->name, static_cast<unsigned> (std::atoi (argv[2])));
  const std::unique_ptr<attacks::Presentation> presentation = species->make (dice);
  const double seconds = std::atof (argv[3]);
  cv::Mat sheet;
  int shown = 0;

  for (int i = 0; i < cvRound (seconds * attacks::Reel::rate); i++)
    {
      const double now = i / attacks::Reel::rate;
      const cv::Mat frame = presentation->show ({ now, now >= seconds / 2 });

      if (now < shown * seconds / (columns * rows))
        continue;
      if (sheet.empty ())
        sheet = cv::Mat::zeros (rows * 360, columns * 360 * frame.cols / frame.rows, CV_8UC3);
      const int width = sheet.cols / columns;
      const cv::Rect where ((shown % columns) * width, shown / columns * 360, width, 360);
      if (const auto face = attacks::find_face (frame))
        std::printf ("%.2f s: face %.0f px, eyes closed %.2f %.2f\n", now,
                     static_cast<double> (face->box.height), static_cast<double> (face->closed[0]),
                     static_cast<double> (face->closed[1]));
      cv::resize (frame, sheet (where), where.size (), 0, 0, cv::INTER_AREA);
      shown++;
    }
  std::printf ("%s\n", dice.notes ().c_str ());
  return cv::imwrite (argv[4], sheet) ? 0 : 1;
}
