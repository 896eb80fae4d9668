"""Raw JSON of an order to an :class:`~dinero_sync.domain.order.Order`, or to a hold that says why.

Tolerant of how values are written, strict about what they mean: an order that can be read in two
ways is held. :mod:`dinero_sync.shoporama.fields` says where the names come from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Gateway, Order, OrderStatus
from dinero_sync.domain.plain_text import plain_text
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, Yaml, command, sentence
from dinero_sync.domain.unread import Unread
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.shoporama import values
from dinero_sync.shoporama.adding_up import added_up
from dinero_sync.shoporama.beside_lines import charges_beside, refuse_untold_charge
from dinero_sync.shoporama.fields import WIRE_NAMES, FieldNames
from dinero_sync.shoporama.masters import MasterLists, masters_of
from dinero_sync.shoporama.order_parts import (
    NO_SALE,
    OR_BY_HAND,
    RawFields,
    billing_address,
    buyer_reference,
    delivery_address,
    read_lines,
    refuse_missing_price,
)

STATUSES = {
    "new": OrderStatus.NEW,
    "sent": OrderStatus.SHIPPED,
    "shipped": OrderStatus.SHIPPED,
    "cancelled": OrderStatus.CANCELLED,
    "canceled": OrderStatus.CANCELLED,
}
STATUS_CODE = re.compile(r"[a-z][a-z_-]{0,19}")
"""What a status looks like; anything else might be personal data and isn't repeated."""
IN_PART = re.compile(r"part|delvi")
SALE_IS_OFF = re.compile(r"refund|cancel|void|fail|declin|reject|return|annul|afvist|retur|kredit")
IS_SHIPPED = re.compile(r"sent|ship|complet|deliver|dispatch|afsendt|lever|afslut|ekspeder")
CURRENCY_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """What the configuration says about the shop's orders."""

    zone: ZoneInfo
    """The zone of times that carry none."""
    currency: str
    """ISO 4217; what an order is in unless it says otherwise."""
    names: FieldNames = field(default_factory=lambda: WIRE_NAMES)
    """Where each field is found; see :func:`~dinero_sync.shoporama.fields.fields_with`."""
    countries: Mapping[int, str] = field(default_factory=dict)
    """ISO codes of countries by the shop's id, where its own list doesn't tell them."""
    statuses: Mapping[str, OrderStatus] = field(default_factory=dict)
    """What the shop's own words for statuses mean, in lower case; they go before the usual ones."""
    rounding_limit: Decimal = Decimal(0)
    """How far an order's total may be from its parts, in its currency."""


class OrderWithoutIdError(ConfigError):
    """The shop listed an order without an id: no order can be told from another (exit 78)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peek:
    """What polling needs of an order, legible or not."""

    order_id: int
    number: str
    """The number that the customer sees; the order id where none is legible."""
    last_modified: datetime | None
    created: datetime | None

    @property
    def changed(self) -> datetime | None:
        """Return the change time, the creation time in its place, or None; in UTC."""
        return self.last_modified or self.created


def peek(raw: Mapping[str, object], settings: ReaderSettings) -> Peek:
    """Read an order's id and times; raises OrderWithoutIdError, and nothing for odd times."""
    names = settings.names

    def moment(value: object) -> datetime | None:
        return values.moment(value, settings.zone)

    order_id = values.legible(values.identifier, raw, names["order_id"])
    if order_id is None:
        raise OrderWithoutIdError([_no_id_problem(names)])
    number = values.legible(values.text, raw, names["webshop_order_id"])
    return Peek(
        order_id=order_id,
        number=plain_text(number or "") or str(order_id),
        last_modified=values.legible(moment, raw, names["last_modified"]),
        created=values.legible(moment, raw, names["created"]),
    )


def gateway_of(raw: Mapping[str, object], settings: ReaderSettings) -> Gateway | None:
    """Return how an order is paid as it says itself; None where that isn't legible."""
    try:
        fields = RawFields(raw=raw, names=settings.names, order_id=None)
        return _gateway(fields, masters_of((), (), ()))
    except HeldError:
        return None


