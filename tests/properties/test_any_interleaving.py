"""Whatever happens in whatever order: one right document for each order that is due, and no other.

The shop sells, changes its mind and hides when it changed something; runs break off, are killed,
overtake each other and lose their memory; people work in Dinero meanwhile. After every step the
books hold nothing wrong, and once the trouble stops they come to hold everything.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from people import Bookkeeper
from reckoning import Reckoning
from sales import FIRST_ORDER, ORE, PIECES, Sale, sales
from standing_time import RunClock, kill
from trade import Finished, Trade

EXAMPLES = settings().max_examples // 5
STEPS = 20
THEIRS = "theirs"
"""The state folder of somebody who runs dinero-sync for the same company elsewhere."""
LONGER_THAN_ANY_PAUSE = timedelta(hours=100)
MOST_ROUNDS = 12
"""Runs within which everything must have come to rest once the trouble stopped."""
COMPLETE = {0, 3}
NOT_NOW = {0, 3, 4, 75}
"""Done, held, in doubt, and tomorrow again: what trouble of the services may end in."""

LISTING = st.fixed_dictionaries(
    {
        "shop_newest_first": st.booleans(),
        "shop_sort_by": st.sampled_from(["order_id", "last_modified"]),
        "shop_filter_ignored": st.booleans(),
    }
)
FAULT: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(
        dict,
        kind=st.sampled_from(["reset_before", "reset_after", "truncated", "rate_limit", "stale"]),
        service=st.sampled_from(["dinero", "dinero", "dinero", "shoporama"]),
        skip=st.integers(0, 12),
        times=st.sampled_from([1, 1, 3, None]),
    ),
    st.builds(
        dict,
        kind=st.sampled_from(["status_before", "status_after"]),
        status=st.sampled_from([500, 502, 503]),
        service=st.sampled_from(["dinero", "dinero", "dinero", "shoporama", "authz"]),
        skip=st.integers(0, 12),
        times=st.sampled_from([1, 1, 4, None]),
    ),
    st.builds(
        dict,
        kind=st.just("html"),
        when=st.sampled_from(["before", "after"]),
        service=st.sampled_from(["dinero", "shoporama"]),
        skip=st.integers(0, 12),
    ),
    st.builds(
        dict,
        kind=st.sampled_from(["reset_after", "status_after", "truncated"]),
        service=st.just("dinero"),
        method=st.just("POST"),
        path=st.sampled_from(["*/invoices", "*/book", "*/payments"]),
    ),
    st.builds(
        dict,
        kind=st.just("status_before"),
        service=st.just("dinero"),
        method=st.just("GET"),
        path=st.just("*/invoices/*"),
        times=st.none(),
    ),
    st.builds(dict, kind=st.just("expired_token"), service=st.just("dinero")),
)
"""Trouble of the services; the last but one hides what came of the one before it."""
FAULTS = st.lists(FAULT, min_size=1, max_size=3, unique_by=lambda fault: repr(fault["kind"]))
NEW = st.lists(sales(due=True), min_size=1, max_size=2)
"""Orders that came in just before a run, so that it has something to do."""
LOOK = st.integers(1, 150)
NUMBER = st.integers(0, 9)
"""Chooses one of the sales there are."""


class AnyInterleaving(RuleBasedStateMachine):
    """Everything that may happen, in any order."""

    def __init__(self, trade: Trade) -> None:
        """Begin with an empty shop."""
        super().__init__()
        self.trade = trade
        self.books = Reckoning(trade)

    @initialize(
        listing=LISTING,
        booking=st.sampled_from(["automatic", "draft"]),
        new=NEW,
    )
    def open_shop(self, listing: dict[str, Any], booking: str, new: list[Sale]) -> None:
        self.booking = booking
        self.trade.begin({"booking": booking}, **listing)
        self.bookkeeper = Bookkeeper(self.trade.sandbox)
        self.orders_arrive(new)

    # What happens in the shop

    @rule(new=st.lists(sales(), min_size=1, max_size=3))
    def orders_arrive(self, new: list[Sale]) -> None:
        for sale in new:
            sale.order_id = FIRST_ORDER + len(self.books.sold)
            self.books.sold.append(sale)
            self.trade.sandbox.add_orders([sale.as_order(self.trade.time.shop_text())])

    @precondition(lambda self: self.books.some(lambda sale: not sale.paid))
    @rule(number=NUMBER, told=st.booleans())
    def it_is_paid(self, number: int, *, told: bool) -> None:
        sale = self.one(number, lambda sale: not sale.paid)
        sale.paid = True
        self.change(sale, told=told, paid=1, paid_time=self.trade.time.shop_text())

    @precondition(lambda self: self.books.some(lambda sale: not (sale.shipped or sale.cancelled)))
    @rule(number=NUMBER, told=st.booleans())
    def it_is_shipped(self, number: int, *, told: bool) -> None:
        sale = self.one(number, lambda sale: not (sale.shipped or sale.cancelled))
        sale.shipped = True
        self.change(sale, told=told, status="sent", sent_time=self.trade.time.shop_text())

    @rule(number=NUMBER, pieces=PIECES)
    def it_gets_other_lines(self, number: int, pieces: list[tuple[Decimal, Decimal]]) -> None:
        sale = self.one(number, lambda _: True)
        before = sale.amounts()
        sale.pieces = pieces
        sale.voucher = Decimal(0)
        self.note_change(sale, happened=sale.amounts() != before)
        self.change(sale, told=True, voucher_discount_amount=0, **sale.amounts())

    @precondition(lambda self: self.books.some(lambda sale: not (sale.cancelled or sale.shipped)))
    @rule(number=NUMBER)
    def it_is_cancelled(self, number: int) -> None:
        sale = self.one(number, lambda sale: not (sale.cancelled or sale.shipped))
        sale.cancelled = True
        self.note_change(sale, happened=True)
        self.change(sale, told=True, status="cancelled")

    # What happens to runs

    @rule()
    def a_run_completes(self) -> None:
        finished = self.books.watched(self.trade.run)
        assert finished.exit_code in COMPLETE, finished.log

    @rule(faults=FAULTS, new=NEW)
    def a_run_meets_faults(self, new: list[Sale], faults: list[dict[str, Any]]) -> None:
        self.orders_arrive(new)
        for fault in faults:
            self.trade.fault(**fault)
        finished = self.books.watched(self.trade.run)
        assert finished.exit_code in NOT_NOW, finished.log
        self.trade.sandbox.clear_faults()

    @rule(look=LOOK, new=NEW)
    def a_run_is_stopped(self, new: list[Sale], look: int) -> None:
        self.orders_arrive(new)
        finished = self.books.watched(lambda: self.trade.run(at_look=look, happen=RunClock.stop))
        assert finished.exit_code in NOT_NOW, finished.log

    @rule(look=LOOK, new=NEW)
    def a_run_is_killed(self, new: list[Sale], look: int) -> None:
        self.orders_arrive(new)
        self.books.watched(lambda: self.trade.run(at_look=look, happen=kill))

    @rule(look=LOOK, new=NEW)
    def two_runs_overlap(self, new: list[Sale], look: int) -> None:
        self.orders_arrive(new)
        other: list[Finished] = []

        def overtake(_: RunClock) -> None:
            other.append(self.trade.run(THEIRS))

        finished = self.books.watched(lambda: self.trade.run(at_look=look, happen=overtake))
        assert finished.exit_code in NOT_NOW, finished.log
        assert all(each.exit_code in COMPLETE for each in other), other

    @rule()
    def the_state_is_lost(self) -> None:
        self.trade.lose_state()

    @rule()
    def the_watermark_is_lost(self) -> None:
        self.trade.set_watermark(None)

    @precondition(lambda self: self.trade.watermark() is not None)
    @rule(hours=st.integers(1, 200))
    def the_watermark_is_set_back(self, hours: int) -> None:
        moment = self.trade.watermark()
        assert moment is not None
        self.trade.set_watermark(moment - timedelta(hours=hours))

    @rule(hours=st.sampled_from([1, 7, 25, 100]))
    def time_passes(self, hours: int) -> None:
        self.trade.time.move(timedelta(hours=hours))

    # What people do

    @precondition(lambda self: self.books.held())
    @rule(number=NUMBER)
    def a_person_retries(self, number: int) -> None:
        found = self.books.held()
        record = found[number % len(found)]
        sale = self.books.sale(record)
        sale.settled = sale.settled or self.books.is_booked(sale)
        self.trade.retry(record.order_id)

    @precondition(lambda self: self.books.held_and_not_booked())
    @rule(number=NUMBER)
    def a_person_skips(self, number: int) -> None:
        found = self.books.held_and_not_booked()
        record = found[number % len(found)]
        self.books.sale(record).ended = True
        self.trade.skip(record.order_id)

    @precondition(lambda self: self.booking == "draft")
    @rule()
    def a_person_books_the_drafts_after_a_run(self) -> None:
        self.a_run_completes()
        finished = self.books.watched(self.trade.book_waiting_drafts)
        assert finished.exit_code in COMPLETE, finished.log

    @precondition(lambda self: self.books.drafts())
    @rule(number=NUMBER, what=st.sampled_from(["edited", "deleted", "booked"]))
    def a_draft_is_changed_in_dinero(self, number: int, what: str) -> None:
        found = self.books.drafts()
        sale, draft = found[number % len(found)]
        if what == "edited":
            self.bookkeeper.reprice_draft(draft, Decimal("77.00"))
        elif what == "deleted":
            self.bookkeeper.delete_draft(draft)
        elif sale.is_due and draft.totals.gross == sale.total:
            self.bookkeeper.book(draft)
        else:
            return
        sale.by_hand.add(what)

    @precondition(lambda self: self.books.owed())
    @rule(number=NUMBER, share=st.sampled_from(["all", "an øre"]))
    def an_invoice_is_paid_in_dinero(self, number: int, share: str) -> None:
        found = self.books.owed()
        sale, invoice = found[number % len(found)]
        amount = invoice.remaining if share == "all" else ORE
        self.bookkeeper.pay(invoice, amount)
        sale.by_hand.add("paid")

    # What must hold

    @invariant()
    def the_books_hold_nothing_wrong(self) -> None:
        self.books.check_nothing_is_wrong()

    def teardown(self) -> None:
        with self.bookkeeper.session:
            self.come_to_rest()
        self.books.check_nothing_is_missing()
        idle = self.trade.run()
        assert idle.requests == {"shoporama": 1, "dinero": 0}
        assert [line["event"] for line in idle.log] == ["run.finished"]

    def come_to_rest(self) -> None:
        """Run until a run changes nothing, each time after every pause is over."""
        for _ in range(MOST_ROUNDS):
            before = self.books.state_of_affairs()
            self.trade.time.move(LONGER_THAN_ANY_PAUSE)
            self.a_run_completes()
            if self.booking == "draft":
                self.books.watched(self.trade.book_waiting_drafts)
            if self.books.state_of_affairs() == before:
                return
        raise AssertionError(f"no rest after {MOST_ROUNDS} runs")

    # Words of the rules above

    def one(self, number: int, fits: Callable[[Sale], bool]) -> Sale:
        """Choose one of the sales that fit."""
        found = self.books.some(fits)
        return found[number % len(found)]

    def change(self, sale: Sale, *, told: bool, **fields: object) -> None:
        """Change an order in the shop; ``told`` moves its time of change."""
        if not told:
            fields["last_modified"] = self.trade.sandbox.orders[sale.order_id]["last_modified"]
        self.trade.sandbox.change_order(sale.order_id, fields)

    def note_change(self, sale: Sale, *, happened: bool) -> None:
        if happened and self.books.is_booked(sale):
            sale.changed_after_booking = True


@pytest.mark.hypothesis  # which marks tests with @given by itself
def test_whatever_happens_the_books_end_right(trade: Trade) -> None:
    class Here(AnyInterleaving):
        def __init__(self) -> None:
            super().__init__(trade)

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # the pinned version has no types
        Here,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None),
    )
