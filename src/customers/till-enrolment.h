/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What the person enrolling should do next; one at a time, the most important first. */
typedef enum
{
  TILL_ENROLMENT_HINT_NONE,    /* nothing to mend: stay like that */
  TILL_ENROLMENT_HINT_NO_FACE, /* nobody in view */
  TILL_ENROLMENT_HINT_ALONE,   /* more than one person in view */
  TILL_ENROLMENT_HINT_CLOSER,
  TILL_ENROLMENT_HINT_BACK,
  TILL_ENROLMENT_HINT_LIGHT,       /* too dark, too bright, or from one side */
  TILL_ENROLMENT_HINT_STILL,       /* blurred */
  TILL_ENROLMENT_HINT_FACE_CAMERA, /* turned too far away */
  TILL_ENROLMENT_HINT_EYES,        /* eyes closed */
  TILL_ENROLMENT_HINT_TURN,        /* good; now turn the head a little, for another view */
} TillEnrolmentHint;

/**
 * TillEnrolment: picks, out of the faces of frame after frame, a few good ones of different pose and keeps their
 * embeddings as templates. Pure: no clock, no camera. One thread at a time. Wiped when freed.
 *
 * It is complete with %TILL_ENROLMENT_TEMPLATES templates, or, for people who hold still, once
 * %TILL_ENROLMENT_LEAST of them are there and %TILL_ENROLMENT_PATIENCE good frames brought no new pose.
 * A face that is not the same person as the first template's is refused.
 */
typedef struct _TillEnrolment TillEnrolment;

#define TILL_ENROLMENT_TEMPLATES 5
#define TILL_ENROLMENT_LEAST     3
#define TILL_ENROLMENT_PATIENCE  75

TillEnrolment *till_enrolment_new (void) G_GNUC_WARN_UNUSED_RESULT;
void till_enrolment_free (TillEnrolment *self);

/* What an offered frame must have measured. */
#define TILL_ENROLMENT_WANTED                                                                                \
  (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_EYES \
   | TILL_VISION_WANT_EMBEDDING | TILL_VISION_LARGEST_ONLY)

/* Looks at one frame's faces; TRUE if a template was taken from it. */
gboolean till_enrolment_offer (TillEnrolment *self, const TillFaces *faces);

/*
 * Takes a template from a photograph, for enrolling without a camera: the one face must pass the quality gate, but
 * pose and patience are not asked for. %TILL_ERROR_REFUSED says in words what is wrong with the photograph.
 */
gboolean till_enrolment_offer_photo (TillEnrolment *self, const TillFaces *faces, GError **error);

TillEnrolmentHint till_enrolment_get_hint (const TillEnrolment *self);
/* 0..1 */
double till_enrolment_get_progress (const TillEnrolment *self);
gboolean till_enrolment_is_complete (const TillEnrolment *self);
guint till_enrolment_get_n_templates (const TillEnrolment *self);
/* (transfer none): %TILL_VISION_EMBEDDING floats each, one after the other; for till_customer_new(). */
const float *till_enrolment_get_templates (const TillEnrolment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillEnrolment, till_enrolment_free)

G_END_DECLS
