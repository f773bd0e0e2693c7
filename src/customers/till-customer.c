/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-private.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "base/till-name.h"
#include "vault/till-pin.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TEMPLATES_MAX 16
#define CODE_MAX      64
#define PAYER_MAX     255
#define DAY_US        (24 * G_TIME_SPAN_HOUR)
/* How far a unit vector's length may be off after a round through 32-bit floats. */
#define LENGTH_SLACK 1e-3

/*
 * Pages of its own hold it all: templates behind the fields, strings behind the templates. They are not sodium_malloc()'s,
 * whose guard pages would spend the kernel's limit of mappings on some ten thousand customers.
 */
struct _TillCustomer
{
  gatomicrefcount refs;
  gsize size;
  guint n_templates;
  gboolean look_alike;
  gboolean face_locked;
  gint64 enrolled_us;
  gint64 last_visit_day;
  const char *id;
  const char *name;
  const char *suffix;
  const char *payer;
  const char *consent;
  const char *pin;      /* NULL for none */
  const char *guardian; /* NULL for none */
  float mean[TILL_VISION_EMBEDDING];
  float templates[];
};

G_DEFINE_BOXED_TYPE (TillCustomer, till_customer, till_customer_ref, till_customer_unref)

static gboolean
till_customer_refuse (GError **error, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, message);
  return FALSE;
}

gboolean
till_customer_check_suffix (const char *suffix, GError **error)
{
  if (suffix != NULL && strlen (suffix) == TILL_CUSTOMER_SUFFIX_DIGITS
      && strspn (suffix, "0123456789") == TILL_CUSTOMER_SUFFIX_DIGITS)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "Write the last %d digits of the phone number, and only them", TILL_CUSTOMER_SUFFIX_DIGITS);
  return FALSE;
}

static gboolean
till_customer_is_code (const char *text, gsize most)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length >= 1 && length <= most;
}

static gboolean
till_customer_check_templates (const float *templates, guint n_templates, GError **error)
{
  if (n_templates < 1 || n_templates > TEMPLATES_MAX)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "A customer has 1 to %d templates, not %u",
                   TEMPLATES_MAX, n_templates);
      return FALSE;
    }
  for (guint i = 0; i < n_templates; i++)
    {
      double square = 0;

      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        {
          double value = (double) templates[i * TILL_VISION_EMBEDDING + j];
          square += value * value;
        }
      if (!(fabs (sqrt (square) - 1) <= LENGTH_SLACK))
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "Template %u is not of unit length", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* Templates that cancel each other out are no face's: then the first stands for all. */
static void
till_customer_write_mean (TillCustomer *self)
{
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      double sum = 0;

      for (guint j = 0; j < self->n_templates; j++)
        sum += (double) self->templates[(gsize) j * TILL_VISION_EMBEDDING + i];
      self->mean[i] = (float) (sum / self->n_templates);
      square += (double) self->mean[i] * (double) self->mean[i];
    }
  if (sqrt (square) < LENGTH_SLACK)
    memcpy (self->mean, self->templates, sizeof self->mean);
  else
    for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
      self->mean[i] = (float) ((double) self->mean[i] / sqrt (square));
}

static const char *
till_customer_put (char **end, const char *text)
{
  char *start = *end;

  *end = g_stpcpy (start, text) + 1;
  return start;
}

static TillCustomer *
till_customer_allocate (gsize least)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize size = (least + page - 1) / page * page;
  TillCustomer *self = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (self == MAP_FAILED)
    g_error ("no memory for a customer of %" G_GSIZE_FORMAT " bytes", size);
  if (madvise (self, size, MADV_DONTDUMP) != 0)
    g_debug ("this kernel can't keep customers out of core dumps: %s", g_strerror (errno));
  /* Beyond what the user may lock they are kept all the same, and may be swapped. */
  if (mlock (self, size) != 0)
    g_debug ("a customer can't be locked in memory: %s", g_strerror (errno));

  g_atomic_ref_count_init (&self->refs);
  self->size = size;
  return self;
}

