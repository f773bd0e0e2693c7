/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "sandbox-process.h"

#define INVALID "invalid_request_error"

/* One server for all of these: they only add to it. */
static SandboxProcess *sandbox;

static void
test_customer (void)
{
  g_autoptr (SandboxAnswer) made
      = sandbox_ask (sandbox, "POST", "/v1/customers",
                     "name=Fran%C3%A7oise&email=f%40example.org&metadata[shop.id]=7&metadata[b]=x", NULL);
  g_assert_cmpuint (made->status, ==, 200);
  g_assert_true (g_str_has_prefix (sandbox_text (made, "id"), "cus_"));
  g_assert_cmpstr (sandbox_text (made, "object"), ==, "customer");
  g_assert_cmpstr (sandbox_text (made, "name"), ==, "Françoise");

  g_autofree char *path = g_strconcat ("/v1/customers/", sandbox_text (made, "id"), NULL);
  g_autoptr (SandboxAnswer) changed
      = sandbox_ask (sandbox, "POST", path, "name=&phone=1&metadata[b]=&metadata[c]=y", NULL);
  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_null (sandbox_text (changed, "name"));
  g_assert_cmpstr (sandbox_text (changed, "email"), ==, "f@example.org");
  JsonObject *metadata = json_object_get_object_member (changed->body, "metadata");
  g_assert_cmpuint (json_object_get_size (metadata), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (metadata, "shop.id"), ==, "7");
  g_assert_cmpstr (json_object_get_string_member (metadata, "c"), ==, "y");

  g_autoptr (SandboxAnswer) cleared = sandbox_ask (sandbox, "POST", path, "metadata=", NULL);
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (cleared->body, "metadata")), ==, 0);
}

static void
test_customer_deleted (void)
{
  g_autofree char *id
      = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Gone&payment_method=pm_card_visa");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autofree char *methods_path = g_strconcat (path, "/payment_methods", NULL);
  g_autoptr (SandboxAnswer) methods = sandbox_ask (sandbox, "GET", methods_path, NULL, NULL);
  g_assert_cmpuint (sandbox_length (methods), ==, 1);

  g_autoptr (SandboxAnswer) deleted = sandbox_ask (sandbox, "DELETE", path, NULL, NULL);
  g_assert_true (json_object_get_boolean_member (deleted->body, "deleted"));
  g_autoptr (SandboxAnswer) found = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_cmpuint (found->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (found->body, "deleted"));
  g_assert_false (json_object_has_member (found->body, "name"));

  sandbox_expect_error (sandbox, "DELETE", path, NULL, 404, INVALID, "resource_missing", "id");
  sandbox_expect_error (sandbox, "POST", path, "name=x", 404, INVALID, "resource_missing", "id");
  sandbox_expect_error (sandbox, "GET", methods_path, NULL, 404, INVALID, "resource_missing", "id");

  g_autofree char *charge = g_strdup_printf ("amount=500&currency=eur&customer=%s&payment_method=%s", id,
                                             sandbox_nth_id (methods, 0));
  sandbox_expect_error (sandbox, "POST", "/v1/payment_intents", charge, 400, INVALID, "resource_missing",
                        "customer");
}

