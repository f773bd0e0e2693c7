/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-erasure.h"

G_BEGIN_DECLS

/* To be filled in, all members owned, before anybody else sees it (transfer full). */
TillErasure *till_erasure_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
