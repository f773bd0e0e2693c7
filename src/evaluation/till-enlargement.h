/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/* Pictures whose longer side is below this may be nothing but a face, which the detector does not find. */
#define TILL_ENLARGEMENT_SMALL 160

/**
 * A picture that is a face and nothing else, made into one of a face with something around it (transfer full): enlarged
 * @factor times between its pixels, with its edges drawn out on every side by @margin of its sides.
 */
TillFrame *till_enlargement_new (TillFrame *frame, int factor, double margin) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
