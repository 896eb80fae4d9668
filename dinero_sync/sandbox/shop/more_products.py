"""Goods that no seeded order holds: second-hand goods, a gift card, a set, one that is gone."""

from collections.abc import Mapping
from decimal import Decimal

from dinero_sync.sandbox.shop.categories import (
    ART,
    CANDLES,
    CERAMICS,
    GIFT_CARD_GOODS,
    GIFT_CARDS,
    GOODS,
    MARGIN,
    SECOND_HAND,
    SECOND_HAND_GOODS,
    WOOD,
)
from dinero_sync.sandbox.shop.product import Product

USED_LAMP, USED_VASE, USED_CHAIR, USED_PLATE, PAINTING = range(900201, 900206)
GIFT_CARD, GIFT_SET, DISCONTINUED = range(900211, 900214)
MORE_PRODUCTS: Mapping[int, Product] = {
    product.id: product
    for product in (
        Product(
            id=USED_LAMP,
            own_id="BRUGT-1042",
            name="Brugt bordlampe, opaliseret glas",
            price=Decimal(1450),
            categories=(SECOND_HAND,),
            profile=SECOND_HAND_GOODS,
            purchase_price=Decimal(600),
            labels=(MARGIN,),
        ),
        Product(
            id=USED_VASE,
            own_id="BRUGT-1043",
            name="Brugt vase, grøn glasur",
            price=Decimal(395),
            categories=(
                SECOND_HAND,
                CERAMICS,
            ),
            profile=SECOND_HAND_GOODS,
            purchase_price=Decimal("120.50"),
            labels=(MARGIN,),
        ),
        Product(
            id=USED_CHAIR,
            own_id="BRUGT-1044",
            name="Brugt spisestol i eg",
            price=Decimal(850),
            categories=(
                SECOND_HAND,
                WOOD,
            ),
            profile=SECOND_HAND_GOODS,
            purchase_price=None,
            labels=(MARGIN,),
        ),
        Product(
            id=USED_PLATE,
            own_id="BRUGT-1045",
            name="Brugt platte",
            price=Decimal(200),
            categories=(
                SECOND_HAND,
                CERAMICS,
            ),
            profile=SECOND_HAND_GOODS,
            purchase_price=Decimal(0),
            labels=(MARGIN,),
        ),
        Product(
            id=PAINTING,
            own_id="KUNST-1046",
            name="Oliemaleri, solgt med tab",
            price=Decimal(1800),
            categories=(ART,),
            profile=SECOND_HAND_GOODS,
            purchase_price=Decimal(2000),
            labels=(MARGIN,),
        ),
        Product(
            id=GIFT_CARD,
            own_id="GAVEKORT-500",
            name="Gavekort på 500 kr.",
            price=Decimal(500),
            categories=(GIFT_CARDS,),
            profile=GIFT_CARD_GOODS,
            purchase_price=None,
            vat=0,
        ),
        Product(
            id=GIFT_SET,
            own_id="SAET-13",
            name="Gaveæske med krus og sæbe",
            price=Decimal(189),
            categories=(
                CERAMICS,
                CANDLES,
            ),
            profile=GOODS,
            purchase_price=Decimal("67.50"),
            bundle=((900101, "Krus med blå glasur", 1), (900109, "Håndlavet sæbe med havtorn", 2)),
        ),
        Product(
            id=DISCONTINUED,
            own_id="KRUS-00",
            name="Krus med grå glasur",
            price=Decimal(129),
            categories=(CERAMICS,),
            profile=GOODS,
            purchase_price=Decimal(45),
            removed_on="2026-03-01 08:00:00",
        ),
    )
}
"""Of the second-hand goods the chair has no purchase price, the plate one of 0, and the painting
was bought for more than it is sold for. The last product was removed."""
