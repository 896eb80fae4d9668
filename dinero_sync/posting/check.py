"""The last look before booking: the draft as Dinero computed it against the order."""

from decimal import Decimal

from dinero_sync.domain.documents import Invoice
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE

HALF_ORE = ORE / 2
"""Dinero rounds VAT line by line, so each line may be off by this much."""


def totals_agree(invoice: Invoice, total: Decimal, vat: Decimal) -> bool:
    """Tell whether a document has the total of ``invoice``, and its VAT to half an øre a line."""
    return total == invoice.total and abs(vat - invoice.vat) <= HALF_ORE * len(invoice.lines)


def refuse_differing_totals(invoice: Invoice, currency: str, total: Decimal, vat: Decimal) -> None:
    """Compare a draft's ``total`` and ``vat`` in Dinero with the invoice we meant.

    The total must be equal; the VAT may differ by half an øre a line. Raises HeldError otherwise:
    the draft then stays a draft.
    """
    if currency == invoice.currency and totals_agree(invoice, total, vat):
        return
    raise HeldError(
        HoldReason.TOTALS_DIFFER,
        f"The draft in Dinero says {total:.2f} {currency} with {vat:.2f} VAT, the order says "
        f"{invoice.total:.2f} {invoice.currency} with {invoice.vat:.2f}. It stays a draft: "
        "a booked invoice can't be changed.",
        "If somebody edited the draft in Dinero, or the VAT of an account was changed, put that "
        "right, then: dinero-sync retry ORDER",
    )
