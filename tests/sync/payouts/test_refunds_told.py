"""A refund waits until the provider's file shows it, and is dated the provider's day."""

from datetime import date
from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from crediting import credit, sell_in_euro
from payout_files import CLEARING, SOLD, VIABILL, PayoutFiles, back, paid_out
from shop import ORDER_ID, raw_order, unpaid_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode, StoppedError
from dinero_sync.journal import orders
from dinero_sync.journal.money import went_back
from dinero_sync.journal.money.went_back import WentBack
from dinero_sync.sync.run.by_hand import skip_order


@pytest.fixture
def sold(payouts: PayoutFiles) -> PayoutFiles:
    """Sell a mug by a card whose payments wait on the clearing account of the source."""
    payouts.business.sell(raw_order())
    payouts.waits_on_clearing()
    payouts.run()
    return payouts


def test_a_refund_waits_for_the_file_and_bears_its_day(sold: PayoutFiles) -> None:
    credited = credit(sold.business, amount=Decimal(25))

    assert credited.exit_code == 0
    assert sold.refunds() == []
    assert sold.run().calls("dinero") == []

    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    told = sold.run()

    assert told.exit_code == 0
    assert sold.refunds() == [(Decimal(-25), date(2026, 12, 9))]
    assert sold.run().calls("dinero") == []
    assert sold.business.sandbox.organisation.balances()[CLEARING] == 0


def test_a_refund_that_a_file_told_of_before_is_registered_at_once(sold: PayoutFiles) -> None:
    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    sold.run()

    credit(sold.business, amount=Decimal(25))

    assert sold.refunds() == [(Decimal(-25), date(2026, 12, 9))]


def test_files_may_tell_of_it_in_parts_and_of_several_at_once(sold: PayoutFiles) -> None:
    credit(sold.business, amount=Decimal(25))
    credit(sold.business, amount=Decimal(20))
    sold.put("a.csv", (SOLD, back("15.00"), paid_out("107.75")))
    sold.run()
    assert sold.refunds() == []

    other = ("239", "2026-12-10", "Tilbageholdt", "", "100.00", "0.00")
    rows = (other, back("30.00", "2026-12-10", "239"), paid_out("70.00", "239", "2026-12-10"))
    sold.put("b.csv", rows)
    sold.run()

    assert sorted(sold.refunds()) == [
        (Decimal(-25), date(2026, 12, 10)),
        (Decimal(-20), date(2026, 12, 10)),
    ]


def test_an_explicit_key_wins(sold: PayoutFiles) -> None:
    credit(sold.business, amount=Decimal(25))
    sold.business.config["credits"] = {"refund": "with_credit"}

    sold.run()
    credit(sold.business, amount=Decimal(20))

    assert sold.refunds() == [
        (Decimal(-25), date(2026, 12, 10)),
        (Decimal(-20), date(2026, 12, 10)),
    ]
    sold.put(rows=(SOLD, back("45.00"), paid_out("77.75")))
    assert sold.run().exit_code == ExitCode.OK
    assert len(sold.refunds()) == 2
    assert sold.business.sandbox.organisation.balances()[CLEARING] == 0


@pytest.mark.slow
def test_an_account_of_which_no_file_tells_is_refunded_with_the_credit_note(
    sold: PayoutFiles,
) -> None:
    columns = {name: each for name, each in VIABILL["columns"].items() if name != "reference"}
    sold.source(columns=columns)

    credit(sold.business, amount=Decimal(25))

    assert sold.refunds() == [(Decimal(-25), date(2026, 12, 10))]


def test_one_that_a_person_registered_in_dinero_waits_no_longer(
    sold: PayoutFiles, bookkeeper: Bookkeeper
) -> None:
    credit(sold.business, amount=Decimal(25))
    assert awaited(sold) == "awaiting_refund"
    bookkeeper.pay(sold.business.invoice(), Decimal(-25))

    sold.business.wait(hours=7)
    sold.run()

    assert awaited(sold) is None
    assert len(sold.refunds()) == 1