/* The texts a customer is made of; NULL for one that is not there. */
enum
{
  TEXT_ID,
  TEXT_NAME,
  TEXT_SUFFIX,
  TEXT_PAYER,
  TEXT_CONSENT,
  TEXT_PIN,
  TEXT_GUARDIAN,
  N_TEXTS
};

static TillCustomer *
till_customer_build (const char *const texts[N_TEXTS], const float *templates, guint n_templates)
{
  gsize floats = (gsize) n_templates * TILL_VISION_EMBEDDING * sizeof (float);
  gsize size = 0;

  for (guint i = 0; i < N_TEXTS; i++)
    size += texts[i] != NULL ? strlen (texts[i]) + 1 : 0;

  TillCustomer *self = till_customer_allocate (sizeof (TillCustomer) + floats + size);
  char *end = (char *) self->templates + floats;
  const char **places[N_TEXTS] = {
    [TEXT_ID] = &self->id,
    [TEXT_NAME] = &self->name,
    [TEXT_SUFFIX] = &self->suffix,
    [TEXT_PAYER] = &self->payer,
    [TEXT_CONSENT] = &self->consent,
    [TEXT_PIN] = &self->pin,
    [TEXT_GUARDIAN] = &self->guardian,
  };

  self->n_templates = n_templates;
  memcpy (self->templates, templates, floats);
  till_customer_write_mean (self);
  for (guint i = 0; i < N_TEXTS; i++)
    *places[i] = texts[i] != NULL ? till_customer_put (&end, texts[i]) : NULL;
  return self;
}

TillCustomer *
till_customer_new (const char *id,
                   const char *name,
                   const char *suffix,
                   const char *payer,
                   const char *consent,
                   const float *templates,
                   guint n_templates,
                   gint64 enrolled_us,
                   GError **error)
{
  g_autofree char *own_id = id == NULL ? till_id_new ("cust") : g_strdup (id);

  if (!till_customer_is_code (own_id, CODE_MAX)
      && !till_customer_refuse (error, "A customer’s id is 1 to 64 visible ASCII characters"))
    return NULL;
  if (!till_name_check ("The customer’s name", name, error) || !till_customer_check_suffix (suffix, error)
      || !till_customer_check_templates (templates, n_templates, error))
    return NULL;
  if (!till_customer_is_code (payer, PAYER_MAX)
      && !till_customer_refuse (error,
                                "What the payment provider knows the customer by is 1 to 255 visible ASCII "
                                "characters: copy it from the provider"))
    return NULL;
  if (!till_customer_is_code (consent, CODE_MAX)
      && !till_customer_refuse (error, "Nobody is enrolled without the id of their consent"))
    return NULL;
  if (enrolled_us < 0 && !till_customer_refuse (error, "The time of enrolment is before 1970"))
    return NULL;

  const char *texts[N_TEXTS] = { [TEXT_ID] = own_id,
                                 [TEXT_NAME] = name,
                                 [TEXT_SUFFIX] = suffix,
                                 [TEXT_PAYER] = payer,
                                 [TEXT_CONSENT] = consent };
  TillCustomer *self = till_customer_build (texts, templates, n_templates);
  self->enrolled_us = enrolled_us;
  self->last_visit_day = enrolled_us / DAY_US;
  return self;
}

