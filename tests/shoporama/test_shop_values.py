"""Single values, however the shop writes them."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from shop_samples import COPENHAGEN

from dinero_sync.shoporama import values
from dinero_sync.shoporama.values import UnclearError

NOTHING: list[object] = [None, "", "  ", [], {}, False]


@pytest.mark.parametrize("value", NOTHING)
def test_every_way_to_write_nothing_is_nothing(value: object) -> None:
    assert values.is_empty(value)
    assert values.text(value) is None
    assert values.number(value) is None
    assert values.amount(value) is None
    assert values.identifier(value) is None
    assert values.moment(value, COPENHAGEN) is None
    assert values.flag(value) is False


def test_a_zero_is_an_amount_and_not_nothing() -> None:
    assert not values.is_empty(0)
    assert values.amount(0) == 0
    assert values.amount("0.00") == 0


def test_the_first_name_that_holds_something_is_the_one_that_counts() -> None:
    raw = {"total_price": "", "total": 5, "sum": 6}
    assert values.first(raw, ("absent", "total_price", "total", "sum")) == 5
    assert values.first(raw, ("absent", "total_price")) is None


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (399, "399"),
        (Decimal("149.95"), "149.95"),
        ("149.95", "149.95"),
        (" 149.95 ", "149.95"),
        ("-69.89", "-69.89"),
        ("+2", "2"),
        ("1.2345678901", "1.2345678901"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-11"), "0"),
        (Decimal("20.318725099601593"), "20.3187250996"),
    ],
)
def test_a_number_may_be_a_number_or_a_text_with_a_point(value: object, exact: str) -> None:
    assert values.number(value) == Decimal(exact)


@pytest.mark.parametrize(
    "value",
    [
        "1.234,50",
        "149,95",
        "1 234",
        "12 kr.",
        "1e3",
        "NaN",
        "Infinity",
        "٣",
        True,
        [1],
        {"amount": 1},
        149.95,
        float("nan"),
        Decimal("1E+10"),
        10**40,
    ],
)
def test_a_number_with_two_meanings_is_refused_without_being_repeated(value: object) -> None:
    with pytest.raises(UnclearError) as caught:
        values.number(value)
    assert "234" not in str(caught.value)
    assert "kr" not in str(caught.value)


@pytest.mark.parametrize("value", ["149.9500", Decimal("149.95"), "149.950"])
def test_an_amount_of_whole_ore_may_be_written_with_more_decimals(value: object) -> None:
    assert str(values.amount(value)) == "149.95"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("149.955", "149.96"),
        (Decimal("149.95000000000002"), "149.95"),
        (Decimal("0.30000000000000004"), "0.30"),
        ("5.6843418860808E-14", "0.00"),
        (Decimal("-1.4210854715202E-14"), "0.00"),
    ],
)
def test_an_amount_is_rounded_to_the_ore_however_php_writes_it(written: object, read: str) -> None:
    assert str(values.amount(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("133.3333", "133.3333"), (399, "399.00"), (Decimal("79.900000000000006"), "79.90")],
)
def test_a_price_may_be_finer_than_an_ore(written: object, read: str) -> None:
    assert str(values.price(written)) == read


def test_a_number_of_pieces_has_its_limits() -> None:
    assert values.quantity("999999.9999") == Decimal("999999.9999")
    assert values.quantity(Decimal("1.2499999999999998")) == Decimal("1.25")
    with pytest.raises(UnclearError, match="number of pieces"):
        values.quantity("1000000")


@pytest.mark.parametrize("value", [-1, 100, "125"])
def test_a_vat_rate_is_a_percentage_below_a_hundred(value: object) -> None:
    assert values.vat_rate("25.00") == 25
    with pytest.raises(UnclearError, match="percent"):
        values.vat_rate(value)


@pytest.mark.parametrize("value", [77, "77", " 77 ", Decimal("77.0")])
def test_an_id_may_be_a_number_or_a_text(value: object) -> None:
    assert values.identifier(value) == 77


def test_an_id_of_zero_is_none() -> None:
    assert values.identifier("0") is None


@pytest.mark.parametrize("value", [-1, "-1", True, "7a", Decimal("7.5"), 2**63, [7], "²"])
def test_an_id_is_a_positive_whole_number(value: object) -> None:
    with pytest.raises(UnclearError, match="whole number"):
        values.identifier(value)


@pytest.mark.parametrize("value", [1, "1", True, "true", "TRUE", Decimal(1)])
def test_yes_may_be_written_in_several_ways(value: object) -> None:
    assert values.flag(value) is True


@pytest.mark.parametrize("value", [0, "0", False, "false", Decimal(0)])
def test_no_may_be_written_in_several_ways(value: object) -> None:
    assert values.flag(value) is False


@pytest.mark.parametrize("value", [2, "yes", "ja", -1, [0], {"paid": 1}])
def test_anything_else_is_neither_yes_nor_no(value: object) -> None:
    with pytest.raises(UnclearError, match="1 or 0"):
        values.flag(value)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-03 19:42:10",
        "2025-11-03T19:42:10",
        "2025-11-03 19:42:10.000",
        "2025-11-03T19:42:10+01:00",
        "2025-11-03T19:42:10+0100",
        "2025-11-03T18:42:10Z",
        1762195330,
        "1762195330",
        Decimal(1762195330),
    ],
)
def test_a_time_may_be_local_carry_an_offset_or_be_unix_seconds(value: object) -> None:
    moment = values.moment(value, COPENHAGEN)
    assert moment == datetime(2025, 11, 3, 18, 42, 10, tzinfo=UTC)
    assert moment is not None
    assert moment.tzinfo is UTC


def test_a_time_without_a_zone_is_the_time_of_the_shop() -> None:
    lisbon = values.moment("2025-11-03 19:42", ZoneInfo("Europe/Lisbon"))
    assert lisbon == datetime(2025, 11, 3, 19, 42, tzinfo=UTC)


def test_in_the_hour_that_autumn_repeats_the_earlier_reading_is_taken() -> None:
    assert values.moment("2026-10-25 02:30:00", COPENHAGEN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("value", ["0000-00-00 00:00:00", "0000-00-00", 0, "0"])
def test_the_zero_of_a_database_is_no_time(value: object) -> None:
    assert values.moment(value, COPENHAGEN) is None
    assert values.flag_or_moment(value, COPENHAGEN) == (False, None)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-03",
        "03-11-2025 19:42",
        "2025-02-30 10:00:00",
        "2025-11-03 25:00:00",
        "1999-01-01 10:00:00",
        "20251103T194210",
        "i går",
        1,
        946_684_799,
        4_102_444_800,
        True,
        [1762195330],
        1762195330.5,
    ],
)
def test_anything_else_is_no_time(value: object) -> None:
    with pytest.raises(UnclearError, match="a time"):
        values.moment(value, COPENHAGEN)


def test_a_time_may_stand_for_yes() -> None:
    when = datetime(2025, 11, 3, 18, 42, 10, tzinfo=UTC)
    assert values.flag_or_moment("2025-11-03 19:42:10", COPENHAGEN) == (True, when)
    assert values.flag_or_moment(1, COPENHAGEN) == (True, None)
    with pytest.raises(UnclearError, match="1 or 0, or a time"):
        values.flag_or_moment("måske", COPENHAGEN)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Odense C ", "Odense C"),
        (5000, "5000"),
        (Decimal(5000), "5000"),
        (5790000000005, "5790000000005"),
        (0, "0"),
    ],
)
def test_a_text_may_be_a_number(value: object, text: str) -> None:
    assert values.text(value) == text


@pytest.mark.parametrize(
    "value", [True, ["a"], {"a": 1}, 10**40, Decimal("1E+99"), 1.5, "\ud800", -(10**12)]
)
def test_anything_else_is_no_text(value: object) -> None:
    with pytest.raises(UnclearError):
        values.text(value)
