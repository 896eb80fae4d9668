"""Orders that make no invoice, or aren't the ones any more that theirs was made of.

The latter are noticed by hashes of what decided an order's posting: of it, and of the rules.
"""

from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.due import Never
from dinero_sync.posting.settings import GiftCardKind, PostingSettings

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
        raise _gift_card_paid_all(cards.kind)
    raise HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER,
        "The order's total is zero because of a voucher. If that voucher was a gift card, a sale "
        "was paid with it and belongs in the books.",
        "A plain discount code: dinero-sync skip ORDER --reason TEXT. A gift card: book it in "
        "Dinero by hand, then skip the order.",
    )


def _gift_card_paid_all(kind: GiftCardKind) -> HeldError:
    if kind is GiftCardKind.SINGLE_PURPOSE:
        return HeldError(
            HoldReason.ZERO_TOTAL_WITH_VOUCHER,
            "A gift card paid the whole order. Its VAT was settled when the card was sold; the "
            "sale still stands on the gift card account, for this version makes no invoice of "
            "0.00.",
            "Move the amount in Dinero from the gift card account to the sales account, if your "
            "bookkeeper wants that. Then: dinero-sync skip ORDER --reason TEXT",
        )
    return HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER,
        "A gift card (gavekort til flere formål) paid the whole order. The VAT of the sale is due "
        "now, and this version doesn't register such a payment. Nothing is booked.",
        "Make the invoice in Dinero by hand, in full, and settle it against the gift card "
        "account. Then: dinero-sync adopt ORDER",
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
    invoice = f"invoice {record.invoice_number}"
    if order.status is OrderStatus.CANCELLED:
        return HeldError(
            HoldReason.CANCELLED_AFTER_BOOKING,
            f"The order was cancelled in the shop after {invoice} was booked. The sale is still in "
            "the books.",
            f"Make a credit note (kreditnota) for {invoice} in Dinero, then: "
            "dinero-sync resolve ORDER --accept NOTE",
        )
    return HeldError(
        HoldReason.CHANGED_AFTER_BOOKING,
        f"The order was changed in the shop after {invoice} was booked, in its goods, amounts, "
        "voucher, country, zip code, VAT number or EAN: it is now "
        f"{order.total} {order.currency}. The books still say what was booked.",
        f"If the change is right, make a credit note (kreditnota) for {invoice} in Dinero and a "
        "new invoice by hand, then: dinero-sync resolve ORDER --accept NOTE",
    )
