/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money-fixture.h"

G_BEGIN_DECLS

#define PASS_HOLDER_DIGITS "8080"

/* Somebody of whom the shop keeps nothing: a pass issued here, on axis 8 of the templates. */
typedef struct
{
  TillFacePass *pass;
  char *id;
  char *code; /* what the pass shows */
} PassHolder;

/* The pass of @templates. */
void pass_holder_init_with_templates (PassHolder *self,
                                      MoneyFixture *till,
                                      const char *digits,
                                      const float *templates,
                                      guint n_templates,
                                      gboolean issued);
/* A pass of these digits, noted in the till's book or not. */
void pass_holder_init (PassHolder *self, MoneyFixture *till, const char *digits, gboolean issued);
void pass_holder_clear (PassHolder *self);

void pass_holder_revoke (PassHolder *self, MoneyFixture *till);

G_END_DECLS
