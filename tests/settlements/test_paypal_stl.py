"""PayPal's settlement report: rows that say what they are, amounts in øre, signs in columns."""

from decimal import Decimal
from pathlib import Path

import pytest
from settlement_files import read_text, refusal, sums

from dinero_sync.domain.papers.payout import MovementKind

TITLES = (
    '"CH","Transaction ID","Invoice ID","PayPal Reference ID","PayPal Reference ID Type",'
    '"Transaction Event Code","Transaction Initiation Date","Transaction Completion Date",'
    '"Transaction  Debit or Credit","Gross Transaction Amount","Gross Transaction Currency",'
    '"Fee Debit or Credit","Fee Amount","Fee Currency","Custom Field"\n'
)
DAY = "2026/12/01 10:00:00 +0100"


def row(  # noqa: PLR0913, PLR0917 - what a row of the report says
    code: str,
    sign: str,
    amount: int,
    fee: str = '"",0,""',
    invoice: str = "",
    currency: str = "DKK",
) -> str:
    return (
        f'"SB","T-{code}-{amount}","{invoice}","","","{code}",{DAY},{DAY},"{sign}",{amount},'
        f'"{currency}",{fee},""\n'
    )


SALE = row("T0006", "CR", 125000, '"DR",4410,"DKK"', "10427")
REFUND = row("T1107", "DR", 25000, invoice="10427")
PAID = row("T0400", "DR", 90000)


def report(*rows: str, count: int | None = None, end: str = '"RF"\n"RC",3\n"FF",3\n') -> str:
    said = len(rows) if count is None else count
    return (
        '"RH",2026/12/02 01:00:00 +0100,"A","ACCOUNT",011,\n"FH",01\n"SH",x,y,"ACCOUNT",""\n'
        f'{TITLES}{"".join(rows)}"SF","DKK"\n"SC",{said}\n{end}'
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_day_is_what_was_withdrawn_and_what_is_carried_on(encoding: str, tmp_path: Path) -> None:
    text = report(SALE, REFUND, PAID)

    settlement = read_text(tmp_path, text, "paypal", encoding=encoding)

    (payout,) = settlement.payouts
    assert sums(payout) == ("1250.00", "-250.00", "0.00", "-44.10", "-55.90", "900.00")
    assert payout.id == "20261201-DKK"
    assert [each.reference for each in payout.movements] == ["10427", "10427", ""]
    assert payout.movements[-1].kind is MovementKind.CARRIED
    assert not settlement.is_proven


def test_titles_with_one_blank_are_the_same(tmp_path: Path) -> None:
    text = report(SALE).replace("Transaction  Debit", "Transaction Debit")

    assert read_text(tmp_path, text, "paypal").payouts[0].gross == Decimal(1250)


def test_each_currency_is_a_payout_of_its_own(tmp_path: Path) -> None:
    text = report(SALE, row("T0006", "CR", 1000, currency="EUR"))

    kroner, euro = read_text(tmp_path, text, "paypal").payouts

    assert (kroner.gross, euro.gross) == (Decimal(1250), Decimal(10))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (report(SALE, count=2), "cut_off"),
        (report(SALE, end=""), "cut_off"),
        (report(row("T9900", "CR", 100)), "unknown_type"),
        (report(row("T0006", "", 100)), "direction_unclear"),
        (report(row("T0006", "DR", 100)), "direction_unclear"),
        (report(row("T0006", "CR", 100, '"DR",5,"EUR"')), "direction_unclear"),
        (report(SALE).replace("125000", "1250.00"), "amount_not_in_minor_units"),
        (report(SALE).replace(',""\n', "\n"), "row_of_other_width"),
        (report(SALE).replace("Invoice ID", "Invoice"), "column_missing"),
        (report(SALE).replace(TITLES, ""), "table_missing"),
        (report(SALE).replace('"SF"', '"XX"'), "unknown_type"),
        (report(), "nothing_paid_out"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, code: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, text, "paypal").code == code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("T1106", MovementKind.CHARGEBACK),
        ("T2103", MovementKind.RESERVE),
        ("T0100", MovementKind.FEE),
    ],
)
def test_event_codes_say_what_a_row_is(code: str, kind: MovementKind, tmp_path: Path) -> None:
    text = report(SALE, row(code, "DR", 500))

    (payout,) = read_text(tmp_path, text, "paypal").payouts

    assert payout.movements[1].kind is kind
    assert payout.movements[1].amount + payout.movements[1].fee == Decimal(-5)
