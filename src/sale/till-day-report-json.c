/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-report-private.h"

#include "base/till-error.h"
#include "base/till-name.h"
#include "sale/till-json-member.h"
#include "sale/till-rate.h"

/* The counts and the drawer's amounts by the names they are written under. */
typedef struct
{
  const char *name;
  gsize offset;
} TillDayField;

static const TillDayField counts[] = {
  { "voids", G_STRUCT_OFFSET (TillDayReport, voids) },
  { "disputes", G_STRUCT_OFFSET (TillDayReport, disputes) },
  { "declined", G_STRUCT_OFFSET (TillDayReport, declined) },
  { "unresolved", G_STRUCT_OFFSET (TillDayReport, unresolved) },
  { "unresolved_refunds", G_STRUCT_OFFSET (TillDayReport, unresolved_refunds) },
};

static const TillDayField drawer_amounts[] = {
  { "opening", G_STRUCT_OFFSET (TillDayDrawer, opening) },
  { "paid_in", G_STRUCT_OFFSET (TillDayDrawer, paid_in) },
  { "paid_out", G_STRUCT_OFFSET (TillDayDrawer, paid_out) },
  { "counted", G_STRUCT_OFFSET (TillDayDrawer, counted) },
  { "expected_at_count", G_STRUCT_OFFSET (TillDayDrawer, expected_at_count) },
};

/* What is written for people and other programs, and follows from the rest. */
static const TillDayField drawer_results[] = {
  { "sold", G_STRUCT_OFFSET (TillDayDrawer, sold) },
  { "refunded", G_STRUCT_OFFSET (TillDayDrawer, refunded) },
  { "expected", G_STRUCT_OFFSET (TillDayDrawer, expected) },
  { "difference", G_STRUCT_OFFSET (TillDayDrawer, difference) },
};

static JsonObject *
till_day_count_to_json (const TillDayCount *count)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "n", count->n);
  json_object_set_int_member (object, "amount", count->sum.minor);
  return object;
}

static JsonArray *
till_day_tenders_to_json (const TillDayReport *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < TILL_DAY_TENDERS; i++)
    {
      const TillDayTender *tender = &self->tenders[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "tender", tender->tender);
      json_object_set_object_member (object, "sold", till_day_count_to_json (&tender->sold));
      json_object_set_object_member (object, "refunded", till_day_count_to_json (&tender->refunded));
      json_object_set_int_member (object, "net", tender->net.minor);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
till_day_taxes_to_json (const TillDayReport *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->taxes->len; i++)
    {
      const TillDayTax *tax = &g_array_index (self->taxes, TillDayTax, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", tax->id);
      json_object_set_string_member (object, "name", tax->name);
      json_object_set_int_member (object, "rate", tax->rate);
      json_object_set_int_member (object, "net", tax->net.minor);
      json_object_set_int_member (object, "tax", tax->tax.minor);
      json_object_set_int_member (object, "gross", tax->gross.minor);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
till_day_discounts_to_json (const TillDayReport *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    json_object_set_object_member (object, till_discount_kind_to_string ((TillDiscountKind) i),
                                   till_day_count_to_json (&self->discounts[i]));
  return object;
}

static void
till_day_fields_to_json (JsonObject *object, const TillDayDrawer *drawer, const TillDayField *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    json_object_set_int_member (object, fields[i].name,
                                G_STRUCT_MEMBER (TillMoney, drawer, fields[i].offset).minor);
}

static JsonObject *
till_day_drawer_to_json (const TillDayDrawer *drawer)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "counted_yet", drawer->counted_yet);
  till_day_fields_to_json (object, drawer, drawer_amounts, G_N_ELEMENTS (drawer_amounts));
  till_day_fields_to_json (object, drawer, drawer_results, G_N_ELEMENTS (drawer_results));
  return object;
}

JsonObject *
till_day_report_to_json (const TillDayReport *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *hours = json_array_new ();

  json_object_set_string_member (object, "shop", self->shop);
  json_object_set_string_member (object, "currency", self->untaxed.currency);
  json_object_set_int_member (object, "number", self->number);
  json_object_set_int_member (object, "at_us", self->at_us);
  json_object_set_int_member (object, "since_us", self->since_us);
  json_object_set_int_member (object, "first_seq", self->first_seq);
  json_object_set_int_member (object, "last_seq", self->last_seq);
  json_object_set_array_member (object, "tenders", till_day_tenders_to_json (self));
  json_object_set_int_member (object, "takings", self->takings.net.minor);
  json_object_set_array_member (object, "taxes", till_day_taxes_to_json (self));
  json_object_set_int_member (object, "untaxed", self->untaxed.minor);
  json_object_set_object_member (object, "discounts", till_day_discounts_to_json (self));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    json_object_set_object_member (object, counts[i].name,
                                   till_day_count_to_json (G_STRUCT_MEMBER_P (self, counts[i].offset)));
  json_object_set_object_member (object, "drawer", till_day_drawer_to_json (&self->drawer));
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    json_array_add_object_element (hours, till_day_count_to_json (&self->hours[i]));
  json_object_set_array_member (object, "hours", hours);
  return object;
}

static gboolean
till_day_refuse (GError **error, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, message);
  return FALSE;
}

