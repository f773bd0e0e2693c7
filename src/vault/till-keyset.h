/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

G_BEGIN_DECLS

/* The keys of a profile, each random and kept wrapped; names and order are part of the format. */
typedef enum
{
  TILL_KEY_SEAL,    /* records without a key of their own */
  TILL_KEY_LOOK_UP, /* keyed hashes */
  TILL_KEY_SIGNING, /* seed of the Ed25519 pair */
  TILL_KEY_PASS,    /* what face passes hold */
  TILL_KEY_N_NAMES,
} TillKeyName;

/* As in the database: "seal", "look-up", "signing", "pass". */
const char *till_key_name_to_string (TillKeyName name);

/**
 * TillKeyset: all keys of one generation of the master key. Immutable, reference-counted, any thread.
 */
typedef struct
{
  gatomicrefcount refs;
  gint64 generation;  /* from 1 */
  TillSecret *master; /* 32 bytes */
  TillSecret *wrap;   /* derived from it; closes all others */
  TillSecret *keys[TILL_KEY_N_NAMES];
  TillSecret *signing;    /* the pair's secret half, 64 bytes */
  const char *public_key; /* 64 hex digits, interned */
  GPtrArray *retired;     /* (element-type utf8): public keys of former generations, interned */
} TillKeyset;

/* Bytes of a master key, and of each key in the set. */
#define TILL_KEYSET_KEY_SIZE 32

/* @master without the keys (transfer full). */
TillKeyset *till_keyset_new (const TillSecret *master, gint64 generation) G_GNUC_WARN_UNUSED_RESULT;

/* Fills in random keys. */
void till_keyset_make_random (TillKeyset *self);
/*
 * The same, but those to seal and to look up are derived from the master key: what a till sealed and hashed before keys
 * were wrapped stays readable.
 */
void till_keyset_make_derived (TillKeyset *self);
/* Takes the keys of @former over into @self, but new ones to look up and to sign, and for passes if @void_passes. */
void till_keyset_make_next (TillKeyset *self, const TillKeyset *former, gboolean void_passes);

/* The wrapped form of key @name of @self (transfer full). */
GBytes *till_keyset_wrap (const TillKeyset *self, TillKeyName name);
/* %TILL_ERROR_CORRUPT for anything but what till_keyset_wrap() gave under the same master key. */
gboolean till_keyset_unwrap (TillKeyset *self, TillKeyName name, GBytes *wrapped, GError **error);
/* To be called when all keys are there. */
void till_keyset_complete (TillKeyset *self);

/* Hex of the keyed BLAKE2b-256 of @value for @purpose (transfer full). */
char *till_keyset_hash (const TillKeyset *self, const char *purpose, const char *value);

TillKeyset *till_keyset_ref (TillKeyset *self);
void till_keyset_unref (TillKeyset *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillKeyset, till_keyset_unref)

G_END_DECLS
