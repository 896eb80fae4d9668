"""When money is received decides which event makes an order due, and the day of its payment."""

from datetime import date

import pytest
from builders import a_gateway, a_payment_type, an_order, at, settings

from dinero_sync.domain.hold import HeldError
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.posting.days.closed import first_open_day, is_closed, refuse_closed
from dinero_sync.posting.days.received import (
    may_precede_invoice,
    payment_day,
    refuse_paid_earlier,
    trigger_of,
)
from dinero_sync.posting.settings import (
    PaymentType,
    PaymentTypeCondition,
    PostingSettings,
    Received,
    Trigger,
)

PAID, SHIPPED = Trigger.PAID, Trigger.SHIPPED
AT_ONCE, WHEN_SHIPPED = Received.AT_ONCE, Received.WHEN_SHIPPED
RULES = settings(trigger=SHIPPED)
DECEMBER = date(2026, 12, 1)


def an_entry(
    received: Received | None = None, name: str = "Bankoverførsel", trigger: Trigger | None = None
) -> PaymentType:
    when = PaymentTypeCondition(gateway_id=(12,))
    return a_payment_type(name=name, when=when, received=received, trigger=trigger)


def sold(paid: str, shipped: str) -> Order:
    """Return an order of 1 November, paid and shipped on days; ``-``: not; ``yes``: not told."""
    told = {"-", "yes"}
    return an_order(
        created=at("2026-11-01"),
        changed=at("2026-11-30"),
        paid=paid != "-",
        paid_at=None if paid in told else at(f"2026-11-{paid}"),
        status=OrderStatus.NEW if shipped == "-" else OrderStatus.SHIPPED,
        shipped_at=None if shipped in told else at(f"2026-11-{shipped}"),
        gateway=a_gateway(name="Noget"),
    )


@pytest.mark.parametrize(
    ("paid", "shipped", "expected"),
    [
        ("-", "-", PAID),
        ("05", "-", PAID),
        ("yes", "-", PAID),
        ("-", "05", SHIPPED),
        ("-", "yes", SHIPPED),
        ("05", "10", PAID),
        ("10", "05", SHIPPED),
        ("05", "05", PAID),
        ("yes", "05", PAID),
        ("05", "yes", PAID),
        ("yes", "yes", PAID),
    ],
)
def test_money_at_once_makes_an_order_due_by_what_comes_first(
    paid: str, shipped: str, expected: Trigger
) -> None:
    assert trigger_of(sold(paid, shipped), an_entry(AT_ONCE), RULES) is expected


@pytest.mark.parametrize("entry", [None, an_entry(), an_entry(WHEN_SHIPPED)])
def test_of_other_payment_types_the_trigger_is_the_configured_one(
    entry: PaymentType | None,
) -> None:
    assert trigger_of(sold("05", "10"), entry, RULES) is SHIPPED
    assert trigger_of(sold("10", "05"), entry, settings(trigger=PAID)) is PAID


def test_where_being_paid_is_the_trigger_money_at_once_changes_nothing() -> None:
    by_payment = an_entry(AT_ONCE, trigger=PAID)

    assert trigger_of(sold("10", "05"), by_payment, RULES) is PAID
    assert trigger_of(sold("-", "05"), an_entry(AT_ONCE), settings(trigger=PAID)) is PAID


@pytest.mark.parametrize(
    ("entry", "rules", "precedes"),
    [
        (an_entry(), RULES, True),
        (None, RULES, True),
        (an_entry(AT_ONCE), RULES, False),
        (an_entry(WHEN_SHIPPED), RULES, False),
        (an_entry(), settings(trigger=PAID), False),
    ],
)
def test_a_payment_comes_before_its_invoice_only_where_nobody_said_what_it_means(
    entry: PaymentType | None, rules: PostingSettings, *, precedes: bool
) -> None:
    assert may_precede_invoice(entry, rules) is precedes


