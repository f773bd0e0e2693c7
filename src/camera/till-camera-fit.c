/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-fit.h"

#include <gst/video/video.h>

#define TILL_FIT_WIDTH  1280
#define TILL_FIT_HEIGHT 720

static int
till_fit_scale (int value, int numerator, int denominator)
{
  return MAX ((int) gst_util_uint64_scale_int_round ((guint64) value, numerator, denominator), 1);
}

void
till_camera_fit_size (int *width, int *height, int par_n, int par_d)
{
  if (par_n > par_d && par_d > 0)
    *height = till_fit_scale (*height, par_d, par_n);
  else if (par_n < par_d && par_n > 0)
    *width = till_fit_scale (*width, par_n, par_d);

  if (*width > TILL_FIT_WIDTH)
    {
      *height = till_fit_scale (*height, TILL_FIT_WIDTH, *width);
      *width = TILL_FIT_WIDTH;
    }
  if (*height > TILL_FIT_HEIGHT)
    {
      *width = till_fit_scale (*width, TILL_FIT_HEIGHT, *height);
      *height = TILL_FIT_HEIGHT;
    }
}

static GstPadProbeReturn
till_fit_on_event (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GstElement *filter = user_data;
  GstEvent *event = gst_pad_probe_info_get_event (probe);
  GstCaps *arriving;
  GstVideoInfo info;
  int width;
  int height;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &arriving);
  if (!gst_video_info_from_caps (&info, arriving))
    return GST_PAD_PROBE_OK;

  width = GST_VIDEO_INFO_WIDTH (&info);
  height = GST_VIDEO_INFO_HEIGHT (&info);
  till_camera_fit_size (&width, &height, GST_VIDEO_INFO_PAR_N (&info), GST_VIDEO_INFO_PAR_D (&info));

  g_autoptr (GstCaps) leaving = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGR", "width",
                                                     G_TYPE_INT, width, "height", G_TYPE_INT, height,
                                                     "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (filter, "caps", leaving, NULL);
  return GST_PAD_PROBE_OK;
}

void
till_camera_fit_attach (GstElement *scale, GstElement *filter)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (scale, "sink");
  g_autoptr (GstCaps) any_size = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGR", NULL);

  g_object_set (filter, "caps", any_size, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, till_fit_on_event, filter, NULL);
}

GstCaps *
till_camera_fit_choose (GstCaps *offered)
{
  /* Best first. Cameras send large raw pictures slowly, so a fair rate goes before size. */
  static const char *const wishes[] = {
    "video/x-raw, width=[640,1280], height=[480,720], framerate=[24/1,60/1]",
    "image/jpeg, width=[640,1280], height=[480,720], framerate=[24/1,60/1]",
    "video/x-raw, width=[1,1280], height=[1,720], framerate=[15/1,60/1]",
    "image/jpeg, width=[1,1280], height=[1,720], framerate=[15/1,60/1]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wishes) && offered != NULL; i++)
    {
      g_autoptr (GstCaps) wish = gst_caps_from_string (wishes[i]);
      g_autoptr (GstCaps) both = gst_caps_intersect_full (offered, wish, GST_CAPS_INTERSECT_FIRST);

      if (!gst_caps_is_empty (both))
        return g_steal_pointer (&both);
    }
  return gst_caps_new_any ();
}
