"""Entries are read whole, a month at a time within accounting years, or not used at all."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import responses
from dinero_samples import ITEM_GUID, a_session, url
from responses.matchers import query_param_matcher

from dinero_sync.dinero import entries
from dinero_sync.dinero.errors import UnintelligibleError
from dinero_sync.dinero.organisations import AccountingYear
from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.errors import TemporaryError

LAST_YEAR = AccountingYear(name="2025", first=date(2025, 1, 1), last=date(2025, 12, 31))
THIS_YEAR = AccountingYear(name="2026", first=date(2026, 1, 1), last=date(2026, 12, 31))
DAY = "2026-12-08"


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    with responses.mock:
        yield


def wire(account: int, amount: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "AccountNumber": account,
        "AccountName": "Tilgodehavende kortindløser",
        "Date": DAY,
        "VoucherNumber": 1001,
        "VoucherGuid": str(ITEM_GUID),
        "Description": "Kort, ordre 10427",
        "Amount": amount,
        "Type": "Normal",
        **fields,
    }


def lists(first: str, last: str, *rows: dict[str, Any], opening: bool = False) -> None:
    asked = {"fromDate": first, "toDate": last, "includePrimo": str(opening).lower()}
    responses.get(url("entries"), json=list(rows), match=[query_param_matcher(asked)])


def read(first: date, last: date) -> list[Entry]:
    return list(entries.between(a_session(), [LAST_YEAR, THIS_YEAR], first, last))


def test_an_entry_is_read_with_the_voucher_that_it_belongs_to() -> None:
    lists(DAY, DAY, wire(55010, 125), wire(53000, -125, VoucherGuid=None, VoucherNumber=None))

    ours, others = read(date(2026, 12, 8), date(2026, 12, 8))

    assert ours == Entry(
        account=55010,
        day=date(2026, 12, 8),
        amount=Decimal(125),
        voucher_number=1001,
        voucher=UUID(str(ITEM_GUID)),
        description="Kort, ordre 10427",
    )
    assert (others.voucher, others.voucher_number) == (None, None)


def test_a_period_is_read_by_months_within_each_accounting_year() -> None:
    lists("2025-11-15", "2025-11-30")
    lists("2025-12-01", "2025-12-31")
    lists("2026-01-01", "2026-01-10", wire(55010, 1, Date="2026-01-10"), wire(53000, -1))

    with pytest.raises(UnintelligibleError, match="days outside"):
        read(date(2025, 11, 15), date(2026, 1, 10))

    assert len(responses.calls) == 3


def test_days_that_no_accounting_year_holds_have_no_entries() -> None:
    lists("2026-12-31", "2026-12-31")

    assert read(date(2026, 12, 31), date(2027, 2, 1)) == []


def test_a_list_that_was_cut_short_is_not_used() -> None:
    lists(DAY, DAY, wire(55010, 125), wire(53000, -125), wire(55010, 80.25))

    with pytest.raises(TemporaryError, match=r"80\.25 is left, so the list was cut short"):
        read(date(2026, 12, 8), date(2026, 12, 8))


def test_what_floats_leave_of_many_amounts_is_nothing() -> None:
    lists(DAY, DAY, *(wire(55010, 0.1) for _ in range(3)), wire(53000, -0.30000000000000004))

    assert len(read(date(2026, 12, 8), date(2026, 12, 8))) == 4


@pytest.mark.parametrize("lost", ["AccountNumber", "Date", "Amount"])
def test_an_entry_without_what_makes_one_is_not_guessed(lost: str) -> None:
    cut = {name: value for name, value in wire(55010, 125).items() if name != lost}
    lists(DAY, DAY, cut)

    with pytest.raises(UnintelligibleError):
        read(date(2026, 12, 8), date(2026, 12, 8))


def test_what_is_carried_into_a_day_is_the_years_opening_and_what_was_posted_before_it() -> None:
    opening = wire(55010, 500, Date="2026-01-01", Type="Primo")
    new_year = (wire(55010, 1, Date="2026-01-01"), wire(53000, -1, Date="2026-01-01"))
    lists("2026-01-01", "2026-01-01", opening, *new_year, opening=True)
    january = (wire(55010, 2, Date="2026-01-02"), wire(53000, -2, Date="2026-01-02"))
    lists("2026-01-02", "2026-01-31", *january)
    lists("2026-02-01", "2026-02-09")

    found = list(entries.opening(a_session(), THIS_YEAR, date(2026, 2, 10)))

    assert [(each.kind, each.amount) for each in found if each.account == 55010] == [
        (EntryKind.OPENING, Decimal(500)),
        (EntryKind.POSTED, Decimal(1)),
        (EntryKind.POSTED, Decimal(2)),
    ]


def test_a_years_first_day_is_carried_into_with_its_opening_balance_alone() -> None:
    opening = wire(55010, 500, Date="2026-01-01", Type="Primo")
    closing = wire(55010, -500, Date="2026-01-01", Type="Ultimo")
    lists("2026-01-01", "2026-01-01", opening, closing, opening=True)

    found = list(entries.opening(a_session(), THIS_YEAR, date(2026, 1, 1)))

    assert [(each.kind, each.amount) for each in found] == [(EntryKind.OPENING, Decimal(500))]


@pytest.mark.parametrize("body", ["{}", "[1]", "[null]", '[[{"A": 1}]]', "<html>", '[{"A": 1'])
def test_what_is_no_list_of_entries_is_not_used(body: str) -> None:
    responses.get(url("entries"), body=body)

    with pytest.raises(TemporaryError):
        read(date(2026, 12, 8), date(2026, 12, 8))