TillCustomer *
till_customer_with_details (const TillCustomer *self, const TillCustomerDetails *details, GError **error)
{
  if (details->pin != NULL && !till_pin_is_hash (details->pin)
      && !till_customer_refuse (error, "A customer’s PIN is kept as a hash, and that is none"))
    return NULL;
  if (details->guardian != NULL && !till_name_check ("The guardian’s name", details->guardian, error))
    return NULL;

  const char *texts[N_TEXTS] = {
    [TEXT_ID] = self->id,
    [TEXT_NAME] = self->name,
    [TEXT_SUFFIX] = self->suffix,
    [TEXT_PAYER] = self->payer,
    [TEXT_CONSENT] = self->consent,
    [TEXT_PIN] = details->pin,
    [TEXT_GUARDIAN] = details->guardian,
  };
  TillCustomer *copy = till_customer_build (texts, self->templates, self->n_templates);

  copy->enrolled_us = self->enrolled_us;
  copy->last_visit_day = MAX (details->last_visit_day, self->enrolled_us / DAY_US);
  copy->look_alike = details->look_alike;
  copy->face_locked = details->face_locked;
  return copy;
}

static TillCustomerDetails
till_customer_get_details (const TillCustomer *self)
{
  return (TillCustomerDetails){ .pin = self->pin,
                                .guardian = self->guardian,
                                .look_alike = self->look_alike,
                                .face_locked = self->face_locked,
                                .last_visit_day = self->last_visit_day };
}

TillCustomer *
till_customer_with_pin (const TillCustomer *self, const char *pin, GError **error)
{
  TillCustomerDetails details = till_customer_get_details (self);

  details.pin = pin;
  return till_customer_with_details (self, &details, error);
}

TillCustomer *
till_customer_with_guardian (const TillCustomer *self, const char *guardian, GError **error)
{
  TillCustomerDetails details = till_customer_get_details (self);

  details.guardian = guardian;
  return till_customer_with_details (self, &details, error);
}

TillCustomer *
till_customer_with_last_visit_day (const TillCustomer *self, gint64 day)
{
  TillCustomerDetails details = till_customer_get_details (self);

  details.last_visit_day = day;
  return till_customer_with_details (self, &details, NULL);
}

TillCustomer *
till_customer_with_look_alike (const TillCustomer *self, gboolean look_alike)
{
  TillCustomerDetails details = till_customer_get_details (self);

  details.look_alike = look_alike;
  return till_customer_with_details (self, &details, NULL);
}

TillCustomer *
till_customer_with_face_locked (const TillCustomer *self, gboolean locked)
{
  TillCustomerDetails details = till_customer_get_details (self);

  details.face_locked = locked;
  return till_customer_with_details (self, &details, NULL);
}

TillCustomer *
till_customer_ref (TillCustomer *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_customer_unref (TillCustomer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  gsize size = self->size;
  explicit_bzero (self, size);
  munmap (self, size);
}

const char *
till_customer_get_id (const TillCustomer *self)
{
  return self->id;
}

const char *
till_customer_get_name (const TillCustomer *self)
{
  return self->name;
}

const char *
till_customer_get_suffix (const TillCustomer *self)
{
  return self->suffix;
}

const char *
till_customer_get_payer (const TillCustomer *self)
{
  return self->payer;
}

const char *
till_customer_get_consent (const TillCustomer *self)
{
  return self->consent;
}

gint64
till_customer_get_last_visit_day (const TillCustomer *self)
{
  return self->last_visit_day;
}

const char *
till_customer_get_guardian (const TillCustomer *self)
{
  return self->guardian;
}

const char *
till_customer_get_pin (const TillCustomer *self)
{
  return self->pin;
}

gboolean
till_customer_is_look_alike (const TillCustomer *self)
{
  return self->look_alike;
}

gboolean
till_customer_is_face_locked (const TillCustomer *self)
{
  return self->face_locked;
}

gint64
till_customer_get_enrolled_us (const TillCustomer *self)
{
  return self->enrolled_us;
}

guint
till_customer_get_n_templates (const TillCustomer *self)
{
  return self->n_templates;
}

const float *
till_customer_get_template (const TillCustomer *self, guint index)
{
  g_return_val_if_fail (index < self->n_templates, NULL);
  return self->templates + (gsize) index * TILL_VISION_EMBEDDING;
}

const float *
till_customer_get_mean (const TillCustomer *self)
{
  return self->mean;
}
