"""The rules against the chart and the law: what would be posted wrongly, held, or never used.

Everything here is found by looking at the rules alone; which orders there are isn't known.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.finding import Finding, Severity, Source
from dinero_sync.domain.step import Yaml, command, sentence
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.posting.lint.accounts import account_findings
from dinero_sync.posting.lint.bills import bill_findings
from dinero_sync.posting.lint.boxes import box_findings
from dinero_sync.posting.lint.distance_sales import distance_sales_findings
from dinero_sync.posting.lint.gift_cards import gift_card_findings
from dinero_sync.posting.lint.oss import oss_findings
from dinero_sync.posting.lint.payments import payment_findings
from dinero_sync.posting.lint.payouts import payout_findings
from dinero_sync.posting.lint.reach import reach_findings
from dinero_sync.posting.lint.reverse_charge import reverse_charge_findings
from dinero_sync.posting.lint.second_hand import second_hand_findings
from dinero_sync.posting.lint.vat import vat_findings
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.posting.settings import PostingSettings

ORDER = tuple(Severity)
UNUSUAL = timedelta(days=31)
LONG_AGO = timedelta(days=92)
"""A quarter: the VAT period above 5 million kroner a year; below, it is half a year (momsloven
§ 57)."""


def lint(
    settings: PostingSettings,
    chart: Chart,
    today: date,
    bills: BillSettings | None = None,
    payouts: PayoutSettings | None = None,
) -> list[Finding]:
    """Return all findings, errors first; ``today`` is the day in Copenhagen."""
    found = [
        *account_findings(settings, chart),
        *box_findings(settings, chart),
        *second_hand_findings(settings, chart),
        *reverse_charge_findings(settings, chart),
        *vat_findings(settings, chart),
        *distance_sales_findings(settings, chart),
        *oss_findings(settings, chart),
        *gift_card_findings(settings, chart),
        *reach_findings(settings),
        *payment_findings(settings, chart),
        *(bill_findings(bills, chart, _ids(payouts)) if bills else ()),
        *(payout_findings(payouts, chart, bills) if payouts else ()),
        *_time_findings(settings, today),
    ]
    return sorted(found, key=lambda finding: ORDER.index(finding.severity))


def _ids(payouts: PayoutSettings | None) -> frozenset[str]:
    return frozenset(each.id for each in payouts.sources) if payouts else frozenset()


def _time_findings(settings: PostingSettings, today: date) -> Iterator[Finding]:
    """Find orders that would be dated back, or on days that are closed before they come."""
    closed = settings.closed_until
    if closed is not None and closed >= today:
        yield Finding(
            severity=Severity.WARNING,
            key="dinero.closed_until",
            text="period_to_come",
            facts={"closed_until": closed},
            steps=(sentence("say_last_reported_day"),),
        )
    age = today - settings.start_date
    if age <= UNUSUAL:
        return
    yield Finding(
        severity=Severity.WARNING if age > LONG_AGO else Severity.HINT,
        key="sync.start_date",
        text="orders_long_ago",
        facts={"start_date": settings.start_date, "days": age.days},
        source=(Source.IN_TIME,),
        steps=(
            sentence("look_at_what_would_be_booked"),
            command("run", "--dry-run"),
            sentence("choose_a_day"),
            Yaml(f"sync:\n  start_date: {today.isoformat()}\n"),
        ),
    )
