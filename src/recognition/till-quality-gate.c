/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-quality-gate.h"

#include <math.h>

static gboolean
is_lit (const TillOperatingPoint *point, const TillFaceQuality *quality)
{
  double brightness = (double) quality->brightness;

  return brightness >= point->least_brightness && brightness <= point->most_brightness
         && (double) quality->contrast >= point->least_contrast
         && (double) quality->side_light <= point->most_side_light
         && (double) quality->clipped <= point->most_clipped;
}

static gboolean
is_frontal (const TillOperatingPoint *point, const TillFace *face)
{
  return fabs ((double) face->pose.yaw) <= point->most_yaw
         && fabs ((double) face->pose.pitch) <= point->most_pitch
         && fabs ((double) face->pose.roll) <= point->most_roll;
}

TillHint
till_quality_gate_judge (const TillOperatingPoint *point, const TillFace *face, int frame_height)
{
  g_return_val_if_fail ((face->measured & TILL_QUALITY_GATE_WANTED) == TILL_QUALITY_GATE_WANTED,
                        TILL_HINT_NO_FACE);

  if ((double) face->quality.size < point->least_square)
    return TILL_HINT_CLOSER;
  if ((double) face->box.height > point->most_fill * frame_height)
    return TILL_HINT_BACK;
  if (!is_lit (point, &face->quality))
    return TILL_HINT_LIGHT;
  if ((double) face->quality.sharpness < point->least_sharpness)
    return TILL_HINT_STILL;
  if (!is_frontal (point, face))
    return TILL_HINT_FACE_CAMERA;
  return TILL_HINT_NONE;
}

double
till_quality_gate_rank (const TillFace *face)
{
  double yaw = (double) face->pose.yaw * G_PI / 180;
  double pitch = (double) face->pose.pitch * G_PI / 180;

  return (double) face->quality.sharpness * MAX (cos (yaw) * cos (pitch), 0);
}
