// SPDX-License-Identifier: GPL-3.0-or-later
// test-sdk.mjs MODULES PORT CERTIFICATE KEY: the provider's SDK, as it comes, at work with the sandbox. Prints TAP.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';

const [modules, port, certificate, key] = process.argv.slice(2);
const Stripe = createRequire(`${modules}/`)('stripe');
// The SDK checks the certificate against this one, as it would check the service's against the system's.
const agent = new https.Agent({ ca: fs.readFileSync(certificate), keepAlive: true });

const connect = (options = {}, secret = key) => new (Stripe.Stripe ?? Stripe.default ?? Stripe)(secret, {
  host: '127.0.0.1', port: Number(port), protocol: 'https', httpAgent: agent, maxNetworkRetries: 0, telemetry: false, ...options,
});
const stripe = connect();
const patient = connect({ maxNetworkRetries: 3 });

const tests = [];
const test = (name, run) => tests.push({ name, run });
let serial = 0;
const fresh = (word) => `${word}-${process.pid}-${++serial}`;

async function refused(promise, type, more = {}) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.type, type, error.message);
    for (const [name, value] of Object.entries(more)) assert.equal(error[name], value, `${name}: ${error.message}`);
    return error;
  }
  return assert.fail(`was not refused as ${type}`);
}

async function enrol(method = 'pm_card_visa') {
  const customer = await stripe.customers.create({ description: 'customer of a test' });
  const card = await stripe.paymentMethods.attach(method, { customer: customer.id });
  return { customer: customer.id, payment_method: card.id };
}

const offSession = (payer, amount = 1250) => ({
  amount, currency: 'eur', ...payer, payment_method_types: ['card'], confirm: true, off_session: true,
  metadata: { sale: fresh('sale'), attempt: fresh('attempt') },
});

function order(fault) {
  const form = new URLSearchParams({ path: '/v1/payment_intents', milliseconds: '10', ...fault }).toString();
  return new Promise((resolve, reject) => {
    const request = https.request({
      host: '127.0.0.1', port, path: '/sandbox/faults', method: 'POST', agent,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
    }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`fault: ${answer.statusCode}`))));
    });
    request.on('error', reject);
    request.end(form);
  });
}

async function settle(kind, id, outcome) {
  return stripe.rawRequest('POST', `/sandbox/${kind}/${id}/settle`, { outcome });
}

test('creates and confirms in one request', async () => {
  const payment = await stripe.paymentIntents.create({ ...offSession(await enrol()), expand: ['latest_charge', 'customer'] },
    { idempotencyKey: fresh('key') });
  assert.equal(payment.object, 'payment_intent');
  assert.equal(payment.status, 'succeeded');
  assert.equal(payment.amount_received, 1250);
  assert.equal(payment.latest_charge.paid, true);
  assert.equal(payment.latest_charge.payment_method_details.card.last4, '4242');
  assert.match(payment.customer.id, /^cus_/);
  assert.match(payment.lastResponse.requestId, /^req_/);
  const again = await stripe.paymentIntents.retrieve(payment.id);
  assert.deepEqual(again.metadata, payment.metadata);
});

test('creates first and confirms later', async () => {
  const payment = await stripe.paymentIntents.create({ amount: 999, currency: 'eur', payment_method_types: ['card'] });
  assert.equal(payment.status, 'requires_payment_method');
  await refused(stripe.paymentIntents.confirm(payment.id), 'StripeInvalidRequestError', { code: 'payment_intent_unexpected_state' });
  const updated = await stripe.paymentIntents.update(payment.id, { amount: 998, payment_method: 'pm_card_mastercard' });
  assert.equal(updated.status, 'requires_confirmation');
  const confirmed = await stripe.paymentIntents.confirm(payment.id);
  assert.equal(confirmed.status, 'succeeded');
  assert.equal(confirmed.amount_received, 998);
  await refused(stripe.paymentIntents.confirm(payment.id), 'StripeInvalidRequestError', { statusCode: 400 });
});

test('cancels what was not paid', async () => {
  const payment = await stripe.paymentIntents.create({ amount: 999, currency: 'eur', payment_method_types: ['card'] });
  const canceled = await stripe.paymentIntents.cancel(payment.id, { cancellation_reason: 'abandoned' });
  assert.equal(canceled.status, 'canceled');
  assert.equal(canceled.cancellation_reason, 'abandoned');
  await refused(stripe.paymentIntents.cancel(payment.id), 'StripeInvalidRequestError', { code: 'payment_intent_unexpected_state' });
});

test('has the same answer under the same key', async () => {
  const form = offSession(await enrol());
  const idempotencyKey = fresh('key');
  const first = await stripe.paymentIntents.create(form, { idempotencyKey });
  const second = await stripe.paymentIntents.create(form, { idempotencyKey });
  assert.equal(second.id, first.id);
  assert.equal(second.lastResponse.idempotencyKey, idempotencyKey);
  assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
  await refused(stripe.paymentIntents.create({ ...form, amount: 1300 }, { idempotencyKey }), 'StripeIdempotencyError', { statusCode: 400 });
});

