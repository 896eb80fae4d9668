"""The statement of a clearing account in words."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "period": _("Clearing accounts {first} to {last}, in kroner"),
    "account": _("Account {number}"),
    "account_of": _("Account {number} ({names})"),
    # Its rows.
    "opening": _("Opening balance"),
    "sales": _("Payments of orders"),
    "refunds": _("Refunds"),
    "payouts": _("Payouts"),
    "fees": _("Fees"),
    "other": _("Posted by others"),
    "closing": _("Should be left"),
    "in_dinero": _("Dinero has"),
    "difference": _("Difference"),
    # What makes up the rest.
    "open": _("Payments whose payout hasn't come ({count}):"),
    "open_order": (
        _("order #{number}, since {since} ({count} day)"),
        _("order #{number}, since {since} ({count} days)"),
    ),
    "nothing_open": _("No payment waits for its payout."),
    "kept": _("Kept back by the provider of a payout, or let go again with a minus ({count}):"),
    "kept_of": (
        _("{payout}, since {since} ({count} day)"),
        _("{payout}, since {since} ({count} days)"),
    ),
    "more": _("… and {count} more"),
    "unexplained": _("Entries that dinero-sync didn't post ({count}):"),
    "entry": _("{day}, voucher {voucher}: {text}"),
    "differences": _("Posted by dinero-sync, and not so in Dinero ({count}):"),
    "of_order": _("order #{name}, {day}: should be {amount:amount}, is {found:amount}."),
    "of_other": _("{name}, {day}: should be {amount:amount}, is {found:amount}."),
    # Why.
    "missing": _(
        "No entry of it is there: its voucher was removed, or got a day outside the period. If it "
        "is gone, post it again in Dinero by hand, with the order's number in the text."
    ),
    "reversed": _(
        "Its voucher was deleted or reversed in Dinero. If that was a mistake, post it again there "
        "by hand, with the order's number in the text."
    ),
    "other_account": _(
        "It was moved to account {other_account} in Dinero. Move it back there: its payout leaves "
        "this account."
    ),
    "rate": _(
        "The øre comes from the rate of exchange of its invoice. Post it in Dinero by hand against "
        "the account for exchange differences, with the order's number in the text."
    ),
    "rounding": _(
        "Its amount was changed by an øre in Dinero. Post the øre there by hand against the "
        "account for rounding, with the order's number in the text."
    ),
    "amount": _(
        "Its amount was changed in Dinero, or something was posted under the same voucher. If that "
        "was a mistake, put the amount back there, or post the rest by hand with the order's "
        "number in the text."
    ),
    # Payouts whose files name no orders.
    "period_equal": _(
        "{payout}, {first} to {last}: the file names no orders. Its sales ({sales:amount} kr.) and "
        "refunds ({refunds:amount} kr.) are those that are registered here in these days."
    ),
    "period_differs": _(
        "{payout}, {first} to {last}: the file names no orders. It tells sales of {sales:amount} "
        "kr. and refunds of {refunds:amount} kr.; registered here in these days are "
        "{own_sales:amount} kr. and {own_refunds:amount} kr.: a difference of {difference:amount} "
        "kr. That changes nothing of what is posted. Look for payments that have another day here, "
        "and for orders that were booked by other means."
    ),
    "fine": _("Every account holds what it should."),
}
