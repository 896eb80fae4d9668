"""What a hold or a doubt says: what happened, and what it means for the books.

The key is a hold's ``text``: its reason, with which of the reason's sentences it is.
"""

from collections.abc import Mapping

from dinero_sync.domain.hold import DoubtReason
from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.texts.catalogue import _

HOLDS: Mapping[str, str] = {
    AS_WRITTEN: "{text}",
    DoubtReason.NO_ANSWER: _(
        "A change was sent to Dinero and no clear answer came, nor could Dinero be read."
    ),
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
    "unknown_country.missing": _(
        "The order has no billing country. The country decides the VAT. Nothing is booked for it "
        "until this is settled."
    ),
    "unknown_country.unclear": _(
        "The order names a country ({name} in the shop's answer) that is neither an id of the "
        "shop's list of countries, nor a country code, nor a name in Danish or English. The "
        "country decides the VAT. Nothing is booked for it until this is settled."
    ),
    "unknown_country.part": _(
        "The order names {code} as its country, a part of {country}, and its postal code lies in "
        "another. Which of them is right decides the VAT. Nothing is booked for it until this is "
        "settled."
    ),
    "unknown_country.unlisted": _(
        "The order names country {country}, which the shop's list of countries lacks or has "
        "without a code or known name. The country decides the VAT. Nothing is booked for it until "
        "this is settled."
    ),
    "unknown_country.unread": _(
        "The order names country {country}, and the shop's list of countries can't be read. The "
        "country decides the VAT. {why} Nothing is booked."
    ),
    "unknown_country.maybe_collected": _(
        "The order goes to {country} by the freight method “{freight}”, which costs nothing and "
        "sounds as if the buyer collected the goods. Handed over in Denmark they bear Danish VAT, "
        "sent abroad they may not. Nothing is booked for it until this is settled."
    ),
    "unknown_country.freight_unnamed": _(
        "The order goes abroad by freight method {freight}, whose name the shop doesn't tell, and "
        "the configuration asks for names. Whether the goods are handed over in Denmark decides "
        "the VAT. Nothing is booked for it until this is settled."
    ),
    "unknown_vat.nothing_told": _(
        "The VAT of the order can't be told: the shop states no VAT amount on a total of {total}, "
        "and its lines name no rate. Nothing is booked on a guess."
    ),
    "unknown_vat.rates_told": _(
        "The VAT of the order can't be told: the shop states no VAT amount on a total of {total}, "
        "and its lines say {rates:percent}. Nothing is booked on a guess."
    ),
    "unknown_vat.amount_told": _(
        "The VAT of the order can't be told: the shop states {vat} of VAT on a total of {total}, "
        "and its lines name no rate. Nothing is booked on a guess."
    ),
    "unknown_vat.both_told": _(
        "The VAT of the order can't be told: the shop states {vat} of VAT on a total of {total}, "
        "and its lines say {rates:percent}. Nothing is booked on a guess."
    ),
    "unknown_vat.differs": _(
        "The shop states {vat:amount} of VAT on a total of {total:amount}, and {rates:percent}, as "
        "its lines say, gives {reckoned:amount}. Nothing is booked on a guess."
    ),
    "unknown_vat.no_such_rate": _(
        "Lines of the order say {rates:percent} of VAT, which no country has, and it isn't near "
        "enough to one that gives the same VAT. Nothing is booked on a guess."
    ),
    "unknown_vat.discount": _(
        "The order has a discount of {voucher:amount} on goods of different VAT, or with and "
        "without a margin scheme (brugtmoms). Which of them it is for decides the VAT, and the "
        "shop states no VAT amount that tells. Nothing is booked on a guess."
    ),
    "unknown_vat.discount_with_vat": _(
        "The order has a discount of {voucher:amount} on goods of different VAT, or with and "
        "without a margin scheme (brugtmoms). Which of them it is for decides the VAT, and the "
        "{vat:amount} of VAT that the shop states doesn't tell. Nothing is booked on a guess."
    ),
    "unknown_vat.discount_on_card": _(
        "The order sells a gift card (gavekort) and has a discount of {voucher:amount}. The whole "
        "value of a card is owed to its holder, so no discount comes off it; and taken off the "
        "other goods alone, the discount is more than these, or gives another VAT than the shop "
        "states. Nothing is booked on a guess."
    ),
    "unknown_vat.beside_cards": _(
        "The order sells nothing but gift cards (gavekort), with {amount:amount} of freight or "
        "fees beside them. That a card is sold without VAT doesn't tell theirs, and the shop "
        "states no VAT amount for the order. Nothing is booked on a guess."
    ),
    "unknown_payment_type.no_entry": _(
        "No entry in payment_types takes the payment gateway {name!r}. The order isn't in the "
        "books: nobody said which account its money goes to."
    ),
    "unknown_payment_type.no_name": _(
        "No entry in payment_types takes the payment gateway 'no name'. The order isn't in the "
        "books: nobody said which account its money goes to."
    ),
    "unknown_payment_type.unread": _(
        "The entry {entry!r} in payment_types asks what payment gateway {gateway} is called, and "
        "the shop's list of payment gateways can't be read. {why} Nothing is booked."
    ),
    "account_vat_mismatch.leaves_eu": _(
        "A {line:word} line that leaves the EU ({country}) carries {rate:percent} VAT. Such a sale "
        "bears no Danish VAT (momsloven § 34); on account {account} it would be paid as Danish. "
        "The order isn't booked."
    ),
    "account_vat_mismatch.charged": _(
        "A {line:word} line carries {rate:percent} VAT, but account {account} (chosen by {rule}) "
        "has {has:percent}: booked there, the VAT return would be wrong. The order isn't booked."
    ),
    "account_vat_mismatch.charged_unknown_code": _(
        "A {line:word} line carries {rate:percent} VAT, but account {account} (chosen by {rule}) "
        "has a VAT code without a known rate: booked there, the VAT return would be wrong. The "
        "order isn't booked."
    ),
    "account_vat_mismatch.required": _(
        "A {line:word} line belongs on an account with {rate:percent} VAT, but account {account} "
        "(chosen by {rule}) has {has:percent}: booked there, the VAT return would be wrong. The "
        "order isn't booked."
    ),
    "account_vat_mismatch.required_unknown_code": _(
        "A {line:word} line belongs on an account with {rate:percent} VAT, but account {account} "
        "(chosen by {rule}) has a VAT code without a known rate: booked there, the VAT return "
        "would be wrong. The order isn't booked."
    ),
    "account_vat_mismatch.reported_as_business": _(
        "A {line:word} line would go to account {account} (chosen by {rule}), whose VAT code "
        "{code} reports sales to businesses in the EU by their VAT number, and the buyer is none: "
        "the VAT return would be wrong. The order isn't booked."
    ),
    "account_vat_mismatch.reported_elsewhere": _(
        "A {line:word} line would go to account {account} (chosen by {rule}), whose VAT code "
        "{code} doesn't report sales to where the goods go ({country}): the VAT return would be "
        "wrong. The order isn't booked."
    ),
    "account_vat_mismatch.untaxed_consumer": _(
        "A {line:word} line to a consumer in another EU country ({country}) carries no VAT, and "
        "would go so to account {account} (chosen by {rule}). The VAT would be yours to pay. The "
        "order isn't booked."
    ),
    "account_vat_mismatch.danish_under_oss": _(
        "A {line:word} line to a consumer in another EU country ({country}) carries {rate:percent} "
        "VAT, and would go as Danish VAT to account {account} (chosen by {rule}). But this shop "
        "pays other EU countries' VAT by OSS (rule {oss}), and then {country}'s is due. The order "
        "isn't booked."
    ),
    "account_vat_mismatch.no_such_rate": _(
        "A {line:word} line carries {rate:percent} VAT that would be owed to {country} (account "
        "{account}, chosen by {rule}), but {country} has no such rate, it has {rates:percent}: the "
        "OSS return would be wrong. The order isn't booked."
    ),
    "account_vat_mismatch.reversed_freight_alone": _(
        'Rule "{rule}" takes freight or a fee of this order under reverse charge (omvendt '
        "betalingspligt), and no goods of the order are. Freight bears the VAT of its goods: "
        "booked so, the VAT would be yours to pay. The order isn't booked."
    ),
    "account_vat_mismatch.margins": _(
        "Account {account} (posting.margin_scheme.account) takes the margins of second-hand goods "
        "and doesn't carry 25 % VAT: booked there, the VAT return would be wrong. Nothing is "
        "booked."
    ),
    "invalid_vat_number.form": _(
        "The buyer's VAT number isn't one by its form (a digit may be wrong). An invoice to a "
        "business must carry the right number, so the order isn't booked."
    ),
    "invalid_vat_number.ean": _(
        "The field for the buyer's EAN number holds something that isn't one: an EAN has 13 "
        "digits, and the last of them checks the others (one may be wrong or missing). Without a "
        "right one no electronic invoice can be sent, so the order isn't booked."
    ),
    "invalid_vat_number.not_danish": _(
        'The order has goods without VAT that rule "{rule}" sells under reverse charge (omvendt '
        "betalingspligt): a business in Denmark pays their VAT itself, and its CVR number must be "
        "on the invoice. This buyer ({buyer:word}) is no such business, or the order has no valid "
        "CVR number. Sold so, the VAT is yours to pay (momsloven § 46). Nothing is booked."
    ),
    "invalid_vat_number.not_in_eu": _(
        "The order was sold without VAT into another EU country, and the buyer has no VAT number "
        "of an EU country other than Denmark (a Danish, Swiss or British one isn't enough; one of "
        "Northern Ireland, with XI, is). Without it the VAT is yours to pay (momsloven § 34). "
        "Nothing is booked."
    ),
    "unconfirmed_vat_number": _(
        "The EU's register (VIES) doesn't confirm the buyer's VAT number, and the order was sold "
        "without VAT. Sold so to somebody who isn't registered, the VAT is yours to pay. Nothing "
        "is booked."
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
    "margin_scheme_export": _(
        "Goods of a margin scheme (brugtmoms) leave the EU. Their margin is then not taxed, which "
        "this version doesn't post. Nothing is booked."
    ),
    "gift_card_used.single_purpose": _(
        "A gift card (gavekort til ét formål) paid {paid} of an order with goods or freight that "
        "don't bear Danish VAT of 25 %: export, another country's VAT, sold without VAT, or "
        "second-hand (brugtmoms). The card's VAT was paid when it was sold, and taken off here it "
        "would make the VAT return wrong. Nothing is booked."
    ),
    "gift_card_used.multi_purpose": _(
        "The order was paid with a gift card (gavekort til flere formål) for {paid}. That is a "
        "payment from the debt to the card's holder, not a discount, and no account is named "
        "where it is registered. Nothing is booked."
    ),
    "gift_card_used.other_currency": _(
        "A gift card (gavekort til flere formål) paid {paid:amount} {currency} of the order. That "
        "is a payment from the debt to the card's holder, which is in kroner, and nothing tells "
        "how many of them the card settles. Nothing is booked."
    ),
    "gift_card_differs": _(
        "The ledger item (finansbilag) that takes what a gift card (gavekort) paid off the debt to "
        "its holder stands unbooked in Dinero, and somebody changed it. The invoice is booked and "
        "says what the card paid; the debt is still too high by that."
    ),
    "gift_card_not_booked": _(
        "Dinero said that it would book the ledger item (finansbilag) that takes what a gift card "
        "(gavekort) paid off the debt to its holder, and hasn't. The invoice is booked and says "
        "what the card paid; the debt is still too high by that."
    ),
    "distance_sales_threshold.last_year": _(
        "Last year's sales to consumers in other EU countries passed 10,000 EUR ({threshold} kr.; "
        "they were {sold:amount} kr.). In the whole of this year the VAT of {country} is due, not "
        "Danish VAT. Nothing is booked."
    ),
    "distance_sales_threshold.this_year": _(
        "With this order the year's sales to consumers in other EU countries pass 10,000 EUR "
        "({threshold} kr.; {sold:amount} kr. before it). From here on, and next year, the VAT of "
        "{country} is due, not Danish VAT. Nothing is booked."
    ),
    "paid_before_invoice": _(
        "The order was paid on {paid} and shipped on {day}, in another month. It was paid by bank "
        "(payment type {payment_type}): money received before the goods are sent makes the VAT due "
        "when it comes (momsloven § 23, stk. 3), which may be in another VAT period. Nothing in "
        "the configuration says when this payment type's money comes. Nothing is booked."
    ),
    "period_closed.invoice": _(
        "The invoice would be dated {day}, and dinero.closed_until says that the VAT is reported "
        "up to {closed_until}. With its own day the books would say something else than the VAT "
        "return did. Nothing is booked."
    ),
    "period_closed.credit_note": _(
        "The credit note would be dated {day}, and dinero.closed_until says that the VAT is "
        "reported up to {closed_until}. With its own day the books would say something else than "
        "the VAT return did. Nothing is credited."
    ),
    "period_closed.refund": _(
        "The credit note is booked, and its refund would be dated {day}. dinero.closed_until says "
        "that the books are closed up to {closed_until}. The refund isn't registered, so the "
        "invoice stays overpaid. A refund moves no VAT."
    ),
    "period_closed.margin": _(
        "The invoice is booked, and the ledger item of its margin (brugtmoms) would be dated "
        "{day}. dinero.closed_until says that the VAT is reported up to {closed_until}. The margin "
        "isn't posted."
    ),
    "period_closed.gift_card": _(
        "The invoice is booked, and the ledger item that takes what a gift card (gavekort) paid "
        "off the debt to its holder would be dated {day}. dinero.closed_until says that the books "
        "are closed up to {closed_until}. The item isn't posted. It moves no VAT."
    ),
    "period_closed.payout": _(
        "The payout would be posted on {day}, and dinero.closed_until says that the books are "
        "closed up to {closed_until}. Nothing of it is posted."
    ),
    "period_closed.payment": _(
        "The invoice is booked, and its payment would be dated {day}. dinero.closed_until says "
        "that the books are closed up to {closed_until}. The payment isn't registered, so the "
        "invoice stays open. A payment moves no VAT."
    ),
    "period_closed.voucher": _(
        "The voucher would be dated {day}, and dinero.closed_until says that the VAT is reported "
        "up to {closed_until}. With its own day the books would say something else than the VAT "
        "return did. Nothing is booked."
    ),
    "period_closed.voucher_payment": _(
        "The voucher is booked, and its payment would be dated {day}. dinero.closed_until says "
        "that the books are closed up to {closed_until}. The payment isn't registered, so the "
        "voucher stays open. A payment moves no VAT."
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
    "totals_differ": _(
        "The draft in Dinero says {total:amount} {currency} with {vat:amount} VAT, the order says "
        "{meant:amount} {meant_currency} with {meant_vat:amount}. It stays a draft: a booked "
        "invoice can't be changed."
    ),
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
    "cancelled_after_booking.or_unpaid": _(
        "Invoice {invoice} of this order is booked in Dinero, but the shop says that the order is "
        "cancelled, or no longer paid or shipped."
    ),
    "currency_not_allowed.payment": _(
        "Dinero doesn't tell what the invoice in {currency} is in kroner. The invoice is booked, "
        "its payment isn't registered."
    ),
    "credited_elsewhere": _(
        "Credit notes of {credited:amount} {currency} that aren't ours are booked in Dinero for "
        "invoice {invoice}. One more of {total:amount} would be more than the invoice. It wasn't "
        "made."
    ),
    "document_differs.credit": _(
        "Credit note {number} is booked in Dinero with {total:amount} {currency}, and was to be "
        "{meant:amount}: somebody changed its draft. Nothing was paid back because of it."
    ),
    "document_differs": _(
        "Invoice {invoice} is booked in Dinero with {total:amount} {currency}, {vat:amount} of it "
        "VAT. {now} {cause}"
    ),
    "draft_deleted.credit": _(
        "The draft of the order's credit note was deleted in Dinero. It isn't made again: whoever "
        "deleted it may not want it. The sale is still in the books."
    ),
    "draft_deleted": _(
        "The order's draft was deleted in Dinero. It isn't made again: whoever deleted it may have "
        "booked the sale in another way."
    ),
    "margin_differs": _(
        "The ledger item (finansbilag) with the margin of a second-hand sale stands unbooked in "
        "Dinero, and somebody changed it. The invoice is booked, the VAT of the margin isn't."
    ),
    "margin_missing": _(
        "Invoice {invoice} of this order is booked in Dinero. By the present rules it sold "
        "second-hand goods (brugtmoms), and no ledger item (finansbilag) of ours holds their "
        "margin. Its VAT may be in the books by other means, as by the collective method."
    ),
    "margin_not_booked": _(
        "Dinero said that it would book the ledger item (finansbilag) with the margin of a "
        "second-hand sale, and hasn't. The invoice is booked, the VAT of the margin isn't."
    ),
    "maybe_booked_elsewhere": _(
        "Dinero holds {found:documents}, which wasn't made by dinero-sync and looks like this "
        "order's. The order isn't booked, or the sale might be in the books twice."
    ),
    "no_longer_due": _(
        "A draft was begun in Dinero, but the shop now says: {now:word}. Nothing more is done "
        "about it."
    ),
    "not_sent.by_email": _(
        "Dinero couldn't send the invoice by e-mail ({error}). The invoice is booked; nobody "
        "received it, and its payment isn't registered yet."
    ),
    "not_sent.as_e_invoice": _(
        "Dinero couldn't send the invoice as an e-invoice ({error}). The invoice is booked; nobody "
        "received it, and its payment isn't registered yet."
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
    "rejected_by_dinero": _(
        "Dinero refused a step of this order ({error}). Nothing was changed by it."
    ),
    "rejected_by_dinero.field": _(
        "Dinero refused what the order says of this: {fields:word}. Nothing was changed by it; the "
        "order goes on once that is right."
    ),
    "rejected_by_dinero.no_year": _(
        "Dinero has no open accounting year for the day of a document of this order (code 47). "
        "Nothing was changed by it."
    ),
    "chargeback": _(
        "The buyer's bank took {amount:amount} {currency} back on {day} (a chargeback, {payout}). "
        "Invoice {invoice} is in the books as paid, though that money is gone. Nothing is "
        "registered until you say what follows."
    ),
    "chargeback.elsewhere": _(
        "The buyer's bank took {amount:amount} {currency} back on {day} (a chargeback, {payout}). "
        "No invoice of this order is known here that was paid in that currency, so nothing is "
        "registered of it."
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
    "period_closed.chargeback": _(
        "The chargeback would be registered on {day}. dinero.closed_until says that the books are "
        "closed up to {closed_until}. It isn't registered, so the invoice counts as paid. A "
        "chargeback moves no VAT."
    ),
    "returned": _(
        "The shop tells of a return, after invoice {invoice} was booked. A credit note of "
        "{credited:amount} {currency} would take out what came back: {lines}."
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
    "several_contacts": _(
        "Dinero has {count} contacts with the buyer's e-mail, VAT number or EAN. Nobody guesses "
        "whose invoice it is; the order isn't booked."
    ),
    "bill_unreadable.missing": _(
        "The bill {file} can't be booked as it was read. Not found: {missing}. Read: {read:|; }. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.vat_number": _(
        "The bill {file} names {number} as its supplier's VAT number, and that can't be one. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.proforma": _(
        "{file} is a proforma: it announces a bill and isn't one. Nothing is booked for it."
    ),
    "bill_unreadable.no_e_invoice": _(
        "{file} isn't an e-invoice (OIOUBL, Peppol BIS or CII), or a damaged one. Nothing is "
        "booked for it."
    ),
    "bill_unreadable.unopened": _("The file {file} can't be opened: {why}. Nothing is booked."),
    "bill_unreadable.empty": _("The file {file} is empty. Nothing is booked for it."),
    "bill_unreadable.too_large": _(
        "The file {file} is larger than the {megabytes} MB that Dinero takes. Nothing is booked "
        "for it."
    ),
    "bill_unreadable.other_file": _(
        "{file} is neither a PDF nor a picture nor an e-invoice. Nothing is booked for it."
    ),
    "bill_unreadable.picture": _(
        "{file} is a picture of a bill, as a scanner makes it: there is no text in it that could "
        "be read. Nothing is booked for it."
    ),
    "bill_unreadable.locked": _(
        "The PDF {file} opens with a password only. Nothing is booked for it."
    ),
    "bill_unreadable.damaged": _(
        "The PDF {file} is damaged, or not a whole one. Nothing is booked for it."
    ),
    "bill_unreadable.too_much": _(
        "The PDF {file} has more pages, or takes more time or memory to read, than a bill does. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.no_template": _(
        "No template knows the PDF {file}, so nobody can say what its figures are. Nothing is "
        "booked for it."
    ),
    "bill_unreadable.several_templates": _(
        "Several templates take the PDF {file} for one of theirs: {templates}. Nothing is booked "
        "for it."
    ),
    "bill_unreadable.unclear": _(
        "The PDF {file} can't be read by the template “{template}”: it finds several values "
        "where one belongs. {field}: {values:|; }. Nothing is booked for it."
    ),
    "bill_unreadable.yaml": _(
        "What was written beside a bill can't be read: {problem}. Nothing is booked for it."
    ),
    "bill_unreadable.no_document": _(
        "{file} says what a bill says, and the bill itself isn't beside it. A voucher needs the "
        "document. Nothing is booked for it."
    ),
    "bill_does_not_add_up.total": _(
        "The bill {file} doesn't add up: {net:amount} and VAT of {vat:amount} aren't its total of "
        "{total:amount} {currency}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.vat": _(
        "The bill {file} doesn't add up: its rates come to VAT of {vat:amount} {currency}, and it "
        "says {stated:amount}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.negative": _(
        "The bill {file} comes to {total:amount} {currency}, or has an amount below 0 among its "
        "VAT rates. Dinero takes no such voucher. Nothing is booked for it."
    ),
    "bill_does_not_add_up.fractions": _(
        "The bill {file} has an amount with fractions of an øre ({net} and VAT of {vat} "
        "{currency}). Nothing is booked for it."
    ),
    "bill_does_not_add_up.rate": _(
        "The bill {file} doesn't add up: {rate:percent} of {net:amount} isn't its VAT of "
        "{vat:amount} {currency}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.other_amounts": _(
        "The bill {file} has amounts besides net and VAT: another tax, or a rounding. Which "
        "account they belong to isn't known. Nothing is booked for it."
    ),
    "bill_unproven": _(
        "The bill {file} was read by the template “{template}”, which was never seen to read a "
        "real bill of this supplier. Read: {read:|; }. It waits for one look; nothing is booked "
        "for it yet."
    ),
    "bill_unreadable.gone": _(
        "The bill's file isn't where it was, so its document can't be uploaded. Nothing is booked "
        "for it."
    ),
    "bill_before_start": _(
        "The bill {number} is of {day}, before the day from which bills are posted ({start_date}). "
        "It may be in the books already. Nothing is booked for it."
    ),
    "no_bill_rule": _(
        "No rule says which account takes the bill {number}. Nothing is booked for it."
    ),
    "bill_vat_mismatch.no_code": _(
        "The bill {number} has {rate:percent} VAT on it, and the rule {rule} names no VAT code for "
        "that rate. Nothing is booked for it."
    ),
    "bill_vat_mismatch.reverse_charge": _(
        "The bill {number} has VAT of {vat:amount} {currency} on it, and the rule {rule} books it "
        "with {code}, by which the buyer reckons the VAT: it would be paid twice. Nothing is "
        "booked for it."
    ),
    "bill_vat_mismatch.no_danish_vat": _(
        "The bill {number} has {rate:percent} VAT on it, and the rule {rule} books it with {code}, "
        "which deducts Danish VAT of 25 %. VAT that isn't on the bill can't be deducted. Nothing "
        "is booked for it."
    ),
    "bill_vat_mismatch.foreign_vat": _(
        "The supplier of the bill {number} is in {country}, and the rule {rule} books it with "
        "{code}, which deducts Danish VAT. The VAT of another country can't be deducted in the "
        "Danish return. Nothing is booked for it."
    ),
    "bill_vat_mismatch.regions": _(
        "The rule {rule} books the bill {number} with VAT codes of several places (Denmark, the "
        "EU, the world), and a voucher has one. Nothing is booked for it."
    ),
    "bill_vat_mismatch.country": _(
        "The bill {number} is from abroad by the VAT code of the rule {rule}, and nothing says "
        "from which country: it has no VAT number. Nothing is booked for it."
    ),
    "paid_amount_unknown": _(
        "The bill {number} of {total:amount} {currency} was paid at once by the rule {rule}, and "
        "nobody says how many kroner were paid. Nothing is booked for it."
    ),
    "bill_differs": _(
        "The bill {number} of {total:amount} {currency} bears the number of another one of "
        "{known:amount} ({bill}), and doesn't say the same. Nothing is booked for it."
    ),
    "maybe_posted_elsewhere": _(
        "Dinero has a voucher ({voucher}) of {day} with the same {total:amount} {currency}, which "
        "wasn't made here. If it is this bill, a voucher of ours would be the second. Nothing is "
        "booked for it."
    ),
    "voucher_differs.draft": _(
        "The voucher in Dinero isn't what is planned; {what} differs. It comes to {total:amount}, "
        "the bill to {planned:amount} {currency}. It stays a draft."
    ),
    "voucher_differs.booked": _(
        "The voucher {voucher} is booked in Dinero, and isn't what is planned; {what} differs. It "
        "comes to {total:amount}, the bill to {planned:amount} {currency}."
    ),
    "voucher_gone": _(
        "The draft of the voucher is no longer in Dinero: somebody deleted it. Nothing is booked."
    ),
    "payout_file_refused": _(
        "The settlement file {file} can't be used. {seen} Nothing of it is posted."
    ),
    "payout_file_refused.gone": _(
        "The payout's settlement file isn't where it was. Nothing of it is posted."
    ),
    "payout_file_refused.source": _(
        "The payout was begun for the source {source}, which the configuration doesn't have any "
        "more. It isn't gone on with. If the source got another id, the payout may be posted twice."
    ),
    "payout_unproven": _(
        "No real file of this form ({report}) was seen when the program was written, so the first "
        "one waits for one look. Read: {net:amount} {currency} paid out, {fees:amount} {currency} "
        "in fees. Nothing of it is posted yet."
    ),
    "payout_net_untold": _(
        "The file doesn't say what was paid out. Its rows come to {net:amount} {currency}, and "
        "rows that are missing at its end would not show. Nothing of it is posted yet."
    ),
    "payout_partial": _(
        "The file begins in the middle of this payout of {day} ({net:amount} {currency}). Nothing "
        "of it is posted."
    ),
    "payout_fee_vat": _(
        "The file tells {vat:amount} {currency} of VAT on fees of {fees:amount} {currency}. By "
        "the configuration (fee_vat: {code}) it is {expected:amount}. Nothing of the payout is "
        "posted."
    ),
    "payout_currency.no_account": _(
        "The payout is {net:amount} {currency}, and the configuration names no account for what "
        "is lost or won by the exchange to kroner. Nothing of it is posted."
    ),
    "payout_currency.no_rate": _(
        "The payout is {net:amount} {currency}, and nothing says what it came to in kroner. "
        "Nothing of it is posted."
    ),
    "payout_currency.orders": _(
        "The payout is {net:amount} {currency}, and not all of its orders are known, so nobody "
        "can say what they come to in kroner. Nothing of it is posted."
    ),
    "payout_differs": _(
        "The file says that {payout} was {net:amount} {currency}. It is known as {known:amount} "
        "{currency} from another file, and that is how it stands in the books. Nothing more is "
        "posted."
    ),
    "payout_item_differs.draft": _(
        "The ledger item (finansbilag) of the payout stands unbooked in Dinero, and is neither "
        "what is planned nor what was sent: somebody changed it there. The payout isn't booked."
    ),
    "payout_item_differs.booked": _(
        "The ledger item of the payout is booked in Dinero as voucher {voucher}, and takes "
        "{booked:amount} kr. off account {account}. By its file and the configuration it is "
        "{planned:amount} kr. Nothing more is posted."
    ),
    "maybe_posted_elsewhere.payout": _(
        "Dinero has a posting ({voucher}) of {day} on account {account} that comes to the same as "
        "this payout ({net:amount} kr.), and wasn't made here. If it is this payout, a ledger item "
        "of ours would be the second. Nothing is posted."
    ),
    "payout_item_differs.gone": _(
        "The ledger item (finansbilag) of the payout was deleted in Dinero before it was booked, "
        "and can't be made a second time. The payout isn't posted."
    ),
    "payout_not_booked": _(
        "Dinero said that it would book the ledger item (finansbilag) of the payout, and hasn't."
    ),
    "rejected_by_dinero.payout": _(
        "Dinero refused the ledger item (finansbilag) of the payout ({error}). Nothing was booked "
        "by that request."
    ),
    "rejected_by_dinero.voucher": _(
        "Dinero refused the voucher ({error}). Nothing was booked by that request."
    ),
    "several_contacts.supplier": _(
        "Dinero has {count} contacts with the supplier's VAT number. Nobody guesses which is owed; "
        "the bill isn't booked."
    ),
    "paid_differently.voucher": _(
        "The voucher has payments in Dinero that weren't made here: {count}. The payment of "
        "{amount:amount} kr. from account {account} isn't registered."
    ),
}
