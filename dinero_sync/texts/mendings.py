"""What mends a finding in the rules, and the law or page that it follows from."""

from collections.abc import Mapping

from dinero_sync.domain.finding import Source
from dinero_sync.texts.catalogue import _

MENDINGS: Mapping[str, str] = {
    "account_and_rule_by_country": _(
        "Create an account with the VAT code U25 for each country, and a rule for each:"
    ),
    "another_account_or_code": _(
        "Name another account, or give this one another VAT code in Dinero."
    ),
    "ask_for_method": _("Ask your bookkeeper for the method, and add:"),
    "ask_whether_cards_go_abroad": _(
        "Ask your bookkeeper; where cards are good for goods that leave Denmark:"
    ),
    "ask_which_kind_of_cards": _("Ask your bookkeeper which kind yours are, and add:"),
    "charge_one_or_the_other": _(
        "Charge one or the other in each country, and name the countries in the two rules, each in "
        "one of them alone."
    ),
    "choose_a_day": _("For a first run, choose a day that nothing else has booked:"),
    "correct_code": _("Correct the VAT code of the account in Dinero, or name another one:"),
    "create_account_without_code": _(
        "Name an account without a VAT code (create it in Dinero, like {like})."
    ),
    "create_or_show_it": _(
        "Create or show it in Dinero (Indstillinger → Kontoplan), or name another one:"
    ),
    "deposit_account_for_each": _(
        "Create a deposit account for each provider in Dinero, and name it:"
    ),
    "let_register_be_asked": _("Let the EU's register be asked, and its answer kept:"),
    "look_at_what_would_be_booked": _("Look at what would be booked:"),
    "move_before_payment_type": _(
        'Move it before payment type "{other}", narrow the earlier one, or remove it.'
    ),
    "move_before_rule": _('Move it before rule "{other}", narrow the earlier one, or remove it.'),
    "name_account_for_exempt": _(
        "Name an account without a VAT code for Danish sales that are free of VAT (momsloven § 13):"
    ),
    "name_account_for_sales": _("Name an account for sales, whose VAT code begins with U."),
    "name_account_with_such_code": _("Name an account with such a code:"),
    "name_account_without_code": _("Name an account without a VAT code:"),
    "name_in_rule_and_ordinary": _(
        "Name {account} in a rule for what belongs there, and here an account for ordinary sales "
        "in Denmark:"
    ),
    "name_in_rule_and_taxed": _(
        "Name {account} in a rule for what belongs there, and here an account with the VAT code "
        "U25:"
    ),
    "name_taxed": _("Name an account with the VAT code U25:"),
    "name_taxed_where_vat_is_charged": _(
        "Right for a shop that sells without VAT. Otherwise name an account with the VAT code U25:"
    ),
    "one_rule_for_all_of_oss": _("Add one rule for all of them, after the others:"),
    "or_name_debt": _(
        "or, for another country's VAT, name the account of debt that takes it: "
        "foreign_vat_account: {account}"
    ),
    "own_account_for_provider": _(
        "Use a deposit account of its own for the provider (create it in Dinero), which the payout "
        "empties:"
    ),
    "remove_or_mend_rule": _("Remove the rule, or mend its condition."),
    "remove_or_name_country_and_rate": _(
        "Remove the rule; or where Danish VAT is right all the same, name each country and the "
        "rate:"
    ),
    "remove_or_say_which_goods": _(
        "Remove posting.margin_scheme, or say which goods are second-hand:"
    ),
    "remove_rule_for_freight": _("Remove the rule, so that freight goes to the common account:"),
    "rule_for_each_place": _(
        "Put a rule for each place in its stead; in a shop that sells in Denmark alone, the one "
        "for dk will do:"
    ),
    "one_account_of_debt": _("Let the rule name the account of posting.gift_cards:"),
    "redeemed_account_alone": _(
        "Create a deposit account (indbetalingskonto) for gift cards alone in Dinero, and name it."
    ),
    "say_how_codes_look": _("Say how the codes of your cards look:"),
    "say_kind_of_goods": _(
        "Say which kind of goods the rule takes (used_goods, art or collectors):"
    ),
    "say_which_cards_are_single_purpose": _(
        "Say which of the products of posting.kinds.gift_card they are:"
    ),
    "say_where_goods_go": _("Say where the goods go:"),
    "say_where_payments_go": _("Say where payments go:"),
    "name_account_of_box_c": _(
        "Name an account whose VAT code brings it in box C (UVV), or one with a VAT code that your "
        "organisation has for such sales:"
    ),
    "name_such_goods": _("Name the goods, by sku, category, profile or label."),
    "or_say_reverse_charge": _(
        "Or, where businesses pay the VAT of these goods themselves (omvendt betalingspligt):"
    ),
    "say_reverse_charge": _(
        "Say so in the rule, if your shop mainly sells such goods to businesses (shops that mainly "
        "sell them to private buyers charge VAT):"
    ),
    "take_danish_businesses_alone": _("Take businesses alone:"),
    "say_which_products_are_cards": _("Say which products are cards:"),
    "show_account": _(
        "Show account {account} of the standard chart in Dinero, or create one with the VAT code "
        "{code}, and name it in the rule."
    ),
    "take_businesses_alone": _("Let the rule take businesses alone:"),
    "taxed_or_kind_of_goods": _(
        "Where their whole price is taxed, name an account with the VAT code U25. Otherwise say "
        "which kind of goods the rule takes (used_goods, art or collectors):"
    ),
    "name_another_for_payouts": _("Name another one, or mend this one in Dinero."),
    "ask_about_fee_vat": _(
        "Ask your bookkeeper, with a bill of the provider; where its fees bear Danish VAT, write "
        "fee_vat: I25 under the source."
    ),
    "settle_by_payouts": _(
        "Say that payouts post them; the bill is then kept in Dinero, and nothing is posted:"
    ),
    "name_another_for_bills": _("Name another one, or mend this one in Dinero."),
    "name_a_payout_source": _("Name a source under payouts.sources by its id."),
    "move_rule_to_the_end": _("Move it behind all others, or say which bills it takes (when)."),
    "vat_codes_by_rate": _("Name the code of each rate that is on such bills:"),
}
"""What to do about a finding: the sentences before, between and behind commands and YAML."""

