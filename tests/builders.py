"""Valid orders, settings, charts and plans, each with what a test says about it and no more.

Unless told otherwise: order 4815162 (the customer sees 10427) of a consumer in Aarhus, one mug at
125.00, paid and created on 3 December 2026, in a shop that hands over on 1 December 2026.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import Hold
from dinero_sync.domain.order import Address, Gateway, Order, OrderLine, OrderStatus
from dinero_sync.posting.conditions import NO_PRODUCTS, Products
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.settings import (
    PaymentType,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    Rule,
    RuleCondition,
    Trigger,
)
from dinero_sync.texts import telling

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ORDER_ID = 4815162
ORGANIZATION_ID = 123456
START = date(2026, 12, 1)
ORDERED = datetime(2026, 12, 3, 10, 15, tzinfo=COPENHAGEN)
NOW = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)

PERSONAL_DATA = ("Anna Prøve", "Prøvevej 7", "8000", "Aarhus C", "anna.proeve@example.com")
"""Everything about the buyer that no log and no message may repeat."""


def money(text: str) -> Decimal:
    """Read kroner as a person writes them in a test."""
    return Decimal(text)


def at(day: str, time: str = "10:15") -> datetime:
    """Return a moment on a Copenhagen day: ``at("2026-12-03")``."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=COPENHAGEN)


def an_address(**overrides: Any) -> Address:  # noqa: ANN401 - Address itself refuses what it lacks
    """Return where Anna Prøve lives."""
    values = {
        "name": "Anna Prøve",
        "company": "",
        "street": "Prøvevej 7",
        "zip_code": "8000",
        "city": "Aarhus C",
        "country": "DK",
    }
    return Address(**{**values, **overrides})


def a_line(**overrides: Any) -> OrderLine:  # noqa: ANN401 - OrderLine itself refuses what it lacks
    """Return one mug at 125.00, of which 25.00 is VAT."""
    values = {
        "product_id": 501,
        "sku": "KRUS-BLAA",
        "name": "Krus",
        "variant": (),
        "quantity": Decimal(1),
        "unit_price": Decimal("125.00"),
        "vat_rate": Decimal(25),
    }
    return OrderLine(**{**values, **overrides})


def a_gateway(**overrides: Any) -> Gateway:  # noqa: ANN401 - Gateway itself refuses what it lacks
    """Return cards by QuickPay."""
    return Gateway(**{"gateway_id": 12, "code": "quickpayv10", "name": "Dankort", **overrides})


def an_order(**overrides: Any) -> Order:  # noqa: ANN401 - Order itself refuses what it lacks
    """Return an order whose total follows from lines, freight and voucher, if none is given."""
    values: dict[str, Any] = {
        "order_id": ORDER_ID,
        "number": "10427",
        "status": OrderStatus.NEW,
        "created": ORDERED,
        "changed": ORDERED,
        "paid": True,
        "paid_at": ORDERED,
        "shipped_at": None,
        "currency": "DKK",
        "billing": an_address(),
        "delivery": an_address(),
        "email": "anna.proeve@example.com",
        "vat_number": "",
        "ean": "",
        "lines": (a_line(),),
        "shipping_price": Decimal(0),
        "shipping_name": "",
        "voucher_code": "",
        "voucher_amount": Decimal(0),
        "vat": None,
        "gateway": a_gateway(),
        **overrides,
    }
    goods = sum((line.amount for line in values["lines"]), Decimal(0))
    values.setdefault("total", goods + values["shipping_price"] - values["voucher_amount"])
    return Order(**values)


def an_account(
    number: int, name: str, vat_code: str | None = None, *, hidden: bool = False
) -> Account:
    """Return an account of the chart."""
    return Account(number=number, name=name, vat_code=vat_code, hidden=hidden)


