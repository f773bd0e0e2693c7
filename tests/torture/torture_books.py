#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""torture_books.py LEDGER GATEWAY: compares a till's ledger with the gateway's books, row by row.

Reads both SQLite files itself and shares no code with the till or the gateway. Prints what is wrong and ends with 1 if
anything is.
"""

import collections
import hashlib
import json
import sqlite3
import sys

WRONGS = ["lost", "doubled", "wrongly claimed", "amounts wrong", "unknown left", "chain broken", "told otherwise", "payer readable"]
# What a payment of the gateway can still take money in.
ALIVE = ("requires_confirmation", "requires_action", "requires_capture", "processing")


def read(path, query):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def netstring(value):
    if value is None:
        return b"-,"
    data = str(value).encode()
    return str(len(data)).encode() + b":" + data + b","


def row_hash(row):
    parts = ["smiletill-ledger-1", row["previous"], row["seq"], row["at_us"], row["kind"], row["sale"], row["attempt"],
             row["body"]]
    return hashlib.sha256(b"".join(map(netstring, parts))).hexdigest()


class Books:
    """@told: attempt to (status, code), what the till said to the cashier."""

    def __init__(self, ledger, gateway, told=None):
        self.rows = read(ledger, "SELECT * FROM ledger ORDER BY seq")
        self.payments = read(gateway, "SELECT * FROM payment_intents ORDER BY seq")
        self.charges = read(gateway, "SELECT * FROM charges ORDER BY seq")
        self.refunds = read(gateway, "SELECT * FROM refunds ORDER BY seq")
        self.keys = read(ledger, "SELECT id FROM record_keys")
        self.told = told or {}
        self.wrongs = {wrong: [] for wrong in WRONGS}
        for row in self.payments + self.refunds:
            row["metadata"] = json.loads(row["metadata"])
        # Money that went back, or may still go.
        self.given = collections.Counter()
        for refund in self.refunds:
            if refund["status"] != "failed":
                self.given[refund["payment_intent"]] += refund["amount"]
        self.by_kind = collections.defaultdict(list)
        for row in self.rows:
            row["content"] = json.loads(row["body"])
            self.by_kind[row["kind"]].append(row)

    def wrong(self, kind, words):
        self.wrongs[kind].append(words)

    def compare(self):
        self.check_chain()
        self.check_attempts()
        self.check_sales()
        self.check_charges()
        self.check_refunds()
        self.check_told()
        self.check_payers()
        return self.wrongs

    def check_chain(self):
        previous = self.rows[0]["previous"] if self.rows else ""
        if previous.strip("0"):
            self.wrong("chain broken", "the first row does not begin the chain")
        for number, row in enumerate(self.rows, 1):
            if row["seq"] != number or row["previous"] != previous or row["hash"] != row_hash(row):
                self.wrong("chain broken", f"row {row['seq']} of the ledger")
                return
            previous = row["hash"]

    def check_payers(self):
        """Once every attempt has its end, nobody can read from the ledger who paid."""
        for row in self.by_kind["charge-intent"]:
            if "payer_sealed" not in row["content"]:
                self.wrong("payer readable", f"attempt {row['attempt']} was journalled without its payer sealed")
            if "cus_" in row["body"]:
                self.wrong("payer readable", f"attempt {row['attempt']} names its payer")
        for key in self.keys:
            self.wrong("payer readable", f"the key of {key['id']} is still there")

    def ends_of(self, kind):
        ends = collections.defaultdict(list)
        for row in self.by_kind[kind]:
            ends[row["attempt"]].append(row)
        return ends

    def check_attempts(self):
        """Every attempt of the ledger against the payments of it, and every payment against the attempts."""
        intents = {row["attempt"]: row for row in self.by_kind["charge-intent"]}
        ends = self.ends_of("charge-end")
        payments = collections.defaultdict(list)
        for payment in self.payments:
            payments[payment["metadata"].get("attempt")].append(payment)

        for attempt, found in payments.items():
            if attempt not in intents and any(payment["status"] == "succeeded" for payment in found):
                self.wrong("lost", f"payment {found[0]['id']} is of no attempt that the ledger has")
        for attempt, intent in intents.items():
            found = payments.get(attempt, [])
            taken = [payment for payment in found if payment["status"] == "succeeded"]
            if len(taken) > 1:
                self.wrong("doubled", f"attempt {attempt} was taken {len(taken)} times")
            if len(ends[attempt]) > 1:
                self.wrong("wrongly claimed", f"attempt {attempt} has {len(ends[attempt])} ends")
            if not ends[attempt]:
                self.wrong("unknown left", f"attempt {attempt}")
                if taken:
                    self.wrong("lost", f"attempt {attempt} is taken at the gateway, and the ledger has no end of it")
            else:
                self.check_end(intent, ends[attempt][0], found, taken)
        for attempt in ends.keys() - intents.keys():
            self.wrong("wrongly claimed", f"attempt {attempt} ended without having begun")

    def check_end(self, intent, end, found, taken):
        attempt = intent["attempt"]
        status = end["content"].get("status")
        if status == "approved":
            if not taken:
                self.wrong("wrongly claimed", f"attempt {attempt} is approved, but the gateway has not taken it")
            elif end["content"].get("reference") != taken[0]["id"]:
                self.wrong("wrongly claimed", f"attempt {attempt} names {end['content'].get('reference')}, not {taken[0]['id']}")
        elif status == "declined":
            if taken:
                self.wrong("lost", f"attempt {attempt} is declined, but the gateway has taken it")
            if any(payment["status"] in ALIVE for payment in found):
                self.wrong("wrongly claimed", f"attempt {attempt} is declined, but can still be taken")
        else:
            self.wrong("wrongly claimed", f"attempt {attempt} ended {status}")
        for payment in taken:
            self.check_amount(intent, end, payment)

    def check_amount(self, intent, end, payment):
        asked, ended = intent["content"], end["content"]
        if not asked["amount"] == ended["amount"] == payment["amount"] == payment["amount_received"]:
            self.wrong("amounts wrong", f"attempt {intent['attempt']}: asked {asked['amount']}, ended {ended['amount']}, "
                                        f"taken {payment['amount_received']} of {payment['amount']}")
        if not asked["currency"] == ended["currency"] == payment["currency"].upper():
            self.wrong("amounts wrong", f"attempt {intent['attempt']} in {payment['currency']}")
        if not intent["sale"] == end["sale"] == payment["metadata"].get("sale"):
            self.wrong("wrongly claimed", f"attempt {intent['attempt']} is of another sale at the gateway")

    def check_sales(self):
        """One payment a sale; another only where the one before was reversed, and is given back to the last unit."""
        reversed_payments = {row["content"].get("reference") for row in self.by_kind["refund-intent"]
                             if row["content"].get("reversal") is True}
        held = collections.Counter()
        for payment in self.payments:
            gone = payment["id"] in reversed_payments and self.given[payment["id"]] == payment["amount"]
            if payment["status"] == "succeeded" and not gone:
                held[payment["metadata"].get("sale")] += 1
        for sale, times in held.items():
            if times > 1:
                self.wrong("doubled", f"sale {sale} was paid {times} times")

    def check_charges(self):
        """What the gateway holds against the cards, against what it calls paid."""
        taken = collections.defaultdict(list)
        for charge in self.charges:
            if charge["status"] == "succeeded":
                taken[charge["payment_intent"]].append(charge)
        for payment in self.payments:
            charges = taken.pop(payment["id"], [])
            expected = 1 if payment["status"] == "succeeded" else 0
            if len(charges) != expected:
                self.wrong("doubled", f"payment {payment['id']} ({payment['status']}) has {len(charges)} charges")
            elif charges and charges[0]["amount"] != payment["amount"]:
                self.wrong("amounts wrong", f"payment {payment['id']}")

    def check_refunds(self):
        """Every refund of the ledger against those of the gateway, and the other way round."""
        intents = {row["attempt"]: row for row in self.by_kind["refund-intent"]}
        ends = self.ends_of("refund-end")
        known = collections.defaultdict(list)
        for refund in self.refunds:
            known[refund["metadata"].get("attempt")].append(refund)
        for attempt, found in known.items():
            if attempt not in intents:
                self.wrong("lost", f"refund {found[0]['id']} is of no attempt that the ledger has")
            elif len(found) > 1:
                self.wrong("doubled", f"refund {attempt} was given back {len(found)} times")
        for payment in self.payments:
            if self.given[payment["id"]] > payment["amount"]:
                self.wrong("doubled", f"more was given back of {payment['id']} than was paid")
        for attempt, intent in intents.items():
            found = [refund for refund in known[attempt] if refund["status"] != "failed"]
            if len(ends[attempt]) != 1:
                self.wrong("unknown left" if not ends[attempt] else "wrongly claimed", f"refund {attempt}")
                if found and not ends[attempt]:
                    self.wrong("lost", f"refund {attempt} was given at the gateway, and the ledger has no end of it")
            else:
                self.check_refund_end(intent, ends[attempt][0], found)

    def check_refund_end(self, intent, end, found):
        attempt, asked, ended = intent["attempt"], intent["content"], end["content"]
        if ended.get("status") == "approved" and not found:
            self.wrong("wrongly claimed", f"refund {attempt} is approved, but the gateway has not given it")
        if ended.get("status") != "approved" and found:
            self.wrong("lost", f"refund {attempt} is {ended.get('status')}, but the gateway has given it")
        for refund in found[:1]:
            if ended.get("status") == "approved" and ended.get("reference") != refund["id"]:
                self.wrong("wrongly claimed", f"refund {attempt} names {ended.get('reference')}, not {refund['id']}")
            if not asked["amount"] == ended["amount"] == refund["amount"]:
                self.wrong("amounts wrong", f"refund {attempt}")
            if not asked["currency"] == ended["currency"] == refund["currency"].upper():
                self.wrong("amounts wrong", f"refund {attempt} in {refund['currency']}")
            if asked.get("reference") != refund["payment_intent"]:
                self.wrong("wrongly claimed", f"refund {attempt} gave back another payment")

    def check_told(self):
        """What a cashier was told must be what came of it, for ever."""
        ends = self.ends_of("charge-end") | self.ends_of("refund-end")
        for attempt, (status, code) in self.told.items():
            claimed = ends[attempt][0]["content"].get("status") if ends.get(attempt) else "nothing"
            if code == "reversed":
                self.check_reversed(attempt)
            elif status in ("approved", "declined") and claimed != status:
                self.wrong("told otherwise", f"the cashier was told {status} of {attempt}, the ledger ends {claimed}")

    def check_reversed(self, attempt):
        for payment in self.payments:
            if payment["metadata"].get("attempt") == attempt and payment["status"] == "succeeded" \
                    and self.given[payment["id"]] != payment["amount"]:
                self.wrong("told otherwise", f"the cashier was told that {attempt} is reversed, and the money is kept")

    def counts(self):
        approved = [row for row in self.by_kind["charge-end"] if row["content"].get("status") == "approved"]
        refunded = [row for row in self.by_kind["refund-end"] if row["content"].get("status") == "approved"]
        return {"rows": len(self.rows), "attempts": len(self.by_kind["charge-intent"]), "approved": len(approved),
                "doubts": len(self.by_kind["charge-doubt"]) + len(self.by_kind["refund-doubt"]),
                "refunds": len(self.by_kind["refund-intent"]), "refunded": len(refunded),
                "gateway payments": len(self.payments),
                "gateway taken": sum(payment["status"] == "succeeded" for payment in self.payments),
                "gateway refunds": len(self.refunds)}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    books = Books(*sys.argv[1:])
    wrongs = books.compare()
    for kind, words in wrongs.items():
        print(f"{kind}: {len(words)}")
        for line in words:
            print(f"  {line}")
    print(json.dumps(books.counts()))
    return 1 if any(wrongs.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
