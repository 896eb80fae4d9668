"""Delivering exactly what a plan says, or nothing: whatever changed since makes it stale."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.database import journal_id
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.sync.ladder.walk import Progress
from dinero_sync.sync.run.plan_file import PlanFile, PlannedOrder, planned_order
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.run.run import RunOptions, run
from dinero_sync.sync.work.rules_hash import rules_hash
from dinero_sync.sync.work.workplace import Workplace

# fmt: off
SHOWN = frozenset({
    "account", "amount", "balancing_account", "currency", "date", "deposit_account",
    "foreign_amount", "kind", "payment_type", "quantity", "rule", "unit_price", "vat_rate",
})
# fmt: on
"""What of two plans is told in full; all else may name a person."""
MOST_TOLD = 4
"""Differences of one order; more of them help nobody."""
ABSENT = "nothing"


class StalePlanError(UsageError):
    """Something changed since the plan was made; nothing was delivered (exit 2)."""


def apply_plan(place: Workplace, plan: PlanFile, progress: Progress | None = None) -> RunResult:
    """Deliver the orders of ``plan`` as it says, as a run for them alone does.

    A stale plan ends the run with StalePlanError in the result. Raises UsageError for a plan of
    another company, another journal, or another way of booking.
    """
    _refuse_other_books(place, plan)
    if not plan.orders:
        return ended(place, lambda _: None)
    options = RunOptions(order_ids=tuple(order.order_id for order in plan.orders))
    return run(place, options, progress, lambda work: _refuse_stale(place, plan, frozenset(work)))


def _refuse_other_books(place: Workplace, plan: PlanFile) -> None:
    booking, update = place.config.sync.booking, place.config.contacts.update
    if plan.organization_id != place.settings.organization_id:
        raise StalePlanError(
            spoken(
                "The plan is for company {organization_id}, and this configuration is for "
                "company {configured}. Nothing was delivered. Name the right "
                "configuration with -c.",
                organization_id=plan.organization_id,
                configured=place.settings.organization_id,
            )
        )
    if plan.journal is not None and plan.journal != journal_id(place.db):
        raise StalePlanError(
            spoken(
                "The plan was made with another state folder, or its journal was made anew "
                "since: what was delivered meanwhile can't be told. Nothing was delivered. "
                "Make a new plan: dinero-sync plan -o FILE"
            )
        )
    if (plan.booking, plan.update_contacts) != (booking, update):
        raise StalePlanError(
            spoken(
                "The plan was made with sync.booking: {booking} and contacts.update: "
                "{update_contacts}; the configuration now says {configured} and {update}. "
                "Nothing was delivered. Make a new plan: dinero-sync plan -o FILE",
                booking=plan.booking,
                update_contacts=plan.update_contacts,
                configured=booking,
                update=update,
            )
        )


def _refuse_stale(place: Workplace, plan: PlanFile, due: Collection[int]) -> None:
    """Compare each order of the plan with what would be delivered now."""
    stale = [
        spoken(
            "  #{number} (order id {order_id}): {what}",
            number=order.number,
            order_id=str(order.order_id),
            what=what,
        )
        for order in plan.orders
        if (what := _change(place, order, is_due=order.order_id in due))
    ]
    known = (orders.load(place.db, order.order_id) for order in plan.orders)
    if stale and not due and all(_is_delivered(each) for each in known):
        raise StalePlanError(
            spoken(
                "The plan is delivered already: all {orders} of its orders are booked. "
                "Nothing was done. See an order with: dinero-sync show ORDER",
                orders=len(plan.orders),
            )
        )
    if stale:
        raise _stale(place, plan, stale)


def _stale(place: Workplace, plan: PlanFile, orders_told: Sequence[str]) -> StalePlanError:
    rules = ""
    if plan.rules != rules_hash(place.settings):
        rules = spoken(
            "\nThe posting rules in the configuration were changed since the plan was made."
        )
    return StalePlanError(
        spoken(
            "The plan is stale: {differing} of its {orders} orders would be delivered "
            "differently now. Nothing was delivered.\n"
            "{listed}{rules}\n"
            "Make a new plan, and look at it: dinero-sync plan -o FILE",
            differing=len(orders_told),
            orders=len(plan.orders),
            listed=joined(*orders_told, between="\n"),
            rules=rules,
        )
    )


def _change(place: Workplace, then: PlannedOrder, *, is_due: bool) -> str:
    """Tell how an order stands otherwise than planned; empty when it doesn't."""
    record = orders.loaded(place.db, then.order_id)
    if not is_due:
        return _why_not_due(record)
    if record.rung.reached(Rung.BOOKED) and not then.booked:
        number = str(record.invoice_number)
        return spoken("its invoice was booked since, as number {number}", number=number)
    now = planned_order(record)
    if now.fingerprint == then.fingerprint:
        return _other_payment_day(then, now)
    found = list(islice(_differences(then.plan, now.plan), MOST_TOLD + 1))
    more = [spoken("and more")] if len(found) > MOST_TOLD else []
    return joined(*found[:MOST_TOLD], *more, between="; ")


def _is_delivered(record: OrderRecord | None) -> bool:
    """Tell whether an order is in the books, and none that a person has to look at."""
    if record is None or record.standing is Standing.HELD:
        return False
    return record.rung.reached(Rung.BOOKED)


def _why_not_due(record: OrderRecord) -> str:
    if _is_delivered(record):
        number = str(record.invoice_number)
        return spoken("was delivered since, as invoice {number}", number=number)
    return spoken(
        "isn't due any more; it is {standing} now ({reason})",
        standing=str(record.standing),
        reason=record.reason,
    )


def _other_payment_day(then: PlannedOrder, now: PlannedOrder) -> str:
    if then.payment_day == now.payment_day:
        return ""
    none = spoken("none")
    before, after = then.payment_day or none, now.payment_day or none
    return spoken("payment date: {before} → {after}", before=before, after=after)


def _differences(then: object, now: object, path: str = "") -> Iterator[str]:
    """Yield where two plans differ, with both values where they name nobody."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*then, *now]):
            inside = f"{path}.{key}".removeprefix(".")
            yield from _differences(then.get(key, ABSENT), now.get(key, ABSENT), inside)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for at, (before, after) in enumerate(zip(then, now, strict=True)):
            yield from _differences(before, after, f"{path}[{at}]")
    elif isinstance(then, list) and isinstance(now, list):
        yield spoken("{path}: {before} → {after} rows", path=path, before=len(then), after=len(now))
    elif then != now:
        shown = path.rpartition(".")[2] in SHOWN
        yield f"{path}: {then} → {now}" if shown else spoken("{path} differs", path=path)
