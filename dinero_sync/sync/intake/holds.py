"""Free orders: they make no invoice, or are held where a gift card may have paid."""

from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.due import Never
from dinero_sync.posting.settings import GiftCardKind, GiftCards, PostingSettings

SKIP = command("skip", ORDER, "--reason", TEXT)


def nothing_to_invoice(order: Order, settings: PostingSettings) -> Never:
    """Tell why a free order makes no invoice; raises HeldError where a gift card may have paid.

    Where gift cards are known by their codes, a voucher with another code is a plain discount.
    """
    told_apart = settings.gift_cards is not None and settings.gift_cards.voucher_codes
    discount = told_apart and order.voucher_code and not pays_with_gift_card(order, settings)
    if not order.voucher_amount or discount:
        return Never(SkipReason.ZERO_TOTAL)
    cards = settings.gift_cards
    if cards is not None and pays_with_gift_card(order, settings):
        raise _gift_card_paid_all(order, cards, settings.sales_account)
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


def _gift_card_paid_all(order: Order, cards: GiftCards, sales: int) -> HeldError:
    if cards.kind is GiftCardKind.SINGLE_PURPOSE:
        return HeldError(
            HoldReason.ZERO_TOTAL_WITH_VOUCHER,
            "single_purpose",
            (
                sentence(
                    "move_to_sales",
                    amount=order.voucher_amount,
                    currency=order.currency,
                    account=cards.account,
                    sales=sales,
                ),
                command("adopt", ORDER),
            ),
        )
    return HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER,
        "multi_purpose",
        (sentence("settle_all_by_hand"), command("adopt", ORDER)),
    )
