/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <string>
#include <vector>

namespace till
{

/* Reads the members of one object of a manifest; what is missing or of another type throws TILL_ERROR_CORRUPT. */
class ManifestReader
{
public:
  /* @place: the file, and where in it the object is, for the messages. @object must outlive the reader. */
  ManifestReader (std::string place, JsonObject *object);

  bool has (const char *member) const;
  std::string text (const char *member) const;
  double number (const char *member) const;
  gint64 integer (const char *member, gint64 least, gint64 most) const;
  std::vector<int> axes (const char *member) const;
  ManifestReader object (const char *member) const;
  std::vector<ManifestReader> objects (const char *member) const;

  /* Throws: @member is not @wanted. */
  [[noreturn]] void refuse (const char *member, const char *wanted) const;

private:
  JsonArray *list (const char *member) const;

  std::string m_place;
  JsonObject *m_object;
};

} // namespace till
