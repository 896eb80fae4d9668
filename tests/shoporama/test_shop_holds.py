"""Orders that can't be read without guessing wait for a person, who is told what to do."""

import traceback
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shop_samples import MASTERS, SETTINGS, Raw, sample_order

from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.domain.step import Language
from dinero_sync.shoporama.fields import WIRE_NAMES
from dinero_sync.shoporama.reader import read_order
from dinero_sync.texts.telling import message, next_step

PERSONAL = [
    "Test Kundesen",
    "kunde@example.com",
    "Eksempelvej 12, 2. tv",
    "+4500000000",
    "Kundesen",
]
LINE_FIELDS = {field for field in WIRE_NAMES if field.startswith("line_")}
LINE_NAMES = sorted({name for field in LINE_FIELDS for name in WIRE_NAMES[field]})
ORDER_NAMES = sorted(
    {name for field in WIRE_NAMES.keys() - LINE_FIELDS for name in WIRE_NAMES[field]}
)


def hold_of(raw: Raw) -> Hold:
    with pytest.raises(HeldError) as caught:
        read_order(raw, MASTERS, SETTINGS)
    return caught.value.hold


def read_or_hold(raw: Raw) -> Order | Hold:
    try:
        return read_order(raw, MASTERS, SETTINGS)
    except HeldError as error:
        return error.hold


def hold(**changes: object) -> Hold:
    return hold_of(sample_order(**changes))


def line_changed(**changes: object) -> list[dict[str, object]]:
    first, *others = sample_order()["products"]
    merged = {**first, **changes}
    return [{name: value for name, value in merged.items() if value is not ...}, *others]


@pytest.mark.parametrize(
    ("changes", "field", "names"),
    [
        ({"time": ...}, "created", "time, created, created_at"),
        ({"status": ""}, "status", "status"),
        ({"paid": ...}, "paid", "paid, paid_time, paid_at, payment_time"),
        ({"total_price": None}, "total", "total_price, total"),
        ({"products": ...}, "products", "products"),
        ({"products": line_changed(name=..., own_id="", product_id=0)}, "line_name", "name"),
        ({"products": line_changed(amount="")}, "line_quantity", "amount, quantity"),
        ({"products": line_changed(unit_price=None)}, "line_unit_price", "unit_price, price"),
    ],
)
def test_a_missing_field_is_held_with_the_names_that_were_tried_and_the_setting_to_write(
    changes: dict[str, object], field: str, names: str
) -> None:
    held = hold(**changes)
    assert held.reason is HoldReason.UNREADABLE_ORDER
    assert f"none of {names} " in message(held)
    assert "Nothing is booked" in message(held)
    assert f"shoporama:\n  fields:\n    {field}: name_in_your_shop" in next_step(held.steps)
    assert "dinero-sync show 4815162 --json" in next_step(held.steps)


@pytest.mark.parametrize(
    ("changes", "field", "explanation"),
    [
        (
            {"total_price": "1.234,50"},
            "total",
            "(total_price in the shop's answer) should be a number with a point",
        ),
        ({"total_price": [1]}, "total", "(total_price in the shop's answer) should be a number"),
        ({"time": "i går"}, "created", "(time in the shop's answer) should be a time like"),
        (
            {"last_modified": 17},
            "last_modified",
            "(last_modified in the shop's answer) should be a time like",
        ),
        ({"paid": "måske"}, "paid", "(paid in the shop's answer) should be 1 or 0, or a time"),
        ({"paid_at": "i går"}, "paid_time", "(paid_at in the shop's answer) should be a time"),
        ({"sent_at": "i går"}, "shipped_time", "(sent_at in the shop's answer) should be a time"),
        ({"email": ["a"]}, "email", "(email in the shop's answer) should be a text"),
        (
            {"shipping_id": "GLS"},
            "shipping_id",
            "(shipping_id in the shop's answer) should be a whole number",
        ),
        (
            {"payment_gateway": {"id": 77}},
            "payment_gateway",
            "(payment_gateway in the shop's answer) should be a text",
        ),
        ({"products": {"0": {}}}, "products", "(products in the shop's answer) should be a list"),
        ({"products": ["T-shirt"]}, "products", "order line 1 isn't an object"),
        (
            {"products": line_changed(unit_price="149,95")},
            "line_unit_price",
            "order line 1 can't be read: its line_unit_price (unit_price in the shop's",
        ),
        (
            {"products": line_changed(vat=125)},
            "line_vat_rate",
            "(vat in the shop's answer) should be a VAT rate",
        ),
        ({"products": line_changed(attributes="M")}, "line_attributes", "should be a list of"),
        ({"products": line_changed(attributes=["M"])}, "line_attributes", "should be a list of"),
    ],
)
def test_an_odd_field_is_held_with_its_name_in_the_shop_and_what_was_expected(
    changes: dict[str, object], field: str, explanation: str
) -> None:
    held = hold(**changes)
    assert held.reason is HoldReason.UNREADABLE_ORDER
    assert explanation in message(held)
    assert f"    {field}: name_in_your_shop" in next_step(held.steps)


