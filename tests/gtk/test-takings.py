#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Discounts, limits, takings and the drawer in the window, by the actions a person would use."""
import csv
import os

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import GLib  # noqa: E402

from till_driver import Till, check, clip, run  # noqa: E402
from till_gateway import Gateway  # noqa: E402
from till_tree import nodes, settle, till_node  # noqa: E402

NO_CAMERA = "device:there-is-no-such-camera"
MANAGER = "4826"


def text(words):
    return GLib.Variant("s", words)


def total_is(till, total):
    till.wait(f"a total of {total}", lambda: till.read("total") == total)


def discount_line(till, discount):
    till.activate("discount-line", GLib.Variant("(ss)", ("croissant", discount)))


def is_read(till, words):
    """Whether a screen reader finds @words on the window as it is now."""
    settle(till)
    for node in nodes(till_node(till)):
        try:
            if words in (node.get_name() or ""):
                return True
        except GLib.Error:
            continue  # gone while it was read
    return False


def sell(till, way):
    till.ring_up()
    till.step("charge", "ways")
    till.step(f"pay-{way}", "counter")
    till.step("take-tender", "paid")
    till.step("dismiss", "idle")


def ends(till, action, target, outcome):
    """What @action comes to, in words."""
    till.activate(action, target)
    till.wait(f"the end of {action}", lambda: till.read("day-end")[0] in ("done", "refused"))
    end, words = till.read("day-end")
    check(end == outcome and words, f"{action} was {end}: {words}")
    return words


def drawer(till, what, amount, note="", pin="", outcome="done"):
    return ends(till, "drawer", GLib.Variant("(ssss)", (what, amount, note, pin)), outcome)


def close_day(till, counted, pin, outcome="done"):
    return ends(till, "close-day", GLib.Variant("(ss)", (counted, pin)), outcome)


def lines_of(report):
    """The report's lines as label and amount."""
    pairs = (line.rsplit(None, 1) for line in report.splitlines())
    return [(pair[0].strip(), pair[1]) for pair in pairs if len(pair) == 2]


def discounts(build):
    """discounts on a line and on everything: shown, taken back, on the receipt and in the ledger"""
    with Till(build, NO_CAMERA) as till:
        till.ring_up()
        discount_line(till, "10%")
        total_is(till, "3.51")
        check(is_read(till, "10 % off"), "the line does not say what is taken off it")
        till.activate("discount", text("0.51"))
        total_is(till, "3.00")
        till.activate("undo")
        total_is(till, "3.51")
        for wrong in ("101%", "9.99", "-1", "ten", "1.234"):
            till.activate("discount", text(wrong))
            check(till.read("total") == "3.51", f"a discount of {wrong} was taken")
        till.activate("discount", text("0,51"))
        total_is(till, "3.00")
        till.step("charge", "ways")
        check(not till.enabled("discount"), "a discount can be given while the customer pays")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")
        receipt = till.read("receipt")
        check("-€0.39" in receipt and "-€0.51" in receipt, f"the receipt does not tell the discounts: {receipt}")
        till.step("dismiss", "idle")
        check(not till.enabled("discount"), "the next customer’s basket has a discount")
    rows = till.ledger("tender", "receipt")
    check(rows[0]["amount"] == 300, f"the tender row is {rows[0]}")
    given = [(discount["kind"], discount["amount"]) for row in rows for discount in row.get("discounts", [])]
    check(sorted(set(given)) == [("basket", 51), ("line", 39)], f"the ledger’s discounts are {given}")


