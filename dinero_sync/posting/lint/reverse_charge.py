"""Goods whose VAT a Danish business pays in the seller's place (omvendt betalingspligt)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import ABROAD_CODES, EXPORT_CODES, NO_VAT, Account, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Source, error, hint, warning
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.lint.accounts import account_facts, box_of
from dinero_sync.posting.lint.reach import can_take, is_ordinary, zones_of
from dinero_sync.posting.settings import LineKind, PostingSettings, ProductCondition, Rule
from dinero_sync.posting.suggestion import REVERSED_SALES, account_to_paste

REVERSED_GOODS = re.compile(
    r"\bmobil(?!e?-?pay)|mobiltelefon|smart-?phone|i-?phone|tablet(?!t)|i-?pad|lap-?top|bærbar"
    r"|note-?book|mac-?book|play-?station|x-?box|konsol(?!bord)|game ?console",
    re.IGNORECASE,
)
"""What shops call mobile phones, tablets, laptops and game consoles."""
THEIR_ACCESSORIES = re.compile(
    r"cover|etui|tilbehør|accessor|holder|oplad|kabel|taske|sleeve|spil(?!lekonsol)", re.IGNORECASE
)
LAW = (Source.DOMESTIC_REVERSE_CHARGE,)
LIKE = "1256 Salg med omvendt betalingspligt (rubrik C)"


def reverse_charge_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find sales under reverse charge in a wrong box, or to others than businesses."""
    for at, rule in enumerate(settings.rules):
        key, account = f"posting.rules[{at}]", chart.entry.get(rule.account)
        if account is None:
            continue
        if lacks_reverse_charge(rule, account, chart):
            yield _unsaid(key, rule, account)
        if not rule.reverse_charge:
            continue
        if account.vat_code is None:
            yield _in_no_box(f"{key}.account", rule, account, chart)
        elif account.vat_code in ABROAD_CODES and account.vat_code not in EXPORT_CODES:
            yield _in_other_box(f"{key}.account", rule, account, chart)
        yield from _to_anybody(f"{key}.when", rule, settings)


def lacks_reverse_charge(rule: Rule, account: Account, chart: Chart) -> bool:
    """Tell whether a rule seems to sell such goods to Danish businesses without saying so."""
    when = rule.when
    untaxed = chart.vat_rate(account.number) == NO_VAT and any_of(when.vat_rate, NO_VAT)
    danish = Zone.DK in zones_of(when) and any_of(when.buyer, BuyerKind.BUSINESS)
    if not untaxed or not danish or not is_ordinary(rule):
        return False
    return any(
        REVERSED_GOODS.search(each) and not THEIR_ACCESSORIES.search(each)
        for each in when.product.globs
    )


def _unsaid(key: str, rule: Rule, account: Account) -> Finding:
    return warning(
        key=f"{key}.reverse_charge",
        text="goods_without_reverse_charge",
        facts={
            "rule": rule.name,
            "goods": condition_text(rule.when.product),
            **account_facts(account),
        },
        source=LAW,
        steps=(sentence("say_reverse_charge"), Yaml("reverse_charge: true\n")),
    )


def _in_no_box(key: str, rule: Rule, account: Account, chart: Chart) -> Finding:
    return warning(
        key=key,
        text="reversed_in_no_box",
        facts={"rule": rule.name, "account": account.number},
        source=LAW,
        steps=(
            sentence("name_account_of_box_c"),
            Yaml("account: ", account_to_paste(chart, REVERSED_SALES, LIKE), "\n"),
        ),
    )


def _in_other_box(key: str, rule: Rule, account: Account, chart: Chart) -> Finding:
    return error(
        key=key,
        text="reversed_in_other_box",
        facts={"rule": rule.name, **account_facts(account), "box": box_of(account.vat_code)},
        source=LAW,
        steps=(
            sentence("name_account_of_box_c"),
            Yaml("account: ", account_to_paste(chart, REVERSED_SALES, LIKE), "\n"),
        ),
    )


def _to_anybody(key: str, rule: Rule, settings: PostingSettings) -> Iterator[Finding]:
    """Find rules that consumers come to, and those that name no goods."""
    when = rule.when
    buyers = tuple(each for each in when.buyer if each is not BuyerKind.CONSUMER)
    if can_take(rule, settings, zone=Zone.DK, buyer=BuyerKind.CONSUMER, rate=NO_VAT):
        narrowed = replace(when, buyer=buyers or (BuyerKind.BUSINESS,))
        yield warning(
            key=key,
            text="reversed_to_consumers",
            facts={"rule": rule.name},
            source=LAW,
            steps=(
                sentence("take_danish_businesses_alone"),
                Yaml(f"when: {condition_text(narrowed)}\n"),
            ),
        )
    if when.product == ProductCondition() and any_of(when.line, LineKind.PRODUCT):
        yield hint(
            key=key,
            text="reversed_goods_unnamed",
            facts={"rule": rule.name},
            source=LAW,
            steps=(sentence("name_such_goods"),),
        )
