"""The deposit account that is proposed for a gateway is one that its money can be told apart on."""

from dataclasses import replace
from typing import Any

import pytest
import yaml
from builders import a_gateway, a_payment_type, an_account, yaml_block

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.posting.payments import deposit_for_type, unknown_payment_type, way_to_pay
from dinero_sync.posting.settings import PaymentTypeCondition
from dinero_sync.texts.telling import next_step

BANK = an_account(55000, "Bank")
CARDS = an_account(55010, "Tilgodehavende kort")
MOBILEPAY = an_account(55020, "Tilgodehavende MobilePay")
CASH = an_account(55040, "Kontanter (kasse)")
HIDDEN = an_account(55015, "Klarna (gammel)", hidden=True)
KLARNA = an_account(55050, "Tilgodehavende Klarna")
GIFT_CARDS = an_account(55090, "Gavekort indløst")
ALL = (BANK, CARDS, HIDDEN, MOBILEPAY, CASH, KLARNA)


def proposed(gateway: str, *accounts: Account, taken: tuple[int, ...] = (), code: str = "") -> str:
    """Return the last line of the entry to paste for a gateway."""
    chart = Chart(entry={}, deposit={each.number: each for each in accounts}, vat_rates={})
    entries = tuple(a_payment_type(deposit_account=number) for number in taken)
    hold = unknown_payment_type(a_gateway(name=gateway, code=code), entries, chart).hold
    return yaml_block(next_step(hold.steps)).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("gateway", "code", "account"),
    [
        ("MobilePay", "", "55020  # Tilgodehavende MobilePay"),
        ("Vipps", "", "55020  # Tilgodehavende MobilePay"),
        ("Betal senere", "klarna_payments", "55050  # Tilgodehavende Klarna"),
        ("Dankort", "", "55010  # Tilgodehavende kort"),
        ("Betal online", "quickpayv10", "55010  # Tilgodehavende kort"),
    ],
)
def test_it_is_the_one_that_is_called_after_the_provider(
    gateway: str, code: str, account: str
) -> None:
    assert proposed(gateway, *ALL, code=code) == f"deposit_account: {account}"


@pytest.mark.parametrize("gateway", ["PayPal", "Bitcoin", "Swish", "Stripe"])
@pytest.mark.parametrize("taken", [(), (55010,), (55010, 55020, 55050)])
def test_where_none_is_called_so_a_blank_is_left_and_never_another_providers(
    gateway: str, taken: tuple[int, ...]
) -> None:
    line = proposed(gateway, *ALL, taken=taken)

    assert line.startswith("deposit_account: # none in Dinero is called after it: create one")


@pytest.mark.parametrize(
    ("gateway", "account"),
    [
        ("Bankoverførsel", BANK),
        ("Forudbetaling", BANK),
        ("Betal ved afhentning", CASH),
        ("Kontant", CASH),
        ("Gavekort", GIFT_CARDS),
    ],
)
def test_ways_to_pay_without_a_provider_have_accounts_of_their_own(
    gateway: str, account: Account
) -> None:
    line = proposed(gateway, *ALL, GIFT_CARDS)

    assert line == f"deposit_account: {account.number}  # {account.name}"


def test_of_two_bank_accounts_it_is_the_organisations_own_default() -> None:
    savings = an_account(54990, "Bank, opsparing")
    default = replace(an_account(55005, "Nordea drift"), default=True)

    assert proposed("Bankoverførsel", savings, BANK) == "deposit_account: 55000  # Bank"
    assert proposed("Bankoverførsel", savings, BANK, default) == (
        "deposit_account: 55005  # Nordea drift"
    )


@pytest.mark.parametrize("name", ["Konto 1", "Bank"])
def test_a_bank_account_is_proposed_for_transfers_and_no_other_that_stands_before_it(
    name: str,
) -> None:
    first, hidden = an_account(54900, "Tilgodehavende kort"), an_account(54910, "Bank", hidden=True)

    line = proposed("Bankoverførsel", first, hidden, an_account(55000, name))

    assert line == f"deposit_account: 55000  # {name}"


@pytest.mark.parametrize("gateway", ["Bankoverførsel", "Kontant", "Gavekort"])
def test_ways_to_pay_without_a_provider_get_a_blank_where_no_account_is_theirs(
    gateway: str,
) -> None:
    line = proposed(gateway, CARDS, MOBILEPAY)

    assert line.startswith("deposit_account: # none in Dinero is called after it: create one")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Gavekort", "gift card"),
        ("Betal ved afhentning", "cash"),
        ("Forudbetaling", "bank"),
        ("Dankort", "dankort"),
        ("Visa", "kort"),
        ("Bitcoin", ""),
    ],
)
def test_a_text_tells_a_way_to_pay_or_nothing(text: str, way: str) -> None:
    assert way_to_pay(text) == way


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("Klarna", {"gateway_name": ("Senere*",)}),
        ("Senere", {"gateway_name": ("Faktura*", "Klarna*")}),
        ("Senere", {"gateway": ("later", "klarna*")}),
    ],
    ids=str,
)
def test_for_a_payment_type_each_of_its_words_counts(name: str, when: dict[str, Any]) -> None:
    chart = Chart(entry={}, deposit={each.number: each for each in ALL}, vat_rates={})
    entry = a_payment_type(name=name, when=PaymentTypeCondition(**when))

    assert deposit_for_type(entry, chart) == KLARNA


def test_the_name_of_a_gateway_counts_before_the_code_of_who_carries_it() -> None:
    viabill = an_account(55060, "Tilgodehavende ViaBill")

    assert proposed("ViaBill", *ALL, viabill, code="quickpayv10") == (
        "deposit_account: 55060  # Tilgodehavende ViaBill"
    )


def test_a_bank_account_and_cash_are_never_proposed_for_a_provider() -> None:
    by_number = an_account(55000, "Konto 1")
    by_name = an_account(55070, "Nordea drift")
    line = proposed(
        "MobilePay", by_number, by_name, CASH, an_account(55060, "Bankkonto til MobilePay")
    )

    assert line.startswith("deposit_account: #")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (55000, "Konto (FI-kort)"),
        (55070, "Driftskonto (FI-kort)"),
        (55070, "Kasse, kort i butikken"),
        (55070, "Kontanter og kort"),
    ],
)
def test_nor_for_cards_though_cards_are_in_its_name(number: int, name: str) -> None:
    assert proposed("Dankort", an_account(number, name)).startswith("deposit_account: #")


def test_where_the_chart_was_not_read_a_blank_is_left() -> None:
    assert proposed("MobilePay") == (
        "deposit_account: # write the number of the one where this money arrives"
    )


def test_a_blank_is_refused_by_the_configuration_until_it_is_filled_in() -> None:
    entry = yaml.safe_load("paid: true\ndeposit_account: # none in Dinero\n")

    assert entry == {"paid": True, "deposit_account": None}
