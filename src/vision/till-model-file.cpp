/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-model-file.hpp"

#include "vision/till-vision-error.hpp"

#include <cerrno>
#include <glib/gstdio.h>

namespace till
{
namespace
{

[[noreturn]] void
refuse (const Model &model, const char *why)
{
  fail (TILL_ERROR_CHECKSUM,
        "%s is not the file the manifest names: %s; delete it and fetch it again with `make setup`",
        model.path.c_str (), why);
}

void
check_size (const Model &model, guint64 size)
{
  if (size != model.bytes)
    {
      g_autofree char *why = g_strdup_printf (
          "it has %" G_GUINT64_FORMAT " bytes instead of %" G_GSIZE_FORMAT, size, model.bytes);
      refuse (model, why);
    }
}

} // namespace

ModelFile::ModelFile (const Model &model)
{
  GStatBuf info;

  /* Before reading, so that a folder, a device or something huge in the file's place is never read. */
  if (g_stat (model.path.c_str (), &info) != 0)
    fail (TILL_ERROR_NOT_FOUND, "%s: %s; fetch the networks with `make setup`", model.path.c_str (),
          g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    refuse (model, "it is no plain file");
  check_size (model, static_cast<guint64> (info.st_size));

  read (model);
}

void
ModelFile::read (const Model &model)
{
  g_autoptr (GError) error = nullptr;
  g_autofree gchar *bytes = nullptr;

  if (!g_file_get_contents (model.path.c_str (), &bytes, &m_size, &error))
    fail (TILL_ERROR_NOT_FOUND, "%s can't be read: %s", model.path.c_str (), error->message);
  check_size (model, m_size);

  g_autofree char *sum
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256, reinterpret_cast<const guchar *> (bytes), m_size);
  if (g_ascii_strcasecmp (sum, model.sha256.c_str ()) != 0)
    {
      std::string why = "its sha256 is " + std::string (sum) + " instead of " + model.sha256;
      refuse (model, why.c_str ());
    }
  m_data = static_cast<gchar *> (g_steal_pointer (&bytes));
}

ModelFile::~ModelFile ()
{
  g_free (m_data);
}

const char *
ModelFile::data () const
{
  return m_data;
}

std::size_t
ModelFile::size () const
{
  return m_size;
}

} // namespace till
