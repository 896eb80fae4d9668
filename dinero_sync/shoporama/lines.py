"""The order lines of an order."""

from collections.abc import Mapping

from dinero_sync.domain.order import OrderLine
from dinero_sync.shoporama import values
from dinero_sync.shoporama.raw_order import RawFields

ATTRIBUTE_NAMES = ("name", "title")
ATTRIBUTE_VALUES = ("val", "value")


def read_lines(order: RawFields) -> tuple[OrderLine, ...]:
    """Read all order lines; raises HeldError when there is no list or a line isn't legible."""
    if not order.has("products"):
        raise order.unreadable(
            "products",
            "The order can't be read: it has no order lines, "
            f"none of {order.tried('products')} is in the shop's answer.",
        )
    entries = order.optional("products", _list) or []
    return tuple(_read_line(order, at, entry) for at, entry in enumerate(entries, start=1))


def _read_line(order: RawFields, position: int, entry: object) -> OrderLine:
    if not isinstance(entry, dict):
        raise order.unreadable(
            "products", f"The order can't be read: order line {position} isn't an object."
        )
    line = RawFields(
        raw=entry,
        names=order.names,
        order_id=order.order_id,
        part=f"order line {position}",
    )
    return OrderLine(
        product_id=line.optional("line_product_id", values.identifier),
        sku=line.text("line_sku"),
        name=line.required("line_name", values.text),
        variant=line.optional("line_attributes", _attributes) or (),
        quantity=line.required("line_quantity", values.quantity),
        unit_price=line.required("line_unit_price", values.amount),
        vat_rate=line.optional("line_vat_rate", values.vat_rate),
    )


def _list(value: object) -> list[object] | None:
    if values.is_empty(value):
        return None
    if not isinstance(value, list):
        raise values.UnclearError("should be a list")
    return value


def _attributes(value: object) -> tuple[tuple[str, str], ...] | None:
    """Read variants: a list of objects with name and value, or one object from names to values."""
    if values.is_empty(value):
        return None
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [_pair(entry) for entry in value]
    else:
        raise values.UnclearError("should be a list of names and values")
    texts = [(values.text(name), values.text(chosen)) for name, chosen in pairs]
    return tuple((name, chosen) for name, chosen in texts if name and chosen)


def _pair(entry: object) -> tuple[object, object]:
    if not isinstance(entry, Mapping):
        raise values.UnclearError("should be a list of names and values")
    return values.first(entry, ATTRIBUTE_NAMES), values.first(entry, ATTRIBUTE_VALUES)
