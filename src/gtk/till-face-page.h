/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_FACE_PAGE (till_face_page_get_type ())
G_DECLARE_FINAL_TYPE (TillFacePage, till_face_page, TILL, FACE_PAGE, GtkWidget)

/**
 * TillFacePage: what the customer sees while the camera is on: the mirror, one hint, and one thing to do beside it
 * (digits, a moment's wait, a smile).
 */
GtkWidget *till_face_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Follows the application's checkout from now on; call once the shop is open. */
void till_face_page_follow (TillFacePage *self, TillApplication *application);

G_END_DECLS
