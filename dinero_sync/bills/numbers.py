"""Amounts, rates and VAT numbers as e-invoices and people write them."""

import re
from decimal import Decimal

from dinero_sync.domain.money import ORE
from dinero_sync.posting.buyers.numbers import full_vat_number, has_eu_prefix, is_eu_number

DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,10})?")
"""An amount as XML writes it (xsd:decimal), no larger than any bill is."""
WITH_PREFIX = re.compile(r"[A-Z]{2}[0-9A-Z]*[0-9][0-9A-Z]*")
OF_NO_COUNTRY = "EU"
"""The prefix of those who sell services into the EU under its non-Union scheme (OSS)."""


def exact_decimal(text: str) -> Decimal | None:
    """Read an amount of an e-invoice, at least two decimals long; None for anything else."""
    plain = text.strip()
    if not DECIMAL.fullmatch(plain):
        return None
    amount = Decimal(plain)
    in_ore = amount.quantize(ORE)
    return in_ore if in_ore == amount else amount


def percent(rate: Decimal) -> Decimal:
    """Write a rate without needless zeros: 25, not 25.00."""
    whole = rate.to_integral_value()
    return whole if rate == whole else rate.normalize()


def supplier_number(text: str, country: str) -> str | None:
    """Return a supplier's VAT number with its country's prefix and without spaces.

    ``country`` is the ISO code of where the supplier is; empty where the document doesn't say, and
    then a number without a prefix tells nothing. None where there is none.
    """
    compact = "".join(sign for sign in text.upper() if sign.isalnum())
    prefixed = WITH_PREFIX.fullmatch(compact)
    if prefixed and (not country or compact.startswith(OF_NO_COUNTRY)):
        return compact
    return full_vat_number(text, country) or None if country else None


def is_impossible(number: str) -> bool:
    """Tell whether a VAT number bears an EU country's prefix and can't be one of that country."""
    return has_eu_prefix(number) and not is_eu_number(number)
