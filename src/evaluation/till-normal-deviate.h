/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How many standard deviations from the middle a normal distribution leaves @share below: -1.96 for 0.025. Minus and
 * plus infinity for 0 and 1. The scale of a DET curve's axes: on it the errors of two normal distributions are a line.
 */
double till_normal_deviate (double share);

G_END_DECLS
