"""What others changed in Dinero since is said once, by a run that has work there anyway."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bookkeeper import Bookkeeper
from business import Business, Finished
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.upkeep.retention import remove_personal_data
from dinero_sync.sandbox.dinero.books import Invoice


@pytest.fixture
def sold(business: Business) -> Business:
    """Sell a mug, and let a day pass."""
    business.sell(raw_order())
    business.run_once()
    business.wait(hours=25)
    return business


def touched(business: Business, invoice: Invoice) -> None:
    invoice.updated_at = business.sandbox.now()
    business.wait(minutes=1)


def sell_again(business: Business, order_id: int = ORDER_ID + 1, **fields: Any) -> Finished:  # noqa: ANN401 - as the shop
    moment = (business.sandbox.now() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S")
    told = {"email": f"bo{order_id}@example.com", "last_modified": moment, **fields}
    business.sell(raw_order(order_id, **told))
    return business.run_once()


def sell_again_until(business: Business, seconds: float) -> Finished:
    """Run with little time, of which a service that fails takes all."""
    moment = (business.sandbox.now() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S")
    business.sell(raw_order(ORDER_ID + 1, email="bo@example.com", last_modified=moment))
    return business.run_once(deadline_seconds=seconds)


def test_a_document_that_somebody_changed_is_said_once(sold: Business) -> None:
    invoice = sold.invoice()
    invoice.totals = replace(invoice.totals, gross=Decimal(130))
    invoice.date = invoice.date.replace(day=9)
    touched(sold, invoice)

    finished = sell_again(sold)
    sold.wait(hours=25)
    again = sell_again(sold, ORDER_ID + 2)

    (told,) = finished.events("document.changed")
    assert (told["order_id"], told["invoice_number"]) == (ORDER_ID, 1001)
    assert "booked as: its total, day." in told["message"]
    assert again.events("document.changed") == []


def test_what_was_only_paid_is_no_change(sold: Business) -> None:
    touched(sold, sold.invoice())

    finished = sell_again(sold)

    assert finished.events("document.changed") == []
    assert [each for each in finished.calls("dinero") if each == "GET invoices"]


def test_it_is_looked_for_once_a_day_and_never_by_an_idle_run(sold: Business) -> None:
    idle = sold.run_once()
    first = sell_again(sold)
    second = sell_again(sold, ORDER_ID + 2)

    assert idle.calls("dinero") == []
    counts = [run.calls("dinero").count("GET sales/creditnotes") for run in (first, second)]
    assert counts == [1, 0]


def test_a_list_that_cannot_be_read_keeps_nothing_from_being_booked(sold: Business) -> None:
    touched(sold, sold.invoice())
    sold.invoice().date = sold.invoice().date.replace(day=9)
    sold.fault("status_before", "*/sales/creditnotes", "GET", times=9)

    first = sell_again(sold)
    sold.sandbox.clear_faults()
    second = sell_again(sold, ORDER_ID + 2)

    assert first.result.outcomes() == {"booked": 1}
    assert len(first.events("documents.not_compared")) == 1
    assert len(second.events("document.changed")) == 1


def test_a_run_that_is_stopped_meanwhile_looks_again(sold: Business) -> None:
    touched(sold, sold.invoice())
    sold.invoice().date = sold.invoice().date.replace(day=9)
    sold.fault("status_before", "*/sales/creditnotes", "GET", times=99, status=503)

    stopped = sell_again_until(sold, seconds=2)
    sold.sandbox.clear_faults()
    again = sell_again(sold, ORDER_ID + 2)

    assert stopped.exit_code == ExitCode.TEMPORARY
    assert len(again.events("document.changed")) == 1


def test_a_copy_that_bears_our_reference_is_no_document_of_ours(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    guid = bookkeeper.create_invoice(
        ContactGuid=sold.invoice().fields["ContactGuid"],
        Date="2026-12-09",
        ExternalReference=sold.invoice().fields["ExternalReference"],
        ShowLinesInclVat=True,
        ProductLines=[sold.invoice().lines[0].fields],
    )
    bookkeeper.book(sold.sandbox.invoices[str(UUID(guid))])

    assert sell_again(sold).events("document.changed") == []


def test_contents_that_were_removed_for_their_age_are_compared_with_nothing(
    sold: Business,
) -> None:
    with sold.at_work() as place:
        remove_personal_data(
            place.db,
            place.clock.now() + timedelta(hours=1),
            now=place.clock.now(),
            run_id=place.run_id,
        )
    sold.invoice().date = sold.invoice().date.replace(day=9)
    touched(sold, sold.invoice())

    assert sell_again(sold).events("document.changed") == []


def test_a_deleted_contact_of_a_booked_document_is_said_once(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.delete_contact(sold.invoice().fields["ContactGuid"])

    finished = sell_again(sold)
    sold.wait(hours=25)
    again = sell_again(sold, ORDER_ID + 2)

    (told,) = finished.events("contacts.deleted")
    assert told["count"] == 1
    assert again.events("contacts.deleted") == []


def test_an_account_with_another_code_is_said_once(sold: Business) -> None:
    sold.config["posting"] = {"sales_account": 1000, "shipping_account": 1350}
    sell_again(sold)
    sold.wait(hours=25)
    sold.sandbox.organisation.accounts[1350].vat_code = None

    finished = sell_again(sold, ORDER_ID + 2)
    sold.wait(hours=25)
    again = sell_again(sold, ORDER_ID + 3)

    (told,) = finished.events("account.recoded")
    assert told["key"] == "posting.shipping_account"
    assert "the VAT code none in Dinero now, and had U25" in told["message"]
    assert again.events("account.recoded") == []
