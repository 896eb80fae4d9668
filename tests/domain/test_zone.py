"""Where goods go decides the VAT: Denmark, the EU or the world, as the VAT directive draws it."""

import pytest

from dinero_sync.domain.zone import (
    EU_COUNTRIES,
    Zone,
    possible_zones,
    territory_of,
    zone_of,
)

DK, EU, WORLD = Zone.DK, Zone.EU, Zone.WORLD


@pytest.mark.parametrize(
    ("place", "country", "zip_code", "zone"),
    [
        ("Aarhus", "DK", "8000", DK),
        ("Bornholm", "DK", "3700", DK),
        ("Berlin", "DE", "10115", EU),
        ("Athens", "GR", "10431", EU),
        ("Madeira", "PT", "9000-039", EU),
        ("Corsica", "FR", "20000", EU),
        ("Norway", "NO", "0150", WORLD),
        ("Switzerland", "CH", "8001", WORLD),
        ("London", "GB", "SW1A 1AA", WORLD),
        ("the United States", "US", "35004", WORLD),
    ],
)
def test_an_ordinary_address_is_where_its_country_is(
    place: str, country: str, zip_code: str, zone: Zone
) -> None:
    assert zone_of(country, zip_code) is zone, place


@pytest.mark.parametrize(
    ("place", "country", "zip_code"),
    [
        ("the Faroe Islands", "FO", "100"),
        ("the Faroe Islands by a Danish code", "DK", "3800"),
        ("the Faroe Islands as part of Denmark", "DK", "100"),
        ("the Faroe Islands with a prefix", "DK", "FO-100"),
        ("Greenland", "GL", "3900"),
        ("Greenland as part of Denmark", "DK", "3900"),
        ("Greenland with a prefix", "DK", "DK-3952"),
        ("the Åland Islands", "AX", "22100"),
        ("the Åland Islands as part of Finland", "FI", "22100"),
        ("the Åland Islands with a prefix", "FI", "AX-22100"),
        ("Gran Canaria", "ES", "35001"),
        ("Tenerife", "ES", "38001"),
        ("Ceuta", "ES", "51001"),
        ("Melilla", "ES", "52001"),
        ("Büsingen", "DE", "78266"),
        ("Heligoland", "DE", "27498"),
        ("Livigno", "IT", "23041"),
        ("Mount Athos", "GR", "63086"),
        ("Guadeloupe", "FR", "97110"),
        ("the French Southern Lands", "FR", "98411"),
        ("Réunion", "FR", "97400"),
        ("Mayotte", "FR", "97600"),
        ("Jersey", "JE", "JE2 3AB"),
        ("San Marino", "SM", "47890"),
    ],
)
def test_some_places_lie_outside_the_vat_area_of_the_country_they_belong_to(
    place: str, country: str, zip_code: str
) -> None:
    assert zone_of(country, zip_code) is WORLD, place


@pytest.mark.parametrize(
    ("place", "country", "zip_code"),
    [
        ("Monaco", "MC", "98000"),
        ("Monaco as part of France", "FR", "98000"),
        ("Northern Ireland", "GB", "BT1 5GS"),
        ("Northern Ireland in lower case", "GB", " bt71 4aa"),
    ],
)
def test_some_places_belong_to_the_eu_for_goods_without_being_members(
    place: str, country: str, zip_code: str
) -> None:
    assert zone_of(country, zip_code) is EU, place


@pytest.mark.parametrize(
    ("place", "country", "zip_code"),
    [
        ("Campione d'Italia", "IT", "22061"),
        ("Saint Pierre and Miquelon", "FR", "97500"),
        ("French Polynesia", "FR", "98714"),
        ("New Caledonia", "FR", "98800"),
    ],
)
def test_further_places_lie_outside_the_vat_area(place: str, country: str, zip_code: str) -> None:
    assert zone_of(country, zip_code) is WORLD, place


@pytest.mark.parametrize("country", sorted(EU_COUNTRIES - {"DK"}))
def test_each_member_state_counts_as_the_eu_even_without_a_postal_code(country: str) -> None:
    assert zone_of(country, "") is EU


def test_the_eu_has_27_members() -> None:
    assert len(EU_COUNTRIES) == 27


@pytest.mark.parametrize(
    ("place", "country", "zip_code", "zone"),
    [
        ("Benidorm, 03501", "ES", "3501", EU),
        ("Alicante, 03800 and not Tenerife", "ES", "3800", EU),
        ("Foix, 09700 and not Guadeloupe", "FR", "9700", EU),
        ("Espoo, 02200 and not Åland", "FI", "2200", EU),
        ("København C, 0999", "DK", "999", DK),
        ("half a code", "ES", "35", EU),
    ],
)
def test_a_code_that_lost_its_first_0_is_no_territorys(
    place: str, country: str, zip_code: str, zone: Zone
) -> None:
    assert zone_of(country, zip_code) is zone, place


def test_three_digits_under_denmark_are_faroese_unless_the_town_speaks_against_it() -> None:
    assert zone_of("DK", "900") is WORLD
    assert zone_of("DK", "900", "Vágur") is WORLD
    assert zone_of("DK", "900", "København C") is DK
    assert zone_of("DK", "800", " HØJE TAASTRUP") is DK


@pytest.mark.parametrize(
    ("place", "country", "zip_code"),
    [
        ("San Marino", "IT", "47890"),
        ("the Vatican", "IT", "00120"),
        ("Andorra", "ES", "AD500"),
        ("Andorra", "FR", "AD100"),
        ("Gibraltar", "ES", "GX11 1AA"),
        ("Saint Barthélemy", "FR", "97133"),
        ("the north of Cyprus", "CY", "99300"),
        ("the Åland Islands", "FI", "AX-22100"),
    ],
)
def test_places_outside_are_known_under_a_neighbours_code(
    place: str, country: str, zip_code: str
) -> None:
    territory = territory_of(country, zip_code)

    assert territory is not None
    assert (territory.name, territory.zone) == (place, WORLD)


def test_a_country_has_the_zones_of_what_is_ordered_under_it_as_well() -> None:
    assert possible_zones("ES") == {EU, WORLD}
    assert possible_zones("GB") == {EU, WORLD}
    assert possible_zones("SE") == {EU}