/* An amount that may be below zero; its currency is there already. */
static gboolean
till_day_read_signed (JsonObject *object, const char *name, TillMoney *amount, GError **error)
{
  return till_json_member_int (object, name, -G_MAXINT64, G_MAXINT64, &amount->minor, error);
}

static gboolean
till_day_read_count (JsonObject *object, TillDayCount *count, GError **error)
{
  gint64 n;

  if (object == NULL || !till_json_member_int (object, "n", 0, G_MAXUINT, &n, error)
      || !till_json_member_int (object, "amount", 0, G_MAXINT64, &count->sum.minor, error))
    return FALSE;
  count->n = (guint) n;
  return TRUE;
}

static gboolean
till_day_read_count_of (JsonObject *object, const char *name, TillDayCount *count, GError **error)
{
  if (till_day_read_count (till_json_member_object (object, name, error), count, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
till_day_read_tenders (TillDayReport *self, JsonObject *object, GError **error)
{
  JsonArray *array = till_json_member_array (object, "tenders", error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = till_json_element_object (array, i, "tenders", error);
      const char *name;

      if (element == NULL || !till_json_member_string (element, "tender", &name, error))
        return FALSE;
      TillDayTender *tender = till_day_report_find_tender (self, name);
      if (tender == NULL)
        return till_day_refuse (error, "“tender” is no way to pay that this till knows");
      if (!till_day_read_count_of (element, "sold", &tender->sold, error)
          || !till_day_read_count_of (element, "refunded", &tender->refunded, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_day_read_tax (TillDayReport *self, JsonObject *object, GError **error)
{
  const char *id, *name;
  gint64 rate;

  if (!till_json_member_string (object, "id", &id, error)
      || !till_json_member_string (object, "name", &name, error)
      || !till_name_check ("A tax class’s name", name, error)
      || !till_json_member_int (object, "rate", 0, TILL_RATE_WHOLE, &rate, error))
    return FALSE;

  TillDayTax *tax = till_day_report_find_tax (self, id, name, (int) rate);
  TillMoney gross;
  if (!till_day_read_signed (object, "net", &tax->net, error)
      || !till_day_read_signed (object, "tax", &tax->tax, error)
      || !till_day_read_signed (object, "gross", &tax->gross, error)
      || !till_money_add (&tax->net, &tax->tax, &gross, error))
    return FALSE;
  return till_money_compare (&gross, &tax->gross) == 0
         || till_day_refuse (error, "Net and tax of a class do not add up to its gross");
}

static gboolean
till_day_read_taxes (TillDayReport *self, JsonObject *object, GError **error)
{
  JsonArray *array = till_json_member_array (object, "taxes", error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = till_json_element_object (array, i, "taxes", error);

      if (element == NULL || !till_day_read_tax (self, element, error))
        return FALSE;
    }
  return TRUE;
}

/* Reports from before there was an equal offer do not say how often it was taken: never. */
static gboolean
till_day_lacks_kind (JsonObject *discounts, TillDiscountKind kind)
{
  return kind == TILL_DISCOUNT_EQUAL
         && !json_object_has_member (discounts, till_discount_kind_to_string (kind));
}

static gboolean
till_day_read_discounts (TillDayReport *self, JsonObject *object, GError **error)
{
  JsonObject *discounts = till_json_member_object (object, "discounts", error);

  if (discounts == NULL)
    return FALSE;
  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    if (!till_day_lacks_kind (discounts, (TillDiscountKind) i)
        && !till_day_read_count_of (discounts, till_discount_kind_to_string ((TillDiscountKind) i),
                                    &self->discounts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
till_day_read_drawer (TillDayReport *self, JsonObject *object, GError **error)
{
  JsonObject *drawer = till_json_member_object (object, "drawer", error);

  if (drawer == NULL || !till_json_member_boolean (drawer, "counted_yet", &self->drawer.counted_yet, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (drawer_amounts); i++)
    if (!till_day_read_signed (drawer, drawer_amounts[i].name,
                               G_STRUCT_MEMBER_P (&self->drawer, drawer_amounts[i].offset), error))
      return FALSE;
  return TRUE;
}

static gboolean
till_day_read_hours (TillDayReport *self, JsonObject *object, GError **error)
{
  JsonArray *array = till_json_member_array (object, "hours", error);

  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) != TILL_DAY_HOURS)
    return till_day_refuse (error, "“hours” must be 24");
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    if (!till_day_read_count (till_json_element_object (array, i, "hours", error), &self->hours[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
till_day_read_parts (TillDayReport *self, JsonObject *object, GError **error)
{
  if (!till_json_member_int (object, "since_us", 0, G_MAXINT64, &self->since_us, error)
      || !till_json_member_int (object, "first_seq", 0, G_MAXINT64, &self->first_seq, error)
      || !till_json_member_int (object, "last_seq", 0, G_MAXINT64, &self->last_seq, error)
      || !till_day_read_tenders (self, object, error) || !till_day_read_taxes (self, object, error)
      || !till_day_read_discounts (self, object, error) || !till_day_read_drawer (self, object, error)
      || !till_day_read_hours (self, object, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!till_day_read_count_of (object, counts[i].name, G_STRUCT_MEMBER_P (self, counts[i].offset), error))
      return FALSE;
  return till_day_report_sum_up (self, error);
}

/* What is written but follows from the rest must be what follows. */
static gboolean
till_day_check (const TillDayReport *self, JsonObject *object, GError **error)
{
  TillMoney takings = self->untaxed, untaxed = self->untaxed, hours = self->untaxed;

  hours.minor = 0;
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    if (!till_money_add (&hours, &self->hours[i].sum, &hours, error))
      return FALSE;
  if (!till_day_read_signed (object, "takings", &takings, error)
      || !till_day_read_signed (object, "untaxed", &untaxed, error))
    return FALSE;
  if (till_money_compare (&takings, &self->takings.net) != 0
      || till_money_compare (&hours, &self->takings.sold.sum) != 0)
    return till_day_refuse (error, "The ways to pay do not add up to the takings");
  return till_money_compare (&untaxed, &self->untaxed) == 0
         || till_day_refuse (error, "The tax classes do not add up to the takings");
}

TillDayReport *
till_day_report_from_json (JsonObject *object, GError **error)
{
  const char *shop, *currency;
  gint64 number, at_us;

  if (!till_json_member_string (object, "shop", &shop, error)
      || !till_json_member_string (object, "currency", &currency, error)
      || !till_json_member_int (object, "number", 0, G_MAXUINT, &number, error)
      || !till_json_member_int (object, "at_us", 0, G_MAXINT64, &at_us, error))
    return NULL;

  g_autoptr (TillDayReport) self = till_day_report_alloc (shop, currency, (guint) number, at_us, error);
  if (self == NULL || !till_day_read_parts (self, object, error) || !till_day_check (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}
