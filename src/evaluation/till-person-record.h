/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillPersonRecord: how well one person is recognised, over all pairs of their pictures.
 */
typedef struct
{
  guint person;   /* group of the set */
  guint pictures; /* with a face */
  guint pairs;
  guint missed; /* pairs below the till's threshold */
  double least; /* lowest score */
  double mean;
} TillPersonRecord;

/*
 * (element-type TillPersonRecord): everybody with at least one pair, worst first: by the share of pairs missed, then by
 * the lowest score (transfer full). @pictures: (element-type TillIdentityPicture), those of a person in a row.
 */
GArray *till_person_record_list (GArray *pictures, double threshold) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
