"""The shop's master data: goods, categories, ways to pay and to ship, countries."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.shop.categories import (
    CANDLES,
    CATEGORIES,
    CERAMICS,
    GOODS,
    HANDMADE,
    KNITWEAR,
    PAPER,
    PROFILES,
    TEXTILES,
    WOOD,
    raw_category,
)
from dinero_sync.sandbox.shop.more_products import MORE_PRODUCTS
from dinero_sync.sandbox.shop.product import Named, Product, raw_product

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


MUG, BOWL, DISH, TOWEL, CUSHION, HAT, CANDLE, SPOON, SOAP, BLANKET, CARD_PRINT, SAMPLE = range(
    900101, 900113
)
GOODS_TABLE: tuple[tuple[int, str, str, str, Named, str], ...] = (
    (MUG, "KRUS-01", "Krus med blå glasur", "149.95", CERAMICS, "52.50"),
    (BOWL, "SKAAL-02", "Skål i stentøj, stor", "329", CERAMICS, "118"),
    (DISH, "FAD-03", "Ovalt fad, saltglasur", "475", CERAMICS, "170"),
    (TOWEL, "VISK-04", "Viskestykke i hør", "89.50", TEXTILES, "31.25"),
    (CUSHION, "PUDE-05-ROED-50", "Vævet pudebetræk", "399", TEXTILES, "150"),
    (HAT, "HUE-06-M", "Håndstrikket hue i færøsk uld", "279", KNITWEAR, "110"),
    (CANDLE, "LYS-07", "Bivokslys, 2 stk.", "64.75", CANDLES, "22"),
    (SPOON, "SKE-08", "Udskåret grydeske i bøg", "119", WOOD, "40"),
    (SOAP, "SAEBE-09", "Håndlavet sæbe med havtorn", "45", CANDLES, "15"),
    (BLANKET, "PLAID-10", "Plaid i islandsk uld", "1249", TEXTILES, "560"),
    (CARD_PRINT, "KORT-11", "Kunstkort, Ærø", "25", PAPER, "7.80"),
    (SAMPLE, "PROEVE-12", "Stofprøve", "0", TEXTILES, "0"),
)
"""Number, own number, name, price, category, purchase price."""
VARIANTS = {
    CUSHION: (("Farve", "Rød"), ("Størrelse", "50 × 50 cm")),
    HAT: (("Størrelse", "M"),),
}
LABELS = {HAT: (HANDMADE,), SPOON: (HANDMADE,), SOAP: (HANDMADE,)}

PRODUCTS: Mapping[int, Product] = {
    number: Product(
        id=number,
        own_id=own_id,
        name=name,
        price=Decimal(price),
        categories=(category,),
        profile=GOODS,
        purchase_price=Decimal(purchase_price),
        variants=VARIANTS.get(number, ()),
        labels=LABELS.get(number, ()),
    )
    for number, own_id, name, price, category, purchase_price in GOODS_TABLE
}
"""What the seeded orders are made of."""


@dataclass(slots=True)
class Catalogue:
    """The answers of the shop's master data, ready to be changed by a test."""

    gateways: list[Json]
    shipping: list[Json]
    countries: list[Json]
    categories: list[Json]
    profiles: list[Json]
    products: dict[int, Json]
    """A product with ``removed_on`` is answered as gone."""


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
        categories=[raw_category(category) for category in CATEGORIES],
        profiles=[{"profile_id": each.id, "name": each.name} for each in PROFILES],
        products={
            number: raw_product(product)
            for number, product in {**PRODUCTS, **MORE_PRODUCTS}.items()
        },
    )
