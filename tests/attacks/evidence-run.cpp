/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-run.hpp"

#include "gallery.hpp"
#include "network-alone.hpp"

#include "customers/till-gallery.h"

namespace attacks
{
namespace
{

/* Frames a second: what a till reaches. */
constexpr double rate = Reel::rate;
/* The digits are typed while the first frames are looked at. */
constexpr double typed_after = 1.5;
constexpr gint64 begun_us = G_USEC_PER_SEC;

TillGallery *
gallery_of (Victim victim)
{
  const TillEnrolment *enrolment = enrolment_of (victim);
  g_autoptr (GError) error = nullptr;
  g_autoptr (GPtrArray) customers
      = g_ptr_array_new_with_free_func (reinterpret_cast<GDestroyNotify> (till_customer_unref));
  TillCustomer *customer = till_customer_new (
      "cust_attacks", name_of (victim), digits_of (victim), "cus_attacks", "consent_attacks",
      till_enrolment_get_templates (enrolment), till_enrolment_get_n_templates (enrolment), 1, &error);

  if (customer == nullptr)
    g_error ("%s", error->message);
  g_ptr_array_add (customers, customer);
  return till_gallery_new (customers);
}

bool
smile_is_asked (const TillSighting *sighting)
{
  return sighting != nullptr
         && (sighting->smile == TILL_SMILE_WANTED || sighting->smile == TILL_SMILE_HOLDING);
}

/* The session's random moments, the same in every run. */
gint64
draw_delay (gint64 least_us, gint64 most_us, gpointer data)
{
  return static_cast<gint64> (
      static_cast<Dice *> (data)->quiet (static_cast<double> (least_us), static_cast<double> (most_us)));
}

/* Everything but the smile. */
bool
holds (const TillSighting *sighting)
{
  return sighting->alone == TILL_EVIDENCE_FOR && sighting->live == TILL_EVIDENCE_FOR
         && sighting->eyes == TILL_EVIDENCE_FOR && sighting->identity == TILL_EVIDENCE_FOR;
}

} // namespace

EvidenceRun::EvidenceRun (double patience) : m_patience (patience)
{
  g_autoptr (GError) error = nullptr;
  g_autofree char *models = till_vision_default_models_dir ();

  m_point = load_operating_point ();
  m_vision = till_vision_new (models, 1, &error);
  if (m_vision == nullptr)
    g_error ("%s", error->message);
}

EvidenceRun::~EvidenceRun ()
{
  till_vision_free (m_vision);
  till_operating_point_unref (m_point);
}

/* As the recognition thread does. */
bool
EvidenceRun::analyse (TillEvidenceSession *session, TillFrame *frame)
{
  g_autoptr (GError) error = nullptr;
  const gint64 now_us = till_frame_get_captured_us (frame);
  TillAnalysisPlan plan = {};
  g_autoptr (TillFaces) faces = nullptr;

  till_evidence_session_plan (session, now_us, &plan);
  if (plan.skip)
    return false;
  if (plan.follow)
    faces = till_vision_follow (m_vision, frame, till_evidence_session_get_subject (session), plan.wanted,
                                &error);
  if (error == nullptr && (faces == nullptr || till_faces_get_n (faces) == 0))
    {
      g_clear_pointer (&faces, till_faces_unref);
      faces = till_vision_analyse (m_vision, frame, plan.wanted, &error);
    }
  if (faces == nullptr)
    g_error ("%s", error->message);
  till_evidence_session_add (session, frame, faces, now_us);
  return true;
}

Outcome
EvidenceRun::attempt (Presentation &presentation, unsigned number, guint smiles)
{
  g_autoptr (TillEvidenceSession) session
      = till_evidence_session_new (1, TILL_RECOGNIZER_PAY, m_point, begun_us);
  g_autoptr (TillGallery) gallery = gallery_of (presentation.victim ());
  g_autoptr (TillSighting) sighting = nullptr;
  NetworkAlone network (m_point);
  Outcome outcome;
  Dice delays ("delays", number);
  bool typed = false;
  bool prompted = false;

  till_evidence_session_set_delay (session, draw_delay, &delays);
  for (int i = 0; i < cvRound (m_patience * rate); i++)
    {
      const double seconds = i / rate;
      const gint64 now_us = begun_us + static_cast<gint64> (seconds * G_USEC_PER_SEC);
      const cv::Mat bgr = presentation.show ({ seconds, smile_is_asked (sighting) });
      g_autoptr (TillFrame) frame
          = till_frame_new (bgr.data, bgr.cols, bgr.rows, bgr.step, now_us, static_cast<guint64> (i));

      if (!typed && seconds >= typed_after)
        till_evidence_session_set_candidates (session, gallery, now_us);
      typed = seconds >= typed_after;
      if (!analyse (session, frame))
        continue;
      g_clear_pointer (&sighting, till_sighting_unref);
      sighting = till_evidence_session_sight (session);
      outcome.add (sighting);
      if (network.believes (sighting))
        outcome.deceive_network ();
      outcome.end (prompted && holds (sighting) && sighting->smile == TILL_SMILE_MADE, seconds);
      if (outcome.accepted () || (typed && outcome.is_against ()))
        break;
      if (typed && !prompted && holds (sighting))
        {
          till_evidence_session_prompt_smile (session, smiles, now_us);
          prompted = true;
        }
    }
  return outcome;
}

} // namespace attacks
