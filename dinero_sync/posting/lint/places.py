"""Where the goods of a rule may go, also where it names countries and no zone."""

from dinero_sync.domain.zone import POST_CODES_OUTSIDE, Zone, zone_of
from dinero_sync.posting.settings import RuleCondition

NORTHERN_IRELAND = "BT"


def zones_of(when: RuleCondition) -> frozenset[Zone]:
    """Return the zones that a condition allows; empty where zone and country exclude each other.

    Countries alone mean their usual zone: the Canary Islands don't make Spain an export.
    """
    return frozenset(
        zone for zone in when.zone or Zone if not when.country or countries_in(when, zone)
    )


def countries_in(when: RuleCondition, zone: Zone) -> tuple[str, ...]:
    """Return those of a condition's countries that may lie in a zone."""
    may_lie = _possible_zones if when.zone else _usual_zone
    return tuple(country for country in when.country if zone in may_lie(country))


def says_where(when: RuleCondition) -> bool:
    """Tell whether a condition says anything about where the goods go."""
    return bool(when.zone or when.country)


def _usual_zone(country: str) -> frozenset[Zone]:
    return frozenset({zone_of(country, "")})


def _possible_zones(country: str) -> frozenset[Zone]:
    """Return a country's zones, with those of its places that Danish VAT sees elsewhere."""
    elsewhere = (*POST_CODES_OUTSIDE.get(country, ()), NORTHERN_IRELAND)
    return _usual_zone(country) | {zone_of(country, zip_code) for zip_code in elsewhere}
