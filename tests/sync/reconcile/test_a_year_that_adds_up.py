"""A year in which nothing was touched is proved to 0.00, and nothing is changed by that."""

import json
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from business import SandboxClock
from proved_year import ELSEWHERE, LAST, LATER, PLAIN, WHOLE, YEAR, Year, named, number
from shop import raw_order

from dinero_sync.cli.reports.money.reconcile import as_data, as_lines
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import Language
from dinero_sync.errors import QuotaError, TemporaryError, UsageError
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder.lock import LockHeldError
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Gap
from dinero_sync.sync.insight import reconcile


def told(year: Year, first: date = YEAR[0], last: date = YEAR[1]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_text(as_data(year.proved(first, last))))
    return found


def test_it_is_proved_and_every_order_is_in_one_class(year: Year) -> None:
    asked = year.business.sandbox.request_count
    before = year.business.sandbox.organisation.balances()

    found = year.proved()

    assert not found.differences
    assert not found.gaps
    assert found.is_proved
    classes = {name: (each.orders, each.total) for name, each in found.sums.classes.items()}
    assert classes == {
        OrderClass.BOOKED: (13, Decimal("4528.26")),
        OrderClass.CREDITED: (1, Decimal(300)),
        OrderClass.SKIPPED: (1, Decimal(125)),
        OrderClass.WAITING: (1, Decimal(125)),
        OrderClass.HELD: (1, Decimal(125)),
        OrderClass.IN_DOUBT: (0, Decimal(0)),
        OrderClass.ELSEWHERE: (1, Decimal(125)),
    }
    requests = [each for each in year.business.sandbox.requests if each.number > asked]
    assert {each.method for each in requests if "token" not in each.path} == {"GET"}
    assert year.business.sandbox.organisation.balances() == before


def test_its_boxes_are_those_of_the_vat_return_that_dinero_makes(year: Year) -> None:
    found = told(year)["vat_return"]

    of_dinero = year.books.vat_return(*YEAR)
    for name, each in found.items():
        assert Decimal(each["dinero"]) + Decimal(each["others"]) == getattr(of_dinero, name), name


def test_programs_are_told_by_the_contract(year: Year) -> None:
    found = told(year)

    assert {name: each["orders"] for name, each in found["classes"].items()} == {
        "booked": 13,
        "credited": 1,
        "skipped": 1,
        "waiting": 1,
        "held": 1,
        "in_doubt": 0,
        "elsewhere": 1,
    }
    assert found["shop"] == {"orders": 18, "total": "5328.26"}
    assert found["dinero"] == {"invoices": 15, "credit_notes": 4, "total": "4363.26"}
    assert (found["from"], found["to"], found["difference"]) == ("2026-01-01", "2026-12-31", "0.00")
    assert (found["differences"], found["number_gaps"]) == ([], [])
    assert found["by_account"]["55020"] == {
        "ours": "179.98",
        "dinero": "179.98",
        "difference": "0.00",
        "others": "0.00",
    }


def test_balances_of_clearing_accounts_go_on_from_before_the_period(year: Year) -> None:
    end = [date(2026, 12, 31)]
    whole = year.proved(with_balances=True).details
    december = year.proved(date(2026, 12, 1), end[0], with_balances=True).details

    held: dict[int, Decimal] = defaultdict(Decimal)
    for entry in year.books.entries:
        held[entry.account] += entry.amount
    balances = {account: amount for account, (amount,) in whole.balances(end)}
    assert {55010, 55020, 55060} <= balances.keys()
    assert balances == {account: held[account] for account in balances}
    assert {account: amount for account, (amount,) in december.balances(end)} == balances
    assert whole.opening.get(55010, 0) == 0 != december.opening[55010]
    assert sum(whole.fees.values()) == Decimal("2.25")
    assert year.proved().details.changes == {}


def test_people_are_told_the_verdict_first_in_both_languages(year: Year) -> None:
    found = year.proved()

    english, danish = (
        list(map(text_of, as_lines(found, each))) for each in (Language.ENGLISH, Language.DANISH)
    )

    assert english[1].startswith("What is booked adds up to 0.00, to the øre. Not booked yet: ord")
    assert danish[1].startswith("Det bogførte stemmer til 0,00, helt ned til øren.")
    assert "salgsmoms" in "\n".join(danish)


def test_what_differs_is_told_with_what_to_do(year: Year) -> None:
    with year.tried():
        guid = year.invoice(PLAIN).guid
        year.books.entries = [each for each in year.books.entries if each.voucher_guid != guid]
        year.books.accounts[1100].hidden = True
        year.invoice_by_hand("Kursus", Decimal(10), ExternalReference=number(LAST))
        found = year.proved()

    text = "\n".join(map(text_of, as_lines(found, Language.ENGLISH)))
    assert text.splitlines()[1] == "Differences: 3. Dinero's documents are off by +10.00."
    assert f"order #{number(PLAIN)}, invoice, 2026-01-15: -125.00" in text
    assert "account 1100: +0.00" in text
    assert "Look at both invoices in Dinero" in text


