"""Orders by the numbers that their customers see, which the shop can't be asked by."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, time

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.errors import UsageError
from dinero_sync.shoporama.reader import OrderWithoutIdError, Peek, peek
from dinero_sync.sync.work.settings import reader_settings
from dinero_sync.sync.work.workplace import Workplace


def ids_of_numbers(place: Workplace, numbers: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield each number with its order's id, from the list of what changed since the start date.

    Costs calls to the shop where there are numbers: a page of orders each, until all are found.
    Raises UsageError for numbers that the list lacks, and TemporaryError.
    """
    missing = set(numbers)
    for seen in _listed(place) if missing else ():
        if seen.number in missing:
            missing.remove(seen.number)
            yield seen.number, seen.order_id
        if not missing:
            return
    if missing:
        listed = ", ".join(f"#{each}" for each in sorted(missing))
        raise UsageError(
            f"The shop lists no order {listed} that changed since sync.start_date "
            f"({place.settings.start_date}). Check the number; or give Shoporama's order id."
        )


def _listed(place: Workplace) -> Iterator[Peek]:
    reader = reader_settings(place.config)
    since = datetime.combine(place.settings.start_date, time.min, COPENHAGEN)
    for page in place.shop.order_pages(since, reader.zone):
        for raw in page.items:
            with suppress(OrderWithoutIdError):  # told of by a run
                yield peek(raw, reader)
