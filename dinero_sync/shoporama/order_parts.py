"""The parts that an order is read in: its fields one by one, its lines, addresses and sums.

What isn't legible, can't be a part of an invoice or doesn't add up is a hold that says why.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address, OrderLine
from dinero_sync.domain.plain_text import plain_text
from dinero_sync.domain.step import (
    ORDER,
    TEXT,
    Fact,
    Steps,
    Yaml,
    command,
    sentence,
)
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
PRICE = "line_unit_price"
NAMES_OF_PARTS = {
    "XI": {"Northern Ireland"},
    "IC": {"the Canary Islands"},
    "EA": {"Ceuta", "Melilla"},
}
"""What places may be called by these codes, by their postal codes."""
OR_BY_HAND: Steps = (sentence("or_invoice_by_hand"), command("adopt", ORDER))
NO_SALE: Steps = (sentence("if_nothing_to_book"), command("skip", ORDER, "--reason", TEXT))
EXTRAS = "extras"
"""Where the shop keeps what its own fields of the checkout ask for, by their names."""
LONGEST_REFERENCE = 60
"""Characters of a text that is taken for a reference as it stands."""
NAMED_REFERENCE = re.compile(
    r"(?i)\b(?:rekvisitions?|rekv|requisition|req|purchase order|p\.?o|reference|ref"
    r"|indkøbsordre|ordre|order|bestillings?)"
    r"[. -]{0,2}(?:nr|no|nummer|number)?[.:# ]{0,3}(?=\S*[0-9])([\w][\w./-]*\w)"
)
"""A word for the buyer's own number, and that number."""


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

    def plain(self, field: str) -> str:
        """Read a text for people, which may be empty, without HTML and unseen signs."""
        return plain_text(self.text(field))

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
        steps = (sentence("correct_field", order=self.order), self.yaml(field), *OR_BY_HAND)
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
    def yaml(*fields: str, named: str = "name_in_your_shop") -> Yaml:
        """Write the setting that names fields."""
        settings = "\n".join(f"    {field}: {named}" for field in fields)
        return Yaml(f"shoporama:\n  fields:\n{settings}")


def read_lines(order: RawFields) -> tuple[OrderLine, ...]:
    """Read all order lines; raises HeldError when there is no list or a line isn't legible."""
    if not order.has("products"):
        raise order.unreadable("no_lines", "products", tried=order.names["products"])
    lines = _fields_of_lines(order)
    any_price = any(line.name_in_use(PRICE) for line in lines)
    return tuple(_read_line(line, is_price_needed=not any_price) for line in lines)


def refuse_missing_price(order: RawFields) -> None:
    """Hold an order of which a line has no price; it would have been a gift, had it added up."""
    for line in _fields_of_lines(order):
        line.required(PRICE, values.price)


def _fields_of_lines(order: RawFields) -> list[RawFields]:
    entries = order.optional("products", _list) or []
    return [_line_fields(order, at, entry) for at, entry in enumerate(entries, start=1)]


def _line_fields(order: RawFields, position: int, entry: object) -> RawFields:
    if not isinstance(entry, dict):
        raise order.unreadable("line_unclear", "products", position=position)
    return RawFields(raw=entry, names=order.names, order_id=order.order_id, line=position)


def _read_line(line: RawFields, *, is_price_needed: bool) -> OrderLine:
    """Read a line; one without a price beside others that have one is a gift."""
    read_price = line.required if is_price_needed else line.optional
    product_id, sku = line.optional("line_product_id", values.identifier), line.text("line_sku")
    name = line.plain("line_name")
    if not name and product_id is None and not sku:
        line.required("line_name", values.text)
    return OrderLine(
        product_id=product_id,
        sku=sku,
        name=name,
        variant=line.optional("line_attributes", _attributes) or (),
        quantity=line.required("line_quantity", values.quantity),
        unit_price=read_price(PRICE, values.price) or Decimal(0),
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
    texts = [(_plain(name), _plain(chosen)) for name, chosen in pairs]
    return tuple((name, chosen) for name, chosen in texts if name and chosen)


def _plain(value: object) -> str:
    return plain_text(values.text(value) or "")


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
        name=order.plain("order_name"),
        company=order.plain("order_company_name"),
        street=order.plain("order_address"),
        zip_code=_zip_code(order, "order_zipcode", country),
        city=order.plain("order_city"),
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
        name=order.plain("del_name") or billing.name,
        company=order.plain("del_company_name") or billing.company,
        street=order.plain("del_address") or place.street,
        zip_code=_zip_code(order, "del_zipcode", country) or place.zip_code,
        city=order.plain("del_city") or place.city,
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
    written = order.plain(field)
    if isinstance(order.value(field), str):
        return written
    return written.zfill(POST_CODE_DIGITS.get(PARTS.get(country, country), 0)) if written else ""


def buyer_reference(order: RawFields) -> str:
    """Return the buyer's own reference, where ``shoporama.fields`` names it and it was given.

    It may stand in a field, under a key of the order's ``extras``, or within a comment: of a text
    longer than a reference is, what follows a word for one is taken. What can't be one is none.
    """
    extras = order.raw.get(EXTRAS)
    found = {**(extras if isinstance(extras, Mapping) else {}), **order.raw}
    text = plain_text(values.legible(values.text, found, order.names["buyer_reference"]) or "")
    named = NAMED_REFERENCE.search(text)
    if named:
        return named[1]
    return text if len(text) <= LONGEST_REFERENCE else ""


def _country(order: RawFields, field: str, country_of: CountryOf) -> str | None:
    """Read an id of the shop's own list, an ISO code, or a name in Danish or English."""
    written = order.plain(field)
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
