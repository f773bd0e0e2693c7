/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"
#include "vault/till-secret.h"

G_BEGIN_DECLS

/* Exit statuses beyond 0. */
#define TILL_CTL_FAILED        1
#define TILL_CTL_DECLINED      2
#define TILL_CTL_NOT_CONFIRMED 3
#define TILL_CTL_UNKNOWN       4
#define TILL_CTL_LOCKED_OUT    5

/**
 * TillCtlCommand: one word behind `smiletillctl`. @run gets the words behind it, argv[0] being the command's own,
 * and gives the exit status.
 */
typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} TillCtlCommand;

int till_ctl_accept_books (int argc, char **argv);
int till_ctl_analyse (int argc, char **argv);
int till_ctl_audit (int argc, char **argv);
int till_ctl_cameras (int argc, char **argv);
int till_ctl_checkout (int argc, char **argv);
int till_ctl_close_day (int argc, char **argv);
int till_ctl_consents (int argc, char **argv);
int till_ctl_customers (int argc, char **argv);
int till_ctl_day (int argc, char **argv);
int till_ctl_disown (int argc, char **argv);
int till_ctl_drawer (int argc, char **argv);
int till_ctl_enrol (int argc, char **argv);
int till_ctl_erase (int argc, char **argv);
int till_ctl_evaluate (int argc, char **argv);
int till_ctl_expiring (int argc, char **argv);
int till_ctl_export_csv (int argc, char **argv);
int till_ctl_export_person (int argc, char **argv);
int till_ctl_history (int argc, char **argv);
int till_ctl_key (int argc, char **argv);
int till_ctl_ledger (int argc, char **argv);
int till_ctl_pass (int argc, char **argv);
int till_ctl_recovery (int argc, char **argv);
int till_ctl_refund (int argc, char **argv);
int till_ctl_rotate_keys (int argc, char **argv);
int till_ctl_settings (int argc, char **argv);
int till_ctl_staff (int argc, char **argv);
int till_ctl_unlock (int argc, char **argv);
int till_ctl_unresolved (int argc, char **argv);

/* Words every command that opens a till knows. */
typedef struct
{
  char *profile;
  gboolean json;
} TillCtlOptions;

void till_ctl_options_clear (TillCtlOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCtlOptions, till_ctl_options_clear)

/*
 * Reads the words behind a command: those of @options and of @entries (NULL-ended, may be NULL). @usage: what stands
 * behind the command in its help. FALSE with a message on standard error when they are wrong.
 */
gboolean till_ctl_parse (int *argc,
                         char ***argv,
                         const char *usage,
                         const char *summary,
                         TillCtlOptions *options,
                         const GOptionEntry *entries);

/* Opens the till of the profile, blocking (transfer full); NULL with a message on standard error. */
TillShop *till_ctl_open_shop (const TillCtlOptions *options);

/* "smiletillctl: MESSAGE" on standard error; gives %TILL_CTL_FAILED. */
int till_ctl_fail (const GError *error);
/*
 * The same for what a manager asked for: gives %TILL_CTL_LOCKED_OUT for a PIN that was wrong too often, %TILL_CTL_UNKNOWN
 * where it is not known whether money moved.
 */
int till_ctl_fail_coded (const GError *error);

/* For a blocking call of an _async function: pass till_ctl_on_result and a zeroed result, then wait for it. */
typedef struct
{
  GAsyncResult *result;
} TillCtlCall;

void till_ctl_on_result (GObject *source, GAsyncResult *result, gpointer call);
/* (transfer none), freed with till_ctl_call_clear(). */
GAsyncResult *till_ctl_wait (TillCtlCall *call);
void till_ctl_call_clear (TillCtlCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCtlCall, till_ctl_call_clear)

/*
 * The next line of standard input, without its end and at most @most bytes long, which is where secrets come from: words
 * on the command line can be read by everybody (transfer full). NULL with a message, in which @what names it, on
 * standard error.
 */
TillSecret *till_ctl_read_secret (const char *what, gsize most);

/* Prints @object (transfer full) as one line and flushes it. */
void till_ctl_print_json (JsonObject *object);

G_END_DECLS
