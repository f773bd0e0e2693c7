/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/* The application spans its start and end (till-application.c), its actions (-actions.c) and its readings. */
struct _TillApplication
{
  AdwApplication parent_instance;

  char *profile_dir;
  char *camera;
  gboolean demo;
  gboolean tester;

  TillPhase phase;
  GError *error;
  TillShop *shop;
  TillDigits *digits;
  TillDigits *pin;
  TillDigits *first_pin; /* of an enrolment, to be typed once more */
  TillSitting *sitting;
  TillDataCase *data;
  TillHistory *history;
  TillUnresolvedList *unresolved;
  TillDay *day;
  TillCustodyCase *custody;
  TillRightsCase *rights;
  TillRefundCase *refund;
  TillMoney cash;
  gboolean cash_given;
  gboolean privacy;
  const char *smile_cue; /* what is asked of the customer who is to smile; NULL for nothing */
  gboolean shows_tester;
  GCancellable *opening;
};

/* Adds every action; those that need a shop are off until till_application_update_actions(). */
void till_application_add_actions (TillApplication *self);

/* The actions whose state tells whoever listens on the bus where the till is. */
void till_application_add_readings (TillApplication *self);
void till_application_update_readings (TillApplication *self);

/* Turns each action on or off and tells the read-only ones where the till is. */
void till_application_update_actions (TillApplication *self);

/* Follows the shop's rooms from now on. */
void till_application_follow_shop (TillApplication *self);

/* Wipes what was typed on the keypad. */
void till_application_forget_typed (TillApplication *self);
void till_application_set_sitting (TillApplication *self, TillSitting *sitting);
/* The one before it is ended; (nullable). */
void till_application_set_data_case (TillApplication *self, TillDataCase *data);
void till_application_set_privacy (TillApplication *self, gboolean shown);
void till_application_set_shows_tester (TillApplication *self, gboolean shown);
void till_application_set_cash (TillApplication *self, const TillMoney *cash);

G_END_DECLS
