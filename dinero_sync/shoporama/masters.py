"""The shop's master lists: what the ids on an order stand for; and the names of countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from dinero_sync.domain.order import Gateway
from dinero_sync.domain.unread import Unread
from dinero_sync.shoporama import values

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
NO_COUNTRIES = frozenset("AC CP CQ DG EU EZ QO TA UN XA XB ZZ".split())  # noqa: SIM905 - quoted codes read worse
"""Two-letter codes that Unicode's list of territories has besides those of countries."""
CODE_LENGTH = 2
ISO_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that people and the EU use, and the ISO 3166-1 codes of these countries."""
PARTS = {"XI": "GB", "IC": "ES", "EA": "ES"}
"""Codes of Northern Ireland, the Canary Islands, and Ceuta and Melilla, and whose part they are.

They aren't ISO's for countries. The part is told by its postal code, as it is under the country.
"""
NORTHERN_IRELAND = {"northern ireland": "XI", "nordirland": "XI"}


class MasterLists(Protocol):
    """What stands for the ids on an order. None for an id that isn't listed."""

    def gateway(self, gateway_id: int, code: str) -> Gateway | Unread | None:
        """Return the gateway that an order names by id, and by ``code`` where that isn't empty."""

    def shipping_name(self, shipping_id: int) -> str:
        """Return what a freight method is called; empty where nobody tells."""

    def country(self, country_id: int) -> str | Unread | None:
        """Return a country's code, ISO 3166-1 alpha-2 in upper case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """Gateways, freight methods and countries by their ids in the shop."""

    gateways: Mapping[int, Gateway]
    shipping_names: Mapping[int, str]
    countries: Mapping[int, str]
    """ISO 3166-1 alpha-2, upper case."""

    def gateway(self, gateway_id: int, code: str) -> Gateway | None:  # noqa: ARG002 - by id alone
        """Return a gateway, as :class:`MasterLists` says."""
        return self.gateways.get(gateway_id)

    def shipping_name(self, shipping_id: int) -> str:
        """Return a freight method's name; empty for one that isn't listed."""
        return self.shipping_names.get(shipping_id, "")

    def country(self, country_id: int) -> str | None:
        """Return a country's code."""
        return self.countries.get(country_id)


def masters_of(
    gateways: Sequence[WireObject], shipping: Sequence[WireObject], countries: Sequence[WireObject]
) -> Masters:
    """Build the tables from the three raw lists.

    An entry without a legible id, and a country without a code or a known name, is left out. An
    order that needs such a country is held; a gateway or freight method only lacks its name then.
    """
    return Masters(
        gateways=gateways_by_id(gateways),
        shipping_names=shipping_names(shipping),
        countries=country_codes(countries),
    )


def gateways_by_id(entries: Sequence[WireObject]) -> dict[int, Gateway]:
    """Return the ways to pay by id; an entry without a legible id is left out."""
    return {
        gateway_id: Gateway(
            gateway_id=gateway_id, code=_text(entry, GATEWAY_CODES), name=_text(entry, NAMES)
        )
        for gateway_id, entry in _by_id(entries, GATEWAY_IDS).items()
    }


def shipping_names(entries: Sequence[WireObject]) -> dict[int, str]:
    """Return the names of freight methods by id, as :func:`gateways_by_id` does."""
    return {
        shipping_id: _text(entry, NAMES)
        for shipping_id, entry in _by_id(entries, SHIPPING_IDS).items()
    }


def country_codes(entries: Sequence[WireObject]) -> dict[int, str]:
    """Return the ISO codes of countries by id; one without code and known name is left out."""
    return {
        country_id: code
        for country_id, entry in _by_id(entries, COUNTRY_IDS).items()
        if (code := _country_of(entry)) is not None
    }


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
    identified = ((values.legible(values.identifier, entry, names), entry) for entry in entries)
    return {found: entry for found, entry in identified if found is not None}


def _text(entry: WireObject, names: tuple[str, ...]) -> str:
    """Return the first name's text; a value of another kind tells nothing and counts as none."""
    return values.legible(values.text, entry, names) or ""


def country_code(text: str) -> str | None:
    """Return the ISO code for a code or for a country's name in Danish or English.

    A part of a country that shops list by a code of its own keeps that (:data:`PARTS`). Names are
    those of Unicode's CLDR, in any case; None where nothing fits exactly.
    """
    codes = _codes_by_name()
    wanted = text.strip()
    if len(wanted) == CODE_LENGTH:
        code = ISO_CODES.get(wanted.upper(), wanted.upper())
        return code if code in codes.values() else None
    return codes.get(wanted.casefold())


@cache
def _codes_by_name() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - slow to import, and an idle run needs no country

    return NORTHERN_IRELAND | {
        name.casefold(): code
        for language in ("en", "da")
        for code, name in Locale(language).territories.items()
        if len(code) == CODE_LENGTH and code.isalpha() and code not in NO_COUNTRIES
    }
