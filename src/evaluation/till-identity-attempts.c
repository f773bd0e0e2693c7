/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-identity-attempts.h"

#include "customers/till-enrolment.h"
#include "customers/till-gallery.h"
#include "evaluation/till-identity-picture.h"

/* Words a customer can't be without, and nobody reads here. */
#define SUFFIX  "0000"
#define PAYER   "nobody"
#define CONSENT "evaluation"

/* One person's pictures, and the gallery of one that they were enrolled in, as behind digits that nobody else has. */
typedef struct
{
  guint first;
  guint end;
  TillGallery *gallery;
} Enrolled;

#define EVERY_PICTURE G_MAXUINT

static const TillIdentityPicture *
get_picture (GArray *pictures, guint index)
{
  return &g_array_index (pictures, TillIdentityPicture, index);
}

static void
clear_enrolled (gpointer data)
{
  g_clear_pointer (&((Enrolled *) data)->gallery, till_gallery_unref);
}

static TillGallery *
gallery_of (const TillEnrolment *enrolment, GError **error)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  TillCustomer *customer
      = till_customer_new (NULL, "Somebody", SUFFIX, PAYER, CONSENT, till_enrolment_get_templates (enrolment),
                           till_enrolment_get_n_templates (enrolment), 0, error);

  if (customer == NULL)
    return NULL;
  g_ptr_array_add (customers, customer);
  return till_gallery_new (customers);
}

/* The till's enrolment looks at the largest face; a picture of somebody beside a larger one is none to enrol with. */
static gboolean
offer (TillEnrolment *enrolment, const TillIdentityPicture *picture)
{
  return picture->face != NULL && picture->largest
         && till_enrolment_offer_photo (enrolment, picture->faces, NULL);
}

/* Enrols with the first good pictures but @without; NULL without an error if they are too few. */
static TillGallery *
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
  return gallery_of (enrolment, error);
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
          person.gallery = enrol_person (self, pictures, &person, EVERY_PICTURE, &problem);
          self->failed_to_enrol += person.gallery == NULL;
        }
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (person.gallery == NULL)
        {
          self->strangers += end - first;
          continue;
        }
      g_array_append_val (all, person);
      self->customers++;
      self->probes += end - first;
    }
  return TRUE;
}

static void
try_one (TillIdentityAttempts *self, const TillIdentityPicture *probe, TillGallery *gallery, gboolean genuine)
{
  TillMatch match;

  if (genuine)
    self->genuine_tries++;
  else
    self->impostor_tries++;
  if (probe->face == NULL)
    return;
  till_gallery_match (gallery, probe->face->embedding, &match);
  till_scores_add (genuine ? self->genuine : self->impostor, match.score);
  if (till_identity_picture_is_good (probe))
    till_scores_add (genuine ? self->good_genuine : self->good_impostor, match.score);
}

/* Each picture against what the person is enrolled with when that picture is left out. */
static gboolean
try_themselves (TillIdentityAttempts *self, GArray *pictures, const Enrolled *person, GError **error)
{
  for (guint i = person->first; i < person->end; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (TillGallery) gallery = enrol_person (self, pictures, person, i, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (gallery != NULL)
        try_one (self, get_picture (pictures, i), gallery, TRUE);
    }
  return TRUE;
}

static void
try_to_be (TillIdentityAttempts *self, GArray *pictures, const Enrolled *person)
{
  for (guint i = 0; i < pictures->len; i++)
    if (i < person->first || i >= person->end)
      try_one (self, get_picture (pictures, i), person->gallery, FALSE);
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
}
