"""VAT, accounts and rules: what to write into the configuration, or into Dinero's chart."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

VAT: Mapping[str, str] = {
    "add_rule_after": _(
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the right "
        "one), after the rules that are there:"
    ),
    "add_rule_before": _(
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the right "
        'one), right before the rule "{rule}":'
    ),
    "add_rule_by_number": _(
        "Add a rule for it by its number, before the rules that ask the catalogue (ask your "
        "bookkeeper which account is right):"
    ),
    "another_account": _(
        "Name another account under {rule} in the configuration; the order is then taken up by "
        "itself. Or correct the VAT code of the account in Dinero, then:"
    ),
    "another_margin_account": _(
        "Name an account with the VAT code U25 under posting.margin_scheme.account; the order is "
        "then taken up by itself. Or correct the account's VAT code in Dinero, then:"
    ),
    "ask_for_eu_number": _(
        "Ask the buyer for such a number and put it on the order in the shop with its country's "
        "letters in front, or charge VAT; the order is then taken up by itself."
    ),
    "book_by_hand": _("Book the order in Dinero by hand, then:"),
    "charge_above_threshold": _("To book such orders with Danish VAT all the same:"),
    "charged_by_mistake": _(
        "If Danish VAT was charged by mistake, correct the shop and the order. Where VAT of "
        "{country} was charged, or Danish VAT is right all the same:\n"
    ),
    "charge_their_vat": _(
        "Let the shop charge the VAT of {country} ({rates:percent}). For an order sold with Danish "
        "VAT ask your bookkeeper, and make the invoice in Dinero by hand. Then:"
    ),
    "charged_other_rate": _(
        "If the shop charged the wrong rate, correct it there for orders to come. For this one ask "
        "your bookkeeper how much VAT of {country} is in it, and make the invoice in Dinero by "
        "hand. Then:"
    ),
    "collected_in_denmark": _(
        "If buyers collect the goods in Denmark by this method, say so in the configuration:"
    ),
    "collective_method": _(
        "Without purchase prices only the collective method (samlemetoden) is left: write "
        "margin_scheme: {{method: collective}} in place of what stands there."
    ),
    "ask_for_cvr": _(
        "If a business in Denmark buys, put its company name and its CVR number on the order in "
        "the shop; the order is then taken up by itself."
    ),
    "ask_for_cvr_of_public": _(
        "If the public body buys as a business that is registered for VAT, put its CVR number on "
        'the order in the shop as well, and let rule "{rule}" take such buyers (buyer: [business, '
        "public]); the order is then taken up by itself."
    ),
    "taxed_by_hand": _(
        "Otherwise 25 % VAT is due: make the invoice in Dinero by hand, with the VAT. Then:"
    ),
    "name_reversed_goods": _(
        "If goods of the order belong there too, name them in the rule. The order is then taken up "
        "by itself."
    ),
    "if_buyer_pays_vat": _(
        "If these are goods whose VAT a business pays itself (omvendt betalingspligt: mobile "
        "phones, game consoles, tablets, laptops), write reverse_charge: true into the rule below, "
        "and name an account for box C. If 25 % VAT is due, make the invoice in Dinero by hand, "
        "and then: `{program} adopt`. To book them without VAT:"
    ),
    "correct_vat": _(
        "Correct the VAT of the order or its products in the shop; it is read again by itself. If "
        "the shop names its VAT fields otherwise, say so under shoporama.fields: {{line_vat_rate: "
        "NAME, vat: NAME}}."
    ),
    "danish_vat_after_all": _(
        "If Danish VAT is right for {country} all the same, say so by a rule that names the "
        "country and the rate."
    ),
    "enter_purchase_price": _(
        "Enter the purchase price (indkøbspris) on the product in the shop, then:"
    ),
    "let_shop_charge": _(
        "A sale to a consumer in another EU country bears VAT (momsloven §§ 14 b and 21 e): "
        "Danish, or by OSS that of {country}. Let the shop charge it, and correct the order. If "
        "the buyer is a business, put its company name and VAT number on the order. For "
        "second-hand goods (brugtmoms) add a rule with a margin_scheme; for goods that are exempt, "
        "one with when: {{zone: eu, buyer: consumer, vat_rate: 0}}. The order is then taken up by "
        "itself."
    ),
    "let_shop_charge_business": _(
        "VAT of {country} is charged to consumers (OSS), and this buyer counts as a {buyer:word}. "
        "Let the shop charge no VAT to a business with a VAT number of another EU country, or else "
        "Danish VAT, and correct the order. The order is then taken up by itself."
    ),
    "name_freight_by_id": _(
        "Look at the order in the shop. If it is collected in Denmark, name the method by its id; "
        "if it is sent, write elsewhere in place of in_denmark:"
    ),
    "new_rate": _("If {rate:percent} is a new rate of {country}, say so in the configuration:"),
    "no_rule_can_name": _(
        "The line has no number either, so no rule can name it. Make the invoice in Dinero by "
        "hand, then:"
    ),
    "not_collected": _("If they are sent by it:"),
    "or_add_rule_by_number": _(
        "Or without the right: add a rule for it by its number, before the rules that ask the "
        "catalogue (ask your bookkeeper which account is right):"
    ),
    "place_inside": _(
        "A postal code of {country} that begins with {codes} is {place:word}, which counts as the "
        "EU for goods. If the postal code is wrong, correct it in the shop."
    ),
    "place_outside": _(
        "A postal code of {country} that begins with {codes} is {place:word}, outside the EU's VAT "
        "area. If the postal code is wrong, correct it in the shop."
    ),
    "place_outside_by_digits": _(
        "A postal code of Denmark with three digits is one of the Faroe Islands, outside the EU's "
        "VAT area. If the postal code is wrong (København C is 0900, not 900), correct it in the "
        "shop."
    ),
    "choose_own_day": _(
        "You choose the day; ask your bookkeeper. To post it on its own day, {day} (VAT in it then "
        "belongs to the return that was sent in, which has to be corrected):"
    ),
    "or_choose_open_day": _(
        "Or on the first open day, or any later one up to today (VAT in it then comes into the "
        "next return; an invoice tells when the order was paid or shipped, a voucher the bill's "
        "own day):"
    ),
    "say_last_reported_day": _(
        "Write the last day of the last VAT period that was reported, or leave the key out."
    ),
    "say_received_at_once": _(
        "If the money comes with the order, as by bank transfer, say so in the payment type's "
        "entry. The order then becomes an invoice of the day it was paid:"
    ),
    "or_say_received_when_shipped": _(
        "Or if the money is only reserved until the goods are sent, say that. The invoice then has "
        "the day of shipping, and so has the payment:"
    ),
    "post_as_export": _(
        "Ask your bookkeeper; to post them as an ordinary export, put a rule with zone: world "
        "before the one with margin_scheme:"
    ),
    "register_for_oss": _(
        "Register for OSS, let the shop charge each country's VAT, and post it by a rule. For this "
        "order, sold with Danish VAT:"
    ),
    "say_redeemed_account": _(
        "Say on which deposit account (indbetalingskonto) such payments are registered; one for "
        "them alone, from which the debt is settled by itself:"
    ),
    "settle_all_by_hand": _(
        "Or make the invoice in Dinero by hand, in full, and settle it against the gift card "
        "account. Then:"
    ),
    "settle_part_by_hand": _(
        "Or make the invoice in Dinero by hand, in full, and settle the card's part against the "
        "gift card account. Then:"
    ),
    "settle_other_currency_by_hand": _(
        "Make the invoice in Dinero by hand, in full, and settle the card's part against the gift "
        "card account, with the kroner that it was sold for. Then:"
    ),
    "sold_with_vat_after_all": _("An order sold with VAT after all is taken up by itself."),
    "taxed_outside": _(
        "A sale to there is an export and bears no VAT, neither Danish nor that of the country "
        "(momsloven § 34): let the shop charge none. For an order sold with VAT ask your "
        "bookkeeper, and make the invoice in Dinero by hand. Then:"
    ),
    "their_vat_by_oss": _("If it is the VAT of {country}, let a rule for OSS take it."),
}
