"""Everything known about one order, bill or payout."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "order": _("Order #{number}  (order id {id})"),
    "total": _("Total"),
    "stands_as": _("Stands as"),
    "because": _("Because"),
    "invoice": _("Invoice"),
    "credit_note": _("Credit note"),
    "chargeback": _("Chargeback"),
    "taken_back": _("Taken back"),
    "looked_at": _("Looked at again"),
    "changed": _("Changed in shop"),
    "dated": _("{number}, dated {day}"),
    "stands": _("{standing} (last step: {rung})"),
    "standing.working": _("under way"),
    "standing.open": _("waiting"),
    "standing.held": _("held"),
    "standing.in_doubt": _("in doubt"),
    "standing.skipped": _("skipped"),
    "standing.done": _("done"),
    "standing.behind": _("behind another document"),
    "rung.seen": _("read"),
    "rung.planned": _("planned"),
    "rung.contact": _("contact found"),
    "rung.drafted": _("drafted"),
    "rung.verified": _("compared"),
    "rung.posted": _("sent to be booked"),
    "rung.booked": _("booked"),
    "rung.sent": _("sent"),
    "rung.paid": _("paid"),
    # What was decided.
    "decided": _("What was decided (payment type: {name})"),
    "account": _("account {account}, {rate} % VAT ({rule})"),
    "payment_to": _("Payment to account {account}"),
    "by_gift_card": _("Payment to account {account}, {amount} by gift card"),
    # What was done.
    "done_at_dinero": _("What was done at Dinero"),
    "vies_valid": _("VIES on {when}: valid; consultation number: {number}"),
    "vies_not_valid": _("VIES on {when}: not valid; consultation number: {number}"),
    "none_given": _("none given"),
    "word_by_word": _("What was acted on, and requests and answers, all word by word: add --json"),
}
