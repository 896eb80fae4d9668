"""What Dinero holds otherwise than it was sent, or refuses."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

DINERO: Mapping[str, str] = {
    "another_sale": _("Another one:"),
    "book_item": _("Look at the ledger (kassekladde) in Dinero and book the item there. Then:"),
    "book_or_correct_item": _("Book or correct the item in Dinero, then:"),
    "compare_same_sale": _("Compare them in Dinero. The same sale:"),
    "correct_ean": _(
        "Look at the EAN number of the contact in Dinero and correct it, or send the invoice "
        "from there by hand. Then:"
    ),
    "correct_email": _(
        "Look at the e-mail address of the contact in Dinero and correct it, or send the "
        "invoice from there by hand. Then:"
    ),
    "correct_refused_field": _(
        "Correct it on the order in the shop (it may be missing, too long, or of another form than "
        "Dinero takes); the order is then taken up by itself. Or make the invoice in Dinero by "
        "hand, then:"
    ),
    "credit_if_wrong": _(
        "If the invoice is wrong, correct it in Dinero with a credit note (kreditnota) and a new "
        "invoice. Then, and also if it is right:"
    ),
    "credit_if_off": _("If the sale is off, make a credit note (kreditnota) in Dinero. Then:"),
    "delete_wrong_payment": _("If one of the payments in Dinero is wrong, delete it there, then:"),
    "doctor_tells_rights": _("`{program} doctor` tells what the key may read."),
    "if_margin_is_in_books": _("If it is:"),
    "if_margin_is_not": _("If it isn't, to post the margin now, dated as the invoice:"),
    "if_card_payments_are_right": _(
        "If they are right, see that the debt to the card's holder is settled too: in the ledger "
        "(kassekladde) {amount:amount} kr. from account {debt} (debit). Then:"
    ),
    "if_payments_are_right": _("If they are right:"),
    "if_sale_belongs_in_books": _(
        "If the sale belongs in the books, make the invoice in Dinero by hand, then adopt the "
        "order:"
    ),
    "let_the_key_read": _(
        "Give the key of shoporama.api_key the right to read {listed:word} under Account → Webshop "
        "→ API access in Shoporama, then:"
    ),
    "mend_draft": _(
        "If somebody edited the draft in Dinero, or the VAT of an account was changed, put that "
        "right, then:"
    ),
    "bring_contact_back": _("Bring the contact back in Dinero, then:"),
    "mend_what_dinero_names": _(
        "Mend what Dinero names (often a number on the order, a closed accounting year, or an "
        "account), then:"
    ),
    "merge_contacts": _("Merge them in Dinero, or delete those that aren't used, then:"),
    "move_to_sales": _(
        "In Dinero's ledger (kassekladde) post {amount:amount} {currency} from the gift card "
        "account {account} (debit) to the sales account {sales} (credit), both with their 25 % of "
        "VAT: the VAT evens out. Then:"
    ),
    "open_accounting_year": _(
        "Create or reopen the year in Dinero; where it was closed, ask your bookkeeper. The order "
        "is then tried again later, or at once by:"
    ),
    "read_by_next_run": _("Nothing yet: the next run reads at Dinero what happened and goes on."),
    "say_exchange_rate": _(
        "Say what the provider pays out for one unit of the currency, as exchange_rate of the "
        "payment type, or register the payment in Dinero by hand. Then:"
    ),
    "see_request": _("See the request with:"),
    "switch_integration_off": _(
        "If Shoporama's own Dinero integration is still on, switch it off first."
    ),
    "to_delete_draft": _("To delete the draft:"),
    "to_see_what_dinero_holds": _("To see what Dinero holds:"),
}
