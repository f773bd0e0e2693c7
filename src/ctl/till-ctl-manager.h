/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/till-ctl.h"

G_BEGIN_DECLS

/* A command that works on an open till with a PIN from standard input. Zeroed at first. */
typedef struct
{
  TillCtlOptions options;
  TillSecret *pin; /* (nullable) */
  TillShop *shop;
} TillCtlManaged;

/* Reads the PIN where @whose (nullable) names one, then opens the till. FALSE with a message on standard error. */
gboolean till_ctl_managed_open (TillCtlManaged *self, const char *whose);
/* (transfer none) (nullable) */
const char *till_ctl_managed_pin (const TillCtlManaged *self);
void till_ctl_managed_clear (TillCtlManaged *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCtlManaged, till_ctl_managed_clear)

/* Says @words, or {"done": @what} as JSON; gives 0. */
int till_ctl_done (const TillCtlOptions *options, const char *what, const char *words);

G_END_DECLS
