/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"

G_DEFINE_QUARK (till_error, till_error)
