"""From a bill's file to the bill, and the document that is to be kept with its voucher."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dinero_sync.bills.e_invoice import e_invoice_in, read_e_invoice
from dinero_sync.bills.templates import Templates
from dinero_sync.domain.bill import Bill
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import sentence

LARGEST_DOCUMENT = 6_000_000
"""Bytes; Dinero takes images and PDFs of at most 6 MB."""
LARGEST_XML = 10_000_000
"""Bytes; room for a PDF of the largest size in Base64."""


class ReadFrom(StrEnum):
    """What a bill was read from."""

    XML = "xml"
    PDF = "pdf"
    YAML = "yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What Dinero is to keep: a PDF or a picture of the bill."""

    name: str
    """With its ending; not unique."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBill:
    """A bill, and how it was read."""

    bill: Bill
    read_from: ReadFrom
    template: str | None
    """The name of the template by which a PDF's text was read; None for anything else."""
    proven: bool
    """False where the template's supplier never sent us a bill that it was seen to read rightly."""
    document: Document


def read_bill(path: Path, templates: Templates) -> ReadBill:
    """Read the bill in a file.

    Raises HeldError where it can't be read, doesn't add up, or isn't a bill; OSError where the file
    can't be opened.
    """
    del templates
    content = path.read_bytes()
    root = e_invoice_in(content)
    if root is None:
        steps = (sentence("bill_by_hand"),)
        raise HeldError(HoldReason.BILL_UNREADABLE, "no_e_invoice", steps, file=path.name)
    read = read_e_invoice(root, path.name)
    document = Document(name=f"{path.stem}.pdf", content=read.pdf or b"")
    return ReadBill(
        bill=read.bill, read_from=ReadFrom.XML, template=None, proven=True, document=document
    )
