"""The configurations under examples/ load, name accounts that fit, and book what they are for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from builders import a_gateway, a_line, an_address, an_order, plan_order

from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.rule_examples import load_examples
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HoldReason
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.product import Product
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.sandbox.dinero.company import (
    ACCOUNTS,
    DEPOSIT_ACCOUNTS,
    HIDDEN_ACCOUNTS,
    VAT_RATES,
)
from dinero_sync.sync.insight.rule_examples import try_example
from dinero_sync.sync.work.books import refuse_unusable_accounts
from dinero_sync.sync.work.settings import posting_settings

FOLDER = Path(__file__).parents[2] / "examples"
FILES = sorted(FOLDER.glob("*.yaml"))
KEYS = ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY")
DAY = date(2026, 12, 3)

USED, ART, COLLECTORS = 601, 602, 603
CATALOGUE = {
    each.product_id: each
    for each in (
        Product(product_id=501, categories=("Keramik",), purchase_price=Decimal(40)),
        Product(product_id=USED, categories=("Brugt",), purchase_price=Decimal(600)),
        Product(product_id=ART, categories=("Kunst",), purchase_price=Decimal(700)),
        Product(product_id=COLLECTORS, categories=("Antikviteter",), purchase_price=Decimal(9)),
    )
}


@dataclass(frozen=True)
class Example:
    """An order that a shop of this kind gets, and the gross of each account that it goes to."""

    file: str
    order: Order
    accounts: dict[int, str]
    deposit_account: int | None


def going_to(country: str, zip_code: str = "10115", **fields: object) -> dict[str, object]:
    """Return what differs for an order of a buyer elsewhere."""
    address = an_address(country=country, zip_code=zip_code, city="Byen")
    return {"billing": address, "delivery": address, **fields}


def company(order: Order, vat_number: str) -> Order:
    """Let a business place the order."""
    billing = replace(order.billing, company="Beispiel GmbH")
    return replace(order, billing=billing, vat_number=vat_number)


def called(name: str, code: str = "other") -> Gateway:
    return a_gateway(code=code, name=name)


def paid_by(gateway: Gateway, account: int | None) -> Example:
    """Sell a mug to somebody who pays so."""
    order = an_order(gateway=gateway)
    return Example("many-payment-types", order, {1000: "125.00"}, account)


FREIGHT = {"shipping_price": Decimal("39.00")}
UNTAXED = (a_line(vat_rate=Decimal(0)),)
GERMAN_TAX = (a_line(unit_price=Decimal("119.00"), vat_rate=Decimal(19)),)
EXAMPLES = (
    Example("plain-danish", an_order(**FREIGHT), {1000: "125.00", 1350: "39.00"}, 55010),
    Example("plain-danish", an_order(gateway=called("MobilePay")), {1000: "125.00"}, 55020),
    Example("plain-danish", an_order(gateway=called("Faktura 14 d")), {1000: "125.00"}, None),
    paid_by(called("Klarna, køb nu"), 55050),
    paid_by(called("ViaBill"), 55060),
    paid_by(called("Del betalingen med Anyday"), 55070),
    paid_by(called("MobilePay", "quickpayv10"), 55020),
    paid_by(called("PayPal", "paypal"), 55030),
    paid_by(called("Stripe", "stripe"), 55080),
    paid_by(called("Dankort", "quickpayv10"), 55010),
    paid_by(called("Bankoverførsel"), 55000),
    paid_by(called("Betal ved afhentning"), 55040),
    paid_by(called("EAN-faktura"), None),
    paid_by(called("Faktura"), None),
    Example(
        "second-hand",
        an_order(
            lines=(
                a_line(product_id=USED, unit_price=Decimal("1450.00")),
                a_line(product_id=ART, unit_price=Decimal("1000.00")),
                a_line(product_id=COLLECTORS, unit_price=Decimal("50.00")),
                a_line(),
            ),
            **FREIGHT,
        ),
        {1051: "2500.00", 1000: "125.00", 1350: "39.00"},
        55010,
    ),
    Example(
        "second-hand",
        an_order(
            **going_to("NO"),
            lines=(a_line(product_id=USED, vat_rate=Decimal(0)),),
            gateway=called("Vipps"),
        ),
        {1255: "125.00"},
        55020,
    ),
    Example("eu-sales", an_order(**FREIGHT), {1000: "125.00", 1350: "39.00"}, 55010),
    Example("eu-sales", an_order(**going_to("DE"), **FREIGHT), {1002: "164.00"}, 55010),
    Example("eu-sales", an_order(**going_to("SE", "11121")), {1003: "125.00"}, 55010),
    Example("eu-sales", an_order(**going_to("FR", "75001")), {1001: "125.00"}, 55010),
    Example(
        "eu-sales-oss",
        an_order(**going_to("DE"), lines=GERMAN_TAX, gateway=called("PayPal", "paypal")),
        {1151: "100.00", 64200: "19.00"},
        55030,
    ),
    Example(
        "eu-sales-oss",
        an_order(**going_to("SE", "11121")),
        {1151: "100.00", 64200: "25.00"},
        55010,
    ),
    Example(
        "eu-sales-oss",
        company(
            an_order(**going_to("DE"), lines=UNTAXED, gateway=called("Faktura"), **FREIGHT),
            "DE136695976",
        ),
        {1100: "164.00"},
        None,
    ),
    Example("eu-sales-oss", an_order(**going_to("NO"), lines=UNTAXED), {1255: "125.00"}, 55010),
    Example(
        "eu-sales",
        an_order(**going_to("DE"), gateway=called("PayPal", "paypal")),
        {1002: "125.00"},
        55030,
    ),
    Example(
        "eu-sales",
        company(
            an_order(**going_to("DE"), lines=UNTAXED, gateway=called("Faktura"), **FREIGHT),
            "DE136695976",
        ),
        {1100: "164.00"},
        None,
    ),
    Example("eu-sales", an_order(**going_to("NO"), lines=UNTAXED), {1255: "125.00"}, 55010),
    Example(
        "gift-cards",
        an_order(lines=(a_line(sku="GAVEKORT-500", unit_price=Decimal("500.00")), a_line())),
        {63085: "500.00", 1000: "125.00"},
        55010,
    ),
    Example(
        "gift-cards",
        an_order(
            voucher_code="GK-77AB",
            voucher_amount=Decimal("100.00"),
            gateway=called("MobilePay"),
            **FREIGHT,
        ),
        {1000: "125.00", 1350: "39.00", 63085: "-100.00"},
        55020,
    ),
    Example(
        "gift-cards",
        an_order(voucher_code="SOMMER", voucher_amount=Decimal("25.00")),
        {1000: "100.00"},
        55010,
    ),
)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables that every example refers to."""
    for name in KEYS:
        monkeypatch.setenv(name, "a-key")


