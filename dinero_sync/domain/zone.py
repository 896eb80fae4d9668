"""Where the goods go, as Danish VAT sees it: Denmark, the EU, or the world.

The delivery address decides (momsloven §§ 2, 14, 14 b and 34). Some places carry a country's code
and postal system without its VAT area, or the other way round: Council Directive 2006/112/EC
articles 5 to 7, and for Northern Ireland the Windsor Framework (goods only).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Zone(StrEnum):
    """The three places a Danish seller tells apart."""

    DK = "dk"
    EU = "eu"
    WORLD = "world"


EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - 27 quoted codes read worse
)
COUNTED_AS_EU = frozenset({"MC"})
"""Monaco is treated as France (article 7)."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A place that orders call by the code of a country whose VAT area it isn't in."""

    name: str
    country: str
    """Under which it is ordered."""
    codes: tuple[str, ...]
    """What its postal codes begin with."""
    digits: int
    """How many digits such a postal code has; 0 where it begins with letters."""
    zone: Zone = Zone.WORLD
    """Where it lies instead."""


NORTHERN_IRELAND = Territory("Northern Ireland", "GB", ("BT",), 0, Zone.EU)
FAROE_ISLANDS = Territory("the Faroe Islands", "DK", (), 3)
"""As their codes of three digits tell."""
TERRITORIES = (
    # Parts of Member States where the Directive doesn't apply (article 6).
    Territory("the Canary Islands", "ES", ("35", "38"), 5),
    Territory("Ceuta", "ES", ("51",), 5),
    Territory("Melilla", "ES", ("52",), 5),
    Territory("the Åland Islands", "FI", ("22",), 5),
    Territory("the Åland Islands", "FI", ("AX",), 0),
    Territory("Heligoland", "DE", ("27498",), 5),
    Territory("Büsingen", "DE", ("78266",), 5),
    Territory("Livigno", "IT", ("23041",), 5),
    Territory("Campione d'Italia", "IT", ("22061",), 5),
    Territory("Mount Athos", "GR", ("63086", "63087"), 5),
    # French places overseas, some by article 6, others because the treaties don't apply there.
    Territory("Saint Pierre and Miquelon", "FR", ("975",), 5),
    Territory("Saint Barthélemy", "FR", ("97133", "977"), 5),
    Territory("the French overseas departments", "FR", ("97",), 5),
    Territory("the French overseas territories", "FR", ("984", "986", "987", "988"), 5),
    # No part of a Member State, or none where the treaties apply (article 5).
    Territory("Andorra", "ES", ("AD",), 0),
    Territory("Andorra", "FR", ("AD",), 0),
    Territory("Gibraltar", "ES", ("GX",), 0),
    Territory("San Marino", "IT", ("4789",), 5),
    Territory("the Vatican", "IT", ("00120",), 5),
    Territory("the north of Cyprus", "CY", ("99",), 5),
    Territory("Greenland", "DK", ("39",), 4),
    Territory("Greenland", "DK", ("GL",), 0),
    Territory("the Faroe Islands", "DK", ("38",), 4),  # their codes of old
    Territory("the Faroe Islands", "DK", ("FO",), 0),
    NORTHERN_IRELAND,
)
"""The first that a postal code fits is the place that is meant.

Which places article 6 names was read in its text. Which postal codes are theirs, and what lies
outside for another reason, is general knowledge, not looked up; holds name the code and the place.
"""
FAROESE_CODES = range(100, 971)
"""Danish postal codes have four digits, those of the Faroe Islands three: 100 to 970."""
DANISH_TOWNS = ("københavn", "kobenhavn", "copenhagen", "kbh", "taastrup", "tåstrup", "valby")
"""Parts of the names of towns whose postal codes begin with 0, like 0900 København C."""
POST_CODE_DIGITS = {
    "NO": 4,
    **dict.fromkeys("DE ES FI FR GR IT LT MC PL SK SM US VA".split(), 5),  # noqa: SIM905 - as above
    "RO": 6,
}
"""How long postal codes are that may begin with 0, which a shop that keeps them as numbers loses.

Not Denmark's: three digits there may be Faroese.
"""


@lru_cache(maxsize=1_000)  # an order is asked about some twenty times while it is decided
def territory_of(country: str, zip_code: str, city: str = "") -> Territory | None:
    """Return the territory outside a country's VAT area that a postal code tells; None for none.

    A code that is shorter than the country's lost a digit, as a rule a first 0 of a place at home:
    it is no territory's.
    """
    signs = "".join(sign for sign in zip_code.upper() if sign.isalnum())
    digits = "".join(sign for sign in signs if sign.isdigit())
    if country == "DK" and _is_faroese(digits, city):
        return FAROE_ISLANDS
    return next((each for each in _under(country) if _is_in(each, signs, digits)), None)


def _under(country: str) -> Iterable[Territory]:
    return (each for each in TERRITORIES if each.country == country)


def _is_in(territory: Territory, signs: str, digits: str) -> bool:
    if not territory.digits:
        return signs.startswith(territory.codes)
    return len(digits) >= territory.digits and digits.startswith(territory.codes)


def _is_faroese(digits: str, city: str) -> bool:
    """Tell whether digits under Denmark are a Faroese code, not a Danish one without its 0."""
    town = city.strip().casefold()
    danish = any(name in town for name in DANISH_TOWNS)
    return len(digits) == 3 and int(digits) in FAROESE_CODES and not danish  # noqa: PLR2004 - said above


def zone_of(country: str, zip_code: str, city: str = "") -> Zone:
    """Return the zone of a delivery to ``country`` (ISO code), ``zip_code`` and ``city``."""
    if territory := territory_of(country, zip_code, city):
        return territory.zone
    if country == "DK":
        return Zone.DK
    return Zone.EU if country in EU_COUNTRIES | COUNTED_AS_EU else Zone.WORLD


def possible_zones(country: str) -> frozenset[Zone]:
    """Return a country's zone, with those of the territories that are ordered under it."""
    return frozenset({zone_of(country, ""), *(each.zone for each in _under(country))})
