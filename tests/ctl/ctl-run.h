/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One run of smiletillctl to its end. */
typedef struct
{
  int status;       /* exit status; -1 if a signal ended it */
  char *output;     /* standard output */
  char *errors;     /* standard error */
  GPtrArray *lines; /* of JsonObject: each line of the output that is an object */
} CtlRun;

/* Runs it with @words behind the program's name, up to NULL. @environment: (nullable) NAME=VALUE or NAME alone to unset. */
CtlRun *ctl_run (const char *const *environment, const char *word, ...) G_GNUC_NULL_TERMINATED;
/* The same with @input on its standard input. */
CtlRun *ctl_run_typing (const char *input, const char *word, ...) G_GNUC_NULL_TERMINATED;
/* Ends it by SIGKILL as soon as it has printed a line that holds @text. */
void ctl_kill_at (const char *text, const char *word, ...) G_GNUC_NULL_TERMINATED;
void ctl_run_free (CtlRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlRun, ctl_run_free)

/* The last line; fails the test if there is none. */
JsonObject *ctl_run_last (CtlRun *run);
/* The states the checkout went through, joined by spaces. */
char *ctl_run_states (CtlRun *run);
/* How many lines have "event" @event. */
guint ctl_run_count (CtlRun *run, const char *event);

/* "clip:PATH" + @ending for a fetched clip or photograph. */
char *ctl_clip (const char *file, const char *ending);
/* The path of a fetched file. */
char *ctl_file (const char *file);

G_END_DECLS
