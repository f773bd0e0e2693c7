#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sales that are over, in the window, by the actions a person would use: found, given back, disowned, settled."""
import os

from gi.repository import GLib

from till_driver import Till, check, clip, run
from till_gateway import Gateway

NO_CAMERA = "device:there-is-no-such-camera"
PIN = "4826"
EVIDENCE = "Seen on the payment service's own page by Ada"


def text(words):
    return GLib.Variant("s", words)


def sell(till, tender, goods):
    for article, quantity in goods:
        till.activate("add-article", text(article))
        till.activate("set-quantity", GLib.Variant("(su)", (article, quantity)))
    till.step("charge", "ways")
    till.step(f"pay-{tender}", "counter")
    till.step("take-tender", "paid")
    till.step("dismiss", "idle")


def find(till, words, count=1):
    """The sales that are found by these words: (id, name, state, total, left, tender)."""
    till.activate("history-search", text(words))
    till.wait(f"{count} found by “{words}”", lambda: len(till.read("history")) == count)
    return till.read("history")


def sale_is(till, sale, state, left):
    till.wait(f"the sale to be {state}, {left} left",
              lambda: (state, left) in [(one[2], one[4]) for one in till.read("history") if one[0] == sale])


def ended(till):
    till.wait("the refund to end", lambda: till.read("refund-state") not in ("", "asking", "sending"))
    return till.read("refund-state")


def refund(till, sale, lines=(), reason="changed their mind", pin=PIN, tender=""):
    till.activate("refund", GLib.Variant("(sa(su)sss)", (sale, list(lines), reason, pin, tender)))
    return ended(till)


def with_manager(build):
    with Till(build, NO_CAMERA) as till:
        pass
    till.set_manager_pin(PIN)
    return till.folder


def counter(build):
    """found by article, amount, number and time; given back by line and all; no more than was paid, by a manager"""
    with Till(build, NO_CAMERA, with_manager(build)) as till:
        check(till.enabled("show-history"), "the sales of the day can't be opened")
        till.activate("show-history")
        sell(till, "cash", [("croissant", 3), ("rye-bread", 1)])
        sell(till, "card", [("espresso", 2)])
        both = find(till, "", 2)
        check([one[5] for one in both] == ["card", "cash"], f"the list is not newest first: {both}")
        sale = find(till, "croissant")[0][0]
        check(find(till, "7.35")[0][0] == sale, "not found by its amount")
        check(find(till, both[1][1])[0][0] == sale, "not found by its number")
        find(till, "no such thing at all", 0)
        find(till, "croissant")
        till.wait("the story", lambda: till.read("history-sale") == sale)
        check(any("cash" in words for words in till.read("history-story")),
              f"the story does not say how it was paid: {till.read('history-story')}")

        check(refund(till, sale, [("croissant", 2)], pin="1111") == "refused", "a wrong PIN gave money back")
        check("PIN" in till.read("refund-reason"), f"it does not say why: {till.read('refund-reason')}")
        check(refund(till, sale, [("croissant", 4)]) == "refused", "more came back than was sold")
        check(refund(till, sale, [("croissant", 2)]) == "given-back", f"refused: {till.read('refund-reason')}")
        check("2.60" in till.read("refund-receipt"), f"the receipt is {till.read('refund-receipt')}")
        sale_is(till, sale, "partly-refunded", "4.75")
        check(refund(till, sale, [("croissant", 2)]) == "refused", "one croissant came back twice")
        check(refund(till, sale) == "given-back", f"refused: {till.read('refund-reason')}")
        sale_is(till, sale, "refunded", "0.00")
        check(refund(till, sale) == "refused", "it was given back twice")

        card = find(till, "espresso")[0][0]
        till.activate("void", GLib.Variant("(sss)", (card, "rung up by mistake", PIN)))
        check(ended(till) == "given-back", f"the void was refused: {till.read('refund-reason')}")
        sale_is(till, card, "voided", "0.00")
    rows = till.ledger("refund")
    check([(row["tender"], row["amount"]) for row in rows] == [("cash", 260), ("cash", 475), ("card", 360)],
          f"the refunds are {rows}")
    check(rows[2].get("void") is True, "the void is not written down as one")


def receipts(build):
    """a receipt is saved as PDF and as text"""
    with Till(build, NO_CAMERA) as till:
        sell(till, "cash", [("croissant", 3)])
        till.activate("show-history")
        till.wait("the sale", lambda: len(till.read("history")) == 1)
        sale = till.read("history")[0][0]
        for name, start in (("receipt.pdf", b"%PDF-"), ("receipt.txt", b" ")):
            path = os.path.join(till.folder, name)
            till.activate("save-receipt", GLib.Variant("(ss)", (sale, path)))
            till.wait(name, lambda: os.path.exists(path))
            with open(path, "rb") as file:
                check(file.read().startswith(start), f"{name} is none")


