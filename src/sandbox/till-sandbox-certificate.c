/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-certificate.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sodium.h>
#include <string.h>

#include "base/till-error.h"

#define DAY_SECONDS ((gint64) 24 * 60 * 60)

typedef struct
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
} Pair;

static void
pair_clear (Pair *pair)
{
  gnutls_x509_privkey_deinit (pair->key);
  gnutls_x509_crt_deinit (pair->crt);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
check (int result, const char *deed, GError **error)
{
  if (result >= 0)
    return TRUE;

  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't %s: %s.", deed, gnutls_strerror (result));
  return FALSE;
}

static gboolean
pair_init (Pair *pair, GError **error)
{
  return check (gnutls_x509_privkey_init (&pair->key), "set up a TLS key", error)
         && check (gnutls_x509_crt_init (&pair->crt), "set up a TLS certificate", error);
}

static gboolean
name_server (gnutls_x509_crt_t crt, GError **error)
{
  static const guchar loopback[] = { 127, 0, 0, 1 };
  static const char host[] = "localhost";

  return check (gnutls_x509_crt_set_dn (crt, "CN=localhost,O=Smiletill sandbox", NULL),
                "name the certificate", error)
         && check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, host, sizeof host - 1,
                                                         GNUTLS_FSAN_APPEND),
                   "name the certificate's host", error)
         && check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback,
                                                         GNUTLS_FSAN_APPEND),
                   "name the certificate's address", error);
}

static gboolean
limit_use (gnutls_x509_crt_t crt, GError **error)
{
  return check (gnutls_x509_crt_set_version (crt, 3), "set the certificate's version", error)
         && check (gnutls_x509_crt_set_basic_constraints (crt, 0, -1), "limit the certificate", error)
         && check (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE), "limit the certificate",
                   error)
         && check (gnutls_x509_crt_set_key_purpose_oid (crt, GNUTLS_KP_TLS_WWW_SERVER, 0),
                   "limit the certificate", error);
}

static gboolean
set_validity (gnutls_x509_crt_t crt, TillClock *clock, GError **error)
{
  gint64 now = till_clock_utc (clock) / G_USEC_PER_SEC;
  guchar serial[16];

  randombytes_buf (serial, sizeof serial);
  serial[0] = (guchar) ((serial[0] & 0x7f) | 0x40); /* positive, and of full length */

  /* A day back: the client's clock may be behind. */
  return check (gnutls_x509_crt_set_serial (crt, serial, sizeof serial), "number the certificate", error)
         && check (gnutls_x509_crt_set_activation_time (crt, (time_t) (now - DAY_SECONDS)),
                   "date the certificate", error)
         && check (gnutls_x509_crt_set_expiration_time (
                       crt, (time_t) (now + TILL_SANDBOX_CERTIFICATE_DAYS * DAY_SECONDS)),
                   "date the certificate", error);
}

static gboolean
pair_generate (Pair *pair, TillClock *clock, GError **error)
{
  unsigned int curve = GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1);

  return pair_init (pair, error)
         && check (gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA, curve, 0), "make a TLS key",
                   error)
         && check (gnutls_x509_crt_set_key (pair->crt, pair->key), "put the key into the certificate", error)
         && name_server (pair->crt, error) && limit_use (pair->crt, error)
         && set_validity (pair->crt, clock, error)
         && check (gnutls_x509_crt_sign2 (pair->crt, pair->crt, pair->key, GNUTLS_DIG_SHA256, 0),
                   "sign the certificate", error);
}

char *
till_sandbox_certificate_path (const char *folder)
{
  return g_build_filename (folder, "cert.pem", NULL);
}

static char *
key_path (const char *folder)
{
  return g_build_filename (folder, "key.pem", NULL);
}

static gboolean
write_pem (const char *path, int mode, gnutls_datum_t *pem, GError **error)
{
  gboolean written
      = g_file_set_contents_full (path, (const char *) pem->data, (gssize) pem->size,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, error);

  sodium_memzero (pem->data, pem->size);
  gnutls_free (pem->data);
  return written;
}

