"""Places whose postal code, not their country, decides: what is booked, and what a hold says."""

from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, plan_order, settings

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Address
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.texts.telling import next_step

DAY = date(2026, 12, 3)
EU_BUSINESSES = a_rule(1100, "EU businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
EXPORT = a_rule(1255, "export", zone=(Zone.WORLD,))
RULES = settings(rules=(EU_BUSINESSES, EXPORT))


def accounts(
    place: Address, rate: str, vat_number: str = "", rules: PostingSettings = RULES
) -> list[int]:
    order = an_order(
        lines=(a_line(vat_rate=Decimal(rate)),),
        billing=place,
        delivery=place,
        vat_number=vat_number,
    )
    return [line.account for line in plan_order(order, None, DAY, rules, a_chart()).invoice.lines]


def held(place: Address, rate: str, rules: PostingSettings = RULES) -> Hold:
    with pytest.raises(HeldError) as caught:
        accounts(place, rate, rules=rules)
    return caught.value.hold


def test_a_spanish_business_whose_code_lost_its_0_is_in_the_eu() -> None:
    benidorm = an_address(
        country="ES", zip_code="3501", city="Benidorm", company="Empresa Prueba SL"
    )

    assert accounts(benidorm, "0", "ESB58378431") == [1100]


def test_a_danish_code_without_its_0_is_a_danish_sale() -> None:
    assert accounts(an_address(zip_code="999", city="København C"), "25") == [1000]


def test_vat_on_what_goes_to_a_territory_is_held_with_its_name_and_without_a_rule() -> None:
    told = next_step(
        held(an_address(country="ES", zip_code="35001", city="Las Palmas"), "25").steps
    )

    assert "ES that begins with 35, 38 is the Canary Islands, outside the EU's VAT area" in told
    assert "dinero-sync adopt ORDER" in told
    assert "country:" not in told


def test_vat_of_finland_on_what_goes_to_aaland_gets_no_rule_either() -> None:
    told = next_step(
        held(an_address(country="FI", zip_code="22100", city="Mariehamn"), "25.5").steps
    )

    assert "the Åland Islands" in told
    assert "foreign_vat_account" not in told


def test_three_digits_under_denmark_are_said_to_be_faroese() -> None:
    told = next_step(held(an_address(zip_code="100", city=""), "25").steps)

    assert "three digits is one of the Faroe Islands" in told


def test_a_sale_without_vat_to_northern_ireland_is_told_by_its_postal_code() -> None:
    belfast = an_address(country="GB", zip_code="bt15gs", city="Belfast")

    told = next_step(held(belfast, "0").steps)

    assert "GB that begins with BT is Northern Ireland, which counts as the EU for goods" in told


def test_a_rule_for_a_territory_without_vat_names_no_country() -> None:
    told = next_step(held(an_address(country="ES", zip_code="35001"), "0", settings()).steps)

    assert "the Canary Islands" in told
    assert "zone: world, buyer: consumer" in told
