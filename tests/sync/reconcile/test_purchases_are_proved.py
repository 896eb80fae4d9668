"""Suppliers' bills and providers' fees of a month: proved to the øre, and what is done to them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from proved_year import Year

from dinero_sync.cli.reports.money.reconcile import as_data, as_lines
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import Language
from dinero_sync.pages.reconciliation import as_html
from dinero_sync.posting.reconcile.documents import BillClass
from dinero_sync.posting.reconcile.outcome import Cause, Kind, Reconciled
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.dinero.purchases.kept import Purchase

MONTH = date(2026, 12, 1), date(2026, 12, 31)
HOSTING, IRISH, FREIGHT, NOTE = (
    "bill:DK13585628:1042",
    "bill:IE6388047V:IE-2001",
    "bill:DK13585628:F-3001",
    "bill:DK13585628:1043",
)
Said = tuple[str, Kind, Cause, Decimal]


def proved(bought: Year) -> Reconciled:
    return bought.proved(*MONTH)


def voucher(bought: Year, name: str) -> Purchase:
    found = bought.books.purchases.values()
    if name == NOTE:
        return next(each for each in found if each.is_credit_note)
    return next(each for each in found if each.fields.get("ExternalReference") == name)


def test_everything_adds_up_and_every_bill_is_in_one_class(bought: Year) -> None:
    found: dict[str, Any] = json.loads(json_text(as_data(proved(bought))))

    assert found["differences"] == []
    classes = {name: each for name, each in found["purchases"]["classes"].items() if each["bills"]}
    assert classes == {
        "booked": {"bills": 4, "total": "2118.50"},
        "held": {"bills": 2, "total": "12.50"},
        "by_payouts": {"bills": 1, "total": "10.00"},
    }
    assert found["purchases"]["total"] == {
        "ours": "2118.50",
        "dinero": "2118.50",
        "difference": "0.00",
    }
    both = {name: each["dinero"] for name, each in found["purchases"]["by_vat_code"].items()}
    assert both == {"I25": "1051.80", "IEUY": "746.00"}


def test_its_boxes_are_those_of_the_vat_return_that_dinero_makes(bought: Year) -> None:
    found = proved(bought).sums.boxes

    of_dinero = bought.books.vat_return(*MONTH)
    told = {name: each.found for name, each in found.items() if each.found}
    assert told == {
        "salgsmoms": Decimal(25),
        "koebsmoms": Decimal("262.95"),
        "rubrik_a_ydelser": Decimal("746.00"),
    }
    assert told == {name: getattr(of_dinero, name) for name in told}


def test_one_that_cannot_be_read_may_be_of_any_period_and_others_are_of_theirs(
    bought: Year,
) -> None:
    found = bought.proved(date(2026, 11, 1), date(2026, 11, 30)).sums

    told = {name: each.orders for name, each in found.bills.items() if each.orders}
    assert told == {BillClass.HELD: 1}
    assert not found.purchases.ours


def test_people_are_told(bought: Year) -> None:
    lines = "\n".join(map(text_of, as_lines(proved(bought), Language.DANISH)))

    assert "Leverandørregninger (7)" in lines
    assert "købsmoms" in lines
    assert "rubrik A, ydelser" in lines


def test_the_page_tells_them_too(bought: Year) -> None:
    page = as_html(proved(bought), Language.DANISH, date(2027, 1, 4))

    for each in (
        "Hvad der blev af leverandørernes regninger",
        "gebyrer, som udbetalinger bogfører",
        "Køb og gebyrer uden moms, efter momskode",
        "rubrik A, ydelser",
        HOSTING,
    ):
        assert each in page, each


def _dated(bought: Year, name: str, day: date) -> None:
    found = voucher(bought, name)
    found.date = day
    change(bought, name, date=day)


def change(bought: Year, name: str, account: int | None = None, **changes: Any) -> None:  # noqa: ANN401 - of an entry
    entries = bought.books.entries
    for each in bought.entries(voucher(bought, name).guid, account):
        entries[entries.index(each)] = replace(each, **changes)


def drop(bought: Year, guid: str) -> None:
    for each in bought.entries(guid):
        bought.books.entries.remove(each)


def removed(bought: Year, name: str) -> None:
    found = voucher(bought, name)
    drop(bought, found.guid)
    found.deleted = True


def paid(bought: Year) -> str:
    (payment,) = voucher(bought, IRISH).payments
    return payment.voucher


def moved(bought: Year, name: str, account: int, to: int) -> None:
    by_hand.move(bought.books, voucher(bought, name).guid, account, to)


def more(bought: Year, name: str, accounts: tuple[int, int], amount: str) -> None:
    guid = voucher(bought, name).guid
    for account, sign in zip(accounts, (1, -1), strict=True):
        entry, *_ = bought.entries(guid, account)
        place = bought.books.entries.index(entry)
        changed = entry.amount + sign * Decimal(amount)
        bought.books.entries[place] = replace(entry, amount=changed)


def again(bought: Year) -> None:
    amounts = {7300: "750.00", 64060: "187.50", 55000: "-937.50"}
    told = {account: Decimal(each) for account, each in amounts.items()}
    by_hand.post(bought.books, date(2026, 12, 7), "Shoporama faktura 1042", told)


def another(bought: Year) -> None:
    amounts = {7300: Decimal("750.00"), 64060: Decimal("187.50"), 55000: Decimal("-937.50")}
    by_hand.post(bought.books, date(2026, 12, 7), "Shoporama faktura 1099", amounts)


def of(name: str, cause: Cause, amount: str = "0", kind: Kind = Kind.BILL) -> Said:
    return name, kind, cause, Decimal(amount)


TAMPERINGS: dict[str, tuple[Callable[[Year], object], Said | None]] = {
    "a voucher is gone": (
        lambda bought: removed(bought, HOSTING),
        of(HOSTING, Cause.MISSING, "937.50"),
    ),
    "a voucher in euro is gone": (
        lambda bought: removed(bought, IRISH),
        of(IRISH, Cause.MISSING),
    ),
    "a voucher is taken back": (
        lambda bought: by_hand.delete(bought.books, voucher(bought, FREIGHT).guid),
        of(FREIGHT, Cause.REVERSED, "560.00"),
    ),
    "a voucher in euro is taken back": (
        lambda bought: by_hand.delete(bought.books, voucher(bought, IRISH).guid),
        of(IRISH, Cause.REVERSED, "-746.00"),
    ),
    "a credit note is taken back": (
        lambda bought: by_hand.delete(bought.books, voucher(bought, NOTE).guid),
        of(NOTE, Cause.REVERSED, "-125.00"),
    ),
    "a voucher is of another day": (
        lambda bought: _dated(bought, FREIGHT, date(2026, 12, 5)),
        of(FREIGHT, Cause.OTHER_DAY),
    ),
    "a voucher is of another period": (
        lambda bought: _dated(bought, FREIGHT, date(2026, 11, 30)),
        of(FREIGHT, Cause.OTHER_DAY),
    ),
    "a voucher in euro is of another period": (
        lambda bought: _dated(bought, IRISH, date(2026, 11, 30)),
        of(IRISH, Cause.OTHER_DAY),
    ),
    "what was bought is moved to another account": (
        lambda bought: moved(bought, HOSTING, 7300, 7320),
        of(HOSTING, Cause.OTHER_ACCOUNT, "-750.00"),
    ),
    "what paid is another account": (
        lambda bought: moved(bought, HOSTING, 55000, 55040),
        of(HOSTING, Cause.OTHER_ACCOUNT, "937.50"),
    ),
    "VAT is moved into the purchase": (
        lambda bought: more(bought, HOSTING, (7300, 64060), "50.00"),
        of(HOSTING, Cause.EDITED, "50.00"),
    ),
    "an øre is moved between them": (
        lambda bought: more(bought, FREIGHT, (2250, 64060), "0.01"),
        of(FREIGHT, Cause.ROUNDING, "0.01"),
    ),
    "a purchase has another VAT code": (
        lambda bought: change(bought, IRISH, 2100, vat_code="IVY"),
        of(IRISH, Cause.EDITED),
    ),
    "a purchase has no VAT code any more": (
        lambda bought: change(bought, HOSTING, 7300, vat_code=None),
        of(HOSTING, Cause.EDITED),
    ),
    "a payment is taken back": (
        lambda bought: by_hand.delete(bought.books, paid(bought)),
        of(IRISH, Cause.REVERSED, "747.10", Kind.BILL_PAYMENT),
    ),
    "a payment is gone": (
        lambda bought: drop(bought, paid(bought)),
        of(IRISH, Cause.MISSING, "747.10", Kind.BILL_PAYMENT),
    ),
    "a fee is moved to another account": (
        lambda bought: by_hand.move(bought.books, payout(bought), 7400, 7420),
        of("payout:viabill:238", Cause.OTHER_ACCOUNT, "-1.80", Kind.PAYOUT),
    ),
    "a fee has no VAT code any more": (
        lambda bought: uncoded(bought, payout(bought), 7400),
        of("payout:viabill:238", Cause.EDITED, "0", Kind.PAYOUT),
    ),
    "the same bill is posted by hand": (again, of(HOSTING, Cause.DOUBLED, "750.00")),
    "another bill is posted by hand": (another, None),
}


def payout(bought: Year) -> str:
    (found,) = (each.guid for each in bought.books.ledger_items.values())
    return found


def uncoded(bought: Year, guid: str, account: int) -> None:
    for each in bought.entries(guid, account):
        entries = bought.books.entries
        entries[entries.index(each)] = replace(each, vat_code=None)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_done_is_named_and_nothing_that_is_not_there(bought: Year, name: str) -> None:
    act, said = TAMPERINGS[name]

    with bought.tried():
        act(bought)
        found = proved(bought)

    told = [(each.document, each.kind, each.cause, each.amount) for each in found.differences]
    assert told == ([said] if said else [])
    assert found.is_proved is (said is None)


@pytest.mark.slow
@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_done_to_two_bills_is_named_of_both(bought: Year, name: str) -> None:
    act, said = TAMPERINGS[name]
    for other, (beside, also) in TAMPERINGS.items():
        if said is None or also is None or said[0] == also[0]:
            continue
        with bought.tried():
            act(bought)
            beside(bought)
            found = proved(bought)

        told = [(each.document, each.kind, each.cause, each.amount) for each in found.differences]
        assert sorted(told, key=str) == sorted([said, also], key=str), other
