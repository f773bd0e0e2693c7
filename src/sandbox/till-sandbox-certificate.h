/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/till-clock.h"

G_BEGIN_DECLS

/* How long a new certificate is good for. */
#define TILL_SANDBOX_CERTIFICATE_DAYS 3650

/*
 * The certificate and key in @folder, cert.pem and key.pem (mode 0600), for localhost and 127.0.0.1, ECDSA P-256,
 * signed by itself and no authority: whoever trusts cert.pem trusts this one server and nobody else. Made if either
 * file is missing or the certificate has run out (transfer full). %TILL_ERROR_CORRUPT, naming the file, if they can't
 * be read or don't belong together.
 */
GTlsCertificate *till_sandbox_certificate_ensure (const char *folder,
                                                  TillClock *clock,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes both anew, over what is there (transfer full). */
GTlsCertificate *till_sandbox_certificate_renew (const char *folder,
                                                 TillClock *clock,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where the certificate is (transfer full). */
char *till_sandbox_certificate_path (const char *folder);

G_END_DECLS
