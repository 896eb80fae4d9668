"""What changed rules would do to booked orders."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "then": _("then"),
    "now": _("now"),
    "difference": _("difference"),
    "order": _("#{number}  (order id {id})  invoice {invoice}, dated {day}"),
    "would_be_held": _("Would be held: {reason}"),
    "would_be_dated": _("Would be dated {day}"),
    "would_count_as": _("The buyer would count as {buyer:word}, or have another VAT number or EAN"),
    "nothing": _("nothing"),
    "not_replayed": (
        _("1 order wasn't replayed: {numbers}"),
        _("{count} orders weren't replayed: {numbers}"),
    ),
    "summary": _(
        "Booked orders: {count}. {same} would be the same, {changed} would differ, {held} would be "
        "held, {left_out} couldn't be replayed. Nothing was changed."
    ),
}
