/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-presence-evidence.h"

void
till_presence_evidence_init (TillPresenceEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillPresenceEvidence){ .wide_us = 0 };
  till_liveness_evidence_init (&self->wide, point);
  till_liveness_evidence_init (&self->close, point);
  till_screen_evidence_init (&self->screen, point);
  till_band_evidence_init (&self->bands);
  till_bezel_evidence_init (&self->bezel);
}

void
till_presence_evidence_add (TillPresenceEvidence *self, const TillFace *face, gint64 captured_us)
{
  if ((face->measured & TILL_VISION_WANT_LIVENESS) != 0)
    {
      till_liveness_evidence_add (&self->wide, (double) face->live, captured_us);
      self->wide_us = captured_us;
    }
  if ((face->measured & TILL_VISION_WANT_CLOSE_LIVENESS) != 0)
    {
      till_liveness_evidence_add (&self->close, (double) face->live_close, captured_us);
      self->close_us = captured_us;
    }
  if ((face->measured & TILL_VISION_WANT_GRID) != 0)
    {
      till_screen_evidence_add (&self->screen, (double) face->grid);
      self->grid_us = captured_us;
    }
}

static gboolean
is_due (gint64 last_us, gint64 captured_us, gint64 every_us)
{
  return last_us == 0 || captured_us - last_us >= every_us;
}

static void
compare_with_room (TillPresenceEvidence *self,
                   TillPeriodogram *periodogram,
                   TillFrame *frame,
                   const TillBox *square)
{
  gint64 captured_us = till_frame_get_captured_us (frame);

  if (!is_due (self->recurrence_us, captured_us, TILL_PRESENCE_EVIDENCE_RECURRENCE_US)
      || !till_periodogram_add (periodogram, frame, square))
    return;
  self->recurrence = till_periodogram_get_recurrence (periodogram);
  self->recurrences++;
  self->recurrence_us = captured_us;
}

void
till_presence_evidence_look (TillPresenceEvidence *self,
                             TillPeriodogram *periodogram,
                             TillFrame *frame,
                             const TillBox *square)
{
  const TillOperatingPoint *point = self->wide.point;
  double alike;

  compare_with_room (self, periodogram, frame, square);
  till_band_evidence_add (&self->bands, frame, square);
  if (till_band_evidence_get (&self->bands, &alike) >= point->most_bands && alike >= point->band_likeness)
    self->bands_us = till_frame_get_captured_us (frame);
  till_bezel_evidence_add (&self->bezel, frame, square);
  if (till_bezel_evidence_get (&self->bezel) > point->most_bezel)
    self->bezel_us = till_frame_get_captured_us (frame);
}

/* A lamp that flickers can do it too, so this only makes wait. */
static gboolean
has_bands (const TillPresenceEvidence *self, gint64 now_us)
{
  return self->bands_us != 0 && now_us - self->bands_us < TILL_PRESENCE_EVIDENCE_BANDS_US;
}

/* Nor is every dark post a screen's edge. */
static gboolean
has_bezel (const TillPresenceEvidence *self, gint64 now_us)
{
  return self->bezel_us != 0 && now_us - self->bezel_us < TILL_PRESENCE_EVIDENCE_BEZEL_US;
}

/* A shop of stripes behind a striped customer could do it too: this as well only makes wait. */
static gboolean
has_recurrence (const TillPresenceEvidence *self)
{
  return self->recurrences >= TILL_PRESENCE_EVIDENCE_RECURRENCES
         && self->recurrence > self->wide.point->most_recurrence;
}

static gboolean
may_be_screen (const TillPresenceEvidence *self, gint64 now_us)
{
  return has_bands (self, now_us) || has_bezel (self, now_us) || has_recurrence (self);
}

static gboolean
was_compared (const TillPresenceEvidence *self)
{
  return self->recurrences == 0 || self->recurrences >= TILL_PRESENCE_EVIDENCE_RECURRENCES;
}

TillEvidence
till_presence_evidence_get (const TillPresenceEvidence *self, gint64 now_us)
{
  TillEvidence wide = till_liveness_evidence_get (&self->wide, now_us);
  TillEvidence close = till_liveness_evidence_get (&self->close, now_us);
  TillEvidence screen = till_screen_evidence_get (&self->screen);

  if (wide == TILL_EVIDENCE_AGAINST || close == TILL_EVIDENCE_AGAINST || screen == TILL_EVIDENCE_AGAINST)
    return TILL_EVIDENCE_AGAINST;
  if (wide == TILL_EVIDENCE_FOR && close == TILL_EVIDENCE_FOR && screen == TILL_EVIDENCE_FOR
      && was_compared (self) && !may_be_screen (self, now_us))
    return TILL_EVIDENCE_FOR;
  return TILL_EVIDENCE_OPEN;
}

double
till_presence_evidence_get_probability (const TillPresenceEvidence *self, gint64 now_us)
{
  double wide = till_liveness_evidence_get_probability (&self->wide, now_us, NULL);
  double close = till_liveness_evidence_get_probability (&self->close, now_us, NULL);

  return MIN (wide, close);
}

gboolean
till_presence_evidence_is_undecided (const TillPresenceEvidence *self, gint64 now_us)
{
  return till_liveness_evidence_is_undecided (&self->wide, now_us)
         || till_liveness_evidence_is_undecided (&self->close, now_us) || may_be_screen (self, now_us)
         || (self->screen.n >= TILL_SCREEN_EVIDENCE_LEAST
             && till_screen_evidence_get (&self->screen) == TILL_EVIDENCE_OPEN);
}

gboolean
till_presence_evidence_frame_holds (const TillPresenceEvidence *self, const TillFace *face)
{
  const guint both = TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_CLOSE_LIVENESS;
  double least = self->wide.point->live_frame_score;

  return (face->measured & both) == both && (double) face->live >= least
         && (double) face->live_close >= least;
}

TillVisionWanted
till_presence_evidence_want (const TillPresenceEvidence *self,
                             gint64 captured_us,
                             gint64 recheck_us,
                             gboolean decides)
{
  gboolean known = till_presence_evidence_get (self, captured_us) == TILL_EVIDENCE_FOR;
  gboolean wide_next = self->wide_us <= self->close_us;
  TillVisionWanted wanted = 0;

  if (decides)
    wanted |= TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_CLOSE_LIVENESS;
  else if (!known || is_due (MIN (self->wide_us, self->close_us), captured_us, recheck_us))
    wanted |= wide_next ? TILL_VISION_WANT_LIVENESS : TILL_VISION_WANT_CLOSE_LIVENESS;
  if (decides || is_due (self->grid_us, captured_us, known ? recheck_us : TILL_PRESENCE_EVIDENCE_GRID_US))
    wanted |= TILL_VISION_WANT_GRID;
  return wanted;
}
