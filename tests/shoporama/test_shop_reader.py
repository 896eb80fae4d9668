"""A raw order becomes an order, in every form that a shop may plausibly send it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from shop_samples import MASTERS, SETTINGS, sample_order

from dinero_sync.domain.order import Address, Gateway, Order, OrderLine, OrderStatus
from dinero_sync.shoporama.fields import fields_with
from dinero_sync.shoporama.reader import OrderWithoutIdError, Peek, peek, read_order

DRESSED = "J&amp;\x1b[2J<b>J</b>\N{RIGHT-TO-LEFT OVERRIDE}"
PAID_AT = datetime(2025, 11, 3, 18, 42, 30, tzinfo=UTC)
HAMBURG = {"del_address": "Weg 1", "del_zipcode": "20095", "del_city": "Hamburg"}
IN_HAMBURG = {"street": "Weg 1", "zip_code": "20095", "city": "Hamburg"}
HOME = Address(
    name="Test Kundesen",
    company="",
    street="Eksempelvej 12, 2. tv",
    zip_code="5000",
    city="Odense C",
    country="DK",
)
SHIRT = OrderLine(
    product_id=900101,
    sku="TS-BLU-M",
    name="T-shirt, økologisk",
    variant=(("Farve", "Blå"), ("Størrelse", "M")),
    quantity=Decimal(2),
    unit_price=Decimal("149.95"),
    vat_rate=None,
)
FLASK = OrderLine(
    product_id=900205,
    sku="KANDE-01",
    name="Termokande 1 l",
    variant=(),
    quantity=Decimal(1),
    unit_price=Decimal(399),
    vat_rate=None,
)
SAMPLE_READ = Order(
    order_id=4815162,
    number="10427",
    status=OrderStatus.SHIPPED,
    created=datetime(2025, 11, 3, 18, 42, 10, tzinfo=UTC),
    changed=datetime(2025, 11, 4, 12, 5, 37, tzinfo=UTC),
    paid=True,
    paid_at=None,
    shipped_at=None,
    currency="DKK",
    billing=HOME,
    delivery=HOME,
    email="kunde@example.com",
    vat_number="",
    ean="",
    lines=(SHIRT, FLASK),
    shipping_price=Decimal(49),
    shipping_id=301,
    shipping_name="GLS pakkeshop",
    voucher_code="EFTERAAR10",
    voucher_amount=Decimal("69.89"),
    total=Decimal("678.01"),
    vat=Decimal("135.60"),
    gateway=Gateway(gateway_id=77, code="quickpayv10", name="Kort"),
)


def read(**changes: object) -> Order:
    return read_order(sample_order(**changes), MASTERS, SETTINGS)


def gateway(gateway_id: int | None, code: str) -> Gateway:
    return Gateway(gateway_id=gateway_id, code=code, name="")


def changed_line(**changes: object) -> list[dict[str, object]]:
    """Return the sample's order lines, the first one with fields replaced."""
    first, *others = sample_order()["products"]
    merged = {**first, **changes}
    return [{name: value for name, value in merged.items() if value is not ...}, *others]


