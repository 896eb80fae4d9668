"""One bad order stops nobody else: whatever the shop sends, the other orders are booked.

The bad one is booked rightly, left alone, or held once with a reason and a sentence, until the shop
corrects it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_payment_type, plan_order
from builders import settings as posting_settings
from hypothesis import HealthCheck, given, settings
from poisons import OUT_OF_RANGE, WORDS_OF_THE_BUYER, fields_of, poisoned, written
from raw_shop import RawShop, open_raw_shop
from sales import FIRST_ORDER, Sale, Way
from standing_time import COPENHAGEN, NOON
from trade import START, Finished, Trade

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.http_answers import Answer
from dinero_sync.journal.documents import Rung
from dinero_sync.posting.due import Due, Judgement, Never, NotYet, judge
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.settings import PaymentTypeCondition, Trigger
from dinero_sync.sandbox.shop.catalogue import start_catalogue
from dinero_sync.shoporama.masters import masters_of
from dinero_sync.shoporama.reader import ReaderSettings, peek, read_order
from dinero_sync.shoporama.replies import page_of
from dinero_sync.texts.telling import message, next_step

POISONED, GOOD = FIRST_ORDER, (FIRST_ORDER + 1, FIRST_ORDER + 2)
PLACED = "2026-12-10 11:00:00"
CORRECTED = "2026-12-10 12:00:00"
READER = ReaderSettings(zone=COPENHAGEN, currency="DKK")
RULES = posting_settings(
    start_date=START,
    payment_types=(a_payment_type(when=PaymentTypeCondition(gateway=("quickpay*",))),),
)
UNPRINTABLE = "\x00\x1b\u202e"
LONGEST_TO_READ = 3000
"""Characters that somebody reads of a hold."""

Json = dict[str, Any]


def order(order_id: int, **fields: object) -> Json:
    """Return a good order, paid by card: two mugs and a jug, with freight and a voucher."""
    sale = Sale(
        order_id=order_id,
        way=Way.CARD,
        pieces=[(2, Decimal("125.00")), (1, Decimal("33.33"))],
        freight=Decimal("49.00"),
        voucher=Decimal("20.00"),
        paid=True,
    )
    return {**sale.as_order(PLACED), **fields}


TOTAL = Decimal("312.33")
ANY_POISONED = poisoned(order(POISONED), kept=frozenset({"order_id"}))
CATALOGUE = start_catalogue()
MASTERS = masters_of(CATALOGUE.gateways, CATALOGUE.shipping, CATALOGUE.countries)


def decided(text: str) -> Plan | Hold | Judgement:
    """Decide about an order as a run does, from its text to its plan, without any service."""
    (raw,) = page_of(Answer(status=200, headers={}, text=f"[{text}]"), 0).items
    assert peek(raw, READER).order_id == POISONED
    try:
        order = read_order(raw, MASTERS, READER)
        verdict = judge(order, Trigger.PAID, START, seen_undue=False, today=NOON.date())
        if not isinstance(verdict, Due):
            return verdict
        payment_type = find_payment_type(order, RULES.payment_types)
        return plan_order(order, payment_type, verdict.day, RULES, a_chart())
    except HeldError as error:
        return error.hold


@given(text=ANY_POISONED)
@settings(max_examples=settings().max_examples * 3)
def test_whatever_an_order_says_it_is_planned_to_the_ore_or_held_in_words(text: str) -> None:
    found = decided(text)

    if isinstance(found, Hold):
        check_hold(found)
    elif isinstance(found, Plan):
        check_plan(found, text)
    else:
        assert isinstance(found, NotYet | Never)


def check_hold(hold: Hold) -> None:
    """See that a person is told what to do, by code and in sentences, and nothing of the buyer."""
    assert hold.reason in set(HoldReason)
    assert message(hold).endswith(".")
    assert next_step(hold.steps)
    told = f"{message(hold)}\n{next_step(hold.steps)}"
    assert not [word for word in WORDS_OF_THE_BUYER if word in told]
    assert not any(sign in told for sign in UNPRINTABLE)
    assert len(told) < LONGEST_TO_READ


def check_plan(plan: Plan, text: str) -> None:
    """See that what is to be booked adds up to what the order says."""
    invoice = plan.invoice
    stated = Decimal(str(json.loads(text, parse_float=Decimal)["total_price"]))
    assert sum((line.amount for line in invoice.lines), Decimal(0)) == stated
    assert START <= invoice.date <= NOON.date()
    assert all(line.amount >= 0 and line.quantity > 0 for line in invoice.lines)


@pytest.fixture(scope="module")
def raw_shop() -> Iterator[RawShop]:
    with open_raw_shop() as shop:
        yield shop


@pytest.fixture(scope="module")
def sold(trade: Trade, raw_shop: RawShop) -> "Counter":
    return Counter(trade, raw_shop)


class Counter:
    """A shop counter where one order in three is poisoned."""

    def __init__(self, trade: Trade, shop: RawShop) -> None:
        """Sell in ``shop``."""
        self.trade = trade
        self.shop = shop

    def sell(self, text: str) -> Finished:
        """Sell the poisoned order between two good ones, and run once."""
        self.trade.begin(shop_url=self.shop.url)
        good = [written(fields_of(order(order_id))) for order_id in GOOD]
        self.shop.orders = {"before": good[0], "poisoned": text, "after": good[1]}
        return self.trade.run()

    def correct(self) -> None:
        """Let the shop correct the order."""
        text = written(fields_of(order(POISONED, last_modified=CORRECTED)))
        self.shop.orders["poisoned"] = text
        self.trade.time.move(timedelta(minutes=1))

    def check_good_ones(self) -> None:
        """See that both good orders are booked and paid."""
        for order_id in GOOD:
            invoice = self.trade.invoice(order_id)
            assert invoice is not None
            assert invoice.is_booked
            assert [payment.amount for payment in invoice.payments] == [TOTAL]


def check_life_of(sold: Counter, text: str) -> None:
    """Follow a poisoned order from its first run to its correction."""
    first = sold.sell(text)
    sold.check_good_ones()
    assert first.exit_code in {0, 3}
    record = sold.trade.record(POISONED)
    assert record is not None

    second = sold.trade.run()
    assert [line["event"] for line in second.log] == ["run.finished"]
    assert second.exit_code == first.exit_code
    assert second.requests["dinero"] == 0

    sold.correct()
    sold.trade.run()
    invoice = sold.trade.invoice(POISONED)
    if not record.rung.reached(Rung.BOOKED):
        assert invoice is not None
        assert (invoice.is_booked, invoice.totals.gross) == (True, TOTAL)


@given(text=ANY_POISONED)
@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each life begins anew
)
def test_a_poisoned_order_stops_nobody_is_held_once_and_ends_with_its_correction(
    sold: Counter, text: str
) -> None:
    check_life_of(sold, text)


@pytest.mark.parametrize("value", OUT_OF_RANGE.values(), ids=OUT_OF_RANGE.keys())
@pytest.mark.parametrize("field", ["total_price", "never_heard_of"])
def test_an_order_with_a_value_out_of_all_range_stops_nobody(
    sold: Counter, field: str, value: str
) -> None:
    check_life_of(sold, written({**fields_of(order(POISONED)), field: value}))


@pytest.mark.parametrize("written_id", ["null", '""', "0", "-7", '"abc"', "1.5", "[]", None])
def test_an_order_without_an_id_stops_nobody_and_is_told_with_every_run(
    sold: Counter, written_id: str | None
) -> None:
    fields = fields_of(order(POISONED))
    fields.pop("order_id")
    if written_id is not None:
        fields["order_id"] = written_id

    first = sold.sell(written(fields))
    second = sold.trade.run()

    sold.check_good_ones()
    assert (first.exit_code, second.exit_code) == (3, 3)
    assert second.events("orders.without_id")[0]["count"] == 1
    assert sold.trade.watermark() is None


def test_an_order_that_gets_its_id_is_booked_and_the_watermark_moves(sold: Counter) -> None:
    fields = fields_of(order(POISONED))
    fields["order_id"] = "null"
    sold.sell(written(fields))

    sold.correct()
    finished = sold.trade.run()

    assert finished.exit_code == 0
    assert sold.trade.invoice(POISONED) is not None
    assert sold.trade.watermark() is not None
