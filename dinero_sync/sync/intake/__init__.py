"""From the shop's words to a decision about each order."""

__all__ = [
    "catalogue",
    "changes",
    "decide",
    "facts",
    "live",
    "poll",
    "reading",
    "remembered",
    "shop_masters",
    "standing",
    "vat_numbers",
]
