"""VAT: whose it is, which account fits it, and periods that were reported."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

VAT: Mapping[str, str] = {
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
    "margin_scheme_export": _(
        "Goods of a margin scheme (brugtmoms) leave the EU. Their margin is then not taxed, which "
        "this version doesn't post. Nothing is booked."
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
    "period_closed.chargeback": _(
        "The chargeback would be registered on {day}. dinero.closed_until says that the books are "
        "closed up to {closed_until}. It isn't registered, so the invoice counts as paid. A "
        "chargeback moves no VAT."
    ),
}
