# SPDX-License-Identifier: GPL-3.0-or-later
"""One till and one gateway, in a folder and on a port of their own, and what is done to them."""

import collections
import os
import pathlib
import random
import shutil
import statistics
import time

from torture_books import Books
from torture_gateway import WATCHDOG, Gateway
from torture_till import Till

# Seconds after which the till gives an answer up: short, so that slow faults are soon over.
TIMEOUT = 1
STEPS = [f"{of}{step}" for of in ("", "refund-") for step in ("journalled", "sent", "answered", "recorded")]
# Who dies, and when. The till at a random moment is killed from outside, and so is the gateway.
DEATHS = [("till", step) for step in STEPS for _ in range(2)] \
    + [("till", f"random, {what}") for what in ("charging", "refunding", "reversing", "reconciling") for _ in range(3)] \
    + [("till", f"overtaken, {what}") for what in ("charging", "refunding") for _ in range(2)] \
    + [("gateway", f"kill_{moment}, {what}") for moment in ("before", "inside", "after") for what in ("charging", "refunding")] \
    + [("gateway", f"random, {what}") for what in ("charging", "refunding")]
# Fault, milliseconds. The slow ones come below and above the time-out.
FAULTS = [("drop_before", 0), ("drop_after", 0), ("delay_before", 150), ("delay_before", 1300), ("delay_after", 150),
          ("delay_after", 1300), ("drip", 200), ("drip", 1600), ("truncate", 0), ("truncate_close", 0), ("malformed", 0),
          ("wrong_amount", 0), ("error_500", 0), ("error_500_after", 0), ("conflict_409", 0), ("rate_limit_429", 0),
          ("rate_limit_429", 900), ("new_certificate", 0), ("close_port", 60), ("close_port", 1200), ("late", 40),
          ("late", 400), ("late", 1500), ("restart", 0)]
AT_ONCE = ("new_certificate", "close_port", "restart")
CARDS = ["visa"] * 22 + ["chargeCustomerFail"] * 3 + ["chargeCustomerFailInsufficientFunds", "authenticationRequired"] \
    + ["processing"] * 3 + ["actionRequired"] + ["pendingRefund"] * 3 + ["refundFails"]
# Minor units that one step of an amount has: the gateway takes dinars to the hundredth only.
CURRENCIES = {"EUR": 1, "USD": 1, "JPY": 1, "KWD": 10}
MOST_TRIES = 4
# Seconds that the start of a till takes, where nothing else runs; milliseconds that a request is late at most.
USUAL_START, MOST_LATE = 0.05, 9000


CHARGES, REFUNDS = "/v1/payment_intents", "/v1/refunds"


class Sale:
    def __init__(self, name, payer, amount, currency):
        self.name, self.payer, self.amount, self.currency = name, payer, amount, currency
        self.tries = 0


class Refund:
    """One that was asked for."""

    def __init__(self, attempt):
        self.attempt = attempt


class Reversal:
    def __init__(self, attempt):
        self.attempt = attempt


class Drop:
    """The end of an attempt that never left the till, so that the sale can be charged again at once."""


class Deck:
    """Deals all of its cards before any of them comes again. Of the cards dealt, the jobs take turns."""

    def __init__(self, seed, cards, turn, jobs):
        self.dice, self.cards, self.left = random.Random(seed), cards, []
        self.given_back = []
        self.jobs = jobs
        self.skip(turn)

    def deal(self):
        if not self.left:
            self.left = self.dice.sample(self.cards, len(self.cards))
        return self.left.pop()

    def skip(self, cards):
        for _ in range(cards):
            self.deal()

    def draw(self):
        if self.given_back:
            return self.given_back.pop(0)
        card = self.deal()
        self.skip(self.jobs - 1)
        return card

    def give_back(self, card):
        """It came to nothing, and is to be tried again."""
        self.given_back.append(card)


