"""The posting rules: pure functions from an order and the rules to the documents in Dinero."""

__all__ = [
    "charges",
    "conditions",
    "contact",
    "credit",
    "distance_sales",
    "due",
    "lines",
    "payments",
    "plan",
    "sale",
    "settings",
    "suggestion",
    "texts",
]
