"""The second act of the demo: a month of a shop, with six providers' files, to the øre."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dinero_sync.domain.papers.payout import Columns, Payout, SettlementFormat, Source
from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.month import trade
from dinero_sync.sandbox.month.files import HELD_BACK, Month, settlement_files
from dinero_sync.sandbox.month.play import play
from dinero_sync.sandbox.month.rules import CLEARING, SOURCES
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.settlements.reading import read

VIABILL = Columns(
    payout="Udbetaling",
    date="Dato",
    type="Type",
    reference="Ordrenr",
    amount="Beløb",
    fee="Gebyr",
    types=(
        ("sale", ("Køb",)),
        ("refund", ("Retur",)),
        ("chargeback", ("Indsigelse",)),
        ("payout", ("Udbetalt",)),
    ),
)
MONTHS = [date(2026, 11, 1), date(2027, 2, 1), date(2028, 2, 1), date(2027, 12, 1)]


def a_month(first: date) -> Month:
    return Month(first, {int(each["order_id"]): each for each in trade.raw_orders(first)})


def payouts_of(month: Month, folder: Path) -> list[Payout]:
    """Read each file as its source would."""
    found: list[Payout] = []
    for name, text in settlement_files(month).items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        sources = [
            Source(
                id=way,
                format=SettlementFormat(format_),
                columns=VIABILL if format_ == "columns" else Columns(),
                clearing_account=CLEARING[way],
                paid_to=55000,
                fee_account=7420,
            )
            for way, (format_, _) in SOURCES.items()
        ]
        found += read(path, sources).payouts
    return found


@pytest.mark.parametrize("first", MONTHS)
def test_any_months_files_are_read_and_tell_what_was_captured(first: date, tmp_path: Path) -> None:
    month = a_month(first)

    payouts = payouts_of(month, tmp_path)

    sold = sum(trade.captured(month.orders, each.number) for each in trade.BOUGHT)
    never = (trade.STILL_TO_COME, trade.INVOICED)
    assert sum(each.gross for each in payouts) == sold - sum(
        trade.captured(month.orders, number) for number in never
    )
    assert sum(each.other for each in payouts) == -HELD_BACK
    assert all(first <= each.day <= month.last for each in payouts)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, Path, list[str]]]:
    """Play the month once for all tests."""
    folder = tmp_path_factory.mktemp("demo") / "month"
    with running_sandbox(orders="none") as sandbox:
        yield sandbox, folder, play(sandbox, folder)


def invoice(sandbox: Sandbox, number: int) -> Invoice:
    reference = f"shoporama:{trade.order_id(number)}"
    (found,) = (
        each
        for each in sandbox.organisation.invoices.values()
        if each.fields["ExternalReference"] == reference
    )
    return found


def paid(sandbox: Sandbox, number: int) -> list[tuple[int, Decimal]]:
    """Return an invoice's payments in money: their account and amount."""
    payments = invoice(sandbox, number).payments
    return [(each.deposit_account, each.amount) for each in payments if not each.set_off]


@pytest.mark.slow
def test_the_month_is_played_to_the_oere(
    played: tuple[Sandbox, Path, list[str]],
) -> None:
    sandbox, folder, faults = played

    assert faults == []
    balances = sandbox.organisation.balances()
    left = {account: balances.get(account, Decimal(0)) for account in CLEARING.values()}
    assert left == {
        **dict.fromkeys(CLEARING.values(), Decimal(0)),
        CLEARING["card"]: Decimal("243.25"),
        CLEARING["klarna"]: Decimal("150.00"),
    }
    done = sorted(path.name for path in (folder / "payouts" / "done").iterdir())
    assert done == sorted(settlement_files(Month(MONTHS[0], sandbox.orders)))


@pytest.mark.slow
def test_its_invoices_are_paid_as_they_should_be(
    played: tuple[Sandbox, Path, list[str]],
) -> None:
    sandbox, _, _ = played

    by_card_and_gift_card = paid(sandbox, 10603)
    assert sorted(by_card_and_gift_card) == [(55010, Decimal(324)), (55090, Decimal(200))]
    assert paid(sandbox, trade.TOWEL_RETURNED) == [
        (55020, Decimal("273.00")),
        (55020, Decimal("-89.50")),
    ]
    assert paid(sandbox, trade.CHARGED_BACK) == [(55080, Decimal(448)), (55080, Decimal(-448))]
    assert invoice(sandbox, trade.CHARGED_BACK).remaining == 0
    assert paid(sandbox, trade.OWED_AGAIN) == [(55060, Decimal(524)), (55060, Decimal(-524))]
    assert invoice(sandbox, trade.OWED_AGAIN).remaining == Decimal(524)
    notes = sandbox.organisation.credit_notes.values()
    assert sorted(each.totals.gross for each in notes) == [
        Decimal("89.50"),
        Decimal("149.95"),
        Decimal("229.00"),
        Decimal("448.00"),
    ]


def test_the_months_before_new_year_and_leap_days() -> None:
    assert trade.month_before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert a_month(trade.month_before(date(2028, 3, 1))).last == date(2028, 2, 29)
