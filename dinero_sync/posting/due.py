"""Whether an order must be transferred, and the day it counts from.

The fence: an order belongs to us when the day of its trigger is the start date or later. Orders
that straddle the start date may be in the books by other means and wait for a person.
"""

from dataclasses import dataclass
from datetime import date, datetime

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.domain.step import ORDER, Steps, command, sentence
from dinero_sync.posting.settings import Trigger

LOOK_IN_DINERO: Steps = (
    sentence("look_in_dinero"),
    command("adopt", ORDER),
    sentence("if_it_is_not_there"),
    command("adopt", ORDER),
)


@dataclass(frozen=True, slots=True)
class Due:
    """The order must become an invoice, dated this day (Copenhagen)."""

    day: date


@dataclass(frozen=True, slots=True)
class NotYet:
    """The order may become due later; it is looked at again."""

    reason: OpenReason


@dataclass(frozen=True, slots=True)
class Never:
    """The order doesn't become an invoice as it is now."""

    reason: SkipReason


Judgement = Due | NotYet | Never


def judge(
    order: Order, trigger: Trigger, start_date: date, *, seen_undue: bool, today: date
) -> Judgement:
    """Decide whether ``order`` is due. ``seen_undue``: an earlier run saw it before its trigger.

    Raises HeldError where only a person can tell.
    """
    if order.status is OrderStatus.CANCELLED:
        return Never(SkipReason.CANCELLED)
    _refuse_straddling(order, start_date)
    happened = order.paid if trigger is Trigger.PAID else order.shipped
    told = order.paid_at if trigger is Trigger.PAID else order.shipped_at
    old = order.changed_told and accounting_date(order.changed) < start_date
    if old and not (happened and told):
        return Never(SkipReason.BEFORE_START)
    if not happened:
        return NotYet(OpenReason.UNPAID if trigger is Trigger.PAID else OpenReason.UNSHIPPED)
    _refuse_untold_day(order, trigger, start_date)
    day = day_of(order, trigger, seen_undue=seen_undue)
    if day > today:
        raise _day_to_come(day)
    return Due(day) if day >= start_date else Never(SkipReason.BEFORE_START)


def day_of(order: Order, trigger: Trigger, *, seen_undue: bool) -> date:
    """Return the day that the invoice bears: the trigger's, as told or as far as can be told.

    For an order whose trigger hasn't happened that is the day of its last change.
    """
    is_paid = trigger is Trigger.PAID
    told = order.paid_at if is_paid else order.shipped_at
    created = accounting_date(order.created)
    if told is not None:
        return max(accounting_date(told), created)
    seen_paid = is_paid and order.paid and not seen_undue
    return created if seen_paid else accounting_date(order.changed)


def _refuse_untold_day(order: Order, trigger: Trigger, start_date: date) -> None:
    told = order.paid_at if trigger is Trigger.PAID else order.shipped_at
    if told is None and accounting_date(order.created) < start_date:
        raise HeldError(
            HoldReason.TRIGGER_DAY_UNKNOWN,
            "not_told",
            LOOK_IN_DINERO,
            trigger=trigger,
            start_date=start_date,
        )


def _refuse_straddling(order: Order, start_date: date) -> None:
    days = [_day(order.created), _day(order.paid_at), _day(order.shipped_at)]
    before = any(day < start_date for day in days[:2] if day)
    after = any(day >= start_date for day in days[1:] if day)
    if before and after:
        raise HeldError(
            HoldReason.STRADDLES_START,
            "",
            LOOK_IN_DINERO,
            start_date=start_date,
        )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else accounting_date(moment)


def _day_to_come(day: date) -> HeldError:
    return HeldError(
        HoldReason.TRIGGER_DAY_UNKNOWN,
        "to_come",
        (sentence("check_time"), command("retry", ORDER)),
        day=day,
    )
