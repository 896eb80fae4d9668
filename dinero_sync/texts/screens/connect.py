"""What ``connect`` says."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "connected": _("Connected to {name}, company {number}."),
    "put_it": _("Put it into the configuration, so that nothing is ever written to another:"),
    "look": _("Look before the first run:\n  dinero-sync doctor\n  dinero-sync plan"),
    "open": _("Open this address and accept:"),
    "waiting": _("Waiting. Without a browser on this machine: --no-browser"),
    "ends_at": _(
        "The browser then ends at an address that begins with {address}. The page may be missing; "
        "the address is what counts."
    ),
    "paste": _("Paste it here"),
}
