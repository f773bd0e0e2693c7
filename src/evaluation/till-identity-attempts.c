/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-identity-attempts.h"

#include "customers/till-enrolment.h"
#include "customers/till-gallery.h"
#include "customers/till-pass-template.h"
#include "evaluation/till-identity-picture.h"
#include "evaluation/till-pass-attempts.h"

#include <string.h>

/* Words a customer can't be without, and nobody reads here. */
#define SUFFIX  "0000"
#define PAYER   "nobody"
#define CONSENT "evaluation"

/* How many bits of each component a face pass might keep. */
static const guint pass_bits[] = { 8, 6, 5, 4, 3, 2, 1 };

/* What somebody is known by: alone behind their digits, and on passes of each kind. */
typedef struct
{
  TillGallery *gallery;
  float mean[TILL_VISION_EMBEDDING];
  float coarse[G_N_ELEMENTS (pass_bits)][TILL_VISION_EMBEDDING];
} Known;

/* One person's pictures, and what they were enrolled as. */
typedef struct
{
  guint first;
  guint end;
  Known *known;
} Enrolled;

#define EVERY_PICTURE G_MAXUINT

static const TillIdentityPicture *
get_picture (GArray *pictures, guint index)
{
  return &g_array_index (pictures, TillIdentityPicture, index);
}

static void
known_free (Known *self)
{
  till_gallery_unref (self->gallery);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)

static void
clear_enrolled (gpointer data)
{
  g_clear_pointer (&((Enrolled *) data)->known, known_free);
}

static Known *
known_by (const TillIdentityAttempts *self, const TillEnrolment *enrolment, GError **error)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  Known *known;
  TillCustomer *customer
      = till_customer_new (NULL, "Somebody", SUFFIX, PAYER, CONSENT, till_enrolment_get_templates (enrolment),
                           till_enrolment_get_n_templates (enrolment), 0, error);

  if (customer == NULL)
    return NULL;
  g_ptr_array_add (customers, customer);
  known = g_new (Known, 1);
  known->gallery = till_gallery_new (customers);
  memcpy (known->mean, till_customer_get_mean (customer), sizeof known->mean);
  for (guint i = 0; i < self->passes->len; i++)
    till_pass_attempts_write (g_ptr_array_index (self->passes, i), known->mean, known->coarse[i]);
  return known;
}

/* The till's enrolment looks at the largest face; a picture of somebody beside a larger one is none to enrol with. */
static gboolean
offer (TillEnrolment *enrolment, const TillIdentityPicture *picture)
{
  return picture->face != NULL && picture->largest
         && till_enrolment_offer_photo (enrolment, picture->faces, NULL);
}

/* What somebody enrolled with the first good pictures but @without is known by; NULL without an error if they are too few. */
static Known *
enrol_person (
    TillIdentityAttempts *self, GArray *pictures, const Enrolled *person, guint without, GError **error)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();

  for (guint i = person->first;
       i < person->end && till_enrolment_get_n_templates (enrolment) < TILL_IDENTITY_ATTEMPTS_ENROLLING; i++)
    {
      gboolean taken = i != without && offer (enrolment, get_picture (pictures, i));

      self->offered += without == EVERY_PICTURE;
      self->refused += without == EVERY_PICTURE && !taken;
    }
  if (till_enrolment_get_n_templates (enrolment) < TILL_IDENTITY_ATTEMPTS_ENROLLING)
    return NULL;
  return known_by (self, enrolment, error);
}

static void
count_passes (TillIdentityAttempts *self, const Known *known)
{
  for (guint i = 0; i < self->passes->len; i++)
    till_pass_attempts_count (g_ptr_array_index (self->passes, i), known->mean, known->coarse[i]);
}

static guint
find_end (GArray *pictures, guint first)
{
  guint end = first + 1;

  while (end < pictures->len && get_picture (pictures, end)->person == get_picture (pictures, first)->person)
    end++;
  return end;
}

