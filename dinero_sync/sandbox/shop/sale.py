"""One invented sale, and the raw order that the shop makes of it.

Lines plus freight minus voucher is the total, and ``vat`` is the VAT inside the total. Without
Danish VAT the prices are without it, too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import shop_time
from dinero_sync.sandbox.shop.buyers import Buyer
from dinero_sync.sandbox.shop.catalogue import (
    BANK,
    CARD,
    GATEWAYS,
    PARCEL_SHOP,
    PRODUCTS,
)
from dinero_sync.sandbox.shop.product import Product

ORE = Decimal("0.01")
VAT_PERCENT = 25
WITH_VAT = Decimal("1.25")
PAID_AFTER = timedelta(minutes=2)
PAID_AFTER_BY_BANK = timedelta(days=1, hours=5)
SENT_AFTER = timedelta(hours=27)

State = Literal["unpaid", "paid", "shipped", "shipped_unpaid", "cancelled"]
Form = Literal["usual", "texts", "nulls", "lists", "true", "no_line_vat"]
"""How the order is written: numbers as text, empty as null or [], flags as true, no VAT rates."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """A discount code: percent of the goods, or kroner."""

    code: str
    percent: Decimal | None = None
    kroner: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Who bought what, how, and how far it came."""

    buyer: Buyer
    basket: tuple[tuple[int, int], ...]
    """Product and quantity."""
    days_ago: float
    gateway: int = CARD
    shipping: int = PARCEL_SHOP
    freight: Decimal = Decimal(49)
    voucher: Voucher | None = None
    state: State = "shipped"
    form: Form = "usual"


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts of an order in kroner."""

    lines: Decimal
    discount: Decimal
    total: Decimal
    vat: Decimal


def raw_order(sale: Sale, order_id: int, shop_number: int, now: datetime) -> Json:
    """Write the sale as the shop's API does; ``now`` is what ``days_ago`` counts back from."""
    sums = _sums(sale)
    order = {
        "order_id": order_id,
        "webshop_order_id": shop_number,
        "invoice_id": "",
        "basket_id": order_id + 5_000_000,
        **_times_and_state(sale, now),
        **_party(sale.buyer),
        "comments": "",
        "extras": "",
        **_shipping_and_payment(sale, sums),
        "products": [_line(sale, PRODUCTS[number], amount) for number, amount in sale.basket],
        "total_price": sums.total,
        "vat": sums.vat,
        "tracking_number": "",
        "tracking_url": "",
    }
    return _in_form(order, sale.form)


def _sums(sale: Sale) -> Sums:
    prices = (_price(sale, PRODUCTS[number]) * amount for number, amount in sale.basket)
    lines = sum(prices, Decimal(0))
    discount = _discount(sale.voucher, lines)
    total = lines + sale.freight - discount
    vat = total * VAT_PERCENT / (100 + VAT_PERCENT) if sale.buyer.pays_vat else Decimal(0)
    return Sums(lines, discount, total, vat.quantize(ORE, ROUND_HALF_UP))


def _price(sale: Sale, product: Product) -> Decimal:
    price = product.price if sale.buyer.pays_vat else product.price / WITH_VAT
    return price.quantize(ORE, ROUND_HALF_UP)


def _discount(voucher: Voucher | None, lines: Decimal) -> Decimal:
    if voucher is None:
        return Decimal(0)
    if voucher.kroner is not None:
        return voucher.kroner
    return (lines * (voucher.percent or 0) / 100).quantize(ORE, ROUND_HALF_UP)


def _times_and_state(sale: Sale, now: datetime) -> Json:
    created = now - timedelta(days=sale.days_ago)
    is_paid = sale.state in {"paid", "shipped"}
    is_sent = sale.state in {"shipped", "shipped_unpaid"}
    paid = min(now, created + (PAID_AFTER_BY_BANK if sale.gateway == BANK else PAID_AFTER))
    sent = min(now, created + SENT_AFTER)
    reached = [created, *([paid] if is_paid else []), *([sent] if is_sent else [])]
    return {
        "time": shop_time(created),
        "last_modified": shop_time(max(reached)),
        "status": "sent" if is_sent else "cancelled" if sale.state == "cancelled" else "new",
        "paid": int(is_paid),
        "paid_time": shop_time(paid) if is_paid else "",
        "sent_time": shop_time(sent) if is_sent else "",
    }


def _party(buyer: Buyer) -> Json:
    place = {
        "name": buyer.name,
        "company_name": buyer.company,
        "address": buyer.address,
        "zipcode": buyer.zip_code,
        "city": buyer.city,
        "country_id": buyer.country,
    }
    return {
        "customer_id": "",
        **{f"order_{name}": value for name, value in place.items()},
        "email": buyer.email,
        "phone": "+4500000000",
        "vat_number": buyer.vat_number,
        "ean_number": buyer.ean,
        **{f"del_{name}": value for name, value in place.items()},
        "pickup_address": "",
    }


def _shipping_and_payment(sale: Sale, sums: Sums) -> Json:
    voucher = sale.voucher
    return {
        "shipping_id": sale.shipping,
        "shipping_price": sale.freight,
        "payment_gateway_id": sale.gateway,
        "payment_gateway": GATEWAYS[sale.gateway][1],
        "voucher_id": 5501 if voucher else "",
        "voucher_code": voucher.code if voucher else "",
        "voucher_discount": (voucher.percent or voucher.kroner) if voucher else "",
        "voucher_discount_amount": sums.discount,
    }


def _line(sale: Sale, product: Product, amount: int) -> Json:
    return {
        "product_id": product.id,
        "own_id": product.own_id,
        "name": product.name,
        "amount": amount,
        "unit_price": _price(sale, product),
        "vat": VAT_PERCENT if sale.buyer.pays_vat else 0,
        "attributes": [{"name": name, "val": value} for name, value in product.variants],
    }


def _in_form(order: Json, form: Form) -> Json:
    """Write the order in one of the ways that the shop's other answers are known to vary."""
    if form == "texts":
        return _with_texts(order)
    if form == "nulls":
        return {name: None if value == "" else value for name, value in order.items()}
    if form == "lists":
        return {name: [] if value == "" else value for name, value in order.items()}
    if form == "true":
        return {**order, "paid": bool(order["paid"])}
    if form == "no_line_vat":
        return {**order, "products": [_without_vat(line) for line in order["products"]]}
    return order


def _with_texts(order: Json) -> Json:
    lines = [{name: _as_text(value) for name, value in line.items()} for line in order["products"]]
    return {name: _as_text(value) for name, value in order.items()} | {"products": lines}


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, Decimal)) else value


def _without_vat(line: Json) -> Json:
    return {name: value for name, value in line.items() if name != "vat"}
