"""An order as the shop tells it, where it can't be read, or be an invoice."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

SHOP: Mapping[str, str] = {
    "unreadable_order.missing": _(
        "The order can't be read: it has no {field}, none of {tried} in the shop's answer holds "
        "anything. Nothing is booked for it until this is settled."
    ),
    "unreadable_order.missing_in_line": _(
        "The order line {position} can't be read: it has no {field}, none of {tried} in the shop's "
        "answer holds anything. Nothing is booked for it until this is settled."
    ),
    "unreadable_order.unclear": _(
        "The order can't be read: its {field} ({name} in the shop's answer) {problem:word}. "
        "Nothing is booked for it until this is settled."
    ),
    "unreadable_order.unclear_in_line": _(
        "The order line {position} can't be read: its {field} ({name} in the shop's answer) "
        "{problem:word}. Nothing is booked for it until this is settled."
    ),
    "unreadable_order.no_lines": _(
        "The order can't be read: it has no order lines, none of {tried} is in the shop's answer. "
        "Nothing is booked for it until this is settled."
    ),
    "unreadable_order.line_unclear": _(
        "The order can't be read: order line {position} isn't an object. Nothing is booked for it "
        "until this is settled."
    ),
    "unreadable_order.paid_not_told": _(
        "The order can't be read: whether it is paid isn't told, none of {tried} is in the shop's "
        "answer. Nothing is booked for it until this is settled."
    ),
    "unreadable_order.too_deep": _(
        "The shop's answer for this order is nested too deeply to be kept. Nothing is booked for "
        "it."
    ),
    "lines_do_not_add_up.parts": _(
        "The order doesn't add up: {lines:terms} + freight {freight} - discount code {voucher} = "
        "{sum:amount}, but its total is {total} {currency}, which is {difference:change}. An "
        "invoice of these lines would not be what the customer pays. Nothing is booked for it "
        "until this is settled."
    ),
    "lines_do_not_add_up.many_parts": _(
        "The order doesn't add up: {count} order lines {products:amount} + freight {freight} - "
        "discount code {voucher} = {sum:amount}, but its total is {total} {currency}, which is "
        "{difference:change}. An invoice of these lines would not be what the customer pays. "
        "Nothing is booked for it until this is settled."
    ),
    "lines_do_not_add_up.without_vat": _(
        "The order's total of {total:amount} is {difference:amount} more than its lines, freight "
        "and discount code, which is just the VAT: the shop seems to state the prices of its "
        "lines without VAT. An invoice of these lines would not be what the customer pays. "
        "Nothing is booked for it until this is settled."
    ),
    "lines_do_not_add_up.other_field": _(
        "The order's total of {total:amount} is {difference:amount} more than its lines, freight "
        "and discount code, which is just what its field {name} says. What that is isn't known. "
        "Nothing is booked for it until this is settled."
    ),
    "lines_do_not_add_up.invoice": _(
        "The order's total is {total}, and its lines, freight and discount code make an invoice "
        "of {invoice}. An invoice must be what the customer paid, and more than 0. Nothing is "
        "booked."
    ),
    "unknown_status.named": _(
        "The order has a status “{status}” that isn't known ({known} are), so nobody can say "
        "whether it is a sale. Nothing is booked for it until this is settled."
    ),
    "unknown_status.unnamed": _(
        "The order has a status that isn't known ({known} are), so nobody can say whether it is a "
        "sale. Nothing is booked for it until this is settled."
    ),
    "currency_not_allowed.named": _(
        "The order is in {currency}, and this connection is for orders in {expected} "
        "(shoporama.currency). Booked as {expected}, its amounts would be wrong. Nothing is booked "
        "for it until this is settled."
    ),
    "currency_not_allowed.unnamed": _(
        "The order names a currency, and this connection is for orders in {expected} "
        "(shoporama.currency). Booked as {expected}, its amounts would be wrong. Nothing is booked "
        "for it until this is settled."
    ),
    "currency_not_allowed.margin": _(
        "The order is in {currency} and holds goods of a margin scheme (brugtmoms), whose margin "
        "is reckoned in kroner. Nothing is booked."
    ),
    "unknown_payment_type.no_entry": _(
        "No entry in payment_types takes the payment gateway {name!r}: nobody said which account "
        "the order's money goes to. Until then nothing more of it is booked."
    ),
    "unknown_payment_type.no_name": _(
        "No entry in payment_types takes the payment gateway 'no name': nobody said which account "
        "the order's money goes to. Until then nothing more of it is booked."
    ),
    "unknown_payment_type.unread": _(
        "The entry {entry!r} in payment_types asks what payment gateway {gateway} is called, and "
        "the shop's list of payment gateways can't be read. {why} Nothing is booked."
    ),
    "unknown_product.removed": _(
        "The rules ask for the category, profile or label of product {product}, and the shop's "
        "catalogue no longer has it. Which account the line belongs on can't be told; nothing is "
        "booked."
    ),
    "unknown_product.without_id": _(
        "The rules ask for the category, profile or label of a product without id, and the shop's "
        "catalogue no longer has it. Which account the line belongs on can't be told; nothing is "
        "booked."
    ),
    "unknown_product.unread": _(
        "The rules ask for the category, profile or label of product {product}, and the shop's "
        "list of {listed:word} can't be read. Which account the line belongs on can't be told. "
        "{why} Nothing is booked."
    ),
    "purchase_price_missing.missing": _(
        "The purchase price of product {product} isn't in the shop's catalogue. Without it the "
        "margin, and so its VAT (brugtmoms), can't be known. Nothing is booked."
    ),
    "purchase_price_missing.unread": _(
        "The purchase price of product {product} can't be read in the shop's catalogue. Without it "
        "the margin, and so its VAT (brugtmoms), can't be known. {why} Nothing is booked."
    ),
    "paid_before_invoice": _(
        "The order was paid on {paid} and shipped on {day}, in another month. It was paid by bank "
        "(payment type {payment_type}): money received before the goods are sent makes the VAT due "
        "when it comes (momsloven § 23, stk. 3), which may be in another VAT period. Nothing in "
        "the configuration says when this payment type's money comes. Nothing is booked."
    ),
    "zero_total_with_voucher.unknown": _(
        "The order's total is zero because of a discount code. If that code was a gift card, a "
        "sale was paid with it and belongs in the books."
    ),
    "zero_total_with_voucher.single_purpose": _(
        "A gift card (gavekort til ét formål) paid the whole order, and Dinero refused the invoice "
        "of 0.00 ({error}). The card's VAT was settled when it was sold; the sale still stands on "
        "the gift card account. The order isn't booked."
    ),
    "zero_total_with_voucher.multi_purpose": _(
        "A gift card (gavekort til flere formål) paid the whole order. The VAT of the sale is due "
        "now, and no account is named where such a payment is registered. Nothing is booked."
    ),
    "negative_amount": _(
        "The order's {name:word} is negative: {amount}. An invoice can't say that, and whether it "
        "stands for a discount, a return or a mistake isn't known. Nothing is booked for it until "
        "this is settled."
    ),
    "negative_amount.pieces": _(
        "The order's number of pieces on order line {position} is negative: {amount}. An invoice "
        "can't say that, and whether it stands for a discount, a return or a mistake isn't known. "
        "Nothing is booked for it until this is settled."
    ),
    "negative_amount.price": _(
        "The order's unit price on order line {position} is negative: {amount}. An invoice can't "
        "say that, and whether it stands for a discount, a return or a mistake isn't known. "
        "Nothing is booked for it until this is settled."
    ),
    "negative_amount.discount_line": _(
        "Order line {position} takes {amount:amount} off, and nothing tells which goods it is for: "
        "it may be a gift card that is used, or its VAT isn't that of goods on the order. Nothing "
        "is booked for it until this is settled."
    ),
    "trigger_day_unknown.not_told": _(
        "The shop doesn't say when the order was {trigger:word}, and it was created before "
        "{start_date}: it may be in the books already. It isn't booked."
    ),
    "trigger_day_unknown.to_come": _(
        "The shop says that it happened on {day}, which is a day to come. Nothing is booked on a "
        "date that hasn't been."
    ),
    "straddles_start": _(
        "The order began before {start_date} and was paid or shipped on that day or later: "
        "whatever did the books before may have booked it. It isn't booked by us."
    ),
    "currency_not_allowed.payment": _(
        "Dinero doesn't tell what the invoice in {currency} is in kroner. The invoice is booked, "
        "its payment isn't registered."
    ),
    "unreadable_return.unclear": _(
        "The shop tells of a return ({return_id}) of this order. Which goods came back, and how "
        "many, can't be read. Nothing is credited for it until this is settled."
    ),
    "unreadable_return.not_left": _(
        "The shop tells of a return ({return_id}) of this order. It names goods, or more of them, "
        "than are left to credit of the invoice. Nothing is credited for it until this is settled."
    ),
    "unreadable_return.not_here": _(
        "The shop tells of a return ({return_id}) of this order. Its invoice was credited in "
        "Dinero by other means, or what it says isn't kept here any more, so nothing is credited."
    ),
    "unreadable_return.adopted": _(
        "The shop tells of a return ({return_id}) of this order, which is in the books by other "
        "means. What its invoice says isn't known here, so nothing is credited."
    ),
}
