"""A bill in XML, drawn as a PDF that a person can read: Dinero keeps PDFs and pictures alone."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

from dinero_sync.domain.papers.bill import Bill, BillKind

LEFT, TOP, BOTTOM, RIGHT = 56, 785, 56, 540
"""Points from the lower left corner of an A4 page."""
LEADING = 15
FONT = "Helvetica"
SIZE = 10
LONGEST = 80
MOST_LINES = 500
TITLES = {BillKind.INVOICE: "Faktura / Invoice", BillKind.CREDIT_NOTE: "Kreditnota / Credit note"}
REMARK = "Gengivet efter leverandørens e-faktura / Drawn from the supplier's e-invoice"

Row = tuple[str, str]


def drawn(bill: Bill, lines: Iterable[Row]) -> bytes:
    """Return a PDF of a bill with its lines; the same one each time."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - only where a bill is drawn
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    height = TOP
    canvas.setFont(FONT, SIZE)
    for what, amount in _rows(bill, lines):
        if height < BOTTOM:
            canvas.showPage()
            canvas.setFont(FONT, SIZE)
            height = TOP
        canvas.drawString(LEFT, height, what[:LONGEST])
        canvas.drawRightString(RIGHT, height, amount)
        height -= LEADING
    canvas.save()
    return file.getvalue()


def _rows(bill: Bill, lines: Iterable[Row]) -> Iterator[Row]:
    yield TITLES[bill.kind], bill.number
    yield bill.supplier, bill.vat_number or ""
    yield "Dato / Date", bill.date.isoformat()
    if bill.due is not None:
        yield "Betales senest / Due", bill.due.isoformat()
    yield "", ""
    yield from islice(lines, MOST_LINES)
    yield "", ""
    for each in bill.amounts:
        yield f"Netto / Net, {each.rate} %", f"{each.net} {bill.currency}"
        yield f"Moms / VAT, {each.rate} %", f"{each.vat} {bill.currency}"
    yield "Total", f"{bill.total} {bill.currency}"
    yield "", ""
    yield REMARK, ""
