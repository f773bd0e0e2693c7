/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-model-manifest.hpp"

#include <glib.h>

namespace till
{

/* The bytes of a network's file, read whole and found to be the ones the manifest names. */
class ModelFile
{
public:
  /* Throws TILL_ERROR_NOT_FOUND, or TILL_ERROR_CHECKSUM for a file of other bytes. */
  explicit ModelFile (const Model &model);
  ModelFile (const ModelFile &) = delete;
  ModelFile &operator= (const ModelFile &) = delete;
  ~ModelFile ();

  const char *data () const;
  std::size_t size () const;

private:
  void read (const Model &model);

  gchar *m_data = nullptr;
  gsize m_size = 0;
};

} // namespace till
