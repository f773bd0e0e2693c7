/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TILL_ERROR: the error domain of every room.
 *
 * A message names the thing that is wrong and, where there is one, the mend. It is written for the log and the
 * command line; pages choose their own words by code.
 */
#define TILL_ERROR (till_error_quark ())
GQuark till_error_quark (void);

typedef enum
{
  TILL_ERROR_INVALID,     /* an argument, file or answer that can't be right */
  TILL_ERROR_NOT_FOUND,   /* the named thing does not exist */
  TILL_ERROR_EXISTS,      /* the named thing exists already */
  TILL_ERROR_CORRUPT,     /* stored data that fails its own check */
  TILL_ERROR_CHECKSUM,    /* a file that is not the one the manifest names */
  TILL_ERROR_UNSUPPORTED, /* right, but not something this till can do */
  TILL_ERROR_OVERFLOW,    /* an amount that can't be represented */
  TILL_ERROR_CURRENCY,    /* an unknown currency, or two that differ */
  TILL_ERROR_LOCKED,      /* keyring or record locked */
  TILL_ERROR_UNAVAILABLE, /* keyring, camera or gateway not there now: trying later may help */
  TILL_ERROR_BUSY,        /* in use by another program or an operation under way */
  TILL_ERROR_REFUSED,     /* a rule of the shop says no */
  TILL_ERROR_LOOK_ALIKE,  /* a face too close to one that is enrolled: a manager must confirm it */
  TILL_ERROR_LOCKED_OUT,  /* guessed wrong too often: wait, as the message says */
  TILL_ERROR_FAILED,      /* anything else */
} TillError;

G_END_DECLS
