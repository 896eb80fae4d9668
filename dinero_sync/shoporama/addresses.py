"""The two addresses of an order."""

from collections.abc import Callable

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.shoporama import values
from dinero_sync.shoporama.countries import country_code
from dinero_sync.shoporama.raw_order import NOTHING_BOOKED, RawFields

CountryOf = Callable[[int], str | Unread | None]
"""From the shop's id of a country to its ISO code; None for one that nobody lists."""
NOWHERE = Address(name="", company="", street="", zip_code="", city="", country="")


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
        f"Choose the country on the order in the shop; the order is then read again by itself. "
        f"Or, where the shop keeps the country under another name "
        f"(`dinero-sync show {order.order} --json` shows all names), say so in the "
        f"configuration:\n{order.yaml(field)}",
    )