static void
test_pages (void)
{
  char *ids[5];
  g_autofree char *mail = g_strdup_printf ("page-%d%%2Bx%%26y%%40example.org", g_test_rand_int ());

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *form = g_strconcat ("email=", mail, NULL);
      ids[i] = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", form);
    }

  g_autofree char *first_query = g_strdup_printf ("email=%s&limit=2", mail);
  g_autoptr (SandboxAnswer) first = sandbox_ask (sandbox, "GET", "/v1/customers", first_query, NULL);
  g_assert_cmpstr (sandbox_text (first, "object"), ==, "list");
  g_assert_cmpstr (sandbox_text (first, "url"), ==, "/v1/customers");
  g_assert_cmpuint (sandbox_length (first), ==, 2);
  g_assert_true (json_object_get_boolean_member (first->body, "has_more"));
  g_assert_cmpstr (sandbox_nth_id (first, 0), ==, ids[4]);
  g_assert_cmpstr (sandbox_nth_id (first, 1), ==, ids[3]);

  g_autofree char *rest_query = g_strdup_printf ("email=%s&limit=3&starting_after=%s", mail, ids[3]);
  g_autoptr (SandboxAnswer) rest = sandbox_ask (sandbox, "GET", "/v1/customers", rest_query, NULL);
  g_assert_cmpuint (sandbox_length (rest), ==, 3);
  g_assert_false (json_object_get_boolean_member (rest->body, "has_more"));
  g_assert_cmpstr (sandbox_nth_id (rest, 2), ==, ids[0]);

  g_autofree char *back_query = g_strdup_printf ("email=%s&limit=2&ending_before=%s", mail, ids[1]);
  g_autoptr (SandboxAnswer) back = sandbox_ask (sandbox, "GET", "/v1/customers", back_query, NULL);
  g_assert_true (json_object_get_boolean_member (back->body, "has_more"));
  g_assert_cmpstr (sandbox_nth_id (back, 0), ==, ids[3]);
  g_assert_cmpstr (sandbox_nth_id (back, 1), ==, ids[2]);

  sandbox_expect_error (sandbox, "GET", "/v1/customers", "limit=0", 400, INVALID, "parameter_invalid_integer",
                        "limit");
  sandbox_expect_error (sandbox, "GET", "/v1/customers", "limit=101", 400, INVALID,
                        "parameter_invalid_integer", "limit");
  sandbox_expect_error (sandbox, "GET", "/v1/customers", "starting_after=cus_none", 400, INVALID,
                        "resource_missing", "starting_after");
  g_autofree char *both = g_strdup_printf ("starting_after=%s&ending_before=%s", ids[0], ids[1]);
  sandbox_expect_error (sandbox, "GET", "/v1/customers", both, 400, INVALID, NULL, "ending_before");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

static void
test_method_by_number (void)
{
  g_autoptr (SandboxAnswer) made = sandbox_ask (
      sandbox, "POST", "/v1/payment_methods",
      "type=card&card[number]=4242%204242%204242%204242&card[exp_month]=4&card[exp_year]=2044&card[cvc]=123"
      "&billing_details[name]=Franck&metadata[a]=b",
      NULL);
  g_assert_cmpuint (made->status, ==, 200);
  g_assert_cmpstr (sandbox_text (made, "card.brand"), ==, "visa");
  g_assert_cmpstr (sandbox_text (made, "card.last4"), ==, "4242");
  g_assert_cmpint (sandbox_number (made, "card.exp_year"), ==, 2044);
  g_assert_cmpstr (sandbox_text (made, "billing_details.name"), ==, "Franck");
  g_assert_cmpstr (sandbox_text (made, "metadata.a"), ==, "b");
  g_assert_false (json_object_has_member (json_object_get_object_member (made->body, "card"), "number"));

  g_autofree char *path = g_strconcat ("/v1/payment_methods/", sandbox_text (made, "id"), NULL);
  g_autoptr (SandboxAnswer) found = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_true (json_object_equal (found->body, made->body));
}

static void
test_method_refused (void)
{
#define CARD(number, month, year, cvc)                                                                       \
  "type=card&card[number]=" number "&card[exp_month]=" month "&card[exp_year]=" year "&card[cvc]=" cvc
  static const struct
  {
    const char *form;
    guint status;
    const char *type;
    const char *code;
    const char *param;
  } cases[] = {
    { "card[token]=tok_visa", 400, INVALID, "parameter_missing", "type" },
    { "type=sofort", 400, INVALID, NULL, "type" },
    { "type=card", 400, INVALID, "parameter_missing", "card[number]" },
    { "type=card&card[token]=tok_none", 400, INVALID, "resource_missing", "card[token]" },
    { "type=card&card=x", 400, INVALID, "parameter_unknown", "card" },
    { CARD ("4242424242424241", "1", "2044", "123"), 402, "card_error", "incorrect_number", "number" },
    { CARD ("4111111111111111", "1", "2044", "123"), 402, "card_error", "card_declined", NULL },
    { CARD ("4242424242424242", "13", "2044", "123"), 402, "card_error", "invalid_expiry_month",
      "exp_month" },
    { CARD ("4242424242424242", "1", "2019", "123"), 402, "card_error", "invalid_expiry_year", "exp_year" },
    { CARD ("4242424242424242", "1", "2044", "12"), 402, "card_error", "invalid_cvc", "cvc" },
    { CARD ("4242424242424242", "x", "2044", "123"), 400, INVALID, "parameter_invalid_integer",
      "card[exp_month]" },
  };
#undef CARD

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    sandbox_expect_error (sandbox, "POST", "/v1/payment_methods", cases[i].form, cases[i].status,
                          cases[i].type, cases[i].code, cases[i].param);
}

