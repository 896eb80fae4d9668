"""What Dinero's VAT codes say about a sale, and how rates are written."""

from decimal import Decimal

from dinero_sync.domain.zone import Zone

NO_VAT = Decimal(0)
DANISH_VAT = Decimal(25)
"""The rate of all goods in Denmark (momsloven § 33)."""
REPORTED_FOR = {
    "UEUV": Zone.EU,
    "UEUV2": Zone.EU,
    "UEUY": Zone.EU,
    "UVV": Zone.WORLD,
    "UVY": Zone.WORLD,
    "UVC": Zone.WORLD,
}
"""VAT codes of Dinero that report a sale as one to a zone: rubrik B for the EU, rubrik C else."""
ON_EU_SALES_LIST = frozenset({"UEUV", "UEUY"})
"""Codes that put a sale on the list of sales to businesses in the EU, by their VAT number."""


def percent(rate: Decimal | None) -> str:
    """Write a VAT rate as people read it."""
    return "a VAT code without a known rate" if rate is None else f"{rate.normalize():f} %"