def takings(build):
    """the day’s sums; a count with its difference; paid out and closed by a manager only, and once"""
    till = Till(build, NO_CAMERA)
    with till:
        pass
    till.set_manager_pin(MANAGER)
    path = os.path.join(till.folder, "day.csv")
    with till:
        drawer(till, "opening", "50")
        drawer(till, "opening", "50", outcome="refused")
        sell(till, "cash")
        sell(till, "card")
        till.activate("show-takings")
        till.wait("the report", lambda: ("TAKINGS", "€7.80") in lines_of(till.read("takings")))
        check(is_read(till, "2 sales") and is_read(till, "Should be there"), "the window does not show the takings")
        sell(till, "cash")
        till.wait("the report to follow", lambda: ("TAKINGS", "€11.70") in lines_of(till.read("takings")))
        drawer(till, "paid-out", "5", "milk", outcome="refused")
        drawer(till, "paid-out", "5", "milk", "1111", outcome="refused")
        drawer(till, "paid-out", "5", "milk", MANAGER)
        drawer(till, "count", "never", outcome="refused")
        drawer(till, "count", "52.00")
        till.wait("the difference", lambda: ("Difference", "-€0.80") in lines_of(till.read("takings")))
        ends(till, "save-csv", text(path), "done")
        close_day(till, "52.80", "1111", outcome="refused")
        close_day(till, "52.80", MANAGER)
        closed = lines_of(till.read("closed-day"))
        for line in (("TAKINGS", "€11.70"), ("Should be there", "€52.80"), ("Difference", "€0.00")):
            check(line in closed, f"{line} is not in the Z report: {closed}")
        close_day(till, "", MANAGER, outcome="refused")
    with open(path, encoding="utf-8", newline="") as file:
        check(len(list(csv.reader(file))) == 4, "the file has not one line for each of the three sales")
    check(os.path.exists(path.replace(".csv", "-sums.csv")), "the sums are not saved")
    rows = till.ledger("drawer")
    check([(row["what"], row["amount"]) for row in rows]
          == [("opening", 5000), ("paid-out", 500), ("count", 5200), ("count", 5280)], f"the drawer’s rows are {rows}")
    check(rows[2]["difference"] == -80 and rows[3]["difference"] == 0, f"the counts are {rows[2:]}")
    check([row["number"] for row in till.ledger("day-close")] == [1], "the day was not closed once")


def limit(build):
    """an amount above the shop’s limit: no face is taken, the page says why and what the limit is, cash works"""
    with Till(build, clip("0-60,loop"), settings={"most-per-payment": "'3.89'"}) as till:
        till.wait("faces", lambda: till.enabled("enrol"))
        till.ring_up()
        till.step("charge", "ways")
        check(not till.enabled("pay-face"), "a smile would pay more than the limit")
        check(is_read(till, "more than €3.89"), "the page does not say why a smile can’t pay")
        till.step("cancel", "idle")
        till.activate("set-quantity", GLib.Variant("(su)", ("croissant", 2)))
        total_is(till, "2.60")
        till.step("charge", "ways")
        check(till.enabled("pay-face"), "a smile can’t pay less than the limit")
        check(is_read(till, "at most €3.89 at a time"), "the page does not say beforehand what the limit is")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")


def smile(build):
    """a smile lowers the price: receipt, ledger and provider agree on it, and it is never above what was agreed to"""
    with Till(build, clip("0-40"), settings={"smile-discount": "2000", "second-smile-from": "''"}) as till:
        till.activate("enrol")
        till.wait("the text", lambda: till.read("enrolment") == "consent")
        till.agree_to_enrol()
        till.wait("the details", lambda: till.read("enrolment") in ("details", "failed"))
        till.activate("enrol-save", GLib.Variant("(sss)", ("Franck", "1234", "pm_card_visa")))
        till.wait("the enrolment", lambda: till.read("enrolment") in ("done", "failed"))
        till.activate("enrol-end")
    with Till(build, clip("66-90,loop"), till.folder) as till:
        till.wait("faces", lambda: till.enabled("enrol"))
        till.ring_up()
        till.step("charge", "ways")
        check(is_read(till, "€3.12"), "the ways to pay do not say what a smile brings the price down to")
        till.step("pay-face", "consent")
        check(is_read(till, "at most €3.90"), "the consent does not say the most")
        till.step("agree", "digits")
        till.step("digits", "smile", target=text("1234"))
        till.wait("the smile", lambda: smiled(till))
        check(till.read("state") == "approved", f"the sale ended as {till.read('state')} ({till.read('reason')})")
        receipt = till.read("receipt")
        charged = [(intent["status"], intent["amount"])
                   for intent in Gateway(till.folder).request("GET", "/v1/payment_intents?limit=10")["data"]]
        till.step("dismiss", "idle")
    rows = till.ledger("charge-intent", "charge-end")
    amount = rows[0]["amount"]
    check(312 <= amount < 390, f"the smile brought 3.90 to {amount}")
    check(charged == [("succeeded", amount)], f"the ledger says {amount}, the provider {charged}")
    check(f"€{amount / 100:.2f}" in receipt and f"-€{(390 - amount) / 100:.2f}" in receipt,
          f"the receipt of {amount} is {receipt}")
    check([(discount["kind"], discount["amount"]) for discount in rows[0]["discounts"]] == [("smile", 390 - amount)],
          f"the charge’s discounts are {rows[0]['discounts']}")


def smiled(till):
    """A clip smiles when it does, not when it is asked to: it is given all the time it needs."""
    if till.read("state") == "smile":
        till.activate("more-time")
    return till.read("state") in ("approved", "not-confirmed", "declined", "doubt")


run([discounts, takings, limit, smile])
