"""What came after an order was due or booked: changes, credit notes, refunds, chargebacks."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

AFTERWARDS: Mapping[str, str] = {
    "correct_buyer_in_dinero": _(
        "Before that, correct the VAT number or EAN of the contact (kontakt) in Dinero if it is "
        "wrong there. If the buyer needs an invoice with it, ask your bookkeeper."
    ),
    "credit": _("Make a credit note (kreditnota) for invoice {invoice} in Dinero, then:"),
    "credit_after_skipping": _(
        "If it should, end this one in the same way, and credit the order again by "
        "`{program} credit`."
    ),
    "credit_the_rest_by_hand": _(
        "Put it right in Dinero with another credit note or invoice, and register there what is "
        "paid back. Then:"
    ),
    "credit_and_invoice": _(
        "If the change is right, make a credit note (kreditnota) for invoice {invoice} in Dinero "
        "and a new invoice by hand, then:"
    ),
    "delete_wrong_refund": _("If one of them is wrong, delete it in Dinero, then:"),
    "if_books_stay": _("If the sale is as it was booked, nothing is to be done in Dinero. Say so:"),
    "if_credited_by_hand": _("If those are right, end this one without a credit note:"),
    "if_nothing_to_credit": _("If nothing should be credited:"),
    "make_what_is_proposed": _("If that is right, have it made:"),
    "credit_later_by_hand": _(
        "Nothing of all that may be left in the books. Where something is, make a credit note "
        "(kreditnota) for it in Dinero by hand, and register there what is paid back; delete "
        "what is only a draft. Then, or if nothing is left:"
    ),
    "credit_rest_of_invoice": _("To have credited what is left of invoice {invoice}:"),
    "make_what_is_missing_by_hand": _(
        "Look whether all of that together says what the order says now. If not, make what is "
        "missing in Dinero by hand: a credit note (kreditnota) for what is no longer in the "
        "order, and an invoice for what is new. Then, or if nothing is missing:"
    ),
    "or_credit_by_hand": _(
        "Or make a credit note (kreditnota) for invoice {invoice} in Dinero by hand, then:"
    ),
    "or_make_it_by_hand": _("Or make it in Dinero by hand, then:"),
    "register_what_went_back": _(
        "Look at the invoice in Dinero. What was paid back, register there as a negative payment "
        "of the day and from the account that it went back. Then, or if nothing was:"
    ),
    "register_refund_by_hand": _(
        "Register in Dinero, as a negative payment on the invoice, what was paid back ({amount} "
        "{currency}) and from where. Then:"
    ),
    "credit_chargeback": _("If the sale is off, credit what was taken back:"),
    "or_owe_again": _("If the buyer owes the money again, open the invoice again:"),
    "chargeback_by_hand": _(
        "If you book it in Dinero by hand, or object to it at the provider, end this here; should "
        "the money come back, you are told:"
    ),
    "payment_after_chargeback": _(
        "Register the money in Dinero as paid, on the order's invoice where it is open again, or "
        "on a new invoice where it was credited. Then:"
    ),
    "credit_return_yourself": _(
        "Look at the return in the shop, and credit what came back, with the number and count of "
        "each product:"
    ),
    "credit_return_in_dinero": _(
        "If it is to be credited, make a credit note (kreditnota) in Dinero by hand. Then end this:"
    ),
    "end_return": _("Then, or if nothing is to be credited, end this:"),
}
