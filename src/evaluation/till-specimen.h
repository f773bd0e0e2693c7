/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TILL_SPECIMEN_PHOTO,
  TILL_SPECIMEN_CLIP,
  TILL_SPECIMEN_OTHER, /* neither by its first bytes nor by its name: nothing to look at */
} TillSpecimenKind;

/* What a file is. Its first bytes count; one that begins like neither but is named like one is broken, not another. */
TillSpecimenKind till_specimen_kind (const char *path);

/**
 * TillSpecimen: a photograph or clip to be looked at.
 */
typedef struct
{
  char *path;
  char *name;     /* for people: the path below the folder that was named, in UTF-8 */
  guint group;    /* which of the set's groups it belongs to */
  guint pictures; /* looked at so far: 1 for a photograph, for a clip as many as were sampled */
  guint faces;    /* pictures a face was found in */
  TillSpecimenKind kind;
  char *trouble; /* why it could not be read, NULL if it could */
} TillSpecimen;

void till_specimen_free (TillSpecimen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSpecimen, till_specimen_free)

G_END_DECLS
