# SPDX-License-Identifier: GPL-3.0-or-later
"""The private session's keyring, to be locked, unlocked and robbed of its entries. For the tests beside this file."""
from gi.repository import Gio, GLib

SERVICE = "org.freedesktop.secrets"
PATH = "/org/freedesktop/secrets"
PASSWORD = b"test\n"  # what scripts/private-session makes the keyring with


class Keyring:
    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.collection = self.call("org.freedesktop.Secret.Service", "ReadAlias", "(s)", "default")[0]

    def call(self, interface, method, types, *values, path=PATH):
        return self.bus.call_sync(SERVICE, path, interface, method, GLib.Variant(types, values), None,
                                  Gio.DBusCallFlags.NO_AUTO_START, 60000, None).unpack()

    def lock(self):
        self.call("org.freedesktop.Secret.Service", "Lock", "(ao)", [self.collection])

    def unlock(self):
        """As its owner would at the prompt, which nobody could answer here."""
        session = self.call("org.freedesktop.Secret.Service", "OpenSession", "(sv)", "plain", GLib.Variant("s", ""))[1]
        self.call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                  "(o(oayays))", self.collection, (session, b"", PASSWORD, "text/plain"))

    def lose(self):
        """Takes every entry out of it; how many those were."""
        unlocked, locked = self.call("org.freedesktop.Secret.Service", "SearchItems", "(a{ss})", {})
        for item in unlocked + locked:
            self.call("org.freedesktop.Secret.Item", "Delete", "()", path=item)
        return len(unlocked) + len(locked)