def read_order(raw: Mapping[str, object], masters: MasterLists, settings: ReaderSettings) -> Order:
    """Read one order; raises HeldError, whose text holds no personal data."""
    unidentified = RawFields(raw=raw, names=settings.names, order_id=None)
    order_id = unidentified.required("order_id", values.identifier)
    fields = replace(unidentified, order_id=order_id)
    status = _status(fields, settings.statuses)
    created = fields.required("created", lambda value: values.moment(value, settings.zone))
    paid, paid_at = _payment(fields, settings.zone)

    def country_of(country_id: int) -> str | Unread | None:
        return settings.countries.get(country_id) or masters.country(country_id)

    billing = billing_address(fields, country_of)
    changed = _moment(fields, "last_modified", settings.zone)
    lines = read_lines(fields)
    order = Order(
        order_id=order_id,
        number=fields.plain("webshop_order_id") or str(order_id),
        status=status,
        created=created,
        changed=changed or created,
        changed_told=changed is not None,
        paid=paid,
        paid_at=paid_at,
        shipped_at=_shipped_at(fields, status, settings.zone),
        currency=_currency(fields, settings.currency),
        billing=billing,
        delivery=delivery_address(fields, country_of, billing),
        email=fields.plain("email"),
        vat_number=fields.text("vat_number"),
        ean=fields.text("ean_number"),
        reference=buyer_reference(fields),
        lines=(*lines, *charges_beside(fields, lines)),
        shipping_price=fields.optional("shipping_price", values.amount) or Decimal(0),
        shipping_id=(shipping_id := fields.optional("shipping_id", values.identifier)),
        shipping_name=plain_text("" if shipping_id is None else masters.shipping_name(shipping_id)),
        voucher_code=fields.text("voucher_code"),
        voucher_amount=abs(fields.optional("voucher_discount_amount", values.number) or Decimal(0)),
        total=fields.required("total", values.amount),
        # Only compared, never booked: a shop may state it unrounded.
        vat=fields.optional("vat", values.number),
        gateway=_gateway(fields, masters),
    )
    try:
        return added_up(order, settings.rounding_limit)
    except HeldError:
        refuse_missing_price(fields)
        refuse_untold_charge(fields, order)
        raise


def _status(fields: RawFields, own: Mapping[str, OrderStatus]) -> OrderStatus:
    written = fields.required("status", values.text).lower()
    known = {**STATUSES, **own}
    if written in known:
        return known[written]
    named = STATUS_CODE.fullmatch(written)
    word = written if named else "WORD_IN_YOUR_SHOP"
    raise HeldError(
        HoldReason.UNKNOWN_STATUS,
        "named" if named else "unnamed",
        (
            sentence("give_known_status"),
            *OR_BY_HAND,
            *NO_SALE,
            sentence("or_say_what_the_word_means"),
            Yaml(f"shoporama:\n  statuses: {{{word}: {_likely_meaning(word)}}}\n"),
        ),
        known=tuple(known),
        **({"status": written} if named else {}),
    )


def _likely_meaning(word: str) -> OrderStatus:
    """Return what a status probably means, for whoever pastes it: never a sale where it is off."""
    if IN_PART.search(word):
        return OrderStatus.NEW
    if SALE_IS_OFF.search(word):
        return OrderStatus.CANCELLED
    return OrderStatus.SHIPPED if IS_SHIPPED.search(word) else OrderStatus.NEW


def _payment(fields: RawFields, zone: ZoneInfo) -> tuple[bool, datetime | None]:
    """Read whether and when the order was paid; the flag decides, a time alone means yes."""
    paid_at = _moment(fields, "paid_time", zone)
    if not fields.has("paid"):
        if paid_at is None:
            raise fields.unreadable(
                "paid_not_told",
                "paid",
                tried=(*fields.names["paid"], *fields.names["paid_time"]),
            )
        return True, paid_at
    paid, flagged_at = fields.optional(
        "paid", lambda value: values.flag_or_moment(value, zone)
    ) or (False, None)
    return paid, (paid_at or flagged_at) if paid else None


def _shipped_at(fields: RawFields, status: OrderStatus, zone: ZoneInfo) -> datetime | None:
    shipped_at = _moment(fields, "shipped_time", zone)
    return shipped_at if status is OrderStatus.SHIPPED else None


def _currency(fields: RawFields, expected: str) -> str:
    currency = fields.text("currency").upper() or expected
    if currency == expected:
        return currency
    named = CURRENCY_CODE.fullmatch(currency)
    raise HeldError(
        HoldReason.CURRENCY_NOT_ALLOWED,
        "named" if named else "unnamed",
        (sentence("book_by_hand_or_other_currency"), command("adopt", ORDER)),
        expected=expected,
        **({"currency": currency} if named else {}),
    )


def _gateway(fields: RawFields, masters: MasterLists) -> Gateway:
    gateway_id = fields.optional("payment_gateway_id", values.identifier)
    code = fields.text("payment_gateway")
    known = None if gateway_id is None else masters.gateway(gateway_id, code)
    if known is None or isinstance(known, Unread):
        return Gateway(gateway_id=gateway_id, code=code, name="", unread=known)
    return Gateway(gateway_id=gateway_id, code=code or known.code, name=known.name)


def _moment(fields: RawFields, name: str, zone: ZoneInfo) -> datetime | None:
    return fields.optional(name, lambda value: values.moment(value, zone))


def _no_id_problem(names: FieldNames) -> Problem:
    return Problem(
        key="shoporama.fields.order_id",
        message=(
            spoken(
                "the shop listed an order in which none of {names} is a positive whole "
                "number. Without an id an order could be booked twice, so no order is read. "
                "Write the name of the id in your shop:\n"
                "shoporama:\n  fields:\n    order_id: name_in_your_shop",
                names=", ".join(names["order_id"]),
            )
        ),
    )
