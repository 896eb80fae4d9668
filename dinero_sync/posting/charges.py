"""What an order charges for: each line and the freight, its price after the voucher, its VAT rate.

A voucher is a discount, which takes its share off every line, or a gift card that is used, which
pays and takes off nothing.
"""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.unread import UnreadError
from dinero_sync.posting.matching import any_glob
from dinero_sync.posting.product_facts import Products, kind_of
from dinero_sync.posting.settings import GiftCardKind, LineKind, PostingSettings
from dinero_sync.posting.vat import Rates, TakenOut, nothing_taken_out, vat_rates
from dinero_sync.posting.voucher import Reduced, reduce_by_voucher, unreduced


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One thing that the customer pays for. Amounts are what the customer pays."""

    kind: LineKind
    line: OrderLine | None
    """None for the freight."""
    position: int
    """The place of the order line, from 1; after the last one for the freight."""
    normal: Decimal
    """Before the voucher."""
    amount: Decimal
    rate: Decimal
    """The VAT rate in percent that the shop charged."""


def charges_of(
    order: Order,
    settings: PostingSettings,
    products: Products,
    is_taken_out: TakenOut = nothing_taken_out,
) -> list[Charge]:
    """List what the order charges for; lines without pieces and free freight are left out.

    ``is_taken_out`` is asked where the order's VAT isn't that of all its lines. Raises HeldError
    for a VAT rate that can't be told, for a line of broken øre, and for a gift card that can't be
    accounted for.
    """
    reduced, rates = _prices(order, settings, is_taken_out)
    charges = [
        Charge(
            kind=kind_of(line, settings, products) if line.amount else LineKind.PRODUCT,
            line=line,
            position=position,
            normal=line.amount,
            amount=amount,
            rate=rate,
        )
        for position, (line, amount, rate) in enumerate(
            zip(order.lines, reduced.lines, rates.lines, strict=True), start=1
        )
        if line.quantity
    ]
    if reduced.shipping:
        charges.append(
            Charge(
                kind=LineKind.SHIPPING,
                line=None,
                position=len(order.lines) + 1,
                normal=order.shipping_price,
                amount=reduced.shipping,
                rate=rates.shipping,
            )
        )
    return charges


def pays_with_gift_card(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the order's voucher is a gift card that is used, by its code."""
    cards = settings.gift_cards
    return (
        cards is not None
        and bool(cards.voucher_codes)
        and order.voucher_amount > 0
        and any_glob(cards.voucher_codes, order.voucher_code)
    )


def _prices(
    order: Order, settings: PostingSettings, is_taken_out: TakenOut
) -> tuple[Reduced, Rates]:
    discounted = reduce_by_voucher(order)
    if not pays_with_gift_card(order, settings):
        return discounted, vat_rates(order, discounted.lines, discounted.shipping, is_taken_out)
    if settings.gift_cards and settings.gift_cards.kind is GiftCardKind.MULTI_PURPOSE:
        raise _multi_purpose_card_used(order)
    whole = unreduced(order)
    try:
        return whole, vat_rates(order, whole.lines, whole.shipping, is_taken_out)
    except UnreadError:
        raise
    except HeldError:  # the shop itself may reckon the card as a discount
        return whole, vat_rates(order, discounted.lines, discounted.shipping, is_taken_out)


def _multi_purpose_card_used(order: Order) -> HeldError:
    return HeldError(
        HoldReason.GIFT_CARD_USED,
        f"The order was paid with a gift card (gavekort til flere formål) for "
        f"{order.voucher_amount}. That is a payment from the debt to the card's holder, not a "
        "discount, and this version doesn't register it. Nothing is booked.",
        "Make the invoice in Dinero by hand, in full, and settle the card's part against the gift "
        "card account. Then: dinero-sync adopt ORDER",
    )
