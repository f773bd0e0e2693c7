/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-network.hpp"
#include "vision/till-vision.h"

namespace
{

struct Recipe
{
  const char *role;
  const char *file;
  int channels;
  double scale;
  double mean;
  bool rgb;
};

/* How each network's makers feed it; the manifest has to say the same. */
const Recipe recipes[] = {
  { "detector", "fr_detect.onnx", 3, 1.0 / 128, 127, true },
  { "landmarks", "fr_landmark.onnx", 1, 1.0 / 256, 0, false },
  { "embedding", "fr_feature.onnx", 3, 1.0 / 128, 127, false },
  { "liveness", "fr_liveness.onnx", 3, 1, 0, false },
  { "eyes", "fr_eye.onnx", 1, 1.0 / 255, 0, false },
};

/* What OpenCV's own blob makes of the same picture. */
void
test_fed_like_a_blob ()
{
  g_autofree char *folder = till_vision_default_models_dir ();
  const till::ModelManifest manifest (folder);

  for (const Recipe &recipe : recipes)
    {
      g_autofree char *path = g_build_filename (folder, recipe.file, nullptr);
      till::Network network (manifest, recipe.role);
      cv::Mat picture (network.input_size (), CV_MAKETYPE (CV_8U, recipe.channels));
      cv::dnn::Net net = cv::dnn::readNetFromONNX (path);

      cv::randu (picture, 0, 256);
      net.setInput (cv::dnn::blobFromImage (picture, recipe.scale, cv::Size (), cv::Scalar::all (recipe.mean),
                                            recipe.rgb));
      const cv::Mat expected = net.forward (net.getUnconnectedOutLayersNames ().back ());
      const cv::Mat &given = network.run (picture).front ();

      g_test_message ("%s", recipe.role);
      g_assert_cmpint (static_cast<int> (given.total ()), ==, static_cast<int> (expected.total ()));
      g_assert_cmpfloat (cv::norm (given, expected, cv::NORM_INF), <,
                         1e-5 * (1 + cv::norm (expected, cv::NORM_INF)));
    }
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/network/fed-like-a-blob", test_fed_like_a_blob);
  return g_test_run ();
}
