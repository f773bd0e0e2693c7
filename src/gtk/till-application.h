/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-custody-case.h"
#include "gtk/till-data-case.h"
#include "gtk/till-day.h"
#include "gtk/till-digits.h"
#include "gtk/till-history.h"
#include "gtk/till-refund-case.h"
#include "gtk/till-rights-case.h"
#include "gtk/till-sitting.h"
#include "gtk/till-unresolved-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_APPLICATION (till_application_get_type ())
G_DECLARE_FINAL_TYPE (TillApplication, till_application, TILL, APPLICATION, AdwApplication)

#define TILL_APPLICATION_ID "io.github.smiletill.Smiletill"

/* Where the program itself is, before and beside any sale. */
typedef enum
{
  TILL_PHASE_OPENING,   /* database, keyring, gateway */
  TILL_PHASE_ENROLLING, /* the demo enrols its customer */
  TILL_PHASE_OPEN,      /* sells */
  TILL_PHASE_FAILED,    /* see till_application_get_error() */
} TillPhase;

/**
 * TillApplication: the program with a window. All that a person can do is one of its actions, which are exported on
 * the session bus at /io/github/smiletill/Smiletill; docs/actions.md lists them.
 *
 * Signals: "phase" (guint), see #TillPhase; "cash" () when what was handed over is another amount; "sitting" () when
 * an enrolment begins or ends; "data-case" () when somebody begins or ends seeing or erasing what is kept of them;
 * "privacy" () when the page about faces and data is opened or closed; "tester" () when the tester's view is shown or
 * hidden; "pin" () when the PIN of an enrolment is to be typed once more, or anew; "message" (const char *) something to
 * tell the cashier in passing; "show" (const char *) when the window of that name is asked for: "history", "unresolved",
 * "takings", "customers", "custody", "recovery" (making the phrase), "recover" (typing it), "audit".
 */
TillApplication *till_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

TillPhase till_application_get_phase (TillApplication *self);
/* Why it could not open, or why the demo's customer was not enrolled (transfer none) (nullable). */
const GError *till_application_get_error (TillApplication *self);
gboolean till_application_is_demo (TillApplication *self);

/* All (transfer none); NULL before the shop is open. */
TillShop *till_application_get_shop (TillApplication *self);
/* What the customer has typed of the phone's last digits. */
TillDigits *till_application_get_digits (TillApplication *self);
/* What the customer has typed of a PIN, to pay or to enrol with. */
TillDigits *till_application_get_pin (TillApplication *self);
/* TRUE while the PIN of an enrolment has been typed once and is to be typed again. */
gboolean till_application_wants_pin_again (TillApplication *self);
/* The enrolment under way (nullable). */
TillSitting *till_application_get_sitting (TillApplication *self);
/* Who wants to see or erase what is kept of them just now (nullable). */
TillDataCase *till_application_get_data_case (TillApplication *self);
/* What was handed over in cash; at first nothing, which stands for the exact amount (nullable). */
const TillMoney *till_application_get_cash (TillApplication *self);

/* TRUE while the camera looks, whatever for. */
gboolean till_application_is_camera_on (TillApplication *self);

/* TRUE while the page about faces and data is open. */
gboolean till_application_shows_privacy (TillApplication *self);

/* TRUE when it was started with --tester, and while the tester's view is to be seen; never the second without the first. */
gboolean till_application_is_tester (TillApplication *self);
gboolean till_application_shows_tester (TillApplication *self);

/* The sales to look through, and the attempts without an end (transfer none); NULL before the shop is open. */
TillHistory *till_application_get_history (TillApplication *self);
TillUnresolvedList *till_application_get_unresolved (TillApplication *self);
/* The takings (transfer none); NULL before the shop is open. */
TillDay *till_application_get_day (TillApplication *self);
/* Keys, recovery phrase and books, and what customers have a right to (transfer none); NULL before the shop is open. */
TillCustodyCase *till_application_get_custody (TillApplication *self);
TillRightsCase *till_application_get_rights (TillApplication *self);
/* The giving back under way, or the last one (nullable); the readings tell of it. */
void till_application_set_refund (TillApplication *self, TillRefundCase *refund);
TillRefundCase *till_application_get_refund (TillApplication *self);
/* Asks for the window of that name, see "show" above. */
void till_application_show (TillApplication *self, const char *name);

/* Tells the cashier @text in passing. */
void till_application_tell (TillApplication *self, const char *text);

G_END_DECLS
