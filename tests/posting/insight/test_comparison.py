"""Two plans of one order, posting by posting."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_plan,
    a_rule,
    an_order,
    money,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import GiftCardUse, LedgerItem, MarginScheme, Payment
from dinero_sync.domain.product import Product
from dinero_sync.posting.insight.comparison import Change, PostedLine, changes_between
from dinero_sync.posting.settings import Margin, MarginMethod

CHART = a_chart()


def on(account: int, code: str | None, amount: str, rate: int = 0) -> PostedLine:
    return PostedLine(
        account=account,
        vat_code=code,
        vat_rate=Decimal(rate),
        amount=money(amount),
        currency="DKK",
    )


def test_a_plan_doesnt_differ_from_itself() -> None:
    assert changes_between(a_plan(), a_plan(), CHART) == ()


def test_a_payment_that_the_rules_no_longer_register_is_a_change() -> None:
    open_invoice = replace(a_plan(), payment=None)

    (change,) = changes_between(a_plan(), open_invoice, CHART)

    assert (change.what, change.then, change.now) == ("payment", on(55010, None, "125.00"), None)


def test_a_line_on_another_account_is_a_change() -> None:
    order, day = an_order(), date(2026, 12, 3)
    rules = settings(rules=(a_rule(1001),))

    now = plan_order(order, a_payment_type(), day, rules, CHART)

    assert changes_between(a_plan(), now, CHART) == (
        Change(what="Krus", then=on(1000, "U25", "125.00", 25), now=on(1001, "U25", "125.00", 25)),
    )


def test_of_two_lines_called_alike_only_the_one_that_differs_is_told() -> None:
    lines = (a_line(), a_line(unit_price=money("80.00")))
    then = a_plan(lines=lines)
    first, second = then.invoice.lines
    moved = replace(then.invoice, lines=(first, replace(second, account=1001)))

    (change,) = changes_between(then, replace(then, invoice=moved), CHART)

    assert change.then == on(1000, "U25", "80.00", 25)


def test_of_two_lines_called_alike_the_first_may_be_the_one_that_differs() -> None:
    lines = (a_line(), a_line(unit_price=money("80.00")))
    then = a_plan(lines=lines)
    first, second = then.invoice.lines
    moved = replace(then.invoice, lines=(replace(first, account=1001), second))

    (change,) = changes_between(then, replace(then, invoice=moved), CHART)

    assert (change.then, change.now) == (
        on(1000, "U25", "125.00", 25),
        on(1001, "U25", "125.00", 25),
    )


def test_an_account_that_has_left_the_chart_has_no_vat_code() -> None:
    then, chart = a_plan(), a_chart([])
    (line,) = then.invoice.lines
    moved = replace(then.invoice, lines=(replace(line, account=1001),))

    (change,) = changes_between(then, replace(then, invoice=moved), chart)

    assert (change.then, change.now) == (on(1000, None, "125.00", 25), on(1001, None, "125.00", 25))


def test_an_account_whose_vat_was_changed_is_a_change_of_rate() -> None:
    then = a_plan()
    (line,) = then.invoice.lines
    without = replace(then.invoice, lines=(replace(line, vat_rate=Decimal(0)),))

    (change,) = changes_between(replace(then, invoice=without), then, CHART)

    assert (change.then, change.now) == (on(1000, "U25", "125.00"), on(1000, "U25", "125.00", 25))


def test_a_payment_to_another_account_is_a_change() -> None:
    then = a_plan()

    assert then.payment is not None
    elsewhere = replace(then, payment=replace(then.payment, deposit_account=55020))
    (change,) = changes_between(then, elsewhere, CHART)
    assert change == Change(
        what="payment", then=on(55010, None, "125.00"), now=on(55020, None, "125.00")
    )


def test_a_margin_that_wasnt_posted_is_told_on_both_its_accounts() -> None:
    used = a_rule(1051, "used", sku=("KRUS*",), margin_scheme=MarginScheme.USED_GOODS)
    rules = settings(rules=(used,), margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052))
    products = {501: Product(product_id=501, purchase_price=money("45.00"))}
    day = date(2026, 12, 3)

    now = plan_order(an_order(), a_payment_type(), day, rules, CHART, products=products)

    line, debit, credit = changes_between(a_plan(), now, CHART)
    assert (line.then, line.now) == (on(1000, "U25", "125.00", 25), on(1051, None, "125.00"))
    assert debit.what == "Brugtmoms avance ordre 10427, KRUS-BLAA (debit)"
    assert credit.what == "Brugtmoms avance ordre 10427, KRUS-BLAA (credit)"
    assert (debit.then, debit.now) == (None, on(1051, None, "80.00"))
    assert (credit.then, credit.now) == (None, on(1052, "U25", "80.00", 25))


def test_what_a_gift_card_paid_is_told_where_it_came_from_and_where_it_went() -> None:
    use = GiftCardUse(
        payment=Payment(
            reference="shoporama:4815162:payment:gift_card",
            deposit_account=55090,
            amount=money("40.00"),
            description="Gavekort gk-77",
        ),
        item=LedgerItem(
            guid=UUID(int=7),
            date=date(2026, 12, 3),
            description="Gavekort gk-77",
            amount=money("40.00"),
            account=63080,
            vat_code=None,
            balancing_account=55090,
            balancing_vat_code=None,
        ),
    )

    found = changes_between(a_plan(), replace(a_plan(), gift_card=use), CHART)

    assert {(each.what, each.then, each.now) for each in found} == {
        ("payment", on(55010, None, "125.00"), on(55010, None, "85.00")),
        ("Gavekort gk-77 (debit)", None, on(63080, None, "40.00")),
        ("Gavekort gk-77 (credit)", None, on(55090, None, "40.00")),
        ("payment by gift card", None, on(55090, None, "40.00")),
    }
