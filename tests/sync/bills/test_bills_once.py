"""However an answer is lost, and whoever was there before, a bill is one voucher."""

from decimal import Decimal

import pytest
from bill_files import REFERENCE, Bills
from bookkeeper import Bookkeeper

from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox.dinero.purchases.kept import StoredFile
from dinero_sync.sync.run.bills.by_hand import release_bill

CREATE = "*/vouchers/purchase"


def release(bills: Bills, *, by_name: bool = True) -> None:
    now = bills.business.sandbox.now()
    bills.decide(lambda db, record: release_bill(db, record, now, by_name=by_name))


@pytest.mark.parametrize("kind", ["reset_after", "truncated"])
def test_a_voucher_whose_answer_is_lost_is_found_and_not_made_again(
    bills: Bills, kind: str
) -> None:
    bills.put()
    bills.business.fault(kind, CREATE, "POST")

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1


def test_a_voucher_that_never_came_stays_in_doubt_until_a_person_looked(bills: Bills) -> None:
    bills.put()
    bills.business.fault("reset_before", CREATE, "POST")

    first = bills.run()
    again = bills.run()

    assert [bills.came(each) for each in (first, again)] == [
        [("faktura.pdf", "in_doubt", "no_answer")]
    ] * 2
    assert [first.exit_code, again.exit_code] == [4, 4]
    assert (bills.vouchers(), bills.files()) == ([], ["faktura.pdf", "faktura.yaml"])

    release(bills)
    settled = bills.run()

    assert bills.came(settled) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1


def test_a_voucher_in_doubt_that_came_late_is_found_by_the_next_run(
    bills: Bills, bookkeeper: Bookkeeper
) -> None:
    bills.put()
    bills.business.fault("reset_before", CREATE, "POST")
    bills.run()
    create = next(
        each
        for each in reversed(bills.business.sandbox.requests)
        if each.path.endswith("/vouchers/purchase") and each.fault
    )
    bookkeeper.send("POST", "vouchers/purchase", create.body, version="v1.2")

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1


@pytest.mark.parametrize("path", ["*/files", "*/vouchers/purchase/*/book"])
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_lost_answer_to_an_upload_or_a_booking_is_read(
    bills: Bills, path: str, kind: str
) -> None:
    bills.put()
    bills.business.fault(kind, path, "POST")

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "stale"])
def test_a_payment_is_registered_once(bills: Bills, kind: str) -> None:
    bills.rule(account=2100, vat="IEUY")
    bills.put(
        currency="EUR", amounts="[{rate: 0, net: 100.00}]", total="100.00", kroner_paid="747.10"
    )
    bills.business.fault(kind, "*/purchase-vouchers/*/payments", "POST")

    bills.run()
    bills.run()

    assert [each.amount for each in bills.voucher().payments] == [Decimal("747.10")]
    assert bills.record().standing is Standing.DONE


def test_a_file_that_cannot_be_linked_at_once_is_waited_for(bills: Bills) -> None:
    bills.business.sandbox.change_settings(file_ready_seconds=1.5)
    bills.put()

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert finished.pauses[-2:] == [1.0, 2.0]


def by_hand(bills: Bills, bookkeeper: Bookkeeper, content: bytes | None = None) -> None:
    """Let a person post the bill, with its document if that is given."""
    file = None
    if content is not None:
        file = "0" * 32
        bills.business.sandbox.organisation.files[file] = StoredFile(
            guid=file,
            name="Skærmbillede.pdf",
            content=content,
            uploaded_at=bills.business.sandbox.now(),
        )
    line = {"Amount": 937.5, "AccountNumber": 7300, "Description": "Hosting", "VatCode": "I25"}
    body = {"PurchaseType": "cash", "DepositAccountNumber": 55000, "RegionKey": "DK"}
    told = {"Lines": [line], "VoucherDate": "2026-12-03", "FileGuid": file}
    bookkeeper.send("POST", "vouchers/purchase", {**body, **told}, version="v1.2")


def test_a_bill_that_a_person_posted_with_its_document_is_known(
    bills: Bills, bookkeeper: Bookkeeper
) -> None:
    by_hand(bills, bookkeeper, bills.put().read_bytes())

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "known", "booked_elsewhere")]
    assert len(bills.vouchers()) == 1
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


def test_a_voucher_with_the_same_sum_holds_the_bill_for_a_person_to_say(
    bills: Bills, bookkeeper: Bookkeeper
) -> None:
    by_hand(bills, bookkeeper)
    bills.put()

    held = bills.run()
    release(bills)
    released = bills.run()

    assert bills.came(held) == [("faktura.pdf", "held", "maybe_posted_elsewhere")]
    assert bills.came(released) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 2


def test_releasing_all_that_is_held_says_of_no_bill_that_it_was_compared(
    bills: Bills, bookkeeper: Bookkeeper
) -> None:
    by_hand(bills, bookkeeper)
    bills.put()
    bills.run()

    release(bills, by_name=False)
    bills.run()

    assert (bills.record().reason, len(bills.vouchers())) == ("maybe_posted_elsewhere", 1)


def test_two_bills_of_the_same_day_and_sum_are_two_vouchers(bills: Bills) -> None:
    bills.put("a", number='"1"')
    bills.put("b", number='"2"')

    finished = bills.run()

    assert [outcome for _, outcome, _ in bills.came(finished)] == ["booked", "booked"]
    assert len(bills.vouchers()) == 2


def test_a_voucher_of_zero_is_never_booked(bills: Bills) -> None:
    bills.put()

    def become_nothing() -> None:
        (voucher,) = bills.vouchers()
        voucher.lines = []

    bills.business.meanwhile("GET", "*/vouchers/purchase/*", become_nothing)
    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "held", "voucher_differs")]
    assert bills.voucher().number is None


def test_dinero_down_leaves_the_bill_for_the_next_run(bills: Bills) -> None:
    bills.put()
    bills.business.fault("status_before", "*/files", "GET", status=503, times=None)

    down = bills.run()
    bills.business.sandbox.clear_faults()
    again = bills.run()

    assert down.exit_code == 75
    assert bills.came(again) == [("faktura.pdf", "booked", None)]
    assert bills.record(REFERENCE).standing is Standing.DONE
