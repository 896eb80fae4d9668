"""A product as the shop keeps it, and as its API writes it."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.sandbox.answers import Json


@dataclass(frozen=True, slots=True)
class Named:
    """A category, profile or label: a number with a name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something the shop sells; ``price`` in kroner with 25 % VAT, where it carries VAT."""

    id: int
    own_id: str
    name: str
    price: Decimal
    categories: tuple[Named, ...]
    """The first is the main one."""
    profile: Named
    purchase_price: Decimal | None = None
    variants: tuple[tuple[str, str], ...] = ()
    """Name and value of the attributes of the variant that is sold."""
    labels: tuple[Named, ...] = ()
    bundle: tuple[tuple[int, str, int], ...] = ()
    """Product, name and count of what is inside."""
    vat: int | None = None
    """The rate in percent; None is the shop's usual one."""
    removed_on: str | None = None


def raw_product(product: Product) -> Json:
    """Write the product with the keys that were seen in recorded answers of live shops."""
    main = product.categories[0]
    return {
        **dict.fromkeys(NULL_KEYS),
        **dict.fromkeys(EMPTY_TEXT_KEYS, ""),
        **{key: [] for key in EMPTY_LIST_KEYS},
        **dict.fromkeys(ZERO_KEYS, 0),
        "product_id": product.id,
        "own_id": product.own_id,
        "name": product.name,
        "vat": product.vat,
        "price": product.price,
        "purchase_price": product.purchase_price,
        "profile_id": product.profile.id,
        "is_online": int(product.removed_on is None),
        "created": "2025-01-15 10:00:00",
        "online_since": "2025-01-15 10:00:00",
        "removed_on": product.removed_on,
        "last_modified": product.removed_on or "2025-06-01 09:30:00",
        "main_category_id": str(main.id),
        "categories": [each.id for each in product.categories],
        "product_labels": [
            {"product_label_id": each.id, "name": each.name} for each in product.labels
        ],
        "bundle": [number for number, _, _ in product.bundle],
        "bundle_data": [
            {"product_id": number, "name": name, "count": count}
            for number, name, count in product.bundle
        ],
        "attributes": [{"name": name, "val": value} for name, value in product.variants],
        "weight": Decimal("0.4"),
        "url": f"{SHOP_URL}/{product.own_id.lower()}",
        "country_of_origin": "DK",
        "images": [_image(product)],
        "extension_data": [EXTENSION],
    }


def _image(product: Product) -> Json:
    number = f"41{product.id}"
    return {
        "image_id": number,
        "weight": "10",
        "variant_name": None,
        "description": "",
        "url": f"{SHOP_URL}/cache/{number}/fit-1000x1000x75.png",
    }


SHOP_URL = "https://butik.example.dk"
EXTENSION: Json = {"title": "Tekst på splash", "type": "text", "id": "splash", "value": False}
"""A field that the shop's theme adds to each product; ``value`` is false where it is empty."""


NULL_KEYS = [
    "gtin",
    "mpn",
    "supplier_id",
    "manufacturer_id",
    "safety_profile_id",
    "brand_id",
    "bulk_discount_over",
    "bulk_discount",
    "shipping",
    "shipping_weight",
    "canonical_id",
    "min_stock_order",
    "sec_own_id",
    "sale_price",
    "location",
    "package",
    "mailing_list_ids",
    "requires_age_verification",
    "avg_rating",
    "google_category",
]
EMPTY_TEXT_KEYS = [
    "rewrite_url",
    "list_description",
    "description",
    "delivery_time",
    "delivery_time_not_in_stock",
    "tariff_code",
    "meta",
    "meta_title",
    "meta_description",
    "search",
]
EMPTY_LIST_KEYS = [
    "discount_intervals",
    "related",
    "similar",
    "html_fields",
    "stock_settings",
    "pdf_files",
]
ZERO_KEYS = [
    "no_index",
    "no_shopping",
    "min_stock_value",
    "never_free_shipping",
    "allow_negative_stock",
    "auto_offline",
    "no_internal_search",
    "no_partner_ads",
]
