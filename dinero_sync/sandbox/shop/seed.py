"""Some sixty believable orders of a craft shop, the same for the same seed and start.

The first part is written by hand: one sale for each thing that makes orders differ. The second
part is everyday trade by Danish consumers, drawn from a seeded random generator.
"""

from datetime import datetime
from decimal import Decimal
from random import Random

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.shop import buyers
from dinero_sync.sandbox.shop.catalogue import (
    BANK,
    BLANKET,
    BOWL,
    CANDLE,
    CARD,
    CARD_PRINT,
    CUSHION,
    DISH,
    EUROPE,
    HAT,
    INVOICE,
    MOBILEPAY,
    MUG,
    NORDIC,
    PARCEL_SHOP,
    PAYPAL,
    PICK_UP,
    PRODUCTS,
    SAMPLE,
    SOAP,
    SPOON,
    TO_THE_DOOR,
    TOWEL,
)
from dinero_sync.sandbox.shop.sale import Form, Sale, State, Voucher, raw_order

FIRST_ORDER_ID = 4_815_162
FIRST_SHOP_NUMBER = 10_427
EVERYDAY_SALES = 35
LONGEST_AGO_DAYS = 29.0
FREE_FREIGHT_FROM = Decimal(500)
FREE = Decimal(0)

AUTUMN = Voucher("EFTERAAR10", percent=Decimal(10))
SEVEN_PERCENT = Voucher("SYV", percent=Decimal(7))
FIFTY_KRONER = Voucher("VELKOMMEN50", kroner=Decimal(50))
ODD_KRONER = Voucher("TAK33", kroner=Decimal("33.35"))
HUNDRED_KRONER = Voucher("HUNDREDE", kroner=Decimal(100))

DANISH_SPECIALS = (
    Sale(buyer=buyers.SAME_PERSON, basket=((MUG, 2), (CUSHION, 1)), days_ago=27.5, voucher=AUTUMN),
    Sale(buyer=buyers.SAME_PERSON_AGAIN, basket=((MUG, 1),), days_ago=9.2, gateway=MOBILEPAY),
    Sale(buyer=buyers.WITHOUT_EMAIL, basket=((HAT, 1),), days_ago=12.1, gateway=MOBILEPAY),
    Sale(
        buyer=buyers.DANISH_BUSINESS,
        basket=((MUG, 24), (TOWEL, 12)),
        days_ago=14.4,
        shipping=TO_THE_DOOR,
        freight=FREE,
    ),
    Sale(
        buyer=buyers.DANISH_BUSINESS,
        basket=((BOWL, 3),),
        days_ago=3.3,
        gateway=INVOICE,
        state="shipped_unpaid",
    ),
    Sale(
        buyer=buyers.PUBLIC_BUYER,
        basket=((CANDLE, 10), (CARD_PRINT, 30)),
        days_ago=8.8,
        gateway=INVOICE,
        state="shipped_unpaid",
    ),
    Sale(
        buyer=buyers.DANISH_CONSUMERS[0],
        basket=((SAMPLE, 1),),
        days_ago=11.0,
        freight=FREE,
        shipping=PICK_UP,
    ),
    Sale(buyer=buyers.DANISH_CONSUMERS[1], basket=((BLANKET, 1),), days_ago=0.2, state="paid"),
    Sale(buyer=buyers.DANISH_CONSUMERS[2], basket=((DISH, 1),), days_ago=1.4, state="unpaid"),
    Sale(buyer=buyers.DANISH_CONSUMERS[3], basket=((SPOON, 2),), days_ago=20.0, state="cancelled"),
    Sale(
        buyer=buyers.DANISH_CONSUMERS[4],
        basket=((CUSHION, 2), (CANDLE, 1)),
        days_ago=17.7,
        gateway=BANK,
        freight=FREE,
    ),
    Sale(
        buyer=buyers.DANISH_CONSUMERS[5],
        basket=((SOAP, 3), (CARD_PRINT, 7), (TOWEL, 1)),
        days_ago=16.2,
        voucher=ODD_KRONER,
    ),
    Sale(
        buyer=buyers.DANISH_CONSUMERS[6],
        basket=((SOAP, 1), (CARD_PRINT, 1)),
        days_ago=15.5,
        voucher=HUNDRED_KRONER,
    ),
    Sale(
        buyer=buyers.DANISH_CONSUMERS[7],
        basket=((MUG, 1), (BOWL, 1), (TOWEL, 2), (CANDLE, 3), (SPOON, 1), (SOAP, 5)),
        days_ago=24.9,
        voucher=SEVEN_PERCENT,
        freight=FREE,
    ),
)