def test_a_month_has_its_own_orders_and_explains_the_numbers_between_them(year: Year) -> None:
    found = year.proved(date(2026, 12, 1), date(2026, 12, 31))

    assert not found.differences
    assert found.sums.classes[OrderClass.BOOKED].orders == 2
    assert found.is_proved


def test_numbers_of_another_month_are_explained_by_it(year: Year) -> None:
    with year.tried():
        year.invoice(LATER).date = date(2026, 1, 20)
        for entry in year.entries(year.invoice(LATER).guid):
            place = year.books.entries.index(entry)
            year.books.entries[place] = type(entry)(
                **{name: getattr(entry, name) for name in entry.__slots__ if name != "date"},
                date=date(2026, 1, 20),
            )
        found = year.proved(date(2026, 1, 1), date(2026, 1, 31))

    between = [each for each in found.gaps if each.day is not None]
    assert between
    assert isinstance(between[0], Gap)
    assert between[0].order


def test_an_order_that_no_run_has_seen_waits(year: Year) -> None:
    moment = "2026-12-10 12:30:00"
    sold = raw_order(named(40), time=moment, paid_time=moment, last_modified="2026-12-10 14:00:00")
    year.business.sell(sold)
    try:
        found = year.proved()
    finally:
        del year.business.sandbox.orders[named(40)]

    assert found.sums.classes[OrderClass.WAITING].orders == 2
    assert found.is_proved


def test_nothing_is_said_where_a_read_fails_or_is_cut_short(year: Year) -> None:
    for path in ("*/invoices", "*/creditnotes", "*/entries", "*/contacts", "*/accounts/entry"):
        year.business.fault("truncated", path, times=None)
        with pytest.raises(TemporaryError):
            year.proved()
        year.business.sandbox.clear_faults()


def test_nothing_is_said_where_the_shop_cannot_be_read(year: Year) -> None:
    year.business.fault("truncated", "*/order", service="shoporama", times=None)
    with pytest.raises(TemporaryError):
        year.proved()
    year.business.sandbox.clear_faults()


def test_the_calls_that_runs_need_are_left_to_them(year: Year) -> None:
    year.business.config["shoporama"]["daily_calls"] = 1
    with pytest.raises(QuotaError, match="left to the runs"):
        year.proved()
    del year.business.config["shoporama"]["daily_calls"]


def test_without_a_run_that_read_the_shop_nobody_knows_whether_all_is_here(year: Year) -> None:
    watermark = year.business.state_folder / "watermark.json"
    kept = watermark.read_text()
    watermark.unlink()
    try:
        with pytest.raises(TemporaryError, match="to its end yet"):
            year.proved()
    finally:
        watermark.touch(mode=0o600)
        watermark.write_text(kept)


def test_a_run_at_work_moves_what_is_compared(year: Year) -> None:
    with year.business.at_work(), pytest.raises(LockHeldError):
        year.proved()


def test_a_period_that_was_removed_for_its_age_cannot_be_proved(year: Year) -> None:
    with closing(open_journal(year.business.state_folder)) as db:
        plan = db.execute(
            "SELECT plan FROM documents WHERE subject = ? AND document = 'invoice'", (named(PLAIN),)
        ).fetchone()["plan"]
        change = "UPDATE documents SET plan = ? WHERE subject = ? AND document = 'invoice'"
        db.execute(change, (None, named(PLAIN)))
        try:
            with pytest.raises(UsageError, match="Choose a later --from"):
                year.proved()
        finally:
            db.execute(change, (plan, named(PLAIN)))


def test_wrong_usage_is_refused(year: Year) -> None:
    with pytest.raises(UsageError, match="lies before"):
        year.proved(YEAR[1], YEAR[0])
    kept = year.business.state_folder
    year.business.state_folder = kept / "elsewhere"
    config = year.business.loaded()
    year.business.state_folder = kept
    clock = SandboxClock(year.business.sandbox)
    with pytest.raises(UsageError, match="no journal"):
        reconcile.reconcile(config, "config.yaml", clock, *YEAR)


def test_an_order_credited_whole_after_the_period_is_booked_in_it(year: Year) -> None:
    day = year.invoice(WHOLE).date
    found = year.proved(day, day + timedelta(days=1))

    assert found.sums.classes[OrderClass.BOOKED].orders == 1
    assert found.sums.classes[OrderClass.CREDITED].orders == 0


def test_an_order_booked_by_other_means_is_no_doubled_one(year: Year) -> None:
    found = told(year, date(2026, 12, 3), date(2026, 12, 9))

    assert found["classes"]["elsewhere"]["orders"] == 1
    assert named(ELSEWHERE) not in {each["order"] for each in found["differences"]}
