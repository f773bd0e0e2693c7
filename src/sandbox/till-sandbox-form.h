/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillSandboxForm: the parameters of a call, as application/x-www-form-urlencoded with brackets writes them.
 *
 * "a=1&b[c]=2&d[]=3" is a tree: a text "1" at a, a text "2" at b.c, a text "3" at d.0. A node is a text or has
 * children, never both.
 */
typedef struct _TillSandboxForm TillSandboxForm;

/* Most fields one call may have, and how deep brackets may go. */
#define TILL_SANDBOX_FORM_FIELDS 512
#define TILL_SANDBOX_FORM_DEPTH  6

/* An empty tree (transfer full). */
TillSandboxForm *till_sandbox_form_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_form_free (TillSandboxForm *form);

/*
 * Adds the fields of @encoded. A field given twice keeps the last text. %TILL_ERROR_INVALID for a bad %-escape, a NUL
 * byte, text that isn't UTF-8, brackets that don't match, too many or too deep fields, and a field that would be text
 * and have children; some fields may have been added then.
 */
gboolean till_sandbox_form_parse (TillSandboxForm *form, const char *encoded, gsize length, GError **error);

/* The node at a path of names joined by points, "created.gte"; "" is @form itself (transfer none, nullable). */
const TillSandboxForm *till_sandbox_form_at (const TillSandboxForm *form, const char *path);

/* The text of a node (transfer none); %NULL if @form is %NULL or has children. */
const char *till_sandbox_form_text (const TillSandboxForm *form);

/* How many children @form has; 0 for a text and for %NULL. */
guint till_sandbox_form_length (const TillSandboxForm *form);

/* Child @index, in the order of its first mention (transfer none). */
const TillSandboxForm *till_sandbox_form_nth (const TillSandboxForm *form, guint index);

/* The name of child @index (transfer none). */
const char *till_sandbox_form_nth_name (const TillSandboxForm *form, guint index);

typedef gboolean (*TillSandboxFormVisit) (const char *path, const char *text, gpointer data);

/* Calls @visit for every text with its path as "created[gte]" until it returns %FALSE; returns whether it never did. */
gboolean till_sandbox_form_foreach (const TillSandboxForm *form, TillSandboxFormVisit visit, gpointer data);

/* One text that is the same for two trees exactly if they hold the same, in whatever order (transfer full). */
char *till_sandbox_form_canonical (const TillSandboxForm *form);

/* "created.gte" as the caller wrote it, "created[gte]" (transfer full). */
char *till_sandbox_form_bracketed (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxForm, till_sandbox_form_free)

G_END_DECLS
