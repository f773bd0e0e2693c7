/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_READER (till_reader_get_type ())
G_DECLARE_FINAL_TYPE (TillReader, till_reader, TILL, READER, GtkWidget)

/**
 * TillReader: a text that may be longer than its page: while there is more of it below, a button says so and turns the
 * page. Property "child" (GtkWidget), for templates.
 */
GtkWidget *till_reader_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @child: (nullable) */
void till_reader_set_child (TillReader *self, GtkWidget *child);
/* Back to the first line. */
void till_reader_start_over (TillReader *self);

G_END_DECLS
