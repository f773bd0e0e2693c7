#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolment in the window, a declined payment of who was enrolled, and forgetting them."""
from gi.repository import GLib

from till_driver import Till, check, clip, run


def wait_enrolment(till, *states):
    till.wait(" or ".join(states), lambda: till.read("enrolment") in states)


def save(till, name, suffix, payer):
    till.activate("enrol-save", GLib.Variant("(sss)", (name, suffix, payer)))


def enrol(till, payer):
    till.activate("enrol")
    wait_enrolment(till, "consent")
    check(till.read("camera") is False, "the camera is on before the customer agreed")
    check(not till.enabled("enrol-save"), "somebody could be enrolled without having agreed")
    till.agree_to_enrol()
    wait_enrolment(till, "looking")
    wait_enrolment(till, "details", "failed")
    check(till.read("enrolment") == "details", "no good views in the clip")
    check(till.read("camera") is False, "the camera is still on")
    save(till, "Franck", "12", payer)
    wait_enrolment(till, "failed", "done")
    check(till.read("enrolment") == "failed", "half a number was taken for the last four digits")
    save(till, "Franck", "1234", payer)
    wait_enrolment(till, "done", "failed")
    check(till.read("enrolment") == "done", "the customer was not enrolled")
    till.activate("enrol-end")
    wait_enrolment(till, "")


def refused(build):
    """an enrolment that is ended leaves nothing behind"""
    with Till(build, clip("0-40")) as till:
        till.activate("enrol")
        wait_enrolment(till, "consent")
        till.activate("enrol-end")
        wait_enrolment(till, "")
        till.activate("enrol")
        till.agree_to_enrol()
        wait_enrolment(till, "looking")
        till.activate("enrol-end")
        wait_enrolment(till, "")
        check(till.read("camera") is False, "the camera is still on")
    check(till.ctl("customers") == [], "somebody is enrolled")


def no_camera(build):
    """no camera: the enrolment says so and can be tried again"""
    with Till(build, "device:there-is-no-such-camera") as till:
        till.activate("enrol")
        till.agree_to_enrol()
        wait_enrolment(till, "failed")
        check(till.enabled("enrol-look-again") and not till.enabled("enrol-save"), "no way on")
        till.activate("enrol-end")
        wait_enrolment(till, "")


def declined(build):
    """a card that declines: enrolled, recognised, declined, paid in cash, erased on a manager’s word"""
    with Till(build, clip("0-40")) as till:
        enrol(till, "pm_card_chargeCustomerFail")
    known = till.ctl("customers")
    check(len(known) == 1, f"enrolled are {known}")
    till.set_manager_pin("4826")
    with Till(build, clip("74-100,loop"), till.folder) as till:
        till.ring_up()
        till.step("charge", "ways")
        till.step("pay-face", "consent")
        till.step("agree", "digits")
        till.activate("digits", GLib.Variant("s", "1234"))
        till.wait_state("declined", "approved", "not-confirmed", "doubt")
        check(till.read("state") == "declined", f"the sale ended as {till.read('state')} ({till.read('reason')})")
        till.step("pay-cash", "counter")
        till.step("take-tender", "paid")
        till.step("dismiss", "idle")
        till.activate("erase-customer", GLib.Variant("(ss)", (known[0]["id"], "4826")))
        till.wait("the end of it", lambda: till.read("customers-end")[0] in ("done", "refused"))
        check(till.read("customers-end")[0] == "done", f"the customer was not erased: {till.read('customers-end')}")
    check([row["status"] for row in till.ledger("charge-end")] == ["declined"], "the ledger says otherwise")
    check(till.ctl("customers") == [], "the customer is still there")


run([refused, no_camera, declined])
