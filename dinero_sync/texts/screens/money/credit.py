"""A credit note that would be made."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "title": _("Credit note of invoice {invoice}, order #{number}, dated {day}"),
    "account": _("account {account}"),
    "refund": _("Paid back: what it leaves overpaid"),
    "no_refund": _("Paid back: nothing"),
    "nothing_written": _("Nothing was written."),
}
