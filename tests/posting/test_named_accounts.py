"""Every account that the rules name, with the key that names it first."""

from decimal import Decimal

from builders import a_payment_type, a_rule, settings

from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    Margin,
    MarginMethod,
    Rounding,
)

CARDS = GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63085)


def test_each_account_is_told_with_its_key() -> None:
    rules = settings(
        rules=(a_rule(1255), a_rule(1151, foreign_vat_account=64200)),
        gift_cards=CARDS,
        margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052),
        rounding=Rounding(limit=Decimal("0.05"), account=1490),
    )

    assert rules.entry_accounts() == {
        1000: "posting.sales_account",
        1350: "posting.shipping_account",
        1255: "posting.rules[0].account",
        1151: "posting.rules[1].account",
        64200: "posting.rules[1].foreign_vat_account",
        63085: "posting.gift_cards.account",
        1052: "posting.margin_scheme.account",
        1490: "posting.rounding.account",
    }


def test_of_gift_cards_of_two_kinds_each_account_is_told() -> None:
    both = GiftCards(kind=GiftCardKind.MULTI_PURPOSE, account=63080, single_purpose=CARDS)

    told = settings(gift_cards=both).entry_accounts()

    assert (told[63080], told[63085]) == (
        "posting.gift_cards.account",
        "posting.gift_cards.single_purpose.account",
    )


def test_an_account_named_twice_is_told_with_the_first_key() -> None:
    rules = settings(
        rules=(a_rule(1000), a_rule(63085, foreign_vat_account=1350)),
        gift_cards=CARDS,
        margin=Margin(method=MarginMethod.INDIVIDUAL, account=1000),
        rounding=Rounding(limit=Decimal("0.05"), account=1350),
    )

    assert rules.entry_accounts() == {
        1000: "posting.sales_account",
        1350: "posting.shipping_account",
        63085: "posting.rules[1].account",
    }


def test_the_collective_method_names_no_account() -> None:
    rules = settings(margin=Margin(method=MarginMethod.COLLECTIVE, account=None))

    assert set(rules.entry_accounts()) == {1000, 1350}


def test_payment_types_without_a_deposit_account_name_none() -> None:
    rules = settings(payment_types=(a_payment_type(deposit_account=None), a_payment_type()))

    assert rules.deposit_accounts() == {55010: "payment_types[1].deposit_account"}
