/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-looking.h"
#include "checkout/till-presence.h"

G_BEGIN_DECLS

struct _TillPresence
{
  GObject parent_instance;

  TillLooking *looking;
  TillLockout *lockout;
  TillClock *clock;
  gboolean has_passes;
  TillCheckoutPolicy policy;
  guint patience;
  guint timeouts[TILL_PRESENCE_N_STATES]; /* seconds */

  TillPresencePosition position;
  gboolean stepping; /* a step is being taken: effects must not take another */
  guint timer;
  gint64 deadline_us;
  char *reason;
  char *consent;
  TillCustomer *customer;
  gint64 confirmed_us;
};

G_END_DECLS
