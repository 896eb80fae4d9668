"""Ledger items (finansbilag): added under our own identity, booked in Dinero's own time.

Booking is only begun by the call; :func:`states` tells when it is done, seconds or minutes later.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import cast
from uuid import UUID

from dinero_sync.dinero.answers import (
    Wire,
    decoded,
    object_of,
    optional_amount_of,
    optional_date_of,
    optional_number_of,
    parsed,
    text_of,
)
from dinero_sync.dinero.body import Bodies, Body, to_json
from dinero_sync.dinero.errors import NotFoundError, UnintelligibleError
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.documents import LedgerItem, LedgerLine, LedgerVoucher
from dinero_sync.domain.spoken import spoken
from dinero_sync.http_answers import Answer

NO_VAT = "none"
"""The word that keeps an account's own VAT code from a ledger item; ``null`` would take it."""


class ItemStatus(StrEnum):
    """How far a ledger item is, in Dinero's own words."""

    DRAFT = "Draft"
    PENDING = "PendingBooking"
    BOOKED = "Booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion:
    """A ledger item in the version that booking must name."""

    guid: UUID
    version: str | None
    """None where Dinero's answer leaves it out; :func:`states` tells it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """What Dinero says of one ledger item."""

    guid: UUID
    version: str | None
    status: ItemStatus | None
    """None where Dinero has another word: it is no draft then, and not known to be booked."""
    voucher_number: int | None
    """None until it is booked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One line of an unbooked ledger item, as Dinero holds it; the amount in kroner."""

    amount: Decimal | None
    account: int | None
    vat_code: str | None
    balancing_account: int | None
    balancing_vat_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """An unbooked ledger item as Dinero holds it."""

    guid: UUID
    version: str | None
    date: date | None
    lines: tuple[ItemLine, ...]
    file_guid: str | None
    """The document that is linked to it; None without one."""

    def says(self, item: LedgerItem | LedgerVoucher) -> bool:
        """Tell whether it is ``item``: the date, the amounts, the accounts, their VAT codes."""
        lines = tuple(
            ItemLine(
                amount=line.amount,
                account=line.account,
                vat_code=line.vat_code,
                balancing_account=line.balancing_account,
                balancing_vat_code=line.balancing_vat_code,
            )
            for line in _lines_of(item)
        )
        return (self.date, self.lines) == (item.date, lines)


def _lines_of(item: LedgerItem | LedgerVoucher) -> tuple[LedgerItem | LedgerLine, ...]:
    return item.lines if isinstance(item, LedgerVoucher) else (item,)


def add(item: LedgerItem | LedgerVoucher) -> Write[ItemVersion]:
    """Add an item to the ledger, unbooked; a positive amount debits the account of its line.

    AlreadyExistsError says that its identity is taken: read it back with :func:`unbooked`, or
    with :func:`states` when it is booked.
    """
    body = to_json([_item_body(item)])
    return Write("POST", "v1.2", "ledgeritems", body, partial(_kept, item), has_identity=True)


def replace(item: LedgerItem | LedgerVoucher, version: str | None) -> Write[ItemVersion]:
    """Make an unbooked item, as it was seen, say what ``item`` does, its document included.

    StaleTimestampError says that it changed.
    """
    body = to_json([{**_item_body(item), "Version": version}])
    return Write("PUT", "v1", "ledgeritems", body, partial(_kept, item))


def _item_body(item: LedgerItem | LedgerVoucher) -> Body:
    body: Body = {"Id": item.guid, "VoucherDate": item.date}
    if isinstance(item, LedgerVoucher) and item.file_guid is not None:
        body["FileGuid"] = item.file_guid
    return {**body, "Lines": list(map(_line_body, _lines_of(item)))}


def _kept(item: LedgerItem | LedgerVoucher, answer: Answer) -> ItemVersion:
    added = decoded(_version, _only(answer))
    if added.guid != item.guid:
        raise UnintelligibleError(
            spoken(
                "Dinero answered a ledger item (finansbilag) with another one's identity. It is "
                "read there before anything is tried again."
            )
        )
    return added


def unbooked(transport: Transport, guid: UUID) -> ItemRecord:
    """Read an item that isn't booked; raises NotFoundError when there is none."""
    listed = transport.ask("v1", "ledgeritems/ledgers", ledger_ids_body([guid]))
    for wire in listed:
        if text_of(wire, "Id").lower() == str(guid):
            return decoded(_record, wire)
    raise NotFoundError("no such unbooked ledger item")


