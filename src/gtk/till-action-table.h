/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/*
 * One action: what it does, and when it can be done, which is never before the shop is open. @event is the checkout's
 * step behind it, or -1; @test is asked beside it. Why @act failed is told to the cashier; it sets no error where that
 * is told already or there is nothing to tell.
 */
typedef struct
{
  const char *name;
  const char *parameter; /* GVariant type, NULL for none */
  gboolean (*act) (TillApplication *self, GVariant *parameter, GError **error);
  int event;
  gboolean (*test) (TillApplication *self); /* (nullable) */
} TillActionRow;

/* An action that does nothing, whose state tells whoever listens on the bus what @read says (floating). */
typedef struct
{
  const char *name;
  GVariant *(*read) (TillApplication *self);
} TillReadingRow;

/* Adds the actions of @rows, which have to last as long as @self; they are off until they are updated. */
void till_action_table_add (TillApplication *self, const TillActionRow *rows, gsize n_rows);
void till_action_table_update (TillApplication *self, const TillActionRow *rows, gsize n_rows);

void till_action_table_add_readings (TillApplication *self, const TillReadingRow *rows, gsize n_rows);
void till_action_table_update_readings (TillApplication *self, const TillReadingRow *rows, gsize n_rows);

G_END_DECLS
