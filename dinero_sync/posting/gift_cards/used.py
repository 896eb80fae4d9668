"""Orders that a gift card (gavekort) paid, in part or in full.

The VAT of a multi-purpose card (til flere formål) falls due when it is used: the invoice says the
full price, and the card is a payment of it, as money is (momsloven § 4 b). That payment is
registered on a deposit account of its own, from which a ledger item moves it to the debt to those
who hold cards: Dinero registers no payment on an account of debt.

The VAT of a single-purpose card (til ét formål) was paid when it was sold: the card is a negative
line of the invoice, with that VAT (momsloven § 4 a).
"""

from collections.abc import Iterable
from datetime import date

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.documents import GiftCardUse, LedgerItem, Payment
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import gift_card_guid, gift_card_payment_reference
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.plain_text import plain_text
from dinero_sync.domain.step import ORDER, Yaml, command, sentence
from dinero_sync.posting.charges import card_used
from dinero_sync.posting.payments import GIFT_CARD, deposit_to_paste
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import GiftCards, LineKind


def refuse_unregistrable(sale: Sale) -> None:
    """Hold an order paid with a multi-purpose card whose payment can't be registered.

    That is: no account is named for it, or the order is in another currency, in which nothing tells
    how many kroner of the debt the card settles. Raises HeldError.
    """
    cards = _multi_purpose(sale)
    if cards is None:
        return
    if sale.order.currency != KRONER:
        raise HeldError(
            HoldReason.GIFT_CARD_USED,
            "other_currency",
            (sentence("settle_other_currency_by_hand"), command("adopt", ORDER)),
            paid=sale.order.voucher_amount,
            currency=sale.order.currency,
        )
    if cards.redeemed_account is None:
        raise _no_account(sale)


def use_of(sale: Sale, day: date) -> GiftCardUse | None:
    """Plan what a multi-purpose card paid, dated as the invoice; None where none did.

    The card is used with the order, whenever the rest of it is paid.
    """
    cards, order = _multi_purpose(sale), sale.order
    if cards is None or cards.redeemed_account is None:
        return None
    text = f"Gavekort {plain_text(order.voucher_code)}, ordre {order.number}"
    payment = Payment(
        reference=gift_card_payment_reference(order.order_id),
        deposit_account=cards.redeemed_account,
        amount=order.voucher_amount,
        description=text,
    )
    item = LedgerItem(
        guid=gift_card_guid(sale.settings.organization_id, order.order_id),
        date=day,
        description=text,
        amount=order.voucher_amount,
        account=cards.account,
        vat_code=None,
        balancing_account=cards.redeemed_account,
        balancing_vat_code=None,
    )
    return GiftCardUse(payment=payment, item=item)


def _multi_purpose(sale: Sale) -> GiftCards | None:
    """Return how cards are treated, where a multi-purpose one paid."""
    cards = card_used(sale.order, sale.settings)
    return cards if cards is not None and cards.is_multi_purpose else None


def _no_account(sale: Sale) -> HeldError:
    all_of_it = sale.order.total == 0
    to_paste = (
        sentence("say_redeemed_account"),
        Yaml(
            "posting:\n  gift_cards:\n    redeemed_account: ",
            deposit_to_paste(GIFT_CARD, "", sale.chart),
            "\n",
        ),
    )
    by_hand = sentence("settle_all_by_hand") if all_of_it else sentence("settle_part_by_hand")
    return HeldError(
        HoldReason.ZERO_TOTAL_WITH_VOUCHER if all_of_it else HoldReason.GIFT_CARD_USED,
        "multi_purpose",
        (*to_paste, by_hand, command("adopt", ORDER)),
        paid=sale.order.voucher_amount,
    )


def refuse_card_on_other_vat(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold an order paid with a single-purpose card unless all of it bears Danish VAT of 25 %.

    The card's VAT of 25 % was paid when it was sold (momsloven § 4 a), so it pays goods that bear
    just that.
    Gift cards that the order sells are no goods yet, and don't matter. Raises HeldError.
    """
    bought = [each for each in posted if each.charge.kind is not LineKind.GIFT_CARD]
    cards = card_used(sale.order, sale.settings)
    if (
        cards is None
        or cards.is_multi_purpose
        or all(each.posting.vat_rate == DANISH_VAT for each in bought)
    ):
        return
    raise HeldError(
        HoldReason.GIFT_CARD_USED,
        "single_purpose",
        (sentence("invoice_by_hand"), command("adopt", ORDER)),
        paid=sale.order.voucher_amount,
    )
