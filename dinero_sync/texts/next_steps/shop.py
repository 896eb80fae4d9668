"""An order as the shop tells it: mended there, or invoiced by hand."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

SHOP: Mapping[str, str] = {
    "add_payment_type": _(
        "Add this to the configuration, with the right deposit account for the provider (or paid: "
        "false and no deposit_account for invoices that are paid later):"
    ),
    "allow_rounding": _(
        "If it is a matter of rounding, let it be booked: on an account without VAT (in Dinero's "
        "own chart 1490). The order is then taken up by itself."
    ),
    "ask_for_right_number": _(
        "Ask the buyer for the right number and correct it in the shop, then:"
    ),
    "ask_shop_support": _("Ask Shoporama's support about the order; it is read again by itself."),
    "book_by_hand_or_other_currency": _(
        "If the whole shop sells in that currency, write it in the configuration under "
        "shoporama.currency; the order is then read again by itself. Else make the invoice in "
        "Dinero by hand, then:"
    ),
    "check_time": _(
        "Check the time of the order in the shop and shoporama.time_zone in the configuration, "
        "then:"
    ),
    "choose_country": _(
        "Choose the country on the order in the shop; the order is then read again by itself. Or, "
        "where the shop keeps the country under another name (`{program} show {order} --json` "
        "shows all names), say so in the configuration:\n"
    ),
    "correct_ean_of_order": _(
        "Correct the EAN number on the order in the shop, or empty it where the buyer has none; "
        "the order is then taken up by itself. Or make the invoice in Dinero by hand, then:"
    ),
    "correct_field": _(
        "Correct it in the shop; the order is then read again by itself. Or, where the shop keeps "
        "it under another name (`{program} show {order} --json` shows all names), say so in the "
        "configuration:\n"
    ),
    "correct_number": _(
        "Correct the number on the order in the shop, or empty it for a consumer; the order is "
        "then taken up by itself."
    ),
    "correct_order": _("Correct the order in the shop; it is then read again by itself."),
    "correct_total": _(
        "Correct the order in the shop (is its discount code more than its goods and freight?); "
        "it is then read again by itself."
    ),
    "discount_code": _("A plain discount code:"),
    "freight_under_another_name": _(
        "Where the shop keeps freight or the discount code's amount under another name "
        "(`{program} show {order} --json` shows all names), say so in the configuration:\n"
    ),
    "gift_card_by_hand": _("A gift card: book it in Dinero by hand, then adopt the order:"),
    "or_say_what_the_word_means": _(
        "Or say what the word means in your shop, new (not shipped yet), shipped or cancelled:"
    ),
    "give_known_status": _(
        "Give the order one of these statuses in the shop; it is then read again by itself."
    ),
    "if_it_is_not_there": _("If it isn't: book it there by hand, then adopt it:"),
    "if_nothing_to_book": _("If nothing should be booked:"),
    "invoice_by_hand": _("Ask your bookkeeper, and make the invoice in Dinero by hand. Then:"),
    "look_in_dinero": _("Look for it in Dinero. If it is there:"),
    "name_fee": _("If it is a fee of the checkout, which has the VAT of the goods, say so:"),
    "name_tip": _(
        "If it is a tip, say so, and add a rule for it (when: {{sku: tip}}) with the account that "
        "your bookkeeper names:"
    ),
    "or_name_gateway": _(
        "Or name the gateway by its id in the entry that is to take it: when: {{gateway_id: "
        "{gateway}}}"
    ),
    "or_write_country": _(
        "Or look at the order in the shop and write the country's ISO code in place of XX:"
    ),
    "or_invoice_by_hand": _("Or make the invoice in Dinero by hand, then:"),
    "prices_with_vat": _(
        "Let the shop state what a piece costs with VAT. If it does so under another name, say so "
        "in the configuration; the order is then read again by itself:"
    ),
    "write_country": _(
        "Look at the order in the shop and write the country's ISO code in place of XX:"
    ),
}
