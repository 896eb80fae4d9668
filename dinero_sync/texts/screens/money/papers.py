"""What came of bills and payouts, and what is known of one."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # What came of them.
    "no_new_bill": _("Nothing to do: there is no new bill."),
    "no_new_payout": _("Nothing to do: there is no new payout."),
    "outcome.booked": _("booked"),
    "outcome.drafted": _("drafted"),
    "outcome.held": _("held"),
    "outcome.in_doubt": _("in doubt"),
    "outcome.known": _("known"),
    "outcome.skipped": _("skipped"),
    "outcome.planned": _("planned"),
    "outcome.waits": _("waits for the next run"),
    "voucher": _("voucher {number}"),
    "before_start": _("Of orders from before sync.start_date: {amount}"),
    "without_order": _("Without an order:"),
    "uncredited": _(
        "Paid back by the provider, and nothing is credited (no credit note was found):"
    ),
    "uncredited_order": _("order {order}  {amount}, to credit it:"),
    "credit": _("dinero-sync credit {order} --amount {amount} --reason TEXT"),
    "once_known": _("Find out what they are; once you know:"),
    "accept": _("dinero-sync payouts --accept {name} --reason TEXT"),
    "accepted": _("The movements of {name} without an order are accepted: {why}"),
    # What is known of one.
    "bill": _("Bill {number}  ({name})"),
    "payout": _("Payout {number}  ({name})"),
    "file": _("File"),
    "paid_out": _("Paid out"),
    "part.gross": _("Gross"),
    "part.refunds": _("Refunds"),
    "part.chargebacks": _("Chargebacks"),
    "part.fees": _("Fees"),
    "part.other": _("Other"),
    "part.net": _("Net"),
    "voucher_name": _("Voucher"),
    "of_orders": _("Of orders"),
    "moved": (_("{count} movement"), _("{count} movements")),
    "decided": _("What was decided"),
    "decided_by": _("What was decided (rule: {rule})"),
    "account": _("account {account}, {code}"),
    "item": _("debit {debit}, credit {credit}, {code}: {text}"),
    "paid_from": _("Paid from account {account}"),
    "owed": _("Owed to the supplier"),
    "owed_and_paid": _("Owed to the supplier, and paid from account {account}"),
    # Whose fees a bill is of.
    "fees_of_bill": _("The payouts that posted its fees"),
    "fees_of_payout": _("The bill of its fees"),
    "fees_linked": _("{name}: the sums agree; its document is linked"),
    "fees_proved": _(
        "{name}: the sums agree; its document isn't linked: Dinero links none to a booked item"
    ),
    "fees_of_month": _(
        "{name}: of the same month, but the sums don't agree; its document isn't linked"
    ),
    # Both sides of one.
    "stands": _("{name} stands as: {how}."),
    "unanswered": _("Sent without an answer: {kinds}."),
    "no_voucher": _("Dinero holds no voucher that is known to be this bill's."),
    "has_voucher": _("Dinero holds its voucher: booked as {number}, dated {day}, {total}."),
    "has_draft": _("Dinero holds its voucher: a draft, dated {day}, {total}."),
    "no_item": _("Dinero holds no ledger item of this payout."),
    "has_item": _("Dinero holds its ledger item: {status}."),
    "has_item_as": _("Dinero holds its ledger item: {status}, voucher {number}."),
}
