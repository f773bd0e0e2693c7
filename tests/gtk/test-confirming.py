#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PINs, waits, second smiles and look-alikes in the window, by the actions a person would use."""
from gi.repository import GLib

from till_driver import Till, check, clip, run

PIN = "8520"
MANAGER = "4826"
RULES = {"pin-allowed": "true", "second-smile-from": "'3'"}


def text(words):
    return GLib.Variant("s", words)


def wait_enrolment(till, *states):
    till.wait(" or ".join(states), lambda: till.read("enrolment") in states)


def look(till):
    till.activate("enrol")
    wait_enrolment(till, "consent")
    till.agree_to_enrol()
    wait_enrolment(till, "details", "failed")


def save(till, name, suffix):
    till.activate("enrol-save", GLib.Variant("(sss)", (name, suffix, "pm_card_visa")))


def type_pin(till, pin):
    for digit in pin:
        till.activate("digit", text(digit))
    till.wait("the whole PIN", lambda: till.enabled("enter-pin"))
    till.activate("enter-pin")


def enrol_with_pin(till):
    look(till)
    save(till, "Franck", "1234")
    wait_enrolment(till, "pin")
    till.activate("digit", text("85"))
    check(not till.enabled("enter-pin"), "two digits would do for a PIN")
    till.activate("erase-digit")
    till.activate("erase-digit")
    type_pin(till, PIN)
    type_pin(till, "8521")
    check(till.read("enrolment") == "pin", "two different PINs were taken for one")
    type_pin(till, "1234")
    type_pin(till, "1234")
    check(till.read("enrolment") == "pin", "the phone's own digits were taken for a PIN")
    type_pin(till, PIN)
    type_pin(till, PIN)
    wait_enrolment(till, "done", "failed")
    check(till.read("enrolment") == "done", "the customer was not enrolled")
    till.activate("enrol-end")
    wait_enrolment(till, "")


def to_digits(till):
    till.ring_up()
    till.step("charge", "ways")
    till.step("pay-face", "consent")
    till.step("agree", "digits")


def smiled(till):
    """A clip smiles when it does, not when it is asked to: it is given all the time it needs."""
    if till.read("state") == "smile":
        till.activate("more-time")
    return till.read("state") in ("approved", "not-confirmed", "declined", "doubt")


def two_smiles(build):
    """enrolled with a PIN; an amount that asks for two smiles is paid with two"""
    with Till(build, clip("0-40"), settings=RULES) as till:
        enrol_with_pin(till)
    with Till(build, clip("66-90,loop"), till.folder) as till:
        to_digits(till)
        till.step("digits", "smile", target=text("1234"))
        till.wait("two smiles", lambda: smiled(till))
        check(till.read("state") == "approved", f"the sale ended as {till.read('state')} ({till.read('reason')})")
        till.step("dismiss", "idle")
    ends = till.ledger("charge-end")
    check([end["status"] for end in ends] == ["approved"], f"the ledger says {ends}")


def wrong(build):
    """whoever can't be confirmed is asked for a PIN; a wrong one confirms nobody, another way is one step away"""
    with Till(build, clip("0-60,loop"), settings=RULES) as till:
        to_digits(till)
        till.step("digits", "pin", target=text("9999"))
        check(till.read("reason") == "", "the till says why it asks for a PIN")
        check(till.read("camera") is True, "the camera is off while it should look")
        till.activate("digit", text("2"))
        till.step("cancel", "ways")
        check(till.read("camera") is False, "the camera is still on")
        till.step("pay-face", "consent")
        till.step("agree", "digits")
        till.step("digits", "pin", target=text("9999"))
        till.activate("pin", text("2580"))
        till.wait_state("not-confirmed", "approved")
        check(till.read("state") == "not-confirmed", "a wrong PIN confirmed somebody")
        check(till.read("camera") is False, "the camera is still on")
        till.step("pay-card", "counter")
        till.step("take-tender", "paid")
    check(till.ledger("charge-begin") == [], "a charge was begun")


def locked(build):
    """after too many misses face payment waits, other ways do not, and the page leads back when the wait is over"""
    with Till(build, clip("0-60,loop")) as till:
        to_digits(till)
        till.activate("digits", text("9999"))
        for _ in range(10):
            till.wait_state("not-confirmed")
            till.step("dismiss", "ways")
            till.activate("pay-face")
            till.wait_state("consent", "locked")
            if till.read("state") == "locked":
                break
            till.activate("agree")
            till.wait_state("digits")
            till.activate("digits", text("9999"))
        check(till.read("state") == "locked", "nobody has to wait however often they guess")
        check(till.read("camera") is False, "the camera is on")
        check(till.enabled("pay-cash") and till.enabled("pay-card"), "nobody can pay another way")
        till.wait("the end of the wait", lambda: till.read("state") == "ways")
        till.step("pay-face", "consent")
        till.step("cancel", "ways")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")


def look_alike(build):
    """the same face again: only a manager lets it in, and with a PIN of its own"""
    with Till(build, clip("0-40"), settings=RULES) as till:
        enrol_with_pin(till)
    till.set_manager_pin(MANAGER)
    with Till(build, clip("0-40"), till.folder) as till:
        look(till)
        save(till, "Twin", "5678")
        wait_enrolment(till, "pin")
        till.activate("enrol-no-pin")
        wait_enrolment(till, "look-alike", "done", "failed")
        check(till.read("enrolment") == "look-alike", "the same face was enrolled twice")
        till.activate("enrol-end")
        wait_enrolment(till, "")
        look(till)
        save(till, "Twin", "5678")
        wait_enrolment(till, "pin")
        till.activate("enrol-no-pin")
        wait_enrolment(till, "look-alike")
        till.activate("enrol-confirm", text("7777"))
        till.activate("enrol-confirm", text(MANAGER))
        wait_enrolment(till, "pin", "done", "failed")
        check(till.read("enrolment") == "pin", "a look-alike was let in without a PIN")
        check(not till.enabled("enrol-no-pin"), "a look-alike could do without a PIN")
        till.activate("pin", text("7391"))
        wait_enrolment(till, "done", "failed")
        check(till.read("enrolment") == "done", "the manager's word did not count")
        till.activate("enrol-end")
    check(len(till.ctl("customers")) == 2, "there are not two customers")


run([two_smiles, wrong, locked, look_alike])