def test_the_sample_order_is_read_field_by_field() -> None:
    assert read() == SAMPLE_READ


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"order_id": "4815162"}, {}),
        ({"webshop_order_id": "10427"}, {}),
        ({"webshop_order_id": None}, {"number": "4815162"}),
        ({"webshop_order_id": ...}, {"number": "4815162"}),
        ({"time": ..., "created": "2025-11-03 19:42:10"}, {}),
        ({"time": ..., "created_at": "2025-11-03T19:42:10+01:00"}, {}),
        ({"time": 1762195330}, {}),
        ({"last_modified": None}, {"changed": SAMPLE_READ.created, "changed_told": False}),
        ({"last_modified": ...}, {"changed": SAMPLE_READ.created, "changed_told": False}),
        ({"status": "new"}, {"status": OrderStatus.NEW}),
        ({"status": "shipped"}, {}),
        ({"status": "Sent"}, {}),
        ({"status": "cancelled"}, {"status": OrderStatus.CANCELLED}),
        ({"status": "canceled"}, {"status": OrderStatus.CANCELLED}),
        ({"paid": "1"}, {}),
        ({"paid": True}, {}),
        ({"paid": 0}, {"paid": False}),
        ({"paid": "0"}, {"paid": False}),
        ({"paid": False}, {"paid": False}),
        ({"paid": None}, {"paid": False}),
        ({"paid": ""}, {"paid": False}),
        ({"paid": "0000-00-00 00:00:00"}, {"paid": False}),
        ({"paid": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"paid": 1762195350}, {"paid_at": PAID_AT}),
        ({"paid_time": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"paid_at": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"payment_time": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"paid_time": "", "paid_at": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"paid": ..., "paid_time": "2025-11-03 19:42:30"}, {"paid_at": PAID_AT}),
        ({"paid": 0, "paid_time": "2025-11-03 19:42:30"}, {"paid": False}),
        ({"sent_time": "2025-11-03 19:42:30"}, {"shipped_at": PAID_AT}),
        ({"shipped_time": "2025-11-03 19:42:30"}, {"shipped_at": PAID_AT}),
        ({"shipped_at": "2025-11-03 19:42:30"}, {"shipped_at": PAID_AT}),
        ({"sent_at": "2025-11-03 19:42:30"}, {"shipped_at": PAID_AT}),
        ({"sent_time": "2025-11-03 19:42:30", "status": "new"}, {"status": OrderStatus.NEW}),
        ({"currency": "DKK"}, {}),
        ({"currency_code": "dkk"}, {}),
        ({"total_price": "678.01"}, {}),
        ({"total_price": ..., "total": Decimal("678.01")}, {}),
        ({"vat": "135.60"}, {}),
        ({"vat": ..., "vat_amount": "135.60"}, {}),
        ({"vat": ..., "total_vat": "135.60"}, {}),
        ({"vat": ...}, {"vat": None}),
        ({"vat": 0}, {"vat": Decimal(0)}),
        ({"shipping_price": "49"}, {}),
        ({"shipping_id": "301"}, {}),
        ({"vat": Decimal("135.602")}, {"vat": Decimal("135.602")}),
        ({"shipping_id": 999}, {"shipping_id": 999, "shipping_name": ""}),
        ({"shipping_id": None}, {"shipping_id": None, "shipping_name": ""}),
        ({"voucher_discount_amount": Decimal("-69.89")}, {}),
        ({"voucher_discount_amount": "69.89"}, {}),
        ({"voucher_code": None}, {"voucher_code": ""}),
        ({"email": " kunde@example.com "}, {}),
        ({"email": []}, {"email": ""}),
        ({"vat_number": 12345678}, {"vat_number": "12345678"}),
        ({"ean_number": 5790000000005}, {"ean": "5790000000005"}),
        ({"payment_gateway_id": "77"}, {}),
        ({"payment_gateway": ""}, {}),
        ({"payment_gateway_id": 0}, {"gateway": gateway(None, "quickpayv10")}),
        ({"payment_gateway_id": 5, "payment_gateway": None}, {"gateway": gateway(5, "")}),
        ({"order_country_id": "45", "del_country_id": ""}, {}),
        ({"order_country_id": "DK"}, {}),
        ({"order_country_id": "Danmark"}, {}),
        ({"order_country_id": ..., "order_country": "Denmark"}, {}),
        ({"order_zipcode": 5000, "del_zipcode": None}, {}),
        ({"del_name": "", "del_address": None, "del_city": [], "del_country_id": ...}, {}),
        (
            {"del_country_id": 57, **HAMBURG},
            {"delivery": replace(HOME, country="DE", **IN_HAMBURG)},
        ),
        (
            {"del_country_id": 57, "del_zipcode": None, "del_address": "", "del_city": ""},
            {"delivery": replace(HOME, country="DE", street="", zip_code="", city="")},
        ),
        ({"del_company_name": "Butik"}, {"delivery": replace(HOME, company="Butik")}),
    ],
)
def test_an_order_may_be_written_in_other_ways(
    changes: dict[str, object], expected: dict[str, object]
) -> None:
    assert read(**changes) == replace(SAMPLE_READ, **expected)  # type: ignore[arg-type]  # the table names fields


