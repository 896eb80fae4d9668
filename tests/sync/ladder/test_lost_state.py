"""Losing the state folder may cost calls; it never costs a second document."""

import shutil
from collections.abc import Callable
from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper, theirs
from business import Business
from crediting import credit
from payout_files import PayoutFiles
from records import a_record, message_of, next_step_of
from shop import ORDER_ID, a_line, orders_a_minute_apart, raw_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.run.by_hand import skip_order
from dinero_sync.sync.run.credit.proposals import make_proposed
from dinero_sync.sync.run.resolve import accept, gather


def lose_the_state_folder(business: Business) -> None:
    shutil.rmtree(business.state_folder)


def move_to_another_machine(business: Business) -> None:
    business.state_folder = business.state_folder.with_name("another")


@pytest.mark.parametrize("lose", [lose_the_state_folder, move_to_another_machine])
def test_everything_is_there_once_when_the_journal_begins_anew(
    business: Business, lose: Callable[[Business], None]
) -> None:
    business.sell(*orders_a_minute_apart(3))
    business.run_once()

    lose(business)
    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.result.outcomes() == {"booked": 3}
    assert len(business.sandbox.contacts) == len(business.invoices()) == 3
    assert [business.payments(ORDER_ID + number) for number in range(3)] == 3 * [[Decimal(125)]]


@pytest.mark.parametrize("step", range(1, 5))
def test_a_journal_lost_in_the_middle_costs_nothing_but_calls(
    business: Business, step: int
) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=step)

    lose_the_state_folder(business)
    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert len(business.sandbox.contacts) == 1
    assert [each.is_booked for each in business.invoices()] == [True]
    assert business.payments() == [Decimal("125.00")]


