"""Of a bank statement are read the day, the amount and the text of what is booked."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.statements import bank_readers, read_statement

ARRIVED = BankLine(day=date(2026, 12, 10), amount=Decimal("9304.90"), text="CH1234567 2026-12-10")
DANSKE = (
    '"Dato";"Kategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"\r\n'
    '"11.12.2026";"Andet";"Kortkøb \\"Caf\\" Å";"-1.045,00";"8.259,90";"Venter";"Nej"\r\n'
    '"10.12.2026";"Andet";"CH1234567 2026-12-10";"9.304,90";"9.304,90";"Udført";"Nej"\r\n'
)
NORDEA = (
    "Bogføringsdato;Beløb;Afsender;Modtager;Navn;Beskrivelse;Saldo;Valuta;Afstemt;\n"
    "Reserveret;-39,95;;;;Butik;;DKK;;\n"
    "2026/12/10;9304,90;;;;CH1234567 2026-12-10;9304,90;DKK;;\n"
)
BANKDATA = 'Dato;Tekst;Beløb;Saldo\r\n10.12.2026;CH1234567 2026-12-10;"9.304,90";"9.304,90"\r\n'
LAAN_OG_SPAR = "Dato;Tekst;Beløb;Saldo\n10-12-2026;CH1234567 2026-12-10;9.304,90;9.304,90\n"
ENTRY = (
    '<Ntry><Amt Ccy="DKK">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>{status}</Sts>'
    "<BookgDt><Dt>2026-12-10</Dt></BookgDt><NtryDtls><TxDtls><AmtDtls/><RmtInf>"
    "<Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
)
BALANCE = (
    "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt>{amount}</Amt>"
    "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
)


def camt(*entries: str, closing: str = "9204.90") -> str:
    opening = BALANCE.format(code="OPBD", amount="0.00")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>'
        f"{opening}{BALANCE.format(code='CLBD', amount=closing)}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    )


ENTRIES = (
    ENTRY.format(amount="9304.90", direction="CRDT", status="BOOK", text="CH1234567 2026-12-10"),
    ENTRY.format(amount="100.00", direction="DBIT", status="BOOK", text="Gebyr"),
    ENTRY.format(amount="7.00", direction="DBIT", status="PDNG", text="Kort"),
)


def lines(folder: Path, text: str, encoding: str = "utf-8") -> tuple[BankLine, ...]:
    path = folder / "statement"
    path.write_bytes(text.encode(encoding))
    return read_statement(path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(RefusedFileError) as caught:
        lines(folder, text)
    return caught.value.refusal.code


@pytest.mark.parametrize("text", [DANSKE, NORDEA, BANKDATA, LAAN_OG_SPAR])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_booked_is_read(text: str, encoding: str, tmp_path: Path) -> None:
    assert lines(tmp_path, text, encoding) == (ARRIVED,)


def test_quotes_in_a_text_and_a_backslash_at_its_end_are_read(tmp_path: Path) -> None:
    text = DANSKE.replace("Venter", "Udført").replace('Å"', 'Å\\"')

    first, second = lines(tmp_path, text)

    assert (first.text, first.amount) == ('Kortkøb "Caf" Å\\', Decimal(-1045))
    assert second == ARRIVED


def test_commas_instead_of_semicolons_are_found_out(tmp_path: Path) -> None:
    assert lines(tmp_path, DANSKE.replace('";"', '","')) == (ARRIVED,)


def test_camt_is_read_with_the_direction_of_each_entry(tmp_path: Path) -> None:
    first, second = lines(tmp_path, camt(*ENTRIES))

    assert first == ARRIVED
    assert (second.amount, second.text) == (Decimal(-100), "Gebyr")


def test_a_camt_that_lacks_an_entry_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, camt(ENTRIES[0])) == "balance_broken"
    assert refused(tmp_path, camt(*ENTRIES)[:-30]) == "cut_off"


def test_a_camt_with_an_entry_that_is_unclear_is_refused(tmp_path: Path) -> None:
    for unclear in ("<CdtDbtInd>CRDT</CdtDbtInd>", "9304.90</Amt>"):
        entry = ENTRIES[0].replace(unclear, "</Amt>" if "Amt" in unclear else "")
        assert refused(tmp_path, camt(entry)) == "entry_unclear"
    assert (
        refused(tmp_path, camt(ENTRIES[0].replace("2026-12-10<", "2026-12-32<", 1)))
        == "day_unclear_in_entry"
    )


def test_xml_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    text = camt(*ENTRIES).replace("<Document", "<!DOCTYPE Document><Document", 1)

    assert refused(tmp_path, text) == "no_text"


@pytest.mark.parametrize(
    "text", ["10/12/2026;CH1234567;9.304,90\n", "Dato;Tekst\n1;2\n", "<a><b/></a>", '{"a": 1}']
)
def test_an_unknown_form_is_refused_with_those_that_are_known(text: str, tmp_path: Path) -> None:
    assert refused(tmp_path, text) == "unknown_statement"
    assert {each.name for each in bank_readers()} == {
        "Danske Bank",
        "Nordea",
        "Bankdata",
        "camt.053",
    }


def test_a_status_that_is_unknown_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, DANSKE.replace("Udført", "Annulleret")) == "unknown_type"
