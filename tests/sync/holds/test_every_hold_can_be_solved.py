"""Every hold can be solved by what it says.

Each way that it offers ends with the sale in the books, or with the order ended: no sale was to be
booked, or it was made in Dinero by hand. Whoever follows the steps knows nothing else.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import NOON, Business, set_clock
from held_at_dinero import AT_DINERO
from held_for_their_day import OF_DAYS
from held_orders_of_the_shop import HELD, STOPPED_BEFORE
from person import COMPLETE, Situation, Way, follow, ways_of
from records import message_of
from shop import ORDER_ID

from dinero_sync.domain.hold import ENDED_BY_PERSON, DoubtReason
from dinero_sync.domain.step import AS_WRITTEN, Command
from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Standing
from dinero_sync.texts.holds import HOLDS

SITUATIONS = {**HELD, **OF_DAYS, **AT_DINERO}
OF_CREDIT_NOTES = {
    "cancelled_after_booking.proposed_credit",
    "cancelled_after_booking.with_later",
    "changed_after_booking.proposed_both",
    "changed_after_booking.proposed_credit",
    "changed_after_booking.proposed_extra",
    "changed_after_booking.with_later",
    "chargeback",
    "chargeback.elsewhere",
    "chargeback.won",
    "credited_elsewhere",
    "document_differs.credit",
    "draft_deleted.credit",
    "paid_differently.chargeback",
    "paid_differently.no_account",
    "paid_differently.refund",
    "period_closed.chargeback",
    "period_closed.credit_note",
    "period_closed.refund",
    "rejected_by_dinero.contact_deleted",
    "returned",
    "returned.after_change",
    "unreadable_return.adopted",
    "unreadable_return.not_here",
    "unreadable_return.not_left",
    "unreadable_return.unclear",
}
"""They end with a credit note, or without one: the sale stays as it is. Their ways are followed in
``tests/sync/run``: ``test_holds_of_credit_notes.py``, ``test_credit.py``, ``test_returns.py``,
``test_changed_orders_followed.py``; those of chargebacks in ``tests/sync/payouts``."""

OF_PAPERS = re.compile(
    r"(bill_|payout_|no_bill_rule|paid_amount_unknown|maybe_posted_elsewhere|voucher_)"
    r"|.*\.(voucher|voucher_payment|supplier|payout)$"
)
"""Those of bills and payouts are followed in ``test_papers_can_be_solved.py`` beside this,
``tests/sync/bills``, ``tests/bills`` and ``tests/sync/payouts``."""


def text_of(situation: str) -> str:
    """Return the sentence's code; behind a comma stands which of its situations it is."""
    return situation.partition(",")[0]


def test_every_sentence_of_a_hold_is_provoked_or_said_to_be_out_of_reach() -> None:
    provoked = {text_of(each) for each in SITUATIONS}

    of_papers = {text for text in HOLDS if OF_PAPERS.match(text)}
    others = {AS_WRITTEN, DoubtReason.NO_ANSWER, *OF_CREDIT_NOTES, *of_papers}
    assert provoked | {*STOPPED_BEFORE} == {*HOLDS} - others
    assert not provoked & {*STOPPED_BEFORE}


@pytest.mark.parametrize("name", STOPPED_BEFORE)
def test_rules_that_would_hold_every_order_so_are_refused_before_a_run(
    name: str, business: Business, bookkeeper: Bookkeeper
) -> None:
    with ExitStack() as changes:
        STOPPED_BEFORE[name](Situation(business, bookkeeper, SITUATIONS["draft_deleted"], changes))

    assert business.invoices() == []
    assert business.run_once().exit_code is ExitCode.CONFIG


@contextmanager
def held(name: str, business: Business) -> Iterator[Situation]:
    """Let it happen anew, in an empty shop with empty books."""
    business.sandbox.reset()
    set_clock(business.sandbox, NOON)
    shutil.rmtree(business.state_folder, ignore_errors=True)
    business = Business(business.sandbox, business.state_folder.parent)
    keeper = Bookkeeper(business.sandbox)
    with keeper.session, ExitStack() as changes:
        situation = Situation(business, keeper, SITUATIONS[name], changes)
        SITUATIONS[name].happens(situation)
        yield situation


def offered(situation: Situation, name: str) -> list[Way]:
    """Return the ways out that the held order offers here."""
    order = situation.business.order()
    assert order.standing is Standing.HELD, (order.standing, order.reason)
    assert order.current.text == text_of(name), message_of(order)
    ways = list(ways_of(order.current.steps))
    assert any(way.given for way in ways), f"{name} must say what to do where the shop can't"
    return [way for way in ways if not _is_for_others(way, situation.held.not_so)]


def _is_for_others(way: Way, not_so: frozenset[str]) -> bool:
    """Tell whether a way begins with an "if" that isn't so, and nothing "else" follows it."""
    return any(
        each.text in not_so and (way.given is None or each.text not in COMPLETE)
        for each in way.said
    )


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_way_out_ends_in_the_books_or_ends_the_order(name: str, business: Business) -> None:
    with held(name, business) as situation:
        count = len(offered(situation, name))
    for number in range(count):
        with held(name, business) as situation:
            way = offered(situation, name)[number]
            follow(way, situation)
            situation.business.run_once()
            check_end(situation, way)


def check_end(situation: Situation, way: Way) -> None:
    """See that the order is in the books with its total, or was ended by a person."""
    order = situation.business.order()
    told = f"after {way}: {order.standing}, {order.reason}, {message_of(order)}"
    if order.standing is Standing.SKIPPED:
        assert order.reason in ENDED_BY_PERSON, told
        return
    assert order.standing is Standing.DONE, told
    by_hand = isinstance(way.given, Command) and "--accept" in way.given.words
    if not by_hand:  # else what a person made of the books stays
        by_card = order.plan.paid_by_card if order.plan else Decimal(0)
        assert situation.business.invoice().totals.gross == total_of(situation) + by_card, told


def total_of(situation: Situation) -> Decimal:
    """Return what the order comes to in the shop now."""
    stated = situation.business.sandbox.orders[ORDER_ID].get("total_price")
    return Decimal(stated) if isinstance(stated, int | Decimal) else situation.held.total
