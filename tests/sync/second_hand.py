"""Second-hand goods of the sandbox's shop, and the rules that take them."""

from decimal import Decimal
from typing import Any

from shop import a_line

LAMP, CHAIR = 900201, 900203
SOLD_LAMP = a_line(
    product_id=LAMP, own_id="BRUGT-1042", name="Brugt bordlampe", unit_price=Decimal(1450)
)
SOLD_CHAIR = a_line(
    product_id=CHAIR, own_id="BRUGT-1044", name="Brugt stol", unit_price=Decimal(850)
)
RULES: dict[str, Any] = {
    "margin_scheme": {"method": "individual", "account": 1052},
    "rules": [
        {
            "name": "second-hand",
            "when": {"line": "product", "category": "Brugt*"},
            "account": 1051,
            "margin_scheme": "used_goods",
        }
    ],
}
