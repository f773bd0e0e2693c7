/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

G_BEGIN_DECLS

/*
 * The owner's recovery phrase: nine words of five letters, such as "lusab babad gutih ...", each a proquint (D. S.
 * Wilkerson, "A Proposal for Proquints", 2009: 16 bits as consonant, vowel, consonant, vowel, consonant). Eight words
 * are 128 random bits; the ninth is 16 bits of their BLAKE2b hash.
 */
#define TILL_RECOVERY_PHRASE_WORDS 9

/* A new phrase, words apart by one blank (transfer full). */
TillSecret *till_recovery_phrase_new (void) G_GNUC_WARN_UNUSED_RESULT;

/*
 * What somebody typed, in the form of till_recovery_phrase_new() (transfer full). Capitals don't matter, nor what stands
 * between words: blanks, dashes, commas, line ends, or nothing. %TILL_ERROR_INVALID says in words which word can't be
 * right, where that can be told, and never repeats what was typed.
 */
TillSecret *till_recovery_phrase_parse (const char *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The two halves of the X25519 pair that belongs to @phrase; the secret one (transfer full). */
#define TILL_RECOVERY_PUBLIC_KEY_SIZE 32
TillSecret *till_recovery_phrase_derive (const TillSecret *phrase,
                                         guint8 public_key[TILL_RECOVERY_PUBLIC_KEY_SIZE]);

G_END_DECLS
