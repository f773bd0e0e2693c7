/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "evaluation-folder.h"
#include "evaluation/till-specimen-set.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const TillSpecimen *
specimen (const TillSpecimenSet *set, guint index)
{
  g_assert_cmpuint (index, <, set->specimens->len);
  return g_ptr_array_index (set->specimens, index);
}

static const char *
text (GPtrArray *texts, guint index)
{
  g_assert_cmpuint (index, <, texts->len);
  return g_ptr_array_index (texts, index);
}

static TillSpecimenKind
kind_of (const char *folder, const char *name, const char *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  evaluation_folder_write (folder, name, bytes, size);
  return till_specimen_kind (path);
}

/* The bytes count, not the name; only a file that begins like nothing is judged by its name. */
static void
test_kind (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *portrait = evaluation_fetched ("grace_hopper.jpg");
  g_autofree char *clip = evaluation_fetched ("cap13_edit2.webm");

  g_assert_cmpint (till_specimen_kind (portrait), ==, TILL_SPECIMEN_PHOTO);
  g_assert_cmpint (till_specimen_kind (clip), ==, TILL_SPECIMEN_CLIP);
  g_assert_cmpint (kind_of (folder, "a", "\x89PNG\r\n\x1a\n....", 12), ==, TILL_SPECIMEN_PHOTO);
  g_assert_cmpint (kind_of (folder, "b.txt", "\xff\xd8\xff\xe0", 4), ==, TILL_SPECIMEN_PHOTO);
  g_assert_cmpint (kind_of (folder, "c.jpg", "\x1a\x45\xdf\xa3", 4), ==, TILL_SPECIMEN_CLIP);
  g_assert_cmpint (kind_of (folder, "d",
                            "\0\0\0\x18"
                            "ftypmp42",
                            12),
                   ==, TILL_SPECIMEN_CLIP);
  g_assert_cmpint (kind_of (folder, "broken.JPG", "nothing", 7), ==, TILL_SPECIMEN_PHOTO);
  g_assert_cmpint (kind_of (folder, "broken.mp4", "", 0), ==, TILL_SPECIMEN_CLIP);
  g_assert_cmpint (kind_of (folder, "notes.txt", "nothing", 7), ==, TILL_SPECIMEN_OTHER);
  g_assert_cmpint (kind_of (folder, "empty", "", 0), ==, TILL_SPECIMEN_OTHER);
}

static void
test_groups (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (TillSpecimenSet) set = till_specimen_set_new ();
  g_autoptr (GError) error = NULL;

  evaluation_folder_write_text (folder, "grace/b.jpg", "x");
  evaluation_folder_write_text (folder, "grace/a.jpg", "x");
  evaluation_folder_write_text (folder, "grace/notes.txt", "x");
  evaluation_folder_write_text (folder, "grace/.hidden.jpg", "x");
  evaluation_folder_write_text (folder, "eileen/c.png", "x");
  evaluation_folder_write_text (folder, ".git/d.png", "x");
  evaluation_folder_write_text (folder, "README", "x");

  g_assert_true (till_specimen_set_add_groups (set, folder, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (set->specimens->len, ==, 3);
  g_assert_cmpstr (specimen (set, 0)->name, ==, "eileen/c.png");
  g_assert_cmpstr (specimen (set, 1)->name, ==, "grace/a.jpg");
  g_assert_cmpstr (specimen (set, 2)->name, ==, "grace/b.jpg");
  g_assert_cmpuint (specimen (set, 2)->group, ==, 1);
  g_assert_cmpstr (text (set->groups, 0), ==, "eileen");
  g_assert_cmpuint (set->skipped->len, ==, 2);
  g_assert_cmpstr (text (set->skipped, 0), ==, "README");
  g_assert_cmpstr (text (set->skipped, 1), ==, "grace/notes.txt");
}

/* A folder within a class is a species of its own. */
static void
test_class (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (TillSpecimenSet) set = till_specimen_set_new ();
  g_autofree char *live = g_build_filename (folder, "live", NULL);
  g_autofree char *attack = g_build_filename (folder, "attack", NULL);
  g_autoptr (GError) error = NULL;
  guint first, n;

  evaluation_folder_write_text (folder, "live/a.jpg", "x");
  evaluation_folder_write_text (folder, "attack/photo/b.jpg", "x");
  evaluation_folder_write_text (folder, "attack/screen/c.webm", "x");
  g_assert_true (till_specimen_set_add_class (set, live, &first, &n, &error));
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (till_specimen_set_add_class (set, attack, &first, &n, &error));
  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (text (set->groups, 2), ==, "attack/photo");
  g_assert_cmpuint (specimen (set, 2)->group, ==, 3);
  g_assert_cmpint (specimen (set, 2)->kind, ==, TILL_SPECIMEN_CLIP);
}

static void
assert_refused (const char *folder, int code, const char *words)
{
  g_autoptr (TillSpecimenSet) set = till_specimen_set_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (till_specimen_set_add_groups (set, folder, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *file = g_build_filename (folder, "a.jpg", NULL);

  assert_refused (missing, TILL_ERROR_NOT_FOUND, "There is no folder");
  assert_refused (folder, TILL_ERROR_INVALID, "no photographs or clips");
  evaluation_folder_write_text (folder, "a.jpg", "x");
  assert_refused (file, TILL_ERROR_INVALID, "is no folder");
  assert_refused (folder, TILL_ERROR_INVALID, "There are no folders");
  evaluation_folder_write_text (folder, "somebody/notes.txt", "x");
  assert_refused (folder, TILL_ERROR_INVALID, "no photographs or clips");
}

static void
test_no_permission (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (TillSpecimenSet) set = till_specimen_set_new ();
  g_autofree char *closed = g_build_filename (folder, "closed", NULL);
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("everything may be read by root");
      return;
    }
  evaluation_folder_write_text (folder, "closed/a.jpg", "x");
  evaluation_folder_write_text (folder, "open/b.jpg", "x");
  g_chmod (closed, 0);
  assert_refused (closed, TILL_ERROR_INVALID, "can't be read");
  g_assert_true (till_specimen_set_add_groups (set, folder, &error));
  g_assert_cmpuint (set->specimens->len, ==, 1);
  g_assert_cmpuint (set->trouble->len, ==, 1);
  g_chmod (closed, 0700);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/specimens/kind", test_kind);
  g_test_add_func ("/evaluation/specimens/groups", test_groups);
  g_test_add_func ("/evaluation/specimens/class", test_class);
  g_test_add_func ("/evaluation/specimens/refused", test_refused);
  g_test_add_func ("/evaluation/specimens/no-permission", test_no_permission);
  return g_test_run ();
}
