/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-error.h"

G_DEFINE_QUARK (till - pass - error - quark, till_pass_error)
