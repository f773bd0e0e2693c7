/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-model-manifest.hpp"

#include "vision/till-manifest-reader.hpp"
#include "vision/till-vision-error.hpp"

#include <cmath>
#include <json-glib/json-glib.h>

namespace till
{
namespace
{

constexpr gint64 manifest_version = 1;
/* Twenty times the largest network there is; more is a slip of the pen. */
constexpr gint64 most_bytes = 1 << 29;

/* "1/128" or "1": written as the networks' authors wrote it, so that nothing is lost to decimals. */
double
read_scale (const ManifestReader &input)
{
  std::string text = input.text ("scale");
  char *end = nullptr;
  double scale = g_ascii_strtod (text.c_str (), &end);

  if (end != text.c_str () && *end == '/')
    scale /= g_ascii_strtod (end + 1, &end);
  if (end == text.c_str () || *end != '\0' || !std::isfinite (scale) || scale <= 0)
    input.refuse ("scale", "a fraction above zero like \"1/128\"");
  return scale;
}

Colour
read_colour (const ManifestReader &input)
{
  std::string text = input.text ("colour");

  if (text == "BGR")
    return Colour::BGR;
  if (text == "RGB")
    return Colour::RGB;
  if (text != "GREY")
    input.refuse ("colour", "BGR, RGB or GREY");
  return Colour::GREY;
}

Tensor
read_tensor (const ManifestReader &tensor)
{
  return Tensor{ tensor.text ("name"), tensor.axes ("shape") };
}

void
read_input (const ManifestReader &input, Model &model)
{
  model.input = read_tensor (input);
  model.colour = read_colour (input);
  model.mean = input.number ("mean");
  model.scale = read_scale (input);
  if (input.text ("layout") != "NCHW")
    input.refuse ("layout", "NCHW");

  const std::vector<int> &shape = model.input.shape;
  if (shape.size () != 4 || shape[0] != 1 || shape[1] != (model.colour == Colour::GREY ? 1 : 3))
    input.refuse ("shape", "one picture of the colour's channels");
}

Model
read_model (const ManifestReader &file, const std::string &folder)
{
  Model model;
  std::string name = file.text ("file");

  if (name.find ('/') != std::string::npos || name[0] == '.')
    file.refuse ("file", "a plain file name");
  model.role = file.text ("role");
  model.path = folder + "/" + name;
  model.sha256 = file.text ("sha256");
  model.bytes = static_cast<std::size_t> (file.integer ("bytes", 1, most_bytes));
  read_input (file.object ("input"), model);
  for (const ManifestReader &output : file.objects ("output"))
    model.outputs.push_back (read_tensor (output));
  return model;
}

JsonParser *
parse (const std::string &path)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = nullptr;

  if (!json_parser_load_from_file (parser, path.c_str (), &error))
    {
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
          || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        fail (TILL_ERROR_NOT_FOUND,
              "%s is missing; fetch the networks with `make setup`, or set SMILETILL_MODELS to the folder "
              "they are in",
              path.c_str ());
      fail (TILL_ERROR_CORRUPT, "%s can't be read: %s; fetch the networks again with `make setup`",
            path.c_str (), error->message);
    }
  if (json_parser_get_root (parser) == nullptr || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    fail (TILL_ERROR_CORRUPT, "%s is not a JSON object; fetch the networks again with `make setup`",
          path.c_str ());
  return static_cast<JsonParser *> (g_steal_pointer (&parser));
}

} // namespace

ModelManifest::ModelManifest (const std::string &folder) : m_path (folder + "/manifest.json")
{
  g_autoptr (JsonParser) parser = parse (m_path);
  ManifestReader root (m_path, json_node_get_object (json_parser_get_root (parser)));

  root.integer ("version", manifest_version, manifest_version);
  for (const ManifestReader &package : root.objects ("packages"))
    for (const ManifestReader &file : package.objects ("files"))
      if (file.has ("input"))
        {
          Model model = read_model (file, folder);

          if (!m_models.emplace (model.role, model).second)
            file.refuse ("role", "the only one of its name");
        }
}

const Model &
ModelManifest::model (const std::string &role) const
{
  auto found = m_models.find (role);

  if (found == m_models.end ())
    fail (TILL_ERROR_CORRUPT,
          "%s names no network with the role \"%s\"; restore the manifest and fetch the networks again with "
          "`make setup`",
          m_path.c_str (), role.c_str ());
  return found->second;
}

} // namespace till
