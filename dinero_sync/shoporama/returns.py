"""Returns (returneringer) as the shop lists them, read without guessing.

No public page shows one. For each field the names that are plausible by the shop's other answers
are tried in turn; a return without what is needed of it is held for a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.shoporama import values
from dinero_sync.shoporama.values import UnclearError

RETURN_IDS = ("order_return_id", "return_id", "id")
ORDER_IDS = ("order_id",)
STATUSES = ("status", "state")
LINES = ("products", "lines", "order_lines", "items")
SKUS = ("own_id", "sku")
PRODUCT_IDS = ("product_id",)
QUANTITIES = ("amount", "quantity", "qty")
MONEY = ("refund_amount", "credit_amount")
"""What would say that another amount goes back than the goods cost: a person's to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Goods that a customer sends back, or asks to."""

    return_id: int
    order_id: int
    status: str
    """The shop's own word; empty where it says none."""
    goods: tuple[tuple[str, Decimal], ...] | None
    """Numbers of products, each with how many; None where that can't be told."""


def read_return(raw: Mapping[str, object]) -> Return | None:
    """Read one return; None for one that doesn't tell its own id and that of its order."""
    return_id = values.legible(values.identifier, raw, RETURN_IDS)
    order_id = values.legible(values.identifier, raw, ORDER_IDS)
    if return_id is None or order_id is None:
        return None
    return Return(
        return_id=return_id,
        order_id=order_id,
        status=values.legible(values.text, raw, STATUSES) or "",
        goods=_goods(raw),
    )


def _goods(raw: Mapping[str, object]) -> tuple[tuple[str, Decimal], ...] | None:
    lines = values.first(raw, LINES)
    if not isinstance(lines, Sequence) or isinstance(lines, str):
        return None
    if values.first(raw, MONEY) is not None:
        return None
    found = [_line(each) for each in lines]
    known = [each for each in found if each is not None]
    return tuple(known) if known and len(known) == len(found) else None


def _line(raw: object) -> tuple[str, Decimal] | None:
    if not isinstance(raw, Mapping):
        return None
    try:
        quantity = values.quantity(values.first(raw, QUANTITIES))
        sku = values.text(values.first(raw, SKUS)) or values.text(values.first(raw, PRODUCT_IDS))
    except UnclearError:
        return None
    if quantity is None or quantity <= 0 or not sku:
        return None
    return sku, quantity