static gboolean
enrol (TillIdentityAttempts *self, GArray *pictures, GArray *all, GError **error)
{
  for (guint first = 0, end; first < pictures->len; first = end)
    {
      Enrolled person = { first, end = find_end (pictures, first), NULL };
      g_autoptr (GError) problem = NULL;

      if (end - first > TILL_IDENTITY_ATTEMPTS_ENROLLING)
        {
          person.known = enrol_person (self, pictures, &person, EVERY_PICTURE, &problem);
          self->failed_to_enrol += person.known == NULL;
        }
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (person.known == NULL)
        {
          self->strangers += end - first;
          continue;
        }
      count_passes (self, person.known);
      g_array_append_val (all, person);
      self->customers++;
      self->probes += end - first;
    }
  return TRUE;
}

static void
try_one (TillIdentityAttempts *self, const TillIdentityPicture *probe, const Known *known, gboolean genuine)
{
  TillMatch match;

  if (genuine)
    self->genuine_tries++;
  else
    self->impostor_tries++;
  if (probe->face == NULL)
    return;
  till_gallery_match (known->gallery, probe->face->embedding, &match);
  till_scores_add (genuine ? self->genuine : self->impostor, match.score);
  if (!till_identity_picture_is_good (probe))
    return;
  till_scores_add (genuine ? self->good_genuine : self->good_impostor, match.score);
  for (guint i = 0; i < self->passes->len; i++)
    till_pass_attempts_try (g_ptr_array_index (self->passes, i), known->coarse[i], probe->face->embedding,
                            genuine);
}

/* Each picture against what the person is enrolled with when that picture is left out. */
static gboolean
try_themselves (TillIdentityAttempts *self, GArray *pictures, const Enrolled *person, GError **error)
{
  for (guint i = person->first; i < person->end; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (Known) known = enrol_person (self, pictures, person, i, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (known != NULL)
        try_one (self, get_picture (pictures, i), known, TRUE);
    }
  return TRUE;
}

static void
try_to_be (TillIdentityAttempts *self, GArray *pictures, const Enrolled *person)
{
  for (guint i = 0; i < pictures->len; i++)
    if (i < person->first || i >= person->end)
      try_one (self, get_picture (pictures, i), person->known, FALSE);
}

gboolean
till_identity_attempts_init (TillIdentityAttempts *self, GArray *pictures, GError **error)
{
  g_autoptr (GArray) enrolled = g_array_new (FALSE, FALSE, sizeof (Enrolled));

  *self = (TillIdentityAttempts){ 0 };
  self->genuine = till_scores_new ();
  self->impostor = till_scores_new ();
  self->good_genuine = till_scores_new ();
  self->good_impostor = till_scores_new ();
  self->passes = g_ptr_array_new_with_free_func ((GDestroyNotify) till_pass_attempts_free);
  for (guint i = 0; i < G_N_ELEMENTS (pass_bits); i++)
    g_ptr_array_add (self->passes, till_pass_attempts_new (pass_bits[i]));
  g_array_set_clear_func (enrolled, clear_enrolled);
  if (!enrol (self, pictures, enrolled, error))
    return FALSE;
  for (guint i = 0; i < enrolled->len; i++)
    {
      const Enrolled *person = &g_array_index (enrolled, Enrolled, i);

      if (!try_themselves (self, pictures, person, error))
        return FALSE;
      try_to_be (self, pictures, person);
    }
  return TRUE;
}

void
till_identity_attempts_clear (TillIdentityAttempts *self)
{
  g_clear_pointer (&self->genuine, till_scores_free);
  g_clear_pointer (&self->impostor, till_scores_free);
  g_clear_pointer (&self->good_genuine, till_scores_free);
  g_clear_pointer (&self->good_impostor, till_scores_free);
  g_clear_pointer (&self->passes, g_ptr_array_unref);
}
