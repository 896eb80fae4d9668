"""Suppliers' bills."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

BILLS: Mapping[str, str] = {
    "bill_unreadable.missing": _(
        "The bill {file} can't be booked as it was read. Not found: {missing}. Read: {read:|; }. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.vat_number": _(
        "The bill {file} names {number} as its supplier's VAT number, and that can't be one. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.proforma": _(
        "{file} is a proforma: it announces a bill and isn't one. Nothing is booked for it."
    ),
    "bill_unreadable.no_e_invoice": _(
        "{file} isn't an e-invoice (OIOUBL, Peppol BIS or CII), or a damaged one. Nothing is "
        "booked for it."
    ),
    "bill_unreadable.unopened": _("The file {file} can't be opened: {why}. Nothing is booked."),
    "bill_unreadable.empty": _("The file {file} is empty. Nothing is booked for it."),
    "bill_unreadable.too_large": _(
        "The file {file} is larger than the {megabytes} MB that Dinero takes. Nothing is booked "
        "for it."
    ),
    "bill_unreadable.other_file": _(
        "{file} is neither a PDF nor a picture nor an e-invoice. Nothing is booked for it."
    ),
    "bill_unreadable.picture": _(
        "{file} is a picture of a bill, as a scanner makes it: there is no text in it that could "
        "be read. Nothing is booked for it."
    ),
    "bill_unreadable.locked": _(
        "The PDF {file} opens with a password only. Nothing is booked for it."
    ),
    "bill_unreadable.damaged": _(
        "The PDF {file} is damaged, or not a whole one. Nothing is booked for it."
    ),
    "bill_unreadable.too_much": _(
        "The PDF {file} has more pages, or takes more time or memory to read, than a bill does. "
        "Nothing is booked for it."
    ),
    "bill_unreadable.no_template": _(
        "No template knows the PDF {file}, so nobody can say what its figures are. Nothing is "
        "booked for it."
    ),
    "bill_unreadable.several_templates": _(
        "Several templates take the PDF {file} for one of theirs: {templates}. Nothing is booked "
        "for it."
    ),
    "bill_unreadable.unclear": _(
        "The PDF {file} can't be read by the template “{template}”: it finds several values "
        "where one belongs. {field}: {values:|; }. Nothing is booked for it."
    ),
    "bill_unreadable.yaml": _(
        "What was written beside a bill can't be read: {problem}. Nothing is booked for it."
    ),
    "bill_unreadable.no_document": _(
        "{file} says what a bill says, and the bill itself isn't beside it. A voucher needs the "
        "document. Nothing is booked for it."
    ),
    "bill_does_not_add_up.total": _(
        "The bill {file} doesn't add up: {net:amount} and VAT of {vat:amount} aren't its total of "
        "{total:amount} {currency}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.vat": _(
        "The bill {file} doesn't add up: its rates come to VAT of {vat:amount} {currency}, and it "
        "says {stated:amount}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.negative": _(
        "The bill {file} comes to {total:amount} {currency}, or has an amount below 0 among its "
        "VAT rates. Dinero takes no such voucher. Nothing is booked for it."
    ),
    "bill_does_not_add_up.fractions": _(
        "The bill {file} has an amount with fractions of an øre ({net} and VAT of {vat} "
        "{currency}). Nothing is booked for it."
    ),
    "bill_does_not_add_up.rate": _(
        "The bill {file} doesn't add up: {rate:percent} of {net:amount} isn't its VAT of "
        "{vat:amount} {currency}. Nothing is booked for it."
    ),
    "bill_does_not_add_up.other_amounts": _(
        "The bill {file} has amounts besides net and VAT: another tax, or a rounding. Which "
        "account they belong to isn't known. Nothing is booked for it."
    ),
    "bill_unproven": _(
        "The bill {file} was read by the template “{template}”, which was never seen to read a "
        "real bill of this supplier. Read: {read:|; }. It waits for one look; nothing is booked "
        "for it yet."
    ),
    "bill_unreadable.gone": _(
        "The bill's file isn't where it was, so its document can't be uploaded. Nothing is booked "
        "for it."
    ),
    "bill_before_start": _(
        "The bill {number} is of {day}, before the day from which bills are posted ({start_date}). "
        "It may be in the books already. Nothing is booked for it."
    ),
    "no_bill_rule": _(
        "No rule says which account takes the bill {number}. Nothing is booked for it."
    ),
    "bill_vat_mismatch.no_code": _(
        "The bill {number} has {rate:percent} VAT on it, and the rule {rule} names no VAT code for "
        "that rate. Nothing is booked for it."
    ),
    "bill_vat_mismatch.reverse_charge": _(
        "The bill {number} has VAT of {vat:amount} {currency} on it, and the rule {rule} books it "
        "with {code}, by which the buyer reckons the VAT: it would be paid twice. Nothing is "
        "booked for it."
    ),
    "bill_vat_mismatch.no_danish_vat": _(
        "The bill {number} has {rate:percent} VAT on it, and the rule {rule} books it with {code}, "
        "which deducts Danish VAT of 25 %. VAT that isn't on the bill can't be deducted. Nothing "
        "is booked for it."
    ),
    "bill_vat_mismatch.foreign_vat": _(
        "The supplier of the bill {number} is in {country}, and the rule {rule} books it with "
        "{code}, which deducts Danish VAT. The VAT of another country can't be deducted in the "
        "Danish return. Nothing is booked for it."
    ),
    "bill_vat_mismatch.regions": _(
        "The rule {rule} books the bill {number} with VAT codes of several places (Denmark, the "
        "EU, the world), and a voucher has one. Nothing is booked for it."
    ),
    "bill_vat_mismatch.country": _(
        "The bill {number} is from abroad by the VAT code of the rule {rule}, and nothing says "
        "from which country: it has no VAT number. Nothing is booked for it."
    ),
    "paid_amount_unknown": _(
        "The bill {number} of {total:amount} {currency} was paid at once by the rule {rule}, and "
        "nobody says how many kroner were paid. Nothing is booked for it."
    ),
    "bill_differs": _(
        "The bill {number} of {total:amount} {currency} bears the number of another one of "
        "{known:amount} ({bill}), and doesn't say the same. Nothing is booked for it."
    ),
    "maybe_posted_elsewhere": _(
        "Dinero has a voucher ({voucher}) of {day} with the same {total:amount} {currency}, which "
        "wasn't made here. If it is this bill, a voucher of ours would be the second. Nothing is "
        "booked for it."
    ),
    "voucher_differs.draft": _(
        "The voucher in Dinero isn't what is planned; {what} differs. It comes to {total:amount}, "
        "the bill to {planned:amount} {currency}. It stays a draft."
    ),
    "voucher_differs.booked": _(
        "The voucher {voucher} is booked in Dinero, and isn't what is planned; {what} differs. It "
        "comes to {total:amount}, the bill to {planned:amount} {currency}."
    ),
    "voucher_gone": _(
        "The draft of the voucher is no longer in Dinero: somebody deleted it. Nothing is booked."
    ),
}
