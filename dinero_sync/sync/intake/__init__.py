"""From the shop's words to a decision about each order."""

__all__ = [
    "decide",
    "facts",
    "holds",
    "live",
    "poll",
    "reading",
    "remembered",
    "shop_masters",
    "vat_numbers",
]
