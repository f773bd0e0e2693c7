/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-person-record.h"

#include "evaluation/till-identity-picture.h"

static void
add_pair (TillPersonRecord *self, const TillFace *a, const TillFace *b, double threshold)
{
  double score = (double) till_vision_compare (a->embedding, b->embedding);

  self->least = self->pairs == 0 ? score : MIN (self->least, score);
  self->mean += (score - self->mean) / (self->pairs + 1);
  self->pairs++;
  self->missed += score < threshold;
}

static void
add_picture (TillPersonRecord *self, GArray *pictures, guint first, guint index, double threshold)
{
  const TillIdentityPicture *picture = &g_array_index (pictures, TillIdentityPicture, index);

  if (picture->face == NULL)
    return;
  self->pictures++;
  for (guint i = first; i < index; i++)
    {
      const TillIdentityPicture *earlier = &g_array_index (pictures, TillIdentityPicture, i);

      if (earlier->face != NULL)
        add_pair (self, earlier->face, picture->face, threshold);
    }
}

static int
compare_records (gconstpointer first, gconstpointer second)
{
  const TillPersonRecord *a = first;
  const TillPersonRecord *b = second;
  double more = (double) b->missed / b->pairs - (double) a->missed / a->pairs;
  double less = a->least - b->least;

  if (more != 0)
    return more > 0 ? 1 : -1;
  return less < 0 ? -1 : less > 0;
}

GArray *
till_person_record_list (GArray *pictures, double threshold)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (TillPersonRecord));

  for (guint first = 0, next; first < pictures->len; first = next)
    {
      TillPersonRecord record = { .person = g_array_index (pictures, TillIdentityPicture, first).person };

      for (next = first; next < pictures->len
                         && g_array_index (pictures, TillIdentityPicture, next).person == record.person;
           next++)
        add_picture (&record, pictures, first, next, threshold);
      if (record.pairs > 0)
        g_array_append_val (records, record);
    }
  g_array_sort (records, compare_records);
  return records;
}
