"""Whether the goods leave Denmark at all: the freight method may say that the buyer collects them.

Goods that the buyer takes over in Denmark are sold where they are (momsloven § 14, nr. 1; Directive
2006/112/EC art. 31): with Danish VAT, whatever the buyer's address, and no distance sale, which
is one that the seller sends.
"""

import re

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import any_glob, yaml_glob
from dinero_sync.posting.settings import PostingSettings

CALLED_COLLECTION = re.compile(
    r"afhent|\bhent(es)?\b|pick[ -]?up|\bcollect|abhol|selvhent|i (butik|værksted)", re.IGNORECASE
)
"""How shops call it in Danish, English and German."""
CALLED_PARCEL_SHOP = re.compile(
    r"pakke|paket|parcel|\bbo(ks|x)|gls|\bdao\b|post ?nord|\bdhl\b|\bups\b|bring|budbee|instabox"
    r"|service ?point|ombud",
    re.IGNORECASE,
)
"""Carriers and their shops: there the goods were sent."""


def is_freight(patterns: tuple[str, ...], order: Order) -> bool:
    """Tell whether an order's freight method is one of those listed by id, or by name as globs."""
    if not patterns or (order.shipping_id is None and not order.shipping_name):
        return False
    return str(order.shipping_id) in patterns or (
        bool(order.shipping_name) and any_glob(patterns, order.shipping_name)
    )


def is_handed_over_in_denmark(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the buyer collects the goods in Denmark, as ``posting.handed_over`` says."""
    return settings.handed_over is not None and is_freight(settings.handed_over.in_denmark, order)


def zone_of_goods(order: Order, settings: PostingSettings) -> Zone:
    """Return where the goods go: to the delivery address, unless they are collected in Denmark."""
    return Zone.DK if is_handed_over_in_denmark(order, settings) else order.delivery.zone


def refuse_unclear_place(order: Order, settings: PostingSettings) -> None:
    """Hold an order to abroad that may have been collected in Denmark, where nobody said so.

    That is one whose freight method costs nothing and is called so, or one whose method has no name
    though the settings ask for names. Raises HeldError.
    """
    if order.delivery.zone is Zone.DK or is_handed_over_in_denmark(order, settings):
        return
    if settings.handed_over is not None and is_freight(settings.handed_over.elsewhere, order):
        return
    if order.shipping_id is not None and not order.shipping_name and settings.asks_freight_names:
        raise _unnamed(order.shipping_id)
    name = order.shipping_name
    called = CALLED_COLLECTION.search(name) and not CALLED_PARCEL_SHOP.search(name)
    if called and not order.shipping_price:
        raise _maybe_collected(order)


def _maybe_collected(order: Order) -> HeldError:
    known = order.shipping_id or yaml_glob(order.shipping_name)
    return HeldError(
        HoldReason.UNKNOWN_COUNTRY,
        "maybe_collected",
        (
            sentence("collected_in_denmark"),
            Yaml(f"posting:\n  handed_over:\n    in_denmark: [{known}]\n"),
            sentence("not_collected"),
            Yaml(f"posting:\n  handed_over:\n    elsewhere: [{known}]\n"),
        ),
        freight=order.shipping_name,
        country=order.delivery.country,
    )


def _unnamed(shipping_id: int) -> HeldError:
    return HeldError(
        HoldReason.UNKNOWN_COUNTRY,
        "freight_unnamed",
        (
            sentence("name_freight_by_id"),
            Yaml(f"posting:\n  handed_over:\n    in_denmark: [{shipping_id}]\n"),
        ),
        freight=shipping_id,
    )