@pytest.mark.parametrize("trigger", Trigger)
def test_a_payment_has_the_day_it_was_paid(trigger: Trigger) -> None:
    assert payment_day(sold("05", "10"), DECEMBER, trigger) == date(2026, 11, 5)


@pytest.mark.parametrize(("trigger", "expected"), [(PAID, DECEMBER), (SHIPPED, date(2026, 11, 30))])
def test_a_payment_whose_day_isnt_told_has_the_invoices_or_that_of_the_change(
    trigger: Trigger, expected: date
) -> None:
    assert payment_day(sold("yes", "10"), DECEMBER, trigger) == expected


def is_held(order: Order, entry: PaymentType | None, day: date = DECEMBER) -> bool:
    try:
        refuse_paid_earlier(order, entry, RULES, day)
    except HeldError as error:
        return error.hold.reason == "paid_before_invoice"
    return False


@pytest.mark.parametrize(
    "name", ["Bankoverførsel", "Bank", "Overførsel", "Forudbetaling", "Bank transfer", "Netbank"]
)
def test_a_bank_transfer_of_an_earlier_month_is_held(name: str) -> None:
    assert is_held(sold("30", "yes"), an_entry(name=name))


def test_so_is_one_that_only_the_shop_calls_so() -> None:
    order = an_order(
        paid_at=at("2026-11-30"),
        status=OrderStatus.SHIPPED,
        gateway=a_gateway(name="Bankoverførsel", code="other"),
    )

    assert is_held(order, an_entry(name="Andet"))


def test_a_year_later_in_the_same_month_is_another_month() -> None:
    assert is_held(sold("30", "yes"), an_entry(), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("order", "entry", "day"),
    [
        (sold("01", "yes"), an_entry(), date(2026, 11, 30)),
        (sold("-", "yes"), an_entry(), DECEMBER),
        (sold("yes", "yes"), an_entry(), DECEMBER),
        (sold("30", "yes"), None, DECEMBER),
        (sold("30", "yes"), an_entry(AT_ONCE), DECEMBER),
        (sold("30", "yes"), an_entry(WHEN_SHIPPED), DECEMBER),
        (sold("30", "yes"), an_entry(trigger=PAID), DECEMBER),
        (sold("30", "yes"), an_entry(name="Dankort"), DECEMBER),
        (sold("30", "yes"), an_entry(name="MobilePay"), DECEMBER),
        (sold("30", "yes"), an_entry(name="Bankkort"), DECEMBER),
        (sold("30", "yes"), an_entry(name="Klarna"), DECEMBER),
    ],
    ids=[
        "in the same month",
        "unpaid",
        "on a day that isn't told",
        "by no payment type",
        "at once",
        "when shipped",
        "by being paid",
        "by card",
        "by MobilePay",
        "by a bank's card",
        "by Klarna",
    ],
)
def test_no_other_payment_is_held(order: Order, entry: PaymentType | None, day: date) -> None:
    assert not is_held(order, entry, day)


def test_a_day_is_closed_up_to_the_last_reported_one_unless_it_was_chosen() -> None:
    last = date(2026, 12, 31)

    assert is_closed(last, last)
    assert is_closed(DECEMBER, last, [last])
    assert not is_closed(last, last, [last])
    assert not is_closed(first_open_day(last), last)
    assert not is_closed(last, None)
    assert first_open_day(last) == date(2027, 1, 1)


@pytest.mark.parametrize("what", ["invoice", "margin", "payment"])
def test_each_kind_of_document_of_a_closed_day_says_which_it_is(what: str) -> None:
    with pytest.raises(HeldError) as held:
        refuse_closed(what, DECEMBER, DECEMBER)

    assert held.value.hold.text == f"period_closed.{what}"
    assert held.value.hold.facts["day"] == DECEMBER


def test_an_open_day_is_held_for_nothing() -> None:
    refuse_closed("invoice", DECEMBER, None)
    refuse_closed("invoice", DECEMBER, date(2026, 11, 30))
    refuse_closed("invoice", DECEMBER, DECEMBER, [DECEMBER])
