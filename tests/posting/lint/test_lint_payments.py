"""Payments that arrive later, several at once and less fees, are known by many words."""

import pytest
from builders import a_payment_type, settings
from faulty_rules import a_deposit_chart

from dinero_sync.domain.chart import Chart
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.payments import clearing_account, provider_in
from dinero_sync.posting.settings import PaymentType, PaymentTypeCondition
from dinero_sync.texts import telling

NAMES = {55000: "Bank", 55010: "Tilgodehavende kort", 55020: "Tilgodehavende MobilePay"}
DEPOSITS = a_deposit_chart(**{f"_{number}": name for number, name in NAMES.items()})


def called(
    name: str, account: int = 55000, gateway_id: int = 3, **when: tuple[str, ...]
) -> PaymentType:
    """Return a payment type of which only the gateway's number, and words, are known."""
    condition = PaymentTypeCondition(gateway_id=(gateway_id,), **when)
    return a_payment_type(name=name, when=condition, deposit_account=account)


def told(*entries: PaymentType, chart: Chart = DEPOSITS) -> list[str]:
    rules = settings(payment_types=entries)
    return [
        telling.found(each)
        for each in lint(rules, chart, rules.start_date)
        if each.key.startswith("payment_types[")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Kort",
        "Betalingskort",
        "Kreditkort",
        "Bankkort",
        "Visa/Mastercard",
        "Visakort",
        "VISA",
        "Master Card",
        "Kortbetaling",
        "Kort-betaling",
        "Kortindløsning",
        "Credit card",
        "creditcards",
        "Betal med kort (online)",
        "stripe_card",
        "Amex",
        "Apple Pay",
        "GooglePay",
        "Dankort",
        "MobilePay",
        "Nets Easy",
    ],
)
def test_cards_on_the_bank_account_are_found_by_what_they_are_called(name: str) -> None:
    (message,) = told(called(name))

    assert "can never be reconciled" in message


@pytest.mark.parametrize(
    "name",
    [
        "Bankoverførsel",
        "Kontant",
        "Faktura",
        "Gavekort",
        "Gift card",
        "gift_card",
        "Indbetalingskort",
        "FI-kort",
        "Forudbetaling (prepayment)",
        "Netsalg",
        "Rejsekort",
        "Forkortet",
        "Kortfristet",
        "EAN",
    ],
)
def test_what_is_no_card_may_go_to_the_bank(name: str) -> None:
    assert told(called(name)) == []


def test_the_words_may_stand_in_the_condition() -> None:
    assert len(told(called("Online", gateway_name=("*Visa*",)))) == 1
    assert len(told(called("Online", gateway=("card*",)))) == 1


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (55000, "Konto"),
        (55000, "Jyske"),
        (55001, "Bank 2"),
        (55001, "bankkonto"),
        (55001, "Driftskonto"),
        (55001, "Drift"),
        (55001, "Erhvervskonto"),
        (55001, "Lån & Spar"),
        (55001, "Lån og Spar Bank"),
        (55001, "Danske Bank"),
        (55001, "Sydbank 1234"),
        (55001, "Nordea"),
        (55001, "Sparekassen Thy"),
        (55001, "Kassekredit"),
    ],
)
def test_a_bank_account_is_known_by_number_or_name(number: int, name: str) -> None:
    (message,) = told(called("Kort", number), chart=a_deposit_chart(**{f"_{number}": name}))

    assert f"on the bank account {number}" in message


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (55010, "Tilgodehavende kort"),
        (55010, "Tilgodehavende Danske Bank indløsning"),
        (55010, "Kreditkort"),
        (55010, "Tilgodehavende kortindløser"),
        (55010, "Mellemregning Nordea"),
        (55010, "Stripe (udbetales til Nordea)"),
        (55010, "Andet"),
        (55040, "Kontanter (kasse)"),
        (55000, "Tilgodehavende kort"),
        (55010, "Bidrift"),
    ],
)
def test_other_deposit_accounts_are_no_bank(number: int, name: str) -> None:
    assert told(called("Kort", number), chart=a_deposit_chart(**{f"_{number}": name})) == []


def test_an_account_that_isnt_in_dinero_is_the_bank_by_its_number_alone() -> None:
    empty = a_deposit_chart()

    assert any("on the bank account" in each for each in told(called("Kort"), chart=empty))
    assert not any("bank account" in each for each in told(called("Kort", 55010), chart=empty))


def test_an_acquirer_without_name_is_said_to_be_one() -> None:
    (message,) = told(called("Visa/Mastercard"))

    assert "The card acquirer (indløser) pays out later" in message


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Kort", "QuickPay", False),
        ("Visa", "Mastercard", False),
        ("Kort", "MobilePay", True),
        ("Kort", "Andet", True),
        ("QuickPay", "OnPay", True),
        ("Andet", "Noget", False),
    ],
)
def test_cards_share_an_account_with_their_gateway_and_with_nobody_else(
    one: str, other: str, *, apart: bool
) -> None:
    messages = told(called(one, 55010), called(other, 55010, gateway_id=4))

    assert ["share the deposit account" in each for each in messages] == [True] * apart


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("MobilePay", "mobilepay"),
        ("reepay_checkout", "reepay"),
        ("ePay", "epay"),
        ("quickpayv10", "quickpay"),
        ("Nets", "nets"),
        ("Betal online", ""),
        ("Visa", "kort"),
    ],
)
def test_a_provider_is_told_from_one_whose_name_is_within_its(text: str, provider: str) -> None:
    assert provider_in(text) == provider


def test_no_account_of_another_provider_or_of_gift_cards_is_taken_for_its() -> None:
    cards = a_deposit_chart(_55020="Tilgodehavende MobilePay", _55030="Tilgodehavende Dankort")
    gifts = a_deposit_chart(_55090="Gavekort indløst", _55095="Indløste gavekort")

    found = clearing_account("epay", cards)
    assert found is not None
    assert found.number == 55030
    assert clearing_account("kort", gifts) is None
    assert clearing_account("", cards) is None