SOURCES: Mapping[Source, str] = {
    Source.ACCOUNT_DECIDES: _("Dinero: the account's VAT code decides the VAT of an invoice line"),
    Source.CLEARING: _("Dinero support: salg på internettet, betalingsløsning og bogføring"),
    Source.DANISH_RATE: _("momsloven § 33"),
    Source.DANISH_SALES: _("momsloven §§ 33 and 34"),
    Source.DANISH_SALES_AND_EXEMPT: _("momsloven §§ 13, 33 and 34"),
    Source.DISTANCE_SALES: _(
        "momsloven §§ 14, 14 b and 21 e; momssystemdirektivet art. 33 and 59c"
    ),
    Source.DOMESTIC_REVERSE_CHARGE: _(
        "momsloven § 46, stk. 1, nr. 8-10; momssystemdirektivet art. 199a and 226 (4) and (11a)"
    ),
    Source.EXPORT: _("momsloven § 34, stk. 1, nr. 5; rubrik C"),
    Source.FIRST_DECIDES: _("The first entry whose conditions hold decides"),
    Source.FREIGHT: _("momsloven § 27, stk. 2, nr. 2; SKM2016.157.SR"),
    Source.GIFT_CARDS: _("momsloven §§ 4 a, 4 b and 73 b; Den juridiske vejledning D.A.4.10.2"),
    Source.IN_TIME: _(
        "bogføringsloven § 7 (registered as soon as possible); momsloven § 57; "
        "momsbekendtgørelsen § 93"
    ),
    Source.MARGINS: _("momsloven §§ 69, 70 and 71 a"),
    Source.MARGIN_RECORDS: _("momsbekendtgørelsen § 122"),
    Source.OSS: _("momsloven § 14 b; momssystemdirektivet art. 33, 59c and 369a-369k"),
    Source.PREPAYMENT: _("momsloven § 23, stk. 3"),
    Source.REVERSE_CHARGE: _(
        "momsloven § 34, stk. 1, nr. 1, and stk. 2; momssystemdirektivet art. 138"
    ),
    Source.SALES_BY_COUNTRY: _("momsbekendtgørelsen § 111"),
}
