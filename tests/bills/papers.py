"""Makes real PDFs: what suppliers send, as a library writes it and another has to read it."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import reportlab
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Row = str | tuple[tuple[int, str], ...]
"""A line at the left margin; or texts by where they begin, or, below 0, where they end."""
EMBEDDED = "Vera"


def paper(*pages: Sequence[Row], font: str = "Helvetica") -> bytes:
    """Return a PDF with these lines on its pages."""
    if font == EMBEDDED:
        registerFont(TTFont(font, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for rows in pages:
        canvas.setFont(font, 10)
        for at, row in enumerate(rows):
            _write(canvas, 780 - 18 * at, ((60, row),) if isinstance(row, str) else row)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def picture_in_a_pdf() -> bytes:
    """Return a PDF as a scanner makes it: something is drawn on its page, nothing written."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.rect(60, 600, 200, 100, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def with_files(pdf: bytes, **files: bytes) -> bytes:
    """Put XML files into a PDF, as Factur-X does; ``_`` in a name stands for its hyphens."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for name, content in files.items():
        writer.add_attachment(f"{name.replace('_', '-')}.xml", content)
    return _written(writer)


def locked(pdf: bytes, *, opens_with: str) -> bytes:
    """Return a PDF that opens with a password; an empty one keeps nobody from reading."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(opens_with, owner_password="the owner's", algorithm="AES-256")
    return _written(writer)


def _write(canvas: Canvas, height: int, texts: tuple[tuple[int, str], ...]) -> None:
    for place, text in texts:
        if place < 0:
            canvas.drawRightString(-place, height, text)
        else:
            canvas.drawString(place, height, text)


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
