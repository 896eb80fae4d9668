"""What is posted in Dinero (posteringer), by whomever.

Dinero lists entries by days within one accounting year, unpaged. They are read a month at a time,
so that a year's books needn't be held in memory, and each list is proved: what is posted on a day
adds up to 0.00, as double entry has it. A list that doesn't was cut short, and isn't used.

Source: https://api.dinero.dk/openapi/index.html (``GET /v1/{organizationId}/entries``)
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from dinero_sync.dinero.answers import (
    Wire,
    amount_of,
    date_of,
    optional_guid_of,
    optional_number_of,
    text_of,
)
from dinero_sync.dinero.errors import UnintelligibleError
from dinero_sync.dinero.organisations import AccountingYear
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.domain.money import round_to_ore
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError

KINDS = {"primo": EntryKind.OPENING, "ultimo": EntryKind.CLOSING}
"""Dinero's words, in lower case, for what wasn't posted by anybody."""


def between(
    transport: Transport, years: Sequence[AccountingYear], first: date, last: date
) -> Iterator[Entry]:
    """Yield what was posted from ``first`` to ``last``, by months; the opening balance isn't in it.

    Nothing can be posted outside ``years``, the accounting years that there are. Raises
    TemporaryError where the list of a month is cut short, and before anything of it is yielded.
    """
    for year in years:
        for begins, ends in _months(max(first, year.first), min(last, year.last)):
            yield from _read(transport, begins, ends, with_opening=False)


def opening(transport: Transport, year: AccountingYear, until: date) -> Iterator[Entry]:
    """Yield what is carried into ``until``: ``year``'s opening balance and what was posted since.

    Raises TemporaryError as :func:`between` does.
    """
    for each in _read(transport, year.first, year.first, with_opening=True):
        if each.kind is EntryKind.OPENING or each.day < until:
            yield each
    yield from between(transport, [year], year.first + timedelta(1), until - timedelta(1))


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Cut a period into months; nothing where it ends before it begins."""
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(last, following - timedelta(days=1))
        first = following


def _read(transport: Transport, first: date, last: date, *, with_opening: bool) -> list[Entry]:
    query = {
        "fromDate": first.isoformat(),
        "toDate": last.isoformat(),
        "includePrimo": "true" if with_opening else "false",
    }
    found = transport.read_decoded("v1", "entries", query, entry)
    posted = [each for each in found if each.kind is EntryKind.POSTED]
    if not all(first <= each.day <= last for each in posted):
        raise UnintelligibleError(
            spoken(
                "Dinero's entries from {first} to {last} hold days outside of them. Nothing was "
                "reckoned with them; the next run tries again.",
                first=first,
                last=last,
            )
        )
    left = round_to_ore(sum((each.amount for each in posted), Decimal(0)))
    if left:
        raise TemporaryError(
            spoken(
                "Dinero's entries from {first} to {last} don't add up to 0.00: {left} is left, so "
                "the list was cut short. Nothing was reckoned with it; try again.",
                first=first,
                last=last,
                left=left,
            )
        )
    return found


def entry(wire: Wire) -> Entry:
    """Decode one entry of ``GET /v1/{org}/entries``."""
    return Entry(
        account=int(str(wire["AccountNumber"])),
        day=date_of(wire, "Date"),
        amount=amount_of(wire, "Amount"),
        kind=KINDS.get(text_of(wire, "Type").lower(), EntryKind.POSTED),
        voucher_number=optional_number_of(wire, "VoucherNumber"),
        voucher=optional_guid_of(wire, "VoucherGuid"),
        description=text_of(wire, "Description"),
        vat_code=text_of(wire, "VatCode") or None,
    )
