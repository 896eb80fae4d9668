"""A file that is refused says what was seen and what to do, and names nobody."""

from pathlib import Path

import pytest
from settlement_files import (
    COLUMNS,
    EVERY,
    PAYPAL,
    STRIPE,
    VIPPS,
    mapping_of,
    paypal,
    refusal,
    source,
    sums,
    table,
    written,
)

from dinero_sync.config.inboxes.payouts import sources_of
from dinero_sync.config.load import load_config
from dinero_sync.domain.papers.payout import Columns, Source
from dinero_sync.domain.step import Language, Yaml
from dinero_sync.settlements.reading import read
from dinero_sync.settlements.refusal import Refusal, RefusedFileError
from dinero_sync.texts.telling import next_step, refused

CONFIG = """\
shoporama: {api_key: k}
dinero: {auth: {client_id: i, client_secret: s}}
sync: {start_date: 2026-12-01}
payment_types: []
"""
UNKNOWN = """\
Afregning;Dato;Ordrenummer;Beløb;Gebyr;Valuta
A-1;13-12-2026;10427;1.000,00;25,00;DKK
"""


def of(folder: Path, text: str, *sources: Source, name: str = "file.csv") -> Refusal:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as caught:
        read(path, sources)
    return caught.value.refusal


def pasted(found: Refusal) -> str:
    (yaml,) = [each for each in found.steps if isinstance(each, Yaml)]
    return "".join(str(each) for each in yaml.parts)


def test_an_unknown_form_brings_a_mapping_by_which_it_is_read(tmp_path: Path) -> None:
    found = of(tmp_path, UNKNOWN, source("stripe"))

    assert found.code == "unknown_form"
    assert found.facts["titles"] == tuple(UNKNOWN.splitlines()[0].split(";"))
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG + pasted(found), encoding="utf-8")
    settlement = read(tmp_path / "file.csv", sources_of(load_config(config).payouts))
    assert [sums(each)[-1] for each in settlement.payouts] == ["975.00"]
    assert settlement.payouts[0].movements[0].reference == "10427"


@pytest.mark.parametrize("name", sorted(set(EVERY) - {"columns"}))
def test_a_known_form_without_a_source_brings_the_source(name: str, tmp_path: Path) -> None:
    format_, text, expected = EVERY[name]

    found = of(tmp_path, text)

    assert found.code == "no_source"
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG + pasted(found), encoding="utf-8")
    settlement = read(tmp_path / "file.csv", sources_of(load_config(config).payouts))
    assert [sums(each) for each in settlement.payouts] == expected
    assert settlement.source == format_


def test_a_file_without_titles_shows_nothing_of_itself(tmp_path: Path) -> None:
    text = "Ida Prøve;ida@example.test;1.000,00\n"

    found = of(tmp_path, text, source("stripe"))

    assert found.code == "no_titles"
    assert "Ida" not in repr(found)


def test_no_refusal_repeats_a_cell_but_words_of_kinds(tmp_path: Path) -> None:
    rows = [PAYPAL[0], *[["x", *row[1:7], "Ida Prøve", *row[8:]] for row in PAYPAL[1:]]]

    found = refusal(tmp_path, paypal(rows), "paypal")

    assert "Ida" not in repr(found)


def test_two_sources_of_one_format_are_told_apart_by_the_names_of_files(tmp_path: Path) -> None:
    text = written(STRIPE)
    kroner, euro = source("stripe", files=["dkk*"]), source("stripe", files=["*-EUR.csv"])
    path = tmp_path / "stripe-eur.csv"
    path.write_text(text, encoding="utf-8")

    assert read(path, [kroner, euro]).payouts
    found = of(tmp_path, text, source("stripe"), source("stripe"))
    assert found.code == "several_sources"
    assert of(tmp_path, text, kroner, euro, name="other.csv").code == "no_source"


