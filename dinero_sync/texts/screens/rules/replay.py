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
    "many_would_be_held": _("{count} orders would be held: {reason}. They are {numbers}"),
    # Before and after the shop is asked about its catalogue.
    "will_read": (
        _(
            "The shop is asked about 1 product that no run has read, in at most {calls} calls. "
            "{spare} of the day's calls can be spared today (shoporama.daily_calls)."
        ),
        _(
            "The shop is asked about {count} products that no run has read, in at most {calls} "
            "calls. {spare} of the day's calls can be spared today (shoporama.daily_calls)."
        ),
    ),
    "all_read": _("The shop isn't asked: what its catalogue says of these orders is known."),
    "not_asked": _("The shop isn't asked: the rules ask nothing of its catalogue."),
    "still_unread": (
        _("1 product wasn't read: the calls that are left are for runs. Try again tomorrow."),
        _(
            "{count} products weren't read: the calls that are left are for runs. Try again "
            "tomorrow."
        ),
    ),
    "reading": _("Reading the shop's catalogue"),
    "not_replayed": (
        _("1 order wasn't replayed: {numbers}"),
        _("{count} orders weren't replayed: {numbers}"),
    ),
    "summary": _(
        "Booked orders: {count}. {same} would be the same, {changed} would differ, {held} would be "
        "held, {left_out} couldn't be replayed. Nothing was changed."
    ),
}
