/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace till
{

struct Tensor
{
  std::string name;
  std::vector<int> shape; /* one batch of one, channels first */
};

enum class Colour
{
  BGR,
  RGB,
  GREY
};

/* One network as the manifest describes it: its file, and what goes in and comes out. */
struct Model
{
  std::string role;
  std::string path; /* of the file, in the manifest's folder */
  std::string sha256;
  std::size_t bytes = 0;

  Tensor input;
  Colour colour = Colour::BGR;
  double mean = 0; /* the network sees (pixel - mean) * scale, pixels being 0..255 */
  double scale = 1;
  std::vector<Tensor> outputs;
};

/* The networks named in a folder's manifest.json, by role. */
class ModelManifest
{
public:
  explicit ModelManifest (const std::string &folder);

  /* Throws TILL_ERROR_CORRUPT when the manifest names none of this role. */
  const Model &model (const std::string &role) const;

private:
  std::string m_path;
  std::map<std::string, Model> m_models;
};

} // namespace till
