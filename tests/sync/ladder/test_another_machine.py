"""Another machine with a state folder of its own does the same work a moment before this one."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from bill_files import Bills
from business import Business, Finished
from payout_files import CLEARING, FEES, ON_THE_WAY, PayoutFiles
from second_hand import RULES, SOLD_LAMP
from shop import ORDER_ID, raw_order

from dinero_sync.domain.hold import HoldReason
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.dinero.ledger_booking import begin_booking
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.work.workplace import Workplace

BOOK = "*/ledgeritems/book"
ALL = CreditOptions(wanted=Wanted(everything=True), reason="Retur")


def book_items(business: Business) -> None:
    """Let the other machine have Dinero begin to book every ledger item."""
    for item in business.sandbox.organisation.ledger_items.values():
        begin_booking(business.sandbox, item)


def test_a_margin_that_the_other_machine_books_is_taken_over(business: Business) -> None:
    business.config["posting"] = RULES
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.meanwhile("POST", BOOK, lambda: book_items(business))

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert business.order().standing == "done"


def test_a_payout_that_the_other_machine_books_is_taken_over(payouts: PayoutFiles) -> None:
    business = payouts.business
    business.sell(raw_order())
    payouts.put()
    business.meanwhile("POST", BOOK, lambda: book_items(business))

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked() == {
        ON_THE_WAY: Decimal("97.75"),
        FEES: Decimal("2.25"),
        CLEARING: Decimal("-100.00"),
    }


def test_an_item_that_dinero_refuses_to_book_is_held_as_ever(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())
    payouts.put()
    payouts.business.fault("status_before", BOOK, "POST", status=400, body="refusal")

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "held", HoldReason.REJECTED_BY_DINERO)]


def test_the_same_file_in_the_inbox_of_a_second_machine_is_one_item(
    payouts: PayoutFiles, tmp_path: Path
) -> None:
    payouts.business.sell(raw_order())
    payouts.put()
    other = PayoutFiles(Business(payouts.business.sandbox, tmp_path))
    other.put("andet navn.csv")

    first, second = payouts.run(), other.run()

    assert payouts.came(first) == other.came(second) == [("238", "booked", None)]
    assert other.files() == ["done/andet navn.csv"]
    assert len(payouts.items()) == 1
    assert other.run().writes() == []


def test_the_same_bill_in_the_inbox_of_a_second_machine_is_one_voucher(
    bills: Bills, tmp_path: Path
) -> None:
    bills.put()
    other = Bills(Business(bills.business.sandbox, tmp_path))
    other.put("andet navn")

    first, second = bills.run(), other.run()

    assert bills.came(first) == [("faktura.pdf", "booked", None)]
    assert other.came(second) == [("andet navn.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1
    assert other.files() == ["done/andet navn.pdf", "done/andet navn.yaml"]
    assert other.run().writes() == []


@pytest.fixture
def machines(business: Business, tmp_path: Path) -> tuple[Business, Business]:
    """Let two machines know one booked order."""
    business.sell(raw_order())
    other = Business(business.sandbox, tmp_path)
    for each in (business, other):
        each.run_once()
    return business, other


def credit(business: Business, meanwhile: Callable[[], object] = lambda: None) -> Finished:
    """Credit the order; something happens after it was decided how, and before it is made."""

    def work(place: Workplace) -> object:
        found = decide_credit(place, business.order(ORDER_ID), ALL)
        meanwhile()
        return make_credit(place, found, ALL.reason)

    return business.do(work)  # type: ignore[arg-type]


def test_a_credit_note_that_the_other_machine_makes_is_taken_over(
    machines: tuple[Business, Business],
) -> None:
    business, other = machines

    finished = credit(business, meanwhile=lambda: credit(other))

    (note,) = business.sandbox.credit_notes.values()
    assert finished.result.outcomes() == {"credited": 1}
    assert note.totals.gross == Decimal("125.00")
    paid, set_off, refund = business.payments()
    assert paid == set_off == -refund == note.totals.gross
    assert set(business.sandbox.organisation.balances().values()) == {0}