def loaded(file: str) -> Config:
    return load_config(FOLDER / f"{file}.yaml")


def rules_of(file: str) -> PostingSettings:
    return posting_settings(loaded(file), 123456)


@cache
def chart() -> Chart:
    """Return the sandbox's chart as the program reads it."""
    deposit = (
        Account(number=at, name=name, vat_code=None, hidden=False) for at, name in DEPOSIT_ACCOUNTS
    )
    entry = (
        Account(number=at, name=name, vat_code=code, hidden=at in HIDDEN_ACCOUNTS)
        for at, name, code, _ in ACCOUNTS
    )
    return Chart(
        entry={account.number: account for account in entry},
        deposit={account.number: account for account in deposit},
        vat_rates={code: rate * 100 for code, (_, rate) in VAT_RATES.items()},
    )


def planned(example: Example) -> Plan:
    rules = rules_of(example.file)
    payment_type = find_payment_type(example.order, rules.payment_types)
    return plan_order(
        example.order,
        payment_type,
        DAY,
        rules,
        chart(),
        products=CATALOGUE,
        vat_number_confirmed=True,
    )


def of_file(file: str) -> Iterable[Example]:
    return (example for example in EXAMPLES if example.file == file)


def name_of(example: Example) -> str:
    accounts = "+".join(str(account) for account in example.accounts)
    return f"{example.file}: {example.order.gateway.name} to {accounts}"


