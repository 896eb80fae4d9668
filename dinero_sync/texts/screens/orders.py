"""What people decide about single orders: retry, skip, adopt, resolve."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # What an order, a bill or a payout is called.
    "with_id": _("#{number}  (order id {id})"),
    "commands_name_first": _("Commands below name #{number}; give the others in the same way."),
    # What came of it.
    "goes_on": _("{name} goes on with the next run."),
    "none_is_held": _("No order is held."),
    "skipped": _("{name} is skipped: {why}"),
    "adopted": _("{name} counts as done: {why}"),
    "elsewhere": _("booked by other means"),
    "accepted": _("{name} is recorded as done: {why}"),
    "accepted_so_far": _(
        "{name} is accepted so far; the next run goes on with what is left: {why}"
    ),
}
