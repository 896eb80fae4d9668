"""Rules for suppliers' bills that name what Dinero lacks, or that no bill will ever meet."""

from collections.abc import Collection, Iterator

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.finding import Finding, error, warning
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.posting.bills.codes import DANISH_CODES
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.bills.unusable import unusable

TEXTS = {
    "missing_account": "bill_missing_account",
    "hidden_account": "bill_hidden_account",
    "no_purchase_account": "bill_no_purchase_account",
    "unknown_vat_code": "bill_unknown_vat_code",
}
"""What is found of each fault of what the rules name."""


def bill_findings(
    settings: BillSettings, chart: Chart, sources: Collection[str] = ()
) -> Iterator[Finding]:
    """Find what is wrong with the rules for bills; ``sources`` are the ids of payout sources."""
    for each in unusable(settings, chart):
        yield error(
            key=each.key,
            text=TEXTS[each.fault],
            facts={"named": each.named},
            steps=(sentence("name_another_for_bills"),),
        )
    for at, rule in enumerate(settings.rules):
        if rule.settled_by is not None and rule.settled_by not in sources:
            yield error(
                key=f"bills.rules[{at}].settled_by",
                text="bill_unknown_source",
                facts={"rule": rule.name, "source": rule.settled_by},
                steps=(sentence("name_a_payout_source"),),
            )
    yield from _never_reached(settings)
    yield from _danish_code_at_another_rate(settings)


def _never_reached(settings: BillSettings) -> Iterator[Finding]:
    """Find the rules behind one that takes every bill."""
    for at, rule in enumerate(settings.rules[:-1]):
        if not rule.names and not rule.vat_numbers:
            yield warning(
                key=f"bills.rules[{at}]",
                text="bill_rule_takes_all",
                facts={"rule": rule.name, "next": settings.rules[at + 1].name},
                steps=(sentence("move_rule_to_the_end"),),
            )
            return


def _danish_code_at_another_rate(settings: BillSettings) -> Iterator[Finding]:
    """Find codes by rate that deduct Danish VAT of something else than 25 %."""
    for at, rule in enumerate(settings.rules):
        for rate, code in rule.vat_by_rate:
            if code in DANISH_CODES and rate != DANISH_VAT:
                yield _holds_every_bill(at, rule, code)


def _holds_every_bill(at: int, rule: BillRule, code: str) -> Finding:
    return error(
        key=f"bills.rules[{at}].vat",
        text="bill_code_never_fits",
        facts={"rule": rule.name, "code": code},
        steps=(sentence("vat_codes_by_rate"), Yaml(f"vat: {{25: {code}, 0: none}}\n")),
    )
