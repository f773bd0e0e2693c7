/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-presence.h"
#include "shop/till-shop-erasure.h"
#include "shop/till-shop-export.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_DATA_SHOW,
  TILL_DATA_ERASE,
} TillDataGoal;

typedef enum
{
  TILL_DATA_PROVING, /* see till_data_case_get_presence(); once that is confirmed the person is asked, or answered */
  TILL_DATA_GATHERING,
  TILL_DATA_SHOWN, /* see till_data_case_get_export() */
  TILL_DATA_ERASING,
  TILL_DATA_ERASED, /* see till_data_case_get_erasure() */
  TILL_DATA_FAILED, /* see till_data_case_get_error() */
} TillDataState;

#define TILL_TYPE_DATA_CASE (till_data_case_get_type ())
G_DECLARE_FINAL_TYPE (TillDataCase, till_data_case, TILL, DATA_CASE, GObject)

/**
 * TillDataCase: somebody wants to see or erase what this till keeps of them, from being asked whether the camera may look
 * to what they take away. Nobody but themselves needs to do anything. Main context only.
 *
 * Signals: "state" () when its state or its presence's is another.
 */
TillDataCase *
till_data_case_new (TillShop *shop, TillCameraSource *source, TillDataGoal goal) G_GNUC_WARN_UNUSED_RESULT;

TillDataGoal till_data_case_get_goal (TillDataCase *self);
TillDataState till_data_case_get_state (TillDataCase *self);
/* (transfer none) */
TillPresence *till_data_case_get_presence (TillDataCase *self);
/* "consent", "digits", "looking", "pin", "confirmed", …, "gathering", "shown", "erasing", "erased", "failed". */
const char *till_data_case_to_string (TillDataCase *self);

/* Who has seen what is kept of them is asked whether it shall go, as one is who came for that. */
gboolean till_data_case_can_ask (TillDataCase *self);
void till_data_case_ask (TillDataCase *self);

/* TRUE while till_data_case_erase() can be asked for: they are confirmed and were told what goes. */
gboolean till_data_case_can_erase (TillDataCase *self);
void till_data_case_erase (TillDataCase *self);

/*
 * Monotonic microseconds when the present state times out, 0 if it does not: what is kept of somebody does not stay on a
 * screen that they walked away from. More time starts it anew.
 */
gint64 till_data_case_get_deadline_us (TillDataCase *self);
void till_data_case_extend (TillDataCase *self);
/* TRUE once it was given up or its time is over. */
gboolean till_data_case_is_over (TillDataCase *self);

/* Camera off, and nothing of the person is held any more. */
void till_data_case_end (TillDataCase *self);

/* All (transfer none) (nullable). */
TillPersonExport *till_data_case_get_export (TillDataCase *self);
TillErasure *till_data_case_get_erasure (TillDataCase *self);
const GError *till_data_case_get_error (TillDataCase *self);

G_END_DECLS
