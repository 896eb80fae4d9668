"""Accounts whose VAT code brings into a box of the VAT return what doesn't belong there."""

from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import (
    ABROAD_CODES,
    DANISH_VAT,
    DISTANCE_CODES,
    EXPORT_CODES,
    Account,
    Chart,
)
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, error
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.lint.accounts import (
    EXPORT_LAW,
    Bare,
    box_of,
    demands,
    fitting_account,
    other_account,
    yaml_of,
)
from dinero_sync.posting.lint.distance_sales import DISTANCE_SALES_LAW
from dinero_sync.posting.lint.reach import can_take, zones_of
from dinero_sync.posting.settings import PostingSettings, Rule

IN_EU = "Within the EU (OSS) they belong in box B without the EU sales list, by UEUV2."
IN_WORLD = "Outside the EU (VOEC) they belong in box C, by UVV, UVC or UVY."

RIGHT_BOXES = (
    (Zone.EU, DISTANCE_CODES, IN_EU, DISTANCE_SALES_LAW),
    (Zone.WORLD, EXPORT_CODES, IN_WORLD, EXPORT_LAW),
)
"""Where the net of sales with another country's VAT belongs: codes, how it's said, the law."""


def box_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find accounts without Danish VAT that report, or don't report, what is sent there."""
    for use in demands(settings):
        account = chart.entry.get(use.account)
        if use.bare is not None and account is not None and account.vat_code in ABROAD_CODES:
            yield _reported(use.key, use.bare, account, settings, chart)
    for at, rule in enumerate(settings.rules):
        account = chart.entry.get(rule.account)
        if rule.foreign_vat_account is not None and account is not None:
            yield from _wrong_box(f"posting.rules[{at}].account", rule, account, chart)
            yield from _danish_as_foreign(f"posting.rules[{at}].when", rule, settings)


def _reported(
    key: str, use: Bare, account: Account, settings: PostingSettings, chart: Chart
) -> Finding:
    better = fitting_account(key, settings, chart)
    return error(
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}, but {use.why}. "
        f"Booked there, it is reported as a sale without VAT, {box_of(account.vat_code)}.",
        source=use.law,
        mending="Name an account without a VAT code"
        + (
            f":\n\n{yaml_of(key, better)}"
            if better
            else f" (create it in Dinero, like {use.usual})."
        ),
    )


def _wrong_box(key: str, rule: Rule, account: Account, chart: Chart) -> Iterator[Finding]:
    """Find the net of sales with another country's VAT where no box, or a wrong one, gets it."""
    code = account.vat_code
    zones = zones_of(rule.when)
    right = [(codes, text, law) for zone, codes, text, law in RIGHT_BOXES if zone in zones]
    known = code is None or code in ABROAD_CODES
    if not known or not right or any(code in codes for codes, _, _ in right):
        return
    yield error(
        key=key,
        message=f'Rule "{rule.name}" books sales with another country\'s VAT on account '
        f"{account.number} with the VAT code {code or 'none'}, so that they are reported "
        f"{box_of(code) if code else 'nowhere'}. {' '.join(text for _, text, _ in right)}",
        source="; ".join(law for _, _, law in right),
        mending=other_account(chart, right[0][0]),
    )


def _danish_as_foreign(key: str, rule: Rule, settings: PostingSettings) -> Iterator[Finding]:
    """Find rules for another country's VAT that take Danish sales too."""
    if not any(
        can_take(rule, settings, zone=Zone.DK, buyer=buyer, rate=DANISH_VAT) for buyer in BuyerKind
    ):
        return
    countries = tuple(country for country in rule.when.country if country != "DK")
    zones = tuple(zone for zone in rule.when.zone if zone is not Zone.DK)
    abroad = replace(rule.when, zone=zones if zones or countries else (Zone.EU,), country=countries)
    yield error(
        key=key,
        message=f'Rule "{rule.name}" is for another country\'s VAT and takes Danish sales as well: '
        "their 25 % would be booked as a debt to that country and lack from the VAT return.",
        source="momsloven § 33",
        mending=f"Say where the goods go:\n\nwhen: {condition_text(abroad)}\n",
    )
