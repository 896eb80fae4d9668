"""What an order charges beside its lines and freight: payment fees and tips.

No field of Shoporama's own is known for them: a shop owner names it under ``shoporama.fields``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import BESIDE_GOODS, Order, OrderLine
from dinero_sync.domain.step import sentence
from dinero_sync.shoporama import values
from dinero_sync.shoporama.order_parts import OR_BY_HAND, RawFields

NAMES = dict(zip(BESIDE_GOODS, ("Betalingsgebyr", "Drikkepenge"), strict=True))
"""The fields, which are the lines' numbers for rules too, and what an invoice calls them."""
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def charges_beside(order: RawFields, lines: tuple[OrderLine, ...]) -> Iterator[OrderLine]:
    """Yield a line for each fee and tip that the order states.

    Raises HeldError for what isn't an amount.
    """
    for field in NAMES:
        amount = order.optional(field, values.amount)
        if amount:
            yield line_beside(field, amount, lines)


def line_beside(field: str, amount: Decimal, lines: tuple[OrderLine, ...]) -> OrderLine:
    """Write the line of a ``payment_fee`` or ``tip`` beside an order's other ``lines``.

    A fee of the checkout has the VAT of the goods, where these have one rate. Whether a tip has
    any is for a rule to say: its line names no rate.
    """
    rates = {line.vat_rate for line in lines if line.amount > 0}
    follows = field == "payment_fee" and len(rates) == 1
    return OrderLine(
        product_id=None,
        sku=field,
        name=NAMES[field],
        variant=(),
        quantity=Decimal(1),
        unit_price=amount,
        vat_rate=min(rates, key=str) if follows else None,
    )


def refuse_untold_charge(raw: RawFields, order: Order) -> None:
    """Hold an order whose total is above its parts by just what a field says that nobody reads."""
    gross = sum((line.amount for line in order.lines), order.shipping_price)
    missing = order.total - (gross - order.voucher_amount)
    known = {name for names in raw.names.values() for name in names}
    for name in raw.raw:
        unread = name not in known and FIELD_NAME.fullmatch(name)
        if missing > 0 and unread and values.legible(values.number, raw.raw, [name]) == missing:
            raise HeldError(
                HoldReason.LINES_DO_NOT_ADD_UP,
                "other_field",
                (
                    sentence("name_fee"),
                    raw.yaml("payment_fee", named=name),
                    sentence("name_tip"),
                    raw.yaml("tip", named=name),
                    *OR_BY_HAND,
                ),
                total=order.total,
                difference=missing,
                name=name,
            )
