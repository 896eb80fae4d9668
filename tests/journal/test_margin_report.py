"""The period report of second-hand goods says what it can't know."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from builders import NOW, ORDER_ID, a_plan
from records import a_record

from dinero_sync.cli.reports.money.margin import MarginReport, as_data, as_lines, read_report
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.documents import MarginScheme
from dinero_sync.domain.step import Language
from dinero_sync.journal import orders
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.journal.upkeep.retention import remove_personal_data

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
NOTHING = Decimal(0)


def as_text(report: MarginReport) -> str:
    return "\n".join(map(text_of, as_lines(report, Language.ENGLISH)))


def a_booked_order(order_id: int) -> OrderRecord:
    """Return an order that sold second-hand goods for 125.00 on 3 December."""
    plan = a_plan()
    lines = tuple(
        replace(line, margin_scheme=MarginScheme.USED_GOODS) for line in plan.invoice.lines
    )
    return a_record(
        order_id,
        Standing.DONE,
        Rung.PAID,
        changed=NOW,
        raw=f'{{"order_id": {order_id}}}',
        invoice_day=date(2026, 12, 3),
        invoice_number=order_id,
        plan=replace(plan, invoice=replace(plan.invoice, lines=lines)),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(open_journal(tmp_path)) as db:
        orders.save(db, a_booked_order(ORDER_ID))
    return tmp_path


def test_a_period_that_can_be_read_whole_says_nothing_of_that(folder: Path) -> None:
    report = read_report(folder, FIRST, LAST, None, NOTHING)

    assert (report.sold, report.unreadable) == (Decimal("125.00"), 0)
    assert "couldn't be read" not in as_text(report)


def test_orders_whose_lines_were_removed_are_counted(folder: Path) -> None:
    with closing(open_journal(folder)) as db:
        remove_personal_data(db, NOW + timedelta(days=1), now=NOW, run_id="later")
        orders.save(db, a_booked_order(ORDER_ID + 1))

    report = read_report(folder, FIRST, LAST, None, NOTHING)

    assert (report.sold, report.unreadable) == (Decimal("125.00"), 1)
    assert "couldn't be read: 1." in as_text(report)
    assert as_data(report)["unreadable"] == 1
