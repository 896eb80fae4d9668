"""Gift cards whose kind, sale or use isn't said."""

import re
from collections.abc import Iterator

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.finding import Finding, Source, error, warning
from dinero_sync.domain.step import Pasted, Steps, Yaml, sentence
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.payments import GIFT_CARD, deposit_to_paste
from dinero_sync.posting.settings import (
    REDEEMED_ACCOUNT,
    SINGLE_PURPOSE_ACCOUNT,
    GiftCardKind,
    GiftCards,
    LineKind,
    PaymentType,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.posting.suggestion import (
    MULTI_PURPOSE_CARDS,
    SINGLE_PURPOSE_CARDS,
    account_to_paste,
    best_account,
)

CARD_ACCOUNTS = (63080, 63085)
"""Gift cards in the standard chart, and the usual one for single-purpose cards."""
CALLED_CARD = re.compile(r"gave[\W_]*(kort|bevis)|gift[\W_]*(card|voucher)", re.IGNORECASE)
EXAMPLE = ProductCondition(sku=("GAVEKORT*",))


def gift_card_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find gift cards that would be sold or used without the books noticing."""
    cards = settings.gift_cards
    if cards is None:
        yield from _rules_for_none(settings, chart)
        return
    if not cards.voucher_codes:
        yield _use_unknown(cards)
    if cards.sold_as is None:
        yield _sale_unknown()
    if cards.is_multi_purpose:
        yield from _payments_by_cards(settings, cards, chart)
    if cards.single_purpose is not None and not _is_sold(cards.single_purpose, settings):
        yield _never_sold(cards.single_purpose)


def is_for_gift_cards(rule: Rule, account: Account) -> bool:
    """Tell whether a rule seems to take gift cards, by its products or by its account."""
    if not any_of(rule.when.line, LineKind.PRODUCT):
        return LineKind.GIFT_CARD in rule.when.line
    by_account = account.number in CARD_ACCOUNTS or CALLED_CARD.search(account.name)
    return bool(by_account or _products_called_card(rule.when.product))


def _products_called_card(when: ProductCondition) -> bool:
    return any(map(CALLED_CARD.search, when.globs))


def _rules_for_none(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    for at, rule in enumerate(settings.rules):
        account = chart.entry.get(rule.account)
        if LineKind.GIFT_CARD in rule.when.line:
            yield _no_kind(at, rule, chart)
        elif account is not None and is_for_gift_cards(rule, account):
            yield _kind_unsaid(at, rule, account, chart)


def _no_kind(at: int, rule: Rule, chart: Chart) -> Finding:
    return error(
        key=f"posting.rules[{at}].when.line",
        text="gift_card_kind_missing",
        facts={"rule": rule.name},
        source=(Source.GIFT_CARDS,),
        steps=_kind_to_paste(rule, chart),
    )


def _kind_unsaid(at: int, rule: Rule, account: Account, chart: Chart) -> Finding:
    return warning(
        key=f"posting.rules[{at}]",
        text="gift_card_kind_unsaid",
        facts={"rule": rule.name, "account": account.number, "name": account.name},
        source=(Source.GIFT_CARDS,),
        steps=_kind_to_paste(rule, chart),
    )


def _kind_to_paste(rule: Rule, chart: Chart) -> Steps:
    products = rule.when.product
    single = account_to_paste(chart, SINGLE_PURPOSE_CARDS, "63085 Gavekort til ét formål")
    multi = best_account(chart, MULTI_PURPOSE_CARDS)
    other: Pasted = str(multi.number) if multi else sentence("one_without_code")
    known = products if _products_called_card(products) else EXAMPLE
    pasted = Yaml(
        "posting:\n"
        f"  kinds: {{gift_card: {condition_text(known)}}}\n"
        "  gift_cards:\n"
        "    kind: single_purpose  ",
        sentence("or_multi_purpose"),
        "\n    account: ",
        single,
        "; multi_purpose: ",
        other,
        '\n    voucher_codes: "GK-*"\n',
    )
    return (sentence("ask_which_kind_of_cards"), pasted)


def _use_unknown(cards: GiftCards) -> Finding:
    return warning(
        key="posting.gift_cards.voucher_codes",
        text="gift_card_codes_unsaid",
        facts={"account": cards.account},
        source=(Source.GIFT_CARDS,),
        steps=(
            sentence("say_how_codes_look"),
            Yaml('posting:\n  gift_cards:\n    voucher_codes: "GK-*"\n'),
        ),
    )


def _payments_by_cards(
    settings: PostingSettings, cards: GiftCards, chart: Chart
) -> Iterator[Finding]:
    """Find what keeps the debt to holders of cards from being settled when they are used."""
    if cards.redeemed_account is None:
        yield _nowhere_registered(chart)
    for entry in settings.payment_types:
        if entry.deposit_account is not None and entry.deposit_account == cards.redeemed_account:
            yield _shared_with(entry, entry.deposit_account)
    for at, rule in enumerate(settings.rules):
        if LineKind.GIFT_CARD not in rule.when.line:
            continue
        is_debt = cards.kind_sold_on(rule.account) is GiftCardKind.MULTI_PURPOSE
        if is_debt and rule.account != cards.account:
            yield _debt_elsewhere(f"posting.rules[{at}].account", rule, cards)


def _nowhere_registered(chart: Chart) -> Finding:
    return warning(
        key=REDEEMED_ACCOUNT,
        text="gift_card_payments_unsaid",
        source=(Source.GIFT_CARDS,),
        steps=(
            sentence("say_redeemed_account"),
            Yaml(
                "posting:\n  gift_cards:\n    redeemed_account: ",
                deposit_to_paste(GIFT_CARD, "", chart),
                "\n",
            ),
        ),
    )


def _shared_with(entry: PaymentType, account: int) -> Finding:
    return warning(
        key=REDEEMED_ACCOUNT,
        text="gift_card_payments_share_account",
        facts={"other": entry.name, "account": account},
        source=(Source.CLEARING,),
        steps=(sentence("redeemed_account_alone"),),
    )


def _debt_elsewhere(key: str, rule: Rule, cards: GiftCards) -> Finding:
    return warning(
        key=key,
        text="gift_card_debt_elsewhere",
        facts={"rule": rule.name, "account": rule.account, "debt": cards.account},
        source=(Source.GIFT_CARDS,),
        steps=(sentence("one_account_of_debt"), Yaml(f"account: {cards.account}\n")),
    )


def _is_sold(single: GiftCards, settings: PostingSettings) -> bool:
    takes = (rule for rule in settings.rules if LineKind.GIFT_CARD in rule.when.line)
    return any(rule.account == single.account for rule in takes)


def _never_sold(single: GiftCards) -> Finding:
    return warning(
        key=SINGLE_PURPOSE_ACCOUNT,
        text="single_purpose_cards_unsaid",
        facts={"account": single.account},
        source=(Source.GIFT_CARDS,),
        steps=(
            sentence("say_which_cards_are_single_purpose"),
            Yaml(
                "posting:\n"
                "  rules:\n"
                "    - name: single-purpose gift cards\n"
                '      when: {line: gift_card, sku: "GAVEKORT-*"}\n'
                f"      account: {single.account}\n"
            ),
        ),
    )


def _sale_unknown() -> Finding:
    return warning(
        key="posting.kinds.gift_card",
        text="gift_card_products_unsaid",
        source=(Source.GIFT_CARDS,),
        steps=(
            sentence("say_which_products_are_cards"),
            Yaml('posting:\n  kinds: {gift_card: {sku: "GAVEKORT*"}}\n'),
        ),
    )
