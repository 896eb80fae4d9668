"""The rules against the chart and the law: what would be posted wrongly, held, or never used.

Everything here is found by looking at the rules alone; which orders there are isn't known.
"""

from datetime import date

from dinero_sync.domain.chart import Chart
from dinero_sync.posting.finding import Finding, Severity
from dinero_sync.posting.lint.accounts import account_findings
from dinero_sync.posting.lint.boxes import box_findings
from dinero_sync.posting.lint.distance_sales import distance_sales_findings
from dinero_sync.posting.lint.gift_cards import gift_card_findings
from dinero_sync.posting.lint.payments import payment_findings
from dinero_sync.posting.lint.reach import reach_findings
from dinero_sync.posting.lint.second_hand import second_hand_findings
from dinero_sync.posting.lint.time import time_findings
from dinero_sync.posting.lint.vat import vat_findings
from dinero_sync.posting.settings import PostingSettings

ORDER = tuple(Severity)


def lint(settings: PostingSettings, chart: Chart, today: date) -> list[Finding]:
    """Return all findings, errors first; ``today`` is the day in Copenhagen."""
    found = [
        *account_findings(settings, chart),
        *box_findings(settings, chart),
        *second_hand_findings(settings, chart),
        *vat_findings(settings, chart),
        *distance_sales_findings(settings, chart),
        *gift_card_findings(settings, chart),
        *reach_findings(settings),
        *payment_findings(settings, chart),
        *time_findings(settings, today),
    ]
    return sorted(found, key=lambda finding: ORDER.index(finding.severity))
