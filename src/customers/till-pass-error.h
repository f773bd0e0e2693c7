/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TILL_PASS_ERROR: why a face pass that was shown is refused. A message is for the log and the command line; pages
 * choose their own words by code. What is no fault of the pass (a file that can't be read) comes as #TILL_ERROR.
 */
#define TILL_PASS_ERROR (till_pass_error_quark ())
GQuark till_pass_error_quark (void);

typedef enum
{
  TILL_PASS_ERROR_NOT_A_PASS, /* another code, or a newer till's pass */
  TILL_PASS_ERROR_FORGED,     /* not signed by this shop, or altered since */
  TILL_PASS_ERROR_FOREIGN,    /* another shop's */
  TILL_PASS_ERROR_EXPIRED,    /* its last day is over */
  TILL_PASS_ERROR_REVOKED,    /* reported lost, or withdrawn */
  TILL_PASS_ERROR_UNKNOWN,    /* right, and yet not among those this till has issued */
  TILL_PASS_ERROR_LOCKED,     /* can't be opened while the keyring is locked */
} TillPassError;

G_END_DECLS
