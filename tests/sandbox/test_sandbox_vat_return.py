"""The VAT return and the EU sales list of the sandbox's books."""

from datetime import date
from decimal import Decimal

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, ledger_line, line_body

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.vat_return import VatReturn
from dinero_sync.sandbox.state import Sandbox

BOXES = (
    "salgsmoms",
    "koebsmoms",
    "rubrik_a_varer",
    "rubrik_a_ydelser",
    "rubrik_b_varer_indberettes",
    "rubrik_b_varer_indberettes_ikke",
    "rubrik_b_ydelser",
    "rubrik_c",
)


def this_year(sandbox: Sandbox) -> VatReturn:
    year = sandbox.today().year
    return sandbox.organisation.vat_return(date(year, 1, 1), date(year, 12, 31))


def boxes(sandbox: Sandbox) -> dict[str, Decimal]:
    found = this_year(sandbox)
    return {name: getattr(found, name) for name in BOXES if getattr(found, name)}


def line(account: int, amount: float) -> Json:
    return line_body(AccountNumber=account, BaseAmountValue=amount)


def german(dinero: DineroCaller, vat_number: str | None = "DE999999995") -> str:
    return dinero.new_contact(IsPerson=False, CountryKey="DE", VatNumber=vat_number)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(1000, 398), (1000, 349.50), (1350, 39)], {"salgsmoms": "157.30"}),
        ([(1100, 800), (1100, 80)], {"rubrik_b_varer_indberettes": "880.00"}),
        (
            [(1151, 500), (1151, 50), (64200, 104.50)],
            {"rubrik_b_varer_indberettes_ikke": "550.00"},
        ),
        ([(1002, 654.50)], {"salgsmoms": "130.90"}),
        ([(1255, 1000), (1255, 120), (64210, 280)], {"rubrik_c": "1120.00"}),
        ([(1260, 40)], {"rubrik_c": "40.00"}),
        ([(1000, 500), (1350, 49), (63085, -200)], {"salgsmoms": "69.80"}),
        ([(63080, 200)], {}),
        ([(63085, 200)], {"salgsmoms": "40.00"}),
        ([(1050, 100), (1300, 20)], {}),
    ],
    ids=[
        "Danish sale",
        "EU business",
        "EU consumer with OSS",
        "EU consumer with Danish VAT",
        "Norway with VOEC",
        "services to the world",
        "single-purpose gift card redeemed",
        "multi-purpose gift card sold",
        "single-purpose gift card sold",
        "without code",
    ],
)
def test_an_invoice_goes_into_its_box(
    sandbox: Sandbox,
    dinero: DineroCaller,
    lines: list[tuple[int, float]],
    expected: dict[str, str],
) -> None:
    dinero.new_booked(ProductLines=[line(account, amount) for account, amount in lines])

    assert boxes(sandbox) == {name: Decimal(text) for name, text in expected.items()}


def test_services_to_the_eu_have_their_own_box(sandbox: Sandbox, dinero: DineroCaller) -> None:
    sandbox.organisation.accounts[1200].hidden = False
    dinero.new_booked(ProductLines=[line(1200, 75)])

    assert boxes(sandbox) == {"rubrik_b_ydelser": 75}


