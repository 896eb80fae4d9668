"""What a shop receives is read as it is, or not at all."""

from pathlib import Path

import pytest
from electronic import CVR, ubl
from papers import paper
from pypdf import PdfReader
from received import RECEIVED, papir

from dinero_sync.bills.reading import bill_files, files_of, read_bill
from dinero_sync.bills.templates import Templates
from dinero_sync.domain.identity import bill_reference


@pytest.mark.parametrize("name", RECEIVED)
def test_a_bill_is_read_as_it_is(name: str, templates: Templates, tmp_path: Path) -> None:
    received = RECEIVED[name]()
    for file, content in received.files.items():
        (tmp_path / file).write_bytes(content)
    path = tmp_path / next(iter(received.files))

    read = read_bill(path, templates)

    assert read.bill == received.bill
    assert (read.read_from, read.template, read.proven) == (
        received.read_from,
        received.template,
        received.proven,
    )
    assert read.document.name == received.document
    assert (read.document.content == path.read_bytes()) is received.is_own


def test_there_are_more_than_thirty_of_them() -> None:
    assert len(RECEIVED) > 30


def test_what_is_drawn_of_an_e_invoice_says_what_it_says(
    templates: Templates, tmp_path: Path
) -> None:
    path = tmp_path / "bill.xml"
    path.write_bytes(ubl())

    document = read_bill(path, templates).document

    (tmp_path / "drawn.pdf").write_bytes(document.content)
    text = PdfReader(tmp_path / "drawn.pdf").pages[0].extract_text()
    for part in (
        "2026-0917",
        "Papir & Pap A/S",
        CVR,
        "2026-09-03",
        "Kasser, brun pap",
        "937.50 DKK",
    ):
        assert part in text
    assert document == read_bill(path, templates).document


def test_what_is_drawn_of_many_lines_has_several_pages(
    templates: Templates, tmp_path: Path
) -> None:
    line = ubl().decode().partition("<cac:InvoiceLine>")[2].removesuffix("</Invoice>")
    many = ubl(changes=(("</Invoice>", f"<cac:InvoiceLine>{line}" * 120 + "</Invoice>"),))
    (tmp_path / "bill.xml").write_bytes(many)

    content = read_bill(tmp_path / "bill.xml", templates).document.content

    (tmp_path / "drawn.pdf").write_bytes(content)
    assert len(PdfReader(tmp_path / "drawn.pdf").pages) == 3


def test_the_suppliers_own_pdf_is_kept_where_it_is_the_bill(
    templates: Templates, tmp_path: Path
) -> None:
    received = RECEIVED["Peppol BIS with the supplier's PDF inside"]()
    (tmp_path / "bill.xml").write_bytes(received.files["bill.xml"])

    assert read_bill(tmp_path / "bill.xml", templates).document.content == paper(papir())


def test_one_bill_has_one_reference_whatever_its_file(templates: Templates, tmp_path: Path) -> None:
    files = {
        "faktura.pdf": paper(papir()),
        "copy of it.PDF": paper(papir()),
        "peppol.xml": ubl(),
        "oioubl.xml": ubl(peppol=False),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    read = [read_bill(tmp_path / name, templates).bill for name in files]

    references = {bill_reference(each.vat_number, each.supplier, each.number) for each in read}
    assert references == {"bill:DK13585628:2026-0917"}


def test_a_folder_has_one_file_for_a_bill_with_yaml_beside_it(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.yaml", "b.xml", "lonely.yaml", ".hidden.pdf"):
        (tmp_path / name).touch()
    (tmp_path / "done").mkdir()

    assert [path.name for path in bill_files(tmp_path)] == ["a.pdf", "b.xml", "lonely.yaml"]
    both = (tmp_path / "a.pdf", tmp_path / "a.yaml")
    assert files_of(tmp_path / "a.pdf") == files_of(tmp_path / "a.yaml") == both
    assert files_of(tmp_path / "b.xml") == (tmp_path / "b.xml",)
