/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-person-export-private.h"

struct _TillPersonExport
{
  char *id;
  JsonObject *root;
};

G_DEFINE_BOXED_TYPE (TillPersonExport, till_person_export, till_person_export_ref, till_person_export_unref)

TillPersonExport *
till_person_export_new (const char *id, JsonObject *root)
{
  TillPersonExport *self = g_atomic_rc_box_new0 (TillPersonExport);

  self->id = g_strdup (id);
  self->root = root;
  return self;
}

static void
till_person_export_clear (gpointer data)
{
  TillPersonExport *self = data;

  g_free (self->id);
  json_object_unref (self->root);
}

TillPersonExport *
till_person_export_ref (TillPersonExport *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
till_person_export_unref (TillPersonExport *self)
{
  g_atomic_rc_box_release_full (self, till_person_export_clear);
}

const char *
till_person_export_get_id (const TillPersonExport *self)
{
  return self->id;
}

char *
till_person_export_to_json (const TillPersonExport *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, self->root);
  return json_to_string (node, TRUE);
}

char *
till_person_export_to_html (const TillPersonExport *self)
{
  return till_person_page_make (self->root);
}
