"""Orders that make no invoice, or aren't the ones any more that theirs was made of.

The latter are noticed by hashes of what decided an order's posting: of it, and of the rules.
"""

from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.domain.step import NOTE, ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.due import Never
from dinero_sync.posting.settings import GiftCardKind, GiftCards, PostingSettings

SOLD = (
    "shipping_price",
    "voucher_code",
    "voucher_amount",
    "total",
    "vat",
    "currency",
    "vat_number",
    "ean",
)
"""What of an order, besides its lines and where they go, decides its amounts, accounts and VAT."""
SKIP = command("skip", ORDER, "--reason", TEXT)
ACCEPT = command("resolve", ORDER, "--accept", NOTE)


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


def content_of(order: Order) -> str:
    """Return a hash of what was sold, where to, and whether it still is: what decided its posting.

    Names and streets aren't in it: the books don't depend on them.
    """
    parts: dict[str, object] = {name: getattr(order, name) for name in SOLD}
    parts["lines"] = [
        (line.product_id, line.sku, line.quantity, line.unit_price, line.vat_rate)
        for line in order.lines
    ]
    parts["delivery"] = (order.delivery.country, order.delivery.zip_code)
    parts["cancelled"] = order.status is OrderStatus.CANCELLED
    return hash_of(parts)


def changed_after_booking(order: Order, record: OrderRecord) -> HeldError:
    """Say that a booked order is another one now, or none, and what mends the books."""
    invoice = str(record.invoice_number)
    if order.status is OrderStatus.CANCELLED:
        return HeldError(
            HoldReason.CANCELLED_AFTER_BOOKING,
            "",
            (sentence("credit", invoice=invoice), ACCEPT),
            invoice=invoice,
        )
    return HeldError(
        HoldReason.CHANGED_AFTER_BOOKING,
        "",
        (sentence("credit_and_invoice", invoice=invoice), ACCEPT),
        invoice=invoice,
        total=order.total,
        currency=order.currency,
    )
