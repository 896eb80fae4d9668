"""Second-hand goods (brugtmoms) whose scheme isn't said, or whose method isn't."""

import re
from collections.abc import Iterator

from dinero_sync.domain.chart import NO_VAT, Account, Chart
from dinero_sync.domain.finding import Finding, error, hint, warning
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.lint.accounts import MARGIN_LAW
from dinero_sync.posting.lint.reach import is_ordinary, zones_of
from dinero_sync.posting.settings import LineKind, MarginMethod, PostingSettings, Rule
from dinero_sync.posting.suggestion import MARGINS, SECOND_HAND_SALES, account_to_paste

SECOND_HAND = re.compile(
    r"(?<!u)(?<!for)brugt|genbrug|(second|2nd)[\W_]*hand|vintage"
    r"|antik(?=$|[\W_]|ke|t\b|vitet|varia)|antique",
    re.IGNORECASE,
)
"""What goods that were used before are called; unused ones and antikalk (against lime) aren't."""


def second_hand_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find second-hand goods that would be sold without the text and the VAT that they need."""
    for at, rule in enumerate(settings.rules):
        key = f"posting.rules[{at}].margin_scheme"
        account = chart.entry.get(rule.account)
        if account is None:
            continue
        if rule.margin_scheme is not None and settings.margin is None:
            yield _no_method(key, rule, chart)
        if lacks_scheme(rule, account):
            named = _is_second_hand(account.name)
            yield _account_of_scheme(key, rule, account) if named else _no_scheme(key, rule)
    yield from _unused_margin(settings, chart)


def lacks_scheme(rule: Rule, account: Account) -> bool:
    """Tell whether a rule seems to sell second-hand goods without any VAT.

    Used goods that leave the EU are ordinary exports.
    """
    when = rule.when
    untaxed = account.vat_code is None and any_of(when.vat_rate, NO_VAT) and is_ordinary(rule)
    near = bool(zones_of(when) - {Zone.WORLD})
    if not untaxed or not near or not any_of(when.line, LineKind.PRODUCT):
        return False
    return any(map(_is_second_hand, (account.name, *when.product.globs)))


def _is_second_hand(name: str) -> bool:
    return SECOND_HAND.search(name) is not None


def _no_method(key: str, rule: Rule, chart: Chart) -> Finding:
    account = account_to_paste(chart, MARGINS, "1052 Brugtmoms avance")
    return error(
        key=key,
        text="margin_method_unsaid",
        facts={"rule": rule.name},
        source=MARGIN_LAW,
        steps=(
            sentence("ask_for_method"),
            Yaml(
                "posting:\n  margin_scheme:\n    method: individual  ",
                sentence("collective_takes_no_account"),
                "\n    account: ",
                account,
                "\n",
            ),
        ),
    )


def _account_of_scheme(key: str, rule: Rule, account: Account) -> Finding:
    return error(
        key=key,
        text="account_without_scheme",
        facts={"rule": rule.name, "account": account.number, "name": account.name},
        source=MARGIN_LAW,
        steps=(sentence("say_kind_of_goods"), Yaml("margin_scheme: used_goods\n")),
    )


def _no_scheme(key: str, rule: Rule) -> Finding:
    return warning(
        key=key,
        text="goods_without_scheme",
        facts={
            "rule": rule.name,
            "goods": condition_text(rule.when.product),
            "account": rule.account,
        },
        source=MARGIN_LAW,
        steps=(sentence("taxed_or_kind_of_goods"), Yaml("margin_scheme: used_goods\n")),
    )


def _unused_margin(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    if settings.margin is None or any(rule.margin_scheme for rule in settings.rules):
        return
    like = "1051 Brugtmoms bruttosalg"
    individual = settings.margin.method is MarginMethod.INDIVIDUAL
    yield hint(
        key="posting.margin_scheme",
        text="margins_asked_in_vain" if individual else "no_margins",
        source=MARGIN_LAW,
        steps=(
            sentence("remove_or_say_which_goods"),
            Yaml(
                "posting:\n  rules:\n    - name: ",
                sentence("name_second_hand_goods"),
                '\n      when: {line: product, category: ["Brugt*"]}\n      account: ',
                account_to_paste(chart, SECOND_HAND_SALES, like),
                "\n      margin_scheme: used_goods\n",
            ),
        ),
    )
