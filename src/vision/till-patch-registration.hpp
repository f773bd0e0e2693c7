/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <opencv2/core.hpp>

namespace till
{

/*
 * What a picture shows between two sizes of detail (standard deviations, pixels), as shares of the light about it, so
 * that brighter light changes nothing. CV_32F.
 */
cv::Mat band_pass (const cv::Mat &grey, double fine, double coarse);

/* Correlation of two pictures, each place weighted; 0 if one of them is flat. All CV_32F and of one size. */
double weighted_correlation (const cv::Mat &a, const cv::Mat &b, const cv::Mat &weights);

/*
 * Warps @moved so that it best lies upon @fixed where @weights are: the affine Lucas-Kanade method, from coarse detail
 * to fine, by band-passed pictures. Finds its way from a few pixels off. All CV_32F and of one size.
 */
cv::Mat register_patch (const cv::Mat &fixed, const cv::Mat &moved, const cv::Mat &weights);

} // namespace till
