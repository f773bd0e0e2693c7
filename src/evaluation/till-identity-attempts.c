/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-identity-attempts.h"

#include "customers/till-enrolment.h"
#include "customers/till-gallery.h"
#include "evaluation/till-identity-picture.h"

/* Words a customer can't be without, and nobody reads here. */
#define SUFFIX  "0000"
#define PAYER   "nobody"
#define CONSENT "evaluation"

/* One person's gallery of one, as behind digits that nobody else has. */
typedef struct
{
  guint person;
  TillGallery *gallery;
} Enrolled;

/* Who is enrolled and what is left to try with. */
typedef struct
{
  GArray *pictures;
  GArray *enrolled; /* (element-type Enrolled) */
  GArray *probes;   /* (element-type guint): places of pictures */
} Tries;

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
static void
offer (TillIdentityAttempts *self, TillEnrolment *enrolment, const TillIdentityPicture *picture)
{
  self->offered++;
  if (picture->face == NULL || !picture->largest
      || !till_enrolment_offer_photo (enrolment, picture->faces, NULL))
    self->refused++;
}

/* The pictures from @first to before @end are one person's. */
static gboolean
enrol_person (TillIdentityAttempts *self, Tries *tries, guint first, guint end, GError **error)
{
  guint offered = MIN (TILL_IDENTITY_ATTEMPTS_ENROLLING, end - first - 1);
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();

  for (guint i = first; i < first + offered; i++)
    offer (self, enrolment, get_picture (tries->pictures, i));
  for (guint i = first + offered; i < end; i++)
    g_array_append_val (tries->probes, i);

  if (till_enrolment_get_n_templates (enrolment) == 0)
    {
      self->failed_to_enrol += offered > 0;
      self->strangers += end - first - offered;
      return TRUE;
    }

  Enrolled enrolled = { get_picture (tries->pictures, first)->person, gallery_of (enrolment, error) };
  if (enrolled.gallery == NULL)
    return FALSE;
  g_array_append_val (tries->enrolled, enrolled);
  self->customers++;
  self->probes += end - first - offered;
  return TRUE;
}

static gboolean
enrol (TillIdentityAttempts *self, Tries *tries, GError **error)
{
  for (guint first = 0, end; first < tries->pictures->len; first = end)
    {
      for (end = first + 1;
           end < tries->pictures->len
           && get_picture (tries->pictures, end)->person == get_picture (tries->pictures, first)->person;)
        end++;
      if (!enrol_person (self, tries, first, end, error))
        return FALSE;
    }
  return TRUE;
}

static void
try_one (TillIdentityAttempts *self, const TillIdentityPicture *probe, const Enrolled *enrolled)
{
  gboolean genuine = probe->person == enrolled->person;
  TillMatch match;

  if (genuine)
    self->genuine_tries++;
  else
    self->impostor_tries++;
  if (probe->face == NULL)
    return;
  till_gallery_match (enrolled->gallery, probe->face->embedding, &match);
  till_scores_add (genuine ? self->genuine : self->impostor, match.score);
  if (till_identity_picture_is_good (probe))
    till_scores_add (genuine ? self->good_genuine : self->good_impostor, match.score);
}

gboolean
till_identity_attempts_init (TillIdentityAttempts *self, GArray *pictures, GError **error)
{
  g_autoptr (GArray) enrolled = g_array_new (FALSE, FALSE, sizeof (Enrolled));
  g_autoptr (GArray) probes = g_array_new (FALSE, FALSE, sizeof (guint));
  Tries tries = { pictures, enrolled, probes };

  *self = (TillIdentityAttempts){ 0 };
  self->genuine = till_scores_new ();
  self->impostor = till_scores_new ();
  self->good_genuine = till_scores_new ();
  self->good_impostor = till_scores_new ();
  g_array_set_clear_func (enrolled, clear_enrolled);
  if (!enrol (self, &tries, error))
    return FALSE;
  for (guint i = 0; i < probes->len; i++)
    for (guint j = 0; j < enrolled->len; j++)
      try_one (self, get_picture (pictures, g_array_index (probes, guint, i)),
               &g_array_index (enrolled, Enrolled, j));
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
