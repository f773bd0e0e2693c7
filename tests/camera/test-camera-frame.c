/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-memory.h"
#include "camera/till-frame-memory.h"
#include "camera/till-mailbox.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)

static TillFrame *
frame_new (guint64 serial)
{
  const guint8 pixels[2 * 3] = { 1, 2, 3, 4, 5, 6 };

  return till_frame_new (pixels, 2, 1, sizeof pixels, (gint64) serial * 1000, serial);
}

static void
test_frame_copies_rows (void)
{
  guint8 padded[2 * 16];
  g_autoptr (TillFrame) frame = NULL;
  const guint8 *pixels;

  for (guint i = 0; i < sizeof padded; i++)
    padded[i] = (guint8) (100 + i);
  frame = till_frame_new (padded, 4, 2, 16, 123456, 7);
  memset (padded, 0, sizeof padded);

  g_assert_cmpint (till_frame_get_width (frame), ==, 4);
  g_assert_cmpint (till_frame_get_height (frame), ==, 2);
  g_assert_cmpuint (till_frame_get_stride (frame), >=, 12);
  g_assert_cmpint (till_frame_get_captured_us (frame), ==, 123456);
  g_assert_cmpuint (till_frame_get_serial (frame), ==, 7);
  pixels = till_frame_get_pixels (frame);
  for (guint row = 0; row < 2; row++)
    for (guint i = 0; i < 12; i++)
      g_assert_cmpuint (pixels[row * till_frame_get_stride (frame) + i], ==, 100 + row * 16 + i);
}

static void
test_frame_bytes_keep_it (void)
{
  TillFrame *frame = frame_new (1);
  g_autoptr (GBytes) bytes = till_frame_get_bytes (frame);
  const guint8 *pixels = till_frame_get_pixels (frame);
  gsize size;

  till_frame_unref (frame);
  g_assert_true (g_bytes_get_data (bytes, &size) == pixels);
  g_assert_cmpuint (size, ==, 6);
  g_assert_cmpuint (pixels[5], ==, 6);
}

static void
test_frame_is_boxed (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (TillFrame) frame = frame_new (3);

  g_value_init (&value, TILL_TYPE_FRAME);
  g_value_set_boxed (&value, frame);
  g_assert_true (g_value_get_boxed (&value) == frame);
}

/* A block that was let go of is kept for the next frame, so it may still be looked at. */
static void
test_frame_is_wiped (void)
{
  const gsize size = 300 * 200 * 3;
  g_autofree guint8 *secret = g_malloc (size);
  TillFrame *frame;
  TillFrame *other;
  const guint8 *pixels;
  gsize left = 0;

  memset (secret, 0xa5, size);
  frame = till_frame_new (secret, 300, 200, 300 * 3, 0, 1);
  other = till_frame_ref (frame);
  pixels = till_frame_get_pixels (frame);
  till_frame_unref (frame);
  g_assert_cmpuint (pixels[size - 1], ==, 0xa5);

  till_frame_unref (other);
  for (gsize i = 0; i < size; i++)
    left += pixels[i] != 0;
  g_assert_cmpuint (left, ==, 0);
}

/* Whether the kernel was told to leave the page at @address out of a core dump. */
static gboolean
is_kept_out_of_dumps (const void *address)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;

  if (!g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL))
    return FALSE;
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      unsigned long from;
      unsigned long to;

      if (sscanf (lines[i], "%lx-%lx ", &from, &to) == 2)
        inside = (gsize) address >= from && (gsize) address < to;
      else if (inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return strstr (lines[i], " dd") != NULL;
    }
  return FALSE;
}

static void
test_frame_is_kept_out_of_dumps (void)
{
  g_autofree guint8 *pixels = g_malloc0 (640 * 480 * 3);
  g_autoptr (TillFrame) frame = till_frame_new (pixels, 640, 480, 640 * 3, 0, 1);

  if (access ("/proc/self/smaps", R_OK) != 0)
    {
      g_test_skip ("This system does not show the flags of its memory");
      return;
    }
  g_assert_true (is_kept_out_of_dumps (till_frame_get_pixels (frame)));
}

static void
test_frame_memory_many_sizes (void)
{
  guint8 *blocks[12];

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          gsize size = 5000 * (1 + i % 4);

          blocks[i] = till_frame_memory_alloc (size);
          for (gsize at = 0; at < size; at++)
            g_assert_cmpuint (blocks[i][at], ==, 0);
          memset (blocks[i], 0xff, size);
        }
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        till_frame_memory_free (blocks[i], 5000 * (1 + i % 4));
    }
}

#define PICTURE (320 * 240 * 3)

