"""From the shop's words to a decision about each order."""

__all__ = [
    "catalogue",
    "changes",
    "decide",
    "facts",
    "live",
    "own_labels",
    "poll",
    "raw_orders",
    "reading",
    "remembered",
    "shop_masters",
    "standing",
    "vat_numbers",
]
