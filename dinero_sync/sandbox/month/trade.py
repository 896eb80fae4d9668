"""What happened in the month: who bought what, paid how, and whose money went back.

The whole month is told here. The shop's orders follow from it, and so does what each provider
captured, paid out and wrote into its settlement file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import COPENHAGEN
from dinero_sync.sandbox.shop import buyers
from dinero_sync.sandbox.shop.catalogue import (
    BLANKET,
    BOWL,
    CANDLE,
    CUSHION,
    DISH,
    HAT,
    MUG,
    PRODUCTS,
    SOAP,
    SPOON,
    TOWEL,
)
from dinero_sync.sandbox.shop.sale import Sale, State, Voucher, raw_order

FIRST_ORDER_ID = 4_820_000
"""Of order ids; the number that the customer sees is added."""
OPENS_AT = time(9, 30)
AGO = 2.0

Way = Literal["card", "mobilepay", "paypal", "klarna", "viabill", "stripe", "invoice"]
WAYS: Mapping[Way, tuple[int, str, str]] = {
    "card": (77, "Kort", "quickpayv10"),
    "mobilepay": (78, "MobilePay", "mobilepay"),
    "paypal": (79, "PayPal", "paypal"),
    "invoice": (81, "Faktura", "other"),
    "klarna": (83, "Klarna", "klarna"),
    "viabill": (84, "ViaBill", "viabill"),
    "stripe": (85, "Stripe", "stripe"),
}
"""The ways to pay, as the shop knows them: number, name, gateway."""
Back = Literal["refund", "chargeback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """An order of the month; its day is one of the month, like the days of all that follows."""

    number: int
    day: int
    way: Way
    basket: tuple[tuple[int, int], ...] = ()
    freight: Decimal = Decimal(49)
    gift_card: Decimal = Decimal(0)
    """What a multi-purpose gift card paid of it."""
    sells: Literal["", "multi_purpose", "single_purpose"] = ""
    """Which kind of gift card it sells, in place of a basket."""
    state: State = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack:
    """Money of an order that its provider gave back, or its buyer's bank took."""

    number: int
    day: int
    amount: Decimal | None = None
    """None for all that was captured."""
    how: Back = "refund"


@dataclass(frozen=True, slots=True)
class GiftCard:
    """A gift card that is sold; ``vat`` is in percent."""

    own_id: str
    name: str
    price: Decimal
    vat: int


GIFT_CARDS: Mapping[str, GiftCard] = {
    "multi_purpose": GiftCard("GAVEKORT-500", "Gavekort på 500 kr.", Decimal(500), 0),
    "single_purpose": GiftCard("DREJEKURSUS-300", "Gavekort til et drejekursus", Decimal(300), 25),
}
"""The cards that are sold, by their kind."""
MUG_PRICE = PRODUCTS[MUG].price
TOWEL_PRICE = PRODUCTS[TOWEL].price

MUG_RETURNED, TOWEL_RETURNED, CANCELLED = 10601, 10607, 10610
CHARGED_BACK, OWED_AGAIN, STILL_TO_COME, INVOICED = 10617, 10614, 10605, 10620
"""The orders to which something happened after they were sold."""

