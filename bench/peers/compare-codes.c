/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compare-codes PICTURES: what it does to real embeddings to be searched as bytes. Says by how much a cosine moves over
 * all pairs, and how often a gallery of the others gives each picture the very answer of comparing all in full.
 */
#include "picture-file.h"

#include "customers/till-gallery.h"
#include "customers/till-template-code.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  float vector[TILL_VISION_EMBEDDING];
  gint8 bytes[TILL_VISION_EMBEDDING];
  TillTemplateCode code;
} Face;

static void
fail (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  exit (1);
}

static GArray *
embed_all (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), 2, &error);
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Face));

  if (vision == NULL)
    fail (error);
  g_autoptr (GPtrArray) frames = picture_file_read_folder (folder, &error);
  if (frames == NULL)
    fail (error);
  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (TillFaces) faces
          = till_vision_analyse (vision, g_ptr_array_index (frames, i),
                                 TILL_VISION_WANT_EMBEDDING | TILL_VISION_LARGEST_ONLY, &error);
      Face face;

      if (faces == NULL)
        fail (error);
      if (till_faces_get_n (faces) == 0)
        continue;
      memcpy (face.vector, till_faces_get (faces, 0)->embedding, sizeof face.vector);
      if (till_template_code_write (&face.code, face.vector, face.bytes))
        g_array_append_val (all, face);
    }
  return all;
}

static void
tell_moves (const GArray *all)
{
  double most = 0, sum = 0;
  guint64 pairs = 0;

  for (guint i = 0; i < all->len; i++)
    for (guint j = 0; j < i; j++, pairs++)
      {
        const Face *a = &g_array_index (all, Face, i), *b = &g_array_index (all, Face, j);
        gint32 product = 0;

        for (guint k = 0; k < TILL_VISION_EMBEDDING; k++)
          product += a->bytes[k] * b->bytes[k];
        double moved = fabs ((double) product * (double) a->code.scale * (double) b->code.scale
                             - (double) till_vision_compare (a->vector, b->vector));
        most = MAX (most, moved);
        sum += moved * moved;
      }
  printf ("%u embeddings, %" G_GUINT64_FORMAT
          " pairs: as bytes a cosine moves by at most %.4f, %.5f as a rule\n",
          all->len, pairs, most, sqrt (sum / (double) MAX (pairs, 1)));
}

static gboolean
is_same (const GArray *all, guint without, const TillMatch *match)
{
  float best = -1, second = -1;
  guint first = 0;

  for (guint i = 0; i < all->len; i++)
    {
      if (i == without)
        continue;
      float score = till_vision_compare (g_array_index (all, Face, without).vector,
                                         g_array_index (all, Face, i).vector);
      second = score > best ? best : MAX (second, score);
      first = score > best ? i : first;
      best = MAX (best, score);
    }
  return match->customer != NULL && g_ascii_strtoull (match->customer, NULL, 10) == first
         && fabsf (match->score - MIN (best, 1)) < 1e-6f
         && fabsf (match->second_score - MIN (second, 1)) < 1e-6f;
}

static guint
count_same (const GArray *all)
{
  g_autoptr (GPtrArray) everybody = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  guint same = 0;

  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (GError) error = NULL;
      TillCustomer *customer = till_customer_new (id, "Name", "1234", "cus_bench", "consent_bench",
                                                  g_array_index (all, Face, i).vector, 1, 0, &error);

      if (customer == NULL)
        fail (error);
      g_ptr_array_add (everybody, customer);
    }
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (GPtrArray) others = g_ptr_array_copy (everybody, NULL, NULL);
      TillMatch match;

      g_ptr_array_set_free_func (others, NULL);
      g_ptr_array_remove_index (others, i);
      g_autoptr (TillGallery) gallery = till_gallery_new (others);
      till_gallery_match (gallery, g_array_index (all, Face, i).vector, &match);
      if (is_same (all, i, &match))
        same++;
    }
  return same;
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      fprintf (stderr, "usage: compare-codes PICTURES\n");
      return 2;
    }
  g_autoptr (GArray) all = embed_all (argv[1]);
  tell_moves (all);
  guint same = count_same (all);
  printf ("%u of %u galleries of the others gave the answer of comparing all in full\n", same, all->len);
  return same == all->len ? 0 : 1;
}
