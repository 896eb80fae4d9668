"""What a multi-purpose gift card paid: a payment of the invoice, and the debt that it settles.

The payment comes first: until the ledger item moves it to the debt, it stands on the deposit
account for gift cards that are used, where `clearing` shows it.
"""

from dinero_sync.dinero.errors import RejectedError
from dinero_sync.domain.documents import GiftCardUse
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.payment import register
from dinero_sync.sync.ladder.sale_items import Items
from dinero_sync.sync.ladder.step import Climb, Step


def pay_by_card(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register what a card paid; raises HeldError as for any payment."""
    use = _use(record)
    return register(climb, record, EffectKind.GIFT_CARD_PAYMENT, use.payment, use.item.date)


def _use(record: OrderRecord) -> GiftCardUse:
    plan = record.credit or record.plan
    use = None if plan is None else plan.gift_card
    if use is None:
        raise LookupError(f"order {record.order_id} has a gift card to register and none planned")
    return use


def refused_invoice_of_nothing(record: OrderRecord, error: RejectedError) -> Hold | None:
    """Say what is done where Dinero takes no invoice of 0.00; None for any other refusal.

    Such is the invoice of an order that a single-purpose card paid in full: its lines and the card
    even out.
    """
    invoice = record.invoice
    if record.plan is None or invoice is None or invoice.total or record.rung.reached(Rung.BOOKED):
        return None
    sold = next(line for line in invoice.lines if line.amount > 0)
    card = next(line for line in invoice.lines if line.amount < 0)
    held = HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER,
        "single_purpose",
        (
            sentence(
                "move_to_sales",
                amount=-card.amount,
                currency=invoice.currency,
                account=card.account,
                sales=sold.account,
            ),
            command("adopt", ORDER),
        ),
        error=str(error),
    )
    return held.hold


def _not_booked() -> HeldError:
    return HeldError(
        HoldReason.GIFT_CARD_NOT_BOOKED,
        "",
        (sentence("book_item"), command("retry", ORDER)),
    )


def _differs() -> HeldError:
    return HeldError(
        HoldReason.GIFT_CARD_DIFFERS,
        "",
        (sentence("book_or_correct_item"), command("retry", ORDER)),
    )


STEPS = (
    Step(kind=DocumentKind.GIFT_CARD_PAYMENT, at=Rung.PLANNED, take=pay_by_card),
    *Items(
        document=DocumentKind.GIFT_CARD,
        of=lambda record: (_use(record).item,),
        added=EffectKind.GIFT_CARD,
        booked=EffectKind.BOOK_GIFT_CARD,
        called="gift_card",
        differs=_differs,
        not_booked=_not_booked,
    ).steps(),
)
"""The ladder of a gift card that was used, and of what a credit note gives back to one."""