def enrol(till):
    till.activate("enrol")
    till.agree_to_enrol()
    till.wait("details", lambda: till.read("enrolment") == "details")
    till.activate("enrol-save", GLib.Variant("(sss)", ("Franck", "1234", "pm_card_visa")))
    till.wait("the enrolment", lambda: till.read("enrolment") == "done")
    till.activate("enrol-end")


def smiled(till):
    """A clip smiles when it does, not when it is asked to: it is given all the time it needs."""
    if till.read("state") == "smile":
        till.activate("more-time")
    return till.read("state") in ("approved", "not-confirmed", "declined", "doubt")


def pay_by_face(till, wanted):
    till.ring_up()
    for action, state in (("charge", "ways"), ("pay-face", "consent"), ("agree", "digits")):
        till.step(action, state)
    till.step("digits", "smile", target=text("1234"))
    till.wait("the smile", lambda: smiled(till))
    check(till.read("state") == wanted, f"the sale ended as {till.read('state')} ({till.read('reason')})")


def in_doubt(till, gateway):
    """A sale of which nobody knows whether it is paid: its open attempt (attempt, sale, …)."""
    gateway.silence()
    pay_by_face(till, "doubt")
    till.step("set-aside", "idle")
    till.wait("the attempt in the list", lambda: len(till.read("unresolved-list")) == 1)
    return till.read("unresolved-list")[0]


def settle(till, attempt, taken, evidence, pin):
    before = till.read("unresolved-list")[0][5]
    till.activate("settle-attempt", GLib.Variant("(sbss)", (attempt, taken, evidence, pin)))
    till.wait("the settlement", lambda: not till.read("unresolved-list")
              or till.read("unresolved-list")[0][5] not in ("", before))
    return till.read("unresolved-list") == []


def gone(till):
    till.wait("the list of unknown outcomes to be empty", lambda: till.read("unresolved-list") == [])


def face(build):
    """by face: an unknown outcome is asked about, settled by hand, reversed; a refund; “this wasn’t me”"""
    folder = with_manager(build)
    with Till(build, clip("0-40"), folder) as till:
        enrol(till)
    with Till(build, clip("66-90,loop"), folder) as till:
        till.activate("show-history")
        pay_by_face(till, "approved")
        till.step("dismiss", "idle")
        sale = find(till, "3.90")[0][0]
        check(refund(till, sale, [("croissant", 1)]) == "given-back", f"refused: {till.read('refund-reason')}")
        sale_is(till, sale, "partly-refunded", "2.60")

        gateway = Gateway(folder)
        attempt, doubted = in_doubt(till, gateway)[:2]
        till.activate("unresolved")
        sale_is(till, doubted, "unknown", "0.00")
        check(refund(till, doubted) == "refused", "what may not have been taken was given back")
        till.activate("ask-attempt", text(attempt))
        till.wait("an answer", lambda: till.read("unresolved-list")[0][5] != "")
        check(not settle(till, attempt, True, "short", PIN), "settled on no evidence")
        check(not settle(till, attempt, True, EVIDENCE, "1111"), "settled with a wrong PIN")
        check(settle(till, attempt, True, EVIDENCE, PIN), f"not settled: {till.read('unresolved-list')}")
        sale_is(till, doubted, "paid", "3.90")

        attempt, doubted = in_doubt(till, gateway)[:2]
        gateway.speak()
        till.activate("ask-attempt", text(attempt))
        gone(till)
        check("taken" in till.read("unresolved-end"), f"the end is told as “{till.read('unresolved-end')}”")
        sale_is(till, doubted, "paid", "3.90")

        attempt, reversed_sale = in_doubt(till, gateway)[:2]
        gateway.speak()
        till.activate("reverse-attempt", text(attempt))
        gone(till)
        check(till.read("unresolved-end").startswith("Reversed"), f"“{till.read('unresolved-end')}”")
        till.wait("the sale not to be paid", lambda: reversed_sale not in
                  [one[0] for one in till.read("history") if one[2] == "paid"])

        till.activate("disown", GLib.Variant("(sss)", (doubted, "was not here", PIN)))
        check(ended(till) == "given-back", f"not given back: {till.read('refund-reason')}")
        sale_is(till, doubted, "disputed", "0.00")
        till.activate("history-attention", GLib.Variant("b", True))
        till.wait("only what needs attention", lambda: [one[0] for one in till.read("history")] == [doubted])
    check([row["by"] for row in till.ledger("settlement")] == ["manager"], "the settlement is not in the ledger")
    check(len(till.ledger("dispute")) == 1, "the dispute is not in the ledger")
    check([row["locked"] for row in till.ledger("face-lock")] == [True], "the face is not locked")


run([counter, receipts, face])
