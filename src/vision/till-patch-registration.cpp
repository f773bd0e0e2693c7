/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-patch-registration.hpp"

#include <array>
#include <cmath>
#include <initializer_list>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace till
{
namespace
{

/* Pixels; each starts where the one before ended. */
constexpr std::array<double, 3> details = { 5, 3, 1.5 };
constexpr int most_steps = 20;
/* Steps without getting nearer that end a level, once the first ones are done. */
constexpr int least_steps = 7;
constexpr double least_gain = 1e-5;
/* How dear it is to turn, stretch and shear, and to shift, against the picture's own slopes: keeps flat ones still. */
constexpr double stiffness = 5;
constexpr double friction = 0.02;
/* Keeps the shares finite in the dark, grey levels; and flat pictures from being divided by nothing. */
constexpr double darkness = 10;
constexpr double least_variance = 1e-9;

/* Leaves nothing of a face in memory when it goes. */
class Wipe
{
public:
  Wipe (std::initializer_list<cv::Mat *> pictures) : m_pictures (pictures)
  {
  }

  Wipe (const Wipe &) = delete;
  Wipe &operator= (const Wipe &) = delete;

  ~Wipe ()
  {
    for (cv::Mat *picture : m_pictures)
      picture->setTo (0);
  }

private:
  std::vector<cv::Mat *> m_pictures;
};

using Parameters = cv::Matx<double, 6, 1>;
using Normal = cv::Matx<double, 6, 6>;

double
weighted_sum (const cv::Mat &values, const cv::Mat &weights)
{
  return values.dot (weights);
}

cv::Mat
centred (const cv::Mat &values, const cv::Mat &weights)
{
  return values - weighted_sum (values, weights) / cv::sum (weights)[0];
}

cv::Mat
warp (const cv::Mat &picture, const Parameters &p)
{
  const double x = picture.cols / 2.0;
  const double y = picture.rows / 2.0;
  const cv::Matx23d transform (1 + p (0), p (1), p (4) - x * p (0) - y * p (1), p (2), 1 + p (3),
                               p (5) - x * p (2) - y * p (3));
  cv::Mat warped;

  cv::warpAffine (picture, warped, transform, picture.size (), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                  cv::BORDER_REPLICATE);
  return warped;
}

/* One Gauss-Newton step towards @fixed, for @moved as it is warped now; contrast is taken to be equal. */
Parameters
get_step (const cv::Mat &fixed, const cv::Mat &moved, const cv::Mat &weights)
{
  cv::Mat a = centred (fixed, weights);
  cv::Mat b = centred (moved, weights);
  const double contrast
      = std::sqrt (weighted_sum (a.mul (a), weights) / (weighted_sum (b.mul (b), weights) + least_variance));
  cv::Mat error = a - contrast * b;
  cv::Mat slope_x;
  cv::Mat slope_y;
  const Wipe wipe{ &a, &b, &error, &slope_x, &slope_y };
  Normal normal = Normal::zeros ();
  Parameters right = Parameters::zeros ();

  cv::Sobel (moved, slope_x, CV_32F, 1, 0, 3, contrast / 8);
  cv::Sobel (moved, slope_y, CV_32F, 0, 1, 3, contrast / 8);
  for (int y = 0; y < fixed.rows; y++)
    for (int x = 0; x < fixed.cols; x++)
      {
        const auto weight = static_cast<double> (weights.at<float> (y, x));

        if (weight <= 0)
          continue;
        const auto dx = static_cast<double> (slope_x.at<float> (y, x));
        const auto dy = static_cast<double> (slope_y.at<float> (y, x));
        const double left = x - fixed.cols / 2.0;
        const double up = y - fixed.rows / 2.0;
        const Parameters slope (dx * left, dx * up, dy * left, dy * up, dx, dy);

        right += weight * static_cast<double> (error.at<float> (y, x)) * slope;
        normal += weight * (slope * slope.t ());
      }
  const double own = (normal (4, 4) + normal (5, 5)) / 2 + least_variance;
  for (int i = 0; i < 6; i++)
    normal (i, i) += own * (i < 4 ? stiffness : friction);
  return normal.solve (right, cv::DECOMP_CHOLESKY);
}

} // namespace

cv::Mat
band_pass (const cv::Mat &grey, double fine, double coarse)
{
  cv::Mat detail;
  cv::Mat light;
  const Wipe wipe{ &detail, &light };

  cv::GaussianBlur (grey, detail, cv::Size (), fine);
  cv::GaussianBlur (grey, light, cv::Size (), coarse);
  return (detail - light) / (light + darkness);
}

double
weighted_correlation (const cv::Mat &a, const cv::Mat &b, const cv::Mat &weights)
{
  cv::Mat x = centred (a, weights);
  cv::Mat y = centred (b, weights);
  const Wipe wipe{ &x, &y };
  const double spread = weighted_sum (x.mul (x), weights) * weighted_sum (y.mul (y), weights);

  return spread <= least_variance * least_variance ? 0
                                                   : weighted_sum (x.mul (y), weights) / std::sqrt (spread);
}

cv::Mat
register_patch (const cv::Mat &fixed, const cv::Mat &moved, const cv::Mat &weights)
{
  Parameters nearest = Parameters::zeros ();

  for (const double detail : details)
    {
      const double coarse = std::max (2 * detail, 6.0);
      cv::Mat a = band_pass (fixed, detail, coarse);
      cv::Mat b = band_pass (moved, detail, coarse);
      const Wipe wipe{ &a, &b };
      Parameters now = nearest;
      double most = -2;

      for (int i = 0; i < most_steps; i++)
        {
          cv::Mat warped = warp (b, now);
          const Wipe wipe_warped{ &warped };
          const double alike = weighted_correlation (a, warped, weights);

          if (alike > most + least_gain)
            {
              most = alike;
              nearest = now;
            }
          else if (i >= least_steps)
            break;
          now += get_step (a, warped, weights);
        }
    }
  return warp (moved, nearest);
}

} // namespace till
