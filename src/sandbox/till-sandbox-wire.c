/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-wire.h"

#include <string.h>

#define PIECES 20

typedef struct
{
  GIOStream *stream;
  GString *text;
  gsize sent;
  gsize piece;
  guint interval; /* milliseconds */
} Wire;

static void
wire_free (Wire *self)
{
  g_object_unref (self->stream);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  /* The client may have hung up before; there is nobody left to tell. */
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
}

void
till_sandbox_wire_drop (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, on_closed, NULL);
}

static void wire_next (Wire *self);

static gboolean
on_interval (gpointer data)
{
  wire_next (data);
  return G_SOURCE_REMOVE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Wire *self = data;
  gsize written = 0;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL))
    self->sent = self->text->len;
  self->sent += written;
  if (self->interval > 0)
    g_timeout_add (self->interval, on_interval, self);
  else
    wire_next (self);
}

static void
wire_next (Wire *self)
{
  if (self->sent >= self->text->len)
    {
      g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, on_closed, NULL);
      wire_free (self);
      return;
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->text->str + self->sent,
                                   MIN (self->piece, self->text->len - self->sent), G_PRIORITY_DEFAULT, NULL,
                                   on_written, self);
}

static void
append_header (const char *name, const char *value, gpointer text)
{
  g_string_append_printf (text, "%s: %s\r\n", name, value);
}

void
till_sandbox_wire_send (SoupServerMessage *message,
                        guint status,
                        const char *body,
                        gsize length,
                        gboolean announced,
                        guint milliseconds)
{
  Wire *self = g_new0 (Wire, 1);

  self->text = g_string_new (NULL);
  g_string_append_printf (self->text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), append_header,
                                self->text);
  g_string_append_printf (self->text,
                          "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                          strlen (body), announced ? "Connection: close\r\n" : "");
  g_string_append_len (self->text, body, (gssize) length);

  self->piece = milliseconds > 0 ? self->text->len / PIECES + 1 : self->text->len;
  self->interval = milliseconds / PIECES;
  self->stream = soup_server_message_steal_connection (message);
  wire_next (self);
}
