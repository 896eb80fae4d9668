"""The description of procedures in words, for whoever looks after the books or audits them."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "title": _("How the webshop's sales are recorded, checked and kept"),
    "law": _(
        "Description of procedures by bogføringsloven § 6, made on {day} by dinero-sync {version} "
        "from the configuration and the rules as they are that day."
    ),
    "yours": _(
        "It describes what dinero-sync does. What people do beside it, who they are, and what is "
        "recorded otherwise, the company describes in a document of its own: this one is made "
        "anew."
    ),
    "changes": _("What changed since {day}"),
    "no_earlier": _("There is no earlier description to compare with."),
    "unchanged": _("Nothing."),
    "gone": _("No longer: {statement}"),
    "new": _("Now: {statement}"),
    # Who does what.
    "who": _("Who does what"),
    "shop": _("Orders come from Shoporama ({shop}); the books are kept in Dinero."),
    "organization": _("The company in Dinero is {organization}, with VAT number {vat_number}."),
    "program": _(
        "dinero-sync is started by a schedule. It reads the orders that are new or changed, "
        "decides by the rules below, and writes to Dinero."
    ),
    "booking.automatic": _("Invoices are booked by dinero-sync, without a person."),
    "booking.draft": _(
        "Invoices are left as drafts by dinero-sync, and booked by a person: dinero-sync book."
    ),
    "booking.bills.draft": _(
        "Vouchers of suppliers' bills are left as drafts, and booked by a person: dinero-sync book."
    ),
    "booking.bills.automatic": _(
        "Vouchers of suppliers' bills are booked by dinero-sync, without a person."
    ),
    "booking.payouts.draft": _(
        "Ledger items of payouts are left as drafts, and booked by a person: dinero-sync book."
    ),
    "booking.payouts.automatic": _(
        "Ledger items of payouts are booked by dinero-sync, without a person."
    ),
    "booking.credits.draft": _(
        "Credit notes are left as drafts, and booked by a person: dinero-sync book."
    ),
    "booking.credits.automatic": _("Credit notes are booked by dinero-sync, without a person."),
    "held": _(
        "What isn't certain is held, and nothing of it is booked until a person decides. "
        "dinero-sync status lists it, with why and what to do; what a person decides is written "
        "down with time and note."
    ),
    "responsible": _("Responsible for the above: ______________________________"),
    # How sales are recorded.
    "sales": _("How sales are recorded"),
    "trigger.paid": _("An order is invoiced once it is paid, dated the day of the payment."),
    "trigger.shipped": _("An order is invoiced once it is shipped, dated that day."),
    "start": _("This holds for orders from {day} on; earlier ones are recorded otherwise."),
    "invoice": _(
        "Each order becomes one invoice. Its lines with VAT come to what the buyer paid, to the "
        "øre. Its identity in Dinero follows from the order, so that none is recorded twice."
    ),
    "accounts": _(
        "Goods go to account {sales}, and freight to account {shipping}, unless a rule says "
        "otherwise. An account is used only for the VAT rate that its VAT code has."
    ),
    "rule": _("Rule `{name}`: lines with `{when}` go to account {account}."),
    "rule.all": _("Rule `{name}`: all lines that are left go to account {account}."),
    "rule.foreign_vat": _(
        "Rule `{name}`: the other country's VAT in them goes to account {account}."
    ),
    "rule.margin": _("Rule `{name}`: the goods are under the margin scheme (brugtmoms)."),
    "rule.reverse_charge": _("Rule `{name}`: the buyer pays the VAT (omvendt betalingspligt)."),
    "margin.individual": _(
        "The margin of second-hand goods is reckoned for each of them, and posted with its VAT on "
        "account {account}."
    ),
    "margin.collective": _(
        "The margin of second-hand goods is reckoned for the period as a whole, and posted by a "
        "person; dinero-sync margin tells what was sold."
    ),
    "gift_cards.single_purpose": _(
        "Gift cards bear VAT when they are sold; what they pay later is taken off the invoice, on "
        "account {account}."
    ),
    "gift_cards.multi_purpose": _(
        "Gift cards are sold without VAT, as a debt on account {account}; what they pay later is a "
        "payment, and is taken off that debt."
    ),
    "gift_cards.codes": _("A voucher `{codes}` on an order is a gift card that is used."),
    "gift_cards.redeemed": _(
        "What such a card pays is registered on account {account}, and moved from there to the "
        "debt."
    ),
    "gift_cards.both": _(
        "Single-purpose gift cards, a voucher `{codes}` on an order, bear VAT when they are sold; "
        "what they pay later is taken off the invoice, on account {account}."
    ),
    "rounding": _("Up to {limit:amount} kr. of rounding per order go to account {account}."),
    "vat_numbers.hold": _(
        "VAT numbers of businesses in other EU countries are looked up in VIES, and the answer is "
        "kept; where a number isn't confirmed, the order is held."
    ),
    "vat_numbers.charge": _(
        "VAT numbers of businesses in other EU countries are looked up in VIES, and the answer is "
        "kept; where a number isn't confirmed, the buyer counts as a consumer."
    ),
    "vat_numbers.off": _("VAT numbers of businesses in other EU countries aren't looked up."),
    "closed": _("Nothing is dated {day} or earlier: those periods are closed."),
    # How payments are recorded.
    "payments": _("How payments are recorded"),
    "payment": _("`{name}` (`{when}`): registered on account {account}, once the shop says so."),
    "payment.none": _("`{name}` (`{when}`): no payment is registered by dinero-sync."),
    "payment.paid": _("`{name}`: these orders are invoiced once they are paid."),
    "payment.shipped": _("`{name}`: these orders are invoiced once they are shipped."),
    "payouts": _("Payouts of {day} or later are posted; earlier ones are recorded otherwise."),
    "payout.fee_vat": _("Fees of {name} bear the VAT code {vat_code}."),
    "payout.exchange": _(
        "What is lost or won where a payout of {name} is in another currency goes to account "
        "{account}."
    ),
    "payout": _(
        "Payouts of {name}: its settlement files are proved by their sums, and posted from account "
        "{clearing} to account {bank}, with fees on account {fee}."
    ),
    "refund.with_payout": _("Money back to buyers is registered when the provider's file tells."),
    "refund.with_credit": _("Money back to buyers is registered with the credit note."),
    "refund.never": _("Money back to buyers is registered by a person."),
    "returns.propose": _(
        "Returns, and orders that are cancelled or changed after booking, lead to a proposed "
        "credit note, which a person accepts."
    ),
    "returns.automatic": _("Returns lead to a credit note by themselves, if they are certain."),
    "returns.certain": _("A return is certain once the shop calls it: {statuses}."),
    "returns.off": _("Credit notes are made by a person: dinero-sync credit."),
    # Suppliers' bills.
    "bills": _("How suppliers' bills are recorded"),
    "bills.none": _("dinero-sync records no suppliers' bills."),
    "bills.from": _(
        "Bills dated {day} or later are recorded. One that can't be read for certain, that doesn't "
        "add up, or that no rule takes, is held."
    ),
    "bill.vat": _("Rule `{name}`: VAT code {codes}. A bill that the code doesn't fit is held."),
    "bill.paid": _("Rule `{name}`: they are paid from account {account}."),
    "bill.on_credit": _(
        "Rule `{name}`: they are owed to the supplier until a person registers the payment."
    ),
    "bill": _(
        "Rule `{name}`: bills with `{when}` go to account {account}, and the file with them."
    ),
    "bill.settled": _(
        "Rule `{name}`: the files of bills with `{when}` are kept; payouts post the fees on them."
    ),
    # How it is checked.
    "checks": _("How it is checked"),
    "check.totals": _(
        "Before an invoice is booked, its totals as Dinero reckons them are held against the "
        "order's, to the øre. One that differs is held."
    ),
    "check.journal": _(
        "Every change at Dinero is written down in a journal before it is sent, and its answer "
        "after it. The lines are chained by hash: dinero-sync verify shows that none was changed."
    ),
    "check.clearing": _(
        "dinero-sync clearing proves the accounts where money waits, by Dinero's own entries."
    ),
    "check.period": _(
        "Before each VAT return, dinero-sync reconcile proves the period, and dinero-sync close "
        "gathers what belongs to it: what is open, what people decided, and the figures for OSS "
        "and the EU sales list."
    ),
    "check.evidence": _(
        "dinero-sync evidence packs the way of a single order from the shop to the entries."
    ),
    # How it is kept.
    "kept": _("How it is kept"),
    "kept.dinero": _("Invoices, credit notes, vouchers and their documents are kept in Dinero."),
    "kept.journal": _(
        "What the shop said, what was decided, sent and answered is kept in {folder} on the "
        "machine of dinero-sync, for {days} days after an order is settled; amounts, numbers and "
        "hashes stay. Only the user that dinero-sync runs as can read it. A backup of the folder "
        "is taken by the company."
    ),
    "written": _(
        "{file} is written. Read it, and keep it beside your own description of what people do."
    ),
}
