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
from dinero_sync.domain.finding import Finding, Source, error
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.lint.accounts import (
    Bare,
    account_facts,
    box_of,
    demands,
    fitting_account,
    other_account,
    with_account,
)
from dinero_sync.posting.lint.reach import can_take, zones_of
from dinero_sync.posting.settings import PostingSettings, Rule

RIGHT_BOXES = (
    (Zone.EU, DISTANCE_CODES, sentence("foreign_vat_in_eu"), Source.DISTANCE_SALES),
    (Zone.WORLD, EXPORT_CODES, sentence("foreign_vat_in_world"), Source.EXPORT),
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
        text="reported_as_sale",
        facts={**account_facts(account), "why": use.why, "box": box_of(account.vat_code)},
        source=use.law,
        steps=with_account(sentence("name_account_without_code"), key, better)
        if better
        else (sentence("create_account_without_code", like=use.usual),),
    )


def _wrong_box(key: str, rule: Rule, account: Account, chart: Chart) -> Iterator[Finding]:
    """Find the net of sales with another country's VAT where no box, or a wrong one, gets it."""
    code = account.vat_code
    zones = zones_of(rule.when)
    right = [(codes, said, law) for zone, codes, said, law in RIGHT_BOXES if zone in zones]
    known = code is None or code in ABROAD_CODES
    if not known or not right or any(code in codes for codes, _, _ in right):
        return
    yield error(
        key=key,
        text="foreign_vat_in_wrong_box",
        facts={
            "rule": rule.name,
            **account_facts(account),
            "box": box_of(code) if code else "nowhere",
            "right": tuple(said for _, said, _ in right),
        },
        source=tuple(law for _, _, law in right),
        steps=other_account(chart, right[0][0]),
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
        text="danish_sales_as_foreign",
        facts={"rule": rule.name},
        source=(Source.DANISH_RATE,),
        steps=(sentence("say_where_goods_go"), Yaml(f"when: {condition_text(abroad)}\n")),
    )
