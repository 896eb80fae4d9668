"""Single orders, and what is looked up for them, as both sides of a period."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bookkeeper import Bookkeeper
from business import Business, SandboxClock
from shop import ORDER_ID, raw_order

from dinero_sync.errors import TemporaryError
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Cause, Gap, Kind, Reconciled
from dinero_sync.sync.insight.reconcile import reconcile

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
LATER = "2026-12-10 14:00:00"


def proved(business: Business, first: date = FIRST, last: date = LAST) -> Reconciled:
    config, clock = business.loaded(), SandboxClock(business.sandbox)
    with business.in_a_process():
        return reconcile(config, "config.yaml", clock, first, last)


@pytest.fixture
def sold(business: Business) -> Business:
    """Sell a mug on 8 December."""
    business.sell(raw_order())
    business.run_once()
    return business


def only(found: Reconciled) -> tuple[int | None, Kind, Cause, Decimal]:
    (difference,) = found.differences
    return difference.order_id, difference.kind, difference.cause, difference.amount


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"status": "cancelled"}, Decimal(125)),
        ({"total_price": 250, "products": raw_order()["products"] * 2, "vat": 50}, Decimal(-125)),
    ],
)
def test_an_order_that_changed_in_the_shop_after_booking(
    sold: Business, fields: dict[str, Any], amount: Decimal
) -> None:
    sold.wait(hours=1)
    sold.change(**fields)
    sold.run_once()

    found = proved(sold)

    assert only(found) == (ORDER_ID, Kind.ORDER, Cause.CHANGED_IN_SHOP, amount)
    assert found.sums.classes[OrderClass.BOOKED].orders == 1


def test_orders_that_cannot_be_read_are_of_the_day_they_were_placed(sold: Business) -> None:
    sold.sell(
        raw_order(ORDER_ID + 1, total_price="?", last_modified=LATER),
        raw_order(ORDER_ID + 2, total_price="?", time="2026-11-30 10:00:00", last_modified=LATER),
    )
    sold.wait(hours=3)
    sold.run_once()

    found = proved(sold)

    assert found.sums.classes[OrderClass.HELD].orders == 1
    assert found.is_proved


def test_one_without_any_day_is_of_that_on_which_the_shop_changed_it(sold: Business) -> None:
    sold.sell(raw_order(ORDER_ID + 1, time="?", last_modified=LATER))
    sold.wait(hours=3)
    sold.run_once()

    assert proved(sold).sums.classes[OrderClass.HELD].orders == 1
    assert proved(sold, FIRST, date(2026, 12, 9)).sums.classes[OrderClass.HELD].orders == 0


def test_what_no_run_has_seen_is_of_its_own_period(sold: Business) -> None:
    sold.sell(
        raw_order(ORDER_ID + 1, total_price="?", last_modified=LATER),
        raw_order(ORDER_ID + 2, time="?", last_modified=LATER),
        raw_order(ORDER_ID + 3, paid_time=LATER, last_modified=LATER),
    )

    found = proved(sold)

    assert found.sums.classes[OrderClass.WAITING].orders == 2
    assert proved(sold, FIRST, date(2026, 12, 7)).orders == 0


def test_orders_that_nobody_can_tell_apart_are_no_proof(sold: Business) -> None:
    sold.sell(raw_order(0, last_modified=LATER), raw_order(ORDER_ID + 2, last_modified=LATER))

    with pytest.raises(TemporaryError, match="no id"):
        proved(sold)


def test_drafts_are_nothing_in_the_books(sold: Business, bookkeeper: Bookkeeper) -> None:
    contact = sold.invoice().fields["ContactGuid"]
    line = sold.invoice().lines[0].fields
    for path in ("invoices", "sales/creditnotes"):
        body = {"ContactGuid": contact, "ShowLinesInclVat": True, "ProductLines": [line]}
        bookkeeper.send("POST", path, body)

    found = proved(sold)

    assert (found.sums.invoices, found.sums.credit_notes) == (1, 0)
    assert found.is_proved


def unbooked(business: Business) -> None:
    business.invoice().number = None


def gone(business: Business) -> None:
    del business.sandbox.invoices[business.invoice().guid]


@pytest.mark.parametrize("act", [unbooked, gone])
def test_an_invoice_that_dinero_has_no_more(
    sold: Business, act: Callable[[Business], None]
) -> None:
    act(sold)

    assert only(proved(sold)) == (ORDER_ID, Kind.INVOICE, Cause.MISSING, Decimal(-125))


def test_a_credit_note_that_is_for_no_invoice_is_of_no_order(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.credit(sold.invoice())
    (note,) = sold.sandbox.credit_notes.values()
    sold.invoice().payments.pop()
    note.fields["CreditNoteFor"] = None

    assert proved(sold).is_proved


def test_a_number_of_others_of_another_day_is_explained(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    fields = {
        "ContactGuid": bookkeeper.create_contact(Name="Bo Prøve", Email="bo@example.com"),
        "Date": "2026-11-20",
        "ShowLinesInclVat": True,
        "ProductLines": [sold.invoice().lines[0].fields],
    }
    for day in ("2026-11-20", "2026-12-09", "2026-11-21"):
        guid = bookkeeper.create_invoice(**{**fields, "Date": day})
        bookkeeper.book(sold.sandbox.invoices[str(UUID(guid))])

    found = proved(sold)

    assert found.gaps == (Gap(first=1002, last=1002, day=date(2026, 11, 20)),)
    assert found.is_proved


def test_a_number_far_above_the_others_is_no_burden(sold: Business, bookkeeper: Bookkeeper) -> None:
    guid = bookkeeper.create_invoice(
        ContactGuid=sold.invoice().fields["ContactGuid"],
        Date="2026-12-09",
        ShowLinesInclVat=True,
        ProductLines=[sold.invoice().lines[0].fields],
    )
    invoice = sold.sandbox.invoices[str(UUID(guid))]
    body = {"Timestamp": invoice.timestamp, "Number": 10**12}
    bookkeeper.send("POST", f"invoices/{guid}/book", body)

    found = proved(sold)

    assert found.gaps == (Gap(first=1002, last=10**12 - 1),)
    assert not found.is_proved
