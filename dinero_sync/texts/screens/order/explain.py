"""Why an order is booked as it is, or isn't."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "order": _("Order #{number} (order id {order_id}): {total}"),
    "booked": _("It is booked as invoice {invoice}, dated {day}."),
    "drafted": _("There is a draft in Dinero, dated {day}."),
    "would_be_booked": _("It isn't booked yet; this is how it would be."),
    "standing.held": _("It waits for you ({reason}):"),
    "standing.in_doubt": _("It isn't certain what happened at Dinero ({reason}):"),
    "standing.skipped": _("It doesn't become an invoice ({reason}):"),
    "standing.open": _("It waits ({reason}):"),
    "to_do": _("In full, and the next step:"),
    "unreadable": _("The order can't be read, so there is no more to explain."),
    "removed": _(
        "The shop's own words about the order were removed for their age (sync.retention_days)."
    ),
    "rules_changed": _(
        "The rules, the chart, the catalogue or the order changed since: today the lines would "
        "be others. This is what was decided then."
    ),
    "not_now": _("By the present rules it wouldn't be booked ({reason}): {text}"),
    "products_never_read": _(
        "What the present rules make of the order can't be told: they ask for product "
        "{products} of the shop's catalogue, which no run has read yet. It is read when an "
        "order with it is to be booked."
    ),
    "vat_number_never_read": _(
        "What the present rules make of the order can't be told: they ask the EU's register "
        "(VIES) about the buyer's VAT number, and it hasn't been asked, or hasn't answered, "
        "yet. It is asked when an order with that number is to be booked."
    ),
    "heading.when": _("When"),
    "heading.where": _("Where"),
    "heading.who": _("Who"),
    "heading.payment": _("Payment"),
    "heading.contact": _("Contact"),
    "heading.lines": _("Lines"),
    "heading.ledger": _("Ledger items beside the invoice"),
    "heading.sums": _("Sums by account and VAT code"),
    "trigger.paid": _("Orders are booked once they are paid"),
    "trigger.shipped": _("Orders are booked once they are shipped"),
    "by_payment_type": _("(trigger of the payment type {name})"),
    "by_received": _(
        "(received: at_once of the payment type {name}: payment or shipping, whichever is first)"
    ),
    "by_setting": _("(sync.trigger)"),
    "day": _("The day is {day}."),
    "zone.dk": _("Denmark"),
    "zone.eu": _("Another EU country"),
    "zone.world": _("Outside the EU's VAT area"),
    "zone_reason.country": _("the country of the delivery address is {country}"),
    "zone_reason.post_code": _(
        "the country of the delivery address is {country}, but the postal code decides: the "
        "place isn't in the country's VAT area"
    ),
    "zone_reason.handed_over": _(
        "the goods are collected in Denmark (freight: {freight}), though the country of the "
        "delivery address is {country}"
    ),
    "zone_reason.counted_as_eu": _(
        "the country of the delivery address is {country}, which counts as the EU for VAT"
    ),
    "buyer.consumer": _("Consumer"),
    "buyer.business": _("Business"),
    "buyer.public": _("Public buyer"),
    "buyer_reason.ean": _("the order has a valid EAN number"),
    "buyer_reason.company_with_vat_number": _("the order has a company and a VAT number"),
    "buyer_reason.unconfirmed_vat_number": _(
        "the EU's register (VIES) doesn't confirm the VAT number "
        "(posting.eu_vat_numbers.unconfirmed: charge)"
    ),
    "buyer_reason.vat_number_without_company": _(
        "the order has a number that is no VAT number of the EU, and no company"
    ),
    "buyer_reason.sole_trader": _("the order has a VAT number (no company: a sole trader)"),
    "buyer_reason.company_without_vat_number": _("the order has a company, but no VAT number"),
    "buyer_reason.neither": _("the order has neither EAN nor company with VAT number"),
    "payment_taken": _("The payment type {name} took the order, {when}."),
    "payment_not_taken": _("No payment type (payment_types) takes the order."),
    "no_payment_types": _("There are no payment_types, so no payment is registered."),
    "payment_registered": _("The payment{amount} is registered on {account}."),
    "paid_early": _(
        " It is dated {day}, before the invoice: nothing says when the payment type's money "
        "comes (received)."
    ),
    "dated_as_invoice": _(" The customer paid on {paid}; it is dated as the invoice, {day}."),
    "foreign_payment": _(" of {amount}"),
    "no_payment": _("No payment is registered; the customer pays the invoice later."),
    "gift_card_payment": _(
        "A gift card paid {amount}: that is registered on {account}, and moved from there to the "
        "debt on {debt}."
    ),
    "contact_key.ean": _("In Dinero the buyer is known by the EAN number."),
    "contact_key.vat_number": _("In Dinero the buyer is known by the VAT number."),
    "contact_key.email": _("In Dinero the buyer is known by the e-mail address."),
    "contact_key.order": _("The buyer has no e-mail address and gets a contact for this order."),
    "contact_key.shared": _(
        "Consumers of the country share one contact (contacts.consumers: shared)."
    ),
    "price": _("Price {amount}."),
    "amount": _("Amount {amount}."),
    "comments": _("The text on the invoice: {text}"),
    "voucher": _("Price {normal} less the discount ({code}) {share}: {amount}."),
    "account": _("Account {account}, {rate} % VAT"),
    "rule": _('chosen by the rule "{name}", {when}'),
    "setting": _("chosen by {name}; no rule took the line"),
    "gone_rule": _('chosen by "{name}", which is no longer in the configuration'),
    "shop_rate": _("The shop charged {rate} % VAT."),
    "margin_scheme.used_goods": _("Margin scheme (brugtmoms), second-hand goods"),
    "margin_scheme.art": _("Margin scheme (brugtmoms), works of art"),
    "margin_scheme.collectors": _("Margin scheme (brugtmoms), collector's items and antiques"),
    "margin": _("purchase price {purchase}, margin {margin}, of which VAT {vat}"),
    "loss": _("purchase price {purchase}, no margin and so no VAT"),
    "collective": _("the margin is reckoned for the period as a whole (samlemetoden)"),
    "no_purchase_price": _("the purchase price isn't known here"),
    "foreign_vat": _(
        "Of this {vat} is another country's VAT (account {account}); {net} is posted here."
    ),
    "gift_card": _("Gift card used: its VAT was paid when it was sold."),
    "gift_card_sold": _("A gift card is sold ({kind})."),
    "rounding": _("Difference of øre between the lines and the total (posting.rounding)."),
    "ledger_item": _("{amount}: debit {debit}, credit {credit}: {description}"),
    "without_code": _("no VAT code"),
    "vat_inside": _("of which VAT {vat}"),
    "total": _("Total"),
    "distance_sale": _(
        "{amount} without VAT count towards the EU's threshold for distance sales (10,000 EUR a"
        " year)."
    ),
}
