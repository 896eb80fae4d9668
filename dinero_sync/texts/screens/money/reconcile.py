"""What came of proving a period, in words."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "period": _("Reconciliation {first} to {last}, in kroner"),
    "proved": _("Everything adds up to 0.00: all orders, to the øre."),
    "proved_as_far": _(
        "What is booked adds up to 0.00, to the øre. Not booked yet: orders {orders}, bills "
        "{bills}."
    ),
    "differs": _("Differences: {count}. Dinero's documents are off by {amount:change}."),
    # What became of the orders.
    "classes": _("Orders in the shop ({count})"),
    "booked": _("booked ({count})"),
    "credited": _("booked, and credited whole ({count})"),
    "skipped": _("skipped ({count})"),
    "waiting": _("waiting ({count})"),
    "held": _("held ({count})"),
    "in_doubt": _("in doubt ({count})"),
    "elsewhere": _("in the books by other means ({count})"),
    "together": _("together"),
    # The documents.
    "documents": _("Documents of these days in Dinero"),
    "invoices": _("Invoices: {count}, credit notes: {notes}"),
    "should_be": _("should come to"),
    "dinero_has": _("Dinero has"),
    "difference": _("difference"),
    # The sums on both sides.
    "by_currency": _("By currency"),
    "by_payment_type": _("By payment type"),
    "by_account": _("By account, debit positive"),
    "by_vat_code": _("Sales without VAT, by VAT code"),
    "vat_return": _("Boxes of the VAT return"),
    "by_purchase_code": _("Purchases and fees without VAT, by VAT code"),
    "no_payment_type": _("without payment type"),
    "others": _("posted by others"),
    "salgsmoms": _("VAT on sales (salgsmoms)"),
    "rubrik_b_varer_indberettes": _("box B, goods, on the EU sales list"),
    "rubrik_b_varer_indberettes_ikke": _("box B, goods, not on the EU sales list"),
    "rubrik_b_ydelser": _("box B, services"),
    "rubrik_c": _("box C"),
    "koebsmoms": _("VAT on purchases (købsmoms)"),
    "moms_af_varekoeb_i_udlandet": _("VAT of goods bought abroad"),
    "moms_af_ydelseskoeb_i_udlandet": _("VAT of services bought abroad"),
    "rubrik_a_varer": _("box A, goods"),
    "rubrik_a_ydelser": _("box A, services"),
    # The bills.
    "bills": _("Suppliers' bills ({count})"),
    "bill.booked": _("booked ({count})"),
    "bill.draft": _("draft in Dinero ({count})"),
    "bill.held": _("held ({count})"),
    "bill.in_doubt": _("in doubt ({count})"),
    "bill.waiting": _("waiting ({count})"),
    "bill.elsewhere": _("in the books by other means ({count})"),
    "bill.by_payouts": _("fees that payouts post ({count})"),
    "bill.skipped": _("skipped ({count})"),
    "purchases": _("Vouchers of these bills in Dinero, with VAT"),
    # The page.
    "page.title": _("Reconciliation"),
    "page.period": _("{first} to {last}, in kroner"),
    "page.made": _("Made by dinero-sync on {day}."),
    "page.money": _("{amount:amount}"),
    "page.change": _("{amount:change}"),
    "page.plain": _("{amount:number}"),
    "page.on_day": _("{day}"),
    "page.in_shop": _("Orders in the shop"),
    "page.in_dinero": _("Documents in Dinero"),
    "page.invoices": _("{count} invoices, {notes} credit notes"),
    "page.sales_by_day": _("Sales by day and payment type"),
    "page.sales_by_month": _("Sales by month and payment type"),
    "page.fees_by_day": _("Fees that providers kept, by day"),
    "page.fees_by_month": _("Fees that providers kept, by month"),
    "page.balances": _("Balances of the clearing accounts"),
    "page.boxes": _("VAT return, by box"),
    "page.figures": _("The figures of this chart"),
    "page.other_types": _("other payment types"),
    "page.day": _("date"),
    "page.month": _("month"),
    "page.box": _("box"),
    "page.by_class": _("What became of the orders"),
    "page.class": _("standing"),
    "page.booked": _("booked"),
    "page.credited": _("booked, and credited whole"),
    "page.skipped": _("skipped"),
    "page.waiting": _("waiting"),
    "page.held": _("held"),
    "page.in_doubt": _("in doubt"),
    "page.elsewhere": _("in the books by other means"),
    "page.bills": _("What became of the suppliers' bills"),
    "page.bill_count": _("bills"),
    "page.draft": _("draft in Dinero"),
    "page.by_payouts": _("fees that payouts post"),
    "page.count": _("orders"),
    "page.total": _("total"),
    "page.currency": _("currency"),
    "page.payment_type": _("payment type"),
    "page.account": _("account"),
    "page.vat_code": _("VAT code"),
    "page.accounts": _("accounts"),
    "page.should_be": _("should be"),
    "page.has": _("Dinero has"),
    "page.gaps": _("Missing numbers"),
    "page.differs": _("What differs"),
    "page.what": _("what"),
    "page.of_order": _("order #{number}, {kind:word}"),
    "page.of_other": _("{kind:word} “{number}”"),
    "page.of_account": _("account {number}"),
    "page.amount": _("amount"),
    "page.why": _("cause"),
    "page.to_do": _("what to do"),
    "page.way": _("From a figure to its orders"),
    "page.way_told": _(
        "Each account and each payment type, with the orders that its amount is made of. An "
        "order's number leads to its document, with the rule that chose each account."
    ),
    "page.orders_of": _("orders: {count}"),
    "page.documents": _("Orders and their documents"),
    "page.explain": _(
        "How an order was decided, step by step, is told by: dinero-sync explain ORDER"
    ),
    "page.order": _("order"),
    "page.document": _("document"),
    "page.number": _("number in Dinero"),
    "page.lines": _("lines: account, rule, amount"),
    "page.rule": _("rule"),
    "page.unbooked": _("Orders without an invoice made here"),
    "page.order_id": _("order id"),
    "page.unread": _("can't be read"),
    "page.too_much": _(
        "There are more than {count} documents or orders in this period, so they aren't listed one "
        "by one. Make a page for a shorter period to see them: dinero-sync reconcile --from DATE "
        "--to DATE --html FILE"
    ),
    "page.back": _("To the top"),
    "page.other_file": _(
        "{path} is there already, and isn't a page that reconcile made. Nothing else is ever "
        "overwritten, and nothing was written. Name another file: "
        "dinero-sync reconcile … --html FILE"
    ),
    "page.unwritten": _(
        "The page isn't kept: {path} can't be written ({trouble}). What was there before is "
        "untouched. It needs a folder that is there, that you may write to, and that has room."
    ),
    "page.written": _("The page is in {path}. It names orders and amounts; only you can read it."),
    # What differs.
    "differences": _("What differs ({count}):"),
    "of_order": _("order #{number}, {kind:word}, {day}: {amount:change}"),
    "of_other": _("{kind:word} “{number}”, {day}: {amount:change}"),
    "of_account": _("account {number}: {amount:change}"),
    "kind.invoice": _("invoice"),
    "kind.credit_note": _("credit note"),
    "kind.margin": _("taxed margin"),
    "kind.payment": _("payment"),
    "kind.refund": _("refund"),
    "kind.chargeback": _("chargeback"),
    "kind.payout": _("payout"),
    "kind.gift_card": _("gift card that was paid with"),
    "kind.order": _("the order itself"),
    "kind.account": _("account"),
    "kind.voucher": _("voucher"),
    "kind.bill": _("bill"),
    "kind.bill_payment": _("payment of a bill"),
    # Why.
    "missing": _("Dinero doesn't have it any more."),
    "doubled": _("Dinero has one more invoice of the same order: number {voucher}."),
    "other_day": _("It bears another day in Dinero than it was made with."),
    "edited": _("Dinero has something else than was sent: it was changed there."),
    "other_account": _("It was moved from account {account} to account {other_account} in Dinero."),
    "reversed": _("Its entries were deleted or reversed in Dinero."),
    "rounding": _("Its amount on account {account} was changed by an øre in Dinero."),
    "rate": _("It comes to another amount in kroner than Dinero told when it was booked."),
    "credited_elsewhere": _("Dinero has a credit note of it that wasn't made here: {voucher}."),
    "forgotten": _(
        "It is ours, made before the journal was lost: number {voucher} in Dinero. It counts as "
        "ours, and what it was made with isn't known any more."
    ),
    "paid_elsewhere": _("It has a payment in Dinero that wasn't registered here."),
    "deleted_contact": _("The customer's contact was deleted in Dinero."),
    "account_recoded": _(
        "It has the VAT code “{now}” in Dinero now, and sales were posted on it with “{then}”."
    ),
    "account_closed": _("It is closed in Dinero now, and sales were posted on it."),
    "posted_by_hand": _(
        "Somebody posted it by hand on account {account}, where the shop's sales are posted."
    ),
    "changed_in_shop": _("It was changed in the shop after it was booked."),
    "of_bill.doubled": _("Somebody posted the same bill once more: voucher {voucher}."),
    # What to do.
    "step.missing": _(
        "If it was deleted by mistake, make it again in Dinero by hand, with the same day and the "
        "order's number in its text."
    ),
    "step.doubled": _(
        "Look at both invoices in Dinero, and credit the one that isn't right there by hand."
    ),
    "step.other_day": _(
        "If the days are of different VAT periods, correct the day in Dinero by hand, or report "
        "the amount in the period that it belongs to."
    ),
    "step.edited": _(
        "Compare it with the order (dinero-sync show ORDER), and correct it in Dinero by hand."
    ),
    "step.other_account": _(
        "If that was a mistake, move it back in Dinero. If it is right, change the rule that chose "
        "the account, so that later orders go there too."
    ),
    "step.reversed": _(
        "If that was a mistake, post it again in Dinero by hand, with the order's number in the "
        "text. If the sale is off, make a credit note of it instead."
    ),
    "step.rounding": _(
        "Post the øre in Dinero by hand against the account for rounding, with the order's number "
        "in the text."
    ),
    "step.rate": _(
        "Post the rest in Dinero by hand against the account for exchange differences, with the "
        "order's number in the text."
    ),
    "step.credited_elsewhere": _(
        "If it is right, there is nothing to do but to pay the money back. If not, cancel it in "
        "Dinero with an invoice by hand."
    ),
    "step.forgotten": _(
        "Compare it in Dinero with its order, or with the provider's settlement file. If it is "
        "right, there is nothing to do; note that with the period."
    ),
    "step.paid_elsewhere": _(
        "Look at the invoice's payments in Dinero, and delete the one that is too much there."
    ),
    "step.deleted_contact": _(
        "Bring the contact back among the deleted ones in Dinero, so that the invoice keeps its "
        "customer."
    ),
    "step.account_recoded": _(
        "If the new VAT code is wrong, put it back in Dinero. If it is right, check with your "
        "bookkeeper whether the earlier sales were reported in the right box."
    ),
    "step.account_closed": _(
        "Show the account again in Dinero, or name another one in the configuration."
    ),
    "step.posted_by_hand": _(
        "If it is a sale of its own, it is right. If it is of an order that is booked, delete it."
    ),
    "step.changed_in_shop": _("See what it waits for, and decide: dinero-sync show ORDER"),
    "step.of_bill.missing": _(
        "If it was deleted by mistake, make it again in Dinero by hand, with the same day and the "
        "bill's number in its text."
    ),
    "step.of_bill.reversed": _(
        "If that was a mistake, post it again in Dinero by hand, with the bill's number in the "
        "text."
    ),
    "step.of_bill.doubled": _(
        "Look at both vouchers in Dinero, and delete the one that isn't right there."
    ),
    "step.of_bill.edited": _(
        "Compare it with the bill (dinero-sync show {name}), and correct it in Dinero by hand."
    ),
    "step.of_bill.other_account": _(
        "If that was a mistake, move it back in Dinero. If it is right, change the rule of "
        "bills.rules that chose the account, so that later bills go there too."
    ),
    "step.of_bill.rounding": _(
        "Post the øre in Dinero by hand against the account for rounding, with the bill's number "
        "in the text."
    ),
    "step.of_bill.rate": _(
        "Post the rest in Dinero by hand against the account for exchange differences, with the "
        "bill's number in the text."
    ),
    # Numbers.
    "gaps": _("Numbers that no document of these days has:"),
    "gap_of_order": _("{numbers}: order #{order}, dated {day}"),
    "gap_dated": _("{numbers}: a document dated {day}"),
    "gap": _(
        "{numbers}: no document. Dinero never uses a number twice; look there for what was "
        "deleted, or ask Dinero's support, and keep the explanation with your books."
    ),
}
