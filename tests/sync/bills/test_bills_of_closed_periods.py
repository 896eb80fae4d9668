"""Bills of a day whose VAT was reported: held until a person chose the day, as orders are.

It is 10 December; the bills are of the 3rd, and the books are closed up to the 9th.
"""

import shutil
from datetime import date
from decimal import Decimal

import pytest
from bill_files import Bills
from records import message_of, next_step_of

from dinero_sync.errors import ExitCode, UsageError

CLOSED = date(2026, 12, 9)
OWN, OPEN = date(2026, 12, 3), date(2026, 12, 10)
IN_EURO = {
    "vat_number": "IE6388047V",
    "currency": "EUR",
    "amounts": "[{rate: 0, net: 100.00}]",
    "total": "100.00",
    "kroner_paid": "747.10",
}
ABROAD = "bill:IE6388047V:1042"


def close(bills: Bills) -> None:
    bills.business.config["dinero"]["closed_until"] = CLOSED.isoformat()


@pytest.fixture
def closed(bills: Bills) -> Bills:
    """Close the books after the day of a bill that comes now."""
    close(bills)
    bills.put()
    bills.run()
    return bills


def day_of(bills: Bills) -> tuple[str, bool]:
    """Return the day of the one voucher, and whether it is booked."""
    voucher = bills.voucher()
    return voucher.date.isoformat(), voucher.number is not None


def test_a_bill_of_a_closed_day_is_held_and_nothing_is_written(closed: Bills) -> None:
    record = closed.record()

    assert (record.standing, record.reason) == ("held", "period_closed")
    assert closed.vouchers() == []
    assert not closed.business.sandbox.organisation.files
    assert "2026-12-03" in message_of(record)
    assert "dinero-sync retry ORDER --date 2026-12-03" in next_step_of(record)
    assert "dinero-sync retry ORDER --date 2026-12-10" in next_step_of(record)


def test_a_person_may_choose_its_own_day(closed: Bills) -> None:
    closed.retry(OWN)

    finished = closed.run()

    assert finished.exit_code is ExitCode.OK
    assert day_of(closed) == ("2026-12-03", True)
    assert " af 03-12-2026" not in str(closed.voucher().lines)


def test_a_person_may_choose_an_open_day_and_the_lines_tell_the_bill_s_own(closed: Bills) -> None:
    closed.retry(OPEN)

    closed.run()

    assert day_of(closed) == ("2026-12-10", True)
    assert "faktura 1042 af 03-12-2026" in str(closed.voucher().lines)
    assert closed.record().lead.day == OPEN


@pytest.mark.parametrize(
    ("day", "because"),
    [(CLOSED, "is closed too"), (date(2026, 12, 11), "still to come")],
)
def test_no_other_day_can_be_chosen(closed: Bills, day: date, because: str) -> None:
    with pytest.raises(UsageError, match=because):
        closed.retry(day)

    assert closed.record().standing == "held"


def test_for_another_hold_no_day_can_be_chosen(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put()
    bills.run()

    with pytest.raises(UsageError, match=r"The bill .* isn't held as period_closed"):
        bills.retry(OPEN)


def test_without_a_choice_retry_changes_nothing_and_an_opened_period_lets_it_go_on(
    closed: Bills,
) -> None:
    closed.retry()
    closed.run()
    assert closed.record().reason == "period_closed"

    closed.business.config["dinero"].pop("closed_until")
    closed.run()

    assert day_of(closed) == ("2026-12-03", True)


def test_what_payouts_settle_is_kept_whatever_is_closed(bills: Bills) -> None:
    close(bills)
    bills.rule(account=None, vat=None, paid_from=None, settled_by="stripe")
    bills.put()

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "known", "settled_by_payouts")]


def waiting_draft(bills: Bills) -> None:
    """Have a draft that waits for a person's word when its period is closed."""
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    close(bills)
    finished = bills.book()
    assert finished.exit_code is ExitCode.HELD
    assert bills.record().reason == "period_closed"
    assert day_of(bills) == ("2026-12-03", False)


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_a_draft_on_credit_that_waits_when_its_period_closes_is_dated_as_it_is_chosen(
    bills: Bills, day: date
) -> None:
    bills.rule(paid_from=None, on_credit=True)
    waiting_draft(bills)

    bills.retry(day)
    bills.run()
    assert bills.record().reason == "awaiting_booking"
    bills.book()

    assert day_of(bills) == (day.isoformat(), True)
    assert ("af 03-12-2026" in str(bills.voucher().lines)) == (day == OPEN)


