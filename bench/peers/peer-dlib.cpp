/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer-dlib PICTURES THREADS MODELS: dlib's way to a face, as bench-peers.mjs asks for it: its HOG detector, five points,
 * and its residual network, whose layers the types below lay out as the weights need them.
 */
#include <dlib/dnn.h>
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace
{

/* --- the network: 29 convolutions; each pair of them adds to what came in, and a step down halves it first --------- */

template <int filters, int stride, typename Below>
using Pair = dlib::affine<
    dlib::
        con<filters, 3, 3, 1, 1, dlib::relu<dlib::affine<dlib::con<filters, 3, 3, stride, stride, Below>>>>>;

template <int filters, typename Below>
using Same = dlib::relu<dlib::add_prev1<Pair<filters, 1, dlib::tag1<Below>>>>;

template <int filters, typename Below>
using Down = dlib::relu<dlib::add_prev2<
    dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<Pair<filters, 2, dlib::tag1<Below>>>>>>>;

using Input = dlib::input_rgb_image_sized<150>;
using Stem = dlib::max_pool<3, 3, 2, 2, dlib::relu<dlib::affine<dlib::con<32, 7, 7, 2, 2, Input>>>>;
using Body32 = Same<32, Same<32, Same<32, Stem>>>;
using Body64 = Same<64, Same<64, Same<64, Down<64, Body32>>>>;
using Body128 = Same<128, Same<128, Down<128, Body64>>>;
using Body256 = Down<256, Same<256, Same<256, Down<256, Body128>>>>;
using Network = dlib::loss_metric<dlib::fc_no_bias<128, dlib::avg_pool_everything<Body256>>>;

using Picture = dlib::matrix<dlib::rgb_pixel>;
using Vector = dlib::matrix<float, 0, 1>;

constexpr int kChip = 150;
constexpr double kChipPadding = 0.25;

struct Peer
{
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector ();
  dlib::shape_predictor points;
  Network network;
  std::vector<Picture> pictures;
};

Picture
read_picture (const std::filesystem::path &path)
{
  std::ifstream stream (path, std::ios::binary);
  std::string kind;
  long width = 0, height = 0;
  int most = 0;

  stream >> kind >> width >> height >> most;
  stream.get ();
  if (kind != "P6" || most != 255 || width < 1 || height < 1)
    throw std::runtime_error (path.string () + " is no PPM of this benchmark");
  Picture picture (height, width);
  static_assert (sizeof (dlib::rgb_pixel) == 3);
  if (!stream.read (reinterpret_cast<char *> (&picture (0, 0)), 3 * width * height))
    throw std::runtime_error (path.string () + " ends too early");
  return picture;
}

std::vector<Picture>
read_folder (const std::string &folder)
{
  std::vector<std::filesystem::path> paths;
  std::vector<Picture> pictures;

  for (const auto &entry : std::filesystem::directory_iterator (folder))
    if (entry.path ().extension () == ".ppm")
      paths.push_back (entry.path ());
  std::sort (paths.begin (), paths.end ());
  for (const auto &path : paths)
    pictures.push_back (read_picture (path));
  return pictures;
}

/* The largest face's points, or none. */
std::optional<dlib::full_object_detection>
find_points (Peer &peer, const Picture &picture)
{
  const std::vector<dlib::rectangle> faces = peer.detector (picture);

  if (faces.empty ())
    return {};
  const auto &largest = *std::max_element (
      faces.begin (), faces.end (), [] (const auto &a, const auto &b) { return a.area () < b.area (); });
  return peer.points (picture, largest);
}

std::optional<Vector>
embed (Peer &peer, const Picture &picture)
{
  const auto points = find_points (peer, picture);
  Picture chip;

  if (!points)
    return {};
  dlib::extract_image_chip (picture, dlib::get_face_chip_details (*points, kChip, kChipPadding), chip);
  return peer.network (chip);
}

void
tell_vector (std::ostream &out, const std::optional<Vector> &vector)
{
  if (!vector)
    {
      out << "null";
      return;
    }
  for (long i = 0; i < vector->size (); i++)
    out << (i == 0 ? "[" : ",") << (*vector) (i);
  out << "]";
}

void
run_task (Peer &peer, const std::string &task)
{
  std::ostringstream times, vectors;
  const char *comma = "";

  if (task != "photo" && task != "vectors" && task != "points")
    throw std::runtime_error ("no such task: " + task);
  for (const Picture &picture : peer.pictures)
    {
      std::optional<Vector> vector;
      const auto began = std::chrono::steady_clock::now ();

      if (task == "points")
        find_points (peer, picture);
      else
        vector = embed (peer, picture);
      const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now () - began;

      times << comma << ms.count ();
      if (task == "vectors")
        {
          vectors << comma;
          tell_vector (vectors, vector);
        }
      comma = ",";
    }
  std::cout << "{\"ms\":[" << times.str () << "],\"vectors\":[" << vectors.str () << "]}" << std::endl;
}

} // namespace

int
main (int argc, char **argv)
try
  {
    Peer peer;
    std::string task;

    if (argc != 4)
      throw std::runtime_error ("usage: peer-dlib PICTURES THREADS MODELS");
    dlib::deserialize (std::string (argv[3]) + "/shape_predictor_5_face_landmarks.dat") >> peer.points;
    dlib::deserialize (std::string (argv[3]) + "/dlib_face_recognition_resnet_model_v1.dat") >> peer.network;
    peer.pictures = read_folder (argv[1]);
    std::cout << "{\"pictures\":" << peer.pictures.size () << "}" << std::endl;
    while (std::getline (std::cin, task))
      run_task (peer, task);
    return 0;
  }
catch (const std::exception &error)
  {
    std::cerr << error.what () << "\n";
    return 1;
  }