test('pays once when asked twelve times at once', async () => {
  const form = offSession(await enrol());
  const idempotencyKey = fresh('key');
  const asked = await Promise.all(Array.from({ length: 12 }, () => patient.paymentIntents.create(form, { idempotencyKey })));
  assert.equal(new Set(asked.map((payment) => payment.id)).size, 1);
});

test('refunds all of it', async () => {
  const payment = await stripe.paymentIntents.create(offSession(await enrol()));
  const refund = await stripe.refunds.create({ payment_intent: payment.id, reason: 'requested_by_customer' });
  assert.equal(refund.object, 'refund');
  assert.equal(refund.status, 'succeeded');
  assert.equal(refund.amount, 1250);
  const charge = await stripe.charges.retrieve(payment.latest_charge);
  assert.equal(charge.refunded, true);
  await refused(stripe.refunds.create({ payment_intent: payment.id }), 'StripeInvalidRequestError', { code: 'charge_already_refunded' });
});

test('refunds a part, and no more than was paid', async () => {
  const payment = await stripe.paymentIntents.create(offSession(await enrol()));
  const first = await stripe.refunds.create({ payment_intent: payment.id, amount: 250, metadata: { attempt: 'r-1' } });
  assert.equal(first.amount, 250);
  await refused(stripe.refunds.create({ payment_intent: payment.id, amount: 1001 }), 'StripeInvalidRequestError', { statusCode: 400 });
  await stripe.refunds.create({ charge: payment.latest_charge, amount: 1000 });
  const listed = await stripe.refunds.list({ payment_intent: payment.id });
  assert.deepEqual(listed.data.map((refund) => refund.amount), [1000, 250]);
  assert.equal((await stripe.refunds.retrieve(first.id)).metadata.attempt, 'r-1');
});

test('refunds once under one key', async () => {
  const payment = await stripe.paymentIntents.create(offSession(await enrol()));
  const form = { payment_intent: payment.id, amount: 250 };
  const idempotencyKey = fresh('key');
  const first = await stripe.refunds.create(form, { idempotencyKey });
  const second = await stripe.refunds.create(form, { idempotencyKey });
  assert.equal(second.id, first.id);
  await refused(stripe.refunds.create({ ...form, amount: 251 }, { idempotencyKey }), 'StripeIdempotencyError');
});

test('sees a refund that waits', async () => {
  const payment = await stripe.paymentIntents.create(offSession(await enrol('pm_card_pendingRefund')));
  const refund = await stripe.refunds.create({ payment_intent: payment.id });
  assert.equal(refund.status, 'pending');
  await settle('refunds', refund.id, 'failed');
  assert.equal((await stripe.refunds.retrieve(refund.id)).status, 'failed');
});

test('lists page by page, forwards and backwards', async () => {
  const payer = await enrol();
  for (let i = 0; i < 12; i++) await stripe.paymentIntents.create(offSession(payer, 1000 + i));
  const forwards = [];
  for await (const payment of stripe.paymentIntents.list({ customer: payer.customer, limit: 5 })) forwards.push(payment);
  assert.deepEqual(forwards.map((payment) => payment.amount), Array.from({ length: 12 }, (_, i) => 1011 - i));
  const backwards = [];
  for await (const payment of stripe.paymentIntents.list({ customer: payer.customer, limit: 5, ending_before: forwards[11].id })) {
    backwards.push(payment.amount);
  }
  assert.equal(backwards.length, 11);
});

test('searches by what a till wrote', async () => {
  const form = offSession(await enrol());
  const payment = await stripe.paymentIntents.create(form);
  const found = await stripe.paymentIntents.search({ query: `metadata['attempt']:'${form.metadata.attempt}' AND status:'succeeded'` });
  assert.deepEqual(found.data.map((one) => one.id), [payment.id]);
  const none = await stripe.paymentIntents.search({ query: "metadata['attempt']:'nobody'" });
  assert.equal(none.data.length, 0);
});

