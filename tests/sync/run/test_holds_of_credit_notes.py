"""What a held credit note says leads out of it: each way that it offers is followed to its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from bookkeeper import Bookkeeper
from business import Business
from crediting import credit, give, held, ways_out
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.run.by_hand import skip_order
from dinero_sync.sync.run.credit.proposals import make_proposed

pytestmark = pytest.mark.slow
TWO = [
    a_line(amount=2, unit_price=Decimal("100.00")),
    a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("80.00")),
]
CUP = a_line(product_id=900103, own_id="KOP-03", name="Kop", unit_price=Decimal("60.00"))
OUR_NAME = f"shoporama:{ORDER_ID}:refund:2"
Happening = Callable[[Business], None]


@pytest.fixture
def sold(business: Business) -> Business:
    business.sell(raw_order(products=TWO))
    business.run_once()
    return business


def is_quiet(business: Business) -> bool:
    """Tell whether nothing is held, and nothing is left to do."""
    finished = business.run_once()
    return finished.exit_code == ExitCode.OK and finished.calls("dinero") == []


def a_note_of_others(business: Business) -> None:
    """Let somebody change the draft of a credit note, and book it."""
    business.config["credits"] = {"booking": "draft"}
    credit(business, amount=Decimal("20.00"))
    (note,) = business.sandbox.credit_notes.values()
    keeper = Bookkeeper(business.sandbox)
    with keeper.session:
        first, *others = note.fields["ProductLines"]
        lines = [{**first, "BaseAmountValue": float(first["BaseAmountValue"]) + 5}, *others]
        body = {**note.fields, "ProductLines": lines, "Timestamp": note.timestamp}
        keeper.send("PUT", f"sales/creditnotes/{note.guid}", body, version="v1.2")
        note = business.sandbox.credit_notes[note.guid]
        keeper.send("POST", f"sales/creditnotes/{note.guid}/book", {"Timestamp": note.timestamp})
    business.book(ORDER_ID)


def a_payment_with_our_name(business: Business) -> None:
    """Let somebody register a payment under the name of a refund that is to be made."""
    credit(business, amount=Decimal("20.00"), refunds=False)
    (first, *_) = business.invoice().payments

    def meanwhile() -> None:
        theirs = replace(first, guid=str(uuid4()), external_reference=OUR_NAME)
        business.invoice().payments.append(theirs)
        business.invoice().timestamp = business.sandbox.new_timestamp()

    business.meanwhile("POST", "*/book", meanwhile)
    credit(business, amount=Decimal("30.00"))


def paid_from_two_accounts(business: Business) -> None:
    """Let the sale be paid by two payments, neither of which is as much as what goes back."""
    invoice = business.invoice()
    (first,) = invoice.payments
    halves = [
        replace(first, guid=str(uuid4()), amount=Decimal(140), amount_in_currency=Decimal(140)),
        replace(
            first,
            guid=str(uuid4()),
            amount=Decimal(140),
            amount_in_currency=Decimal(140),
            deposit_account=55000,
        ),
    ]
    invoice.payments[:] = halves
    credit(business, amount=Decimal("200.00"))


def a_refund_in_a_closed_period(business: Business) -> None:
    """Close the books once the credit note is booked, and before its refund is."""
    business.fault("reset_before", "*/payments", "POST", times=9)
    credit(business, amount=Decimal("20.00"))
    business.sandbox.clear_faults()
    business.config["dinero"]["closed_until"] = date(2026, 12, 10)
    business.wait(days=1)
    business.run_once()


def a_return(business: Business) -> None:
    """Let the shop tell of a return."""
    business.wait(hours=1, minutes=1)
    goods = [{"product_id": 900101, "own_id": "KRUS-01", "amount": 1}]
    told = {"order_return_id": 77, "order_id": ORDER_ID, "status": "requested", "products": goods}
    business.sandbox.returns[:] = [told]
    business.run_once()


def a_return_of_one_credited_by_hand(business: Business) -> None:
    """Let the bookkeeper credit the sale before the shop tells of the return."""
    keeper = Bookkeeper(business.sandbox)
    with keeper.session:
        keeper.credit(business.invoice())
    a_return(business)


SITUATIONS: dict[str, Happening] = {
    "document_differs.credit": a_note_of_others,
    "paid_differently.refund": a_payment_with_our_name,
    "paid_differently.no_account": paid_from_two_accounts,
    "period_closed.refund": a_refund_in_a_closed_period,
    "unreadable_return.not_here": a_return_of_one_credited_by_hand,
}


@pytest.mark.parametrize("text", SITUATIONS)
def test_each_way_out_ends_it(text: str, sold: Business) -> None:
    SITUATIONS[text](sold)
    chain = held(sold)
    assert chain.current.text == text

    if text == "paid_differently.refund":  # whose first way is to delete what is wrong
        there = sold.invoice().payments
        there[:] = [each for each in there if each.external_reference != OUR_NAME]
    give(sold, ways_out(chain)[0][1])

    assert is_quiet(sold)


def test_a_wrong_refund_may_be_right(sold: Business) -> None:
    a_payment_with_our_name(sold)

    give(sold, ways_out(held(sold))[1][1])

    assert is_quiet(sold)
    assert len(sold.payments()) == 4  # what the bookkeeper made of it stays


@pytest.mark.parametrize("way", [0, 1], ids=["its own day", "an open one"])
def test_a_refund_bears_the_day_that_is_chosen(way: int, sold: Business) -> None:
    a_refund_in_a_closed_period(sold)
    words = ways_out(held(sold))[way][1]

    give(sold, words)

    assert sold.invoice().payments[-1].date == date.fromisoformat(words[3])
    assert sold.invoice().remaining == 0


def test_a_return_of_an_adopted_order_is_credited_in_dinero(business: Business) -> None:
    business.sell(raw_order(products=TWO, paid=0, paid_time=""))
    business.run_once()
    with business.at_work() as place:
        skip_order(place, business.order(), "invoice 7", SkipReason.BOOKED_ELSEWHERE)
    business.sell(raw_order(ORDER_ID + 1))
    business.run_once()
    a_return(business)
    chain = held(business)
    assert chain.current.text == "unreadable_return.adopted"

    give(business, ways_out(chain)[0][1])

    assert is_quiet(business)


@pytest.mark.parametrize(
    ("products", "text"),
    [
        ([a_line(amount=1, unit_price=Decimal("100.00")), TWO[1]], "proposed_credit"),
        ([*TWO, CUP], "proposed_extra"),
    ],
    ids=["credit", "extra"],
)
def test_what_an_edit_proposes_is_made_or_done_by_hand(
    products: list[dict[str, object]], text: str, sold: Business
) -> None:
    edited = raw_order(products=products)
    sold.wait(hours=1)
    sold.change(products=edited["products"], total_price=edited["total_price"], vat=edited["vat"])
    sold.run_once()
    order = sold.order()
    assert order.current.text == f"changed_after_booking.{text}"
    (_, by_itself), (_, by_hand) = ways_out(order)
    assert (by_itself, by_hand[:3]) == (
        ("credit", "ORDER", "--accept"),
        ("resolve", "ORDER", "--accept"),
    )

    sold.do(lambda place: make_proposed(place, sold.order()))

    assert sold.order().standing is Standing.DONE
    assert [each.remaining for each in sold.invoices()] == [0] * len(sold.invoices())
    assert is_quiet(sold)


@pytest.mark.parametrize("products", [[a_line(amount=1)], [*TWO, CUP]], ids=["credit", "extra"])
def test_an_edit_that_was_followed_in_dinero_is_accepted(
    products: list[dict[str, object]], sold: Business
) -> None:
    edited = raw_order(products=products)
    sold.wait(hours=1)
    sold.change(products=edited["products"], total_price=edited["total_price"], vat=edited["vat"])
    sold.run_once()

    give(sold, ways_out(sold.order())[1][1])

    with sold.at_work(dry_run=True) as place:
        assert [each.chain for each in orders.chains(place.db, ORDER_ID)] == ["invoice"]
    assert is_quiet(sold)


def test_a_credit_note_goes_on_once_its_contact_is_brought_back(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    contact = sold.invoice().fields["ContactGuid"]
    bookkeeper.delete_contact(contact)
    credit(sold, everything=True)
    chain = held(sold)
    assert chain.current.text == "rejected_by_dinero.contact_deleted"

    bookkeeper.send("POST", f"contacts/{contact}/restore", None)
    give(sold, ways_out(chain)[0][1])

    assert sold.invoice().remaining == 0
    assert is_quiet(sold)


def test_a_credit_note_without_a_contact_may_be_given_up(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.delete_contact(sold.invoice().fields["ContactGuid"])
    credit(sold, everything=True)

    give(sold, ways_out(held(sold))[1][1])

    assert list(sold.sandbox.credit_notes) == []
    assert is_quiet(sold)
