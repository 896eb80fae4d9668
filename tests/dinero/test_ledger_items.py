"""Ledger items: exact requests, answers in either form, and booking that takes its time."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import requests
import responses
from dinero_samples import (
    ITEM_GUID,
    a_ledger_item,
    a_session,
    error_body,
    read_as_dinero_does,
    send,
    sent,
    url,
)

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.body import to_json
from dinero_sync.dinero.errors import (
    AlreadyExistsError,
    InDoubtError,
    NotFoundError,
    RejectedError,
    StaleTimestampError,
    UnintelligibleError,
)
from dinero_sync.dinero.ledger_items import ItemStatus, ItemVersion
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.documents import LedgerLine, LedgerVoucher
from dinero_sync.errors import TemporaryError

OTHER_GUID = UUID(int=7)
VERSION = "00000000020A5EA8"
SEEN = ItemVersion(guid=ITEM_GUID, version=VERSION)
MARGIN = a_ledger_item()
PAYOUT = LedgerVoucher(
    guid=ITEM_GUID,
    date=date(2026, 12, 9),
    lines=tuple(
        LedgerLine(
            description=f"{what} stripe po_1",
            amount=amount,
            account=account,
            vat_code=None,
            balancing_account=55080,
            balancing_vat_code=None,
        )
        for what, amount, account in (
            ("Udbetaling", Decimal("97.75"), 55000),
            ("Gebyr", Decimal("2.25"), 7420),
        )
    ),
)
ADD = url("ledgeritems", "v1.2")
UNBOOKED = url("ledgeritems/ledgers")
BOOK = url("ledgeritems/book")
STATUS = url("ledgeritems/status")
ADDED = {"Id": str(ITEM_GUID), "Version": VERSION}


def transport() -> Transport:
    return a_session()


def item_wire(**line: object) -> dict[str, Any]:
    """Return the item as Dinero lists it unbooked, with fields of its line replaced."""
    held = {
        "Id": str(OTHER_GUID),
        "Description": "Fortjeneste, ordre 10427",
        "Amount": 850.5,
        "AccountNumber": 1051,
        "AccountVatCode": "none",
        "BalancingAccountNumber": 1052,
        "BalancingAccountVatCode": "U25",
        "IsPaymentForVoucherId": None,
    }
    return {**ADDED, "VoucherDate": "2026-12-08", "Lines": [{**held, **line}]}


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("AddLedgerItemsV12", ledger_items.add(MARGIN).body),
        ("AddLedgerItemsV12", ledger_items.add(a_ledger_item(vat_code="U25")).body),
        ("AddLedgerItemsV12", ledger_items.add(PAYOUT).body),
        ("UpdateLedgerItems", ledger_items.replace(PAYOUT, VERSION).body),
        ("DeleteLedgerItems", ledger_items.delete([SEEN]).body),
        ("ListLedgerDrafts", to_json(ledger_items.ledger_ids_body([ITEM_GUID]))),
        (
            "BookLedgerItems",
            ledger_items.book([SEEN, ItemVersion(guid=OTHER_GUID, version=None)]).body,
        ),
        ("LedgerItemStatus", to_json(ledger_items.ledger_ids_body([ITEM_GUID, OTHER_GUID]))),
    ],
)
def test_every_body_fits_dineros_own_description_and_loses_nothing(
    operation: str, body: str
) -> None:
    reading = read_as_dinero_does(operation, body)

    assert (reading.problems, reading.complaints) == ({}, [])


@responses.activate
def test_an_item_is_added_under_our_own_identity_and_says_where_no_vat_is_wanted() -> None:
    responses.post(ADD, json=[ADDED])

    assert send(transport(), ledger_items.add(MARGIN)) == ItemVersion(
        guid=ITEM_GUID, version=VERSION
    )
    assert sent() == [
        {
            "Id": str(ITEM_GUID),
            "VoucherDate": "2026-12-08",
            "Lines": [
                {
                    "Description": "Fortjeneste, ordre 10427",
                    "Amount": Decimal("850.5"),
                    "AccountNumber": 1051,
                    "AccountVatCode": "none",
                    "BalancingAccountNumber": 1052,
                    "BalancingAccountVatCode": "U25",
                }
            ],
        }
    ]


@pytest.mark.parametrize("answer", [ADDED, [ADDED]], ids=["one object", "a list"])
@responses.activate
def test_the_answer_to_a_new_item_may_be_one_object_or_a_list(answer: object) -> None:
    responses.post(ADD, json=answer)

    assert send(transport(), ledger_items.add(MARGIN)).version == VERSION


@responses.activate
def test_a_version_that_the_answer_leaves_out_is_not_invented() -> None:
    responses.post(ADD, json={"Id": str(ITEM_GUID).upper(), "Version": None})

    assert send(transport(), ledger_items.add(MARGIN)) == ItemVersion(guid=ITEM_GUID, version=None)


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "{}", "null", "<html></html>", '[{"Id": "x"}]', "[1]", f'{{"Id": "{OTHER_GUID}"}}'],
)
@responses.activate
def test_an_answer_that_does_not_name_our_item_leaves_it_in_doubt(answer: str) -> None:
    responses.post(ADD, body=answer)

    with pytest.raises(InDoubtError):
        send(transport(), ledger_items.add(MARGIN))


@responses.activate
def test_an_item_is_never_added_twice() -> None:
    responses.post(ADD, json=error_body(72), status=409)

    with pytest.raises(AlreadyExistsError):
        send(transport(), ledger_items.add(MARGIN))


@responses.activate
def test_an_item_whose_answer_was_lost_is_sent_again_and_found_to_be_there() -> None:
    responses.post(ADD, body=requests.exceptions.ReadTimeout())
    responses.post(ADD, json=error_body(72), status=409)

    with pytest.raises(AlreadyExistsError):
        send(transport(), ledger_items.add(MARGIN))

    assert len(responses.calls) == 2


@responses.activate
def test_a_draft_is_replaced_in_the_version_that_was_seen() -> None:
    responses.put(url("ledgeritems"), json=[{**ADDED, "Version": "2"}])

    assert send(transport(), ledger_items.replace(MARGIN, VERSION)).version == "2"
    (body,) = sent()
    assert (body["Id"], body["Version"]) == (str(ITEM_GUID), VERSION)
    assert len(body["Lines"]) == 1


@responses.activate
def test_an_account_that_dinero_lacks_is_a_refusal() -> None:
    responses.post(ADD, json=error_body(42), status=400)

    with pytest.raises(RejectedError) as caught:
        send(transport(), ledger_items.add(MARGIN))

    assert type(caught.value) is RejectedError


@responses.activate
def test_an_unbooked_item_is_read_back_as_it_was_sent() -> None:
    responses.post(UNBOOKED, json=[{"Id": str(OTHER_GUID)}, item_wire()])

    found = ledger_items.unbooked(transport(), ITEM_GUID)

    assert sent() == [{"Id": str(ITEM_GUID)}]
    assert (found.guid, found.version) == (ITEM_GUID, VERSION)
    assert found.says(MARGIN)


@pytest.mark.parametrize("code", ["none", "NONE", "", None])
@responses.activate
def test_no_vat_is_read_in_every_way_that_dinero_writes_it(code: str | None) -> None:
    responses.post(UNBOOKED, json=[item_wire(AccountVatCode=code)])

    assert ledger_items.unbooked(transport(), ITEM_GUID).says(MARGIN)


@pytest.mark.parametrize(
    "line",
    [
        {"Amount": 850.51},
        {"AccountNumber": 1050},
        {"AccountNumber": None},
        {"AccountVatCode": "U25"},
        {"BalancingAccountNumber": 1051},
        {"BalancingAccountVatCode": None},
    ],
)
@responses.activate
def test_an_item_that_somebody_changed_is_another_one(line: dict[str, object]) -> None:
    responses.post(UNBOOKED, json=[item_wire(**line)])

    assert not ledger_items.unbooked(transport(), ITEM_GUID).says(MARGIN)


@responses.activate
def test_an_item_with_another_day_or_a_second_line_is_another_one() -> None:
    once, twice = item_wire(), item_wire()
    twice["Lines"] *= 2
    responses.post(UNBOOKED, json=[{**once, "VoucherDate": "2026-12-09T00:00:00"}])
    responses.post(UNBOOKED, json=[twice])

    assert not ledger_items.unbooked(transport(), ITEM_GUID).says(MARGIN)
    assert not ledger_items.unbooked(transport(), ITEM_GUID).says(MARGIN)


@pytest.mark.parametrize("answer", [[], [{"Id": str(OTHER_GUID)}]])
@responses.activate
def test_an_item_that_is_not_among_the_unbooked_is_not_found(answer: object) -> None:
    responses.post(UNBOOKED, json=answer)

    with pytest.raises(NotFoundError):
        ledger_items.unbooked(transport(), ITEM_GUID)


@responses.activate
def test_items_are_booked_in_the_version_that_was_seen_and_an_empty_answer_will_do() -> None:
    responses.post(BOOK)
    items = [
        SEEN,
        ItemVersion(guid=OTHER_GUID, version="2"),
    ]

    send(transport(), ledger_items.book(items))

    assert sent() == [
        {"Id": str(ITEM_GUID), "Version": VERSION},
        {"Id": str(OTHER_GUID), "Version": "2"},
    ]


@responses.activate
def test_booking_an_item_that_changed_is_refused() -> None:
    responses.post(BOOK, json=error_body(58), status=400)

    with pytest.raises(StaleTimestampError):
        send(transport(), ledger_items.book([SEEN]))


@pytest.mark.parametrize("status", [480, 500, 503])
@responses.activate
def test_booking_without_a_clear_answer_is_in_doubt_and_not_repeated(status: int) -> None:
    responses.post(BOOK, status=status)

    with pytest.raises(InDoubtError):
        send(transport(), ledger_items.book([SEEN]))

    assert len(responses.calls) == 1


@responses.activate
def test_how_far_items_are_is_told_by_one_call() -> None:
    pending = {"Id": str(ITEM_GUID), "Status": "PendingBooking", "VoucherNumber": 0}
    booked = {"Id": str(OTHER_GUID), "Status": "Booked", "VoucherNumber": 88, "Version": 5}
    responses.post(STATUS, json=[pending, booked])

    found = ledger_items.states(transport(), [ITEM_GUID, OTHER_GUID])

    assert sent() == [{"Id": str(ITEM_GUID)}, {"Id": str(OTHER_GUID)}]
    assert found[ITEM_GUID].status is ItemStatus.PENDING
    assert (found[ITEM_GUID].voucher_number, found[ITEM_GUID].version) == (None, None)
    assert found[OTHER_GUID].status is ItemStatus.BOOKED
    assert (found[OTHER_GUID].voucher_number, found[OTHER_GUID].version) == (88, "5")


@responses.activate
def test_an_item_that_dinero_does_not_tell_of_is_left_out() -> None:
    responses.post(STATUS, json=[{"Id": str(ITEM_GUID), "Status": "Draft", "Version": VERSION}])

    found = ledger_items.states(transport(), [ITEM_GUID, OTHER_GUID])

    assert list(found) == [ITEM_GUID]
    assert (found[ITEM_GUID].status, found[ITEM_GUID].version) == (ItemStatus.DRAFT, VERSION)


@responses.activate
def test_an_item_that_dinero_does_not_know_is_not_found() -> None:
    unknown = [{"Code": "ledgerItemNotFound", "Message": "Anna Prøve"}]
    responses.post(STATUS, json=error_body(42, errorMessageList=unknown), status=400)

    with pytest.raises(NotFoundError):
        ledger_items.states(transport(), [ITEM_GUID])


@pytest.mark.parametrize(
    "answer", [{"Status": "Booked"}, {"Id": str(ITEM_GUID)}, {"Id": "seven", "Status": "Booked"}]
)
@responses.activate
def test_a_state_that_is_not_understood_is_not_guessed(answer: dict[str, str]) -> None:
    responses.post(STATUS, json=[answer])

    with pytest.raises(UnintelligibleError):
        ledger_items.states(transport(), [ITEM_GUID])


@responses.activate
def test_a_state_that_nobody_knows_is_neither_a_draft_nor_booked() -> None:
    responses.post(STATUS, json=[{"Id": str(ITEM_GUID), "Status": "Queued", "VoucherNumber": 88}])

    state = ledger_items.states(transport(), [ITEM_GUID])[ITEM_GUID]

    assert (state.status, state.voucher_number) == (None, None)


@responses.activate
def test_an_item_that_somebody_emptied_is_read_and_says_something_else() -> None:
    responses.post(UNBOOKED, json=[{"Id": str(ITEM_GUID), "VoucherDate": None, "Lines": [{}]}])

    assert not ledger_items.unbooked(transport(), ITEM_GUID).says(a_ledger_item())


QUESTIONS: dict[str, Callable[[Transport], object]] = {
    UNBOOKED: lambda session: ledger_items.unbooked(session, ITEM_GUID),
    STATUS: lambda session: ledger_items.states(session, [ITEM_GUID]),
}


@pytest.mark.parametrize("address", QUESTIONS)
@responses.activate
def test_a_question_is_repeated_like_a_read_and_never_leaves_a_doubt(address: str) -> None:
    responses.post(address, body=requests.exceptions.ReadTimeout())
    responses.post(address, status=500)

    with pytest.raises(TemporaryError) as caught:
        QUESTIONS[address](transport())

    assert not isinstance(caught.value, InDoubtError)
    assert len(responses.calls) == 4