@pytest.mark.parametrize("nothing", ["", None, [], False, ...])
def test_freight_and_voucher_that_are_nothing_are_zero(nothing: object) -> None:
    order = read(
        shipping_price=nothing, voucher_discount_amount=nothing, total_price=Decimal("698.90")
    )
    assert order.shipping_price == 0
    assert order.voucher_amount == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"product_id": "900101"}, {}),
        ({"product_id": ...}, {"product_id": None}),
        ({"own_id": ..., "sku": "TS-BLU-M"}, {}),
        ({"own_id": None}, {"sku": ""}),
        ({"own_id": 900101}, {"sku": "900101"}),
        ({"amount": "2"}, {}),
        ({"amount": "2.000"}, {}),
        ({"amount": ..., "quantity": 2}, {}),
        ({"unit_price": "149.95"}, {}),
        ({"unit_price": ..., "price": Decimal("149.9500")}, {}),
        ({"vat": 25}, {"vat_rate": Decimal(25)}),
        ({"vat_rate": "25.00"}, {"vat_rate": Decimal(25)}),
        ({"vat_percent": 0}, {"vat_rate": Decimal(0)}),
        ({"vat": None, "vat_rate": 25}, {"vat_rate": Decimal(25)}),
        ({"attributes": []}, {"variant": ()}),
        ({"attributes": None}, {"variant": ()}),
        ({"attributes": ...}, {"variant": ()}),
        ({"attributes": {"Farve": "Blå", "Størrelse": "M"}}, {}),
        ({"attributes": [{"title": "Farve", "value": "Blå"}]}, {"variant": (("Farve", "Blå"),)}),
        ({"attributes": [{"name": "Farve", "val": ""}]}, {"variant": ()}),
    ],
)
def test_an_order_line_may_be_written_in_other_ways(
    changes: dict[str, object], expected: dict[str, object]
) -> None:
    shirt = replace(SHIRT, **expected)  # type: ignore[arg-type]  # the table names fields
    assert read(products=changed_line(**changes)) == replace(SAMPLE_READ, lines=(shirt, FLASK))


def test_an_order_without_lines_is_an_order_of_freight() -> None:
    order = read(products=[], voucher_discount_amount=0, total_price=49)
    assert order.lines == ()
    assert order.total == 49


def test_a_name_from_the_configuration_is_the_first_to_be_looked_for() -> None:
    settings = replace(SETTINGS, names=fields_with({"total": ("to_pay",)}))
    raw = sample_order(to_pay=Decimal("678.01"), total_price=Decimal("999.00"))
    assert read_order(raw, MASTERS, settings).total == Decimal("678.01")


def test_a_peek_needs_no_more_than_the_id() -> None:
    assert peek({"order_id": "7", "products": "?"}, SETTINGS) == Peek(
        number="7", order_id=7, last_modified=None, created=None
    )


def test_a_peek_tells_the_change_time_and_else_the_creation_time() -> None:
    raw = sample_order()
    assert peek(raw, SETTINGS).changed == SAMPLE_READ.changed
    assert peek(raw | {"last_modified": "i går"}, SETTINGS).changed == SAMPLE_READ.created


@pytest.mark.parametrize("order_id", [..., None, 0, -1, "A7", [], True])
def test_an_order_without_a_positive_whole_id_has_an_error_of_its_own(order_id: object) -> None:
    with pytest.raises(OrderWithoutIdError, match="none of order_id is a positive whole number"):
        peek(sample_order(order_id=order_id), SETTINGS)


def test_every_text_that_leaves_for_dinero_is_read_as_plain_text() -> None:
    places = ("name", "company_name", "address", "zipcode", "city")
    line = {"name": DRESSED, "amount": 1, "unit_price": 10, "attributes": {DRESSED: DRESSED}}
    changes = {f"{whose}_{place}": DRESSED for whose in ("order", "del") for place in places}
    raw = sample_order(
        **changes,
        webshop_order_id=DRESSED,
        email=f"{DRESSED}@example.com",
        products=[line],
        shipping_price=0,
        voucher_discount_amount=0,
        total_price=10,
    )
    named = replace(MASTERS, shipping_names={301: DRESSED})

    order = read_order(raw, named, SETTINGS)

    plain = "J&[2JJ"
    (read,) = order.lines
    where = Address(
        name=plain, company=plain, street=plain, zip_code=plain, city=plain, country="DK"
    )
    assert (order.billing, order.delivery) == (where, where)
    assert (order.number, order.email, order.shipping_name) == (
        plain,
        f"{plain}@example.com",
        plain,
    )
    assert (read.name, read.variant) == (plain, ((plain, plain),))
    assert peek(raw, SETTINGS).number == plain


