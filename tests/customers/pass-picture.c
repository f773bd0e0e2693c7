/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass-picture.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

/* A camera that sees 45 degrees from top to bottom: its focal length in heights of the picture. */
#define FOCAL 1.207

/* Light of paper, ink, what is behind them, and a phone's black. */
#define WHITE      0.85
#define INK        0.08
#define BEHIND     0.35
#define PHONE_INK  0.05
#define PHONE_LIT  0.95
#define SAMPLES    3    /* a pixel, each way */
#define PHONE_DOTS 12   /* of a screen of 400 an inch that shows a pass 6 cm wide, a module */
#define GAP        0.15 /* of a screen's dot that is dark */
#define GLARE_SIZE 0.22 /* of the code's side */

typedef struct
{
  double x, y, z;
} Vector;

/* The paper in space: its middle on the camera's axis but for a fraction of a pixel. */
typedef struct
{
  const PassPicture *how;
  const TillPassCode *code;
  Vector along; /* unit vectors in the paper */
  Vector down;
  Vector normal;
  Vector middle;
  double focal;
  double half; /* of the code's side, in modules, quiet ones included */
} Scene;

static double
dot (Vector a, Vector b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static void
scene_init (Scene *self, const PassPicture *how, const TillPassCode *code, GRand *random)
{
  const double yaw = how->yaw * G_PI / 180, pitch = how->pitch * G_PI / 180, roll = how->roll * G_PI / 180;

  self->how = how;
  self->code = code;
  self->focal = FOCAL * how->height;
  self->half = till_pass_code_get_side (code) / 2.0 + TILL_PASS_CODE_QUIET;
  self->along
      = (Vector){ cos (yaw) * cos (roll) + sin (yaw) * sin (pitch) * sin (roll), cos (pitch) * sin (roll),
                  -sin (yaw) * cos (roll) + cos (yaw) * sin (pitch) * sin (roll) };
  self->down
      = (Vector){ -cos (yaw) * sin (roll) + sin (yaw) * sin (pitch) * cos (roll), cos (pitch) * cos (roll),
                  sin (yaw) * sin (roll) + cos (yaw) * sin (pitch) * cos (roll) };
  self->normal = (Vector){ self->along.y * self->down.z - self->along.z * self->down.y,
                           self->along.z * self->down.x - self->along.x * self->down.z,
                           self->along.x * self->down.y - self->along.y * self->down.x };

  /* In modules: so far away that one of them covers so many pixels. */
  const double away = self->focal / how->module;
  self->middle = (Vector){ away / self->focal * g_rand_double_range (random, -0.5, 0.5),
                           away / self->focal * g_rand_double_range (random, -0.5, 0.5), away };
}

/* The light of a screen from its left edge to so many dots from it: of three stripes with a gap behind each. */
static double
scene_light_up_to (double dots)
{
  static const double shares[] = { 0.9, 1.7, 0.4 };
  const double stripes = (dots - floor (dots)) * 3;
  const int last = CLAMP ((int) stripes, 0, 2);
  double sum = floor (dots) * (shares[0] + shares[1] + shares[2]) / 3;

  for (int i = 0; i < last; i++)
    sum += shares[i] / 3;
  return sum + shares[last] / 3 * MIN ((stripes - last) / (1 - GAP), 1);
}

/* How much of its light a screen gives off there, over the width of a sample: a sensor has no points. */
static double
scene_stripe (const Scene *self, double u)
{
  const double width = PHONE_DOTS / self->how->module / SAMPLES;
  const double dots = (u + self->half) * PHONE_DOTS;

  return (scene_light_up_to (dots + width / 2) - scene_light_up_to (dots - width / 2)) / width;
}

/* The light that comes from the paper at @u, @v modules from its middle. */
static double
scene_light (const Scene *self, double u, double v)
{
  const gboolean phone = self->how->kind == PASS_PICTURE_PHONE;
  const int side = till_pass_code_get_side (self->code);
  const int column = (int) floor (u + side / 2.0), row = (int) floor (v + side / 2.0);
  const double size = GLARE_SIZE * 2 * self->half, glare_u = u + 0.3 * self->half,
               glare_v = v - 0.2 * self->half;
  double light = phone ? PHONE_LIT : WHITE;

  if (fabs (u) > self->half || fabs (v) > self->half)
    return BEHIND;
  if (column >= 0 && column < side && row >= 0 && row < side
      && till_pass_code_get_modules (self->code)[row * side + column] != 0)
    light = phone ? PHONE_INK : INK;
  if (phone)
    light *= scene_stripe (self, u);
  return light
         + self->how->glare * WHITE * exp (-(glare_u * glare_u + glare_v * glare_v) / (2 * size * size));
}

/* What falls on the sensor at that place. */
static double
scene_sample (const Scene *self, double x, double y)
{
  const Vector ray = { x - self->how->width / 2.0, y - self->how->height / 2.0, self->focal };
  const double reach = dot (self->middle, self->normal) / dot (ray, self->normal);
  const Vector hit
      = { ray.x * reach - self->middle.x, ray.y * reach - self->middle.y, ray.z * reach - self->middle.z };

  if (!(reach > 0))
    return BEHIND;
  return scene_light (self, dot (hit, self->along), dot (hit, self->down));
}

static double
scene_pixel (const Scene *self, int x, int y)
{
  double sum = 0;

  for (int i = 0; i < SAMPLES; i++)
    for (int j = 0; j < SAMPLES; j++)
      {
        double shift = self->how->smear * ((double) (i * SAMPLES + j) / (SAMPLES * SAMPLES) - 0.5);
        sum += scene_sample (self, x + (j + 0.5) / SAMPLES + shift, y + (i + 0.5) / SAMPLES);
      }
  return sum / (SAMPLES * SAMPLES);
}

/* One pass of a Gaussian over rows (@step 1) or columns (@step the width). */
static void
blur_along (double *light, int n_lines, int length, gsize line_step, gsize step, double sigma)
{
  const int reach = (int) ceil (3 * sigma);
  g_autofree double *line = g_new (double, length);

  for (int i = 0; i < n_lines; i++)
    {
      double *start = light + (gsize) i * line_step;

      for (int j = 0; j < length; j++)
        {
          double sum = 0, weights = 0;

          for (int k = MAX (j - reach, 0); k <= MIN (j + reach, length - 1); k++)
            {
              double weight = exp (-(k - j) * (k - j) / (2 * sigma * sigma));
              sum += weight * start[(gsize) k * step];
              weights += weight;
            }
          line[j] = sum / weights;
        }
      for (int j = 0; j < length; j++)
        start[(gsize) j * step] = line[j];
    }
}

/* From twelve even ones, which is as normal as a camera's. */
static double
random_normal (GRand *random)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

guint8 *
pass_picture_draw (const PassPicture *self, const TillPassCode *code)
{
  const gsize area = (gsize) self->width * (gsize) self->height;
  g_autoptr (GRand) random = g_rand_new_with_seed (self->seed);
  g_autofree double *light = g_new (double, area);
  guint8 *pixels = g_malloc (area);
  Scene scene;

  scene_init (&scene, self, code, random);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      light[(gsize) y * (gsize) self->width + (gsize) x] = scene_pixel (&scene, x, y);
  if (self->blur > 0)
    {
      blur_along (light, self->height, self->width, (gsize) self->width, 1, self->blur);
      blur_along (light, self->width, self->height, 1, (gsize) self->width, self->blur);
    }
  for (gsize i = 0; i < area; i++)
    {
      double value = light[i] * (1 - self->dark) + self->noise * random_normal (random);
      pixels[i] = (guint8) (255 * CLAMP (value, 0.0, 1.0) + 0.5);
    }
  return pixels;
}

static GstBuffer *
buffer_of (const GstVideoInfo *info, const guint8 *pixels)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  const gsize bright = (gsize) GST_VIDEO_INFO_WIDTH (info) * (gsize) GST_VIDEO_INFO_HEIGHT (info);

  gst_buffer_memset (buffer, 0, 128, GST_VIDEO_INFO_SIZE (info));
  gst_buffer_fill (buffer, 0, pixels, bright);
  return buffer;
}

/* The text of the message that the element posts of a code it has read (transfer full) (nullable). */
static char *
take_text (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  char *text = NULL;

  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT)) != NULL)
    {
      const GstStructure *told = gst_message_get_structure (message);

      if (text == NULL && gst_structure_has_name (told, "barcode"))
        text = g_strdup (gst_structure_get_string (told, "symbol"));
      gst_message_unref (message);
    }
  return text;
}

char *
pass_picture_read (const guint8 *pixels, int width, int height)
{
  GstVideoInfo info;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstCaps) caps = NULL;

  gst_init (NULL, NULL);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, (guint) width, (guint) height);
  caps = gst_video_info_to_caps (&info);

  g_autoptr (GstElement) pipeline
      = gst_parse_launch ("appsrc name=source format=time ! zbar ! appsink name=sink sync=false", &error);
  g_assert_no_error (error);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_app_src_set_caps (GST_APP_SRC (source), caps);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer_of (&info, pixels));
  gst_app_src_end_of_stream (GST_APP_SRC (source));

  /* What comes out at the end has been read. */
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  char *text = take_text (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return text;
}
