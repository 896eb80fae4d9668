"""Returns that the shop tells of: read once an hour, proposed, accepted, or credited."""

from decimal import Decimal
from typing import Any

import pytest
from business import Business, Finished
from records import message_of, next_step_of
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sync.run.by_hand import refuse_to_release, skip_order
from dinero_sync.sync.run.credit.proposals import make_proposed

TWO = [
    a_line(amount=2, unit_price=Decimal("100.00")),
    a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("80.00")),
]


def a_return(**fields: object) -> dict[str, Any]:
    return {
        "order_return_id": 77,
        "order_id": ORDER_ID,
        "status": "requested",
        "products": [{"product_id": 900101, "own_id": "KRUS-01", "amount": 1}],
        **fields,
    }


def an_hour_later(business: Business, *returns: dict[str, Any]) -> Finished:
    business.wait(hours=1, minutes=1)
    business.sandbox.returns[:] = returns
    return business.run_once()


def chain_of(business: Business, number: int = 77) -> OrderRecord:
    with business.at_work(dry_run=True) as place:
        return orders.loaded(place.db, ORDER_ID, f"credit:return:{number}")


def notes(business: Business) -> list[Invoice]:
    return list(business.sandbox.credit_notes.values())


@pytest.fixture
def sold(business: Business) -> Business:
    business.sell(raw_order(products=TWO))
    business.run_once()
    return business


def test_a_return_is_proposed_and_credited_once_accepted(sold: Business) -> None:
    finished = an_hour_later(sold, a_return())

    assert finished.exit_code == ExitCode.HELD
    assert "100.00 DKK" in message_of(chain_of(sold))
    assert notes(sold) == []

    sold.do(lambda place: make_proposed(place, sold.order()))

    (note,) = notes(sold)
    assert note.fields["ExternalReference"] == f"shoporama:{ORDER_ID}:credit:return:77"
    assert sold.payments()[-1] == Decimal(-100)
    assert (
        set(sold.sandbox.organisation.balances().values()) == {0} or sold.invoice().remaining == 0
    )
    assert an_hour_later(sold, a_return(status="credited")).result.outcomes() == {}


def test_returns_are_read_at_most_once_an_hour(sold: Business) -> None:
    first = an_hour_later(sold)
    sold.wait(minutes=30)
    second = sold.run_once()

    assert first.calls("shoporama").count("GET order-return") == 1
    assert "GET order-return" not in second.calls("shoporama")