def test_a_draft_that_was_paid_at_once_may_be_booked_on_its_own_day(bills: Bills) -> None:
    waiting_draft(bills)

    bills.retry(OWN)
    bills.run()
    bills.book()

    assert day_of(bills) == ("2026-12-03", True)


def test_another_day_of_a_draft_paid_at_once_is_written_by_a_person(bills: Bills) -> None:
    """Dinero's document wants a supplier in a change of a voucher, and this one has none."""
    waiting_draft(bills)
    bills.retry(OPEN)
    bills.run()
    record = bills.record()
    assert record.reason == "voucher_differs"
    assert "the date, which is to be 2026-12-10" in message_of(record)

    bills.voucher().date = OPEN
    bills.retry()
    bills.run()
    bills.book()

    assert day_of(bills) == ("2026-12-10", True)


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_a_bill_cut_short_before_it_was_booked_isnt_booked_once_its_day_is_closed(
    bills: Bills, day: date
) -> None:
    bills.rule(paid_from=None, on_credit=True)
    bills.business.fault("status_before", "*/book", "POST", status=503, times=None)
    bills.put()
    bills.run()
    bills.business.sandbox.clear_faults()
    close(bills)

    bills.run()
    assert bills.record().reason == "period_closed"
    assert day_of(bills) == ("2026-12-03", False)

    bills.retry(day)
    bills.run()
    assert day_of(bills) == (day.isoformat(), True)
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_a_payment_of_a_closed_day_is_held_though_its_voucher_is_booked_before(
    bills: Bills, day: date
) -> None:
    bills.rule(account=2100, vat="IEUY")
    bills.business.fault("status_before", "*/payments", "POST", status=503, times=None)
    bills.put(**IN_EURO)
    bills.run()
    bills.business.sandbox.clear_faults()
    close(bills)

    bills.run()
    record = bills.record(ABROAD)
    assert (record.reason, record.current.kind) == ("period_closed", "voucher_payment")
    assert bills.voucher().payments == []

    bills.retry(day, ABROAD)
    bills.run()
    (payment,) = bills.voucher().payments
    assert (payment.date, payment.amount) == (day, Decimal("747.10"))
    assert day_of(bills) == ("2026-12-03", True)


def test_a_payment_follows_the_day_that_was_chosen_for_its_voucher(bills: Bills) -> None:
    bills.rule(account=2100, vat="IEUY")
    close(bills)
    bills.put(**IN_EURO)
    bills.run()

    bills.retry(OPEN, ABROAD)
    finished = bills.run()

    (payment,) = bills.voucher().payments
    assert finished.exit_code is ExitCode.OK
    assert (payment.date, day_of(bills)) == (OPEN, ("2026-12-10", True))


@pytest.mark.parametrize("changes", [{}, {"kind": "credit_note"}])
def test_a_lost_state_folder_holds_no_bill_that_was_posted_before_the_period_closed(
    bills: Bills, changes: dict[str, str]
) -> None:
    bills.put(**changes)
    bills.run()
    shutil.rmtree(bills.business.state_folder)
    close(bills)
    bills.put(**changes)

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert day_of(bills) == ("2026-12-03", True)
    assert len(bills.business.sandbox.organisation.files) == 1


def test_a_lost_state_folder_keeps_the_day_that_a_person_chose(closed: Bills) -> None:
    closed.retry(OPEN)
    closed.run()
    shutil.rmtree(closed.business.state_folder)
    closed.put()

    finished = closed.run()

    assert closed.came(finished) == [("faktura.pdf", "booked", None)]
    assert day_of(closed) == ("2026-12-10", True)


def test_a_lost_state_folder_holds_a_bill_of_a_closed_day_that_nobody_posted(
    closed: Bills,
) -> None:
    shutil.rmtree(closed.business.state_folder)

    closed.run()

    assert (closed.record().reason, closed.vouchers()) == ("period_closed", [])
