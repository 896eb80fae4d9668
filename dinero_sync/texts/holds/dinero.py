"""What Dinero holds otherwise than it was sent, or refuses."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

DINERO: Mapping[str, str] = {
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
    "totals_differ": _(
        "The draft in Dinero says {total:amount} {currency} with {vat:amount} VAT, the order says "
        "{meant:amount} {meant_currency} with {meant_vat:amount}. It stays a draft: a booked "
        "invoice can't be changed."
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
    "not_sent.by_email": _(
        "Dinero couldn't send the invoice by e-mail ({error}). The invoice is booked; nobody "
        "received it, and its payment isn't registered yet."
    ),
    "not_sent.as_e_invoice": _(
        "Dinero couldn't send the invoice as an e-invoice ({error}). The invoice is booked; nobody "
        "received it, and its payment isn't registered yet."
    ),
    "rejected_by_dinero": _(
        "Dinero refused a step of this order ({error}). Nothing was changed by it."
    ),
    "rejected_by_dinero.contact_deleted": _(
        "The contact that invoice {invoice} is made out to was deleted in Dinero, so Dinero "
        "refuses a credit note for it. Nothing is credited yet."
    ),
    "rejected_by_dinero.field": _(
        "Dinero refused what the order says of this: {fields:word}. Nothing was changed by it; the "
        "order goes on once that is right."
    ),
    "rejected_by_dinero.no_year": _(
        "Dinero has no open accounting year for the day of a document of this order (code 47). "
        "Nothing was changed by it."
    ),
    "several_contacts": _(
        "Dinero has {count} contacts with the buyer's e-mail, VAT number or EAN. Nobody guesses "
        "whose invoice it is; the order isn't booked."
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
}
