"""What Dinero's VAT codes say about a sale, and how rates are written."""

from decimal import Decimal

from dinero_sync.domain.zone import Zone

NO_VAT = Decimal(0)
DANISH_VAT = Decimal(25)
"""The rate of all goods in Denmark (momsloven § 33)."""
REVERSE_CHARGE_CODES = ("UEUV", "UEUY")
"""Rubrik B with the EU sales list of businesses, by VAT number; for goods and for services."""
DISTANCE_CODES = ("UEUV2",)
"""Rubrik B without the EU sales list, for goods."""
EXPORT_CODES = ("UVV", "UVC", "UVY")
"""Rubrik C."""
ABROAD_CODES = (*REVERSE_CHARGE_CODES, *DISTANCE_CODES, *EXPORT_CODES)
REPORTED_FOR = {code: Zone.WORLD if code in EXPORT_CODES else Zone.EU for code in ABROAD_CODES}
"""The zone that a VAT code reports sales to."""


def percent(rate: Decimal | None) -> str:
    """Write a VAT rate as people read it."""
    return "a VAT code without a known rate" if rate is None else f"{rate.normalize():f} %"
