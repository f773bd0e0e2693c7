/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-error.h"

#include "base/till-error.h"

static gboolean
till_error_is_of_plugin (const GError *reason)
{
  return g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND)
         || g_error_matches (reason, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN);
}

static gboolean
till_error_is_of_opening (const GError *reason)
{
  return g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ)
         || g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE)
         || g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED);
}

GError *
till_camera_error_of_file (const GError *reason, const char *path, const char *missing)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return g_error_new (TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no file “%s” any more", shown);
  if (till_error_is_of_opening (reason))
    return g_error_new (TILL_ERROR, TILL_ERROR_INVALID, "“%s” can't be opened: check who may read it (%s)",
                        shown, reason->message);
  if (missing != NULL)
    return g_error_new (
        TILL_ERROR, TILL_ERROR_INVALID,
        "“%s” can't be played: GStreamer has no %s, install gstreamer1.0-plugins-good or -libav", shown,
        missing);
  if (till_error_is_of_plugin (reason))
    return g_error_new (TILL_ERROR, TILL_ERROR_INVALID, "“%s” has no video in it that can be decoded", shown);
  return g_error_new (TILL_ERROR, TILL_ERROR_INVALID, "“%s” is no video or picture that can be played: %s",
                      shown, reason->message);
}

GError *
till_camera_error_of_device (const GError *reason, const char *name)
{
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return g_error_new (TILL_ERROR, TILL_ERROR_BUSY,
                        "The camera “%s” is held by another program: close that and try again", name);
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return g_error_new (TILL_ERROR, TILL_ERROR_NOT_FOUND, "The camera “%s” is gone: plug it in again", name);
  if (till_error_is_of_opening (reason))
    return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                        "The camera “%s” can't be opened: check that this user may use it (%s)", name,
                        reason->message);
  return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The camera “%s” stopped: %s", name,
                      reason->message);
}
