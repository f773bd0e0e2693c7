/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent.h"

#include "base/till-error.h"
#include "customers/till-consent-private.h"
#include "vault/till-signature.h"

/* The first line of what is signed, so that no other text the till signs can be taken for a consent. */
#define HEAD "smiletill consent 1\n"

static const char *const purposes[] = {
  [TILL_CONSENT_ENROLMENT] = "enrolment",
  [TILL_CONSENT_PAYMENT] = "payment",
  [TILL_CONSENT_PASS] = "pass",
  [TILL_CONSENT_PRESENCE] = "presence",
};

/* What each consent says; a payment's says the last two as well. */
static const char *const texts[]
    = { "id", "purpose", "version", "wording_sha256", "language", "shop", "by", "place", "key", "signature" };
static const char *const numbers[] = { "retention_months", "guardian_age", "at_us" };

static gboolean
till_consent_refuse (GError **error, const char *id, const char *why)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "The consent %s %s", id != NULL ? id : "without an id",
               why);
  return FALSE;
}

const char *
till_consent_read_text (JsonObject *body, const char *member)
{
  JsonNode *node = json_object_get_member (body, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

gint64
till_consent_read_int (JsonObject *body, const char *member)
{
  JsonNode *node = json_object_get_member (body, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : -1;
}

gboolean
till_consent_read_purpose (JsonObject *body, TillConsentPurpose *purpose)
{
  const char *name = till_consent_read_text (body, "purpose");

  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_strcmp0 (name, purposes[i]) == 0)
      {
        *purpose = (TillConsentPurpose) i;
        return TRUE;
      }
  return FALSE;
}

void
till_consent_read_terms (JsonObject *body, TillConsentTerms *terms)
{
  terms->shop = till_consent_read_text (body, "shop");
  terms->retention_months = (guint) CLAMP (till_consent_read_int (body, "retention_months"), 0, G_MAXINT);
  terms->guardian_age = (guint) CLAMP (till_consent_read_int (body, "guardian_age"), 0, G_MAXINT);
}

/*
 * What is signed: HEAD, then each member but the signature, by name in the order of its bytes, as "NAME=iNUMBER" or
 * "NAME=sTEXT" with all but printable ASCII, quotes and backslashes escaped as in C, and a line break. NULL where a member
 * is something else (transfer full).
 */
static char *
till_consent_make_canonical (JsonObject *body)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GList) names = g_list_sort (json_object_get_members (body), (GCompareFunc) g_strcmp0);

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *words = till_consent_read_text (body, name->data);
      JsonNode *node = json_object_get_member (body, name->data);
      g_autofree char *escaped = words != NULL ? g_strescape (words, NULL) : NULL;

      if (g_str_equal (name->data, "signature"))
        continue;
      if (escaped != NULL)
        g_string_append_printf (text, "%s=s%s\n", (const char *) name->data, escaped);
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        g_string_append_printf (text, "%s=i%" G_GINT64_FORMAT "\n", (const char *) name->data,
                                json_node_get_int (node));
      else
        return NULL;
    }
  return g_strdup (text->str);
}

static void
till_consent_write_wording (JsonObject *body, TillConsentPurpose purpose, const TillConsentTerms *terms)
{
  g_autofree char *hash = till_consent_make_hash (purpose, terms);

  json_object_set_string_member (body, "purpose", purposes[purpose]);
  json_object_set_string_member (body, "version", till_consent_get_version ());
  json_object_set_string_member (body, "wording_sha256", hash);
  json_object_set_string_member (body, "language", till_consent_get_language (purpose));
  json_object_set_string_member (body, "shop", terms->shop != NULL ? terms->shop : "");
  json_object_set_int_member (body, "retention_months", terms->retention_months);
  json_object_set_int_member (body, "guardian_age", terms->guardian_age);
}

JsonObject *
till_consent_to_json (const TillConsentGiven *given, TillVault *vault, GError **error)
{
  g_return_val_if_fail (given->id != NULL && given->place != NULL, NULL);
  g_return_val_if_fail (given->purpose != TILL_CONSENT_PAYMENT || given->currency != NULL, NULL);

  g_autoptr (JsonObject) body = json_object_new ();
  const char *key = till_vault_get_public_key (vault);

  json_object_set_string_member (body, "id", given->id);
  till_consent_write_wording (body, given->purpose,
                              given->terms != NULL ? given->terms : till_consent_terms_get_default ());
  if (given->customer != NULL)
    json_object_set_string_member (body, "customer", given->customer);
  if (given->sale != NULL)
    json_object_set_string_member (body, "sale", given->sale);
  if (given->purpose == TILL_CONSENT_PAYMENT)
    {
      json_object_set_int_member (body, "max_minor", given->max_minor);
      json_object_set_string_member (body, "currency", given->currency);
    }
  json_object_set_string_member (body, "by", given->by == TILL_CONSENT_BY_GUARDIAN ? "guardian" : "adult");
  json_object_set_int_member (body, "at_us", given->at_us);
  json_object_set_string_member (body, "place", given->place);
  json_object_set_string_member (body, "key", key != NULL ? key : "");

  g_autofree char *canonical = till_consent_make_canonical (body);
  g_autofree char *signature = till_vault_sign (vault, canonical, error);
  if (signature == NULL)
    return NULL;
  json_object_set_string_member (body, "signature", signature);
  return g_steal_pointer (&body);
}

static gboolean
till_consent_check_members (JsonObject *body, const char *id, GError **error)
{
  TillConsentPurpose purpose;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (till_consent_read_text (body, texts[i]) == NULL)
      return till_consent_refuse (error, id, "is not whole: the till can’t have written it like that");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (till_consent_read_int (body, numbers[i]) < 0)
      return till_consent_refuse (error, id, "is not whole: the till can’t have written it like that");
  if (!till_consent_read_purpose (body, &purpose))
    return till_consent_refuse (error, id, "is for a purpose that this till does not know");
  if (purpose == TILL_CONSENT_PAYMENT
      && (till_consent_read_int (body, "max_minor") < 0 || till_consent_read_text (body, "currency") == NULL))
    return till_consent_refuse (error, id, "does not say up to which amount it holds");
  return TRUE;
}

gboolean
till_consent_verify (JsonObject *body, const char *wording, GError **error)
{
  const char *id = till_consent_read_text (body, "id");
  g_autofree char *canonical = NULL;

  if (!till_consent_check_members (body, id, error))
    return FALSE;
  canonical = till_consent_make_canonical (body);
  if (canonical == NULL
      || !till_signature_verify (till_consent_read_text (body, "key"), canonical,
                                 till_consent_read_text (body, "signature")))
    return till_consent_refuse (error, id, "was altered: the till did not sign it like that");
  if (wording == NULL)
    return TRUE;

  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wording, -1);
  return g_str_equal (hash, till_consent_read_text (body, "wording_sha256"))
         || till_consent_refuse (error, id, "names another wording than the one that is kept");
}
