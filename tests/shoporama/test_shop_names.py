"""Names: where a field is found, what an id stands for, which country is meant."""

import pytest

from dinero_sync.domain.order import Gateway
from dinero_sync.shoporama.fields import WIRE_NAMES, fields_with
from dinero_sync.shoporama.masters import country_code, masters_of


def test_a_name_from_the_configuration_comes_before_ours() -> None:
    names = fields_with({"total": ("grand_total",), "paid_time": ("paid_at", "when_paid")})
    assert names["total"] == ("grand_total", "total_price", "total")
    assert names["paid_time"] == ("paid_at", "when_paid", "paid_time", "payment_time")


def test_without_a_configuration_the_table_is_ours() -> None:
    assert fields_with({}) == WIRE_NAMES


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DK", "DK"),
        ("dk", "DK"),
        ("Danmark", "DK"),
        ("Denmark", "DK"),
        ("TYSKLAND", "DE"),
        (" Germany ", "DE"),
        ("Færøerne", "FO"),
        ("Grønland", "GL"),
        ("Storbritannien", "GB"),
    ],
)
def test_a_country_may_be_a_code_or_a_name_in_danish_or_english(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    "written", ["", "XX", "EU", "UN", "ZZ", "Eurozone", "Danmarck", "D", "DNK"]
)
def test_what_is_no_country_is_none(written: str) -> None:
    assert country_code(written) is None


def test_master_lists_are_read_under_their_usual_names() -> None:
    masters = masters_of(
        [{"payment_gateway_id": 77, "name": "Kort", "gateway": "quickpayv10"}],
        [{"shipping_id": 301, "name": "GLS pakkeshop"}],
        [{"country_id": 45, "name": "Danmark", "code": "DK"}],
    )
    assert masters.gateways == {77: Gateway(gateway_id=77, code="quickpayv10", name="Kort")}
    assert masters.shipping_names == {301: "GLS pakkeshop"}
    assert masters.countries == {45: "DK"}


def test_master_lists_are_read_under_other_names_and_with_ids_as_text() -> None:
    masters = masters_of(
        [{"id": "77", "title": "Kort", "type": "quickpayv10"}],
        [{"shipping_id": "301", "title": "GLS pakkeshop"}],
        [
            {"country_id": "45", "iso_code": "dk"},
            {"country_id": "57", "name": "Tyskland"},
            {"id": 58, "title": "Sweden", "country_code": ""},
            {"id": 59, "iso": "NO"},
        ],
    )
    assert masters.gateways[77].code == "quickpayv10"
    assert masters.shipping_names == {301: "GLS pakkeshop"}
    assert masters.countries == {45: "DK", 57: "DE", 58: "SE", 59: "NO"}


def test_entries_that_tell_nothing_are_left_out() -> None:
    masters = masters_of(
        [{"name": "Kort"}, {"payment_gateway_id": "x"}, {"payment_gateway_id": 5, "name": [1]}],
        [{"shipping_id": None}],
        [{"country_id": 1, "name": "Atlantis"}],
    )
    assert masters.gateways == {5: Gateway(gateway_id=5, code="", name="")}
    assert masters.shipping_names == {}
    assert masters.countries == {}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("UK", "GB"),
        ("el", "GR"),
        ("XI", "XI"),
        ("Nordirland", "XI"),
        ("IC", "IC"),
        ("Canary Islands", "IC"),
        ("EA", "EA"),
    ],
)
def test_codes_that_are_not_isos_are_understood(written: str, code: str) -> None:
    assert country_code(written) == code
