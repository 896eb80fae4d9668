"""Shoporama, the shop: reading orders over its REST API and turning them into our own order."""

__all__ = [
    "adding_up",
    "beside_lines",
    "client",
    "fields",
    "labels",
    "listing",
    "masters",
    "order_parts",
    "products",
    "reader",
    "replies",
    "returns",
    "values",
]