ENTRY_ACCOUNTS = (
    an_account(1000, "Salg af varer/ydelser m/moms", "U25"),
    an_account(1001, "Fjernsalg EU privat m/dansk moms", "U25"),
    an_account(1050, "Salg af varer/ydelser u/moms"),
    an_account(1051, "Brugtmoms bruttosalg"),
    an_account(1052, "Brugtmoms avance", "U25"),
    an_account(1100, "EU-leverancer varer", "UEUV"),
    an_account(1151, "Fjernsalg OSS", "UEUV2"),
    an_account(1200, "Gammel eksportkonto", "UVV", hidden=True),
    an_account(1255, "Salg af varer til udlandet (rubrik C)", "UVV"),
    an_account(1300, "Salg af fragt - momsfri"),
    an_account(1350, "Salg af fragt - momspligtig", "U25"),
    an_account(1490, "Øredifferencer"),
    an_account(7300, "Internet og webhotel", "I25"),
    an_account(63080, "Gavekort"),
    an_account(63085, "Gavekort til ét formål", "U25"),
    an_account(64200, "Skyldig OSS-moms"),
    an_account(64210, "Skyldig norsk moms (VOEC)"),
)
VAT_RATES = {"U25": 25, "I25": 25, "UEUV": 0, "UEUV2": 0, "UVV": 0}


def a_chart(entry: Iterable[Account] = ENTRY_ACCOUNTS) -> Chart:
    """Return the part of Dinero's standard chart of accounts that a webshop uses."""
    deposit = (
        an_account(55010, "Tilgodehavende kortindløser"),
        an_account(55090, "Gavekort indløst"),
    )
    return Chart(
        entry={account.number: account for account in entry},
        deposit={account.number: account for account in deposit},
        vat_rates={code: Decimal(rate) for code, rate in VAT_RATES.items()},
    )


OF_RULE = {"margin_scheme", "foreign_vat_account", "reverse_charge"}
OF_PRODUCT = {"sku", "product_id", "category", "profile", "label"}


def a_rule(account: int, name: str = "en regel", **when: Any) -> Rule:  # noqa: ANN401 - as above
    """Return a posting rule; further keywords are its own, or keys of its ``when``."""
    of_rule = {key: when.pop(key) for key in OF_RULE & when.keys()}
    of_product = {key: when.pop(key) for key in OF_PRODUCT & when.keys()}
    condition = RuleCondition(**when, product=ProductCondition(**of_product))
    return Rule(name=name, when=condition, account=account, **of_rule)


def a_payment_type(**overrides: Any) -> PaymentType:  # noqa: ANN401 - as above
    """Return cards, paid to the deposit account 55010."""
    values = {
        "name": "Kort",
        "when": PaymentTypeCondition(),
        "deposit_account": 55010,
        "terms": None,
        "trigger": None,
    }
    return PaymentType(**{**values, **overrides})


def settings(**overrides: Any) -> PostingSettings:  # noqa: ANN401 - as above
    """Return rules of a shop that sells with Danish VAT and invoices what is paid."""
    values = {
        "organization_id": ORGANIZATION_ID,
        "trigger": Trigger.PAID,
        "start_date": START,
        "sales_account": 1000,
        "shipping_account": 1350,
    }
    return PostingSettings(**{**values, **overrides})


def plan_order(  # noqa: PLR0913 - an order, and each thing that decides about it
    order: Order,
    payment_type: PaymentType | None,
    day: date,
    rules: PostingSettings,
    chart: Chart,
    *,
    products: Products = NO_PRODUCTS,
    vat_number_confirmed: bool = False,
) -> Plan:
    """Plan the documents of an order; raises HeldError."""
    sale = sale_of(
        order,
        payment_type,
        rules,
        chart,
        products=products,
        vat_number_confirmed=vat_number_confirmed,
    )
    return plan_sale(sale, day)


def a_plan(**overrides: Any) -> Plan:  # noqa: ANN401 - as above
    """Plan an order, built with ``overrides``, as cards to account 55010."""
    order = an_order(**overrides)
    day = order.created.astimezone(COPENHAGEN).date()
    return plan_order(order, a_payment_type(), day, settings(), a_chart())


def personal_data_in(hold: Hold) -> list[str]:
    """Return what a message tells of the buyer: nothing, if all is well."""
    text = f"{telling.message(hold)}\n{telling.next_step(hold.steps)}"
    return [part for part in PERSONAL_DATA if is_told(part, text)]


def is_told(part: str, text: str) -> bool:
    """Tell whether ``part`` stands in ``text`` by itself: 8000.84 is an amount, no zip code."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(part)}(?!\w|[.,]\d)", text))


def yaml_block(next_step: str) -> str:
    """Return the part of a next step that is there to be pasted: what follows the empty line."""
    _, _, block = next_step.partition("\n\n")
    return block
