"""The parts that an order is read in: its fields one by one, its lines, addresses and sums.

What isn't legible, can't be a part of an invoice or doesn't add up is a hold that says why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address, Order, OrderLine
from dinero_sync.domain.step import Fact, Facts, Sentence, Yaml, sentence
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.domain.zone import POST_CODE_DIGITS
from dinero_sync.shoporama import values
from dinero_sync.shoporama.fields import FieldNames
from dinero_sync.shoporama.masters import PARTS, country_code

Value = TypeVar("Value")
ATTRIBUTE_NAMES = ("name", "title")
ATTRIBUTE_VALUES = ("val", "value")
CountryOf = Callable[[int], str | Unread | None]
"""From the shop's id of a country to its ISO code; None for one that nobody lists."""
NOWHERE = Address(name="", company="", street="", zip_code="", city="", country="")
NAMES_OF_PARTS = {
    "XI": {"Northern Ireland"},
    "IC": {"the Canary Islands"},
    "EA": {"Ceuta", "Melilla"},
}
"""What places may be called by these codes, by their postal codes."""
MOST_LINES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFields:
    """Part of an order as it came from the shop."""

    raw: Mapping[str, object]
    names: FieldNames
    order_id: int | None
    """None only while the order's id itself is being read."""
    line: int | None = None
    """The place of the order line, from 1, that ``raw`` is; None for the order itself."""

    def required(self, field: str, read: Callable[[object], Value | None]) -> Value:
        """Read a field that has to be there; raises HeldError without it."""
        value = self.optional(field, read)
        if value is None:
            raise self._unreadable_here("missing", field, tried=self.names[field])
        return value

    def optional(self, field: str, read: Callable[[object], Value | None]) -> Value | None:
        """Read a field, None where it is empty; raises HeldError for a value that can't be it."""
        name = self.name_in_use(field)
        try:
            return read(None if name is None else self.raw[name])
        except values.UnclearError as error:
            raise self._unreadable_here(
                "unclear", field, name=name or field, problem=str(error)
            ) from None

    def text(self, field: str) -> str:
        """Read a text that may be empty."""
        return self.optional(field, values.text) or ""

    def value(self, field: str) -> object:
        """Return the value as the shop wrote it; None where it is empty."""
        return values.first(self.raw, self.names[field])

    def has(self, field: str) -> bool:
        """Tell whether the shop sends the field at all, empty or not."""
        return any(name in self.raw for name in self.names[field])

    def name_in_use(self, field: str) -> str | None:
        """Return the shop's name of a field that isn't empty."""
        for name in self.names[field]:
            if not values.is_empty(self.raw.get(name)):
                return name
        return None

    def unreadable(self, text: str, field: str, /, **facts: Fact) -> HeldError:
        """Build the hold for a field that can't be read, with the YAML that mends it."""
        steps = (sentence("correct_field", order=self.order), self.yaml(field))
        return HeldError(HoldReason.UNREADABLE_ORDER, text, steps, **facts)

    def _unreadable_here(self, text: str, field: str, /, **facts: Fact) -> HeldError:
        if self.line is None:
            return self.unreadable(text, field, field=field, **facts)
        return self.unreadable(f"{text}_in_line", field, field=field, position=self.line, **facts)

    @property
    def order(self) -> str:
        """Return the order's id for a command to paste."""
        return "ORDER" if self.order_id is None else str(self.order_id)

    @staticmethod
    def yaml(*fields: str) -> Yaml:
        """Write the setting that names fields."""
        named = "\n".join(f"    {field}: name_in_your_shop" for field in fields)
        return Yaml(f"shoporama:\n  fields:\n{named}")


def read_lines(order: RawFields) -> tuple[OrderLine, ...]:
    """Read all order lines; raises HeldError when there is no list or a line isn't legible."""
    if not order.has("products"):
        raise order.unreadable("no_lines", "products", tried=order.names["products"])
    entries = order.optional("products", _list) or []
    return tuple(_read_line(order, at, entry) for at, entry in enumerate(entries, start=1))


