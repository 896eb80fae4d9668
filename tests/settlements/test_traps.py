"""What real files have done to readers: each is read right, or refused whole."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from settlement_files import (
    ALTAPAY,
    CLEARHAUS,
    COLUMNS,
    EVERY,
    KLARNA_ROWS,
    KLARNA_SUMS,
    KLARNA_TOTALS,
    MOBILEPAY,
    MYSHOP,
    MYSHOP_SUMS,
    PAYPAL,
    PAYPAL_SUMS,
    REFUND_ID,
    STRIPE,
    STRIPE_SUMS,
    VIABILL,
    VIPPS,
    VIPPS_SUMS,
    adyen,
    adyen_row,
    klarna,
    mapping_of,
    norwegian,
    paypal,
    read_text,
    refusal,
    stripe_api,
    stripe_entry,
    sums,
    table,
    vipps_api,
    vipps_item,
    written,
)

from dinero_sync.domain.papers.payout import Columns, MovementKind
from dinero_sync.settlements.formats.stripe import BALANCE_REPORT

BOM = "\ufeff"


def changed(rows: list[list[str]], at: int, **fields: str) -> list[list[str]]:
    """Return a table with fields of one row changed, by their titles with _ for a blank."""
    titles = rows[0]
    row = list(rows[at])
    for title, value in fields.items():
        row[titles.index(title if title in titles else title.replace("_", " "))] = value
    return [*rows[:at], row, *rows[at + 1 :]]


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


# What counts once, and what isn't paid out


def test_a_row_of_the_payout_is_no_movement(tmp_path: Path) -> None:
    row = ["po_2", "2026-12-04 01:00:00", "txn_8", *STRIPE[-1][3:6], "-1230.70", "0.00", "-1230.70"]
    rows = [*STRIPE, [*row, "payout", "STRIPE PAYOUT"]]

    settlement = read_text(tmp_path, written(rows), "stripe")

    assert [sums(each) for each in settlement.payouts] == STRIPE_SUMS
    assert [each.net_is_told for each in settlement.payouts] == [False, True]
    wrong = [*rows[:-1], [*row[:6], "-1230.69", "0.00", "-1230.69", "payout", ""]]
    assert refusal(tmp_path, written(wrong), "stripe").code == "payout_sum"


def test_the_transfer_of_the_old_mobilepay_is_no_sale(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, written(MYSHOP, delimiter=";"), "mobilepay").payouts

    assert payout.gross == Decimal(1250)
    assert payout.net == Decimal(1044)
    assert payout.net_is_told


def test_a_fee_beside_its_sale_and_in_a_row_of_its_own_counts_once(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, written(VIPPS), "vipps_mobilepay").payouts

    assert payout.fees == Decimal(-70)
    assert [each.kind for each in payout.movements].count(MovementKind.FEE) == 1


def test_a_fee_of_an_earlier_sale_is_a_fee_of_the_later_payout(tmp_path: Path) -> None:
    items = [
        vipps_item("capture", 10000, 10000, reference="10427"),
        vipps_item("payout-scheduled", -10000, 0, pspReference="p-1", time="2026-12-01T20:00:00Z"),
        vipps_item("fees-retained", -120, -120, ledgerDate="2026-12-02"),
        vipps_item("capture", 5000, 4880, ledgerDate="2026-12-02", time="2026-12-02T11:00:00Z"),
        vipps_item(
            "payout-scheduled",
            -4880,
            0,
            ledgerDate="2026-12-02",
            pspReference="p-2",
            time="2026-12-02T20:00:00Z",
        ),
    ]

    first, second = read_text(
        tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay"
    ).payouts

    assert (first.fees, second.fees) == (Decimal(0), Decimal("-1.20"))


def test_days_without_a_payout_are_carried_on(tmp_path: Path) -> None:
    items = [
        vipps_item("capture", 1000, 1000),
        vipps_item("refund", -3000, -2000),
        vipps_item("capture", 5000, 3000, ledgerDate="2026-12-03"),
        vipps_item("payout-scheduled", -3000, 0, ledgerDate="2026-12-03", pspReference="p-1"),
    ]

    (payout,) = read_text(
        tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay"
    ).payouts

    assert sums(payout) == ("60.00", "-30.00", "0.00", "0.00", "0.00", "30.00")


def test_what_is_not_paid_out_yet_waits_for_a_later_file(tmp_path: Path) -> None:
    for name, whole in (("clearhaus", 1), ("mobilepay", 1), ("vipps", 1), ("paypal", 1)):
        format_, text, _ = EVERY[name]
        assert len(read_text(tmp_path, text, format_).payouts) == whole


def test_a_file_of_which_nothing_is_paid_out_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, written(CLEARHAUS[:2]), "clearhaus").code == "nothing_paid_out"
    assert refusal(tmp_path, written(VIPPS[:3]), "vipps_mobilepay").code == "nothing_paid_out"


def test_a_payout_that_began_before_the_file_is_named_and_left(tmp_path: Path) -> None:
    later = [
        vipps_item("capture", 1000, 5000),
        vipps_item("payout-scheduled", -5000, 0, pspReference="p-1"),
        vipps_item("capture", 2000, 2000, ledgerDate="2026-12-02"),
        vipps_item("payout-scheduled", -2000, 0, ledgerDate="2026-12-02", pspReference="p-2"),
    ]
    text = json.dumps({"items": later, "cursor": ""})

    settlement = read_text(tmp_path, text, "vipps_mobilepay")

    assert [each.id for each in settlement.payouts] == ["p-2"]
    assert [(each.id, each.net) for each in settlement.partial] == [("p-1", Decimal(50))]
    alone = json.dumps({"items": later[:2], "cursor": ""})
    assert refusal(tmp_path, alone, "vipps_mobilepay").code == "begins_amid_a_payout"


def test_what_a_withdrawal_leaves_is_carried_to_the_next(tmp_path: Path) -> None:
    rows = changed(PAYPAL, 3, Gross="-900.00", Net="-900.00", Balance="64.40")
    rows = changed(rows, 4, Balance="159.40")
    last = [*rows[3]]
    last[0], last[7], last[9], last[15] = "16/12/2026", "-159.40", "-159.40", "0.00"
    last[11] = f"5{last[11][1:]}"

    first, second = read_text(tmp_path, paypal([*rows, last]), "paypal").payouts

    assert sums(first) == ("1250.00", "-250.00", "0.00", "-35.60", "-64.40", "900.00")
    assert sums(second) == ("100.00", "0.00", "0.00", "-5.00", "64.40", "159.40")


def test_newest_first_is_the_same_as_oldest_first(tmp_path: Path) -> None:
    for rows in (PAYPAL, norwegian()):
        oldest = read_text(tmp_path, written(rows, delimiter=";"), "paypal").payouts
        turned = [rows[0], *rows[:0:-1]]
        assert read_text(tmp_path, written(turned, delimiter=";"), "paypal").payouts == oldest


# Proof


@pytest.mark.parametrize("name", EVERY)
def test_a_file_with_an_amount_changed_is_refused(name: str, tmp_path: Path) -> None:
    format_, text, _ = EVERY[name]
    changes = {
        "stripe": ('"665.99"', '"665.98"'),
        "stripe_api": ('"amount": 67801', '"amount": 67802'),
        "paypal": ('"1205.90"', '"1205.91"'),
        "klarna": ("1093.75", "1093.76"),
        "vipps": ("4000.00,4000.00", "4001.00,4000.00"),
        "vipps_api": ('"amount": 20000', '"amount": 20001'),
        "mobilepay": ("50,00", "-50,00"),
        "myshop": ("1250,00", "1250,01"),
        "clearhaus": ("-145.10", "-145.11"),
        "adyen": ("437.24", "437.25"),
        "altapay": (";-100.00;1.00", ";100.00;1.00"),
        "columns": ("868,75", "868,76"),
    }
    before, after = changes[name]
    assert before in text

    refusal(tmp_path, text.replace(before, after, 1), format_, columns=mapping_of(format_))


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, written([*STRIPE, STRIPE[1]]), "stripe").code == "row_twice"
    text = written([*ALTAPAY, ALTAPAY[1]], delimiter=";")
    assert refusal(tmp_path, text, "altapay").code == "row_twice"
    refusal(tmp_path, paypal([*PAYPAL[:2], *PAYPAL[1:]]), "paypal")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("stripe", '"charge"', '"climate_order"'),
        ("stripe_api", '"charge"', '"climate_order"'),
        ("klarna", "HOLDBACK", "HOLDBACK2"),
        ("vipps", "Capture", "Sale"),
        ("vipps_api", '"capture"', '"sale"'),
        ("mobilepay", "Payment;", "Refund;"),
        ("myshop", "Retainable", "Surprise"),
        ("adyen", "Refunded", "Refounded"),
        ("altapay", "refund", "reserve"),
        ("columns", "Retur", "Bytte"),
    ],
)
def test_a_kind_of_movement_that_nobody_knows_is_never_guessed(
    name: str, before: str, after: str, tmp_path: Path
) -> None:
    format_, text, _ = EVERY[name]

    found = refusal(tmp_path, text.replace(before, after), format_, columns=mapping_of(format_))

    assert found.code == "unknown_type"


# The provider is right, and the report is wrong


@pytest.mark.parametrize(
    ("format_", "titles"),
    [
        ("stripe", "category,description,net_amount,currency"),
        ("stripe", "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Description,Transfer"),
        (
            "stripe",
            ",".join(BALANCE_REPORT),
        ),
        (
            "paypal",
            "Date,Time,Description,Currency,Gross,Fee,Net,Balance,Bank Name,Bank Account",
        ),
        (
            "mobilepay",
            "Event,Currency,Amount,Date and time,Customer name,MP-number,Comment,TransactionID",
        ),
    ],
)
def test_another_report_of_the_provider_is_told_apart(
    format_: str, titles: str, tmp_path: Path
) -> None:
    row = ",".join("1" for _ in titles.split(","))

    found = refusal(tmp_path, f"{titles}\n{row}\n", format_)

    assert found.code == "wrong_report"


def test_a_stripe_row_without_payout_shows_the_report_of_the_balance(tmp_path: Path) -> None:
    rows = changed(STRIPE, 2, automatic_payout_id="", automatic_payout_effective_at="")

    assert refusal(tmp_path, written(rows), "stripe").code == "wrong_report"


def test_the_fees_of_vipps_as_a_topic_of_their_own_are_told_apart(tmp_path: Path) -> None:
    items = [vipps_item("capture-fee", -70, -70), vipps_item("fees-retained", 70, 0)]

    found = refusal(tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay")

    assert found.code == "wrong_report"


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


# Adyen's own


def test_the_filled_column_says_the_direction_and_not_the_type(tmp_path: Path) -> None:
    rows = adyen()
    credit, debit = (rows[0].index(f"Gross {each} (GC)") for each in ("Credit", "Debit"))
    rows[1][debit], rows[1][credit] = rows[1][credit], ""

    (payout,) = read_text(tmp_path, written(rows), "adyen").payouts

    assert payout.gross == Decimal("500.5")


def test_a_batch_that_is_carried_on_pays_nothing(tmp_path: Path) -> None:
    rows = adyen()[:-1]
    net = "Net {} (NC)"
    rows.append(adyen_row("Balancetransfer", **{net.format("Debit"): "437.24"}))
    rows.append(adyen_row("Balancetransfer", "239", **{net.format("Credit"): "437.24"}))
    rows.append(adyen_row("MerchantPayout", "239", **{net.format("Debit"): "437.24"}))

    first, second = read_text(tmp_path, written(rows), "adyen").payouts

    assert (first.net, first.other) == (Decimal(0), Decimal("-437.24"))
    assert (second.net, second.other) == (Decimal("437.24"), Decimal("437.24"))


def test_a_batch_without_its_end_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, written(adyen()[:-1]), "adyen").code == "batch_without_end"


# Columns of any other provider


def test_payouts_prove_whether_fees_have_their_vat_inside(tmp_path: Path) -> None:
    text = written(COLUMNS, delimiter=";").replace("868,75", "875,00")

    (payout,) = read_text(tmp_path, text, "columns", columns=VIABILL).payouts

    assert (payout.fees, payout.vat) == (Decimal("-25.00"), Decimal("-6.25"))


def test_without_a_row_of_the_payout_vat_is_unclear(tmp_path: Path) -> None:
    text = written(COLUMNS[:-1], delimiter=";")

    assert refusal(tmp_path, text, "columns", columns=VIABILL).code == "vat_unclear"


def test_a_paypal_refund_refers_to_its_sale_in_any_language(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, written(norwegian(), delimiter=";"), "paypal").payouts

    refund = payout.movements[1]
    assert (refund.kind, refund.amount) == (MovementKind.REFUND, Decimal(-250))
    assert refund.payment == payout.movements[0].payment
    assert payout.id[:-16] == "3"
    assert REFUND_ID


def test_a_language_that_was_not_seen_is_unproven(tmp_path: Path) -> None:
    assert read_text(tmp_path, paypal(), "paypal").is_proven
    assert not read_text(tmp_path, written(norwegian(), delimiter=";"), "paypal").is_proven


def test_klarna_rows_in_another_form_of_days_are_read(tmp_path: Path) -> None:
    totals = changed(KLARNA_TOTALS, 1, payout_date="08.12.2026")

    (payout,) = read_text(tmp_path, klarna(totals, delimiter=";"), "klarna").payouts

    assert payout.day == date(2026, 12, 8)


def test_semicolons_and_quotes_of_any_kind_are_found_out(tmp_path: Path) -> None:
    for delimiter in ",;\t|":
        for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL):
            text = written(MOBILEPAY, delimiter=delimiter, quoting=quoting, end="\r\n")
            (payout,) = read_text(tmp_path, text, "mobilepay").payouts
            assert payout.net == Decimal(1300)


# PayPal in any language, and what can't be told of it


def test_words_of_paypal_that_are_unknown_are_asked_for_and_taken(tmp_path: Path) -> None:
    rows = changed(norwegian(), 3, Type="Hævning", Saldo="1,00")
    rows = changed(rows, 1, Saldo="12\u00a0456,90")
    rows = changed(rows, 2, Saldo="12\u00a0206,90")
    text = written(rows, delimiter=";")

    found = refusal(tmp_path, text, "paypal")
    assert (found.code, found.facts["type"]) == ("unknown_type", "Hævning")
    said = Columns(types=(("payout", ("Hævning",)),))
    first = refusal(tmp_path, text, "paypal", columns=said)
    assert first.code == "begins_amid_a_payout"


def test_paypal_says_which_column_is_the_reference(tmp_path: Path) -> None:
    rows = changed(norwegian(), 1, Emne="10427")

    (payout,) = read_text(
        tmp_path, written(rows, delimiter=";"), "paypal", columns=Columns(reference="Emne")
    ).payouts

    assert payout.movements[0].reference == "10427"


EURO_SALE = (
    "13/12/2026,11:30:00,CET,Jo Prøve,Express Checkout Payment,Completed,EUR,20.00,-1.00,19.00,"
    "jo@example.test,5ABCDEFGH12345678,0.00,,10429,19.00,,Credit\n"
    "13/12/2026,11:30:00,CET,,General Currency Conversion,Completed,EUR,-19.00,0.00,-19.00,,"
    "6ABCDEFGH12345678,0.00,5ABCDEFGH12345678,10429,0.00,,Debit\n"
    "13/12/2026,11:30:00,CET,,General Currency Conversion,Completed,DKK,141.55,0.00,141.55,,"
    "7ABCDEFGH12345678,0.00,5ABCDEFGH12345678,10429,1105.95,,Credit\n"
)


def with_euro() -> list[list[str]]:
    """Return an activity in which a sale in euro was changed to kroner."""
    rows = changed(PAYPAL, 3, Gross="-1105.95", Net="-1105.95")
    return [*rows[:3], *table(EURO_SALE), *rows[3:]]


def test_a_sale_that_was_changed_to_kroner_is_one_of_the_kroner_it_became(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, paypal(with_euro()), "paypal").payouts

    assert sums(payout) == ("1399.00", "-250.00", "0.00", "-43.05", "0.00", "1105.95")
    sale = payout.movements[-1]
    assert (sale.kind, sale.amount, sale.fee) == (
        MovementKind.SALE,
        Decimal("149.00"),
        Decimal("-7.45"),
    )
    assert (sale.sold, sale.sold_currency) == (Decimal("20.00"), "EUR")
    assert (sale.reference, sale.payment) == ("10429", "5ABCDEFGH12345678")


@pytest.mark.parametrize(
    ("at", "fields"),
    [
        (4, {"Reference_Txn_ID": "", "Name": "Jo"}),  # a pair of one
        (4, {"Gross": "-18.00", "Net": "-18.00", "Balance": "1.00"}),  # not all of it
        (3, {"Transaction_ID": "9ABCDEFGH12345678"}),  # of a sale that isn't in the file
    ],
)
def test_money_that_was_changed_for_no_single_sale_is_refused(
    at: int, fields: dict[str, str], tmp_path: Path
) -> None:
    rows = changed(with_euro(), at, **fields)

    assert refusal(tmp_path, paypal(rows), "paypal").code in {
        "currency_conversion",
        "unknown_type",
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Hold on Balance for Dispute Investigation", MovementKind.RESERVE),
        ("Chargeback Fee", MovementKind.FEE),
        ("Payment Reversal", MovementKind.CHARGEBACK),
        ("Fee Refund", MovementKind.REFUND),
    ],
)
def test_english_words_say_what_moved(kind: str, expected: MovementKind, tmp_path: Path) -> None:
    rows = changed(PAYPAL, 2, Type=kind, Reference_Txn_ID="", Name="")

    (payout,) = read_text(tmp_path, paypal(rows), "paypal").payouts

    assert payout.movements[1].kind is expected


def test_rows_of_paypal_that_move_nothing_are_left(tmp_path: Path) -> None:
    memo = [*PAYPAL[1]]
    memo[11] = "7ABCDEFGH12345678"
    for at, word in ((5, "Pending"), (4, "Temporary Hold"), (17, "Memo")):
        row = [*memo]
        row[at] = word
        settlement = read_text(tmp_path, paypal([*PAYPAL[:2], row, *PAYPAL[2:]]), "paypal")
        assert [sums(each) for each in settlement.payouts] == PAYPAL_SUMS


def test_paypal_without_its_balance_is_proved_by_what_a_withdrawal_takes(tmp_path: Path) -> None:
    at = PAYPAL[0].index("Balance")
    rows = [row[:at] + row[at + 1 :] for row in PAYPAL]

    settlement = read_text(tmp_path, paypal(rows), "paypal")

    assert [sums(each) for each in settlement.payouts] == PAYPAL_SUMS
    lost = paypal([rows[0], *rows[2:]])
    assert refusal(tmp_path, lost, "paypal").code == "begins_amid_a_payout"


# Others


def test_a_fee_in_another_currency_is_never_mixed_in(tmp_path: Path) -> None:
    rows = changed(STRIPE, 2, currency="eur")

    assert refusal(tmp_path, written(rows), "stripe").code == "several_currencies"


def test_a_payout_is_of_one_day(tmp_path: Path) -> None:
    rows = changed(STRIPE, 2, automatic_payout_effective_at="2026-12-04 01:00:00")

    assert refusal(tmp_path, written(rows), "stripe").code == "several_days"
    moved = changed(MOBILEPAY, 2, Transfer_Date="04-12-2026")
    text = written(moved, delimiter=";")
    assert refusal(tmp_path, text, "mobilepay").code == "several_days"


def test_what_the_buyer_paid_in_another_currency_is_kept(tmp_path: Path) -> None:
    titles = [*STRIPE[0], "customer_facing_amount", "customer_facing_currency"]
    rows = [titles, *[[*row, "90.10", "eur"] for row in STRIPE[1:]]]

    first, _ = read_text(tmp_path, written(rows), "stripe").payouts

    assert (first.movements[0].sold, first.movements[0].sold_currency) == (Decimal("90.10"), "EUR")


def test_metadata_goes_before_the_description(tmp_path: Path) -> None:
    rows = [
        [*STRIPE[0], "payment_metadata[order_id]", "charge_id"],
        *[[*row, "10427", "ch_1"] for row in STRIPE[1:]],
    ]

    first, _ = read_text(tmp_path, written(rows), "stripe").payouts

    assert (first.movements[0].reference, first.movements[0].payment) == ("10427", "ch_1")


def test_a_stripe_list_is_of_one_payout(tmp_path: Path) -> None:
    page = stripe_api()
    two = {**page, "data": [*page["data"], stripe_entry("payout", -1, source="po_8")]}
    none = {**page, "data": page["data"][1:]}

    for wrong in (two, none):
        assert refusal(tmp_path, json.dumps(wrong), "stripe").code == "not_one_payout"


def test_two_merchant_accounts_are_two_files(tmp_path: Path) -> None:
    rows = changed(adyen(), 2, Merchant_Account="ShopSE")

    assert refusal(tmp_path, written(rows), "adyen").code == "several_accounts"


def test_a_fee_that_is_negative_is_no_cost_and_refused(tmp_path: Path) -> None:
    text = written(ALTAPAY, delimiter=";").replace("1.00;0.25;5.00", "-1.00;0.25;5.00")

    assert refusal(tmp_path, text, "altapay").code == "direction_unclear"


def test_amounts_with_and_without_signs_in_one_file_are_refused(tmp_path: Path) -> None:
    rows = [*COLUMNS, ["U-1", "03-12-2026", "Retur", "DIN-1", "50,00", "0,00", "0,00", "DKK"]]
    text = written(rows, delimiter=";")

    assert refusal(tmp_path, text, "columns", columns=VIABILL).code == "direction_unclear"


DRAWN = [
    ["U-2", "08-12-2026", "Retur", "DIN-10427", "-200,00", "5,00", "1,25", "DKK"],
    ["U-2", "09-12-2026", "Udbetalt", "", "206,25", "0,00", "0,00", "DKK"],
]
"""More was paid back than sold: the provider drew it from the bank."""


@pytest.mark.parametrize(
    ("first", "second"),
    [("868,75", "206,25"), ("868,75", "-206,25"), ("-868,75", "206,25"), ("-868,75", "-206,25")],
    ids=["no signs", "what came to the bank", "what left the provider", "minus on all"],
)
def test_a_payout_that_was_drawn_from_the_bank_is_negative(
    first: str, second: str, tmp_path: Path
) -> None:
    text = written([*COLUMNS, *DRAWN], delimiter=";")
    text = text.replace("868,75", first).replace("206,25", second)

    paid, drawn = read_text(tmp_path, text, "columns", columns=VIABILL).payouts

    assert (paid.net, drawn.net) == (Decimal("868.75"), Decimal("-206.25"))
    assert sums(drawn) == ("0.00", "-200.00", "0.00", "-6.25", "0.00", "-206.25")
    assert drawn.net_is_told


def test_payouts_whose_signs_contradict_each_other_are_refused(tmp_path: Path) -> None:
    sold = [["U-2", *row[1:]] for row in COLUMNS[1:]]
    text = written([*COLUMNS, *sold], delimiter=";").replace("868,75", "-868,75", 1)
    without_vat = text.replace("6,25;DKK", "0,00;DKK").replace("868,75", "875,00")

    assert refusal(tmp_path, text, "columns", columns=VIABILL).code == "vat_unclear"
    assert refusal(tmp_path, without_vat, "columns", columns=VIABILL).code == "payout_sum"


def test_without_types_the_sign_says_what_a_row_is(tmp_path: Path) -> None:
    rows = COLUMNS[:-1]
    columns = Columns(
        payout="Udbetaling", date="Dato", reference="Ordrenr", amount="Beløb", fee="Gebyr",
        currency="DKK", dates="%d-%m-%Y",
    )  # fmt: skip

    (payout,) = read_text(
        tmp_path, written(rows, delimiter=";"), "columns", columns=columns
    ).payouts

    assert sums(payout) == ("1000.00", "-100.00", "0.00", "-25.00", "0.00", "875.00")
    assert not payout.net_is_told


def test_a_clearhaus_reserve_is_kept_by_the_provider(tmp_path: Path) -> None:
    rows = changed(CLEARHAUS, 2, payout_amount="9004.90", reserve_amount="300.00")
    text = written(rows)

    (payout,) = read_text(tmp_path, text, "clearhaus").payouts

    assert (payout.other, payout.net) == (Decimal("-350.00"), Decimal("9004.90"))
    assert payout.period == (date(2026, 12, 1), date(2026, 12, 7))
    assert payout.movements == ()
    wrong = changed(rows, 2, reserve_amount="299.00")
    assert refusal(tmp_path, written(wrong), "clearhaus").code == "row_sum"


def test_how_days_are_written_may_be_said_of_any_provider(tmp_path: Path) -> None:
    text = klarna(changed(KLARNA_TOTALS, 1, payout_date="08/12/2026"))
    for day in range(1, 4):
        text = text.replace(f"2026-12-0{day}", f"0{day}/12/2026")

    assert refusal(tmp_path, text, "klarna").code == "day_order_unclear"
    said = Columns(dates="%d/%m/%Y")
    (payout,) = read_text(tmp_path, text, "klarna", columns=said).payouts
    assert payout.day == date(2026, 12, 8)
