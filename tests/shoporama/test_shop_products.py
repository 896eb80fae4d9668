"""Products of the catalogue, however the shop writes them."""

from decimal import Decimal
from typing import Any

import pytest
import responses
from shop_samples import BASE_URL, shop

from dinero_sync.domain.product import Product
from dinero_sync.errors import ConnectionRefusedByVendorError, QuotaError, TemporaryError
from dinero_sync.shoporama.masters import category_names, profile_names
from dinero_sync.shoporama.products import read_product
from dinero_sync.shoporama.values import UnclearError

URL = f"{BASE_URL}/product/900101"
CATEGORIES = {137: "Brugte bøger", 138: "Kunst"}
PROFILES = {2851: "Brugt"}
RECORDED = {
    "product_id": 900101,
    "own_id": "KRUS-01",
    "profile_id": 2851,
    "main_category_id": None,
    "removed_on": None,
    "name": "Krus",
    "vat": None,
    "price": Decimal("159.95"),
    "purchase_price": 213,
    "categories": [137, 138],
    "bundle_data": [],
    "stock_settings": [],
    "product_labels": [{"product_label_id": 33, "name": "DBK"}],
    "extension_data": [{"title": "Splash", "type": "text", "id": "splash", "value": False}],
}


def read(**fields: object) -> Product:
    """Read the recorded product with fields replaced."""
    return read_product(
        900101,
        {**RECORDED, **fields},
        lambda category: CATEGORIES.get(category, ""),
        lambda profile: PROFILES.get(profile, ""),
    )


def test_a_recorded_product_is_read_with_names_and_ids() -> None:
    assert read() == Product(
        product_id=900101,
        categories=("Brugte bøger", "137", "Kunst", "138"),
        profile=("Brugt", "2851"),
        labels=("DBK",),
        purchase_price=Decimal("213.00"),
    )


@pytest.mark.parametrize("nothing", [None, "", [], {}, False])
def test_every_way_to_write_nothing_is_nothing(nothing: object) -> None:
    names = ("categories", "profile_id", "product_labels", "purchase_price", "stock_settings")

    assert read(**dict.fromkeys(names, nothing)) == Product(product_id=900101)


def test_a_product_that_says_no_more_than_its_id_is_read() -> None:
    bare = read_product(900101, {"product_id": "900101"}, lambda _: "", lambda _: "")

    assert bare == Product(product_id=900101)


@pytest.mark.parametrize(
    "categories",
    [
        [137],
        ["137"],
        137,
        "137",
        [{"category_id": 137}],
        [{"category_id": "137", "name": "Brugte bøger"}],
        {"category_id": 137, "name": "Brugte bøger"},
        {"137": "Brugte bøger"},
        [137, "137", None, ""],
    ],
)
def test_a_category_may_be_written_in_other_ways(categories: object) -> None:
    assert read(categories=categories).categories == ("Brugte bøger", "137")


def test_a_category_may_be_told_by_name_alone() -> None:
    assert read(categories=["Brugte bøger"]).categories == ("Brugte bøger",)


def test_the_name_that_the_product_carries_counts_before_the_master_lists() -> None:
    own = [{"category_id": 137, "name": "Antikvariat"}]

    assert read(categories=own).categories == ("Antikvariat", "137")


def test_a_category_that_the_master_list_lacks_is_its_id() -> None:
    assert read(categories=[999], profile_id="77").categories == ("999",)
    assert read(categories=[999], profile_id="77").profile == ("77",)


@pytest.mark.parametrize(
    ("fields", "categories"),
    [
        ({"main_category_id": "137"}, ("Brugte bøger", "137", "Kunst", "138")),
        ({"main_category_id": 139}, ("139", "Brugte bøger", "137", "Kunst", "138")),
        (
            {"main_category_id": "137", "main_category_name": "Antikvariat"},
            ("Antikvariat", "137", "Kunst", "138"),
        ),
        ({"main_category_name": None}, ("Brugte bøger", "137", "Kunst", "138")),
        (
            {"main_category_name": "Antikvariat"},
            ("Antikvariat", "Brugte bøger", "137", "Kunst", "138"),
        ),
    ],
)
def test_the_main_category_is_one_of_the_categories(
    fields: dict[str, object], categories: tuple[str, ...]
) -> None:
    assert read(**fields).categories == categories


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ([{"product_label_id": "33", "name": "DBK"}, {"name": "Brugt"}], ("DBK", "Brugt")),
        (["DBK"], ("DBK",)),
        ([{"product_label_id": 33, "name": ""}], ("33",)),
    ],
)
def test_labels_are_told_by_their_names(labels: object, names: tuple[str, ...]) -> None:
    assert read(product_labels=labels).labels == names


