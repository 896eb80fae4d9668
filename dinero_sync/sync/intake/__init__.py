"""From the shop's words to a decision about each order."""

__all__ = [
    "changes",
    "decide",
    "facts",
    "live",
    "poll",
    "reading",
    "remembered",
    "shop_masters",
    "vat_numbers",
]
