"""What came after an order was due or booked: changes, other payments, returns."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

AFTERWARDS: Mapping[str, str] = {
    "cancelled_after_booking": _(
        "The order was cancelled in the shop after invoice {invoice} was booked. The sale is still "
        "in the books."
    ),
    "changed_after_booking": _(
        "The order was changed in the shop after invoice {invoice} was booked: it is now {total} "
        "{currency}. The books still say what was booked."
    ),
    "changed_after_booking.same_postings": _(
        "The books are right: the same amounts stand on the same accounts, with the same VAT. But "
        "after invoice {invoice} was booked, the order was changed in the shop: in its VAT number "
        "or EAN, in what the buyer counts as, or in where the goods go. That may matter for what "
        "is reported, as on the EU sales list."
    ),
    "changed_after_booking.same_total": _(
        "The books are right in what the customer pays, {total} {currency}. But the order was "
        "changed in the shop after invoice {invoice} was booked, and would now be posted "
        "otherwise: {otherwise:|; }."
    ),
    "changed_after_booking.would_be_held": _(
        "The books are right in what the customer pays, {total} {currency}. But the order was "
        "changed in the shop after invoice {invoice} was booked, and nobody can say how it would "
        "be posted now: it would be held as {now}."
    ),
    "cancelled_after_booking.proposed_credit": _(
        "The order was cancelled in the shop after invoice {invoice} was booked. The sale is still "
        "in the books. A credit note of {credited:amount} {currency} would take out what is left "
        "of it: {lines}."
    ),
    "changed_after_booking.proposed_credit": _(
        "The order was changed in the shop after invoice {invoice} was booked. The books still say "
        "what was booked. A credit note of {credited:amount} {currency} would take out what went: "
        "{lines}."
    ),
    "changed_after_booking.proposed_extra": _(
        "The order was changed in the shop after invoice {invoice} was booked. The books still say "
        "what was booked. One more invoice of {invoiced:amount} {currency} would add what came: "
        "{extra}."
    ),
    "changed_after_booking.proposed_both": _(
        "The order was changed in the shop after invoice {invoice} was booked. The books still say "
        "what was booked. A credit note of {credited:amount} {currency} would take out what went: "
        "{lines}. One more invoice of {invoiced:amount} {currency} would add what came: {extra}."
    ),
    "cancelled_after_booking.with_later": _(
        "The order was cancelled in the shop after invoice {invoice} was booked. Dinero also has "
        "of this order: {later:|; }."
    ),
    "changed_after_booking.with_later": _(
        "The order was changed in the shop after invoice {invoice} was booked: it is now {total} "
        "{currency}. Dinero also has of this order: {later:|; }."
    ),
    "cancelled_after_booking.or_unpaid": _(
        "Invoice {invoice} of this order is booked in Dinero, but the shop says that the order is "
        "cancelled, or no longer paid or shipped."
    ),
    "no_longer_due": _(
        "A draft was begun in Dinero, but the shop now says: {now:word}. Nothing more is done "
        "about it."
    ),
    "paid_differently": _(
        "The invoice in Dinero has {count} payments and {left:amount} left to pay; {amount} was to "
        "be registered on account {account}. Nothing was registered on top of that."
    ),
    "paid_differently.gift_card": _(
        "The invoice in Dinero has {count} payments and {left:amount} left to pay; {amount} paid "
        "by a gift card (gavekort) was to be registered on account {account}. Nothing was "
        "registered on top of that, nor was the debt to the card's holder settled."
    ),
    "paid_differently.refund": _(
        "Invoice {invoice} in Dinero already has payments under the name of this refund that "
        "aren't one repayment. Nothing was registered on top of that."
    ),
    "paid_differently.no_account": _(
        "Invoice {invoice} is overpaid by {amount:amount} {currency} in Dinero since it was "
        "credited. From which account that is paid back can't be told: no one account took as "
        "much. The credit note is booked, the refund isn't."
    ),
    "paid_differently.overpaid": _(
        "Invoice {invoice} is overpaid in Dinero, and the journal is too new to tell why. A credit "
        "note may have taken something off it that was paid back, or is to be, without being "
        "registered."
    ),
    "chargeback": _(
        "The buyer's bank took {amount:amount} {currency} back on {day} (a chargeback, {payout}). "
        "Invoice {invoice} is in the books as paid, though that money is gone. Nothing is "
        "registered until you say what follows."
    ),
    "chargeback.elsewhere": _(
        "The buyer's bank took {amount:amount} {currency} back on {day} (a chargeback, {payout}). "
        "No one invoice of this order is known here that took as much in that currency, so "
        "nothing is registered of it."
    ),
    "chargeback.won": _(
        "The provider gave back {amount:amount} {currency} on {day} that the buyer's bank had "
        "taken ({payout}): the shop won. The chargeback was settled before, so that money is on "
        "the clearing account and belongs to no invoice."
    ),
    "paid_differently.chargeback": _(
        "A chargeback of {amount:amount} {currency} was to be registered on invoice {invoice}. "
        "From which account can't be told: no one account has as much left of its payments. It "
        "isn't registered."
    ),
    "returned": _(
        "The shop tells of a return, after invoice {invoice} was booked. A credit note of "
        "{credited:amount} {currency} would take out what came back: {lines}."
    ),
    "returned.after_change": _(
        "The shop tells of a return, after invoice {invoice} was booked. A credit note of "
        "{credited:amount} {currency} would take out what came back: {lines}. But "
        "{before:amount} {currency} were credited before, as the order was changed in the shop: "
        "if that was for the same goods, nothing more is to be credited."
    ),
    "paid_differently.voucher": _(
        "The voucher has payments in Dinero that weren't made here: {count}. The payment of "
        "{amount:amount} kr. from account {account} isn't registered."
    ),
}
