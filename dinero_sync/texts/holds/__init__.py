"""What a hold or a doubt says: what happened, and what it means for the books.

The key is a hold's ``text``: its reason, with which of the reason's sentences it is. A file a
subject holds them.
"""

from collections.abc import Mapping

from dinero_sync.domain.hold import DoubtReason
from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.texts.catalogue import _
from dinero_sync.texts.holds.afterwards import AFTERWARDS
from dinero_sync.texts.holds.bills import BILLS
from dinero_sync.texts.holds.dinero import DINERO
from dinero_sync.texts.holds.payouts import PAYOUTS
from dinero_sync.texts.holds.shop import SHOP
from dinero_sync.texts.holds.vat import VAT

__all__ = ["HOLDS"]

HOLDS: Mapping[str, str] = {
    AS_WRITTEN: "{text}",
    DoubtReason.NO_ANSWER: _(
        "A change was sent to Dinero and no clear answer came, nor could Dinero be read."
    ),
    **SHOP,
    **VAT,
    **DINERO,
    **AFTERWARDS,
    **BILLS,
    **PAYOUTS,
}
