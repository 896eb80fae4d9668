"""Orders that the shop cancels or edits after booking: proposed, accepted, or followed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from crediting import credit
from records import message_of
from shop import ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sync.run.credit.proposals import make_proposed
from dinero_sync.sync.run.resolve import accept, gather

TWO = [
    a_line(amount=2, unit_price=Decimal("100.00")),
    a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("80.00")),
]


def notes(business: Business) -> list[Invoice]:
    return list(business.sandbox.credit_notes.values())


def change(business: Business, **fields: Any) -> None:  # noqa: ANN401 - whatever the shop may send
    business.wait(hours=1)
    last = raw_order(products=TWO, **fields)
    told = {name: each for name, each in last.items() if name not in {"order_id", "last_modified"}}
    business.change(**told)


@pytest.fixture
def sold(business: Business) -> Business:
    business.sell(raw_order(products=TWO))
    business.run_once()
    return business


def test_a_cancelled_order_is_proposed_to_be_credited_and_is_once_accepted(sold: Business) -> None:
    change(sold, status="cancelled")
    finished = sold.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert "2 stk" in message_of(sold.order()) or "Krus 200.00" in message_of(sold.order())
    assert "280.00 DKK" in message_of(sold.order())
    assert notes(sold) == []

    made = sold.do(lambda place: make_proposed(place, sold.order()))

    assert made.exit_code == ExitCode.OK
    assert [note.totals.gross for note in notes(sold)] == [Decimal("280.00")]
    assert sold.invoice().remaining == 0
    assert set(sold.sandbox.organisation.balances().values()) == {0}
    assert sold.order().standing is Standing.DONE
    assert sold.run_once().result.outcomes() == {}


def test_a_cancelled_order_that_is_credited_in_another_way_is_held_no_longer(
    sold: Business,
) -> None:
    change(sold, status="cancelled")
    sold.run_once()

    part = credit(sold, goods=(("FAD-02", None),))
    assert (part.exit_code, sold.order().standing) == (ExitCode.HELD, Standing.HELD)
    rest = credit(sold, amount=Decimal("200.00"))

    assert (rest.exit_code, sold.order().standing) == (ExitCode.OK, Standing.DONE)
    assert sold.run_once().result.outcomes() == {}
    assert sold.invoice().remaining == 0


def test_what_was_taken_off_is_credited_and_what_came_is_invoiced(sold: Business) -> None:
    cup = a_line(product_id=900103, own_id="KOP-03", name="Kop", unit_price=Decimal("60.00"))
    business = sold
    business.wait(hours=1)
    edited = raw_order(products=[a_line(amount=1, unit_price=Decimal("100.00")), TWO[1], cup])
    business.change(
        products=edited["products"], total_price=edited["total_price"], vat=edited["vat"]
    )
    business.run_once()

    assert "Krus 100.00" in message_of(business.order())
    assert "Kop 60.00" in message_of(business.order())
    made = business.do(lambda place: make_proposed(place, business.order()))

    assert [note.totals.gross for note in notes(business)] == [Decimal("100.00")]
    assert [each.totals.gross for each in business.invoices()] == [Decimal(280), Decimal(60)]
    assert all(each.is_booked for each in business.invoices())
    assert business.invoices()[1].fields["ExternalReference"] == f"shoporama:{ORDER_ID}:2"
    assert [each["outcome"] for each in made.events("order.outcome")] == ["credited", "booked"]
    assert business.run_once().result.outcomes() == {}


def test_it_is_followed_by_itself_where_the_configuration_says_so(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic"}
    change(sold, status="cancelled")

    finished = sold.run_once()

    assert finished.exit_code == ExitCode.OK
    assert [note.totals.gross for note in notes(sold)] == [Decimal("280.00")]
    assert sold.invoice().remaining == 0


def credited_by_hand(sold: Business) -> None:
    """Credit in Dinero the invoice of an order that was changed."""
    sold.run_once()
    assert sold.order().sale.text == f"{sold.order().reason}.proposed_credit"
    sold.wait(hours=25)
    Bookkeeper(sold.sandbox).credit(sold.invoice())
    sold.wait(minutes=1)


def test_an_order_whose_invoice_a_person_credits_meanwhile_says_so(sold: Business) -> None:
    change(sold, status="cancelled")
    credited_by_hand(sold)
    moment = (sold.sandbox.now() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S")
    sold.sell(raw_order(ORDER_ID + 1, email="bo@example.com", last_modified=moment))

    sold.run_once()

    assert sold.order().sale.text == "cancelled_after_booking.credited_by_hand"
    assert "280.00 DKK was credited since" in message_of(sold.order())
    with sold.at_work() as place:
        accept(place, gather(place, sold.order()), "Krediteret i Dinero")
    assert sold.order().standing is Standing.DONE
    assert sold.run_once().result.outcomes() == {}


def test_nothing_is_credited_twice_where_a_person_did_meanwhile(sold: Business) -> None:
    edited = raw_order(products=TWO[:1])
    sold.wait(hours=1)
    sold.change(products=TWO[:1], total_price=edited["total_price"], vat=edited["vat"])
    credited_by_hand(sold)

    with pytest.raises(UsageError, match="so that nothing is credited twice"):
        sold.do(lambda place: make_proposed(place, sold.order()))

    assert sold.order().sale.text == "changed_after_booking.credited_by_hand"
    assert len(notes(sold)) == 1
    with pytest.raises(UsageError, match="Nothing is proposed"):
        sold.do(lambda place: make_proposed(place, sold.order()))


def test_nothing_is_proposed_where_credit_notes_are_off(sold: Business) -> None:
    sold.config["credits"] = {"returns": "off"}
    change(sold, status="cancelled")
    sold.run_once()

    assert "kreditnota" not in message_of(sold.order())
    with pytest.raises(UsageError, match="Nothing is proposed"):
        sold.do(lambda place: make_proposed(place, sold.order()))


def test_an_order_without_an_answer_of_dinero_is_proposed_by_a_later_run(sold: Business) -> None:
    change(sold, status="cancelled")
    sold.fault("reset_before", path="*/payments", method="GET", times=9)
    sold.run_once()
    sold.sandbox.clear_faults()

    sold.run_once()

    assert "280.00 DKK" in message_of(sold.order())


CUP = a_line(product_id=900103, own_id="KOP-03", name="Kop", unit_price=Decimal("60.00"))


def test_what_came_is_paid_where_the_shop_says_so(sold: Business) -> None:
    edited = raw_order(products=[*TWO, CUP])
    sold.wait(days=1)
    sold.change(products=edited["products"], total_price=edited["total_price"], vat=edited["vat"])
    sold.run_once()

    made = sold.do(lambda place: make_proposed(place, sold.order()))

    assert made.exit_code == ExitCode.OK
    (payment,) = sold.invoices()[1].payments
    assert payment.amount == Decimal(60)
    assert payment.external_reference == f"shoporama:{ORDER_ID}:2:payment"
    assert payment.date == sold.invoices()[1].date
    assert sold.run_once().calls("dinero") == []


def test_what_came_to_an_unpaid_order_waits_until_it_is_paid(business: Business) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(unpaid_order(products=TWO, status="sent", sent_time="2026-12-08 11:00:00"))
    business.run_once()
    edited = raw_order(products=[*TWO, CUP])
    business.wait(days=1)
    changed = {name: edited[name] for name in ("products", "total_price", "vat")}
    business.change(**changed)
    business.run_once()

    business.do(lambda place: make_proposed(place, business.order()))
    assert [each.payments for each in business.invoices()] == [[], []]
    business.wait(days=1)
    business.change(paid=1, paid_time="2026-12-12 09:00:00")
    business.run_once()

    paid = [[each.amount for each in invoice.payments] for invoice in business.invoices()]
    assert paid == [[Decimal(280)], [Decimal(60)]]
    assert business.run_once().calls("dinero") == []