GTlsCertificate *
till_sandbox_certificate_renew (const char *folder, TillClock *clock, GError **error)
{
  g_autofree char *cert_file = till_sandbox_certificate_path (folder);
  g_autofree char *key_file = key_path (folder);
  g_auto (Pair) pair = { 0 };
  gnutls_datum_t key_pem = { 0 };
  gnutls_datum_t cert_pem = { 0 };

  if (!pair_generate (&pair, clock, error)
      || !check (gnutls_x509_privkey_export2_pkcs8 (pair.key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                    &key_pem),
                 "write the TLS key", error))
    return NULL;

  /* Torn in between, a key without a certificate is left, and both are made again. */
  g_unlink (cert_file);
  if (!write_pem (key_file, 0600, &key_pem, error)
      || !check (gnutls_x509_crt_export2 (pair.crt, GNUTLS_X509_FMT_PEM, &cert_pem), "write the certificate",
                 error)
      || !write_pem (cert_file, 0644, &cert_pem, error))
    return NULL;
  return g_tls_certificate_new_from_files (cert_file, key_file, error);
}

static gboolean
read_pem (const char *path, gnutls_datum_t *pem, GError **error)
{
  char *contents = NULL;
  gsize length = 0;
  g_autoptr (GError) inner = NULL;

  if (!g_file_get_contents (path, &contents, &length, &inner))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't read the gateway's TLS file: %s.",
                   inner->message);
      return FALSE;
    }
  pem->data = (guchar *) contents;
  pem->size = (unsigned int) length;
  return TRUE;
}

static gboolean
set_corrupt (const char *path, const char *reason, GError **error)
{
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "The gateway's TLS file %s is damaged (%s); delete it, a new key and certificate will be made.", path,
      reason);
  return FALSE;
}

static gboolean
pair_load (Pair *pair, const char *cert_file, const char *key_file, GError **error)
{
  gnutls_datum_t cert_pem = { 0 };
  gnutls_datum_t key_pem = { 0 };

  if (!pair_init (pair, error) || !read_pem (cert_file, &cert_pem, error))
    return FALSE;
  int result = gnutls_x509_crt_import (pair->crt, &cert_pem, GNUTLS_X509_FMT_PEM);
  g_free (cert_pem.data);
  if (result < 0)
    return set_corrupt (cert_file, gnutls_strerror (result), error);

  if (!read_pem (key_file, &key_pem, error))
    return FALSE;
  result = gnutls_x509_privkey_import (pair->key, &key_pem, GNUTLS_X509_FMT_PEM);
  sodium_memzero (key_pem.data, key_pem.size);
  g_free (key_pem.data);
  return result >= 0 ? TRUE : set_corrupt (key_file, gnutls_strerror (result), error);
}

static gboolean
pair_belongs_together (const Pair *pair)
{
  guchar of_key[32];
  guchar of_crt[32];
  size_t key_size = sizeof of_key;
  size_t crt_size = sizeof of_crt;

  return gnutls_x509_privkey_get_key_id (pair->key, GNUTLS_KEYID_USE_SHA256, of_key, &key_size) == 0
         && gnutls_x509_crt_get_key_id (pair->crt, GNUTLS_KEYID_USE_SHA256, of_crt, &crt_size) == 0
         && key_size == crt_size && memcmp (of_key, of_crt, key_size) == 0;
}

GTlsCertificate *
till_sandbox_certificate_ensure (const char *folder, TillClock *clock, GError **error)
{
  g_autofree char *cert_file = till_sandbox_certificate_path (folder);
  g_autofree char *key_file = key_path (folder);
  g_auto (Pair) pair = { 0 };

  if (!g_file_test (cert_file, G_FILE_TEST_EXISTS) || !g_file_test (key_file, G_FILE_TEST_EXISTS))
    return till_sandbox_certificate_renew (folder, clock, error);
  if (!pair_load (&pair, cert_file, key_file, error))
    return NULL;
  if (!pair_belongs_together (&pair))
    {
      set_corrupt (cert_file, "it doesn't belong to key.pem", error);
      return NULL;
    }
  if (gnutls_x509_crt_get_expiration_time (pair.crt) <= (time_t) (till_clock_utc (clock) / G_USEC_PER_SEC))
    return till_sandbox_certificate_renew (folder, clock, error);
  return g_tls_certificate_new_from_files (cert_file, key_file, error);
}
