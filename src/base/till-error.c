/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"

G_DEFINE_QUARK (till-error-quark, till_error)
