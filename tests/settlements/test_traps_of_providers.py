"""What single providers have done to readers: each is read right, or refused whole."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from settlement_files import (
    ALTAPAY,
    CLEARHAUS,
    COLUMNS,
    KLARNA_TOTALS,
    MOBILEPAY,
    PAYPAL,
    PAYPAL_SUMS,
    REFUND_ID,
    STRIPE,
    VIABILL,
    adyen,
    adyen_row,
    changed,
    klarna,
    norwegian,
    paypal,
    read_text,
    refusal,
    stripe_api,
    stripe_entry,
    sums,
    table,
    written,
)

from dinero_sync.domain.papers.payout import Columns, MovementKind

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
