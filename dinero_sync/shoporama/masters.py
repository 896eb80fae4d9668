"""The shop's master lists: what the ids on an order stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dinero_sync.domain.order import Gateway
from dinero_sync.shoporama import values
from dinero_sync.shoporama.countries import country_code

WireObject = Mapping[str, object]
"""One entry of a list as the shop sent it."""

GATEWAY_IDS = ("payment_gateway_id", "id")
GATEWAY_CODES = ("gateway", "type")
SHIPPING_IDS = ("shipping_id", "id")
COUNTRY_IDS = ("country_id", "id")
CATEGORY_IDS = ("category_id", "id")
PROFILE_IDS = ("profile_id", "id")
COUNTRY_CODES = ("code", "iso", "iso_code", "country_code")
NAMES = ("name", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """Gateways, freight methods and countries by their ids in the shop."""

    gateways: Mapping[int, Gateway]
    shipping_names: Mapping[int, str]
    countries: Mapping[int, str]
    """ISO 3166-1 alpha-2, upper case."""


def masters_of(
    gateways: Sequence[WireObject], shipping: Sequence[WireObject], countries: Sequence[WireObject]
) -> Masters:
    """Build the tables from the three raw lists.

    An entry without a legible id, and a country without a code or a known name, is left out. An
    order that needs such a country is held; a gateway or freight method only lacks its name then.
    """
    return Masters(
        gateways={
            gateway_id: Gateway(
                gateway_id=gateway_id, code=_text(entry, GATEWAY_CODES), name=_text(entry, NAMES)
            )
            for gateway_id, entry in _by_id(gateways, GATEWAY_IDS).items()
        },
        shipping_names={
            shipping_id: _text(entry, NAMES)
            for shipping_id, entry in _by_id(shipping, SHIPPING_IDS).items()
        },
        countries={
            country_id: code
            for country_id, entry in _by_id(countries, COUNTRY_IDS).items()
            if (code := _country_of(entry)) is not None
        },
    )


def category_names(entries: Sequence[WireObject]) -> dict[int, str]:
    """Return the names of categories by id; an entry without a legible id or name is left out."""
    return _names(entries, CATEGORY_IDS)


def profile_names(entries: Sequence[WireObject]) -> dict[int, str]:
    """Return the names of product profiles by id, as :func:`category_names` does."""
    return _names(entries, PROFILE_IDS)


def _names(entries: Sequence[WireObject], id_names: tuple[str, ...]) -> dict[int, str]:
    by_id = _by_id(entries, id_names).items()
    return {entry_id: name for entry_id, entry in by_id if (name := _text(entry, NAMES))}


def _country_of(entry: WireObject) -> str | None:
    return country_code(_text(entry, COUNTRY_CODES)) or country_code(_text(entry, NAMES))


def _by_id(entries: Sequence[WireObject], names: tuple[str, ...]) -> dict[int, WireObject]:
    found = {}
    for entry in entries:
        try:
            identifier = values.identifier(values.first(entry, names))
        except values.UnclearError:
            continue
        if identifier is not None:
            found[identifier] = entry
    return found


def _text(entry: WireObject, names: tuple[str, ...]) -> str:
    """Return the first name's text; a value of another kind tells nothing and counts as none."""
    try:
        return values.text(values.first(entry, names)) or ""
    except values.UnclearError:
        return ""
