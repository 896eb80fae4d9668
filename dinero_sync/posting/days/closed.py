"""Days that are closed: the VAT return of their period was sent in.

What is posted there afterwards makes the books say something else than the return said, which then
has to be corrected (efterangivelse); what is moved out of it is in the wrong return. That is for a
person to choose, each time: no document is dated otherwise by itself. True of every kind of
document, be it made of an order, a payout or a bill.
"""

from collections.abc import Collection
from datetime import date, timedelta

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence

CHOOSE = "--date"
"""The option of ``retry`` by which a person chooses."""
ONE_DAY = timedelta(days=1)


def is_closed(day: date, closed_until: date | None, chosen: Collection[date] = ()) -> bool:
    """Tell whether nothing may be dated ``day``, which a person hasn't chosen all the same."""
    return closed_until is not None and day <= closed_until and day not in chosen


def refuse_closed(
    what: str, day: date, closed_until: date | None, chosen: Collection[date] = ()
) -> None:
    """Hold a document that would be dated on a closed day; ``what`` names its kind in the texts.

    ``chosen`` are the days that a person chose for its subject. Raises HeldError.
    """
    if closed_until is None or not is_closed(day, closed_until, chosen):
        return
    raise HeldError(
        HoldReason.PERIOD_CLOSED,
        what,
        (
            sentence("choose_own_day", day=day),
            command("retry", ORDER, CHOOSE, day.isoformat()),
            sentence("or_choose_open_day"),
            command("retry", ORDER, CHOOSE, first_open_day(closed_until).isoformat()),
        ),
        day=day,
        closed_until=closed_until,
    )


def first_open_day(closed_until: date) -> date:
    """Return the day after the last closed one."""
    return closed_until + ONE_DAY
