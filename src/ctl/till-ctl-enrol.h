/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/till-ctl.h"

G_BEGIN_DECLS

/* As the command “enrol”, but onto a face pass that the customer carries. */
int till_ctl_enrol_pass (int argc, char **argv);

G_END_DECLS
