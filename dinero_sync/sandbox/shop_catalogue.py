"""The shop's master data: goods, ways to pay and to ship, countries."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.sandbox.answers import Json

DENMARK, GERMANY, SWEDEN, NORWAY, GREENLAND = 45, 57, 163, 128, 68
COUNTRIES: Mapping[int, tuple[str, str]] = {
    DENMARK: ("Danmark", "DK"),
    GERMANY: ("Tyskland", "DE"),
    SWEDEN: ("Sverige", "SE"),
    NORWAY: ("Norge", "NO"),
    GREENLAND: ("Grønland", "GL"),
}

CARD, MOBILEPAY, PAYPAL, INVOICE, BANK = 77, 78, 79, 81, 82
GATEWAYS: Mapping[int, tuple[str, str]] = {
    CARD: ("Kort", "quickpayv10"),
    MOBILEPAY: ("MobilePay", "mobilepay"),
    PAYPAL: ("PayPal", "paypal"),
    INVOICE: ("Faktura", "other"),
    BANK: ("Bankoverførsel", "other"),
}

PARCEL_SHOP, TO_THE_DOOR, PICK_UP, NORDIC, EUROPE = 301, 302, 303, 304, 305
SHIPPING: Mapping[int, str] = {
    PARCEL_SHOP: "GLS pakkeshop",
    TO_THE_DOOR: "PostNord til døren",
    PICK_UP: "Afhentning i værkstedet",
    NORDIC: "Bring Norden",
    EUROPE: "DHL Europa",
}


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop sells; ``price`` in kroner with 25 % VAT."""

    id: int
    own_id: str
    name: str
    price: Decimal
    category: str
    variants: tuple[tuple[str, str], ...] = ()
    """Name and value of the attributes of the variant that is sold."""


MUG, BOWL, DISH, TOWEL, CUSHION, HAT, CANDLE, SPOON, SOAP, BLANKET, CARD_PRINT, SAMPLE = range(
    900101, 900113
)
PRODUCTS: Mapping[int, Product] = {
    product.id: product
    for product in (
        Product(MUG, "KRUS-01", "Krus med blå glasur", Decimal("149.95"), "Keramik"),
        Product(BOWL, "SKAAL-02", "Skål i stentøj, stor", Decimal(329), "Keramik"),
        Product(DISH, "FAD-03", "Ovalt fad, saltglasur", Decimal(475), "Keramik"),
        Product(TOWEL, "VISK-04", "Viskestykke i hør", Decimal("89.50"), "Tekstil"),
        Product(
            CUSHION,
            "PUDE-05-ROED-50",
            "Vævet pudebetræk",
            Decimal(399),
            "Tekstil",
            (("Farve", "Rød"), ("Størrelse", "50 × 50 cm")),
        ),
        Product(
            HAT,
            "HUE-06-M",
            "Håndstrikket hue i færøsk uld",
            Decimal(279),
            "Strik",
            (("Størrelse", "M"),),
        ),
        Product(CANDLE, "LYS-07", "Bivokslys, 2 stk.", Decimal("64.75"), "Lys og sæbe"),
        Product(SPOON, "SKE-08", "Udskåret grydeske i bøg", Decimal(119), "Træ"),
        Product(SOAP, "SAEBE-09", "Håndlavet sæbe med havtorn", Decimal(45), "Lys og sæbe"),
        Product(BLANKET, "PLAID-10", "Plaid i islandsk uld", Decimal(1249), "Tekstil"),
        Product(CARD_PRINT, "KORT-11", "Kunstkort, Ærø", Decimal(25), "Papir"),
        Product(SAMPLE, "PROEVE-12", "Stofprøve", Decimal(0), "Tekstil"),
    )
}


@dataclass(slots=True)
class Catalogue:
    """The answers of the shop's master data, ready to be changed by a test."""

    gateways: list[Json]
    shipping: list[Json]
    countries: list[Json]
    products: dict[int, Json]


def start_catalogue() -> Catalogue:
    """Make the master data as the shop answers it at first."""
    return Catalogue(
        gateways=[
            {"payment_gateway_id": number, "name": name, "gateway": code}
            for number, (name, code) in GATEWAYS.items()
        ],
        shipping=[{"shipping_id": number, "name": name} for number, name in SHIPPING.items()],
        countries=[
            {"country_id": number, "name": name, "code": code}
            for number, (name, code) in COUNTRIES.items()
        ],
        products={number: _product(product) for number, product in PRODUCTS.items()},
    )


def _product(product: Product) -> Json:
    """Return a product with the keys that were seen in recorded answers of live shops."""
    return {
        **dict.fromkeys(NULL_KEYS),
        **dict.fromkeys(EMPTY_TEXT_KEYS, ""),
        **{key: [] for key in EMPTY_LIST_KEYS},
        **dict.fromkeys(ZERO_KEYS, 0),
        "product_id": product.id,
        "own_id": product.own_id,
        "name": product.name,
        "price": product.price,
        "is_online": 1,
        "created": "2025-01-15 10:00:00",
        "online_since": "2025-01-15 10:00:00",
        "last_modified": "2025-06-01 09:30:00",
        "main_category_id": "411",
        "main_category_name": product.category,
        "categories": [{"category_id": 411, "name": product.category}],
        "attributes": [{"name": name, "val": value} for name, value in product.variants],
        "weight": "0.400",
        "url": f"https://butik.example.dk/{product.own_id.lower()}",
        "country_of_origin": "DK",
        "package": 1,
    }


NULL_KEYS = [
    "gtin",
    "mpn",
    "supplier_id",
    "manufacturer_id",
    "safety_profile_id",
    "brand_id",
    "removed_on",
    "vat",
    "bulk_discount_over",
    "bulk_discount",
    "shipping",
    "shipping_weight",
    "delivery_time",
    "delivery_time_not_in_stock",
    "canonical_id",
    "min_stock_order",
    "min_stock_value",
    "avg_rating",
    "google_category",
    "bundle",
]
EMPTY_TEXT_KEYS = [
    "sec_own_id",
    "rewrite_url",
    "list_description",
    "description",
    "location",
    "tariff_code",
    "meta",
    "meta_title",
    "meta_description",
    "search",
]
EMPTY_LIST_KEYS = [
    "discount_intervals",
    "mailing_list_ids",
    "related",
    "similar",
    "bundle_data",
    "html_fields",
    "stock_settings",
    "product_labels",
    "images",
    "pdf_files",
    "extension_data",
]
ZERO_KEYS = [
    "profile_id",
    "no_index",
    "no_shopping",
    "sale_price",
    "purchase_price",
    "never_free_shipping",
    "allow_negative_stock",
    "auto_offline",
    "no_internal_search",
    "requires_age_verification",
    "no_partner_ads",
]