@pytest.mark.parametrize("order_id", [..., None, 0, -7, "A7", True])
def test_an_order_id_is_a_positive_whole_number(order_id: object) -> None:
    held = hold(order_id=order_id)
    assert held.reason is HoldReason.UNREADABLE_ORDER
    assert "order_id" in message(held)
    assert "dinero-sync show ORDER --json" in next_step(held.steps)


def test_an_unknown_status_is_named_with_those_that_are_known() -> None:
    held = hold(status="on_hold")
    assert held.reason is HoldReason.UNKNOWN_STATUS
    assert "“on_hold” that isn't known (new, sent, shipped, cancelled, canceled are)" in message(
        held
    )
    assert "dinero-sync adopt ORDER" in next_step(held.steps)
    assert "dinero-sync skip ORDER --reason TEXT" in next_step(held.steps)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("processing", "new"),
        ("completed", "shipped"),
        ("partially_sent", "new"),
        ("partially_refunded", "new"),
        ("refunded", "cancelled"),
        ("returned_delivered", "cancelled"),
    ],
)
def test_a_word_for_a_status_can_be_given_its_meaning(word: str, meaning: str) -> None:
    told = next_step(hold(status=word).steps)
    assert told.endswith(f"shoporama:\n  statuses: {{{word}: {meaning}}}\n")

    own = replace(SETTINGS, statuses={word: OrderStatus(meaning)})
    assert read_order(sample_order(status=word.upper()), MASTERS, own).status == meaning


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order_country_id": "Atlantis"}, "order_country_id"),
        ({"order_country_id": "XX"}, "order_country_id"),
        ({"order_country_id": None}, "order_country_id"),
        ({"order_country_id": 0}, "order_country_id"),
        ({"del_country_id": "Atlantis"}, "del_country_id"),
    ],
)
def test_an_unknown_country_is_held_because_it_decides_the_vat(
    changes: dict[str, object], field: str
) -> None:
    held = hold(**changes)
    assert held.reason is HoldReason.UNKNOWN_COUNTRY
    assert "The country decides the VAT." in message(held)
    assert f"shoporama:\n  fields:\n    {field}: name_in_your_shop" in next_step(held.steps)


@pytest.mark.parametrize("field", ["order_country_id", "del_country_id"])
def test_a_country_that_the_shops_list_lacks_comes_with_the_setting_to_paste(field: str) -> None:
    held = hold(**{field: 4711})

    assert held.reason is HoldReason.UNKNOWN_COUNTRY
    assert next_step(held.steps).endswith("shoporama:\n  countries:\n    4711: XX\n")


@pytest.mark.parametrize("name", ["currency", "currency_code"])
def test_an_order_in_another_currency_is_held(name: str) -> None:
    held = hold(**{name: "SEK"})
    assert held.reason is HoldReason.CURRENCY_NOT_ALLOWED
    assert "is in SEK, and this connection is for orders in DKK" in message(held)
    assert "shoporama.currency" in next_step(held.steps)
    assert next_step(held.steps).endswith("by hand, then: dinero-sync adopt ORDER")
    assert next_step(held.steps, Language.DANISH).endswith("kør så: dinero-sync adopt ORDRE")


def test_an_order_that_does_not_add_up_shows_the_sum() -> None:
    held = hold(total_price=Decimal("678.00"))
    assert held.reason is HoldReason.LINES_DO_NOT_ADD_UP
    assert (
        "2 × 149.95 + 1 × 399.00 + freight 49.00 - discount code 69.89 = 678.01, "
        "but its total is 678.00 DKK, which is -0.01." in message(held)
    )
    assert "limit: 0.01" in next_step(held.steps)
    assert "dinero-sync adopt ORDER" in next_step(held.steps)


def test_the_sum_of_a_long_order_is_shown_short() -> None:
    line = sample_order()["products"][1]
    held = hold(products=[line] * 11)
    assert "11 order lines 4389.00 + freight 49.00" in message(held)


