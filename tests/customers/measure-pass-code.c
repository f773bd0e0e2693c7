/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * measure-pass-code: how small, blurred, turned, mirrored, dark and shaken a face pass may be before it is no longer read,
 * as the tables of docs/face-pass.md. Every limit is the last at which all of TRIES pictures were read, each with noise of
 * its own and another place between the pixels.
 */
#include "pass-picture.h"

#include <stdio.h>
#include <string.h>

#define TRIES 4

/* Of a good webcam in a lit shop. */
#define NOISE 0.02

/* Where the search for the smallest module begins: all larger ones are read. */
#define LARGEST_MODULE 3.4

/* What is varied, by which steps and how many. */
typedef struct
{
  const char *name;
  gsize offset; /* of the member */
  double step;
  guint steps;
} Trouble;

static const Trouble troubles[] = {
  { "out of focus, pixels", G_STRUCT_OFFSET (PassPicture, blur), 0.1, 40 },
  { "smeared, pixels", G_STRUCT_OFFSET (PassPicture, smear), 0.5, 30 },
  { "turned to the side, degrees", G_STRUCT_OFFSET (PassPicture, yaw), 2.5, 28 },
  { "tipped back, degrees", G_STRUCT_OFFSET (PassPicture, pitch), 2.5, 28 },
  { "a lamp mirrored in it", G_STRUCT_OFFSET (PassPicture, glare), 0.1, 40 },
  { "light missing", G_STRUCT_OFFSET (PassPicture, dark), 0.05, 20 },
  { "noise", G_STRUCT_OFFSET (PassPicture, noise), 0.02, 25 },
};

static char *
make_text (guint length)
{
  static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  g_autoptr (GRand) random = g_rand_new_with_seed (length);
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
  text[length] = '\0';
  return text;
}

static gboolean
all_are_read (const PassPicture *how, const TillPassCode *code, const char *text)
{
  for (guint i = 0; i < TRIES; i++)
    {
      PassPicture picture = *how;

      picture.seed = i;
      picture.roll += (double) i - TRIES / 2.0;
      g_autofree guint8 *pixels = pass_picture_draw (&picture, code);
      g_autofree char *read = pass_picture_read (pixels, picture.width, picture.height);
      if (g_strcmp0 (read, text) != 0)
        return FALSE;
    }
  return TRUE;
}

/* The last value of one trouble at which all is read, found by halving; 0 when none is. */
static double
find_limit (const PassPicture *how, const TillPassCode *code, const char *text, const Trouble *trouble)
{
  guint read = 0, unread = trouble->steps + 1;

  while (unread - read > 1)
    {
      const guint middle = (read + unread) / 2;
      PassPicture picture = *how;

      *(double *) G_STRUCT_MEMBER_P (&picture, trouble->offset) = middle * trouble->step;
      if (all_are_read (&picture, code, text))
        read = middle;
      else
        unread = middle;
    }
  return read * trouble->step;
}

/* Pixels of a module, the fewest down to which all are read; 0 when even the largest is not. */
static double
find_least_module (const PassPicture *how, const TillPassCode *code, const char *text)
{
  const double fills = how->height / (till_pass_code_get_side (code) + 2.0 * TILL_PASS_CODE_QUIET);
  double least = 0;

  for (double module = MIN (fills, LARGEST_MODULE); module > 0.8; module -= 0.1)
    {
      PassPicture picture = *how;

      picture.module = module;
      if (!all_are_read (&picture, code, text))
        break;
      least = module;
    }
  return least;
}

static void
measure_sizes (guint length)
{
  static const int heights[][2] = { { 360, 288 }, { 640, 480 } };
  g_autofree char *text = make_text (length);
  g_autoptr (TillPassCode) code = till_pass_code_new (text, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    for (guint kind = PASS_PICTURE_PAPER; kind <= PASS_PICTURE_PHONE; kind++)
      {
        PassPicture how = { .kind = kind, .width = heights[i][0], .height = heights[i][1], .noise = NOISE };
        double least = find_least_module (&how, code, text);

        printf ("%u characters, version %d, %d modules: %s in %dx%d: %.1f pixels a module, %.0f %% of the "
                "height\n",
                length, till_pass_code_get_version (code), till_pass_code_get_side (code),
                kind == PASS_PICTURE_PAPER ? "paper" : "phone", how.width, how.height, least,
                100 * least * (till_pass_code_get_side (code) + 2 * TILL_PASS_CODE_QUIET) / how.height);
        fflush (stdout);
      }
}

static void
measure_troubles (guint length, double module, int width, int height)
{
  g_autofree char *text = make_text (length);
  g_autoptr (TillPassCode) code = till_pass_code_new (text, NULL);

  for (guint kind = PASS_PICTURE_PAPER; kind <= PASS_PICTURE_PHONE; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
      {
        PassPicture how
            = { .kind = kind, .width = width, .height = height, .module = module, .noise = NOISE };

        printf ("%s in %dx%d, %.1f pixels a module, %s: %.2f\n",
                kind == PASS_PICTURE_PAPER ? "paper" : "phone", width, height, module, troubles[i].name,
                find_limit (&how, code, text, &troubles[i]));
        fflush (stdout);
      }
}

int
main (int argc, char **argv)
{
  /* As long as a pass with three, two, four and eight bits a component; the first is the till's. */
  static const guint lengths[] = { 571, 475, 667, 1051 };

  measure_troubles (lengths[0], 3.5, 360, 288);
  measure_troubles (lengths[0], 5, 640, 480);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    measure_sizes (lengths[i]);
  return 0;
}
