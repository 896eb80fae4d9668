"""What came of orders after their sale and waits for money: refunds, payments of later invoices."""

from dataclasses import replace
from decimal import Decimal

from dinero_sync.config.choices import Refunds
from dinero_sync.domain.hold import OpenReason
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Rung
from dinero_sync.journal.money import went_back
from dinero_sync.journal.money.chargebacks import open_chargebacks
from dinero_sync.sync.work.workplace import Workplace

NOTHING = Decimal(0)


def refunds_told(place: Workplace) -> frozenset[int]:
    """Return the accounts whose refunds wait until a settlement file tells of them."""
    if place.config.credits.refund is not Refunds.WITH_PAYOUT or place.payouts is None:
        return frozenset()
    return place.payouts.telling_accounts()


def no_longer_awaited(place: Workplace) -> list[OrderRecord]:
    """Return the chains whose refund, or whose invoice's payment, may be registered by now."""
    waiting = orders.later_waiting_for(place.db, OpenReason.AWAITING_PAYMENT)
    paid = (each for each in waiting if each.paid_on is not None)
    return [*paid, *_told_refunds(place)]


def _told_refunds(place: Workplace) -> list[OrderRecord]:
    """Return the credit notes whose refund waited, and may be registered by now.

    A settlement file told of it, nothing tells of it any more by the configuration, or it is time
    to look whether a person registered it in Dinero.
    """
    found = []
    now, is_told = place.clock.now(), bool(refunds_told(place))
    for each in orders.later_waiting_for(place.db, OpenReason.AWAITING_REFUND):
        if not is_told or orders.look_is_due(each, now) or _may_be_told(place, each):
            looked = each.having(replace(each.current, looks=each.looks + 1))
            orders.save(place.db, looked, each)
            found.append(looked)
    return found


def _may_be_told(place: Workplace, record: OrderRecord) -> bool:
    """Tell whether files and chargebacks say that as much went back as was credited by now."""
    chains = orders.chains(place.db, record.order_id)
    made = (each for each in chains if each.rung is Rung.PAID or each.chain == record.chain)
    credited = sum((each.credit.told_of_refund for each in made if each.credit), NOTHING)
    rows = went_back.of_order(place.db, record.order_id)
    told = sum((each.amount for each in rows if each.kind == went_back.REFUND), NOTHING)
    taken = sum((each.amount for each in open_chargebacks(chains)), NOTHING)
    return told + taken >= credited