@pytest.mark.parametrize("name", [None, "", "<br>", "\x1b"])
def test_a_line_without_a_name_is_read_where_a_number_names_it(name: str | None) -> None:
    first = {"name": name, "amount": 1, "unit_price": 10, "own_id": "KRUS-01"}
    second = {"name": name, "amount": 1, "unit_price": 10, "product_id": 7}
    raw = sample_order(
        products=[first, second], shipping_price=0, voucher_discount_amount=0, total_price=20
    )

    lines = read_order(raw, MASTERS, SETTINGS).lines

    assert [each.name for each in lines] == ["", ""]


@pytest.mark.parametrize(
    ("raw", "name", "reference"),
    [
        ({"extras": {"Rekvisitionsnummer": "4711-22"}}, "Rekvisitionsnummer", "4711-22"),
        ({"requisition": "  4711&amp;22 "}, "requisition", "4711&22"),
        ({"requisition": 471122}, "requisition", "471122"),
        ({"comments": "Rekv.nr. 4711-22"}, "comments", "4711-22"),
        (
            {"comments": f"Ring gerne. Rekvisitionsnummer: R4711/22, {'x' * 80}"},
            "comments",
            "R4711/22",
        ),
        ({"comments": "PO 12345"}, "comments", "12345"),
        ({"comments": "Afdeling 7"}, "comments", "Afdeling 7"),
        ({"comments": f"Stil pakken {'i skuret ' * 10}"}, "comments", ""),
        ({"comments": ""}, "comments", ""),
        ({"extras": []}, "Rekvisitionsnummer", ""),
        ({"extras": {"Rekvisitionsnummer": ["4711"]}}, "Rekvisitionsnummer", ""),
    ],
)
def test_the_buyers_own_reference_is_read_where_the_shop_keeps_it(
    raw: dict[str, object], name: str, reference: str
) -> None:
    named = replace(SETTINGS, names=fields_with({"buyer_reference": (name,)}))

    assert read_order(sample_order(**raw), MASTERS, named).reference == reference


def test_no_text_is_taken_for_a_reference_that_nobody_named() -> None:
    raw = sample_order(comments="Rekv.nr. 4711-22", buyer_reference="4711")

    assert read_order(raw, MASTERS, SETTINGS).reference == ""


@pytest.mark.parametrize(
    ("country", "sent", "code"),
    [
        ("ES", 3501, "03501"),
        ("ES", "3501", "3501"),
        ("FI", 2200, "02200"),
        ("RO", 10011, "010011"),
        ("IT", 120, "00120"),
        ("DE", 1067, "01067"),
        ("DK", 999, "999"),
        ("NO", "0153", "0153"),
        ("ES", "", ""),
    ],
)
def test_a_postal_code_that_came_as_a_number_gets_its_first_0_back(
    country: str, sent: object, code: str
) -> None:
    order = read(order_country_id=country, order_zipcode=sent, del_country_id="", del_zipcode="")

    assert order.billing.zip_code == order.delivery.zip_code == code


@pytest.mark.parametrize(
    ("code", "zip_code", "country"),
    [("XI", "BT1 5GS", "GB"), ("IC", "35001", "ES"), ("EA", "51001", "ES"), ("UK", "SW1A", "GB")],
)
def test_a_part_of_a_country_is_put_under_its_country(
    code: str, zip_code: str, country: str
) -> None:
    there = {"order_country_id": code, "order_zipcode": zip_code, "del_country_id": ""}

    order = read(**there, del_zipcode="")

    assert order.billing.country == order.delivery.country == country