class Job:
    def __init__(self, number, jobs, seed, folder, programs, kills, faults, deadline):
        self.dice = random.Random(f"{seed}/{number}")
        self.folder = pathlib.Path(folder)
        self.trusted = self.folder / "trusted.pem"
        self.programs = programs
        self.wanted = {"kills": kills, "faults": faults}
        self.deadline = deadline
        self.deaths = Deck(f"{seed}/deaths", DEATHS, number, jobs)
        self.fault_deck = Deck(f"{seed}/faults", FAULTS, number, jobs)
        self.kills = collections.Counter()
        self.moments = collections.Counter()  # what a till was doing when it was killed at a random moment
        self.faults = collections.Counter()
        self.told = {}
        self.failures = []
        self.starts = []
        self.pending = collections.deque(maxlen=6)  # sales to be tried again
        self.paid = collections.deque(maxlen=12)  # attempts that can be given back, with their sales
        self.unknown = collections.deque(maxlen=6)  # attempts that a cashier may want to have reversed
        self.sales = 0
        self.ordered = []
        self.till = None
        self.certificate_changed = False
        self.late_until = 0
        self.payers = []

    # The till

    def start_till(self):
        begun = time.monotonic()
        self.gateway.wait_until_up()
        self.copy_certificate()
        self.till = Till(self.programs["till"], str(self.folder / "till.db"), self.gateway, str(self.trusted), TIMEOUT)
        self.starts.append(time.monotonic() - begun)
        self.orders = {}
        self.certificate_changed = False

    def copy_certificate(self):
        """What the till trusts stays the same when the gateway's certificate does not."""
        shutil.copyfile(self.gateway.certificate, self.trusted)

    def listen(self, seconds):
        """One line. FALSE when there is nothing to hear, or nobody to hear it from."""
        words = self.till.hear(seconds)
        if words is None:
            return False
        order = self.orders.pop(words[0], None)
        if order is not None:
            self.note_outcome(order, words[1:])
        return True

    def note_outcome(self, order, words):
        if words[0] in ("approved", "declined", "unknown"):
            # Of one that was told unknown, what a reversal came to is the last word.
            self.told[words[1]] = (words[0], words[3])
        elif words[1] == "failed":
            self.failures.append(f"a payment failed: {words[2]}")
        if isinstance(order, Sale):
            self.note_sale(order, words)
        elif isinstance(order, Refund) and words[0] == "refused":
            # There is less left than was asked for, or something about it is open.
            self.paid = collections.deque([paid for paid in self.paid if paid[0] != order.attempt], self.paid.maxlen)
        elif isinstance(order, Reversal) and words[0] == "unknown":
            self.unknown.append(order.attempt)

    def note_sale(self, sale, words):
        if words[0] == "approved":
            self.paid.append((words[1], sale))
        elif words[0] == "unknown" and words[3] == "unreachable" and self.dice.random() < 0.5:
            self.orders[self.till.tell("drop", words[1])] = Drop()
        elif words[0] == "unknown":
            self.unknown.append(words[1])
        if words[0] != "approved" and not (words[0] == "refused" and "paid already" in words[2]) \
                and sale.tries < MOST_TRIES:
            self.pending.append(sale)

    def wait_for_answers(self):
        end = time.monotonic() + WATCHDOG
        while self.orders and not self.till.dead:
            self.listen(end - time.monotonic())
            if time.monotonic() > end:
                raise RuntimeError("the till does not say what came of a charge")

    def wait_for_step(self, step):
        while step is not None and self.orders and self.till.last_step != step and self.listen(WATCHDOG):
            pass

    def forget_orders(self):
        """The till died: nobody was told, so the cashier tries those sales again."""
        for order in self.orders.values():
            if isinstance(order, Sale) and order.tries < MOST_TRIES:
                self.pending.append(order)
        self.orders = {}

    # What a cashier does

    def new_sale(self):
        self.sales += 1
        currency = self.dice.choice(sorted(CURRENCIES))
        amount = self.dice.randrange(100, 99999) * CURRENCIES[currency]
        return Sale(f"sale-{self.folder.name}-{self.sales}", self.dice.choice(self.payers), amount, currency)

    def charge(self, sale=None):
        if sale is None:
            sale = self.pending.pop() if self.pending and self.dice.random() < 0.6 else self.new_sale()
        sale.tries += 1
        self.orders[self.till.tell("charge", sale.name, sale.payer, sale.amount, sale.currency)] = sale

    def refund(self, share=None):
        """Some or all of a payment, now and then more than there is, and more than once. @share: a part of it."""
        if not self.paid:
            self.charge()
            return
        attempt, sale = self.dice.choice(self.paid)
        step = CURRENCIES[sale.currency]
        amount = self.dice.choice([sale.amount, sale.amount, self.dice.randrange(step, sale.amount + 1, step),
                                   sale.amount // 2 // step * step or step, sale.amount + step])
        if share is not None:
            amount = sale.amount // share // step * step
        self.orders[self.till.tell("refund", attempt, amount, sale.currency)] = Refund(attempt)

    def reverse(self):
        """What nobody knows the end of shall not have been."""
        if not self.unknown:
            self.charge()
            return
        attempt = self.unknown.popleft()
        self.orders[self.till.tell("reverse", attempt)] = Reversal(attempt)

    def act(self, what):
        {"charging": self.charge, "refunding": self.refund, "reversing": self.reverse}[what]()

    def reconcile(self):
        """As at the start of the till. How many are left unknown, or None if it dies."""
        identifier = self.till.tell("reconcile")
        end = time.monotonic() + WATCHDOG
        while not self.till.dead:
            words = self.till.hear(end - time.monotonic())
            if words is not None and words[0] == identifier:
                if words[1] != "reconciled":
                    self.failures.append(f"reconciliation failed: {words[2]}")
                return int(words[2]) if words[1] == "reconciled" else 0
            if words is not None and words[0] in self.orders:
                self.note_outcome(self.orders.pop(words[0]), words[1:])
            if time.monotonic() > end:
                raise RuntimeError("a reconciliation does not end")
        return None

    # What goes wrong

    def order_fault(self, method, path):
        card = kind, milliseconds = self.fault_deck.draw()
        count = self.dice.choice([1, 1, 1, 2, 3, 8])
        if kind in AT_ONCE:
            path, method, count = "/v1/", "POST", 1
        self.gateway.order(kind, method, path, count, milliseconds)
        if kind in AT_ONCE:
            self.faults[kind] += 1
            self.certificate_changed |= kind == "new_certificate"
        else:
            self.ordered.append((card, count))

    def count_faults(self):
        """Of what was ordered, what was met; the rest is taken back."""
        if not self.ordered:
            return
        left = collections.Counter()
        for fault in self.gateway.clear_orders():
            left[fault["kind"]] += fault["count"]
        for card, count in self.ordered:
            if left[card[0]] < count:
                self.faults[card[0]] += 1
            else:
                self.fault_deck.give_back(card)
            left[card[0]] = max(0, left[card[0]] - count)
        self.ordered = []

    def wants(self, what):
        done = sum((self.kills if what == "kills" else self.faults).values())
        return done < self.wanted[what]

    def wants_fault(self):
        """Spread over the kills that are still to come."""
        if not self.wants("faults"):
            return False
        kills_left = self.wanted["kills"] - sum(self.kills.values())
        faults_left = self.wanted["faults"] - sum(self.faults.values())
        return kills_left <= 0 or self.dice.random() < 1.3 * faults_left / kills_left

    # Episodes: each leaves a dead till, or one that has answered everything

    def recover(self):
        """A till that starts: it asks about what is open; perhaps somebody is faster and tries the sale again."""
        self.start_till()
        if self.pending and self.dice.random() < 0.6:
            # The one that was cut off.
            self.charge(self.pending.pop())
        if self.pending and self.wants_fault() and self.dice.random() < 0.4:
            self.order_fault(self.dice.choice(["GET", "POST"]), self.dice.choice([CHARGES, CHARGES, REFUNDS]))
        self.reconcile()
        self.wait_for_answers()
        self.count_faults()
        self.renew_trust()

    def renew_trust(self):
        """Nobody pays through a gateway whose certificate is another one, until it is trusted again."""
        if self.certificate_changed:
            self.copy_certificate()
            self.till.tell("trust", self.trusted)
            self.certificate_changed = False

    def episode(self):
        if self.till is None or self.till.dead:
            self.recover()
        if self.till.dead:
            return
        death = who, how = self.deaths.draw() if self.wants("kills") else (None, None)
        before = sum(self.kills.values())
        if who == "till" and how.startswith("random"):
            self.kill_till_at_random(how)
        elif who == "till" and how.startswith("overtaken"):
            self.overtake(how)
        elif who == "till":
            self.kill_till_at_step(how)
        elif who == "gateway" and how.startswith("random"):
            self.kill_gateway_at_random(how)
        elif who == "gateway":
            self.have_gateway_die(how)
        else:
            self.suffer()
        if who is not None and sum(self.kills.values()) == before:
            self.deaths.give_back(death)
        if self.till.dead:
            self.forget_orders()
        self.count_faults()
        if not self.till.dead:
            self.renew_trust()

    def make_paid(self):
        """Something to give back."""
        tries = 0
        while not self.paid and not self.till.dead and tries < 20:
            self.charge(self.new_sale())
            self.wait_for_answers()
            tries += 1

    def prepare(self, what):
        """What has to be there before a payment can be given back or reversed. The path to break."""
        if what == "refunding":
            self.make_paid()
        elif what in ("reversing", "reconciling"):
            # The gateway keeps silent about one charge.
            self.gateway.order("drop_after", "POST", CHARGES, 4, 0)
            self.charge(self.new_sale())
            self.wait_for_answers()
            self.gateway.request("DELETE", "/sandbox/faults")
        return REFUNDS if what == "refunding" else CHARGES

    def kill_till_at_step(self, step):
        what = "refunding" if step.startswith("refund-") else "charging"
        path = self.prepare(what)
        if self.wants_fault() and step.endswith(("answered", "recorded")):
            self.order_fault("POST", path)
        self.till.tell("die", step, 1)
        if what == "refunding":
            self.refund()
        else:
            self.charge(self.new_sale())
        self.wait_for_answers()
        if not self.till.dead:
            # It was never reached: nothing could be sent, or nothing was left to give back.
            self.till.tell("die", "never", 1)
        elif self.till.dying_at == step and self.till.status == -9:
            self.kills["till", step] += 1
        else:
            self.failures.append(f"the till ended with status {self.till.status} instead of dying at {step}")

    def kill_till_at_random(self, how):
        what = how.removeprefix("random, ")
        path = self.prepare(what)
        if self.wants_fault():
            self.order_fault(self.dice.choice(["POST", "POST", "GET"]), path)
        self.till.last_step = "nothing"
        if what == "reconciling":
            self.till.tell("reconcile")
            self.till.last_step = "reconciling"
        elif what == "reversing":
            self.reverse()
            self.till.last_step = "reversing"
        else:
            for _ in range(self.dice.choice([1, 2, 3])):
                self.act(what)
            # From the first, or from a step on, so that no part of a payment is too short to be hit.
            first = "refund-" if what == "refunding" else ""
            self.wait_for_step(self.dice.choice([None, first + "journalled", first + "sent"]))
        end = time.monotonic() + self.dice.uniform(0, 0.015)
        while time.monotonic() < end and self.listen(end - time.monotonic()):
            pass
        moment = self.till.last_step if self.orders or what == "reconciling" else "all answered"
        self.till.kill()
        while self.listen(WATCHDOG):
            pass
        if self.till.status == -9:
            self.kills["till", how] += 1
            self.moments["after " + moment if moment in STEPS else moment] += 1
        else:
            self.failures.append(f"the till ended with status {self.till.status} instead of being killed")

    def overtake(self, how):
        """The till dies with its request still on the way, and the next one asks before it arrives."""
        what = how.removeprefix("overtaken, ")
        path = self.prepare(what)
        # Late enough for a till to start and ask, on a machine that has other things to do as well.
        slowness = max(1, statistics.median(self.starts[-9:]) / USUAL_START)
        late = min(MOST_LATE, self.dice.randrange(400, 1500) * slowness)
        self.late_until = time.monotonic() + late / 1000
        self.gateway.order("late", "POST", path, 1, round(late))
        sent = "refund-sent" if what == "refunding" else "sent"
        self.till.last_step = "nothing"
        if what == "refunding":
            # Of a part there is enough left to give it back twice.
            self.refund(4)
        else:
            self.charge()
        self.wait_for_step(sent)
        end = time.monotonic() + 0.1
        while time.monotonic() < end and self.is_to_come("late"):
            pass
        self.till.kill()
        while self.listen(WATCHDOG):
            pass
        if self.till.last_step == sent and not self.is_to_come("late"):
            self.kills["till", how] += 1
        self.gateway.request("DELETE", "/sandbox/faults")
        self.forget_orders()
        self.recover()

    def is_to_come(self, kind):
        return kind in [fault["kind"] for fault in self.gateway.request("GET", "/sandbox/faults")["data"]]

    def have_gateway_die(self, how):
        kind, what = how.split(", ")
        before = self.gateway.own_deaths
        path = self.prepare(what)
        if self.wants_fault():
            self.order_fault("GET", path)
        self.gateway.order(kind, "POST", path, 1, 0)
        for _ in range(self.dice.choice([1, 1, 2])):
            self.act(what)
        self.wait_for_answers()
        if not self.till.dead and self.dice.random() < 0.5:
            self.reconcile()
        # What is not to come any more has come.
        if kind not in [fault["kind"] for fault in self.gateway.clear_orders()]:
            self.kills["gateway", how] += self.gateway.has_died(before)

    def kill_gateway_at_random(self, how):
        what = how.removeprefix("random, ")
        path = self.prepare(what)
        if self.wants_fault():
            self.order_fault("POST", path)
        for _ in range(self.dice.choice([1, 2, 3])):
            self.act(what)
        self.wait_for_step(self.dice.choice([None, "refund-sent" if what == "refunding" else "sent"]))
        end = time.monotonic() + self.dice.uniform(0, 0.01)
        while time.monotonic() < end and self.listen(end - time.monotonic()):
            pass
        self.gateway.kill()
        self.wait_for_answers()
        self.gateway.wait_until_up()
        self.kills["gateway", how] += 1
        if not self.till.dead and self.dice.random() < 0.5:
            self.reconcile()

    def suffer(self):
        """Faults alone."""
        what = self.dice.choice(["charging", "refunding", "reversing"])
        path = self.prepare(what)
        self.order_fault(self.dice.choice(["POST", "POST", "GET"]), path)
        for _ in range(self.dice.choice([1, 2])):
            self.act(what)
        self.wait_for_answers()
        self.reconcile()

    # The whole of it

    def enrol(self):
        self.start_till()
        for card in CARDS:
            # The till's patience is short; a busy machine may take longer.
            words = ["failed"]
            end = time.monotonic() + WATCHDOG
            while words is not None and words[0] != "registered" and time.monotonic() < end:
                words = self.till.expect(self.till.tell("register", "pm_card_" + card))
            if words is None or words[0] != "registered":
                raise RuntimeError(f"a customer with the card {card} can't be enrolled: {words}")
            self.payers.append(words[1])

    def settle_processing(self):
        """What the gateway was still working on comes to its end, either one."""
        for payment in self.gateway.list(CHARGES):
            if payment["status"] == "processing":
                self.gateway.settle("payment_intents", payment["id"], self.dice.choice(["succeeded", "failed"]))
        for refund in self.gateway.list(REFUNDS):
            if refund["status"] == "pending":
                self.gateway.settle("refunds", refund["id"], self.dice.choice(["succeeded", "failed"]))

    def finish(self):
        """Everything works again: the till asks until nothing is left to ask."""
        if self.till is not None and not self.till.dead:
            self.wait_for_answers()
            self.till.tell("quit")
            while self.listen(WATCHDOG):
                pass
        self.gateway.request("DELETE", "/sandbox/faults")
        self.settle_processing()
        self.start_till()
        end = time.monotonic() + WATCHDOG
        while self.reconcile() and time.monotonic() < end:
            # Asking about a refund may have sent it again, and it waits now.
            self.settle_processing()
            time.sleep(0.5)
        # What is still on its way arrives, and changes nothing any more.
        time.sleep(max(0, self.late_until - time.monotonic()))
        verified = self.till.expect(self.till.tell("verify"))
        if verified[0] != "verified":
            self.failures.append(f"the ledger does not verify: {verified[1]}")
        self.till.tell("quit")
        while self.listen(WATCHDOG):
            pass
        if self.till.status != 0:
            self.failures.append(f"the last till ended with status {self.till.status}")
        self.gateway.stop()
        self.failures += self.gateway.crashes

    def run(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder / "gateway")
        self.gateway = Gateway(self.programs["gateway"], str(self.folder / "gateway"))
        self.enrol()
        while (self.wants("kills") or self.wants("faults")) and time.monotonic() < self.deadline:
            self.episode()
        self.finish()
        self.books = Books(str(self.folder / "till.db"), str(self.folder / "gateway" / "sandbox.db"), self.told)
        self.wrongs = self.books.compare()
