/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-face-pass.h"
#include "gtk/till-application.h"

G_BEGIN_DECLS

/*
 * The paper of a face pass. @text: of its code; wiped from memory when the printing is over. Tells the cashier what came of
 * it.
 */
void till_pass_print (const char *shop, TillFacePass *pass, const char *text, TillApplication *application);

/* Writes it to @path, as PDF or, for a name that ends in .png, as a picture. */
gboolean
till_pass_save (const char *shop, TillFacePass *pass, const char *text, const char *path, GError **error);

G_END_DECLS
