/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_DISCOUNT_DIALOG (till_discount_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillDiscountDialog, till_discount_dialog, TILL, DISCOUNT_DIALOG, AdwWindow)

/**
 * TillDiscountDialog: asks what is to be taken off one line of a basket, or off all of it: per cent or an amount. It
 * shows what that comes to before it is done, and stays open until it could be done.
 *
 * @line: (nullable) NULL for the whole basket.
 */
GtkWindow *till_discount_dialog_new (GtkWindow *parent,
                                     TillBasket *basket,
                                     TillBasketLine *line) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
