"""A sale as its shop writes it: JSON as PHP makes it."""

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from sold import ORE, Discount, Line, Sale, Stated, Written

Json = dict[str, Any]
SMALLEST_RECKONED = Decimal("5.00")
"""Of less, no rate can be reckoned back."""
PICK_UP, PARCEL = 303, 301


def as_order(sale: Sale) -> Json:
    """Return the order as it is read from the shop's answer."""
    written = json.dumps(_order(sale))
    order: Json = json.loads(written, parse_float=Decimal)
    return order


def _order(sale: Sale) -> Json:
    lines = [*sale.lines, *([sale.off_line] if sale.off_line else [])]
    return {
        "order_id": 4815162,
        "webshop_order_id": 10427,
        "time": "2026-12-03 10:15:00",
        "last_modified": "2026-12-03 10:17:00",
        "status": "new",
        "paid": 1,
        "paid_time": "2026-12-03 10:17:00",
        "sent_time": "",
        "order_name": "Anna Prøve",
        "order_company_name": "" if sale.buyer == "consumer" else "Prøve ApS",
        "order_address": "Prøvevej 7",
        "order_zipcode": sale.place.zip_code,
        "order_city": "Prøveby",
        "order_country_id": sale.place.country,
        "del_country_id": "",
        "email": "anna.proeve@example.com",
        "vat_number": sale.number,
        "ean_number": sale.ean,
        "shipping_id": PICK_UP if sale.collected else PARCEL,
        "shipping_price": _number(sale, sale.freight),
        "payment_gateway_id": 77,
        "payment_gateway": "quickpayv10",
        "voucher_code": _code(sale),
        "voucher_discount_amount": _number(sale, sale.face),
        "products": [_line(sale, each, at) for at, each in enumerate(lines)],
        "total_price": _number(sale, sale.total),
        "vat": _stated(sale),
    }


def _code(sale: Sale) -> str:
    if sale.discount is Discount.NOTHING:
        return ""
    return "GK-1" if sale.discount is Discount.GIFT_CARD else "JUL10"


def _number(sale: Sale, amount: Decimal) -> object:
    """Write an amount: as a text with two decimals, or as a sum of binary fractions comes out."""
    if not sale.floats:
        return f"{amount:f}"
    whole = float(amount)
    return whole + 0.1 - 0.1


def _line(sale: Sale, line: Line, at: int) -> Json:
    return {
        "product_id": 900 + at,
        "own_id": line.sku,
        "name": "Ting",
        "amount": float(line.quantity) if sale.floats else f"{line.quantity:f}",
        "unit_price": float(line.price) if sale.floats else f"{line.price:f}",
        "vat": _rate(sale, line),
        "attributes": [],
    }


def _rate(sale: Sale, line: Line) -> object:
    match sale.written:
        case Written.PERCENT:
            return float(line.rate)
        case Written.TEXT:
            return f"{line.rate:.2f}"
        case Written.RECKONED:
            return _reckoned(line)
        case Written.FRACTION:
            return float(line.rate / 100)
        case Written.NOT:
            return ""


def _reckoned(line: Line) -> float:
    """Reckon the rate back from the line's VAT in whole øre."""
    if line.amount < SMALLEST_RECKONED:
        return float(line.rate)
    vat = _ore(Fraction(line.amount) * Fraction(line.rate) / (100 + Fraction(line.rate)))
    net = line.amount - vat
    return float(round(vat / net * 100, 4))


def _ore(amount: Fraction) -> Decimal:
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(ORE, ROUND_HALF_UP)


def _stated(sale: Sale) -> object:
    stated = stated_vat(sale)
    return "" if stated is None else float(stated)


def stated_vat(sale: Sale) -> Fraction | None:
    """Return the order's VAT as the shop states it."""
    match sale.stated:
        case Stated.NOT:
            return None
        case Stated.EXACTLY:
            return sale.vat
        case Stated.ROUNDED:
            return Fraction(_ore(sale.vat))
        case Stated.BY_LINE:
            return Fraction(sum((_ore(each.vat) for each in sale.parts), Decimal(0)))
        case Stated.BY_PIECE:
            return Fraction(_by_piece(sale))


def _by_piece(sale: Sale) -> Decimal:
    """Round the VAT of each piece, where nothing was given off; else as rounded."""
    if sale.discount is not Discount.NOTHING or sale.off_line is not None:
        return _ore(sale.vat)
    goods = sale.parts[: len(sale.lines)]
    pieces = [
        _ore(part.vat / Fraction(line.quantity)) * line.quantity
        for part, line in zip(goods, sale.lines, strict=True)
        if line.quantity == int(line.quantity)
    ]
    others = [
        _ore(part.vat)
        for part, line in zip(goods, sale.lines, strict=True)
        if line.quantity != int(line.quantity)
    ]
    freight = [_ore(part.vat) for part in sale.parts[len(sale.lines) :]]
    return sum((*pieces, *others, *freight), Decimal(0))
