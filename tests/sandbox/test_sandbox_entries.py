"""Entries as Dinero lists them: everything that its books hold, and each year's opening balance."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox_callers import DineroCaller, ledger_line
from test_sandbox_answers_fit import misfits

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import copenhagen_day, real_time
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.state import Sandbox

YEAR = copenhagen_day(real_time(0)).year
FIRST, LAST = f"{YEAR}-01-01", f"{YEAR}-12-31"
DAY = date(YEAR, 3, 14)


def listed(dinero: DineroCaller, first: str = FIRST, last: str = LAST, **query: str) -> list[Json]:
    answer = dinero.get("entries", fromDate=first, toDate=last, **query)
    assert answer.status_code == 200, answer.text
    assert misfits("ListEntries", answer.json()) == []
    found: list[Json] = answer.json()
    return found


def amounts(entries: list[Json]) -> list[tuple[int, float]]:
    return [(each["AccountNumber"], each["Amount"]) for each in entries]


def test_invoices_payments_and_ledger_items_are_listed_and_add_up(dinero: DineroCaller) -> None:
    booked = dinero.new_booked(Date=DAY.isoformat())
    dinero.pay(booked, PaymentDate=DAY.isoformat())
    dinero.book_item(ledger_line(), VoucherDate=DAY.isoformat())

    found = listed(dinero)

    assert amounts(found) == [
        *[(53000, 12.35), (64000, -2.47), (1000, -9.88)],
        *[(55010, 12.35), (53000, -12.35)],
        *[(7420, 100), (55000, -100)],
    ]
    assert {each["Date"] for each in found} == {DAY.isoformat()}


def test_a_payment_is_a_voucher_of_its_own_under_the_invoices_number(dinero: DineroCaller) -> None:
    booked = dinero.new_booked(Date=DAY.isoformat())
    paid = dinero.pay(booked, PaymentDate=DAY.isoformat()).json()

    (entry,) = [each for each in listed(dinero) if each["AccountNumber"] == 55010]

    assert entry["VoucherGuid"] == paid["RelatedVoucherGuid"]
    assert (entry["VoucherNumber"], entry["Description"]) == (booked["Number"], "Ordre 10427")


def test_the_days_are_inclusive_and_lie_in_one_accounting_year(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    by_hand.post(sandbox.organisation, DAY, "Kasse", {55040: Decimal(5), 7460: Decimal(-5)})

    assert len(listed(dinero, DAY.isoformat(), DAY.isoformat())) == 2
    assert listed(dinero, f"{YEAR}-03-15") == []
    refused = dinero.get("entries", fromDate=f"{YEAR - 1}-12-31", toDate=FIRST)
    assert refused.status_code == 400


def test_each_year_opens_with_what_the_one_before_left_on_the_balance(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    before = date(YEAR - 1, 6, 1)
    by_hand.post(sandbox.organisation, before, "Gebyr", {7420: Decimal(8), 55000: Decimal(-8)})
    opening = {55010: Decimal(120), 55000: Decimal(-120)}
    by_hand.open_with(sandbox.organisation, date(YEAR, 1, 1), opening)

    found = listed(dinero)

    assert amounts(found) == [(55000, -128), (55010, 120)]
    assert {(each["Type"], each["Date"]) for each in found} == {("Primo", FIRST)}
    assert listed(dinero, includePrimo="false") == []


def test_a_bookkeeper_posts_moves_changes_and_deletes_by_hand(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    organisation = sandbox.organisation
    posted = {55000: Decimal("97.50"), 55010: Decimal("-97.50")}
    voucher = by_hand.post(organisation, DAY, "Udbetaling", posted)

    by_hand.move(organisation, voucher, 55000, 55040)
    by_hand.change(organisation, voucher, Decimal(90), (55040, 55010))
    assert sorted(amounts(listed(dinero))) == [(55010, -90), (55040, 90)]

    by_hand.delete(organisation, voucher)
    assert sorted(amounts(listed(dinero))) == [
        *[(55010, -90), (55010, 90)],
        *[(55040, -90), (55040, 90)],
    ]


def changes(dinero: DineroCaller, since: datetime, until: datetime) -> list[Json]:
    window = {"changesFrom": since.isoformat(), "changesTo": until.isoformat()}
    answer = dinero.get("entries/changes", **window)
    assert answer.status_code == 200, answer.text
    assert misfits("ListEntryChanges", answer.json()) == []
    found: list[Json] = answer.json()
    return found


def test_changes_are_those_of_a_window_of_time_whatever_their_days(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    begin = sandbox.now()
    dinero.book_item(ledger_line(), VoucherDate=f"{YEAR - 1}-05-05")
    sandbox.change_settings(clock_shift_seconds=1800)
    later = sandbox.now()
    dinero.book_item(ledger_line(Amount=7), VoucherDate=DAY.isoformat())

    first = changes(dinero, begin, later - timedelta(minutes=1))
    both = changes(dinero, begin, later + timedelta(minutes=1))

    assert amounts(first) == [(7420, 100), (55000, -100)]
    assert amounts(both) == [*amounts(first), (7420, 7), (55000, -7)]


def test_what_is_changed_by_hand_is_a_change_of_then(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    posted = {55000: Decimal(5), 55010: Decimal(-5)}
    voucher = by_hand.post(sandbox.organisation, DAY, "Udbetaling", posted)
    listed(dinero)
    sandbox.change_settings(clock_shift_seconds=1800)
    later = sandbox.now()

    by_hand.move(sandbox.organisation, voucher, 55000, 55040)

    assert amounts(changes(dinero, later, later + timedelta(minutes=1))) == [(55040, 5)]


def test_a_window_of_changes_is_at_most_31_days(sandbox: Sandbox, dinero: DineroCaller) -> None:
    now = sandbox.now()
    window = {"changesFrom": (now - timedelta(days=32)).isoformat(), "changesTo": now.isoformat()}

    assert dinero.get("entries/changes", **window).status_code == 400
