/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillPersonExport: everything the till holds on one person. Let go of it as soon as it is shown or written; what
 * the functions below give is as secret as that. Immutable, reference-counted.
 */
typedef struct _TillPersonExport TillPersonExport;

#define TILL_TYPE_PERSON_EXPORT (till_person_export_get_type ())
GType till_person_export_get_type (void);

TillPersonExport *till_person_export_ref (TillPersonExport *self);
void till_person_export_unref (TillPersonExport *self);

/* Id of the customer or face pass. */
const char *till_person_export_get_id (const TillPersonExport *self);

/* All of it for programs: one JSON object, indented (transfer full). */
char *till_person_export_to_json (const TillPersonExport *self);
/* All of it for people: one page that needs nothing beside it and can be printed (transfer full). */
char *till_person_export_to_html (const TillPersonExport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPersonExport, till_person_export_unref)

G_END_DECLS
