"""The deposit account that is proposed for a gateway is one that its money can be told apart on."""

import pytest
from builders import a_gateway, a_payment_type, an_account, yaml_block

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.posting.payment_type import unknown_payment_type

BANK = an_account(55000, "Bank")
CARDS = an_account(55010, "Tilgode kort")
MOBILEPAY = an_account(55020, "Tilgode MobilePay")
CASH = an_account(55040, "Kontanter (kasse)")
HIDDEN = an_account(55015, "Klarna (gammel)", hidden=True)
KLARNA = an_account(55050, "Tilgode Klarna")
ALL = (BANK, CARDS, HIDDEN, MOBILEPAY, CASH, KLARNA)


def proposed(gateway: str, *accounts: Account, taken: tuple[int, ...] = (), code: str = "") -> str:
    """Return the last line of the entry to paste for a gateway."""
    chart = Chart(entry={}, deposit={each.number: each for each in accounts}, vat_rates={})
    entries = tuple(a_payment_type(deposit_account=number) for number in taken)
    hold = unknown_payment_type(a_gateway(name=gateway, code=code), entries, chart).hold
    return yaml_block(hold.next_step).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("gateway", "code", "account"),
    [
        ("MobilePay", "", "55020  # Tilgode MobilePay"),
        ("Vipps", "", "55020  # Tilgode MobilePay"),
        ("Betal senere", "klarna_payments", "55050  # Tilgode Klarna"),
        ("Dankort", "", "55010  # Tilgode kort"),
        ("Betal online", "quickpayv10", "55010  # Tilgode kort"),
    ],
)
def test_it_is_the_one_that_is_called_after_the_provider(
    gateway: str, code: str, account: str
) -> None:
    assert proposed(gateway, *ALL, code=code) == f"deposit_account: {account}"


@pytest.mark.parametrize(
    ("taken", "account"),
    [((), CARDS), ((55010,), MOBILEPAY), ((55010, 55020), KLARNA), ((55010, 55020, 55050), CARDS)],
)
def test_else_it_is_one_that_no_payment_type_names_yet(
    taken: tuple[int, ...], account: Account
) -> None:
    line = proposed("PayPal", *ALL, taken=taken)

    assert line == f"deposit_account: {account.number}  # {account.name}"


def test_a_bank_account_and_cash_are_never_proposed() -> None:
    by_number = an_account(55000, "Konto 1")
    by_name = an_account(55070, "Nordea drift")
    line = proposed(
        "MobilePay", by_number, by_name, CASH, an_account(55060, "Bankkonto til MobilePay")
    )

    assert line == "deposit_account: 55010  # create it in Dinero first"


def test_where_the_chart_was_not_read_the_usual_number_is_proposed() -> None:
    assert proposed("MobilePay") == "deposit_account: 55010"
