/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-jpeg.h"

#define MARKER         0xFF
#define STUFFED_ZERO   0x00
#define TEMPORARY      0x01
#define FIRST_RESTART  0xD0
#define LAST_RESTART   0xD7
#define START_OF_IMAGE 0xD8
#define END_OF_IMAGE   0xD9

static gboolean
till_jpeg_is_restart (guint8 code)
{
  return code >= FIRST_RESTART && code <= LAST_RESTART;
}

/* Index of the code after the next marker at or behind @at that is not part of a scan's data; @size for none. */
static gsize
till_jpeg_next_code (const guint8 *bytes, gsize size, gsize at)
{
  for (; at + 1 < size; at++)
    {
      guint8 code = bytes[at + 1];

      if (bytes[at] == MARKER && code != MARKER && code != STUFFED_ZERO && !till_jpeg_is_restart (code))
        return at + 1;
    }
  return size;
}

gboolean
till_jpeg_is_whole (const guint8 *bytes, gsize size)
{
  gsize at = till_jpeg_next_code (bytes, size, 0);

  while (at < size && bytes[at] != END_OF_IMAGE)
    {
      gsize behind = at + 1;

      if (bytes[at] != START_OF_IMAGE && bytes[at] != TEMPORARY)
        {
          gsize length;

          if (size - at < 3)
            return FALSE;
          length = ((gsize) bytes[at + 1] << 8) | bytes[at + 2];
          if (length < 2 || length > size - behind)
            return FALSE;
          behind += length;
        }
      at = till_jpeg_next_code (bytes, size, behind);
    }
  return at < size;
}