BOUGHT = (
    Bought(number=MUG_RETURNED, day=2, way="card", basket=((MUG, 2), (BOWL, 1))),
    Bought(number=10602, day=4, way="card", sells="multi_purpose"),
    Bought(number=10603, day=9, way="card", basket=((DISH, 1),), gift_card=Decimal(200)),
    Bought(number=10604, day=11, way="card", sells="single_purpose"),
    Bought(number=STILL_TO_COME, day=24, way="card", basket=((CANDLE, 3),)),
    Bought(number=10606, day=3, way="mobilepay", basket=((HAT, 1),)),
    Bought(number=TOWEL_RETURNED, day=5, way="mobilepay", basket=((TOWEL, 2), (SOAP, 1))),
    Bought(number=10608, day=12, way="mobilepay", basket=((SPOON, 2),)),
    Bought(number=10609, day=6, way="paypal", basket=((CUSHION, 1),)),
    Bought(number=CANCELLED, day=8, way="paypal", basket=((SOAP, 4),), state="paid"),
    Bought(number=10611, day=13, way="paypal", basket=((MUG, 4),)),
    Bought(number=10612, day=7, way="klarna", basket=((BLANKET, 1),), freight=Decimal(0)),
    Bought(number=10613, day=9, way="klarna", basket=((BOWL, 1), (SPOON, 1))),
    Bought(number=OWED_AGAIN, day=8, way="viabill", basket=((DISH, 1),)),
    Bought(number=10615, day=10, way="viabill", basket=((HAT, 2),), freight=Decimal(0)),
    Bought(number=10616, day=17, way="viabill", basket=((BLANKET, 1),), freight=Decimal(0)),
    Bought(number=CHARGED_BACK, day=3, way="stripe", basket=((CUSHION, 1),)),
    Bought(number=10618, day=5, way="stripe", basket=((TOWEL, 3),)),
    Bought(number=10619, day=11, way="stripe", basket=((BLANKET, 1), (SOAP, 2))),
    Bought(number=INVOICED, day=20, way="invoice", basket=((BOWL, 2),), state="shipped_unpaid"),
)
WENT_BACK = (
    WentBack(number=MUG_RETURNED, day=12, amount=MUG_PRICE),
    WentBack(number=TOWEL_RETURNED, day=13, amount=TOWEL_PRICE),
    WentBack(number=CANCELLED, day=14),
    WentBack(number=OWED_AGAIN, day=18, how="chargeback"),
    WentBack(number=CHARGED_BACK, day=12, how="chargeback"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a provider captured of an order, or what left it again: negative then."""

    number: int
    day: date
    kind: Literal["sale", "refund", "chargeback"]
    amount: Decimal


def month_before(today: date) -> date:
    """Return the first day of the last month that is over."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def order_id(number: int) -> int:
    """Return the shop's id of an order."""
    return FIRST_ORDER_ID + number


def raw_orders(first: date) -> list[Json]:
    """Return the orders of the month that begins with ``first``, as the shop's API writes them."""
    return [_raw(bought, first, place) for place, bought in enumerate(BOUGHT)]


def _raw(bought: Bought, first: date, place: int) -> Json:
    sale = Sale(
        buyer=buyers.DANISH_CONSUMERS[place % len(buyers.DANISH_CONSUMERS)],
        basket=bought.basket,
        days_ago=AGO,
        freight=bought.freight,
        voucher=Voucher("GK-7Q2X", kroner=bought.gift_card) if bought.gift_card else None,
        state=bought.state,
    )
    if bought.sells:
        sale = replace(sale, freight=Decimal(0))
    moment = datetime.combine(first.replace(day=bought.day), OPENS_AT, COPENHAGEN)
    order = raw_order(sale, order_id(bought.number), bought.number, moment + timedelta(days=AGO))
    gateway_id, _, gateway = WAYS[bought.way]
    sold = _gift_card(bought.sells) if bought.sells else {}
    return order | sold | {"payment_gateway_id": gateway_id, "payment_gateway": gateway}


def _gift_card(kind: str) -> Json:
    card = GIFT_CARDS[kind]
    line = {
        "product_id": 900_400 + card.vat,
        "own_id": card.own_id,
        "name": card.name,
        "amount": 1,
        "unit_price": card.price,
        "vat": card.vat,
        "attributes": [],
    }
    inside = card.price * card.vat / (100 + card.vat)
    return {"products": [line], "total_price": card.price, "vat": inside}


def raw_gateways() -> list[Json]:
    """Return the ways to pay as the shop lists them."""
    return [
        {"payment_gateway_id": number, "name": name, "gateway": gateway}
        for number, name, gateway in WAYS.values()
    ]


def captured(orders: Mapping[int, Json], number: int) -> Decimal:
    """Return what a provider captured of an order: its total, less what a gift card paid."""
    return Decimal(str(orders[order_id(number)]["total_price"]))


def moved(orders: Mapping[int, Json], way: Way, first: date) -> list[Moved]:
    """Return what a provider captured of the shop's ``orders``, and what left it, by its days."""
    numbers = {each.number for each in BOUGHT if each.way == way}
    sales = (
        Moved(each.number, first.replace(day=each.day), "sale", captured(orders, each.number))
        for each in BOUGHT
        if each.number in numbers
    )
    back = (
        Moved(
            each.number,
            first.replace(day=each.day),
            each.how,
            -(captured(orders, each.number) if each.amount is None else each.amount),
        )
        for each in WENT_BACK
        if each.number in numbers
    )
    return sorted((*sales, *back), key=lambda each: (each.day, each.number))
