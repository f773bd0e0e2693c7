/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gallery.hpp"

#include <array>
#include <map>

namespace attacks
{
namespace
{

struct Person
{
  const char *name;
  const char *digits;
  const char *file;
  double seconds; /* of the clip the enrolment looks at; 0: a portrait */
};

const std::array<Person, victims> people = { {
    { "Franck", "4242", "franck.webm", 33 },
    { "The man", "3131", "cap12_edit.webm", 20 },
    { "Grace", "1906", "grace_hopper.jpg", 0 },
    { "Eileen", "1956", "astronaut.png", 0 },
} };

const Person &
person (Victim victim)
{
  return people.at (static_cast<std::size_t> (victim));
}

TillFaces *
analyse (TillVision *vision, const cv::Mat &bgr)
{
  g_autoptr (GError) error = nullptr;
  g_autoptr (TillFrame) frame = till_frame_new (bgr.data, bgr.cols, bgr.rows, bgr.step, 0, 0);
  TillFaces *faces
      = till_vision_analyse (vision, frame, static_cast<TillVisionWanted> (TILL_ENROLMENT_WANTED), &error);

  if (faces == nullptr)
    g_error ("%s", error->message);
  return faces;
}

void
offer_clip (TillEnrolment *enrolment, TillVision *vision, const Person &who)
{
  for (double at = 0; at < who.seconds && !till_enrolment_is_complete (enrolment); at += 0.2)
    {
      g_autoptr (TillFaces) faces = analyse (vision, Reel::of (who.file).at (at));

      till_enrolment_offer (enrolment, faces);
    }
  if (till_enrolment_get_n_templates (enrolment) == 0)
    g_error ("%s can't be enrolled", who.name);
}

void
offer_portrait (TillEnrolment *enrolment, TillVision *vision, const Person &who)
{
  g_autoptr (GError) error = nullptr;
  g_autoptr (TillFaces) faces = analyse (vision, still (who.file));

  if (!till_enrolment_offer_photo (enrolment, faces, &error))
    g_error ("%s can't be enrolled: %s", who.name, error->message);
}

} // namespace

const char *
digits_of (Victim victim)
{
  return person (victim).digits;
}

const char *
name_of (Victim victim)
{
  return person (victim).name;
}

const TillEnrolment *
enrolment_of (Victim victim)
{
  static std::map<Victim, TillEnrolment *> known;
  TillEnrolment *&enrolment = known[victim];

  if (enrolment != nullptr)
    return enrolment;
  g_autoptr (GError) error = nullptr;
  g_autofree char *models = till_vision_default_models_dir ();
  g_autoptr (TillVision) vision = till_vision_new (models, 1, &error);

  if (vision == nullptr)
    g_error ("%s", error->message);
  enrolment = till_enrolment_new ();
  if (person (victim).seconds > 0)
    offer_clip (enrolment, vision, person (victim));
  else
    offer_portrait (enrolment, vision, person (victim));
  return enrolment;
}

} // namespace attacks
