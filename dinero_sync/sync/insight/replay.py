"""``rules replay``: what the present rules would do to orders that are booked already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind, Plan
from dinero_sync.domain.hold import Hold
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Sentence, sentence
from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.insight.comparison import Change, changes_between
from dinero_sync.posting.insight.totals import AccountTotal, account_totals
from dinero_sync.sync.insight.unread_products import OF_CATALOGUE
from dinero_sync.sync.intake.changes import says_the_same
from dinero_sync.sync.intake.remembered import Memory, NeverRead, Recalled


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What the present rules make of one booked order."""

    record: OrderRecord
    changes: tuple[Change, ...] = ()
    day: date | None = None
    """The day that its invoice would bear, where it is another."""
    buyer: BuyerKind | None = None
    """What the buyer would count as, where that or the number that names it is another."""
    hold: Hold | None = None
    """Why it would be held."""
    left_out: Sentence | None = None
    """Why it can't be replayed: of ``texts/screens``."""
    next_step: Sentence | None = None
    """How it can be replayed after all, or what else tells the same."""
    now: Plan | None = None

    @property
    def differs(self) -> bool:
        """Tell whether it would be booked otherwise."""
        return bool(self.changes or self.day or self.buyer)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalChange:
    """What an account takes of the replayed orders, then and now, with VAT."""

    currency: str
    account: int
    name: str
    vat_code: str | None
    then: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What the present rules would do to all orders booked since a day."""

    orders: tuple[Replayed, ...]
    """Every one, in the order of their days."""
    totals: tuple[TotalChange, ...]
    """Of the orders that would be booked then and now."""


def replay_since(memory: Memory, since: date) -> Replay:
    """Replay the orders booked for a Copenhagen day from ``since`` on; writes nothing.

    The catalogue, the chart and what VIES said are taken as they were last read; towards the
    threshold for distance sales count those booked before. Raises UsageError where Dinero was
    never read.
    """
    if memory.chart is None:
        raise UsageError(
            spoken(
                "Dinero's chart of accounts was never read here, so there is nothing to replay. "
                "See what is known: dinero-sync status"
            )
        )
    chart = memory.chart
    booked = orders.booked_between(memory.db, since, date.max)
    replayed = tuple(_replayed(memory, record, chart, since) for record in booked)
    both = [(each.record.plan, each.now) for each in replayed]
    pairs = [(then, now) for then, now in both if then is not None and now is not None]
    then = account_totals((then for then, _ in pairs), chart)
    now = account_totals((now for _, now in pairs), chart)
    return Replay(orders=replayed, totals=_side_by_side(then, now))


def _replayed(memory: Memory, record: OrderRecord, chart: Chart, since: date) -> Replayed:
    if record.plan is None:
        return Replayed(record=record, left_out=sentence("rules.left_out.removed"))
    recalled = memory.decide(record)
    left_out, next_step = _left_out(record, recalled, since)
    if left_out:
        return Replayed(record=record, left_out=left_out, next_step=next_step)
    hold = recalled.decision.hold
    now = None if hold else recalled.decision.plan
    changes = changes_between(record.plan, now, chart) if now is not None else ()
    other_day = now is not None and now.invoice.date != record.plan.invoice.date
    return Replayed(
        record=record,
        changes=changes,
        day=now.invoice.date if now and other_day else None,
        buyer=now.contact.kind if now and _debtor(now) != _debtor(record.plan) else None,
        hold=hold,
        now=now,
    )


def _debtor(plan: Plan) -> tuple[BuyerKind, str | None, str | None]:
    """Return what a buyer counts as, and the numbers by which the sale is reported or sent."""
    contact = plan.contact
    return contact.kind, contact.vat_number, contact.ean


def _left_out(
    record: OrderRecord, recalled: Recalled, since: date
) -> tuple[Sentence | None, Sentence | None]:
    """Say why an order can't be replayed, and how it can after all; None where it can."""
    order, decision, never_read = recalled.order, recalled.decision, recalled.never_read
    if order is None and decision.hold is None:
        return sentence("rules.left_out.removed"), None
    if order is not None and not says_the_same(order, record.content):
        return sentence("rules.left_out.changed"), None
    if never_read is not None:
        return _never_read(never_read, since)
    if decision.unread is not None:
        listed = sentence("rules.left_out.list_unread", listed=decision.unread.listed)
        if decision.unread.listed in OF_CATALOGUE:
            return listed, _how_catalogue_is_read(since)
        return listed, sentence("rules.left_out.how_list_is_read")
    return None, None


def _never_read(what: NeverRead, since: date) -> tuple[Sentence, Sentence]:
    if what.vat_number:
        return sentence("rules.left_out.vat_number_unread"), sentence(
            "rules.left_out.how_vies_is_asked"
        )
    unread = sentence(
        "rules.left_out.products_unread", count=len(what.products), products=what.products
    )
    return unread, _how_catalogue_is_read(since)


def _how_catalogue_is_read(since: date) -> Sentence:
    return sentence("rules.left_out.how_catalogue_is_read", since=since.isoformat())


def _side_by_side(
    then: Iterable[AccountTotal], now: Iterable[AccountTotal]
) -> tuple[TotalChange, ...]:
    before = {(each.currency, each.account, each.vat_code or ""): each for each in then}
    after = {(each.currency, each.account, each.vat_code or ""): each for each in now}
    found = {**before, **after}
    return tuple(
        TotalChange(
            currency=found[key].currency,
            account=found[key].account,
            name=found[key].name,
            vat_code=found[key].vat_code,
            then=before[key].gross if key in before else Decimal(0),
            now=after[key].gross if key in after else Decimal(0),
        )
        for key in sorted(found)
    )
