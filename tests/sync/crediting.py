"""A person who credits orders, as ``dinero-sync credit`` does."""

from business import Business, Finished
from shop import ORDER_ID

from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.workplace import Workplace

WAYS = {"everything", "amount", "goods", "freight"}


def credit(business: Business, order_id: int = ORDER_ID, **options: object) -> Finished:
    """Credit an order in one of the ``WAYS``; what else is given are the command's options."""
    wanted = Wanted(**{name: options.pop(name) for name in list(options) if name in WAYS})  # type: ignore[arg-type]
    chosen = CreditOptions(wanted=wanted, reason="Retur", **options)  # type: ignore[arg-type]

    def work(place: Workplace) -> RunResult:
        found = decide_credit(place, business.order(order_id), chosen)
        return make_credit(place, found, chosen.reason)

    return business.do(work)
