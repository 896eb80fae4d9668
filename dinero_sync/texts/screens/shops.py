"""A folder of shops: what came of each, and which need somebody."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # What came of a run of a shop.
    "nothing": _("nothing to do"),
    "at_work": _("another run is at work"),
    "code.2": _("its command line isn't understood"),
    "code.3": _("something is held for you"),
    "code.4": _("something is in doubt"),
    "code.70": _("the state folder is damaged, or the program has a fault"),
    "code.75": _("temporary; the next run goes on"),
    "code.77": _("no access to Dinero, or to Shoporama"),
    "code.78": _("the configuration can't be used"),
    # Of all of them.
    "sum": (_("{count} shop; exit code {code}."), _("{count} shops; exit code {code}.")),
    "what_to_do": _("What needs you, and what to do: dinero-sync status"),
    # Where they stand.
    "head": _("{shop}: {what}"),
    "needs.2": _("its command line isn't understood"),
    "needs.3": _("something is held for you"),
    "needs.4": _("something is in doubt"),
    "needs.70": _("the state folder is damaged, or the program has a fault"),
    "needs.75": _("no run came to its end lately"),
    "needs.77": _("no access to Dinero, or to Shoporama"),
    "needs.78": _("the configuration can't be used"),
    "silent": (
        _("{count} shop needs nobody: {names}"),
        _("{count} shops need nobody: {names}"),
    ),
}
