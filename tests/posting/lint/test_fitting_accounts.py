"""An account must have the VAT that the configuration uses it for, or nothing is booked."""

from decimal import Decimal

import pytest
from builders import a_chart, a_rule, settings

from dinero_sync.domain.documents import MarginScheme
from dinero_sync.domain.step import sentence
from dinero_sync.posting.lint.accounts import Demand, unfit_accounts
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    Margin,
    MarginMethod,
    PostingSettings,
    Rounding,
)


def unfit(**rules: object) -> list[tuple[str, int]]:
    return [(each.key, each.account) for each in unfit_accounts(settings(**rules), a_chart())]


def cards(kind: GiftCardKind, account: int) -> GiftCards:
    return GiftCards(kind=kind, account=account)


@pytest.mark.parametrize(
    "rules",
    [
        {"rules": (a_rule(1255, vat_rate=(Decimal(0),)), a_rule(1000))},
        {"rules": (a_rule(1000, vat_rate=(Decimal(0), Decimal(25))),)},
        {"rules": (a_rule(1051, margin_scheme=MarginScheme.ART),)},
        {"rules": (a_rule(1151, vat_rate=(Decimal(19),), foreign_vat_account=64200),)},
        {"gift_cards": cards(GiftCardKind.SINGLE_PURPOSE, 63085)},
        {"gift_cards": cards(GiftCardKind.MULTI_PURPOSE, 63080)},
        {"margin": Margin(method=MarginMethod.INDIVIDUAL, account=1052)},
        {"margin": Margin(method=MarginMethod.COLLECTIVE, account=None)},
        {"rounding": Rounding(limit=Decimal(1), account=1490)},
        {"rules": (a_rule(9999, vat_rate=(Decimal(0),)),)},
    ],
    ids=str,
)
def test_accounts_with_the_right_vat_pass_and_missing_ones_are_another_matter(
    rules: dict[str, object],
) -> None:
    assert unfit(**rules) == []


@pytest.mark.parametrize(
    ("rules", "key", "account"),
    [
        ({"rules": (a_rule(1000, vat_rate=(Decimal(0),)),)}, "posting.rules[0].account", 1000),
        (
            {"rules": (a_rule(1000), a_rule(1000, margin_scheme=MarginScheme.ART))},
            "posting.rules[1].account",
            1000,
        ),
        (
            {"rules": (a_rule(1001, foreign_vat_account=64200),)},
            "posting.rules[0].account",
            1001,
        ),
        (
            {"rules": (a_rule(1151, foreign_vat_account=1000),)},
            "posting.rules[0].foreign_vat_account",
            1000,
        ),
        (
            {"gift_cards": cards(GiftCardKind.SINGLE_PURPOSE, 63080)},
            "posting.gift_cards.account",
            63080,
        ),
        (
            {"gift_cards": cards(GiftCardKind.MULTI_PURPOSE, 63085)},
            "posting.gift_cards.account",
            63085,
        ),
        (
            {"margin": Margin(method=MarginMethod.INDIVIDUAL, account=1051)},
            "posting.margin_scheme.account",
            1051,
        ),
        (
            {"rounding": Rounding(limit=Decimal(1), account=1000)},
            "posting.rounding.account",
            1000,
        ),
    ],
    ids=str,
)
def test_an_account_with_the_wrong_vat_is_named_with_its_place(
    rules: dict[str, object], key: str, account: int
) -> None:
    assert unfit(**rules) == [(key, account)]


def test_it_is_said_what_the_account_has_and_what_it_should_have() -> None:
    rules: PostingSettings = settings(rules=(a_rule(1000, "eksport", vat_rate=(Decimal(0),)),))

    assert list(unfit_accounts(rules, a_chart())) == [
        Demand(
            key="posting.rules[0].account",
            account=1000,
            wanted=(Decimal(0),),
            why=sentence("rule_takes_rates", rule="eksport", rates=(Decimal(0),)),
        )
    ]
