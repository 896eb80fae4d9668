"""A person credits a booked order: each way, once, and never more than is left."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from bookkeeper import Bookkeeper
from business import Business, Finished
from records import message_of
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sync.run.by_hand import open_state, release, skip_order
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.work.workplace import Workplace

TWO_LINES = [
    a_line(amount=3, unit_price=Decimal("33.35")),
    a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("80.00")),
]


def credit(business: Business, order_id: int = ORDER_ID, **options: object) -> Finished:
    wanted = Wanted(**{name: options.pop(name) for name in list(options) if name in WAYS})  # type: ignore[arg-type]
    chosen = CreditOptions(wanted=wanted, reason="Retur", **options)  # type: ignore[arg-type]

    def work(place: Workplace) -> object:
        found = decide_credit(place, business.order(order_id), chosen)
        return make_credit(place, found, chosen.reason)

    return business.do(work)  # type: ignore[arg-type]


WAYS = {"everything", "amount", "goods", "freight"}


def notes(business: Business) -> list[Invoice]:
    return list(business.sandbox.credit_notes.values())


@pytest.fixture
def sold(business: Business) -> Business:
    business.sell(raw_order(products=TWO_LINES, shipping_price=Decimal("49.00")))
    business.run_once()
    return business


def test_all_of_it_is_credited_and_paid_back(sold: Business) -> None:
    finished = credit(sold, everything=True)

    (note,) = notes(sold)
    assert note.totals.gross == Decimal("229.05")
    assert note.is_booked
    assert sold.invoice().remaining == 0
    assert sold.payments()[-1] == Decimal("-229.05")
    assert set(sold.sandbox.organisation.balances().values()) == {0}
    (outcome,) = finished.events("order.outcome")
    assert outcome["outcome"] == "credited"
    assert outcome["total"] == "229.05"
    assert outcome["invoice_number"] == note.number
    assert finished.writes() == [
        "POST sales/creditnotes",
        f"POST sales/creditnotes/{note.guid}/book",
        f"POST invoices/{sold.invoice().guid}/payments",
    ]


def test_goods_then_the_rest_equal_the_invoice(sold: Business) -> None:
    credit(sold, goods=(("krus-01", Decimal(1)),))
    credit(sold, goods=(("krus-01", None), ("FAD-02", None)), freight=True)

    assert [note.totals.gross for note in notes(sold)] == [Decimal("33.35"), Decimal("195.70")]
    assert sold.invoice().remaining == 0
    assert set(sold.sandbox.organisation.balances().values()) == {0}


def test_an_amount_is_spread_and_the_last_one_takes_the_last_ore(sold: Business) -> None:
    for _ in range(2):
        credit(sold, amount=Decimal("76.33"), again=True)
    credit(sold, everything=True)

    assert sum(note.totals.gross for note in notes(sold)) == Decimal("229.05")
    assert sold.invoice().remaining == 0
    # Dinero rounds the VAT of each document by itself.
    assert max(map(abs, sold.sandbox.organisation.balances().values())) <= Decimal("0.01")


def test_more_than_is_left_is_refused_and_what_is_left_is_said(sold: Business) -> None:
    credit(sold, goods=(("krus-01", Decimal(2)),))

    with pytest.raises(UsageError, match=r"1 of krus-01 are left.*162\.35 DKK are left"):
        credit(sold, goods=(("krus-01", Decimal(2)),), again=True)
    with pytest.raises(UsageError, match=r"162\.35 DKK are left"):
        credit(sold, amount=Decimal("162.36"))


def test_the_same_again_has_to_be_said(sold: Business) -> None:
    credit(sold, goods=(("KRUS-01", Decimal(1)),))

    with pytest.raises(UsageError, match="--again"):
        credit(sold, goods=(("krus-01", Decimal(1)),))
    assert len(notes(sold)) == 1


def test_without_a_refund_the_invoice_stays_overpaid(sold: Business) -> None:
    credit(sold, freight=True, refunds=False)

    assert sold.invoice().remaining == Decimal("-49.00")
    assert len(sold.payments()) == 2


def test_a_lost_state_folder_makes_no_second_one(sold: Business) -> None:
    credit(sold, goods=(("krus-01", Decimal(1)),))
    shutil.rmtree(sold.state_folder)
    sold.run_once()

    with pytest.raises(UsageError, match="--again"):
        credit(sold, goods=(("krus-01", Decimal(1)),))
    credit(sold, everything=True)

    assert [note.totals.gross for note in notes(sold)] == [Decimal("33.35"), Decimal("195.70")]
    assert set(sold.sandbox.organisation.balances().values()) == {0}


def test_a_draft_waits_for_a_word_and_its_refund_for_the_draft(sold: Business) -> None:
    sold.config["credits"] = {"booking": "draft"}
    drafted = credit(sold, freight=True)
    (note,) = notes(sold)
    assert (note.is_booked, drafted.result.outcomes()) == (False, {"drafted": 1})
    with pytest.raises(UsageError, match=r"180\.05 DKK are left"):
        credit(sold, amount=Decimal("229.05"))
    assert sold.run_once().writes() == []

    sold.book(ORDER_ID)

    assert note.is_booked
    assert sold.payments()[-1] == Decimal("-49.00")


def test_an_unpaid_order_that_is_credited_waits_for_no_payment(business: Business) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order(paid=0, paid_time="", status="sent", sent_time="2026-12-08 11:00:00"))
    business.run_once()
    assert business.order().reason == "awaiting_payment"

    credit(business, everything=True)

    assert business.payments() == [Decimal(125)]  # the credit note, set off
    assert business.order().standing is Standing.DONE
    business.wait(days=30)
    assert business.run_once().calls("dinero") == []


def test_a_credit_note_made_by_hand_is_seen(sold: Business) -> None:
    note_by_hand(sold)

    with pytest.raises(UsageError, match="credited in Dinero by other means"):
        credit(sold, freight=True)


def test_one_made_by_hand_meanwhile_is_seen_before_ours(sold: Business) -> None:
    options = CreditOptions(wanted=Wanted(everything=True), reason="Retur")
    with sold.at_work() as place:
        decided = decide_credit(place, sold.order(), options)
    note_by_hand(sold)

    finished = sold.do(lambda place: make_credit(place, decided, "Retur"))

    assert finished.exit_code == ExitCode.HELD
    assert [note.fields.get("ExternalReference") for note in notes(sold)] == [None]


def test_a_deleted_draft_is_held_and_the_next_one_has_another_identity(sold: Business) -> None:
    sold.config["credits"] = {"booking": "draft"}
    credit(sold, freight=True)
    (note,) = notes(sold)
    note.deleted_at = sold.sandbox.now()

    held = sold.book(ORDER_ID)
    assert held.exit_code == ExitCode.HELD
    with sold.at_work() as place:
        (chain,) = orders.held_chains(place.db, sold.order())
        assert "deleted" in message_of(chain)
        skip_order(place, chain, "forkert")
    credit(sold, freight=True)

    references = [each.fields["ExternalReference"] for each in notes(sold)]
    assert references == [f"shoporama:{ORDER_ID}:credit:{count}" for count in (1, 2)]


def test_a_payment_back_by_somebody_else_leaves_nothing_to_pay(sold: Business) -> None:
    def pay_back() -> None:
        invoice = sold.invoice()
        (first, *_) = invoice.payments
        again = replace(first, guid=str(uuid4()), amount=-first.amount)
        invoice.payments.append(replace(again, amount_in_currency=-first.amount))
        invoice.timestamp = sold.sandbox.new_timestamp()

    sold.meanwhile("POST", "*/invoices/*/payments", pay_back)
    credit(sold, everything=True)

    assert sold.invoice().remaining == 0
    assert len([each for each in sold.payments() if each < 0]) == 1


def test_a_closed_period_holds_a_credit_note_until_a_day_is_chosen(sold: Business) -> None:
    sold.config["dinero"]["closed_until"] = date(2026, 12, 10)

    held = credit(sold, freight=True)
    assert held.exit_code == ExitCode.HELD
    assert notes(sold) == []
    sold.wait(days=1)
    with open_state(sold.loaded()) as (db, clock):
        (chain,) = orders.held_chains(db, sold.order())
        release(db, chain, clock.now(), day=date(2026, 12, 11))
    sold.run_once()

    (note,) = notes(sold)
    assert (note.is_booked, note.date) == (True, date(2026, 12, 11))
    assert sold.invoice().payments[-1].date == date(2026, 12, 11)


def test_a_deleted_contact_holds_a_credit_note_until_it_is_back(sold: Business) -> None:
    (contact,) = sold.sandbox.contacts.values()
    contact.deleted_at = sold.sandbox.now()

    held = credit(sold, everything=True)
    assert held.exit_code == ExitCode.HELD
    assert notes(sold) == []
    contact.deleted_at = None
    with open_state(sold.loaded()) as (db, clock):
        (chain,) = orders.held_chains(db, sold.order())
        release(db, chain, clock.now())
    finished = sold.run_once()

    assert finished.result.outcomes() == {"credited": 1}
    assert sold.invoice().remaining == 0


def note_by_hand(business: Business) -> None:
    """Let a bookkeeper credit the freight in Dinero, without a reference of ours."""
    keeper = Bookkeeper(business.sandbox)
    with keeper.session:
        keeper.credit(business.invoice())


@pytest.mark.parametrize("fault", [None, "reset_before", "reset_after"])
def test_a_refund_without_an_answer_tells_the_same_of_what_was_paid_back_before(
    sold: Business, bookkeeper: Bookkeeper, fault: str | None
) -> None:
    """Files tell of a refund of so much: of more nobody would ask why it has no credit note."""
    bookkeeper.pay(sold.invoice(), Decimal(-10))
    if fault is not None:
        sold.fault(fault, "*/payments", "POST")

    credit(sold, amount=Decimal(25))

    with sold.at_work(dry_run=True) as place:
        (plan,) = [each.credit for each in orders.chains(place.db, ORDER_ID) if each.credit]
    assert sold.payments()[-1] == Decimal(-15)
    assert plan.told_of_refund == Decimal(15)
