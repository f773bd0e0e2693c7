/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include <math.h>

/* To four decimals: what decided can be read, and nobody is told from it. */
static double
rounded (double value)
{
  return round (value * 10000) / 10000;
}

static JsonObject *
bar_to_json (const TillEvidenceBar *bar)
{
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "value", rounded (bar->raw));
  json_object_set_double_member (object, bar->wants_above ? "least" : "most", rounded (bar->raw_threshold));
  return object;
}

JsonObject *
till_checkout_evidence_to_json (TillCheckout *self)
{
  const TillSighting *sighting = till_looking_get_sighting (self->looking);
  TillCustomer *match = till_looking_get_match (self->looking);
  JsonObject *object = json_object_new ();
  JsonObject *pieces = json_object_new ();

  json_object_set_string_member (object, "operating_point",
                                 self->operating_point != NULL ? self->operating_point : "unknown");
  json_object_set_int_member (object, "candidates",
                              till_gallery_get_n_customers (till_looking_get_candidates (self->looking)));
  json_object_set_double_member (object, "score", rounded (sighting->score));
  json_object_set_double_member (object, "margin", rounded (sighting->margin));
  json_object_set_int_member (object, "smiles", sighting->smiles_made);
  json_object_set_boolean_member (object, "pin", till_looking_is_by_pin (self->looking));
  json_object_set_boolean_member (object, "look_alike", match != NULL && till_customer_is_look_alike (match));
  for (guint i = 0; i < TILL_EVIDENCE_N_BARS; i++)
    if (sighting->bars[i].measured)
      json_object_set_object_member (pieces, till_evidence_bar_name (i), bar_to_json (&sighting->bars[i]));
  json_object_set_object_member (object, "pieces", pieces);
  return object;
}