def test_a_refund_without_a_credit_note_is_listed_until_there_is_one(sold: PayoutFiles) -> None:
    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    first = sold.run()
    listed = sold.record().told["uncredited"]

    credit(sold.business, amount=Decimal(25))

    assert (first.exit_code, listed) == (0, [["25", ORDER_ID, 1]])
    assert sold.refunds() == [(Decimal(-25), date(2026, 12, 9))]
    assert not sold.record().is_uncredited


def test_one_that_was_credited_in_dinero_by_hand_is_not_listed(
    sold: PayoutFiles, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.credit(sold.business.invoice())
    sold.put(
        rows=(
            SOLD,
            back("125.00"),
            ("238", "2026-12-09", "Tilbageholdt", "", "50.00", "0.00"),
            paid_out("47.75"),
        )
    )

    sold.run()

    assert not sold.record().is_uncredited


def awaited(payouts: PayoutFiles) -> str | None:
    with payouts.business.at_work(dry_run=True) as place:
        return orders.loaded(place.db, ORDER_ID, "credit:1").reason


def test_a_refund_in_another_currency_is_told_in_it(business: Business) -> None:
    payouts = PayoutFiles(business)
    payouts.source(clearing_account=55080)
    sell_in_euro(business)
    credit(business, amount=Decimal("50.00"))
    credit(business, amount=Decimal("12.50"))
    assert len(business.invoice().payments) == 3  # the sale, and two credit notes set off
    with business.at_work() as place:
        rows = [told("50.00", "EUR"), told("466.25", "DKK")]
        went_back.note(place.db, ORDER_ID, rows, place.clock.now(), place.run_id)

    business.run_once()

    back_ = [each for each in business.invoice().payments if each.amount < 0]
    assert [(each.amount_in_currency, each.date.day) for each in back_] == [(Decimal(-50), 9)]


def test_a_row_that_was_corrected_is_as_it_is_now(sold: PayoutFiles) -> None:
    with sold.business.at_work() as place:
        for amount in ("10.00", "25.00", "25.00"):
            rows = [told(amount, "DKK")]
            went_back.note(place.db, ORDER_ID, rows, place.clock.now(), place.run_id)

        assert went_back.of_order(place.db, ORDER_ID) == [told("25.00", "DKK")]


def test_one_that_dinero_gives_no_answer_about_is_listed(sold: PayoutFiles) -> None:
    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    sold.business.fault("reset_before", "*/payments", "GET", times=9)

    sold.run()

    assert sold.record().is_uncredited


def test_one_of_an_adopted_order_is_not_listed(payouts: PayoutFiles) -> None:
    payouts.business.sell(unpaid_order())
    payouts.run()
    with payouts.business.at_work() as place:
        skip_order(place, payouts.business.order(), "invoice 7", SkipReason.BOOKED_ELSEWHERE)
    payouts.put(rows=(SOLD, back("25.00"), paid_out("97.75")))

    payouts.run()

    assert not payouts.record().is_uncredited


def test_one_of_an_order_that_is_not_booked_is_listed(payouts: PayoutFiles) -> None:
    payouts.business.sell(unpaid_order())
    payouts.put(rows=(SOLD, back("25.00"), paid_out("97.75")))

    payouts.run()

    assert payouts.record().is_uncredited


def test_a_run_that_is_stopped_leaves_the_list_to_the_next(
    sold: PayoutFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise StoppedError

    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    monkeypatch.setattr("dinero_sync.sync.payouts.uncredited.payments.of_invoice", stopped)
    sold.run()
    monkeypatch.undo()

    sold.run()

    assert sold.record().is_uncredited


def told(amount: str, currency: str) -> WentBack:
    """Return a refund as a file tells it."""
    return WentBack(
        payout=f"payout:viabill:{currency}",
        kind=went_back.REFUND,
        place=1,
        day=date(2026, 12, 9),
        amount=Decimal(amount),
        currency=currency,
    )