static char *
attach (const char *method, const char *customer)
{
  g_autofree char *path = g_strdup_printf ("/v1/payment_methods/%s/attach", method);
  g_autofree char *form = g_strconcat ("customer=", customer, NULL);

  return sandbox_id_of (sandbox, 200, "POST", path, form);
}

static void
test_attach (void)
{
  g_autofree char *one = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=One");
  g_autofree char *two = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Two");
  g_autofree char *first = attach ("pm_card_visa", one);
  g_autofree char *second = attach ("pm_card_mastercard", one);
  g_assert_cmpstr (first, !=, "pm_card_visa");

  g_autofree char *again = attach (first, one);
  g_assert_cmpstr (again, ==, first);
  g_autofree char *attach_path = g_strdup_printf ("/v1/payment_methods/%s/attach", first);
  g_autofree char *to_two = g_strconcat ("customer=", two, NULL);
  sandbox_expect_error (sandbox, "POST", attach_path, to_two, 400, INVALID, NULL, "id");

  g_autofree char *query = g_strdup_printf ("customer=%s&type=card", one);
  g_autoptr (SandboxAnswer) list = sandbox_ask (sandbox, "GET", "/v1/payment_methods", query, NULL);
  g_assert_cmpuint (sandbox_length (list), ==, 2);
  g_assert_cmpstr (sandbox_nth_id (list, 0), ==, second);

  g_autofree char *detach_path = g_strdup_printf ("/v1/payment_methods/%s/detach", first);
  g_autoptr (SandboxAnswer) detached = sandbox_ask (sandbox, "POST", detach_path, NULL, NULL);
  g_assert_cmpuint (detached->status, ==, 200);
  g_assert_null (sandbox_text (detached, "customer"));
  sandbox_expect_error (sandbox, "POST", detach_path, NULL, 400, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "POST", attach_path, to_two, 400, INVALID, NULL, "id");
}

static void
test_attach_refused (void)
{
  g_autofree char *id = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=x");
  g_autofree char *form = g_strconcat ("customer=", id, NULL);

  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_none/attach", form, 404, INVALID,
                        "resource_missing", "id");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_card_visa/attach", "customer=cus_none", 400,
                        INVALID, "resource_missing", "customer");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_card_visa/attach", NULL, 400, INVALID,
                        "parameter_missing", "customer");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_card_visa/attach", "customer=", 400, INVALID,
                        "parameter_invalid_empty", "customer");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_card_chargeDeclinedInsufficientFunds/attach",
                        form, 402, "card_error", "card_declined", NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/payment_methods", NULL, 400, INVALID, "parameter_missing",
                        "customer");
  sandbox_expect_error (sandbox, "GET", "/v1/payment_methods/pm_none", NULL, 404, INVALID, "resource_missing",
                        "id");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_methods/pm_none/detach", NULL, 404, INVALID,
                        "resource_missing", "id");
}

static void
test_default_method (void)
{
  g_autofree char *id = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Default");
  g_autofree char *method = attach ("pm_card_visa", id);
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autofree char *form = g_strconcat ("invoice_settings[default_payment_method]=", method, NULL);

  g_autoptr (SandboxAnswer) set = sandbox_ask (sandbox, "POST", path, form, NULL);
  g_assert_cmpstr (sandbox_text (set, "invoice_settings.default_payment_method"), ==, method);
  sandbox_expect_error (sandbox, "POST", path, "invoice_settings[default_payment_method]=pm_card_visa", 400,
                        INVALID, "resource_missing", "invoice_settings[default_payment_method]");

  g_autofree char *detach_path = g_strdup_printf ("/v1/payment_methods/%s/detach", method);
  g_free (sandbox_id_of (sandbox, 200, "POST", detach_path, NULL));
  g_autoptr (SandboxAnswer) after = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_null (sandbox_text (after, "invoice_settings.default_payment_method"));
}

