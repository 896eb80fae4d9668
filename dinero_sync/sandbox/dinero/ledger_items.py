"""Ledger items (kassekladde): added as drafts, booked in the background."""

from collections.abc import Iterable
from http import HTTPStatus

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import LedgerItem
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.errors import LIMIT, Refusal, duplicate, invalid, stale, unfit
from dinero_sync.sandbox.dinero.invoices import read_day
from dinero_sync.sandbox.dinero.ledger import open_year
from dinero_sync.sandbox.dinero.ledger_booking import begin_booking, count_question
from dinero_sync.sandbox.dinero.ledger_item_rules import refuse_unfit
from dinero_sync.sandbox.dinero.purchases.rules import file_problems

LARGEST_LEDGER = 1000
DRAFT, BOOKED = "Draft", "Booked"


def add_items(call: Call) -> Answer:
    """``POST /v1.2/…/ledgeritems``: all of them or none; a known ``Id`` is refused with 409."""
    known = call.organisation.ledger_items
    items = [_from_fields(call, fields) for fields in call.body]
    guids = [item.guid for item in items]
    if len(set(guids)) < len(guids) or not known.keys().isdisjoint(guids):
        raise duplicate()
    refuse_unfit(call.organisation, call.body)
    _refuse_files(call)
    if len(_unbooked(call)) + len(items) > LARGEST_LEDGER:
        raise Refusal(f"A ledger holds at most {LARGEST_LEDGER} items.", code=LIMIT)
    known.update({item.guid: item for item in items})
    answers = [_version(item) for item in items]
    if call.sandbox.settings.ledger_add_answer == "first" and answers:
        return json_answer(answers[0])
    return json_answer(answers)


def update_items(call: Call) -> Answer:
    """``PUT /v1/…/ledgeritems``: replaces drafts as a whole."""
    _drafts(call)
    refuse_unfit(call.organisation, call.body)
    _refuse_files(call)
    items = [_from_fields(call, fields) for fields in call.body]
    call.organisation.ledger_items.update({item.guid: item for item in items})
    return json_answer([_version(item) for item in items])


def list_unbooked(call: Call) -> Answer:
    """``POST /v1/…/ledgeritems/ledgers``: the items not booked yet; with ids only those."""
    wanted = {same_guid(fields["Id"]) for fields in call.body}
    found = [item for item in _unbooked(call) if not wanted or item.guid in wanted]
    return json_answer([_read(item) for item in found])


def book_items(call: Call) -> Answer:
    """``POST /v1/…/ledgeritems/book``: begins; the status says when it is done."""
    items = _drafts(call)
    refuse_unfit(call.organisation, [item.fields for item in items])
    _refuse_taken_numbers(call, items)
    for item in items:
        open_year(call.organisation, item.date)
    for item in items:
        begin_booking(call.sandbox, item)
    return Answer(HTTPStatus.OK)


def item_status(call: Call) -> Answer:
    """``POST /v1/…/ledgeritems/status``: Draft, PendingBooking, or Booked with its number."""
    items = [_known(call, fields) for fields in call.body]
    for item in items:
        count_question(call.sandbox, call.organisation, item)
    return json_answer(
        [
            _version(item) | {"Status": item.status, "VoucherNumber": item.voucher_number}
            for item in items
        ]
    )


def delete_items(call: Call) -> Answer:
    """``DELETE /v1/…/ledgeritems/delete``: drafts only; their ids stay taken."""
    for item in _drafts(call):
        item.deleted = True
    return Answer(HTTPStatus.OK)


def _from_fields(call: Call, fields: Json) -> LedgerItem:
    return LedgerItem(
        guid=same_guid(fields["Id"]) if fields.get("Id") else new_guid(),
        fields={name: value for name, value in fields.items() if name not in {"Id", "Version"}},
        date=read_day(call, fields, "VoucherDate"),
        version=call.sandbox.new_timestamp(),
    )


def _unbooked(call: Call) -> list[LedgerItem]:
    items = call.organisation.ledger_items.values()
    return [item for item in items if item.status != BOOKED and not item.deleted]


def _known(call: Call, fields: Json) -> LedgerItem:
    item = call.organisation.ledger_items.get(same_guid(fields.get("Id") or ""))
    if item is None or item.deleted:
        message = "The ledger item was not found."
        raise Refusal(message, problems={"Id": message}, reason="ledgerItemNotFound")
    return item


def _drafts(call: Call) -> list[LedgerItem]:
    """Return the items that the body names; each must be a draft, and its version the newest."""
    items = [_known(call, fields) for fields in call.body]
    for item, fields in zip(items, call.body, strict=True):
        if item.status != DRAFT:
            raise Refusal("The ledger item is booked, or about to be.")
        if fields.get("Version") != item.version:
            raise stale()
    return items


def _refuse_files(call: Call) -> None:
    """Refuse items that name files that aren't there, or can't be linked yet."""
    problems = {
        f"[{index}].{name}": text
        for index, fields in enumerate(call.body)
        for name, text in file_problems(call, fields).items()
    }
    if problems:
        raise unfit(problems)


def _refuse_taken_numbers(call: Call, items: Iterable[LedgerItem]) -> None:
    taken = {item.voucher_number for item in call.organisation.ledger_items.values()} - {None}
    if any(item.fields.get("VoucherNumber") in taken for item in items):
        raise invalid("VoucherNumber", "The number is taken.")


def _version(item: LedgerItem) -> Json:
    return {"Id": item.guid, "Version": item.version}


def _read(item: LedgerItem) -> Json:
    return _version(item) | {
        "VoucherNumber": item.fields.get("VoucherNumber"),
        "VoucherDate": item.date.isoformat(),
        "FileGuid": item.fields.get("FileGuid"),
        "Lines": item.lines,
    }


HANDLERS: Handlers = {
    "AddLedgerItemsV12": add_items,
    "UpdateLedgerItems": update_items,
    "ListLedgerDrafts": list_unbooked,
    "BookLedgerItems": book_items,
    "LedgerItemStatus": item_status,
    "DeleteLedgerItems": delete_items,
}
