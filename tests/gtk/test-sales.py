#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole sales in the window, by the actions a person would use."""
from gi.repository import GLib

from till_driver import Till, check, clip, run

NO_CAMERA = "device:there-is-no-such-camera"


def sell_for_cash(till):
    till.ring_up()
    till.step("charge", "ways")
    till.step("pay-cash", "counter")
    till.activate("give-cash", GLib.Variant("s", "5.00"))
    till.step("take-tender", "paid")
    check("Change" in till.read("receipt"), f"no change on the receipt: {till.read('receipt')}")
    till.step("dismiss", "idle")


def cash(build):
    """cash with change: the ledger says what was given and what was given back"""
    with Till(build, NO_CAMERA) as till:
        sell_for_cash(till)
        check(till.read("total") == "0.00", "the basket is not empty after the sale")
    rows = till.ledger("tender")
    check(len(rows) == 1, f"{len(rows)} tender rows instead of one")
    check((rows[0]["tender"], rows[0]["amount"], rows[0]["given"], rows[0]["change"]) == ("cash", 390, 500, 110),
          f"the tender row is {rows[0]}")


def too_little(build):
    """too little cash is refused and the sale stays open"""
    with Till(build, NO_CAMERA) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-cash", "counter")
        till.activate("give-cash", GLib.Variant("s", "3.89"))
        till.activate("take-tender")
        till.step("give-exact", "counter")
        till.step("take-tender", "paid")
    rows = till.ledger("tender")
    check([row["given"] for row in rows] == [390], f"the tender rows are {rows}")


def card(build):
    """a card on the counter's own terminal"""
    with Till(build, NO_CAMERA) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-card", "counter")
        till.step("take-tender", "paid")
        till.step("dismiss", "idle")
    rows = till.ledger("tender")
    check([(row["tender"], row["amount"]) for row in rows] == [("card", 390)], f"the tender rows are {rows}")


def cancel(build):
    """cancel leads back to the ways to pay from every step before the charge, and from there to the basket"""
    with Till(build, clip("0-60,loop")) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        check(till.read("camera") is False, "the camera is on before the customer agreed")
        till.step("cancel", "ways")
        till.step("pay-face", "consent")
        till.step("agree", "digits")
        check(till.read("camera") is True, "the camera is off while it should look")
        till.activate("digit", GLib.Variant("s", "1"))
        till.step("cancel", "ways")
        check(till.read("camera") is False, "the camera is still on after the customer left")
        till.step("pay-cash", "counter")
        till.step("cancel", "ways")
        till.step("cancel", "idle")
        check(till.read("total") == "3.90", "the basket was lost")
    check(till.ledger("tender", "charge-begin", "charge-end") == [], "money in the ledger of a cancelled sale")


def wrong_digits(build):
    """digits of nobody: not confirmed, nothing charged, every other way open"""
    with Till(build, clip("0-60,loop")) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        till.step("agree", "digits")
        till.step("digits", "not-confirmed", target=GLib.Variant("s", "9999"))
        check(till.read("camera") is False, "the camera is still on")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")
    check(till.ledger("charge-begin") == [], "a charge was begun")


def no_camera(build):
    """no camera: a page that says so, then cash works"""
    with Till(build, NO_CAMERA) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        till.activate("agree")
        till.wait_state("no-camera")
        till.step("dismiss", "ways")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")
        till.step("dismiss", "idle")
        sell_for_cash(till)


def privacy(build):
    """the page about faces and data opens and closes, and goes when the sale goes on"""
    with Till(build, NO_CAMERA) as till:
        till.activate("show-privacy")
        till.wait("the page", lambda: till.enabled("hide-privacy") and not till.enabled("show-privacy"))
        till.activate("hide-privacy")
        till.wait("no page", lambda: till.enabled("show-privacy"))
        till.activate("show-privacy")
        till.ring_up()
        till.step("charge", "ways")
        check(not till.enabled("hide-privacy"), "the page stayed while the sale went on")


run([cash, too_little, card, cancel, wrong_digits, no_camera, privacy])