FOREIGN_SPECIALS = (
    Sale(
        buyer=buyers.GERMAN_CONSUMER,
        basket=((MUG, 2), (SOAP, 1)),
        days_ago=22.3,
        gateway=PAYPAL,
        shipping=EUROPE,
        freight=Decimal(89),
    ),
    Sale(
        buyer=buyers.SWEDISH_CONSUMER,
        basket=((HAT, 2),),
        days_ago=6.6,
        shipping=NORDIC,
        freight=Decimal("79.50"),
        voucher=AUTUMN,
    ),
    Sale(
        buyer=buyers.GERMAN_BUSINESS,
        basket=((MUG, 10), (BOWL, 5)),
        days_ago=19.1,
        gateway=BANK,
        shipping=EUROPE,
        freight=Decimal(80),
    ),
    Sale(
        buyer=buyers.SWEDISH_BUSINESS,
        basket=((CANDLE, 40),),
        days_ago=5.2,
        shipping=NORDIC,
        freight=Decimal("71.20"),
        voucher=AUTUMN,
    ),
    Sale(
        buyer=buyers.NORWEGIAN_CONSUMER,
        basket=((BLANKET, 1), (TOWEL, 1)),
        days_ago=13.6,
        gateway=PAYPAL,
        shipping=NORDIC,
        freight=Decimal(120),
    ),
    Sale(
        buyer=buyers.GREENLANDIC_CONSUMER,
        basket=((HAT, 1), (MUG, 3)),
        days_ago=10.4,
        shipping=NORDIC,
        freight=Decimal("95.60"),
        voucher=FIFTY_KRONER,
    ),
)

FORMS: tuple[Form, ...] = ("texts", "nulls", "lists", "true", "no_line_vat")
FORM_SPECIALS = tuple(
    Sale(
        buyer=buyers.DANISH_CONSUMERS[index + 7],
        basket=((DISH, 1), (SOAP, index + 1)),
        days_ago=26.0 - 2 * index,
        form=form,
    )
    for index, form in enumerate(FORMS)
)


def seeded_orders(now: datetime, seed: int) -> list[Json]:
    """Return the raw orders, oldest first, none of them after ``now``."""
    random = Random(seed)  # noqa: S311 - invented orders, nothing to guess
    everyday = [_everyday_sale(random, index) for index in range(EVERYDAY_SALES)]
    sales = [*DANISH_SPECIALS, *FOREIGN_SPECIALS, *FORM_SPECIALS, *everyday]
    sales.sort(key=lambda sale: -sale.days_ago)
    return [
        raw_order(sale, FIRST_ORDER_ID + 37 * index, FIRST_SHOP_NUMBER + index, now)
        for index, sale in enumerate(sales)
    ]


def _everyday_sale(random: Random, index: int) -> Sale:
    products = [number for number in PRODUCTS if number != SAMPLE]
    chosen = random.sample(products, random.choice((1, 1, 1, 2, 2, 3, 4, 6)))
    basket = tuple((number, random.choice((1, 1, 1, 2, 3))) for number in chosen)
    worth = sum((PRODUCTS[number].price * amount for number, amount in basket), Decimal(0))
    days_ago = LONGEST_AGO_DAYS * (index + random.random()) / EVERYDAY_SALES
    return Sale(
        buyer=random.choice(buyers.DANISH_CONSUMERS),
        basket=basket,
        days_ago=days_ago,
        gateway=random.choice((CARD, CARD, CARD, MOBILEPAY, MOBILEPAY, PAYPAL)),
        shipping=random.choice((PARCEL_SHOP, PARCEL_SHOP, TO_THE_DOOR)),
        freight=FREE if worth >= FREE_FREIGHT_FROM else Decimal(49),
        voucher=random.choice((None,) * 8 + (AUTUMN, SEVEN_PERCENT, ODD_KRONER)),
        state=_everyday_state(random, days_ago),
        form=_everyday_form(random),
    )


def _everyday_state(random: Random, days_ago: float) -> State:
    if random.random() < 0.06:  # noqa: PLR2004 - about one order in sixteen is never paid
        return "unpaid"
    return "paid" if days_ago < 2 else "shipped"  # noqa: PLR2004 - sent by the day after next


def _everyday_form(random: Random) -> Form:
    forms: tuple[Form, ...] = ("usual", "usual", "usual", "usual", "nulls", "no_line_vat", "texts")
    return random.choice(forms)
