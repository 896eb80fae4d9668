"""From a bill's file to the bill, and the document that is to be kept with its voucher."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree.ElementTree import Element

from dinero_sync.bills.beside import written_beside
from dinero_sync.bills.drawing import drawn
from dinero_sync.bills.e_invoices.reader import (
    EInvoice,
    e_invoice_in,
    lines_of,
    read_e_invoice,
    refuse_impossible_number,
    states_each_rate,
)
from dinero_sync.bills.pdfs.pdf import LIMITS, Limits, Pdf, PdfState, read_pdf
from dinero_sync.bills.pdfs.template import Template
from dinero_sync.bills.pdfs.text import (
    Line,
    UnclearError,
    fits,
    is_no_bill,
    lines_in,
    squeezed,
    stated_in_text,
)
from dinero_sync.bills.statement import (
    YAML_ENDING,
    Statement,
    bill_of,
    quoted,
    steps_beside,
    what_was_read,
)
from dinero_sync.bills.templates import Templates
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.bill import Bill
from dinero_sync.domain.step import Fact, Steps, Yaml, sentence
from dinero_sync.errors import ConfigError

LARGEST_DOCUMENT = 6_000_000
"""Bytes; Dinero takes images and PDFs of at most 6 MB."""
LARGEST_XML = 10_000_000
"""Bytes; room for a PDF of the largest size in Base64."""
PDF_BEGINS = b"%PDF-"
PDF_BEGINS_WITHIN = 1024
"""Bytes that may stand before a PDF, as every reader of PDFs has it."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
"""How JPEG, PNG and GIF begin: the pictures that Dinero takes."""
PLAIN = re.compile(r"[A-Za-zÆØÅæøå][\w .,&-]*")
"""A name that YAML takes for text without quotes."""
DOCUMENT_ENDINGS = {".pdf", ".xml", ".jpg", ".jpeg", ".png", ".gif"}
"""How the names of documents end beside which YAML may stand."""
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
FIELDS = {
    "kind": sentence("bill_kind"),
    "number": sentence("bill_number"),
    "date": sentence("bill_date"),
    "due": sentence("bill_due"),
    "net": sentence("bill_net"),
    "vat": sentence("bill_vat"),
    "total": sentence("bill_total"),
}
"""What a template may find twice, in words."""


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
    """False where nobody has seen yet that the template reads its supplier's bills rightly."""
    document: Document


def read_bill(
    path: Path, templates: Templates, *, limits: Limits = LIMITS, beside: bool = True
) -> ReadBill:
    """Read the bill in a file: what a person wrote beside it, else its XML, else its text.

    ``beside``: whether YAML beside it counts. Raises HeldError where the bill can't be read,
    doesn't add up, or isn't one. What an unproven template read is returned: :func:`unproven` is
    its hold.
    """
    path, *written = files_of(path)
    content = _content(path)
    if path.suffix == YAML_ENDING:
        raise _unreadable("no_document", path, (sentence("bill_put_document_beside"),))
    if beside and written:
        return _as_written(path, written[0], content)
    if _is_pdf(content):
        return _of_pdf(path, content, templates, limits)
    if content.startswith(PICTURES):
        raise _unreadable("picture", path, steps_beside(Statement(), path.name))
    if not _is_xml(content):
        raise _unreadable("other_file", path, (sentence("bill_get_pdf"), sentence("bill_by_hand")))
    root = e_invoice_in(content)
    if root is None:
        raise _unreadable("no_e_invoice", path, (sentence("bill_get_pdf"),))
    return _of_xml(path, root, limits)


def bill_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are to be bills, by name; YAML beside one isn't another."""
    files = [each for each in sorted(folder.iterdir()) if each.is_file()]
    bills = dict.fromkeys(files_of(each)[0] for each in files if not each.name.startswith("."))
    return list(bills)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return a bill's document, and the YAML beside it: what belongs together, and is moved so.

    ``path`` is either of both. Where YAML has no document beside it, it stands alone.
    """
    written = path.with_suffix(YAML_ENDING)
    if path == written and path.is_file():
        there = sorted(each for each in path.parent.iterdir() if each.stem == path.stem)
        documents = [each for each in there if each.suffix.lower() in DOCUMENT_ENDINGS]
        return (*documents[:1], path)
    return (path, written) if written.is_file() else (path,)


def unproven(read: ReadBill, file: str) -> HeldError:
    """Return the hold of what an unproven template read, so that a person looks at it once."""
    bill = read.bill
    said = Statement(
        number=bill.number,
        date=bill.date,
        due=bill.due,
        currency=bill.currency,
        amounts=bill.amounts,
        total=bill.total,
    )
    name = read.template or ""
    steps = (
        sentence("bill_trust_template"),
        Yaml(f"bills:\n  looked_at:\n    - {name if PLAIN.fullmatch(name) else quoted(name)}\n\n"),
        sentence("bill_template_reads_wrongly"),
    )
    return HeldError(
        HoldReason.BILL_UNPROVEN,
        "",
        steps,
        file=file,
        template=name,
        read=tuple(what_was_read(said)),
    )


def _content(path: Path) -> bytes:
    """Return a file's bytes; raises HeldError where it is too large, empty, or can't be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_XML + 1)
    except OSError as error:
        why = error.strerror or ""
        raise _unreadable("unopened", path, (sentence("bill_let_be_read"),), why=why) from None
    if not content:
        raise _unreadable("empty", path, (sentence("bill_get_pdf"),))
    if len(content) > (LARGEST_XML if _is_xml(content) else LARGEST_DOCUMENT):
        size = LARGEST_DOCUMENT // 1_000_000
        steps = (sentence("bill_make_smaller"), sentence("bill_by_hand"))
        raise _unreadable("too_large", path, steps, megabytes=size)
    return content