/* What an element gets that asks for no allocator of its own. */
static GstMemory *
allocate (gsize size, GstAllocationParams *params)
{
  g_autoptr (GError) error = NULL;

  till_camera_memory_start (&error);
  g_assert_no_error (error);
  return gst_allocator_alloc (NULL, size, params);
}

static void
test_camera_memory_is_private (void)
{
  GstMemory *picture = allocate (PICTURE, NULL);
  GstMemory *label = allocate (100, NULL);
  const guint8 *pixels;
  GstMapInfo map;
  gsize left = 0;

  g_assert_true (gst_memory_is_type (picture, TILL_CAMERA_MEMORY_TYPE));
  g_assert_true (gst_memory_is_type (label, GST_ALLOCATOR_SYSMEM));
  g_assert_true (gst_memory_map (picture, &map, GST_MAP_WRITE));
  g_assert_cmpuint (map.size, ==, PICTURE);
  memset (map.data, 0xa5, map.size);
  pixels = map.data;
  if (access ("/proc/self/smaps", R_OK) == 0)
    g_assert_true (is_kept_out_of_dumps (pixels));
  gst_memory_unmap (picture, &map);
  gst_memory_unref (picture);
  gst_memory_unref (label);

  for (gsize i = 0; i < PICTURE; i++)
    left += pixels[i] != 0;
  g_assert_cmpuint (left, ==, 0);
}

static void
test_camera_memory_parameters (void)
{
  GstAllocationParams params
      = { GST_MEMORY_FLAG_ZERO_PREFIXED | GST_MEMORY_FLAG_ZERO_PADDED, 255, 256, 512, { 0 } };

  for (guint i = 0; i < 2; i++)
    {
      GstMemory *memory = allocate (PICTURE, &params);
      gsize offset;
      gsize whole;
      GstMapInfo map;

      g_assert_cmpuint (gst_memory_get_sizes (memory, &offset, &whole), ==, PICTURE);
      g_assert_cmpuint (offset, ==, 256);
      g_assert_cmpuint (whole, ==, 256 + PICTURE + 512);
      g_assert_true (GST_MEMORY_IS_ZERO_PADDED (memory));
      g_assert_true (gst_memory_map (memory, &map, GST_MAP_READWRITE));
      g_assert_cmpuint ((gsize) map.data & 255, ==, 0);
      for (gsize at = 0; at < 512; at++)
        g_assert_cmpuint (map.data[PICTURE + at], ==, 0);
      memset (map.data - 256, 0xff, 256 + PICTURE + 512);
      gst_memory_unmap (memory, &map);
      gst_memory_unref (memory);
    }
}

/* A part outlives the handle of the whole, and knows its neighbour. */
static void
test_camera_memory_parts (void)
{
  GstMemory *whole = allocate (PICTURE, NULL);
  GstMemory *parts[2];
  GstMemory *copy;
  GstMapInfo map;
  gsize offset;

  g_assert_true (gst_memory_map (whole, &map, GST_MAP_WRITE));
  for (gsize i = 0; i < PICTURE; i++)
    map.data[i] = (guint8) (i % 251);
  gst_memory_unmap (whole, &map);

  parts[0] = gst_memory_share (whole, 1000, 5000);
  parts[1] = gst_memory_share (whole, 6000, -1);
  gst_memory_unref (whole);
  g_assert_true (gst_memory_is_span (parts[0], parts[1], &offset));
  g_assert_cmpuint (offset, ==, 1000);
  g_assert_false (gst_memory_is_span (parts[1], parts[0], &offset));

  copy = gst_memory_share (parts[0], 10, 1);
  g_assert_true (gst_memory_map (copy, &map, GST_MAP_READ));
  g_assert_cmpuint (map.data[0], ==, 1010 % 251);
  gst_memory_unmap (copy, &map);
  gst_memory_unref (copy);

  copy = gst_memory_copy (parts[1], 0, -1);
  gst_memory_unref (parts[0]);
  gst_memory_unref (parts[1]);
  g_assert_true (gst_memory_is_type (copy, TILL_CAMERA_MEMORY_TYPE));
  g_assert_true (gst_memory_map (copy, &map, GST_MAP_READ));
  g_assert_cmpuint (map.size, ==, PICTURE - 6000);
  for (gsize i = 0; i < map.size; i++)
    g_assert_cmpuint (map.data[i], ==, (i + 6000) % 251);
  gst_memory_unmap (copy, &map);
  gst_memory_unref (copy);
}

static void
test_mailbox_keeps_the_newest (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillFrame) taken = NULL;

  g_assert_null (till_mailbox_take (mailbox, 0));
  for (guint64 serial = 1; serial <= 3; serial++)
    {
      g_autoptr (TillFrame) frame = frame_new (serial);

      till_mailbox_put (mailbox, frame);
    }
  taken = till_mailbox_take (mailbox, 0);
  g_assert_cmpuint (till_frame_get_serial (taken), ==, 3);
  g_assert_cmpuint (till_mailbox_get_dropped (mailbox), ==, 2);
  g_assert_null (till_mailbox_take (mailbox, 0));
}

