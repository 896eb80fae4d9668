"""Who counts as a business in another EU country, and what its VAT number must be worth.

Without VAT may be sold to a buyer who is registered in another EU country; the seller has to be
able to prove it (momsloven § 34, stk. 1, nr. 1). Where the goods go and the number's own prefix
decide: a buyer may live elsewhere.
"""

from collections.abc import Iterable

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import Zone, zone_of
from dinero_sync.posting.contact import EU_PREFIXES, buyer_kind, vat_number_of
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import PostingSettings, Unconfirmed

OTHER_EU_PREFIXES = EU_PREFIXES - {"DK"}


def needs_confirmation(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the EU's register (VIES) is to be asked about the buyer's VAT number."""
    return (
        settings.check_vat_numbers
        and buyer_kind(order) is not BuyerKind.CONSUMER
        and zone_of(order.delivery.country, order.delivery.zip_code) is Zone.EU
        and _is_registered_elsewhere(order)
    )


def counted_as(order: Order, settings: PostingSettings, *, confirmed: bool) -> BuyerKind:
    """Return what the buyer counts as, ``confirmed`` being what VIES says of the VAT number."""
    kind = buyer_kind(order)
    charge = settings.unconfirmed is Unconfirmed.CHARGE and kind is BuyerKind.BUSINESS
    if charge and not confirmed and needs_confirmation(order, settings):
        return BuyerKind.CONSUMER
    return kind


def counts_as_less(sale: Sale) -> bool:
    """Tell whether a business counts as a consumer because its VAT number isn't confirmed."""
    return sale.buyer is not buyer_kind(sale.order)


def refuse_unconfirmed(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold a sale without VAT into the EU to a business or public body that may not have it.

    That is one without a VAT number of another EU country, or whose number isn't confirmed where
    it is asked about. Raises HeldError.
    """
    exempt = any(each.is_exempt for each in posted)
    if not exempt or sale.zone is not Zone.EU or sale.buyer is BuyerKind.CONSUMER:
        return
    if not _is_registered_elsewhere(sale.order):
        raise _not_registered()
    if needs_confirmation(sale.order, sale.settings) and not sale.vat_number_confirmed:
        raise not_confirmed()


def _is_registered_elsewhere(order: Order) -> bool:
    """Tell whether the buyer's VAT number is, by its prefix, one of an EU country but Denmark."""
    return vat_number_of(order)[:2] in OTHER_EU_PREFIXES


def _not_registered() -> HeldError:
    return HeldError(
        HoldReason.INVALID_VAT_NUMBER,
        "The order was sold without VAT into another EU country, and the buyer has no VAT number "
        "of an EU country other than Denmark (a Danish, Swiss or British one isn't enough; one of "
        "Northern Ireland, with XI, is). Without it the VAT is yours to pay (momsloven § 34). "
        "Nothing is booked.",
        "Ask the buyer for such a number and put it on the order in the shop with its country's "
        "letters in front, or charge VAT; the order is then taken up by itself.",
    )


def not_confirmed() -> HeldError:
    """Say that a sale without VAT rests on a VAT number that VIES doesn't confirm."""
    return HeldError(
        HoldReason.UNCONFIRMED_VAT_NUMBER,
        "The EU's register (VIES) doesn't confirm the buyer's VAT number, and the order was sold "
        "without VAT. Sold so to somebody who isn't registered, the VAT is yours to pay. Nothing "
        "is booked.",
        "Ask the buyer for the right number and correct it in the shop, then: "
        "dinero-sync retry ORDER. An order sold with VAT after all is taken up by itself.",
    )
