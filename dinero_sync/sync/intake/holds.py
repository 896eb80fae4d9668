"""Free orders: they make no invoice, or are held where a gift card may have paid."""

from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.posting.due import Never
from dinero_sync.posting.settings import PostingSettings

SKIP = command("skip", ORDER, "--reason", TEXT)


def nothing_to_invoice(order: Order, settings: PostingSettings) -> Never:
    """Tell why a free order makes no invoice; raises HeldError where a gift card may have paid.

    Not for one that is known to be paid by a gift card. Where these are known by their codes, a
    voucher with another code is a plain discount.
    """
    told_apart = settings.gift_cards is not None and settings.gift_cards.voucher_codes
    if not order.voucher_amount or (told_apart and order.voucher_code):
        return Never(SkipReason.ZERO_TOTAL)
    raise HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER,
        "unknown",
        (
            sentence("discount_code"),
            SKIP,
            sentence("gift_card_by_hand"),
            command("adopt", ORDER),
        ),
    )
