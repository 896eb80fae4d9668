"""Where the goods go, as Danish VAT sees it: Denmark, the EU, or the world.

The delivery address decides (momsloven §§ 2, 14, 14 b and 34). Some places carry a country's code
and postal system without its VAT area, or the other way round: Council Directive 2006/112/EC
articles 6 and 7, and for Northern Ireland the Windsor Framework (goods only).
"""

from enum import StrEnum


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

POST_CODES_OUTSIDE = {
    "ES": ("35", "38", "51", "52"),  # the Canary Islands, Ceuta and Melilla
    "FI": ("22",),  # the Åland Islands
    "DE": ("27498", "78266"),  # Heligoland and Büsingen
    "IT": ("23041", "22061"),  # Livigno and Campione d'Italia
    "FR": ("97", "984", "986", "987", "988"),  # the overseas departments and territories
    "GR": ("63086", "63087"),  # Mount Athos
    "DK": ("38", "39"),  # the Faroe Islands' old four-digit codes, and Greenland
}
"""Postal codes that begin like this lie outside the EU's VAT area."""


FAROESE_DIGITS = 3
"""Danish postal codes have four digits, those of the Faroe Islands three."""


def zone_of(country: str, zip_code: str) -> Zone:
    """Return the zone of a delivery to ``country`` (ISO code) and ``zip_code``."""
    if country == "GB" and zip_code.strip().upper().startswith("BT"):
        return Zone.EU
    digits = "".join(sign for sign in zip_code if sign.isdigit())
    if country not in EU_COUNTRIES | COUNTED_AS_EU:
        return Zone.WORLD
    if digits.startswith(POST_CODES_OUTSIDE.get(country, ())):
        return Zone.WORLD
    if country == "DK" and len(digits) == FAROESE_DIGITS:
        return Zone.WORLD
    return Zone.DK if country == "DK" else Zone.EU