def test_a_named_file_of_columns_says_which_column_lacks(tmp_path: Path) -> None:
    named = source("columns", files=["viabill*"], columns=mapping_of("columns"))
    text = written([row[:5] for row in COLUMNS], delimiter=";")

    found = of(tmp_path, text, named, name="viabill-1.csv")

    assert found.code == "column_missing"
    assert found.facts["columns"] == ("Gebyr", "Moms", "Valuta")


@pytest.mark.parametrize("language", list(Language))
def test_every_refusal_is_told_in_both_languages(language: Language, tmp_path: Path) -> None:
    for text, format_ in (
        (UNKNOWN, "stripe"),
        (written(STRIPE)[:-20], "stripe"),
        (written(VIPPS).replace("Capture", "Sale"), "vipps_mobilepay"),
        (paypal().replace("1205.90", "1205.91", 1), "paypal"),
    ):
        found = refusal(tmp_path, text, format_)
        assert refused(found.code, found.facts, language)
        assert next_step(found.steps, language)


def test_forms_of_former_years_are_refused_and_not_misread(tmp_path: Path) -> None:
    of_2021 = (
        "SettlementInfo,610090,01.12.2026,2000400,16450,62,Net\n"
        "TransactionInfo,01.12.2026,1,10427,100.00,-20.00,2.00,98.00\n"
    )
    of_2018 = table(
        """\
Oppgjørsrapport;;;;;
;;;;;
Salgsdato;Salgssted;Transaksjons-ID;Brutto;Gebyr;Netto
01.12.2018;Shop;1;100,00;-2,00;98,00
;;;;;
Til utbetaling netto;;;;;98,00
""",
        ";",
    )

    for text in (of_2021, written(of_2018, delimiter=";")):
        assert refusal(tmp_path, text, "vipps_mobilepay").code in {"no_titles", "unknown_form"}


@pytest.mark.parametrize("format_", ["stripe", "columns"])
def test_a_gateways_list_of_payments_is_no_settlement_and_brings_no_mapping(
    format_: str, tmp_path: Path
) -> None:
    epay = (
        "transactionID;status;merchantnumber;orderID;authamount;currency;authdate;description;"
        "capturedamount;creditedAmount;capturedDate;isBooked;fee\n"
        '"1";"PAYMENT_CAPTURED";"1";"10427";"125.00";"208";"08-12-2026 10:00";"";"125.00";"0.00";'
        '"09-12-2026 10:00";"1";"0.00"\n'
    )

    found = refusal(tmp_path, epay, format_, columns=mapping_of(format_))

    assert (found.code, found.facts["report"]) == ("wrong_report", "ePay, Transactions")
    assert not any(isinstance(each, Yaml) for each in found.steps)


def test_several_tables_in_one_file_are_never_read_as_one(tmp_path: Path) -> None:
    bambora = written(
        [
            ["RECORD_TYPE", "SETTLEMENT_AMOUNT", "SETTLEMENT_CURRENCY", "VALUE_DATE", "PAYREF"],
            ["ST", "12500", "DKK", "2026-12-13", "P1"],
            ["RECORD_TYPE", "NET_AMOUNT", "BATCH_CURRENCY", "PAYREF_EXTENDED"],
            ["BT", "12500", "DKK", "P1"],
        ]
    )
    said = Columns(payout="PAYREF", date="VALUE_DATE", amount="SETTLEMENT_AMOUNT", decimal=".")

    assert refusal(tmp_path, bambora, "stripe").code == "unknown_form"
    assert refusal(tmp_path, bambora, "columns", columns=said).code == "row_of_other_width"


def test_a_file_that_is_not_there_or_far_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(tmp_path / "none.csv", [source("stripe")])
    assert caught.value.refusal.code == "not_opened"
    monkeypatch.setattr("dinero_sync.settlements.file.LARGEST", 100)
    assert refusal(tmp_path, written(STRIPE), "stripe").code == "too_large"