def test_the_margin_of_second_hand_goods_is_part_of_the_sales_vat(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.new_booked(ProductLines=[line(1051, 1450), line(1000, 299.95), line(1350, 49)])
    dinero.book_item(
        ledger_line(
            Amount=850,
            AccountNumber=1051,
            AccountVatCode="none",
            BalancingAccountNumber=1052,
            BalancingAccountVatCode="U25",
        )
    )

    assert boxes(sandbox) == {"salgsmoms": Decimal("239.79")}


def test_purchases_go_into_the_deductible_vat_and_box_a(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.book_item(ledger_line(Amount=937.50, AccountNumber=7300))
    dinero.book_item(ledger_line(Amount=300, AccountNumber=2050))
    dinero.book_item(ledger_line(Amount=600, AccountNumber=2001))

    assert boxes(sandbox) == {"koebsmoms": Decimal("187.50"), "rubrik_a_varer": 300}


def test_payments_and_settlements_are_in_no_box(sandbox: Sandbox, dinero: DineroCaller) -> None:
    booked = dinero.new_booked(ProductLines=[line(1000, 100)])
    dinero.pay(booked, Amount=100)
    dinero.book_item(ledger_line(Amount=20, AccountNumber=64000, BalancingAccountNumber=64100))

    assert boxes(sandbox) == {"salgsmoms": 20}


def test_only_the_period_counts(sandbox: Sandbox, dinero: DineroCaller) -> None:
    year = sandbox.today().year
    for day in (f"{year - 1}-12-31", f"{year}-01-01", f"{year}-03-31", f"{year}-04-01"):
        dinero.new_booked(Date=day, ProductLines=[line(1000, 100)])

    quarter = sandbox.organisation.vat_return(date(year, 1, 1), date(year, 3, 31))

    assert quarter.salgsmoms == 40


@pytest.mark.parametrize("rounding", ["line", "total"])
def test_the_sales_vat_is_what_the_invoices_say(
    sandbox: Sandbox, dinero: DineroCaller, rounding: str
) -> None:
    sandbox.change_settings(vat_rounding=rounding)

    booked = dinero.new_booked(ProductLines=[line(1000, each) for each in (10.01, 10.01, 69.81)])

    assert float(this_year(sandbox).salgsmoms) == booked["TotalVat"]
    assert sum(entry.amount for entry in sandbox.organisation.entries) == 0


def test_the_vat_of_an_invoice_in_euro_is_in_kroner(sandbox: Sandbox, dinero: DineroCaller) -> None:
    dinero.new_booked(Currency="EUR", ProductLines=[line(1001, 100), line(1001, 12.50)])

    assert boxes(sandbox) == {"salgsmoms": Decimal("167.85")}
    assert sandbox.organisation.balances()[53000] == Decimal("839.25")


def test_the_eu_sales_list_adds_up_by_vat_number(sandbox: Sandbox, dinero: DineroCaller) -> None:
    customer = german(dinero)
    swede = dinero.new_contact(IsPerson=False, CountryKey="SE", VatNumber="SE559900000601")
    for contact, amount in ((customer, 800), (swede, 50.25), (customer, 80)):
        dinero.new_booked(ContactGuid=contact, ProductLines=[line(1100, amount)])
    dinero.new_booked(ProductLines=[line(1000, 100)])

    found = this_year(sandbox)

    assert [(row.vat_number, row.goods, row.services) for row in found.eu_sales_list] == [
        ("DE999999995", Decimal(880), Decimal(0)),
        ("SE559900000601", Decimal("50.25"), Decimal(0)),
    ]
    assert found.rubrik_b_varer_indberettes == Decimal("930.25")


def test_a_sale_without_vat_number_shows_in_the_list_without_one(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.new_booked(ContactGuid=german(dinero, None), ProductLines=[line(1100, 80)])

    (row,) = this_year(sandbox).eu_sales_list
    assert (row.vat_number, row.goods) == ("", Decimal(80))


def control(sandbox: Sandbox, path: str, **query: str) -> requests.Response:
    return requests.get(f"{sandbox.url}/sandbox/{path}", params=query, timeout=TIMEOUT_SECONDS)


def test_a_person_reads_the_return_over_http(sandbox: Sandbox, dinero: DineroCaller) -> None:
    dinero.new_booked(ContactGuid=german(dinero), ProductLines=[line(1100, 80), line(1000, 100)])
    day = sandbox.today().isoformat()

    found = control(sandbox, "vat-return").json()
    today = control(sandbox, "vat-return", first=day, last=day).json()

    assert (found["salgsmoms"], found["rubrik_b_varer_indberettes"]) == (20, 80)
    assert found["eu_sales_list"] == [{"vat_number": "DE999999995", "goods": 80, "services": 0}]
    assert (today["first"], today["salgsmoms"]) == (day, 20)


def test_a_person_reads_the_balances_with_the_accounts_names(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.pay(dinero.new_booked(ProductLines=[line(1000, 100)]), Amount=60)

    assert control(sandbox, "balances").json() == [
        {"account": 1000, "name": "Salg af varer/ydelser m/moms", "balance": -80},
        {"account": 53000, "name": "Debitorer, ubetalte fakturaer", "balance": 40},
        {"account": 55010, "name": "Tilgodehavende kortindløser", "balance": 60},
        {"account": 64000, "name": "Salgsmoms (udgående moms)", "balance": -20},
    ]


def test_reading_the_books_finishes_what_is_due(sandbox: Sandbox, dinero: DineroCaller) -> None:
    sandbox.change_settings(ledger_booking_seconds=600)
    dinero.post("ledgeritems/book", [dinero.add_item()])

    before = control(sandbox, "balances").json()
    sandbox.change_settings(clock_shift_seconds=601)

    assert before == []
    assert [row["account"] for row in control(sandbox, "balances").json()] == [7420, 55000]


def test_a_period_that_is_no_period_is_refused(sandbox: Sandbox) -> None:
    assert control(sandbox, "vat-return", first="1. januar").status_code == 400
