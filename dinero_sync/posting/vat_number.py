"""Who counts as a business in another EU country, and what its VAT number must be worth.

Without VAT may be sold to a buyer who is registered in another EU country; the seller has to be
able to prove it (momsloven § 34, stk. 1, nr. 1).
"""

from collections.abc import Iterable

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.contact import buyer_kind
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import PostingSettings, Unconfirmed


def needs_confirmation(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the EU's register (VIES) is to be asked about the buyer's VAT number."""
    return (
        settings.check_vat_numbers
        and buyer_kind(order) is BuyerKind.BUSINESS
        and order.billing.country in EU_COUNTRIES - {"DK"}
    )


def counted_as(order: Order, settings: PostingSettings, *, confirmed: bool) -> BuyerKind:
    """Return what the buyer counts as, ``confirmed`` being what VIES says of the VAT number."""
    charge = settings.unconfirmed is Unconfirmed.CHARGE
    if charge and not confirmed and needs_confirmation(order, settings):
        return BuyerKind.CONSUMER
    return buyer_kind(order)


def refuse_unconfirmed(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold a sale without VAT into the EU whose buyer's VAT number isn't confirmed."""
    untaxed = any(not each.posting.vat_rate for each in posted)
    asked = sale.zone is Zone.EU and needs_confirmation(sale.order, sale.settings)
    if not (untaxed and asked) or sale.vat_number_confirmed or sale.buyer is BuyerKind.CONSUMER:
        return
    raise HeldError(
        HoldReason.UNCONFIRMED_VAT_NUMBER,
        "The EU's register (VIES) doesn't confirm the buyer's VAT number, and the order was sold "
        "without VAT. Sold so to somebody who isn't registered, the VAT is yours to pay. Nothing "
        "is booked.",
        "Ask the buyer for the right number and correct it in the shop, then: "
        "dinero-sync retry ORDER. An order sold with VAT after all is taken up by itself.",
    )