def book(items: Iterable[ItemVersion]) -> Write[None]:
    """Begin to book items as they were seen, which can't be undone; :func:`states` tells the end.

    StaleTimestampError says that one of them changed.
    """
    body = to_json([{"Id": item.guid, "Version": item.version} for item in items])
    return Write("POST", "v1", "ledgeritems/book", body, nothing)


def delete(items: Iterable[ItemVersion]) -> Write[None]:
    """Delete items that aren't booked; their identities stay taken."""
    body = to_json([{"Id": item.guid, "Version": item.version} for item in items])
    return Write("DELETE", "v1", "ledgeritems/delete", body, nothing)


def states(transport: Transport, guids: Iterable[UUID]) -> Mapping[UUID, ItemState]:
    """Tell how far items are, by one call for all; one that Dinero doesn't tell of is left out.

    Raises NotFoundError when Dinero refuses the question because it doesn't know one of them.
    """
    listed = transport.ask("v1", "ledgeritems/status", ledger_ids_body(guids))
    found = [decoded(_state, wire) for wire in listed]
    return {state.guid: state for state in found}


def _line_body(line: LedgerItem | LedgerLine) -> Body:
    return {
        "Description": line.description,
        "Amount": line.amount,
        "AccountNumber": line.account,
        "AccountVatCode": line.vat_code or NO_VAT,
        "BalancingAccountNumber": line.balancing_account,
        "BalancingAccountVatCode": line.balancing_vat_code or NO_VAT,
    }


def ledger_ids_body(guids: Iterable[UUID]) -> Bodies:
    """Encode the questions about ledger items (``ledgers`` and ``status``)."""
    return [{"Id": guid} for guid in guids]


def _only(answer: Answer) -> Wire:
    """Return the one object of an answer; sources differ on whether it comes in a list."""
    body = parsed(answer)
    if isinstance(body, list) and len(body) == 1 and isinstance(body[0], Mapping):
        return cast("Wire", body[0])
    return object_of(answer)


def _version(wire: Wire) -> ItemVersion:
    return ItemVersion(guid=UUID(str(wire["Id"])), version=text_of(wire, "Version") or None)


def _state(wire: Wire) -> ItemState:
    status = _status(str(wire["Status"]))
    number = optional_number_of(wire, "VoucherNumber")
    return ItemState(
        guid=UUID(str(wire["Id"])),
        version=text_of(wire, "Version") or None,
        status=status,
        voucher_number=number if status is ItemStatus.BOOKED else None,
    )


def _status(word: str) -> ItemStatus | None:
    try:
        return ItemStatus(word)
    except ValueError:
        return None


def _record(wire: Wire) -> ItemRecord:
    return ItemRecord(
        guid=UUID(str(wire["Id"])),
        version=text_of(wire, "Version") or None,
        date=optional_date_of(wire, "VoucherDate"),
        lines=tuple(_line(line) for line in cast("list[Wire]", wire.get("Lines") or [])),
        file_guid=text_of(wire, "FileGuid") or None,
    )


def _line(wire: Wire) -> ItemLine:
    return ItemLine(
        amount=optional_amount_of(wire, "Amount"),
        account=optional_number_of(wire, "AccountNumber"),
        vat_code=_vat_code(wire, "AccountVatCode"),
        balancing_account=optional_number_of(wire, "BalancingAccountNumber"),
        balancing_vat_code=_vat_code(wire, "BalancingAccountVatCode"),
    )


def _vat_code(wire: Wire, name: str) -> str | None:
    code = text_of(wire, name)
    return None if code.lower() in {"", NO_VAT} else code
