"""Whether Dinero is to send an invoice to the buyer, and how."""

from dinero_sync.domain.documents import BuyerKind, Sending
from dinero_sync.posting.matching import any_name, any_of
from dinero_sync.posting.sale import Sale
from dinero_sync.posting.settings import SendCondition


def sending_of(sale: Sale) -> Sending | None:
    """Return how the first rule that takes the order sends its invoice; None when none does.

    A rule by e-mail takes no order without an e-mail address, one by e-invoice only public buyers.
    """
    ways = (rule.by for rule in sale.settings.sending if _takes(rule.when, sale))
    return next((way for way in ways if _can_go(way, sale)), None)


def _can_go(way: Sending, sale: Sale) -> bool:
    if way is Sending.EMAIL:
        return bool(sale.order.email.strip())
    return sale.buyer is BuyerKind.PUBLIC


def _takes(when: SendCondition, sale: Sale) -> bool:
    return (
        any_of(when.zone, sale.zone)
        and any_of(when.country, sale.order.delivery.country)
        and any_of(when.buyer, sale.buyer)
        and any_name(when.payment_type, sale.payment_type.name if sale.payment_type else "")
    )
