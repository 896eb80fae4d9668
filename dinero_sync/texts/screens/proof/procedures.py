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
    "statuses.new": _("The shop's status {statuses} counts as not shipped yet."),
    "statuses.shipped": _("The shop's status {statuses} counts as shipped."),
    "statuses.cancelled": _("The shop's status {statuses} counts as cancelled."),
    "start": _("This holds for orders from {day} on; earlier ones are recorded otherwise."),
    "invoice": _(
        "Each order becomes one invoice. Its lines with VAT come to what the buyer paid, to the "
        "øre. Its identity in Dinero follows from the order, so that none is recorded twice."
    ),
    "currency": _("Orders are in {currency}; one in another currency is held."),
    "contacts.own": _("Each consumer is a contact in Dinero."),
    "contacts.shared": _(
        "Consumers of a country share one contact in Dinero, without personal data; name and "
        "address are on the invoice alone."
    ),
    "contacts.update": _(
        "A contact that is in Dinero gets the name and address of each new order."
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
    "kinds.fee": _("Products with `{when}` are fees that the buyer pays."),
    "kinds.gift_card": _("Products with `{when}` are gift cards that are sold."),
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
    "handed_over": _(
        "With the freight methods {methods} buyers collect the goods in Denmark: such a sale bears "
        "Danish VAT, wherever the buyer lives."
    ),
    "handed_over.elsewhere": _(
        "With the freight methods {methods} the goods are sent, whatever they sound like."
    ),
    "above_threshold.hold": _(
        "Sales with Danish VAT to consumers in other EU countries are held above the threshold of "
        "10,000 EUR a year."
    ),
    "above_threshold.charge": _(
        "Sales with Danish VAT to consumers in other EU countries are recorded above the threshold "
        "of 10,000 EUR a year, too."
    ),
    "eu_vat_rates": _("In {country} VAT of {rate} % counts as right, too."),
    "sending.none": _("Dinero sends no invoices because of dinero-sync."),
    "sending.email": _(
        "Sending `{name}`: Dinero sends invoices of orders with `{when}` to the order's e-mail "
        "address."
    ),
    "sending.e_invoice": _(
        "Sending `{name}`: Dinero sends invoices of orders with `{when}` as e-invoices, to the EAN "
        "number of a public buyer."
    ),
    "closed": _("Nothing is dated {day} or earlier: those periods are closed."),
    # How payments are recorded.
    "payments": _("How payments are recorded"),
    "payment": _("`{name}` (`{when}`): registered on account {account}, once the shop says so."),
    "payment.none": _("`{name}` (`{when}`): no payment is registered by dinero-sync."),
    "payment.paid": _("`{name}`: these orders are invoiced once they are paid."),
    "payment.shipped": _("`{name}`: these orders are invoiced once they are shipped."),
    "payment.received.at_once": _(
        "`{name}`: the money comes with the order, so it is invoiced once it is paid or shipped, "
        "whichever is first."
    ),
    "payment.received.when_shipped": _(
        "`{name}`: the money is reserved until the goods are sent; the payment is dated no earlier "
        "than its invoice."
    ),
    "payment.exchange_rate": _("`{name}`: a unit of another currency is {rate} kr."),
    "payment.terms.Netto": (
        _("`{name}`: the invoice falls due {count} day after its date."),
        _("`{name}`: the invoice falls due {count} days after its date."),
    ),
    "payment.terms.NettoCash": _("`{name}`: the invoice falls due at once."),
    "payment.terms.CurrentMonthOut": (
        _("`{name}`: the invoice falls due {count} day after the end of its month."),
        _("`{name}`: the invoice falls due {count} days after the end of its month."),
    ),
    "payouts.inbox": _("Every run reads the settlement files in {folder}."),
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
    "bills.inbox": _("Every run reads the bills in {folder}."),
    "bill.country": _("Rule `{name}`: the supplier is in {country}."),
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
