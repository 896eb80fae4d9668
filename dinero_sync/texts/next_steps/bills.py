"""Suppliers' bills."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

BILLS: Mapping[str, str] = {
    "bill_by_hand": _(
        "Or make the voucher in Dinero by hand and take the file away: nothing else asks for it."
    ),
    "bill_take_away": _("Take the file away; the bill itself will come."),
    "bill_correct_yaml": _("Correct {yaml}; the bill is then read again."),
    "bill_get_pdf": _("Ask the supplier for it as a PDF or as an e-invoice, and put that here."),
    "bill_let_be_read": _(
        "See that the file is there, and that the user that runs dinero-sync may read it."
    ),
    "bill_make_smaller": _(
        "Make the PDF smaller, as by scanning it with fewer dots, and put that here."
    ),
    "bill_put_document_beside": _(
        "Put the bill itself beside it, as a PDF or a picture with the same name."
    ),
    "bill_template_reads_wrongly": _(
        "If something was read wrongly, write what the bill says into a YAML file beside it, or "
        "correct the template in a folder of your own (bills.templates)."
    ),
    "bill_trust_template": _(
        "Compare what was read with the bill. If all of it is right, add this to the "
        "configuration; this bill and later ones are then taken up by themselves:"
    ),
    "bill_unlock": _(
        "Open it with its password, save it without one (print it into a PDF), and put that here."
    ),
    "write_bill_beside": _(
        "Look at the bill, and write what it says into a file {yaml} in the same folder; the bill "
        "is then read from that:"
    ),
    "put_file_back": _("Put the file back into the inbox; the bill then goes on by itself."),
    "correct_bill_rule": _(
        "Look at the bill. If it is right, correct the rule {rule} under bills.rules in the "
        "configuration; the bill is then taken up by itself. By what is on it:"
    ),
    "or_bill_by_hand": _("Or make the voucher in Dinero by hand, then:"),
    "is_in_the_books_already": _("If it is in the books already, end it here:"),
    "or_post_earlier_bills": _("If bills of that time are to be posted, say so:"),
    "add_bill_rule": _(
        "Add a rule (ask your bookkeeper for the account and the VAT code); the bill is then taken "
        "up by itself:"
    ),
    "say_what_was_paid": _(
        "Look at your bank or card statement. Write this into a file beside the bill that has its "
        "name and ends in .yaml, with what was paid in place of 0.00; the bill is then taken up by "
        "itself:"
    ),
    "or_leave_bill_open": _(
        "Or let the rule leave such bills open until you register the payment in Dinero, in place "
        "of paid_from:"
    ),
    "regions_by_hand": _("Make the voucher in Dinero by hand, in two parts, then:"),
    "say_country": _(
        "Write the supplier's country into the rule {rule} under bills.rules; the bill is then "
        "taken up by itself:"
    ),
    "if_bill_was_corrected": _(
        "Look at both bills. If the supplier corrected the first, correct the voucher in Dinero by "
        "hand. Then:"
    ),
    "if_bill_is_another": _(
        "If it is another bill, as where credit notes are numbered apart, write this into a file "
        "{yaml} beside it; it is then posted under a number of its own:"
    ),
    "if_it_is_this_bill": _("Look at that voucher. If it is this bill:"),
    "if_it_is_another_bill": _("If it is another one, have this bill posted as well:"),
    "correct_voucher_draft": _(
        "Correct the draft in Dinero, or delete it: then it is made anew. Then:"
    ),
    "correct_booked_voucher": _("Correct it in Dinero if it is wrong. Then:"),
    "if_nothing_to_post": _("If the bill isn't to be posted:"),
    "if_bill_belongs_in_books": _("If it belongs in the books, have a new one made:"),
}
