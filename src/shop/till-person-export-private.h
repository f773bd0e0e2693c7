/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-person-export.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The export of @id. @root (transfer full): {shop, at, id, kind: "customer" or "face-pass", [details], [face: {templates}],
 * [pass], payment_service, consents: [{number, at, record, wording, body}], rows: [{number, at, kind, …, body}]}
 * (transfer full).
 */
TillPersonExport *till_person_export_new (const char *id, JsonObject *root) G_GNUC_WARN_UNUSED_RESULT;

/* The page for people of such a @root (transfer full). */
char *till_person_page_make (JsonObject *root);

G_END_DECLS
