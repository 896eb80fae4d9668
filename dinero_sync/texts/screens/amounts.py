"""How many orders, how much, and when; what stands where nothing is known."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "orders": (_("{count} order"), _("{count} orders")),
    "unread": _("{count} with amount not read"),
    "not_read": _("amount not read"),
    "never": _("never"),
    "times": _("Times"),
    "danish_time": _("Danish time; this machine's clock shows {zone}"),
}
