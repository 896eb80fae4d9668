"""A bill that can't be read, or doesn't add up, is held with what was read and what to do."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from electronic import cii, ubl, without
from papers import locked, paper, picture_in_a_pdf, with_files
from received import AMERICAN, JPEG, WRITTEN, papir, shoporama

import dinero_sync.bills
from dinero_sync.bills.pdfs.pdf import LIMITS, Limits
from dinero_sync.bills.reading import LARGEST_DOCUMENT, LARGEST_XML, read_bill, unproven
from dinero_sync.bills.templates import Templates
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import Language, Yaml
from dinero_sync.errors import StoppedError
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.telling import message, next_step

TAXED = (AMERICAN[0], ("Sales tax    $99.00", *AMERICAN[1][2:]))
ZERO = (("25", "0.00", "0.00"),)
OTHER_TAX = (
    (
        ("<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>"),
        ("<cac:TaxScheme><cbc:ID>75</cbc:ID></cac:TaxScheme></cac:TaxCategory>"),
    ),
)
ROUNDED = (
    (
        "</cac:LegalMonetaryTotal>",
        "<cbc:PayableRoundingAmount>0.25</cbc:PayableRoundingAmount></cac:LegalMonetaryTotal>",
    ),
)
NO_DATE = (("<cbc:IssueDate>2026-09-03</cbc:IssueDate>", ""),)
DOCTYPE = (("<Invoice ", "<!DOCTYPE Invoice>\n<Invoice "),)

HELD: Mapping[str, tuple[str, Callable[[], Mapping[str, bytes]]]] = {
    "empty": ("bill_unreadable.empty", lambda: {"bill.pdf": b""}),
    "a spreadsheet": ("bill_unreadable.other_file", lambda: {"bill.xlsx": b"PK\x03\x04"}),
    "a spreadsheet, written beside": (
        "bill_unreadable.other_file",
        lambda: {"bill.xlsx": b"PK\x03\x04", "bill.yaml": WRITTEN.encode()},
    ),
    "7 MB": (
        "bill_unreadable.too_large",
        lambda: {"bill.pdf": paper(papir()) + b"%" * (LARGEST_DOCUMENT)},
    ),
    "XML of 11 MB": ("bill_unreadable.too_large", lambda: {"bill.xml": b"<" * (LARGEST_XML + 1)}),
    "scanned": ("bill_unreadable.picture", lambda: {"bill.pdf": picture_in_a_pdf()}),
    "photographed": ("bill_unreadable.picture", lambda: {"bill.jpg": JPEG}),
    "locked": (
        "bill_unreadable.locked",
        lambda: {"bill.pdf": locked(paper(papir()), opens_with="secret")},
    ),
    "cut short": ("bill_unreadable.damaged", lambda: {"bill.pdf": paper(papir())[:300]}),
    "no PDF but its beginning": ("bill_unreadable.damaged", lambda: {"bill.pdf": b"%PDF-1.7\n"}),
    "of nobody known": (
        "bill_unreadable.no_template",
        lambda: {"bill.pdf": paper(("Ukendt ApS", "Faktura 1", "Total 937,50"))},
    ),
    "of two suppliers": (
        "bill_unreadable.several_templates",
        lambda: {"bill.pdf": paper((*papir(), "Bogtryk ApS"))},
    ),
    "a reminder": ("bill_unreadable.proforma", lambda: {"bill.pdf": paper(("Rykker", *papir()))}),
    "two numbers": (
        "bill_unreadable.unclear",
        lambda: {"bill.pdf": paper((*papir(), "Faktura nr.: 2026-0918"))},
    ),
    "two totals": (
        "bill_unreadable.unclear",
        lambda: {"bill.pdf": paper((*papir(), ((300, "I alt DKK"), (-530, "900,00"))))},
    ),
    "two amounts where one belongs": (
        "bill_unreadable.unclear",
        lambda: {"bill.pdf": paper(papir(total="1,00      937,50"))},
    ),
    "headed as both kinds": (
        "bill_unreadable.unclear",
        lambda: {"bill.pdf": paper((*papir(), "Kreditnota"))},
    ),
    "another form of days": (
        "bill_unreadable.missing",
        lambda: {"bill.pdf": paper(papir(day="Fakturadato: 2026-09-03"))},
    ),
    "another form of amounts": (
        "bill_unreadable.missing",
        lambda: {"bill.pdf": paper(papir("750.00", "187.50", "937.50"))},
    ),
    "another currency": (
        "bill_unreadable.missing",
        lambda: {"bill.pdf": paper(papir(total="937,50 EUR"))},
    ),
    "named to be in another currency": (
        "bill_unreadable.missing",
        lambda: {
            "bill.pdf": paper(
                (
                    *(row for row in papir() if "I alt DKK" not in str(row)),
                    "Valuta: EUR",
                    "I alt: 937,50",
                )
            )
        },
    ),
    "its total is another": (
        "bill_does_not_add_up.total",
        lambda: {"bill.pdf": paper(papir(total="937,00"))},
    ),
    "VAT that is none of its net": (
        "bill_does_not_add_up.rate",
        lambda: {"bill.pdf": paper(papir("750,00", "187,48", "937,48"))},
    ),
    "tax where there was to be none": (
        "bill_does_not_add_up.rate",
        lambda: {"bill.pdf": paper(*TAXED)},
    ),
    "an invoice below 0": (
        "bill_does_not_add_up.negative",
        lambda: {"bill.pdf": paper(papir("-750,00", "-187,50", "-937,50"))},
    ),
    "XML that isn't whole": ("bill_unreadable.no_e_invoice", lambda: {"bill.xml": ubl()[:900]}),
    "other XML": ("bill_unreadable.no_e_invoice", lambda: {"bill.xml": b"<rss/>"}),
    "XML with a document type": (
        "bill_unreadable.no_e_invoice",
        lambda: {"bill.xml": ubl(changes=DOCTYPE)},
    ),
    "XML of an encoding that there isn't": (
        "bill_unreadable.no_e_invoice",
        lambda: {"bill.xml": ubl(changes=(("UTF-8", "UTF-9"),))},
    ),
    "XML without a date": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": ubl(changes=NO_DATE)},
    ),
    "XML with a day that isn't": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": ubl(fields={"date": "2026-09-31"})},
    ),
    "XML with a VAT number that can't be": (
        "bill_unreadable.vat_number",
        lambda: {"bill.xml": ubl(fields={"vat_number": "DK12345678"})},
    ),
    "proforma in UBL": (
        "bill_unreadable.proforma",
        lambda: {"bill.xml": ubl(changes=((">380<", ">325<"),))},
    ),
    "proforma in CII": ("bill_unreadable.proforma", lambda: {"bill.xml": cii(code="325")}),
    "CII with a rounding": (
        "bill_does_not_add_up.other_amounts",
        lambda: {
            "bill.xml": cii(
                changes=(
                    (
                        "<ram:DuePayable",
                        "<ram:RoundingAmount>0.5</ram:RoundingAmount><ram:DuePayable",
                    ),
                )
            )
        },
    ),
    "CII with another tax": (
        "bill_does_not_add_up.other_amounts",
        lambda: {"bill.xml": cii(changes=(("<ram:TypeCode>VAT<", "<ram:TypeCode>ENV<"),))},
    ),
    "CII with a day that isn't": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": cii(changes=((">20260903<", ">20260931<"),))},
    ),
    "CII with days in another format": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": cii(changes=(('format="102">20260903', 'format="610">202609'),))},
    ),
    "CII without a VAT number and sums": (
        "bill_unreadable.missing",
        lambda: {
            "bill.xml": without(
                cii(), "ram:SpecifiedTradeSettlementHeaderMonetarySummation", "ram:SellerTradeParty"
            )
        },
    ),
    "UBL without a supplier and a number": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": without(ubl(), "cac:AccountingSupplierParty")},
    ),
    "UBL whose amounts are none": (
        "bill_unreadable.missing",
        lambda: {"bill.xml": ubl(total="NaN")},
    ),
    "UBL that comes to another total": (
        "bill_does_not_add_up.total",
        lambda: {"bill.xml": ubl(total="937.00")},
    ),
    "UBL of nothing": (
        "bill_does_not_add_up.negative",
        lambda: {"bill.xml": ubl(ZERO, total="0.00")},
    ),
    "UBL of nothing at two rates": (
        "bill_does_not_add_up.negative",
        lambda: {"bill.xml": ubl((*ZERO, ("0", "0.00", "0.00")), total="0.00")},
    ),
    "UBL with another tax": (
        "bill_does_not_add_up.other_amounts",
        lambda: {"bill.xml": ubl(changes=OTHER_TAX)},
    ),
    "UBL with a rounding": (
        "bill_does_not_add_up.other_amounts",
        lambda: {"bill.xml": ubl(changes=ROUNDED)},
    ),
    "UBL with fractions of an øre": (
        "bill_does_not_add_up.fractions",
        lambda: {"bill.xml": ubl((("25", "750.002", "187.498"),), total="937.50")},
    ),
    "UBL whose sum of VAT is another": (
        "bill_does_not_add_up.vat",
        lambda: {
            "bill.xml": ubl(
                changes=(
                    (
                        '<cac:TaxTotal><cbc:TaxAmount currencyID="DKK">187.50',
                        '<cac:TaxTotal><cbc:TaxAmount currencyID="DKK">187.00',
                    ),
                )
            )
        },
    ),
    "Factur-X whose XML doesn't add up": (
        "bill_does_not_add_up.total",
        lambda: {"bill.pdf": with_files(paper(papir()), factur_x=cii(total="118.00"))},
    ),
    "YAML with a mistake": (
        "bill_unreadable.yaml",
        lambda: {"bill.pdf": b"%PDF-", "bill.yaml": b"supplier: [\n"},
    ),
    "YAML of a length that is none": (
        "bill_unreadable.yaml",
        lambda: {"bill.jpg": JPEG, "bill.yaml": WRITTEN.encode() + b"#" * 100_000},
    ),
    "YAML that doesn't add up": (
        "bill_does_not_add_up.total",
        lambda: {
            "bill.jpg": JPEG,
            "bill.yaml": WRITTEN.replace("total: 100.00", "total: 101.00").encode(),
        },
    ),
    "YAML without a prefix": (
        "bill_unreadable.yaml",
        lambda: {"bill.jpg": JPEG, "bill.yaml": f"vat_number: 13585628\n{WRITTEN}".encode()},
    ),
    "YAML without a document": ("bill_unreadable.no_document", lambda: {"bill.yaml": b"a: b"}),
}
"""What is held, and by which sentence."""


def held(
    folder: Path, files: Mapping[str, bytes], templates: Templates, limits: Limits = LIMITS
) -> Hold:
    """Return the hold of what is read in a folder."""
    for file, content in files.items():
        (folder / file).write_bytes(content)
    with pytest.raises(HeldError) as raised:
        read_bill(folder / next(iter(files)), templates, limits=limits)
    return raised.value.hold


@pytest.mark.parametrize("name", HELD)
def test_a_bill_is_held_with_words_in_both_languages(
    name: str, templates: Templates, tmp_path: Path
) -> None:
    text, files = HELD[name]

    hold = held(tmp_path, files(), templates)

    assert hold.text == text
    for language in Language:
        assert "bill." in message(hold, language)
        assert next_step(hold.steps, language)


def test_every_sentence_of_a_bill_has_its_case() -> None:
    source = "".join(path.read_text() for path in Path(dinero_sync.bills.__path__[0]).rglob("*.py"))
    told = {
        text
        for text in HOLDS
        if text.startswith(("bill_unreadable", "bill_does")) and f'"{text.split(".")[1]}"' in source
    }
    elsewhere = {"bill_unreadable.unopened", "bill_unreadable.too_much"}
    assert told - elsewhere == {text for text, _ in HELD.values()}


def test_a_file_that_isnt_there_or_cant_be_opened_is_held(
    templates: Templates, tmp_path: Path
) -> None:
    (tmp_path / "bill.pdf").mkdir()

    assert held(tmp_path, {"bill.xml": b""}, templates).text == "bill_unreadable.empty"
    with pytest.raises(HeldError) as raised:
        read_bill(tmp_path / "bill.pdf", templates)
    assert message(raised.value.hold) == (
        "The file bill.pdf can't be opened: Is a directory. Nothing is booked."
    )


def test_what_was_read_is_told_and_ready_to_be_completed(
    templates: Templates, tmp_path: Path
) -> None:
    day = "Fakturadato: 2026-09-03"
    hold = held(tmp_path, {"bill.pdf": paper(papir(day=day))}, templates)

    assert message(hold) == (
        "The bill bill.pdf can't be booked as it was read. Not found: date. Read: number "
        "2026-0917; to be paid by 2026-09-17; 25 %: 750.00 and VAT of 187.50; in all 937.50 DKK. "
        "Nothing is booked for it."
    )
    pasted = next(step for step in hold.steps if isinstance(step, Yaml))
    text = next_step((pasted,))
    (tmp_path / "bill.yaml").write_text(text.replace("date:", "date: 2026-09-03", 1))

    read = read_bill(tmp_path / "bill.pdf", templates)

    assert (read.bill.date.isoformat(), read.bill.total) == ("2026-09-03", Decimal("937.50"))


@pytest.mark.parametrize("name", ["scanned", "photographed", "locked", "of nobody known"])
def test_what_nothing_else_reads_is_read_from_what_a_person_writes(
    name: str, templates: Templates, tmp_path: Path
) -> None:
    _, files = HELD[name]
    held(tmp_path, files(), templates)

    (tmp_path / "bill.yaml").write_text(WRITTEN)

    path = tmp_path / next(iter(files()))
    read = read_bill(path, templates)
    assert read.bill.number == "88"
    assert read.document.content == path.read_bytes()


def test_vat_that_was_rounded_on_many_lines_may_be_off_by_an_ore_for_each(
    templates: Templates, tmp_path: Path
) -> None:
    files = {"bill.jpg": JPEG, "bill.yaml": WRITTEN.replace("20.00", "20.05").encode()}
    right = files["bill.yaml"].replace(b"100.00", b"100.05")

    assert held(tmp_path, files | {"bill.yaml": right}, templates).text.endswith(".rate")
    (tmp_path / "bill.yaml").write_bytes(right + b"lines: 5\n")
    assert read_bill(tmp_path / "bill.jpg", templates).bill.vat == Decimal("20.05")


@pytest.mark.parametrize(
    "limits",
    [
        Limits(pages=0),
        Limits(characters=100),
        Limits(seconds=0),
        Limits(memory=30_000_000),
        Limits(waiting=0),
    ],
    ids=["pages", "text", "processor", "memory", "waiting"],
)
def test_a_pdf_costs_no_more_than_is_allowed(
    limits: Limits, templates: Templates, tmp_path: Path
) -> None:
    hold = held(tmp_path, {"bill.pdf": paper(papir())}, templates, limits=limits)

    assert hold.text == "bill_unreadable.too_much"
    assert read_bill(tmp_path / "bill.pdf", templates, limits=LIMITS).bill.number == "2026-0917"


def test_a_stop_from_outside_is_no_fault_of_the_pdf(
    templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = tmp_path / "stopped.py"
    stopped.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n")
    monkeypatch.setattr("dinero_sync.bills.pdfs.pdf.PROGRAM", stopped)
    (tmp_path / "bill.pdf").write_bytes(paper(papir()))

    with pytest.raises(StoppedError):
        read_bill(tmp_path / "bill.pdf", templates)


def test_xml_is_no_deeper_and_has_no_more_elements_than_an_e_invoice(
    templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.bills.e_invoices.xml.DEEPEST", 3)
    assert held(tmp_path, {"bill.xml": ubl()}, templates).text == "bill_unreadable.no_e_invoice"

    monkeypatch.setattr("dinero_sync.bills.e_invoices.xml.DEEPEST", 40)
    monkeypatch.setattr("dinero_sync.bills.e_invoices.xml.MOST", 20)
    assert held(tmp_path, {"bill.xml": ubl()}, templates).text == "bill_unreadable.no_e_invoice"


def test_what_an_unproven_template_read_is_told_for_one_look(
    templates: Templates, tmp_path: Path
) -> None:
    (tmp_path / "bill.pdf").write_bytes(paper(shoporama()))
    read = read_bill(tmp_path / "bill.pdf", templates)

    hold = unproven(read, "bill.pdf").hold

    assert (hold.reason, read.proven) == (HoldReason.BILL_UNPROVEN, False)
    assert message(hold).startswith(
        "The bill bill.pdf was read by the template “Shoporama”, which was never seen to read a "
        "real bill of this supplier. Read: number 20260903; of 2026-09-03; to be paid by "
        "2026-09-03; 25 %: 750.00 and VAT of 187.50; in all 937.50 DKK."
    )
    assert "bills:\n  looked_at:\n    - Shoporama\n" in next_step(hold.steps)
    assert message(hold, Language.DANISH)
    assert next_step(hold.steps, Language.DANISH)
