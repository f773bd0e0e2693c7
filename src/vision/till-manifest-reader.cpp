/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-manifest-reader.hpp"

#include "vision/till-vision-error.hpp"

#include <cmath>
#include <utility>

namespace till
{
namespace
{

constexpr gint64 longest_axis = 1 << 16;

} // namespace

ManifestReader::ManifestReader (std::string place, JsonObject *object)
    : m_place (std::move (place)), m_object (object)
{
}

void
ManifestReader::refuse (const char *member, const char *wanted) const
{
  fail (TILL_ERROR_CORRUPT,
        "%s: \"%s\" is not %s; restore the manifest and fetch the networks again with `make setup`",
        m_place.c_str (), member, wanted);
}

bool
ManifestReader::has (const char *member) const
{
  return json_object_has_member (m_object, member);
}

std::string
ManifestReader::text (const char *member) const
{
  JsonNode *node = json_object_get_member (m_object, member);

  if (node == nullptr || json_node_get_value_type (node) != G_TYPE_STRING
      || *json_node_get_string (node) == '\0')
    refuse (member, "a text");
  return json_node_get_string (node);
}

double
ManifestReader::number (const char *member) const
{
  JsonNode *node = json_object_get_member (m_object, member);
  const GType type = node != nullptr ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !std::isfinite (json_node_get_double (node)))
    refuse (member, "a number");
  return json_node_get_double (node);
}

gint64
ManifestReader::integer (const char *member, gint64 least, gint64 most) const
{
  JsonNode *node = json_object_get_member (m_object, member);

  if (node == nullptr || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < least
      || json_node_get_int (node) > most)
    refuse (member, "a whole number in range");
  return json_node_get_int (node);
}

JsonArray *
ManifestReader::list (const char *member) const
{
  JsonNode *node = json_object_get_member (m_object, member);

  if (node == nullptr || !JSON_NODE_HOLDS_ARRAY (node))
    refuse (member, "a list");
  return json_node_get_array (node);
}

std::vector<int>
ManifestReader::axes (const char *member) const
{
  JsonArray *array = list (member);
  std::vector<int> values;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const gint64 value = json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

      if (value < 1 || value > longest_axis)
        refuse (member, "a list of whole numbers in range");
      values.push_back (static_cast<int> (value));
    }
  return values;
}

ManifestReader
ManifestReader::object (const char *member) const
{
  JsonNode *node = json_object_get_member (m_object, member);

  if (node == nullptr || !JSON_NODE_HOLDS_OBJECT (node))
    refuse (member, "an object");
  return ManifestReader (m_place + ", " + member, json_node_get_object (node));
}

std::vector<ManifestReader>
ManifestReader::objects (const char *member) const
{
  JsonArray *array = list (member);
  std::vector<ManifestReader> readers;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        refuse (member, "a list of objects");
      readers.emplace_back (m_place + ", " + member + "[" + std::to_string (i) + "]",
                            json_node_get_object (node));
    }
  return readers;
}

} // namespace till