def test_there_are_six_shops() -> None:
    assert sorted(path.stem for path in FILES) == sorted({example.file for example in EXAMPLES})
    assert len(FILES) == 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_account_it_names_is_in_the_chart_and_not_hidden(path: Path) -> None:
    refuse_unusable_accounts(rules_of(path.stem), chart(), path.name)


def test_an_account_that_is_not_there_would_be_noticed() -> None:
    rules = replace(rules_of("plain-danish"), sales_account=1017)

    with pytest.raises(Exception, match="1017"):
        refuse_unusable_accounts(rules, chart(), "plain-danish.yaml")


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_it_books_an_order_of_such_a_shop_to_the_ore(example: Example) -> None:
    invoice = planned(example).invoice

    sums: dict[int, Decimal] = {}
    for line in invoice.lines:
        sums[line.account] = sums.get(line.account, Decimal(0)) + line.amount
    assert {account: f"{amount:.2f}" for account, amount in sums.items()} == example.accounts
    assert invoice.total == example.order.total


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_it_registers_the_payment_where_the_provider_owes_it(example: Example) -> None:
    payment = planned(example).payment

    assert (payment.deposit_account if payment else None) == example.deposit_account


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_and_payment_type_is_hit_by_an_order_here(path: Path) -> None:
    rules = rules_of(path.stem)
    plans = [planned(example) for example in of_file(path.stem)]

    hit = {line.rule for plan in plans for line in plan.invoice.lines}
    assert {rule.name for rule in rules.rules} <= hit
    assert {each.name for each in rules.payment_types} == {plan.payment_type for plan in plans}


def test_second_hand_goods_carry_no_vat_and_their_margin_is_an_item_of_its_own() -> None:
    (example, _) = of_file("second-hand")

    plan = planned(example)

    assert {line.vat_rate for line in plan.invoice.lines if line.account == 1051} == {Decimal(0)}
    assert [item.amount for item in plan.ledger_items] == [850, 300, 41]
    assert {item.balancing_account for item in plan.ledger_items} == {1052}


def test_no_example_pays_on_the_bank_what_a_provider_owes() -> None:
    on_bank = [
        each.name
        for path in FILES
        for each in rules_of(path.stem).payment_types
        if each.deposit_account == 55000
    ]

    assert on_bank == ["Bankoverførsel"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_readme_says_for_whom_it_is(path: Path) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert re.search(rf"^\| \[`{path.name}`\]\({path.name}\) \| \w", readme, re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_example_holds_a_key(path: Path) -> None:
    secrets = re.findall(r"(?:api_key|client_secret|client_id): (.*)", path.read_text("utf-8"))

    assert len(secrets) == len(KEYS)
    assert [secret for secret in secrets if not re.fullmatch(r"\$\{[A-Z_]+\}", secret)] == []


def configurations() -> list[tuple[str, str]]:
    """Return README's own configuration and those of the examples, by their names."""
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    (own,) = re.findall(r"^```yaml\n(shoporama:\n.*?)^```", readme, re.MULTILINE | re.DOTALL)
    return [("README", own), *((path.stem, path.read_text("utf-8")) for path in FILES)]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in configurations()])
@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("rules-test/*.yaml")), ids=lambda each: each.stem
)
def test_an_order_to_begin_with_comes_out_right_with_each_configuration(
    path: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in KEYS:
        monkeypatch.setenv(key, "key")
        (tmp_path / key.lower()).write_text("key\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    settings = posting_settings(load_config(tmp_path / "config.yaml", needs_keys=False), 123456)

    (example,) = load_examples(path, map(str, HoldReason)).examples

    assert try_example(example, settings, chart()).differences == ()