def _read_line(order: RawFields, position: int, entry: object) -> OrderLine:
    if not isinstance(entry, dict):
        raise order.unreadable("line_unclear", "products", position=position)
    line = RawFields(
        raw=entry,
        names=order.names,
        order_id=order.order_id,
        line=position,
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


def billing_address(order: RawFields, country_of: CountryOf) -> Address:
    """Read who pays; raises HeldError without a country."""
    country = _country(order, "order_country_id", country_of)
    if country is None:
        raise _unknown_country(order, "order_country_id", "missing")
    address = Address(
        name=order.text("order_name"),
        company=order.text("order_company_name"),
        street=order.text("order_address"),
        zip_code=_zip_code(order, "order_zipcode", country),
        city=order.text("order_city"),
        country=country,
    )
    return _of_country(address, order, "order_country_id")


def delivery_address(order: RawFields, country_of: CountryOf, billing: Address) -> Address:
    """Read where the goods go; a part that is empty is as in ``billing``.

    Street, postal code and city only in the same country: a code of Copenhagen isn't one of Spain,
    where it would be a place outside the EU's VAT area.
    """
    country = _country(order, "del_country_id", country_of) or billing.country
    place = billing if PARTS.get(country, country) == billing.country else NOWHERE
    address = Address(
        name=order.text("del_name") or billing.name,
        company=order.text("del_company_name") or billing.company,
        street=order.text("del_address") or place.street,
        zip_code=_zip_code(order, "del_zipcode", country) or place.zip_code,
        city=order.text("del_city") or place.city,
        country=country,
    )
    return _of_country(address, order, "del_country_id")


def _of_country(address: Address, order: RawFields, field: str) -> Address:
    """Put a part of a country under its country; raises HeldError unless its postal code agrees."""
    code = address.country
    if code not in PARTS:
        return address
    found = replace(address, country=PARTS[code])
    if found.territory is None or found.territory.name not in NAMES_OF_PARTS[code]:
        raise _unknown_country(order, field, "part", code=code, country=found.country)
    return found


def _zip_code(order: RawFields, field: str, country: str) -> str:
    """Read a postal code; one that came as a number gets back the 0 it began with."""
    written = order.text(field)
    if isinstance(order.value(field), str):
        return written
    return written.zfill(POST_CODE_DIGITS.get(PARTS.get(country, country), 0)) if written else ""


def _country(order: RawFields, field: str, country_of: CountryOf) -> str | None:
    """Read an id of the shop's own list, an ISO code, or a name in Danish or English."""
    written = order.text(field)
    if not written:
        return None
    try:
        country_id = values.identifier(order.value(field))
    except values.UnclearError:
        code = country_code(written)
    else:
        if country_id is None:
            return None
        found = country_of(country_id)
        if isinstance(found, Unread):
            raise _unread_country(country_id, found)
        if found is None:
            raise _unlisted_country(country_id)
        code = found
    if code is None:
        name = order.name_in_use(field) or field
        raise _unknown_country(order, field, "unclear", name=name)
    return code


def _unlisted_country(country_id: int) -> HeldError:
    return HeldError(
        HoldReason.UNKNOWN_COUNTRY,
        "unlisted",
        (sentence("write_country"), _code_to_write(country_id)),
        country=country_id,
    )


def _unread_country(country_id: int, unread: Unread) -> UnreadError:
    return UnreadError(
        HoldReason.UNKNOWN_COUNTRY,
        "unread",
        (sentence("or_write_country"), _code_to_write(country_id)),
        unread,
        country=country_id,
    )


def _code_to_write(country_id: int) -> Yaml:
    return Yaml(f"shoporama:\n  countries:\n    {country_id}: XX\n")


def _unknown_country(order: RawFields, field: str, text: str, **facts: Fact) -> HeldError:
    steps = (sentence("choose_country", order=order.order), order.yaml(field))
    return HeldError(HoldReason.UNKNOWN_COUNTRY, text, steps, **facts)


def rounding_of(order: Order, limit: Decimal) -> Decimal:
    """Return what the total is above its parts, which may be ``limit`` in either direction.

    Raises HeldError for a negative amount, and when the parts don't give the total.
    """
    _refuse_negative(order)
    products = sum((line.amount for line in order.lines), Decimal(0))
    difference = order.total - (products + order.shipping_price - order.voucher_amount)
    if abs(difference) > limit:
        raise _does_not_add_up(order, products)
    return difference


def _refuse_negative(order: Order) -> None:
    amounts = [
        ("total", order.total),
        ("VAT", order.vat or Decimal(0)),
        ("freight", order.shipping_price),
    ]
    for name, amount in amounts:
        if amount < 0:
            raise _negative(order, "", amount, name=name)
    for position, line in enumerate(order.lines, start=1):
        if line.quantity < 0:
            raise _negative(order, "pieces", line.quantity, position=position)
        if line.unit_price < 0:
            raise _negative(order, "price", line.unit_price, position=position)


def _negative(order: Order, text: str, amount: Decimal, **facts: Fact) -> HeldError:
    steps = (_correct_or_skip(order),)
    return HeldError(HoldReason.NEGATIVE_AMOUNT, text, steps, amount=amount, **facts)


def _does_not_add_up(order: Order, products: Decimal) -> HeldError:
    result = products + order.shipping_price - order.voucher_amount
    many = not order.lines or len(order.lines) > MOST_LINES_SHOWN
    lines: Facts = (
        {"count": len(order.lines), "products": products}
        if many
        else {"lines": tuple(n for each in order.lines for n in (each.quantity, each.unit_price))}
    )
    return HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        "many_parts" if many else "parts",
        (
            _correct_or_skip(order),
            sentence("freight_under_another_name", order=str(order.order_id)),
            RawFields.yaml("shipping_price", "voucher_discount_amount"),
        ),
        freight=order.shipping_price,
        voucher=order.voucher_amount,
        sum=result,
        total=order.total,
        currency=order.currency,
        difference=order.total - result,
        **lines,
    )


def _correct_or_skip(order: Order) -> Sentence:
    return sentence("correct_or_skip", order=str(order.order_id))