static void
test_mailbox_clear (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillFrame) frame = frame_new (1);

  till_mailbox_put (mailbox, frame);
  till_mailbox_clear (mailbox);
  g_assert_null (till_mailbox_take (mailbox, 0));
  g_assert_cmpuint (till_mailbox_get_dropped (mailbox), ==, 0);
}

static void
test_mailbox_deadline (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  gint64 deadline = g_get_monotonic_time () + 20000;

  g_assert_null (till_mailbox_take (mailbox, deadline));
  g_assert_cmpint (g_get_monotonic_time (), >=, deadline);
}

static void
test_mailbox_wake_is_kept (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillFrame) frame = frame_new (1);
  g_autoptr (TillFrame) taken = NULL;
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  till_mailbox_wake (mailbox);
  g_assert_null (till_mailbox_take (mailbox, deadline));
  g_assert_cmpint (g_get_monotonic_time (), <, deadline);

  till_mailbox_wake (mailbox);
  till_mailbox_put (mailbox, frame);
  taken = till_mailbox_take (mailbox, deadline);
  g_assert_nonnull (taken);

  /* The second wake went with the frame: this one waits. */
  deadline = g_get_monotonic_time () + 20000;
  g_assert_null (till_mailbox_take (mailbox, deadline));
  g_assert_cmpint (g_get_monotonic_time (), >=, deadline);
}

static gpointer
take_in_thread (gpointer data)
{
  return till_mailbox_take (data, g_get_monotonic_time () + PATIENCE_US);
}

static void
test_mailbox_wakes_a_taker (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillFrame) frame = frame_new (9);
  g_autoptr (TillFrame) taken = NULL;
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  GThread *taker = g_thread_new ("taker", take_in_thread, mailbox);

  till_mailbox_wake (mailbox);
  g_assert_null (g_thread_join (taker));

  taker = g_thread_new ("taker", take_in_thread, mailbox);
  till_mailbox_put (mailbox, frame);
  taken = g_thread_join (taker);
  g_assert_true (taken == frame);
  g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

#define PUTS 20000

static gpointer
put_many (gpointer data)
{
  for (guint64 serial = 1; serial <= PUTS; serial++)
    {
      g_autoptr (TillFrame) frame = frame_new (serial);

      till_mailbox_put (data, frame);
    }
  return NULL;
}

/* Serials only grow, the last one arrives, and every frame is either taken or counted as dropped. */
static void
test_mailbox_between_threads (void)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  GThread *putter = g_thread_new ("putter", put_many, mailbox);
  guint64 last = 0;
  guint64 taken = 0;

  while (last < PUTS)
    {
      g_autoptr (TillFrame) frame = till_mailbox_take (mailbox, g_get_monotonic_time () + PATIENCE_US);

      g_assert_nonnull (frame);
      g_assert_cmpuint (till_frame_get_serial (frame), >, last);
      g_assert_cmpuint (till_frame_get_pixels (frame)[5], ==, 6);
      last = till_frame_get_serial (frame);
      taken++;
    }
  g_thread_join (putter);
  g_assert_cmpuint (taken + till_mailbox_get_dropped (mailbox), ==, PUTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frame/copies-rows", test_frame_copies_rows);
  g_test_add_func ("/frame/bytes-keep-it", test_frame_bytes_keep_it);
  g_test_add_func ("/frame/is-boxed", test_frame_is_boxed);
  g_test_add_func ("/frame/is-wiped", test_frame_is_wiped);
  g_test_add_func ("/frame/is-kept-out-of-dumps", test_frame_is_kept_out_of_dumps);
  g_test_add_func ("/frame/memory-many-sizes", test_frame_memory_many_sizes);
  g_test_add_func ("/camera-memory/is-private", test_camera_memory_is_private);
  g_test_add_func ("/camera-memory/parameters", test_camera_memory_parameters);
  g_test_add_func ("/camera-memory/parts", test_camera_memory_parts);
  g_test_add_func ("/mailbox/keeps-the-newest", test_mailbox_keeps_the_newest);
  g_test_add_func ("/mailbox/clear", test_mailbox_clear);
  g_test_add_func ("/mailbox/deadline", test_mailbox_deadline);
  g_test_add_func ("/mailbox/wake-is-kept", test_mailbox_wake_is_kept);
  g_test_add_func ("/mailbox/wakes-a-taker", test_mailbox_wakes_a_taker);
  g_test_add_func ("/mailbox/between-threads", test_mailbox_between_threads);
  return g_test_run ();
}
