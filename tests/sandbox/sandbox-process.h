/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SANDBOX_KEY "sk_test_0123456789abcdefghijklmn"

/* A real smiletill-sandbox, the program named by the variable TILL_SANDBOX, and a client that trusts it. */
typedef struct
{
  char *folder;
  GSubprocess *process;
  guint port;
  char *base_url;
  char *certificate;
  SoupSession *session;
} SandboxProcess;

/* An answer as it came. */
typedef struct
{
  guint status;
  JsonObject *body; /* %NULL if it is no JSON object */
  SoupMessageHeaders *headers;
  GError *error; /* set if there was no whole answer; the rest is meaningless then */
} SandboxAnswer;

/* A folder of its own that is deleted by sandbox_folder_delete() (transfer full). */
char *sandbox_folder_new (void);
void sandbox_folder_delete (char *folder);

/* Starts the program on @folder; ends the test if it doesn't say ready. */
SandboxProcess *sandbox_start (const char *folder, guint port);

/* Starts it with @key and extra arguments (nullable); %NULL if it gave up, with what it said in @complaint. */
SandboxProcess *sandbox_try_start (
    const char *folder, guint port, const char *key, const char *const *more, char **complaint);

/* Ends it by @signal_number, waits, and frees it; returns the exit status, or -signal. */
int sandbox_end (SandboxProcess *self, int signal_number);

/* Waits until it has ended by itself, and frees it. */
int sandbox_wait (SandboxProcess *self);

/* @form is the body of a POST and the query of anything else (nullable); @key the idempotency key (nullable). */
SandboxAnswer *
sandbox_ask (SandboxProcess *self, const char *method, const char *path, const char *form, const char *key);

/* As above with the message made already, which must be for this server. */
SandboxAnswer *sandbox_send (SandboxProcess *self, SoupMessage *message);

/* The message of sandbox_ask() (transfer full). */
SoupMessage *sandbox_message (
    SandboxProcess *self, const char *method, const char *path, const char *form, const char *key);

/* What the bytes of an answered message say (transfer full); takes @error. */
SandboxAnswer *sandbox_answer_new (SoupMessage *message, GBytes *bytes, GError *error);

void sandbox_answer_free (SandboxAnswer *answer);

/* A text in the body by a path of names joined by points (transfer none); %NULL if it is null or isn't there. */
const char *sandbox_text (const SandboxAnswer *answer, const char *path);

/* Likewise a number; G_MININT64 if it isn't there. */
gint64 sandbox_number (const SandboxAnswer *answer, const char *path);

/* The elements of "data". */
guint sandbox_length (const SandboxAnswer *answer);
const char *sandbox_nth_id (const SandboxAnswer *answer, guint index);

/* Asks and expects this status; returns the answer's "id" (transfer full, nullable). */
char *
sandbox_id_of (SandboxProcess *self, guint status, const char *method, const char *path, const char *form);

/* Asks and expects a refusal: @type, @code and @param, %NULL for none. */
void sandbox_expect_error (SandboxProcess *self,
                           const char *method,
                           const char *path,
                           const char *form,
                           guint status,
                           const char *type,
                           const char *code,
                           const char *param);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAnswer, sandbox_answer_free)

G_END_DECLS
