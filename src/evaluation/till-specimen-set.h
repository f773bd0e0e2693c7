/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-specimen.h"

G_BEGIN_DECLS

/**
 * TillSpecimenSet: the photographs and clips of a folder, in groups: people, classes, or species of attack. Everything
 * is in the order of the names, so that two runs are alike. Hidden files are left out.
 */
typedef struct
{
  GPtrArray *specimens; /* (element-type TillSpecimen) */
  GPtrArray *groups;    /* (element-type utf8): their names */
  GPtrArray *skipped;   /* (element-type utf8): names of files that are neither photographs nor clips */
  GPtrArray *trouble;   /* (element-type utf8): folders that could not be read, each with the reason */
} TillSpecimenSet;

TillSpecimenSet *till_specimen_set_new (void) G_GNUC_WARN_UNUSED_RESULT;
void till_specimen_set_free (TillSpecimenSet *self);

/*
 * Adds every folder in @dir as a group; files that lie beside the folders are skipped.
 * %TILL_ERROR_NOT_FOUND, or %TILL_ERROR_INVALID when @dir is no folder, can't be read or holds nothing to look at, or
 * no folders.
 */
gboolean till_specimen_set_add_groups (TillSpecimenSet *self, const char *dir, GError **error);

/*
 * Adds what lies in @dir as one group, and what lies in each of its folders as a group of its own, named "@dir/folder".
 * @first_group and @n_groups: (out): which groups those are. Errors as above.
 */
gboolean till_specimen_set_add_class (
    TillSpecimenSet *self, const char *dir, guint *first_group, guint *n_groups, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSpecimenSet, till_specimen_set_free)

G_END_DECLS
