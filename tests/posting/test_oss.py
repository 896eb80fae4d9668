"""A shop under OSS: no VAT of EU consumers is Danish by default, nor at a rate they don't have."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from builders import (
    a_chart,
    a_line,
    a_rule,
    an_address,
    an_order,
    at,
    plan_order,
    settings,
    yaml_block,
)

from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.eu_vat import CHANGED, RATES, eu_rates
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    Margin,
    MarginMethod,
    ProductCondition,
    Rule,
)
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
TODAY = (DAY, DAY)
CONSUMER = (BuyerKind.CONSUMER,)
OSS_DE = a_rule(
    1151, "OSS DE", zone=(Zone.EU,), buyer=CONSUMER, country=("DE",), foreign_vat_account=64200
)
OSS = a_rule(1151, "OSS", zone=(Zone.EU,), buyer=CONSUMER, foreign_vat_account=64200)
VOEC = a_rule(1255, "VOEC", country=("NO",), foreign_vat_account=64210)


def sold(
    country: str, rate: str, *rules: Rule, created: str = "2026-12-03", **more: object
) -> list[int]:
    place = an_address(country=country, zip_code="10115", city="")
    order = an_order(
        lines=(a_line(vat_rate=Decimal(rate)),),
        billing=place,
        delivery=place,
        created=at(created),
        paid_at=at(created),
    )
    planned = plan_order(order, None, DAY, settings(rules=rules, **more), a_chart())
    return [line.account for line in planned.invoice.lines]


def held(country: str, rate: str, *rules: Rule, **more: str) -> Hold:
    with pytest.raises(HeldError) as caught:
        sold(country, rate, *rules, **more)
    return caught.value.hold


@pytest.mark.parametrize("country", sorted(EU_COUNTRIES - {"DK"}))
def test_no_eu_consumer_falls_through_to_danish_vat(country: str) -> None:
    hold = held(country, "25", OSS_DE)

    assert hold.text in {
        "account_vat_mismatch.danish_under_oss",
        "account_vat_mismatch.no_such_rate",  # by the rule itself
    }
    assert "25 % VAT" in message(hold)


def test_nor_by_a_rule_that_does_not_say_danish_vat() -> None:
    eu = a_rule(1001, "EU consumers", zone=(Zone.EU,), buyer=CONSUMER)

    assert held("SE", "25", OSS_DE, eu).text == "account_vat_mismatch.danish_under_oss"


def test_a_rule_that_names_country_and_danish_vat_has_thought_of_it() -> None:
    swedish = a_rule(1001, "SE", country=("SE",), vat_rate=(Decimal(25),))

    assert sold("SE", "25", OSS_DE, swedish) == [1001]


def test_where_the_rate_can_be_either_both_rules_are_offered_and_theirs_first() -> None:
    told = next_step(held("SE", "25", OSS_DE).steps)

    assert told.index("foreign_vat_account: 64200") < told.index("If Danish VAT is right")
    assert 'vat_rate: 25, zone: eu, country: "SE"' in told


def test_where_it_cannot_be_theirs_the_shop_is_to_charge_theirs() -> None:
    told = next_step(held("NL", "25", OSS_DE).steps)

    assert told.startswith("Let the shop charge the VAT of NL (21 %, 9 %)")
    assert "dinero-sync adopt ORDER" in told
    assert "foreign_vat_account" not in told


def test_danish_customers_and_those_outside_the_eu_are_as_before() -> None:
    assert sold("DK", "25", OSS_DE) == [1000]
    assert sold("NO", "0", OSS_DE, a_rule(1255, zone=(Zone.WORLD,))) == [1255]


def test_a_shop_with_voec_alone_is_not_under_oss() -> None:
    assert sold("SE", "25", VOEC) == [1000]


def test_swedish_vat_of_25_percent_goes_by_oss_where_a_rule_says_so() -> None:
    assert sold("SE", "25", OSS) == [1151, 64200]


def test_second_hand_goods_stay_danish() -> None:
    second_hand = a_rule(1051, "brugt", margin_scheme=MarginScheme.USED_GOODS, sku=("KRUS-*",))
    margin = Margin(method=MarginMethod.COLLECTIVE, account=None)

    assert sold("SE", "25", second_hand, OSS, margin=margin) == [1051]
    assert sold("NL", "25", second_hand, OSS, margin=margin) == [1051]


def test_a_gift_card_that_is_sold_is_no_distance_sale() -> None:
    cards = GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE, account=63080, sold_as=ProductCondition(sku=("KRUS-*",))
    )

    assert sold("SE", "25", OSS, gift_cards=cards) == [63080]


@pytest.mark.parametrize(
    ("country", "rate"), [("DE", "25"), ("DE", "20"), ("FI", "24"), ("EE", "22")]
)
def test_a_rate_that_a_country_does_not_have_is_no_vat_of_that_country(
    country: str, rate: str
) -> None:
    hold = held(country, rate, OSS)

    assert hold.text == "account_vat_mismatch.no_such_rate"
    assert f"{country} has no such rate" in message(hold)


def test_a_rate_that_no_country_has_gets_no_rule_to_paste_but_the_key_for_a_new_one() -> None:
    told = next_step(held("EE", "26").steps)

    assert "foreign_vat_account" not in told
    assert yaml_block(told) == "posting:\n  eu_vat_rates:\n    EE: [26]\n"


def test_a_new_rate_stops_nobody() -> None:
    assert sold("EE", "26", OSS, eu_vat_rates=frozenset({("EE", Decimal(26))})) == [1151, 64200]


def test_a_former_rate_is_one_for_the_orders_of_its_days() -> None:
    assert sold("EE", "22", OSS, created="2025-06-30") == [1151, 64200]
    assert held("EE", "24", OSS, created="2025-06-30").text.endswith("no_such_rate")


@pytest.mark.parametrize(
    ("country", "rate", "first", "last"),
    [
        ("EE", "5", date(2022, 8, 1), date(2024, 12, 31)),
        ("PT", "5", None, date(2024, 9, 30)),
        ("PT", "12", None, None),
        ("PT", "9", None, None),
        ("PT", "4", None, None),
        ("GR", "9", None, None),
    ],
)
def test_rates_of_islands_and_former_ones_are_known_with_their_days(
    country: str, rate: str, first: date | None, last: date | None
) -> None:
    def is_rate(day: date) -> bool:
        return Decimal(rate) in eu_rates(country, day, day)

    assert is_rate(last or TODAY[0])
    assert first is None or (is_rate(first) and not is_rate(first - timedelta(days=1)))
    assert last is None or not is_rate(last + timedelta(days=1))


def test_monaco_pays_french_vat_and_northern_ireland_that_of_the_united_kingdom() -> None:
    assert sold("MC", "20", OSS) == [1151, 64200]
    assert eu_rates("GB", *TODAY) == {Decimal(20), Decimal(5)}


def test_each_other_eu_country_has_a_standard_rate_of_15_percent_at_least() -> None:
    """Only reduced rates are lower."""
    for country in EU_COUNTRIES - {"DK"}:
        assert max(eu_rates(country, *TODAY)) >= 15, country
    assert "DK" not in {each.country for each in RATES}
    assert all(first <= last for _, _, first, last in CHANGED)
