"""What is found in the rules, and how findings are counted."""

from collections.abc import Mapping

from dinero_sync.domain.finding import Severity
from dinero_sync.texts.catalogue import _

FINDINGS: Mapping[str, str] = {
    "account_missing": _("Account {account} {fault:word}. No order is booked while it is named."),
    "account_of_purchases": _(
        "Account {account} has the VAT code {code}, which is for purchases: sales booked there "
        "would count as VAT to get back."
    ),
    "account_of_unknown_rate": _(
        "Account {account} has the VAT code {code}, whose rate Dinero doesn't tell. Every line "
        "sent there is held."
    ),
    "account_unfit": _(
        "Account {account} has {has:percent} VAT, but {why}, so it must have {wanted:percent| or }."
    ),
    "account_without_scheme": _(
        'Rule "{rule}" books on account {account} {name}, which has no VAT, without naming a '
        "margin scheme: the invoice lacks the text that the law asks for, and no VAT of the margin "
        "is posted."
    ),
    "anywhere_on_one_account": _(
        'Rule "{rule}" takes sales without VAT wherever the goods go, on account {account} with '
        "the VAT code {code:word}. But {places:|, and }."
    ),
    "common_account_called_otherwise": _(
        'Account {account} is called "{name}": by its name it is for {called:word}, and every '
        "Danish sale that no rule takes is booked there."
    ),
    "common_account_not_danish": _(
        "Account {account} has {rate:percent} VAT: lines with 25 % VAT that no rule takes are held."
    ),
    "common_account_of_trade_abroad": _(
        "Account {account} has the VAT code {code}: lines without VAT that no rule takes, Danish "
        "ones too, are reported {box:word}, and lines with 25 % VAT that no rule takes are held."
    ),
    "countries_on_one_account": _(
        'Rule "{rule}" puts distance sales to several EU countries on one account. Sales to EU '
        "consumers are recorded by country also below the threshold, and have to be told apart "
        "when it is passed."
    ),
    "danish_freight_untaxed": _(
        'Rule "{rule}" books Danish freight without VAT, and no rule books Danish goods without '
        "VAT. Freight has the VAT of the goods it is for, also when the carrier's own invoice has "
        "none."
    ),
    "danish_sales_as_foreign": _(
        'Rule "{rule}" is for another country\'s VAT and takes Danish sales as well: their 25 % '
        "would be booked as a debt to that country and lack from the VAT return."
    ),
    "danish_sales_as_sold_abroad": _(
        'Rule "{rule}" books Danish sales without VAT on account {account} with the VAT code '
        "{code}, which reports them as sold abroad: {box:word}."
    ),
    "danish_vat_under_oss": _(
        'Rule "{rule}" takes 25 % of consumers in other EU countries as Danish VAT, and rule '
        '"{oss}" pays such countries\' VAT by OSS. Under OSS their own VAT is due: the orders that '
        "the rule takes are held."
    ),
    "eu_businesses_elsewhere": _(
        'Rule "{rule}" sells to {buyers:word} without VAT on account {account} with the VAT code '
        "{code:word}. Only {codes:| and } bring the sale into box B and onto the EU sales list, "
        "without which the exemption can be lost."
    ),
    "eu_consumers_without_vat": _(
        'Rule "{rule}" books sales to consumers in the EU without any VAT. They bear Danish VAT, '
        "or above the threshold that of their country."
    ),
    "exports_elsewhere": _(
        'Rule "{rule}" books exports on account {account} with the VAT code {code:word}. They '
        "belong in box C of the VAT return, where only {codes} bring them."
    ),
    "foreign_vat_in_wrong_box": _(
        'Rule "{rule}" books sales with another country\'s VAT on account {account} with the VAT '
        "code {code:word}, so that they are reported {box:word}. {right:| }"
    ),
    "freight_untaxed": _(
        "Account {account} has no VAT, and goods go to {goods} with {rate:percent} VAT: freight "
        "that no rule takes is booked without VAT beside them, or held where the shop charged "
        "25 %. Freight has the VAT of the goods it is for, also when the carrier's own invoice has "
        "none."
    ),
    "further_countries_together": _(
        "No rule takes goods with Danish VAT that go to consumers in further EU countries: they go "
        "to the common account {account}. Sales to EU consumers are recorded by country also below "
        "the threshold, and have to be told apart when it is passed."
    ),
    "gift_card_codes_unsaid": _(
        "Nothing says which discount codes are gift cards: a card that is used is booked as a "
        "discount. The sale then lacks from the books, and account {account} is never cleared."
    ),
    "gift_card_debt_elsewhere": _(
        'Rule "{rule}" sells gift cards on account {account}. What cards of several purposes pay '
        "is taken off account {debt}: the debt on {account} is never settled, and {debt} goes the "
        "wrong way."
    ),
    "gift_card_payments_unsaid": _(
        "Nothing says where payments by gift cards (gavekort til flere formål) are registered: "
        "each order that such a card pays is held."
    ),
    "gift_card_payments_share_account": _(
        'Payments by gift cards and those of "{other}" are registered on the same account, '
        "{account}. What of it is still to be paid out can't be told then."
    ),
    "gift_card_kind_missing": _(
        'Rule "{rule}" is for gift cards, and nothing says of which legal kind they are. That '
        "decides whether VAT is due when they are sold or used."
    ),
    "gift_card_kind_unsaid": _(
        'Rule "{rule}" seems to take gift cards (gavekort) on account {account} {name}, and '
        "nothing says of which legal kind they are. That decides whether VAT is due when they are "
        "sold or used; and a card that is used is booked as a discount."
    ),
    "gift_card_products_unsaid": _(
        "Nothing says which products are gift cards: a card that is sold is booked as ordinary "
        "goods. Right only where cards are never sold in the shop."
    ),
    "single_purpose_cards_unsaid": _(
        "No rule says which gift cards that are sold are single-purpose (til ét formål): all of "
        "them are booked as multi-purpose, without VAT, and what single-purpose ones pay later is "
        "never there on account {account}."
    ),
    "goods_without_scheme": _(
        'Rule "{rule}" takes {goods}, which sounds like second-hand goods, on account {account} '
        "without VAT, and names no margin scheme (brugtmoms): the invoice lacks the text that the "
        "law asks for, and no VAT of the margin is posted."
    ),
    "goods_without_reverse_charge": _(
        'Rule "{rule}" sells {goods} to Danish businesses without VAT, on account {account} (VAT '
        "code {code:word}), which sounds like goods under reverse charge (omvendt betalingspligt), "
        "and doesn't say so: the invoice lacks the words that the law asks for, and no box of the "
        "VAT return, or a wrong one, gets the sale."
    ),
    "reversed_goods_unnamed": _(
        'Rule "{rule}" is for reverse charge and names no products. The law means mobile phones, '
        "integrated circuits, game consoles, tablets and laptops alone; whatever else a business "
        "in Denmark buys without VAT would be booked so too."
    ),
    "reversed_in_no_box": _(
        'Rule "{rule}" sells under reverse charge on account {account} without a VAT code: the '
        "sales get into no box of the VAT return. They belong in box C, as far as is known; ask "
        "your accountant."
    ),
    "reversed_in_other_box": _(
        'Rule "{rule}" sells under reverse charge in Denmark on account {account} (VAT code '
        "{code}): the sales are reported as sold to other EU countries, {box:word}. Each such "
        "order is held."
    ),
    "reversed_to_consumers": _(
        'Rule "{rule}" is for reverse charge, and takes goods without VAT that consumers buy. '
        "Businesses alone may buy so: each such order is held."
    ),
    "margin_method_unsaid": _(
        'Rule "{rule}" is for a margin scheme (brugtmoms), and nothing says by which method the '
        "margin's VAT is found: it would never be paid."
    ),
    "margins_asked_in_vain": _(
        "No rule names a margin_scheme, so no goods are sold as second-hand. Yet each product's "
        "purchase price is asked for."
    ),
    "no_margins": _("No rule names a margin_scheme, so no goods are sold as second-hand."),
    "no_payments": _("No payment is registered: every invoice stays open in Dinero."),
    "orders_long_ago": _(
        "Orders since {start_date} are due, {days} days back. What isn't booked yet is dated on "
        "its own day, perhaps in a VAT period that is reported already. Nothing to do where they "
        "were all booked as they came."
    ),
    "oss_countries_without_rule": _(
        'Rule "{rule}" pays another EU country\'s VAT by OSS, and no rule takes the goods of '
        "consumers in {countries}. The scheme is for all other EU countries at once, so "
        "such a sale bears no Danish VAT: each is held."
    ),
    "other_countries_together": _(
        "No rule takes goods with Danish VAT that go to consumers in other EU countries: they go "
        "to the common account {account}. Sales to EU consumers are recorded by country also below "
        "the threshold, and have to be told apart when it is passed."
    ),
    "payment_type_never_reached": _(
        'Payment type "{name}" is never reached: payment type "{other}" stands before it with '
        "when: {when}, and takes all that this one would."
    ),
    "paid_by_bank_before_shipping": _(
        'Orders of payment type "{payment_type}" become invoices when they are shipped, and the '
        "money is on the bank before. VAT is due when it comes: an order paid in one VAT period "
        "and shipped in the next is held."
    ),
    "perhaps_paid_before_shipping": _(
        'Orders of payment type "{payment_type}" become invoices when they are shipped. If its '
        "money is taken with the order, and not only reserved, VAT is due then: an order paid in "
        "one VAT period and shipped in the next comes into the wrong return, and its payment is "
        "dated before its invoice."
    ),
    "payments_before_invoices": _(
        'Orders of payment type "{payment_type}" become invoices when they are shipped, and '
        "nothing says when its money comes: their payments are dated the day the shop calls them "
        "paid, before the invoice."
    ),
    "period_to_come": _(
        "dinero.closed_until ({closed_until}) isn't over yet: every order up to that day is held "
        "as period_closed."
    ),
    "payments_on_the_bank": _(
        'Payment type "{payment_type}" registers payments on the bank account {account}. '
        "{payer:word} pays out later, several orders at once and less fees, so the bank can never "
        "be reconciled."
    ),
    "payments_share_account": _(
        'Payment types "{first}" and "{other}" share the deposit account {account}. If different '
        "providers pay them out, what each still owes can't be told."
    ),
    "reported_as_sale": _(
        "Account {account} has the VAT code {code}, but {why}. Booked there, it is reported as a "
        "sale without VAT, {box:word}."
    ),
    "rule_never_reached": _(
        'Rule "{name}" is never reached: rule "{other}" stands before it with when: {when}, and '
        "takes all that this one would."
    ),
    "rule_takes_nothing": _('Rule "{rule}" takes nothing: {reason}'),
    "single_purpose_under_oss": _(
        "Gift cards are posted as single-purpose, with Danish VAT when they are sold. But rule "
        "\"{rule}\" sells with another country's VAT: whose VAT a card pays for isn't known before "
        "it is used, so such cards are multi-purpose, and no VAT is due on their sale."
    ),
    "vat_numbers_unchecked": _(
        'Rule "{rule}" sells without VAT to {buyers:word}, whose VAT numbers are checked by their '
        "form alone. The seller must be able to prove that the buyer was registered; otherwise the "
        "VAT is the seller's to pay."
    ),
    "whose_vat_untold": _(
        'Rule "{rule}" takes 25 % as Danish VAT, rule "{other}" as that of the country, and both '
        "could take {countries:| and }, whose own VAT is 25 % too. The rate doesn't tell whose VAT "
        "was charged: the first of the two decides."
    ),
    "payout_missing_account": _(
        "Dinero has no account {named}. No payout is posted while it is named."
    ),
    "payout_hidden_account": _(
        "The account {named} is hidden in Dinero. No payout is posted while it is named."
    ),
    "payout_no_deposit_account": _(
        "Payments are registered on deposit accounts alone, and {named} is none in Dinero. No "
        "payout is posted while it is named."
    ),
    "payout_unknown_vat_code": _(
        "Dinero has no VAT code {named}. No payout is posted while it is named."
    ),
    "payout_fee_vat_unsure": _(
        "The fees of {source} are posted without VAT. Moving money is free of VAT (momsloven "
        "§ 13), and technical services aren't; this provider sells both."
    ),
    "bill_posts_fees_again": _(
        "The rule {rule} posts bills that look like those of {source}, whose payouts post the fees "
        "already: they would be in the books twice."
    ),
    "bill_missing_account": _(
        "Dinero has no account {named}. No bill is posted while it is named."
    ),
    "bill_hidden_account": _(
        "The account {named} is hidden in Dinero. No bill is posted while it is named."
    ),
    "bill_no_purchase_account": _(
        "Dinero takes the accounts 2000 to 9399 in purchase vouchers, and not {named}. No bill is "
        "posted while it is named."
    ),
    "bill_unknown_vat_code": _(
        "Dinero has no VAT code {named}. No bill is posted while it is named."
    ),
    "bill_unknown_source": _(
        "The rule {rule} says that payouts of {source} post such bills, and there is no such "
        "source: nothing posts them."
    ),
    "bill_rule_takes_all": _(
        "The rule {rule} takes every bill, so {next} and those behind it are never used."
    ),
    "bill_code_never_fits": _(
        "The rule {rule} books a rate other than 25 % with {code}, which deducts Danish VAT: every "
        "such bill is held."
    ),
}
FOLLOWS_FROM = _("Source: {source}")
NOTHING_FOUND = _("Nothing was found.")
COUNTED: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: (_("{count} error"), _("{count} errors")),
    Severity.WARNING: (_("{count} warning"), _("{count} warnings")),
    Severity.HINT: (_("{count} hint"), _("{count} hints")),
}
"""How many there are: one, or several."""