def test_an_order_that_changed_meanwhile_is_held_and_not_booked_again(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    lose_the_state_folder(business)
    lines = business.sandbox.orders[ORDER_ID]["products"]
    business.change(products=[{**lines[0], "amount": 2}], total_price=250, vat=50)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "document_differs"
    assert len(business.invoices()) == 1


def test_after_a_lost_state_folder_the_hold_says_that_the_order_differs(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    lose_the_state_folder(business)
    business.change(products=[a_line(amount=2)], total_price=250, vat=50)

    business.run_once()

    said = str(message_of(business.order()))
    assert "What differs is the order: it now comes to 250.00 DKK" in said
    assert "rules, the configuration" not in said


def test_after_a_lost_state_folder_the_hold_says_that_the_rules_differ(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    lose_the_state_folder(business)
    business.config["posting"]["sales_account"] = 1050

    business.run_once()

    said = str(message_of(business.order()))
    assert business.order().reason == "document_differs"
    assert "would stand as account_vat_mismatch" in said
    assert "What differs is the rules, the configuration or the accounts' VAT codes" in said


def test_an_invoice_that_differs_stays_held_for_that_until_somebody_accepts_it(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    lose_the_state_folder(business)
    business.change(products=[a_line(amount=2)], total_price=250, vat=50)
    business.run_once()

    business.retry()
    retried = business.run_once()
    order = business.order()
    with business.at_work() as place:
        accept(place, gather(place, business.order()), "credited by hand")
    accepted = business.run_once()

    assert (retried.exit_code, order.reason) == (ExitCode.HELD, "document_differs")
    assert "resolve ORDER --accept NOTE" in str(next_step_of(order))
    assert accepted.exit_code == ExitCode.OK
    assert business.payments() == [Decimal("125.00")]


def test_a_draft_of_the_lost_journal_is_adopted_without_a_change(business: Business) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=3)
    lose_the_state_folder(business)

    finished = business.run_once()

    calls = [call.rsplit("/", maxsplit=1)[-1] for call in finished.writes()]
    assert calls == ["POST invoices", "book", "payments"]
    assert len(business.invoices()) == 1


def test_the_new_journal_knows_number_and_day_of_what_was_booked(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    before = business.order()
    lose_the_state_folder(business)

    business.run_once()

    after = business.order()
    assert after.invoice_number == before.invoice_number == 1001
    assert after.invoice_day == before.invoice_day


def test_an_order_that_stands_on_the_ladder_without_a_plan_is_a_fault_of_the_program() -> None:
    record = a_record(1, Standing.WORKING, Rung.CONTACT)

    with pytest.raises(LookupError, match="order 1 stands at contact without a plan"):
        planned(record)


def test_a_cancelled_order_whose_draft_somebody_booked_is_told_of_once_the_watermark_is_lost(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    business.change(status="cancelled")
    business.run_once()
    bookkeeper.book(business.invoice())
    (business.state_folder / "watermark.json").unlink()

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "cancelled_after_booking"
    assert business.order().rung is Rung.BOOKED
    assert "Invoice 1001" in str(message_of(business.order()))


def test_an_invoice_booked_while_the_answer_to_its_draft_was_lost_leaves_no_doubt(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/invoices", "POST", times=None)
    business.fault("status_before", "*/invoices/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    assert business.begun() == {"draft"}
    bookkeeper.book(business.invoice())
    (business.state_folder / "watermark.json").unlink()

    business.run_once()

    assert business.begun() == set()
    assert business.payments() == [Decimal("125.00")]


@pytest.fixture
def journal_put_back(business: Business) -> Business:
    """Put back an older copy of the journal alone, from before an order came that is held."""
    business.sell(raw_order())
    business.run_once()
    journal = business.state_folder / "journal.sqlite3"
    older = journal.read_bytes()
    business.sell(
        raw_order(ORDER_ID + 1, payment_gateway_id=90, last_modified="2026-12-09 08:00:00"),
        raw_order(ORDER_ID + 2, last_modified="2026-12-10 11:00:00"),
    )
    business.run_once()
    journal.write_bytes(older)
    return business


def test_an_older_journal_put_back_alone_forgets_no_order_that_was_held(
    journal_put_back: Business,
) -> None:
    finished = journal_put_back.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert journal_put_back.order(ORDER_ID + 1).reason == "unknown_payment_type"
    assert len(journal_put_back.invoices()) == 2
    assert str(journal_put_back.watermark()) == "2026-12-10 11:00:00+01:00"


def test_after_an_older_journal_was_put_back_idle_runs_are_as_idle_as_before(
    journal_put_back: Business,
) -> None:
    journal_put_back.run_once()

    assert journal_put_back.run_once().calls("dinero") == []


def test_an_older_journal_put_back_stays_one_while_the_shop_lists_nothing(
    journal_put_back: Business,
) -> None:
    hidden, journal_put_back.sandbox.orders = journal_put_back.sandbox.orders, {}
    journal_put_back.run_once()
    journal_put_back.sandbox.orders = hidden
    by_email = {"name": "all", "when": {"zone": "dk"}, "by": "email"}
    journal_put_back.config["sending"] = [by_email]

    journal_put_back.run_once()

    assert journal_put_back.order(ORDER_ID + 2).standing == "done"
    assert journal_put_back.invoice(ORDER_ID + 2).mailouts == []


@pytest.mark.parametrize("code", [SkipReason.BY_OPERATOR, SkipReason.BOOKED_ELSEWHERE])
def test_an_order_that_a_person_ended_comes_back_once_the_state_folder_is_lost(
    business: Business, code: SkipReason
) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=1)
    with business.at_work() as place:
        skip_order(place, business.order(), "by hand", code)
    business.run_once()
    assert business.invoices() == []
    lose_the_state_folder(business)

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}


def test_an_order_that_a_person_ended_is_held_where_the_books_show_it(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference="10427")
    business.sell(raw_order())
    business.run_once()
    business.skip()
    lose_the_state_folder(business)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "maybe_booked_elsewhere"
    assert len(business.invoices()) == 1


def cancelled(business: Business, returns: str) -> None:
    """Book an order that is cancelled afterwards, and lose the journal."""
    business.config["credits"] = {"returns": returns}
    business.sell(raw_order())
    business.run_once()
    business.wait(hours=1)
    business.change(status="cancelled")
    business.run_once()
    lose_the_state_folder(business)
    business.run_once()
    business.run_once()


def test_a_cancelled_order_that_was_credited_is_no_hold_of_a_new_journal(
    business: Business,
) -> None:
    cancelled(business, "automatic")

    assert business.order().standing is Standing.DONE
    assert len(business.sandbox.credit_notes) == 1
    assert business.run_once().result.outcomes() == {}


def test_a_cancelled_order_is_proposed_to_be_credited_by_a_new_journal(business: Business) -> None:
    cancelled(business, "propose")

    business.do(lambda place: make_proposed(place, business.order()))

    assert [each.totals.gross for each in business.sandbox.credit_notes.values()] == [Decimal(125)]
    assert business.order().standing is Standing.DONE
    assert business.invoice().remaining == 0


def test_a_refund_that_nobody_registered_is_told_by_a_new_journal(
    business: Business, payouts: PayoutFiles
) -> None:
    payouts.waits_on_clearing()
    business.sell(raw_order())
    business.run_once()
    credit(business, amount=Decimal(25))  # what is paid back waits for the provider's file
    business.wait(hours=1)
    lose_the_state_folder(business)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert "Invoice 1001 is overpaid" in message_of(business.order())
    with business.at_work() as place:
        accept(place, gather(place, business.order()), "registered")
    assert business.order().standing is Standing.DONE
    assert business.run_once().calls("dinero") == []


def test_one_that_another_machine_may_be_about_to_register_is_not_told(
    business: Business, payouts: PayoutFiles
) -> None:
    payouts.waits_on_clearing()
    business.sell(raw_order())
    business.run_once()
    business.wait(hours=1)
    credit(business, amount=Decimal(25))
    lose_the_state_folder(business)

    business.run_once()

    assert business.order().standing is Standing.DONE


def test_a_cancelled_order_that_nobody_can_plan_anew_is_one_that_differs(
    business: Business,
) -> None:
    by_category = {"name": "Brugt", "when": {"category": "Brugt*"}, "account": 1000}
    business.config["posting"]["rules"] = [by_category]  # no product was read by a new journal
    cancelled(business, "propose")

    assert business.order().reason == "document_differs"