def test_a_fraction_of_a_piece_may_be_a_sum_that_does_not_add_up() -> None:
    held = hold(products=line_changed(amount="2.001"))
    assert held.reason is HoldReason.LINES_DO_NOT_ADD_UP


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"total_price": Decimal("-678.01")}, "total is negative: -678.01"),
        ({"vat": "-135.60"}, "VAT is negative"),
        ({"shipping_price": -49}, "freight is negative"),
        (
            {"products": line_changed(amount=-2), "total_price": 0},
            "number of pieces on order line 1 is negative",
        ),
        (
            {"products": line_changed(unit_price=-1), "total_price": 0},
            "unit price on order line 1 is negative",
        ),
        (
            {"products": line_changed(unit_price=-1, amount=-1)},
            "number of pieces on order line 1 is negative",
        ),
    ],
)
def test_a_negative_amount_is_held(changes: dict[str, object], name: str) -> None:
    held = hold(**changes)
    assert held.reason is HoldReason.NEGATIVE_AMOUNT
    assert name in message(held)
    assert "dinero-sync adopt ORDER" in next_step(held.steps)
    assert "dinero-sync skip ORDER" in next_step(held.steps)


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize("wrapped", [False, True])
def test_no_hold_repeats_what_may_be_personal_data(text: str, wrapped: bool) -> None:  # noqa: FBT001 - a parameter of the test
    value: object = [text] if wrapped else text
    orders = [sample_order(**{name: value}) for name in ORDER_NAMES]
    orders += [sample_order(products=line_changed(**{name: value})) for name in LINE_NAMES]
    results = [read_or_hold(raw) for raw in orders]
    holds = [result for result in results if isinstance(result, Hold)]
    assert len(holds) > 10
    assert not [each for each in holds if text in f"{message(each)} {next_step(each.steps)}"]


def test_the_error_behind_a_hold_does_not_carry_the_value_either() -> None:
    with pytest.raises(HeldError) as caught:
        read_order(sample_order(total_price=PERSONAL[0]), MASTERS, SETTINGS)
    assert PERSONAL[0] not in "".join(traceback.format_exception(caught.value))


def json_values() -> st.SearchStrategy[Any]:
    """Return anything that JSON can say, as our parser gives it."""
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.integers(min_value=10**15, max_value=10**4000)
        | st.decimals(allow_nan=False, allow_infinity=False)
        | st.sampled_from([Decimal("1E+999999"), Decimal("1E-999999"), Decimal("0E+999999")])
        | st.sampled_from([float("nan"), float("inf")])
        | st.text()
        | st.sampled_from(["\ud800", "2025-11-03 19:42:10", "1.234,50", "DK", "0", "²"])
    )
    return st.recursive(
        plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
    )


@settings(deadline=None)  # the machine may be busy
@given(name=st.sampled_from(ORDER_NAMES), value=json_values())
def test_anything_in_place_of_a_field_is_read_or_held(name: str, value: object) -> None:
    result = read_or_hold(sample_order(**{name: value}))
    assert isinstance(result, Order) or next_step(result.steps)


@settings(deadline=None)  # the machine may be busy
@given(name=st.sampled_from(LINE_NAMES), value=json_values())
def test_anything_in_place_of_a_field_of_a_line_is_read_or_held(name: str, value: object) -> None:
    result = read_or_hold(sample_order(products=line_changed(**{name: value})))
    assert isinstance(result, Order) or next_step(result.steps)


@settings(deadline=None)  # the machine may be busy
@given(raw=st.dictionaries(st.sampled_from(ORDER_NAMES), json_values()))
def test_any_object_in_place_of_an_order_is_read_or_held(raw: Raw) -> None:
    result = read_or_hold(raw)
    assert isinstance(result, Order) or next_step(result.steps)


@settings(deadline=None)  # the machine may be busy
@given(pieces=st.integers(1, 999), ore=st.integers(0, 10**9), freight=st.integers(0, 10**6))
def test_an_order_that_is_read_adds_up_to_the_ore(pieces: int, ore: int, freight: int) -> None:
    total = Decimal(pieces * ore + freight).scaleb(-2)
    lines = line_changed(amount=pieces, unit_price=Decimal(ore).scaleb(-2))[:1]
    changes = {"shipping_price": Decimal(freight).scaleb(-2), "voucher_discount_amount": 0}
    result = read_or_hold(sample_order(products=lines, total_price=total, **changes))
    if isinstance(result, Order):
        assert sum(line.amount for line in result.lines) + result.shipping_price == result.total
    else:
        assert total >= 10**10


@pytest.mark.parametrize(
    ("code", "zip_code"), [("XI", "SW1A 1AA"), ("IC", "28001"), ("EA", ""), ("IC", "51001")]
)
def test_a_part_of_a_country_whose_postal_code_lies_elsewhere_is_held(
    code: str, zip_code: str
) -> None:
    held = hold(order_country_id=code, order_zipcode=zip_code, del_country_id="", del_zipcode="")

    assert held.reason is HoldReason.UNKNOWN_COUNTRY
    assert f"names {code} as its country" in message(held)
