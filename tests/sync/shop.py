"""Raw orders as the shop sends them, each with what a test says about it and no more.

Unless told otherwise: order 4815162 (the customer sees 10427) of Anna Prøve in Aarhus, one mug at
125.00 of which 25.00 is VAT, placed and paid by card on 8 December 2026, not shipped.
"""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Json = dict[str, Any]

ORDER_ID = 4815162
NUMBER = 10427
PLACED = "2026-12-08 10:15:00"
PAID = "2026-12-08 10:17:00"

CARD, MOBILEPAY, INVOICE, BANK = 77, 78, 81, 82
GATEWAY_CODES = {CARD: "quickpayv10", MOBILEPAY: "mobilepay", INVOICE: "other", BANK: "other"}
DENMARK, GERMANY = 45, 57
ORE = Decimal("0.01")

BUSINESS: Json = {
    "order_company_name": "Café Prøve ApS",
    "vat_number": "90000039",
    "email": "faktura@cafe.example",
}
PUBLIC: Json = {
    "order_company_name": "Prøvekommunens Skole",
    "ean_number": "5798009999993",
    "email": "skole@kommune.example",
}
GERMAN_BUSINESS: Json = {
    "order_company_name": "Beispiel GmbH",
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
    "order_city": "Hamburg",
    "vat_number": "DE136695976",
    "email": "einkauf@beispiel.example",
}


def a_line(**fields: object) -> Json:
    """Return one mug at 125.00 with 25 % VAT."""
    return {
        "product_id": 900101,
        "own_id": "KRUS-01",
        "name": "Krus",
        "amount": 1,
        "unit_price": Decimal("125.00"),
        "vat": 25,
        "attributes": [],
        **fields,
    }


def raw_order(order_id: int = ORDER_ID, **fields: Any) -> Json:  # noqa: ANN401 - whatever the shop may send
    """Return an order whose total and VAT follow from its lines, freight and voucher."""
    lines = fields.pop("products", None) or [a_line()]
    order = {
        "order_id": order_id,
        "webshop_order_id": NUMBER + order_id - ORDER_ID,
        "time": PLACED,
        "last_modified": fields.get("paid_time") or PAID,
        "status": "new",
        "paid": 1,
        "paid_time": PAID,
        "sent_time": "",
        **_anna(),
        **_freight_and_payment(fields.get("payment_gateway_id", CARD)),
        "products": lines,
        **fields,
    }
    goods = sum((line["amount"] * line["unit_price"] for line in lines), Decimal(0))
    total = goods + order["shipping_price"] - order["voucher_discount_amount"]
    share = Decimal("0.2") if any(line.get("vat") for line in lines) else Decimal(0)
    vat = (total * share).quantize(ORE, ROUND_HALF_UP)
    return {"total_price": total, "vat": vat, **order}


def unpaid_order(order_id: int = ORDER_ID, **fields: Any) -> Json:  # noqa: ANN401 - as above
    """Return an order that was placed and not paid."""
    unpaid = {"paid": 0, "paid_time": "", "last_modified": PLACED}
    return raw_order(order_id, **{**unpaid, **fields})


def orders_a_minute_apart(count: int, first: str = PLACED, **fields: Any) -> list[Json]:  # noqa: ANN401 - as above
    """Return orders paid one a minute from ``first`` on, each with an id and buyer of its own."""
    start = datetime.fromisoformat(first)
    moments = [str(start + timedelta(minutes=number)) for number in range(count)]
    return [
        raw_order(
            ORDER_ID + number,
            **{"time": moment, "paid_time": moment, "email": f"anna{number}@example.com", **fields},
        )
        for number, moment in enumerate(moments)
    ]


def _anna() -> Json:
    return {
        "order_name": "Anna Prøve",
        "order_company_name": "",
        "order_address": "Prøvevej 7",
        "order_zipcode": "8000",
        "order_city": "Aarhus C",
        "order_country_id": DENMARK,
        "email": "anna.proeve@example.com",
        "phone": "+4500000000",
        "vat_number": "",
        "ean_number": "",
        "del_country_id": "",
    }


def _freight_and_payment(gateway: int) -> Json:
    return {
        "shipping_id": 301,
        "shipping_price": Decimal(0),
        "payment_gateway_id": gateway,
        "payment_gateway": GATEWAY_CODES.get(gateway, ""),
        "voucher_code": "",
        "voucher_discount_amount": Decimal(0),
    }
