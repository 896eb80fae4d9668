"""Parts of sentences that have values of their own, and remarks in YAML to paste."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

CLAUSES: Mapping[str, str] = {
    # What an account is used for: the account, or the rule that names it, does so.
    "no_known_rate": _("unknown"),
    "rule_for_foreign_vat": _('rule "{rule}" is for another country\'s VAT'),
    "rule_for_margin_scheme": _('rule "{rule}" is for a margin scheme'),
    "rule_for_reverse_charge": _(
        'rule "{rule}" is for reverse charge (omvendt betalingspligt), where the buyer pays the VAT'
    ),
    "rule_for_margins_in_eu": _(
        'rule "{rule}" is for a margin scheme (brugtmoms), whose sales bear Danish VAT of the '
        "margin wherever in the EU they go"
    ),
    "rule_sends_foreign_debt": _(
        'rule "{rule}" sends another country\'s VAT there, which is a debt and no sale'
    ),
    "rule_sends_foreign_vat": _('rule "{rule}" sends another country\'s VAT there'),
    "rule_takes_rates": _('rule "{rule}" takes lines with {rates:percent}'),
    "takes_gift_cards": _("takes {kind:word} gift cards"),
    "takes_gift_cards_as_debt": _("takes {kind:word} gift cards, which are a debt and no sale"),
    "takes_margins": _("takes taxed margins"),
    "takes_roundings": _("takes roundings"),
    "takes_roundings_no_sale": _("takes roundings, which are no sale"),
    "unfit_in_dinero": _(
        "account {account} has {has:percent} VAT in Dinero, but {why}, so it must have "
        "{wanted:percent| or }"
    ),
    # In which boxes of the VAT return sales belong.
    "danish_sales_in_no_box": _("Danish sales belong in neither box B nor box C"),
    "eu_businesses_in_box_b": _("sales to EU businesses belong in box B and on the EU sales list"),
    "exports_in_box_c": _("exports belong in box C"),
    "foreign_vat_in_eu": _(
        "Within the EU (OSS) they belong in box B without the EU sales list, by UEUV2."
    ),
    "foreign_vat_in_world": _("Outside the EU (VOEC) they belong in box C, by UVV, UVC or UVY."),
    # Why a rule takes nothing.
    "cards_unsaid": _("posting.kinds.gift_card doesn't say which products are gift cards."),
    "fees_unsaid": _("posting.kinds.fee doesn't say which products are fees."),
    "freight_is_no_product": _("freight is no product, and the condition asks for one."),
    "no_country_in_zone": _("none of its countries lies in its zone."),
    "reverse_charge_takes_danish": _(
        "a rule with reverse_charge takes what businesses buy without VAT and what stays in "
        "Denmark, and the condition asks for others."
    ),
    "scheme_takes_products": _(
        "a rule with margin_scheme takes products alone, and the condition asks for others."
    ),
    # What the shop said when it was asked.
    "right_missing": _("Shoporama doesn't let this API key read “{resource}” (status {status})."),
    # Why a booked invoice isn't what its order would be booked as now.
    "document_was_changed": _(
        "What differs is the document: we had made the draft with {total:amount} {currency}, "
        "{vat:amount} of it VAT, and it was changed in Dinero before it was booked."
    ),
    "or_draft_was_changed": _(", or the draft was changed in Dinero before it was booked"),
    "order_comes_to": _(
        "What differs is the order: it now comes to {sum} in the shop, and was changed there "
        "since{or_else}."
    ),
    "order_is_otherwise": _(
        "What differs is the order: the shop says something else of it now than then{or_else}."
    ),
    "rules_were_changed": _(
        "What differs is the rules, the configuration or the accounts' VAT codes: the order still "
        "comes to {total:amount} {currency} in the shop."
    ),
    "sum": _("{total:amount} {currency}"),
    "unknown_sum": _("an unknown sum"),
    "would_be_booked": _(
        "By the present rules the order would be booked with {total:amount} {currency}, "
        "{vat:amount} of it VAT."
    ),
    "would_stand": _("By the present rules the order would stand as {reason}."),
    # What an order that was changed after booking would be posted as.
    "account_moves": _("{now:amount} instead of {then:amount} on account {account}"),
    "other_vat_or_margin": _("with another VAT rate, or another taxed margin"),
    # Remarks in YAML, and names of rules there.
    "collective_takes_no_account": _("# collective takes no account"),
    "create_debt": _("# create one without VAT code in Dinero, like {like}"),
    "create_deposit_account": _(
        "# none in Dinero is called after it: create one, and write its number here"
    ),
    "create_first": _("# create one first"),
    "create_fitting": _("# no account in Dinero fits: create one first"),
    "create_like": _("# create one in Dinero first, like {like}"),
    "create_like_with_code": _(
        "# create one in Dinero first, like {like}, with the VAT code {code}"
    ),
    "create_like_without_code": _("# create one in Dinero first, like {like}, without a VAT code"),
    "create_with_code": _("# create one in Dinero, with the VAT code {code}"),
    "create_without_code": _("# create one in Dinero, without a VAT code"),
    "name_consumers_in": _("consumers in {country}"),
    "name_second_hand_goods": _("second-hand goods"),
    "one_for_this_provider": _("# one for this provider alone"),
    "one_without_code": _("one without a VAT code"),
    "rest_of_entry_stays": _("# the rest of the entry stays as it is"),
    "or_multi_purpose": _("# or multi_purpose"),
    "show_or_create_with_code": _("{account}  # show or create it, with the VAT code {code}"),
    "show_or_create_without_code": _("{account}  # show or create it, without a VAT code"),
    "write_where_it_arrives": _("# write the number of the one where this money arrives"),
    "proposed_line": _("{name} {amount:amount}"),
    # What the books have of an order besides its invoice.
    "credit_note_of_later": _("credit note {number}, {amount:amount} {currency}"),
    "draft_of_later": _("a draft of an invoice, {amount:amount} {currency}"),
    "invoice_of_later": _("invoice {number}, {amount:amount} {currency}"),
    # What was read of a bill, and what wasn't.
    "bill_says_number": _("number {number}"),
    "bill_says_date": _("of {day}"),
    "bill_says_due": _("to be paid by {day}"),
    "bill_says_amount": _("{rate:percent}: {net:amount} and VAT of {vat:amount}"),
    "bill_says_total": _("in all {total:amount} {currency}"),
    "bill_says_nothing": _("nothing"),
    "bill_supplier": _("supplier's name"),
    "bill_number": _("number"),
    "bill_date": _("date"),
    "bill_currency": _("currency"),
    "bill_amounts": _("what each VAT rate comes to"),
    "bill_total": _("total"),
    "bill_kind": _("kind (invoice or credit note)"),
    "bill_due": _("day to pay"),
    "bill_net": _("net amount"),
    "bill_vat": _("VAT"),
    "bill_yaml_write": _("write here what the bill says"),
    "bill_yaml_or_leave_out": _("write here what the bill says, or leave the line out"),
    "which_account_takes_it": _("which account takes it"),
    "or_on_credit": _("or on_credit: true"),
    "voucher_total": _("the total"),
    "voucher_vat": _("the VAT"),
    "voucher_lines": _("accounts, VAT codes or amounts of its lines"),
    "voucher_day": _("the date, which is to be {day}"),
    "voucher_currency": _("the currency"),
    "voucher_document": _("the document"),
    "voucher_supplier": _("the supplier"),
    "voucher_account": _("the account that paid"),
}
