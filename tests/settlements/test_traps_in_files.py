"""What real files have done to readers by their form: each is read right, or refused whole."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from settlement_files import (
    COLUMNS,
    EVERY,
    KLARNA_ROWS,
    KLARNA_SUMS,
    MYSHOP,
    MYSHOP_SUMS,
    PAYPAL,
    PAYPAL_SUMS,
    STRIPE,
    STRIPE_SUMS,
    VIABILL,
    VIPPS,
    VIPPS_SUMS,
    changed,
    klarna,
    mapping_of,
    norwegian,
    paypal,
    read_text,
    refusal,
    stripe_api,
    stripe_entry,
    sums,
    vipps_api,
    written,
)

from dinero_sync.domain.papers.payout import Columns

BOM = "\ufeff"


# Encodings and marks


@pytest.mark.parametrize("name", EVERY)
def test_a_mark_of_utf_8_at_the_beginning_hides_no_title(name: str, tmp_path: Path) -> None:
    format_, text, expected = EVERY[name]

    settlement = read_text(tmp_path, BOM + text, format_, columns=mapping_of(format_))

    assert [sums(each) for each in settlement.payouts] == expected


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_old_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    text = paypal(changed(PAYPAL, 1, Name="Søren Æbleø"))

    settlement = read_text(tmp_path, text, "paypal", encoding=encoding)

    assert [sums(each) for each in settlement.payouts] == PAYPAL_SUMS


def test_a_file_cut_within_a_sign_is_cut_off(tmp_path: Path) -> None:
    data = (written(VIPPS) + "Solrø").encode()[:-1]

    assert refusal(tmp_path, data, "vipps_mobilepay").code == "cut_off"


@pytest.mark.parametrize("data", [b"%PDF-1.7\x00\x01", b"PK\x03\x04\x00\x00", b"\xff\x81\x8d"])
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path, data, "stripe").code == "no_text"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b" \n", "stripe").code == "empty"


# Amounts


@pytest.mark.parametrize("minus", ["−", "-", "–"])  # noqa: RUF001 - as files have them
@pytest.mark.parametrize("space", ["\u00a0", "\u202f", " ", ".", ""])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_norwegian_numbers_are_read_with_any_minus_and_blank(
    minus: str, space: str, delimiter: str, tmp_path: Path
) -> None:
    text = written(norwegian(minus=minus, space=space), delimiter=delimiter)

    (payout,) = read_text(tmp_path, text, "paypal").payouts

    assert sums(payout) == ("12500.00", "-250.00", "0.00", "-44.10", "0.00", "12205.90")


def test_a_decimal_comma_in_a_file_with_commas_is_read_when_it_is_quoted(tmp_path: Path) -> None:
    rows = [PAYPAL[0], *[[each.replace(".", ",") for each in row] for row in PAYPAL[1:]]]

    settlement = read_text(tmp_path, paypal(rows), "paypal")

    assert [sums(each) for each in settlement.payouts] == PAYPAL_SUMS


def test_an_unquoted_decimal_comma_that_splits_a_field_is_refused(tmp_path: Path) -> None:
    text = written(VIPPS).replace("4000.00,4000.00", "4000,00,4000.00")

    assert refusal(tmp_path, text, "vipps_mobilepay").code == "row_of_other_width"


def test_amounts_that_are_thousands_or_thousandths_are_refused(tmp_path: Path) -> None:
    rows = [COLUMNS[0], ["U-1", "01-12-2026", "Køb", "DIN-10427", "1.234", "", "", "DKK"]]
    columns = Columns(payout="Udbetaling", date="Dato", amount="Beløb", dates="%d-%m-%Y")

    found = refusal(tmp_path, written(rows, delimiter=";"), "columns", columns=columns)

    assert found.code == "decimal_mark_unclear"


def test_whole_kroner_alone_may_be_oere_and_are_refused_until_it_is_said(tmp_path: Path) -> None:
    rows = [COLUMNS[0], ["U-1", "01-12-2026", "Køb", "DIN-10427", "1250", "", "", "DKK"]]
    columns = Columns(payout="Udbetaling", date="Dato", amount="Beløb", dates="%d-%m-%Y")
    text = written(rows, delimiter=";")

    assert refusal(tmp_path, text, "columns", columns=columns).code == "no_decimals"
    stated = Columns(
        payout="Udbetaling", date="Dato", amount="Beløb", dates="%d-%m-%Y", decimal=","
    )
    (payout,) = read_text(tmp_path, text, "columns", columns=stated).payouts
    assert payout.net == Decimal(1250)


@pytest.mark.parametrize(
    ("currency", "amount", "net"),
    [("jpy", 62279, "62279"), ("kwd", 62279, "62.279"), ("eur", 62279, "622.79")],
)
def test_minor_units_are_those_of_the_currency(
    currency: str, amount: int, net: str, tmp_path: Path
) -> None:
    entries = [
        stripe_entry("payout", -amount, source="po_9", currency=currency),
        stripe_entry("charge", amount, currency=currency),
    ]

    (payout,) = read_text(tmp_path, json.dumps(entries), "stripe").payouts

    assert payout.net == Decimal(net)


def test_a_currency_whose_smallest_unit_is_disputed_is_refused(tmp_path: Path) -> None:
    entries = [
        stripe_entry("payout", -100, source="po_9", currency="isk"),
        stripe_entry("charge", 100, currency="isk"),
    ]

    assert refusal(tmp_path, json.dumps(entries), "stripe").code == "currency_unclear"


# Titles and tables


def test_a_title_that_stands_twice_is_refused_where_it_is_read(tmp_path: Path) -> None:
    rows = [[*row, row[7]] for row in STRIPE]

    found = refusal(tmp_path, written(rows), "stripe")

    assert (found.code, found.facts["column"]) == ("column_twice", "fee")


def test_a_title_that_stands_twice_harms_nothing_where_it_is_not_read(tmp_path: Path) -> None:
    rows = [
        [*row, extra, extra]
        for row, extra in zip(PAYPAL, ["N° ordine", "1", "2", "3", "4"], strict=True)
    ]

    settlement = read_text(tmp_path, paypal(rows), "paypal")

    assert [sums(each) for each in settlement.payouts] == PAYPAL_SUMS


def test_blanks_before_titles_and_within_them_do_not_matter(tmp_path: Path) -> None:
    titles = [f" {title.replace(' ', '  ')}" for title in VIPPS[0]]

    settlement = read_text(tmp_path, written([titles, *VIPPS[1:]]), "vipps_mobilepay")

    assert [sums(each) for each in settlement.payouts] == VIPPS_SUMS


def test_titles_may_stand_below_other_rows(tmp_path: Path) -> None:
    text = "Afregning fra ViaBill;;;;;;;\n;;;;;;;\n" + written(COLUMNS, delimiter=";")

    settlement = read_text(tmp_path, text, "columns", columns=VIABILL)

    assert [sums(each) for each in settlement.payouts] == EVERY["columns"][2]


def test_an_empty_column_behind_the_last_is_nothing(tmp_path: Path) -> None:
    text = "\n".join(f"{line};" for line in written(MYSHOP, delimiter=";").splitlines()) + "\n"

    settlement = read_text(tmp_path, text, "mobilepay")

    assert [sums(each) for each in settlement.payouts] == MYSHOP_SUMS


def test_klarna_without_its_totals_is_refused(tmp_path: Path) -> None:
    found = refusal(tmp_path, written(KLARNA_ROWS), "klarna")

    assert found.code == "table_missing"


def test_klarna_with_signs_is_the_same_as_without(tmp_path: Path) -> None:
    rows = [KLARNA_ROWS[0]] + [
        [*row[:8], f"-{row[8]}" if row[0] != "SALE" else row[8], row[9]] for row in KLARNA_ROWS[1:]
    ]

    settlement = read_text(tmp_path, klarna(rows=rows), "klarna")

    assert [sums(each) for each in settlement.payouts] == KLARNA_SUMS
    assert settlement.payouts[0].vat == Decimal("-11.25")


def test_columns_may_stand_in_any_order_and_be_more(tmp_path: Path) -> None:
    extra = [["seen", *row[::-1], ""] for row in STRIPE]
    extra[0][-1] = "statement_descriptor"

    settlement = read_text(tmp_path, written(extra), "stripe")

    assert [sums(each) for each in settlement.payouts] == STRIPE_SUMS


def test_a_column_that_is_needed_is_named(tmp_path: Path) -> None:
    found = refusal(tmp_path, written([row[:1] + row[2:] for row in STRIPE]), "stripe")

    assert found.code == "column_missing"
    assert found.facts["columns"] == ("automatic_payout_effective_at",)


# Days


def test_days_that_can_be_of_two_months_are_refused(tmp_path: Path) -> None:
    rows = [
        PAYPAL[0],
        *[[f"0{at}/12/2026", *row[1:]] for at, row in enumerate(PAYPAL[1:], start=1)],
    ]

    assert refusal(tmp_path, paypal(rows), "paypal").code == "day_order_unclear"


@pytest.mark.parametrize(
    "shape", ["{day}/{month}/2026", "{month}/{day}/2026", "2026-{month}-{day}"]
)
def test_a_day_above_12_shows_the_order_of_all(shape: str, tmp_path: Path) -> None:
    days = ["13", "13", "14", "15"]
    rows = [
        PAYPAL[0],
        *[
            [shape.format(day=day, month="12"), *row[1:]]
            for day, row in zip(days, PAYPAL[1:], strict=True)
        ],
    ]

    (payout,) = read_text(tmp_path, paypal(rows), "paypal").payouts

    assert payout.day == date(2026, 12, 14)


# Cut files


@pytest.mark.parametrize("more", [{"has_more": True}, {"cursor": "abc"}, {"tryLater": True}])
def test_a_page_with_others_behind_it_is_no_whole_file(
    more: dict[str, Any], tmp_path: Path
) -> None:
    format_, page = (
        ("stripe", stripe_api()) if "has_more" in more else ("vipps_mobilepay", vipps_api())
    )

    assert refusal(tmp_path, json.dumps({**page, **more}), format_).code == "cut_off"


def test_a_file_that_ends_within_a_row_is_cut_off(tmp_path: Path) -> None:
    rows = [[*row[:9], row[10], row[9]] for row in STRIPE]
    text = written(rows)

    assert refusal(tmp_path, text[:-4], "stripe").code == "cut_off"


def test_a_last_line_without_an_end_is_taken_where_it_is_surely_whole(tmp_path: Path) -> None:
    for name, (format_, text, expected) in EVERY.items():
        if name in {"stripe", "columns", "clearhaus", "paypal"}:
            settlement = read_text(tmp_path, text.rstrip(), format_, columns=mapping_of(format_))
            assert [sums(each) for each in settlement.payouts] == expected
