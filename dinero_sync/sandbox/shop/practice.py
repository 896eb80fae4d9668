"""Orders to practise on: each is held for a reason of its own, and each can be solved.

Danish, as the page that shows them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import shop_time
from dinero_sync.sandbox.shop import buyers
from dinero_sync.sandbox.shop.catalogue import BANK, BOWL, CANDLE, MUG, SPOON
from dinero_sync.sandbox.shop.sale import Sale, raw_order

FIRST_ORDER_ID, FIRST_NUMBER = 4_819_001, 10_601
NEW_GATEWAY = {"payment_gateway": "viabill", "payment_gateway_id": 99}
"""A way to pay that the configuration doesn't know yet."""
LOST_KRONER = Decimal(10)
BEFORE_THE_START = timedelta(days=33)
"""Longer ago than the first day whose orders are due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """An order that is held, and what is the matter with it."""

    order: Json
    what: str
    solved_by: str
    mended: Json | None = None
    """What a shop owner corrects in the shop; None where it is solved elsewhere."""


def practice_orders(now: datetime) -> list[Practice]:
    """Return the orders, as they stand before anybody did anything about them."""
    return [
        _unknown_gateway(now),
        _wrong_total(now),
        _without_vat(now),
        _from_before_the_start(now),
    ]


def _order(at: int, sale: Sale, now: datetime) -> Json:
    return raw_order(sale, FIRST_ORDER_ID + at, FIRST_NUMBER + at, now)


def _unknown_gateway(now: datetime) -> Practice:
    sale = Sale(buyer=buyers.SAME_PERSON, basket=((MUG, 1),), days_ago=1.0, state="paid")
    return Practice(
        order=_order(0, sale, now) | NEW_GATEWAY,
        what="Betalt med ViaBill, som konfigurationen ikke kender.",
        solved_by="Sæt det ind i konfigurationen, som dinero-sync status viser.",
    )


def _wrong_total(now: datetime) -> Practice:
    sale = Sale(buyer=buyers.DANISH_CONSUMERS[3], basket=((BOWL, 1),), days_ago=2.0, state="paid")
    order = _order(1, sale, now)
    total = order["total_price"]
    return Practice(
        order=order | {"total_price": total - LOST_KRONER},
        what="Ordrens total er 10 kr. mindre end dens linjer og fragt.",
        solved_by="Ret ordren i butikken; næste kørsel læser den igen.",
        mended={"total_price": total},
    )


def _without_vat(now: datetime) -> Practice:
    sale = Sale(buyer=buyers.DANISH_CONSUMERS[5], basket=((CANDLE, 2),), days_ago=1.5, state="paid")
    order = _order(2, sale, now)
    lines = order["products"]
    return Practice(
        order=order | {"products": [{**line, "vat": 0} for line in lines]},
        what="En vare er oprettet uden moms i butikken, men sælges i Danmark.",
        solved_by="Ret varens moms i butikken; næste kørsel læser ordren igen.",
        mended={"products": lines},
    )


def _from_before_the_start(now: datetime) -> Practice:
    sale = Sale(
        buyer=buyers.DANISH_CONSUMERS[8],
        basket=((SPOON, 3),),
        days_ago=3.0,
        gateway=BANK,
        state="paid",
    )
    order = _order(3, sale, now)
    return Practice(
        order=order | {"time": shop_time(now - BEFORE_THE_START)},
        what="Bestilt før den første dag (start_date), betalt efter.",
        solved_by="Se efter i Dinero, om den er bogført, og skriv det svar, status viser.",
    )
