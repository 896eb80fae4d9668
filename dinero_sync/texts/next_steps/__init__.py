"""What to do about a hold: the sentences before, between and behind commands and YAML.

A file a subject holds them, as those in :mod:`dinero_sync.texts.holds`.
"""

from collections.abc import Mapping

from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.texts.next_steps.afterwards import AFTERWARDS
from dinero_sync.texts.next_steps.bills import BILLS
from dinero_sync.texts.next_steps.dinero import DINERO
from dinero_sync.texts.next_steps.payouts import PAYOUTS
from dinero_sync.texts.next_steps.settlements import SETTLEMENTS
from dinero_sync.texts.next_steps.shop import SHOP
from dinero_sync.texts.next_steps.vat import VAT

__all__ = ["NEXT_STEPS"]

NEXT_STEPS: Mapping[str, str] = {
    AS_WRITTEN: "{text}",
    **SHOP,
    **VAT,
    **DINERO,
    **AFTERWARDS,
    **BILLS,
    **PAYOUTS,
    **SETTLEMENTS,
}