static void
test_metadata_bounds (void)
{
  g_autofree char *key = g_strnfill (41, 'k');
  g_autofree char *value = g_strnfill (501, 'v');
  g_autofree char *text = g_strnfill (5001, 't');
  g_autofree char *long_key = g_strdup_printf ("metadata[%s]=x", key);
  g_autofree char *long_value = g_strdup_printf ("metadata[a]=%s", value);
  g_autofree char *long_text = g_strdup_printf ("name=%s", text);
  g_autoptr (GString) many = g_string_new ("name=x");

  for (guint i = 0; i < 51; i++)
    g_string_append_printf (many, "&metadata[k%u]=v", i);
  sandbox_expect_error (sandbox, "POST", "/v1/customers", long_key, 400, INVALID, NULL, "metadata");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", long_value, 400, INVALID, NULL, "metadata");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", many->str, 400, INVALID, NULL, "metadata");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", "metadata=x", 400, INVALID, NULL, "metadata");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", "metadata[a][b]=x", 400, INVALID, NULL, "metadata");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", long_text, 400, INVALID, NULL, "name");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", "name[a]=x", 400, INVALID, "parameter_unknown",
                        "name[a]");
}

static void
test_hostile_names (void)
{
  static const char *const names[]
      = { "'; DROP TABLE customers; --", "\\\"\n\r\t{}[]", "<script>alert(1)</script>",
          "\xe2\x80\xae txt.exe",        "%s%n%x",         "\xf0\x9f\x98\x80 \xc3\xa9" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *escaped = g_uri_escape_string (names[i], NULL, FALSE);
      g_autofree char *form = g_strconcat ("name=", escaped, "&metadata[", escaped, "]=", escaped, NULL);
      g_autofree char *plain = g_strconcat ("name=", escaped, "&metadata[k]=", escaped, NULL);
      gboolean brackets = strpbrk (names[i], "[]") != NULL;
      g_autoptr (SandboxAnswer) made
          = sandbox_ask (sandbox, "POST", "/v1/customers", brackets ? plain : form, NULL);
      g_assert_cmpuint (made->status, ==, 200);
      g_assert_cmpstr (sandbox_text (made, "name"), ==, names[i]);
      JsonObject *metadata = json_object_get_object_member (made->body, "metadata");
      g_assert_cmpstr (json_object_get_string_member (metadata, brackets ? "k" : names[i]), ==, names[i]);
    }
}

static void
test_addresses (void)
{
  sandbox_expect_error (sandbox, "GET", "/", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/customers/", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/balance", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "PUT", "/v1/customers", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "DELETE", "/v1/payment_intents", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/customers/cus_1/payment_methods/x/y", NULL, 404, INVALID, NULL,
                        NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/customers/a%2fb", NULL, 404, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "GET", "/v1/customers", "nonsense=1", 400, INVALID, "parameter_unknown",
                        "nonsense");
  sandbox_expect_error (sandbox, "GET", "/v1/customers", "created[near]=1", 400, INVALID, "parameter_unknown",
                        "created[near]");
  sandbox_expect_error (sandbox, "GET", "/v1/customers", "expand[]=data.nope", 400, INVALID, NULL, "expand");
  sandbox_expect_error (sandbox, "POST", "/v1/customers", "name=%zz", 400, INVALID, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  char *folder = sandbox_folder_new ();
  sandbox = sandbox_start (folder, 0);

  g_test_add_func ("/sandbox/endpoints/customer", test_customer);
  g_test_add_func ("/sandbox/endpoints/customer-deleted", test_customer_deleted);
  g_test_add_func ("/sandbox/endpoints/pages", test_pages);
  g_test_add_func ("/sandbox/endpoints/method-by-number", test_method_by_number);
  g_test_add_func ("/sandbox/endpoints/method-refused", test_method_refused);
  g_test_add_func ("/sandbox/endpoints/attach", test_attach);
  g_test_add_func ("/sandbox/endpoints/attach-refused", test_attach_refused);
  g_test_add_func ("/sandbox/endpoints/default-method", test_default_method);
  g_test_add_func ("/sandbox/endpoints/metadata-bounds", test_metadata_bounds);
  g_test_add_func ("/sandbox/endpoints/hostile-names", test_hostile_names);
  g_test_add_func ("/sandbox/endpoints/addresses", test_addresses);
  int result = g_test_run ();

  g_assert_cmpint (sandbox_end (sandbox, SIGTERM), ==, 0);
  sandbox_folder_delete (folder);
  return result;
}
