"""The parts that an order is read in: its fields one by one, its lines, addresses and sums.

What isn't legible, can't be a part of an invoice or doesn't add up is a hold that says why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address, Order, OrderLine
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.shoporama import values
from dinero_sync.shoporama.fields import FieldNames
from dinero_sync.shoporama.masters import country_code

Value = TypeVar("Value")
NOTHING_BOOKED = "Nothing is booked for it until this is settled."
ATTRIBUTE_NAMES = ("name", "title")
ATTRIBUTE_VALUES = ("val", "value")
CountryOf = Callable[[int], str | Unread | None]
"""From the shop's id of a country to its ISO code; None for one that nobody lists."""
NOWHERE = Address(name="", company="", street="", zip_code="", city="", country="")
MOST_LINES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFields:
    """Part of an order as it came from the shop."""

    raw: Mapping[str, object]
    names: FieldNames
    order_id: int | None
    """None only while the order's id itself is being read."""
    part: str = "order"
    """What ``raw`` is, for messages: ``order`` or ``order line 2``."""

    def required(self, field: str, read: Callable[[object], Value | None]) -> Value:
        """Read a field that has to be there; raises HeldError without it."""
        value = self.optional(field, read)
        if value is None:
            raise self.unreadable(
                field,
                f"The {self.part} can't be read: it has no {field}, "
                f"none of {self.tried(field)} in the shop's answer holds anything.",
            )
        return value

    def optional(self, field: str, read: Callable[[object], Value | None]) -> Value | None:
        """Read a field, None where it is empty; raises HeldError for a value that can't be it."""
        name = self.name_in_use(field)
        try:
            return read(None if name is None else self.raw[name])
        except values.UnclearError as error:
            raise self.unreadable(
                field,
                f"The {self.part} can't be read: "
                f"its {field} ({name} in the shop's answer) {error}.",
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

    def tried(self, field: str) -> str:
        """List the names under which a field was looked for."""
        return ", ".join(self.names[field])

    def unreadable(self, field: str, problem: str) -> HeldError:
        """Build the hold for a field that can't be read, with the YAML that mends it."""
        return HeldError(
            HoldReason.UNREADABLE_ORDER,
            f"{problem} {NOTHING_BOOKED}",
            "Correct it in the shop; the order is then read again by itself. Or, where "
            f"{named_otherwise('it', self.order, field)}",
        )

    @property
    def order(self) -> str:
        """Return the order's id for a command to paste."""
        return "ORDER" if self.order_id is None else str(self.order_id)


def named_otherwise(what: str, order: str, *fields: str) -> str:
    """Say how to tell that the shop keeps something under another name; goes on after "where"."""
    keys = "".join(f"\n    {field}: name_in_your_shop" for field in fields)
    return (
        f"the shop keeps {what} under another name (`dinero-sync show {order} --json` shows all "
        f"names), say so in the configuration:\nshoporama:\n  fields:{keys}"
    )


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


def billing_address(order: RawFields, country_of: CountryOf) -> Address:
    """Read who pays; raises HeldError without a country."""
    country = _country(order, "order_country_id", country_of)
    if country is None:
        raise _unknown_country(order, "order_country_id", "has no billing country.")
    return Address(
        name=order.text("order_name"),
        company=order.text("order_company_name"),
        street=order.text("order_address"),
        zip_code=order.text("order_zipcode"),
        city=order.text("order_city"),
        country=country,
    )


def delivery_address(order: RawFields, country_of: CountryOf, billing: Address) -> Address:
    """Read where the goods go; a part that is empty is as in ``billing``.

    Street, postal code and city only in the same country: a code of Copenhagen isn't one of Spain,
    where it would be a place outside the EU's VAT area.
    """
    country = _country(order, "del_country_id", country_of) or billing.country
    place = billing if country == billing.country else NOWHERE
    return Address(
        name=order.text("del_name") or billing.name,
        company=order.text("del_company_name") or billing.company,
        street=order.text("del_address") or place.street,
        zip_code=order.text("del_zipcode") or place.zip_code,
        city=order.text("del_city") or place.city,
        country=country,
    )


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
        name = order.name_in_use(field)
        raise _unknown_country(
            order,
            field,
            f"names a country ({name} in the shop's answer) that is neither an id of the shop's "
            "list of countries, nor a country code, nor a name in Danish or English.",
        )
    return code


def _unlisted_country(country_id: int) -> HeldError:
    return HeldError(
        HoldReason.UNKNOWN_COUNTRY,
        f"The order names country {country_id}, which the shop's list of countries lacks or has "
        f"without a code or known name. The country decides the VAT. {NOTHING_BOOKED}",
        f"Look at the order in the shop and {_code_to_write(country_id)}",
    )


def _unread_country(country_id: int, unread: Unread) -> UnreadError:
    return UnreadError(
        HoldReason.UNKNOWN_COUNTRY,
        f"The order names country {country_id}, and the shop's list of countries can't be read. "
        "The country decides the VAT.",
        f"Or look at the order in the shop and {_code_to_write(country_id)}",
        unread,
    )


def _code_to_write(country_id: int) -> str:
    return (
        "write the country's ISO code in place of DK:\n\n"
        f"shoporama:\n  countries:\n    {country_id}: DK\n"
    )


def _unknown_country(order: RawFields, field: str, what: str) -> HeldError:
    return HeldError(
        HoldReason.UNKNOWN_COUNTRY,
        f"The order {what} The country decides the VAT. {NOTHING_BOOKED}",
        "Choose the country on the order in the shop; the order is then read again by itself. Or, "
        f"where {named_otherwise('the country', order.order, field)}",
    )


def rounding_of(order: Order, limit: Decimal) -> Decimal:
    """Return what the total is above its parts, which may be ``limit`` in either direction.

    Raises HeldError for a negative amount, and when the parts don't give the total.
    """
    for name, amount in _named_amounts(order):
        if amount < 0:
            raise _negative(order, name, amount)
    products = sum((line.amount for line in order.lines), Decimal(0))
    difference = order.total - (products + order.shipping_price - order.voucher_amount)
    if abs(difference) > limit:
        raise _does_not_add_up(order, products)
    return difference


def _named_amounts(order: Order) -> list[tuple[str, Decimal]]:
    amounts = [
        ("total", order.total),
        ("VAT", order.vat or Decimal(0)),
        ("freight", order.shipping_price),
    ]
    for position, line in enumerate(order.lines, start=1):
        amounts.append((f"number of pieces on order line {position}", line.quantity))
        amounts.append((f"unit price on order line {position}", line.unit_price))
    return amounts


def _negative(order: Order, name: str, amount: Decimal) -> HeldError:
    return HeldError(
        HoldReason.NEGATIVE_AMOUNT,
        f"The order's {name} is negative: {amount}. An invoice can't say that, and whether it "
        f"stands for a discount, a return or a mistake isn't known. {NOTHING_BOOKED}",
        _correct_or_skip(order),
    )


def _does_not_add_up(order: Order, products: Decimal) -> HeldError:
    result = products + order.shipping_price - order.voucher_amount
    parts = [*_line_terms(order.lines, products), f"freight {order.shipping_price}"]
    what, fields = "freight or the voucher's amount", ("shipping_price", "voucher_discount_amount")
    return HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        f"The order doesn't add up: {' + '.join(parts)} - voucher {order.voucher_amount} "
        f"= {result:.2f}, but its total is {order.total} {order.currency}, which is "
        f"{order.total - result:+.2f}. An invoice of these lines would not be what the customer "
        f"pays. {NOTHING_BOOKED}",
        f"{_correct_or_skip(order)} Where {named_otherwise(what, str(order.order_id), *fields)}",
    )


def _line_terms(lines: tuple[OrderLine, ...], products: Decimal) -> list[str]:
    if not lines or len(lines) > MOST_LINES_SHOWN:
        return [f"{len(lines)} order lines {products:.2f}"]
    return [f"{line.quantity.normalize():f} × {line.unit_price}" for line in lines]


def _correct_or_skip(order: Order) -> str:
    return (
        "Correct the order in the shop; it is then read again by itself. Or end it without an "
        f'invoice: `dinero-sync skip {order.order_id} --reason "…"`.'
    )
