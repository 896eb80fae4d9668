"""Sources of payouts that name what Dinero lacks, or whose VAT on fees nobody can be sure of."""

from collections.abc import Iterator, Mapping

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.finding import Finding, error, hint, warning
from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.conditions import any_glob
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.posting.payouts.unusable import unusable_in_payouts

TEXTS = {
    "missing_account": "payout_missing_account",
    "hidden_account": "payout_hidden_account",
    "no_deposit_account": "payout_no_deposit_account",
    "unknown_vat_code": "payout_unknown_vat_code",
}
"""What is found of each fault of what a source names."""
SUPPLIERS: Mapping[SettlementFormat, str] = {
    SettlementFormat.STRIPE: "Stripe",
    SettlementFormat.PAYPAL: "PayPal",
    SettlementFormat.KLARNA: "Klarna",
    SettlementFormat.VIPPS_MOBILEPAY: "Vipps MobilePay",
    SettlementFormat.MOBILEPAY: "MobilePay",
    SettlementFormat.CLEARHAUS: "Clearhaus",
    SettlementFormat.ADYEN: "Adyen",
    SettlementFormat.ALTAPAY: "AltaPay",
}
"""What the providers are called on their bills."""
UNSURE = frozenset(
    {
        SettlementFormat.STRIPE,
        SettlementFormat.KLARNA,
        SettlementFormat.VIPPS_MOBILEPAY,
        SettlementFormat.MOBILEPAY,
        SettlementFormat.ALTAPAY,
    }
)
"""Providers that sell both: moving money, which is free of VAT (momsloven § 13, stk. 1, nr. 11,
litra c), and technical services, which aren't (SKM2018.381.SR). Those from abroad charge none for
the latter, and the buyer may owe it."""


def payout_findings(
    settings: PayoutSettings, chart: Chart, bills: BillSettings | None
) -> Iterator[Finding]:
    """Find what is wrong with the sources of payouts, and bills that would post fees again."""
    for each in unusable_in_payouts(settings, chart):
        yield error(
            key=each.key,
            text=TEXTS[each.fault],
            facts={"named": each.named},
            steps=(sentence("name_another_for_payouts"),),
        )
    for at, source in enumerate(settings.sources):
        if source.format in UNSURE and source.fee_vat is None:
            yield hint(
                key=f"payouts.sources[{at}].fee_vat",
                text="payout_fee_vat_unsure",
                facts={"source": source.id},
                steps=(sentence("ask_about_fee_vat"),),
            )
    for at, rule in enumerate(bills.rules if bills else ()):
        source_id = _posts_twice(rule, settings)
        if source_id is not None:
            yield warning(
                key=f"bills.rules[{at}]",
                text="bill_posts_fees_again",
                facts={"rule": rule.name, "source": source_id},
                steps=(sentence("settle_by_payouts"), Yaml(f"settled_by: {source_id}\n")),
            )


def _posts_twice(rule: BillRule, settings: PayoutSettings) -> str | None:
    """Return the source whose fees a rule for bills posts too; None without one."""
    if rule.settled_by is not None or not rule.names:
        return None
    for source in settings.sources:
        name = SUPPLIERS.get(source.format, source.id)
        if any_glob(rule.names, name) or any_glob(rule.names, f"{name} A/S"):
            return source.id
    return None
