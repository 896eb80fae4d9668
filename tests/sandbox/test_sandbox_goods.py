"""The shop's products, categories and profiles."""

import pytest
from sandbox_callers import ShopCaller

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.shop.catalogue import PRODUCTS
from dinero_sync.sandbox.shop.more_products import (
    DISCONTINUED,
    GIFT_CARD,
    GIFT_SET,
    MORE_PRODUCTS,
    USED_LAMP,
)
from dinero_sync.sandbox.state import Sandbox

RECORDED_KEYS = (
    "product_id own_id sec_own_id gtin mpn profile_id supplier_id manufacturer_id "
    "safety_profile_id brand_id main_category_id created is_online online_since no_index "
    "no_shopping removed_on rewrite_url name list_description description vat price sale_price "
    "purchase_price location bulk_discount_over bulk_discount discount_intervals shipping "
    "shipping_weight never_free_shipping delivery_time delivery_time_not_in_stock "
    "allow_negative_stock tariff_code package auto_offline weight meta meta_title "
    "meta_description search no_internal_search canonical_id mailing_list_ids bundle "
    "requires_age_verification last_modified url min_stock_order min_stock_value "
    "country_of_origin avg_rating google_category no_partner_ads categories related similar "
    "bundle_data html_fields attributes stock_settings product_labels images pdf_files "
    "extension_data"
)
RECORDED_CATEGORY_KEYS = (
    "category_id is_removed tag parent_id in_menu is_online is_front name no_index "
    "no_internal_search description_a description_b meta_title meta_description search "
    "rewrite_url empty_redir canonical_id sort_order meta weight json_data last_modified url "
    "images extension_data"
)


def product(shop: ShopCaller, number: int) -> Json:
    answer = shop.get(f"product/{number}")
    assert answer.status_code == 200
    found: Json = answer.json()
    return found


@pytest.fixture
def listed(shop: ShopCaller) -> list[Json]:
    found: list[Json] = shop.get("product").json()["products"]
    return found


def test_a_product_has_exactly_the_recorded_keys(shop: ShopCaller) -> None:
    assert set(product(shop, USED_LAMP)) == set(RECORDED_KEYS.split())


def test_second_hand_goods_are_known_by_category_profile_and_label(shop: ShopCaller) -> None:
    lamp = product(shop, USED_LAMP)

    assert lamp["categories"] == [421]
    assert lamp["product_labels"] == [{"product_label_id": 52, "name": "Brugtmoms"}]
    assert (lamp["profile_id"], lamp["price"], lamp["purchase_price"]) == (32, 1450, 600)


def test_what_a_product_lacks_is_written_as_recorded(shop: ShopCaller) -> None:
    lamp = product(shop, USED_LAMP)

    nulls = ("sec_own_id", "sale_price", "location", "package", "mailing_list_ids")
    assert [lamp[key] for key in (*nulls, "requires_age_verification")] == [None] * 6
    assert (lamp["delivery_time"], lamp["min_stock_value"], lamp["bundle"]) == ("", 0, [])


def test_a_product_has_a_weight_in_numbers_and_images_with_ids_in_letters(
    shop: ShopCaller,
) -> None:
    lamp = product(shop, USED_LAMP)

    assert lamp["weight"] == 0.4
    assert isinstance(lamp["images"][0]["image_id"], str)
    assert lamp["extension_data"][0]["value"] is False


def test_some_second_hand_goods_have_no_purchase_price(listed: list[Json]) -> None:
    prices = {each["own_id"]: each["purchase_price"] for each in listed if each["profile_id"] == 32}

    assert [number for number, price in prices.items() if price is None] == ["BRUGT-1044"]
    assert [number for number, price in prices.items() if price == 0] == ["BRUGT-1045"]


def test_a_gift_card_is_told_by_profile_and_category_alone(shop: ShopCaller) -> None:
    card = product(shop, GIFT_CARD)

    assert (card["profile_id"], card["main_category_id"], card["vat"]) == (33, "431", 0)


def test_a_set_names_what_is_inside(shop: ShopCaller) -> None:
    inside = product(shop, GIFT_SET)["bundle_data"]

    assert [(each["product_id"], each["count"]) for each in inside] == [(900101, 1), (900109, 2)]
    assert all(PRODUCTS[each["product_id"]].name == each["name"] for each in inside)


def test_a_removed_product_is_gone_in_plain_text(shop: ShopCaller, listed: list[Json]) -> None:
    answer = shop.get(f"product/{DISCONTINUED}")

    assert (answer.status_code, answer.text) == (410, "410 Gone")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert DISCONTINUED not in {each["product_id"] for each in listed}


def test_an_unknown_product_is_not_found(shop: ShopCaller) -> None:
    assert shop.get("product/1").status_code == 404


def test_a_test_can_remove_a_product(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.catalogue.products[USED_LAMP]["removed_on"] = "2026-11-20 12:00:00"

    assert shop.get(f"product/{USED_LAMP}").status_code == 410


def test_products_come_in_an_envelope_with_whole_objects(shop: ShopCaller) -> None:
    body = shop.get("product", limit=3, offset=1).json()

    total = len(PRODUCTS) + len(MORE_PRODUCTS) - 1
    assert body["paging"] == {"offset": 1, "limit": 3, "count": 3, "total": total}
    assert body["products"][0] == product(shop, 900102)


def test_products_can_be_asked_for_since_a_change(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.catalogue.products[USED_LAMP]["last_modified"] = "2026-11-20 12:00:00"

    body = shop.get("product", last_modified="2026-11-01T00:00:00").json()

    assert [each["product_id"] for each in body["products"]] == [USED_LAMP]


def test_categories_are_a_bare_list_that_knows_every_products_category(
    shop: ShopCaller, listed: list[Json]
) -> None:
    known = {each["category_id"] for each in shop.get("category").json()}

    assert {str(number) for each in listed for number in each["categories"]} == known


def test_a_category_has_the_recorded_keys_with_texts_for_values(shop: ShopCaller) -> None:
    category = shop.get("category").json()[0]

    assert set(category) == set(RECORDED_CATEGORY_KEYS.split())
    assert (category["category_id"], category["name"]) == ("411", "Keramik")
    assert {type(value) for value in category.values()} == {str, list, type(None)}


def test_a_category_can_be_asked_for_alone(shop: ShopCaller) -> None:
    assert shop.get("category/421").json()["name"] == "Brugt"
    assert shop.get("category/1").status_code == 404


def test_profiles_know_every_products_profile(shop: ShopCaller, listed: list[Json]) -> None:
    profiles = {each["profile_id"] for each in shop.get("profile").json()["profiles"]}

    assert {each["profile_id"] for each in listed} == profiles


@pytest.mark.parametrize("path", ["product", "product/900101", "category", "profile"])
def test_each_call_counts_towards_the_daily_quota(
    sandbox: Sandbox, shop: ShopCaller, path: str
) -> None:
    sandbox.change_settings(shop_daily_calls=1)

    assert [shop.get(path).status_code for _ in range(2)] == [200, 429]
