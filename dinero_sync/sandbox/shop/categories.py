"""The shop's categories, profiles and labels."""

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.shop.product import SHOP_URL, Named

CERAMICS, TEXTILES = Named(411, "Keramik"), Named(412, "Tekstil")
KNITWEAR, CANDLES = Named(413, "Strik"), Named(414, "Lys og sæbe")
WOOD, PAPER = Named(415, "Træ"), Named(416, "Papir")
SECOND_HAND, ART, GIFT_CARDS = Named(421, "Brugt"), Named(422, "Kunst"), Named(431, "Gavekort")
CATEGORIES = (CERAMICS, TEXTILES, KNITWEAR, CANDLES, WOOD, PAPER, SECOND_HAND, ART, GIFT_CARDS)

GOODS, SECOND_HAND_GOODS = Named(31, "Varer"), Named(32, "Brugte varer")
GIFT_CARD_GOODS = Named(33, "Gavekort")
PROFILES = (GOODS, SECOND_HAND_GOODS, GIFT_CARD_GOODS)

HANDMADE, MARGIN = Named(51, "Håndlavet"), Named(52, "Brugtmoms")


def raw_category(category: Named) -> Json:
    """Write the category with the keys and forms of a client's model: each value is a text."""
    address = category.name.lower().replace(" ", "-")
    return {
        **dict.fromkeys(NULL_KEYS),
        **dict.fromkeys(EMPTY_TEXT_KEYS, ""),
        **dict.fromkeys(FLAGS, "0"),
        "category_id": str(category.id),
        "parent_id": "0",
        "name": category.name,
        "in_menu": "1",
        "is_online": "1",
        "rewrite_url": address,
        "url": f"{SHOP_URL}/{address}",
        "sort_order": "0",
        "weight": "10",
        "last_modified": "2025-06-01 09:30:00",
        "images": [],
        "extension_data": [],
    }


NULL_KEYS = ("tag", "search", "empty_redir", "canonical_id", "json_data")
EMPTY_TEXT_KEYS = ("description_a", "description_b", "meta", "meta_title", "meta_description")
FLAGS = ("is_removed", "is_front", "no_index", "no_internal_search")