for (const [card, code, declineCode] of [
  ['chargeDeclined', 'card_declined', 'generic_decline'], ['chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['chargeDeclinedLostCard', 'card_declined', 'lost_card'], ['chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
  ['chargeDeclinedExpiredCard', 'expired_card'], ['chargeDeclinedIncorrectCvc', 'incorrect_cvc'],
  ['chargeDeclinedProcessingError', 'processing_error'],
]) {
  test(`takes ${declineCode ?? code} for a card error`, async () => {
    const error = await refused(stripe.paymentIntents.create({
      amount: 500, currency: 'usd', payment_method: `pm_card_${card}`, confirm: true, payment_method_types: ['card'],
    }), 'StripeCardError', { code, statusCode: 402 });
    assert.equal(error.decline_code || undefined, declineCode);
    assert.equal(error.payment_intent.status, 'requires_payment_method');
    assert.equal(error.payment_intent.last_payment_error.code, code);
    assert.match(error.charge, /^ch_/);
  });
}

test('takes a stored card that declines for a card error', async () => {
  const payer = await enrol('pm_card_chargeCustomerFail');
  await refused(stripe.paymentIntents.create(offSession(payer)), 'StripeCardError', { code: 'card_declined' });
});

test('sees authentication asked for, and action required', async () => {
  const asks = await enrol('pm_card_authenticationRequired');
  await refused(stripe.paymentIntents.create(offSession(asks)), 'StripeCardError', { code: 'authentication_required' });
  const insists = await stripe.paymentIntents.create(offSession(await enrol('pm_card_actionRequired')));
  assert.equal(insists.status, 'requires_action');
  assert.equal(insists.next_action.type, 'use_stripe_sdk');
});

test('sees a payment that is being processed and settles later', async () => {
  const payment = await stripe.paymentIntents.create(offSession(await enrol('pm_card_processing')));
  assert.equal(payment.status, 'processing');
  await settle('payment_intents', payment.id, 'succeeded');
  assert.equal((await stripe.paymentIntents.retrieve(payment.id)).status, 'succeeded');
});

test('understands refusals', async () => {
  const card = { currency: 'eur', payment_method_types: ['card'] };
  const invalid = 'StripeInvalidRequestError';
  await refused(stripe.paymentIntents.create({ ...card, amount: 5 }), invalid, { code: 'amount_too_small' });
  await refused(stripe.paymentIntents.create({ ...card, amount: 100000000 }), invalid, { code: 'amount_too_large' });
  await refused(stripe.paymentIntents.create({ ...card, amount: 1.5 }), invalid, { code: 'parameter_invalid_integer', param: 'amount' });
  await refused(stripe.paymentIntents.create(card), invalid, { code: 'parameter_missing', param: 'amount' });
  await refused(stripe.paymentIntents.create({ ...card, amount: 500, currency: 'zzz' }), invalid, { param: 'currency' });
  await refused(stripe.paymentIntents.create({ ...card, amount: 500, nonsense: 1 }), invalid, { code: 'parameter_unknown' });
  await refused(stripe.paymentIntents.retrieve('pi_none'), invalid, { code: 'resource_missing', statusCode: 404 });
  await refused(connect({}, 'sk_test_wrongwrongwrongwrong').customers.list(), 'StripeAuthenticationError', { statusCode: 401 });
});

test('understands too many requests and a key in use', async () => {
  const form = offSession(await enrol());
  await order({ kind: 'rate_limit_429' });
  await refused(stripe.paymentIntents.create(form), 'StripeRateLimitError', { statusCode: 429 });
  await order({ kind: 'conflict_409' });
  // For a status of 409 the SDK has no type of its own.
  await refused(stripe.paymentIntents.create(form), 'StripeAPIError', { statusCode: 409, rawType: 'idempotency_error' });
});

for (const kind of ['drop_before', 'drop_after', 'conflict_409', 'late']) {
  test(`pays once over ${kind}`, async () => {
    const form = offSession(await enrol());
    await order({ kind });
    const payment = await patient.paymentIntents.create(form);
    assert.equal(payment.status, 'succeeded');
    const all = await stripe.paymentIntents.list({ customer: form.customer });
    assert.equal(all.data.length, 1);
  });
}

test('pays once when the answer was cut off and the key is used again', async () => {
  const form = offSession(await enrol());
  const idempotencyKey = fresh('key');
  await order({ kind: 'truncate' });
  await refused(stripe.paymentIntents.create(form, { idempotencyKey }), 'StripeConnectionError');
  const payment = await stripe.paymentIntents.create(form, { idempotencyKey });
  assert.equal(payment.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal((await stripe.paymentIntents.list({ customer: form.customer })).data.length, 1);
});

test('has an error of 500 again under its key', async () => {
  const form = offSession(await enrol());
  const idempotencyKey = fresh('key');
  await order({ kind: 'error_500' });
  await refused(patient.paymentIntents.create(form, { idempotencyKey }), 'StripeAPIError', { statusCode: 500 });
  await refused(stripe.paymentIntents.create(form, { idempotencyKey }), 'StripeAPIError', { statusCode: 500 });
  assert.equal((await stripe.paymentIntents.list({ customer: form.customer })).data.length, 0);
});

test('sees a deleted customer', async () => {
  const { customer } = await enrol();
  assert.equal((await stripe.customers.del(customer)).deleted, true);
  assert.equal((await stripe.customers.retrieve(customer)).deleted, true);
  await refused(stripe.paymentIntents.create({ amount: 500, currency: 'eur', customer }), 'StripeInvalidRequestError', { code: 'resource_missing' });
});

console.log(`1..${tests.length}`);
let failed = false;
for (const [index, { name, run }] of tests.entries()) {
  try {
    await run();
    console.log(`ok ${index + 1} - ${name}`);
  } catch (error) {
    failed = true;
    console.log(`not ok ${index + 1} - ${name}`);
    for (const line of String(error.stack).split('\n')) console.log(`# ${line}`);
  }
}
agent.destroy();
process.exitCode = failed ? 1 : 0;
