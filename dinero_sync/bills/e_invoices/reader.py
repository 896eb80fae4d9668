"""E-invoices in XML, whichever of the two languages one is written in."""

import base64
import binascii
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dinero_sync.bills.e_invoices import cii, ubl
from dinero_sync.bills.e_invoices.xml import UnfitXmlError, parsed
from dinero_sync.bills.numbers import is_impossible
from dinero_sync.bills.statement import Statement, bill_of, steps_beside
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.bill import Bill
from dinero_sync.domain.step import sentence

PDF_BEGINS = b"%PDF-"


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoice:
    """A bill in XML, and what of it a person reads."""

    bill: Bill
    lines: tuple[tuple[str, str], ...]
    """What each is for, and its amount without VAT, as they are written."""
    pdf: bytes | None
    """A PDF that the supplier put inside; it may be the bill, or something that goes with it."""


def e_invoice_in(content: bytes) -> Element | None:
    """Return an e-invoice's root where ``content`` is one that can be read; else None."""
    try:
        root = parsed(content)
    except UnfitXmlError:
        return None
    return root if ubl.is_ubl(root) or cii.is_cii(root) else None


def read_e_invoice(root: Element, file: str) -> EInvoice:
    """Read an e-invoice; raises HeldError where it isn't a bill, or not one that adds up."""
    is_ubl = ubl.is_ubl(root)
    language = ubl if is_ubl else cii
    said = ubl.stated_in_ubl(root) if is_ubl else cii.stated_in_cii(root)
    if language.is_proforma(root):
        raise HeldError(
            HoldReason.BILL_UNREADABLE, "proforma", (sentence("bill_take_away"),), file=file
        )
    _refuse_other_amounts(sum(map(abs, language.other_amounts(root))) != 0, said, file)
    refuse_impossible_number(said, file)
    return EInvoice(
        bill=bill_of(said, file),
        lines=tuple(language.lines_of(root)),
        pdf=_decoded(ubl.own_pdf(root)) if is_ubl else None,
    )


def lines_of(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return the lines of an e-invoice, for a person to read; none where it can't be read."""
    root = e_invoice_in(content)
    if root is None:
        return ()
    return tuple((ubl if ubl.is_ubl(root) else cii).lines_of(root))


def states_each_rate(root: Element) -> bool:
    """Tell whether an e-invoice says what each VAT rate comes to; small profiles don't."""
    said = ubl.stated_in_ubl(root) if ubl.is_ubl(root) else cii.stated_in_cii(root)
    return bool(said.amounts)


def refuse_impossible_number(said: Statement, file: str) -> None:
    """Raise HeldError where a supplier's VAT number can't be one: it would name somebody else."""
    if said.vat_number is not None and is_impossible(said.vat_number):
        steps = steps_beside(said, file)
        number = said.vat_number
        raise HeldError(HoldReason.BILL_UNREADABLE, "vat_number", steps, file=file, number=number)


def _refuse_other_amounts(has_others: bool, said: Statement, file: str) -> None:  # noqa: FBT001 - what is refused
    if has_others:
        steps = steps_beside(said, file)
        raise HeldError(HoldReason.BILL_DOES_NOT_ADD_UP, "other_amounts", steps, file=file)


def _decoded(text: str | None) -> bytes | None:
    try:
        content = base64.b64decode(text or "")
    except (binascii.Error, ValueError):
        return None
    return content if content.startswith(PDF_BEGINS) else None