def _is_pdf(content: bytes) -> bool:
    return PDF_BEGINS in content[:PDF_BEGINS_WITHIN]


def _is_xml(content: bytes) -> bool:
    return content.lstrip().startswith((b"<", *BYTE_ORDER_MARKS))


def _as_written(path: Path, written: Path, content: bytes) -> ReadBill:
    """Read what a person wrote; the document is the file beside it, whatever that holds."""
    try:
        said = written_beside(written)
    except ConfigError as error:
        problem = str(error.problems[0])
        steps = (sentence("bill_correct_yaml", yaml=written.name),)
        raise _unreadable("yaml", written, steps, problem=problem) from None
    refuse_impossible_number(said, written.name)
    bill = bill_of(said, written.name)
    name = path.name
    if _is_xml(content):
        name, content = f"{path.stem}.pdf", drawn(bill, lines_of(content))
    elif not _is_pdf(content) and not content.startswith(PICTURES):
        raise _unreadable("other_file", path, (sentence("bill_get_pdf"), sentence("bill_by_hand")))
    return ReadBill(
        bill=bill,
        read_from=ReadFrom.YAML,
        template=None,
        proven=True,
        document=Document(name=name, content=content),
    )


def _of_xml(path: Path, root: Element, limits: Limits) -> ReadBill:
    read = read_e_invoice(root, path.name)
    content = _own_document(read, limits) or drawn(read.bill, read.lines)
    return _read_from_xml(read.bill, Document(name=f"{path.stem}.pdf", content=content))


def _own_document(read: EInvoice, limits: Limits) -> bytes | None:
    """Return the PDF inside an e-invoice where it is the bill, and nothing that goes with it."""
    if read.pdf is None or len(read.pdf) > LARGEST_DOCUMENT:
        return None
    text = squeezed(" ".join(read_pdf(read.pdf, limits).pages))
    return read.pdf if squeezed(read.bill.number) in text else None


def _read_from_xml(bill: Bill, document: Document) -> ReadBill:
    return ReadBill(
        bill=bill, read_from=ReadFrom.XML, template=None, proven=True, document=document
    )


def _of_pdf(path: Path, content: bytes, templates: Templates, limits: Limits) -> ReadBill:
    pdf = read_pdf(content, limits)
    document = Document(name=f"{path.stem}.pdf", content=content)
    _refuse_unread(pdf, path)
    for inside in pdf.xml:
        root = e_invoice_in(inside)
        if root is not None and states_each_rate(root):
            return _read_from_xml(read_e_invoice(root, path.name).bill, document)
    if not pdf.has_text:
        raise _unreadable("picture", path, steps_beside(Statement(), path.name))
    lines = lines_in(pdf.pages)
    template = _template(lines, templates, path)
    said = _stated(lines, template, path)
    return ReadBill(
        bill=bill_of(said, path.name),
        read_from=ReadFrom.PDF,
        template=template.name,
        proven=templates.is_proven(template),
        document=document,
    )


def _refuse_unread(pdf: Pdf, path: Path) -> None:
    steps = steps_beside(Statement(), path.name)
    match pdf.state:
        case PdfState.LOCKED:
            raise _unreadable("locked", path, (sentence("bill_unlock"), *steps))
        case PdfState.DAMAGED:
            raise _unreadable("damaged", path, (sentence("bill_get_pdf"),))
        case PdfState.TOO_MUCH:
            raise _unreadable("too_much", path, steps)
        case PdfState.READ:
            return


def _template(lines: Sequence[Line], templates: Templates, path: Path) -> Template:
    """Return the template that knows the bill."""
    text = squeezed(" ".join(line for line, _ in lines))
    fitting = [each for each in templates.templates if fits(each, text)]
    steps = steps_beside(Statement(), path.name)
    if is_no_bill(lines):
        raise _unreadable("proforma", path, (sentence("bill_take_away"), *steps))
    if not fitting:
        raise _unreadable("no_template", path, steps)
    if len(fitting) > 1:
        names = tuple(each.name for each in fitting)
        raise _unreadable("several_templates", path, steps, templates=names)
    return fitting[0]


def _stated(lines: Sequence[Line], template: Template, path: Path) -> Statement:
    try:
        return stated_in_text(lines, template)
    except UnclearError as error:
        steps = steps_beside(Statement(supplier=template.supplier), path.name)
        raise _unreadable(
            "unclear",
            path,
            steps,
            field=FIELDS[error.field],
            template=template.name,
            values=error.values,
        ) from None


def _unreadable(text: str, path: Path, steps: Steps, **facts: Fact) -> HeldError:
    return HeldError(HoldReason.BILL_UNREADABLE, text, steps, file=path.name, **facts)
