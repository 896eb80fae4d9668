"""Orders that the shop cancels or edits after booking: proposed, accepted, or followed."""

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from crediting import credit, give, ways_out
from records import message_of, next_step_of
from shop import ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sync.run.by_hand import skip_order
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

    assert sold.order().sale.text == "cancelled_after_booking.with_later"
    assert message_of(sold.order()).endswith("of this order: credit note 1002, 280.00 DKK.")
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

    assert sold.order().sale.text == "changed_after_booking.with_later"
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


def edit(business: Business, *products: dict[str, Any], **fields: object) -> None:
    """Let the shop's order have these goods, and none else."""
    business.wait(hours=1)
    edited = raw_order(products=list(products))
    told = {name: edited[name] for name in ("products", "total_price", "vat")}
    business.change(ORDER_ID, **told, **fields)


def booked(business: Business) -> list[Decimal]:
    """Return the totals of the order's invoices that are booked."""
    return [each.totals.gross for each in business.invoices() if each.is_booked]


@pytest.fixture
def added(sold: Business) -> Business:
    """Let a cup come to the order later, and an invoice of its own."""
    sold.config["credits"] = {"returns": "automatic"}
    edit(sold, *TWO, CUP)
    sold.run_once()
    assert booked(sold) == [Decimal(280), Decimal(60)]
    return sold


def test_what_came_is_not_invoiced_again_by_the_next_change(added: Business) -> None:
    edit(added, *TWO, {**CUP, "amount": 2})
    added.run_once()

    assert booked(added) == [Decimal(280), Decimal(60), Decimal(60)]


def test_what_goes_of_the_first_invoice_leaves_what_came(added: Business) -> None:
    edit(added, TWO[0], CUP)
    finished = added.run_once()

    assert finished.exit_code == ExitCode.OK
    assert [note.totals.gross for note in notes(added)] == [Decimal(80)]
    assert booked(added) == [Decimal(280), Decimal(60)]


def test_what_came_and_goes_again_is_told_with_its_invoice(added: Business) -> None:
    edit(added, *TWO)
    finished = added.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert "invoice 1002, 60.00 DKK" in message_of(added.order())
    assert [words for _, words in ways_out(added.order())] == [
        ("resolve", "ORDER", "--accept", "NOTE")
    ]
    edit(added, *TWO, CUP)
    assert added.run_once().exit_code == ExitCode.OK
    assert (notes(added), added.order().standing) == ([], Standing.DONE)


def test_a_cancelled_order_is_held_until_what_came_to_it_is_credited_too(added: Business) -> None:
    edit(added, *TWO, CUP, status="cancelled")
    added.run_once()

    assert notes(added) == []
    assert "invoice 1002, 60.00 DKK" in message_of(added.order())
    assert [words for _, words in ways_out(added.order())] == [
        ("credit", "ORDER", "--all", "--reason", "TEXT"),
        ("resolve", "ORDER", "--accept", "NOTE"),
    ]
    credit(added, everything=True)
    assert added.order().standing is Standing.HELD

    keeper = Bookkeeper(added.sandbox)  # hours later
    with keeper.session:
        keeper.credit(added.invoices()[1])
    give(added, ways_out(added.order())[1][1])

    assert added.order().standing is Standing.DONE
    assert added.run_once().calls("dinero") == []


def test_a_later_invoice_that_somebody_credited_is_no_part_of_a_proposal(
    added: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.credit(added.invoices()[1])
    edit(added, TWO[0])
    added.run_once()

    assert added.order().sale.text == "changed_after_booking.with_later"
    assert len(notes(added)) == 1


def test_a_draft_of_what_came_is_told_as_one(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic", "booking": "draft"}
    edit(sold, *TWO, CUP)
    sold.run_once()

    edit(sold, *TWO, CUP, status="cancelled")
    sold.run_once()

    assert "a draft of an invoice, 60.00 DKK" in message_of(sold.order())


def test_what_came_may_be_given_up(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic", "booking": "draft"}
    edit(sold, *TWO, CUP)
    sold.run_once()
    with sold.at_work() as place:
        (_, draft) = orders.chains(place.db, ORDER_ID)
        skip_order(place, draft, "not wanted")

    edit(sold, *TWO, CUP, status="cancelled")
    sold.run_once()

    assert [note.totals.gross for note in notes(sold)] == [Decimal(280)]


def test_what_came_is_found_when_the_state_folder_is_put_back_from_a_backup(
    sold: Business, tmp_path: Path
) -> None:
    sold.config["credits"] = {"returns": "automatic"}
    shutil.copytree(sold.state_folder, tmp_path / "backup")
    edit(sold, *TWO, CUP)
    sold.run_once()
    shutil.rmtree(sold.state_folder)
    shutil.copytree(tmp_path / "backup", sold.state_folder)

    sold.run_once()

    assert booked(sold) == [Decimal(280), Decimal(60)]
    assert "invoice 1002, 60.00 DKK" in message_of(sold.order())


def test_a_second_credit_note_is_another_document_than_the_second_invoice(added: Business) -> None:
    for amount in ("50.00", "25.00"):
        made = credit(added, amount=Decimal(amount))
        assert made.exit_code == ExitCode.OK

    assert [note.totals.gross for note in notes(added)] == [Decimal(50), Decimal(25)]


def test_a_cancelled_order_that_was_credited_before_is_not_held(sold: Business) -> None:
    credit(sold, everything=True)
    change(sold, status="cancelled")

    assert sold.run_once().exit_code == ExitCode.OK
    assert (len(notes(sold)), sold.order().standing) == (1, Standing.DONE)


def test_goods_that_were_credited_before_may_leave_the_order(sold: Business) -> None:
    credit(sold, goods=(("FAD-02", None),))
    edit(sold, TWO[0])

    assert sold.run_once().exit_code == ExitCode.OK
    assert (len(notes(sold)), sold.order().standing) == (1, Standing.DONE)


def test_a_credit_note_of_somebody_else_is_told(sold: Business, bookkeeper: Bookkeeper) -> None:
    bookkeeper.credit(sold.invoice())
    change(sold, status="cancelled")
    sold.run_once()

    assert "credit note 1002, 280.00 DKK" in message_of(sold.order())
    assert "credit ORDER --all" not in next_step_of(sold.order())