@pytest.mark.parametrize(
    ("written", "price"),
    [
        (213, "213.00"),
        (Decimal("159.95"), "159.95"),
        ("159.95", "159.95"),
        (0, "0.00"),
        (Decimal("12.345"), "12.35"),
    ],
)
def test_a_purchase_price_is_a_number_or_a_text_and_is_read_to_the_ore(
    written: object, price: str
) -> None:
    assert str(read(purchase_price=written).purchase_price) == price


@pytest.mark.parametrize("written", ["1.234,50", "ring", True, [1], -5])
def test_a_purchase_price_that_is_unclear_is_none(written: object) -> None:
    assert read(purchase_price=written).purchase_price is None


@pytest.mark.parametrize(
    ("own", "variants", "price"),
    [
        (None, [100, 100], Decimal(100)),
        (100, [None, ""], Decimal(100)),
        (100, ["100.00"], Decimal(100)),
        (100, [120], None),
        (None, [100, 120], None),
        (100, ["ring"], None),
    ],
)
def test_variants_that_cost_differently_leave_the_purchase_price_untold(
    own: object, variants: list[object], price: Decimal | None
) -> None:
    settings = [{"attribute_id": 1, "purchase_price": each} for each in variants]

    assert read(purchase_price=own, stock_settings=settings).purchase_price == price


@pytest.mark.parametrize(
    "fields",
    [
        {"product_id": 900102},
        {"product_id": "x"},
        {"categories": [True]},
        {"categories": [[137]]},
        {"categories": {"x": "Kunst"}},
        {"profile_id": -1},
        {"product_labels": [{"color": "red"}]},
        {"main_category_id": "x"},
    ],
)
def test_what_a_rule_may_ask_for_is_never_guessed(fields: dict[str, object]) -> None:
    with pytest.raises(UnclearError):
        read(**fields)


@responses.activate
def test_a_product_is_read_by_its_id_with_exact_numbers() -> None:
    responses.get(URL, body='{"product_id": 900101, "purchase_price": 159.950}')

    assert shop().product(900101) == {"product_id": 900101, "purchase_price": Decimal("159.950")}


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "410 Gone"), (410, "410 Gone"), (410, ""), (404, "{}"), (200, " 410 gone\n")],
)
@responses.activate
def test_a_product_that_the_shop_removed_is_none(status: int, body: str) -> None:
    responses.get(URL, body=body, status=status)

    assert shop().product(900101) is None


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, "Forbidden", ConnectionRefusedByVendorError),
        (429, "", QuotaError),
        (200, "Daily limit reached", QuotaError),
        (200, "<html></html>", TemporaryError),
        (200, "[]", TemporaryError),
    ],
)
@responses.activate
def test_a_product_that_can_not_be_read_is_an_error_and_not_a_removed_one(
    status: int, body: str, error: type[Exception]
) -> None:
    responses.get(URL, body=body, status=status)

    with pytest.raises(error):
        shop().product(900101)


@responses.activate
def test_a_missing_right_to_products_is_told() -> None:
    responses.get(URL, status=403)

    with pytest.raises(ConnectionRefusedByVendorError, match="products, categories and profiles"):
        shop().product(900101)


@responses.activate
def test_categories_and_profiles_are_listed_bare_or_enveloped() -> None:
    entries: list[dict[str, Any]] = [{"category_id": 137, "name": "Brugte bøger"}]
    responses.get(f"{BASE_URL}/category", json=entries)
    responses.get(f"{BASE_URL}/profile", json={"paging": {"total": 1}, "profiles": entries})

    assert shop().categories() == entries
    assert shop().profiles() == entries


def test_names_are_kept_by_id_and_what_tells_nothing_is_left_out() -> None:
    categories: list[dict[str, object]] = [
        {"category_id": "137", "name": "Brugte bøger"},
        {"id": 138, "title": "Kunst"},
        {"category_id": 139, "name": ""},
        {"name": "Uden id"},
    ]

    assert category_names(categories) == CATEGORIES
    assert profile_names([{"profile_id": 2851, "name": "Brugt"}]) == PROFILES