def test_a_return_that_was_received_is_credited_by_itself(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic", "automatic_when": {"status": ["Received"]}}
    requested = an_hour_later(sold, a_return())
    received = an_hour_later(sold, a_return(status="received"))

    assert requested.exit_code == ExitCode.HELD
    assert received.exit_code == ExitCode.OK
    assert received.result.outcomes() == {"credited": 1}
    assert [note.totals.gross for note in notes(sold)] == [Decimal(100)]


@pytest.mark.parametrize(
    "fields",
    [
        {"products": []},
        {"products": [{"own_id": "KRUS-01"}]},
        {"products": "Krus"},
        {"refund_amount": 50},
        {"products": [{"own_id": "KRUS-01", "amount": 3}]},
        {"products": [{"own_id": "KENDES-IKKE", "amount": 1}]},
    ],
    ids=str,
)
def test_what_is_not_understood_is_held_and_never_guessed(
    sold: Business, fields: dict[str, object]
) -> None:
    sold.config["credits"] = {"returns": "automatic", "automatic_when": {"status": ["received"]}}

    finished = an_hour_later(sold, a_return(status="received", **fields))

    assert finished.exit_code == ExitCode.HELD
    assert chain_of(sold).reason == "unreadable_return"
    assert notes(sold) == []


def test_what_a_single_purpose_card_paid_is_credited_in_dinero(business: Business) -> None:
    business.config["posting"] = {
        "gift_cards": {"kind": "single_purpose", "account": 63085, "voucher_codes": "GK-*"}
    }
    business.sell(raw_order(voucher_code="GK-1", voucher_discount_amount=Decimal("125.00")))
    business.run_once()

    an_hour_later(business, a_return())

    chain = chain_of(business)
    assert chain.current.text == "unreadable_return.not_left"
    assert "make a credit note (kreditnota) in Dinero by hand" in str(next_step_of(chain))
    business.change(status="cancelled")
    business.run_once()
    assert business.order().reason == "cancelled_after_booking"
    with pytest.raises(UsageError, match="Nothing is proposed"):
        business.do(lambda place: make_proposed(place, business.order()))
    assert notes(business) == []


def test_a_return_ends_by_skip_and_not_by_retry(sold: Business) -> None:
    an_hour_later(sold, a_return())

    with pytest.raises(UsageError, match="waits for your word"):
        refuse_to_release(chain_of(sold), again=False)
    with sold.at_work() as place:
        skip_order(place, orders.loaded(place.db, ORDER_ID, "credit:return:77"), "beholdes")

    assert chain_of(sold).standing is Standing.SKIPPED
    assert an_hour_later(sold, a_return()).exit_code == ExitCode.OK


def test_a_return_and_a_change_of_the_same_goods_are_credited_once(sold: Business) -> None:
    edited = raw_order(products=[a_line(amount=1, unit_price=Decimal("100.00")), TWO[1]])
    told = {name: edited[name] for name in ("products", "total_price", "vat")}
    sold.wait(hours=1)
    sold.change(**told)
    sold.run_once()
    an_hour_later(sold, a_return())

    made = sold.do(lambda place: make_proposed(place, sold.order()))

    assert made.result.outcomes() == {"credited": 1}
    assert [note.totals.gross for note in notes(sold)] == [Decimal(100)]
    assert sold.order().standing is Standing.DONE
    assert an_hour_later(sold, a_return()).exit_code == ExitCode.OK


def test_a_return_after_a_change_was_credited_is_asked_about(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic", "automatic_when": {"status": ["received"]}}
    edited = raw_order(products=[a_line(amount=1, unit_price=Decimal("100.00")), TWO[1]])
    told = {name: edited[name] for name in ("products", "total_price", "vat")}
    sold.change(**told)

    finished = an_hour_later(sold, a_return(status="received"))

    assert finished.exit_code == ExitCode.HELD
    assert [note.totals.gross for note in notes(sold)] == [Decimal(100)]
    assert "But 100.00 DKK were credited before" in message_of(chain_of(sold))


def test_a_return_of_what_was_all_credited_is_no_hold(sold: Business) -> None:
    sold.config["credits"] = {"returns": "automatic", "automatic_when": {"status": ["received"]}}
    sold.wait(hours=1)
    sold.change(status="cancelled")

    finished = an_hour_later(sold, a_return(status="received"))

    assert finished.exit_code == ExitCode.OK
    assert [note.totals.gross for note in notes(sold)] == [Decimal(280)]
    assert chain_of(sold).standing is Standing.SKIPPED


def test_a_return_and_a_change_of_other_goods_are_both_made(sold: Business) -> None:
    edited = raw_order(products=[TWO[0]])
    told = {name: edited[name] for name in ("products", "total_price", "vat")}
    sold.wait(hours=1)
    sold.change(**told)
    sold.run_once()
    an_hour_later(sold, a_return())

    sold.do(lambda place: make_proposed(place, sold.order()))

    assert [note.totals.gross for note in notes(sold)] == [Decimal(100), Decimal(80)]
    assert len(sold.invoices()) == 1
    assert an_hour_later(sold, a_return()).exit_code == ExitCode.OK


def test_a_key_that_may_not_read_returns_is_told_of_once(sold: Business) -> None:
    sold.fault(
        "status_before",
        path="*/order-return",
        service="shoporama",
        status=403,
        body="empty",
        times=2,
    )

    first, second = an_hour_later(sold), an_hour_later(sold)

    assert (first.exit_code, second.exit_code) == (ExitCode.OK, ExitCode.OK)
    assert len(first.events("returns.not_read")) == 1
    assert second.events("returns.not_read") == []


def test_a_return_of_an_order_that_was_never_booked_is_left_alone(sold: Business) -> None:
    assert an_hour_later(sold, a_return(order_id=ORDER_ID + 9)).exit_code == ExitCode.OK
