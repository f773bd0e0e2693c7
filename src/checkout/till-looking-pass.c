/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-looking-private.h"

#include "customers/till-pass-text.h"

#include <string.h>

static const struct
{
  const char *word;
  const char *reason;
} refusals[] = {
  [TILL_PASS_ERROR_FORGED] = { "forged", "pass-forged" },
  [TILL_PASS_ERROR_FOREIGN] = { "foreign", "pass-foreign" },
  [TILL_PASS_ERROR_EXPIRED] = { "expired", "pass-expired" },
  [TILL_PASS_ERROR_REVOKED] = { "revoked", "pass-revoked" },
  [TILL_PASS_ERROR_UNKNOWN] = { "unknown", "pass-unknown" },
};

const char *
till_looking_get_pass_word (TillLooking *self)
{
  return self->pass_word;
}

const char *
till_looking_get_pass (TillLooking *self)
{
  return self->pass != NULL ? till_face_pass_get_id (self->pass) : NULL;
}

static void
tell (TillLooking *self, const char *word)
{
  if (g_strcmp0 (word, self->pass_word) == 0)
    return;
  self->pass_word = word;
  g_signal_emit_by_name (self, "pass");
}

static void
drop_code (TillLooking *self)
{
  if (self->code != NULL)
    explicit_bzero (self->code, strlen (self->code));
  g_clear_pointer (&self->code, g_free);
}

void
till_looking_forget_pass (TillLooking *self)
{
  self->asking_pass = NULL;
  self->pass_good = FALSE;
  drop_code (self);
  g_clear_pointer (&self->pass, till_face_pass_unref);
  tell (self, NULL);
}

/* A code that is no pass, or is not read before the digits are there, is nobody's business. */
void
till_looking_settle_pass (TillLooking *self)
{
  self->asking_pass = NULL;
  if (self->pass != NULL)
    tell (self, "accepted");
  else if (g_strcmp0 (self->pass_word, "reading") == 0)
    tell (self, NULL);
}

/* Asked of every picture of a code that is held up, the pass book would be read at the camera's pace. */
void
till_looking_see_code (TillLooking *self, const char *code)
{
  if (!g_str_has_prefix (code, TILL_PASS_TEXT_PREFIX) || g_strcmp0 (code, self->code) == 0)
    return;
  drop_code (self);
  self->code = g_strdup (code);
  till_looking_report (self, TILL_CHECKOUT_PASS_SHOWN, NULL);
}

/* The question (transfer full). Its answer counts while no other one is asked, of this customer. */
static GTask *
ask (TillLooking *self)
{
  self->asking_pass = g_task_new (self, self->face, NULL, NULL);
  return self->asking_pass;
}

static gboolean
is_late (TillLooking *self, GTask *call)
{
  if (self->asking_pass != call)
    return TRUE;
  self->asking_pass = NULL;
  return FALSE;
}

static void
refuse (TillLooking *self, const GError *error)
{
  if (error->domain != TILL_PASS_ERROR || (guint) error->code >= G_N_ELEMENTS (refusals)
      || refusals[error->code].word == NULL)
    {
      till_looking_give_up (self, error);
      return;
    }
  g_clear_pointer (&self->pass, till_face_pass_unref);
  till_looking_report (self, TILL_CHECKOUT_PASS_REFUSED, refusals[error->code].reason);
  /* Whoever was told may have ended it, which forgets the pass. */
  if (self->face != NULL)
    tell (self, refusals[error->code].word);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillLooking *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillFacePass) pass = till_pass_book_check_finish (TILL_PASS_BOOK (source), result, &error);

  if (is_late (self, call))
    return;
  if (g_error_matches (error, TILL_PASS_ERROR, TILL_PASS_ERROR_NOT_A_PASS))
    till_looking_settle_pass (self);
  else if (pass == NULL)
    refuse (self, error);
  else
    {
      g_clear_pointer (&self->pass, till_face_pass_unref);
      self->pass = g_steal_pointer (&pass);
      till_looking_report (self, TILL_CHECKOUT_PASS_ACCEPTED, NULL);
      tell (self, "accepted");
    }
}

void
till_looking_check_pass (TillLooking *self)
{
  tell (self, "reading");
  till_pass_book_check_async (self->rooms.passes, self->code, till_clock_utc (self->rooms.clock), self->face,
                              on_checked, ask (self));
}

/* That it is good counts for the one moment it is said in: from then on it could have been revoked. */
static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillLooking *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  gboolean good = till_pass_book_confirm_finish (TILL_PASS_BOOK (source), result, &error);

  if (is_late (self, call))
    return;
  if (!good)
    {
      refuse (self, error);
      return;
    }
  self->pass_good = TRUE;
  till_looking_report (self, TILL_CHECKOUT_EVIDENCE, NULL);
  self->pass_good = FALSE;
}

void
till_looking_confirm_pass (TillLooking *self)
{
  if (self->asking_pass == NULL)
    till_pass_book_confirm_async (self->rooms.passes, self->pass, till_clock_utc (self->rooms.clock),
                                  self->face, on_confirmed, ask (self));
}
