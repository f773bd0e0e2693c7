/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "presentation.hpp"

#include "customers/till-enrolment.h"

namespace attacks
{

/* What a victim types, and is known by. */
const char *digits_of (Victim victim);
const char *name_of (Victim victim);

/*
 * The victim enrolled: the clips' men from their clip as an enrolment takes them, the portraits' sitters from the
 * portrait itself (transfer none).
 */
const TillEnrolment *enrolment_of (Victim victim);

} // namespace attacks
