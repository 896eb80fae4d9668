"""What may be paid with a single-purpose gift card.

Its VAT of 25 % was paid when it was sold (momsloven § 4 a), so it pays goods that bear just that.
"""

from collections.abc import Iterable

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import LineKind
from dinero_sync.posting.vat_codes import DANISH_VAT


def refuse_card_on_other_vat(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold an order paid with a gift card unless all its charges bear Danish VAT of 25 %.

    Gift cards that the order sells are no goods yet, and don't matter. Raises HeldError.
    """
    bought = [each for each in posted if each.charge.kind is not LineKind.GIFT_CARD]
    if not pays_with_gift_card(sale.order, sale.settings) or all(
        each.posting.vat_rate == DANISH_VAT for each in bought
    ):
        return
    raise HeldError(
        HoldReason.GIFT_CARD_USED,
        f"A gift card (gavekort til ét formål) paid {sale.order.voucher_amount} of an order with "
        "goods or freight that don't bear Danish VAT of 25 %: export, another country's VAT, sold "
        "without VAT, or second-hand (brugtmoms). The card's VAT was paid when it was sold, and "
        "taken off here it would make the VAT return wrong. Nothing is booked.",
        "Ask your bookkeeper, and make the invoice in Dinero by hand. Then: dinero-sync adopt "
        "ORDER",
    )
