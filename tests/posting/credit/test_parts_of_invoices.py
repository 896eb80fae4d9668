"""However an invoice is credited, its credit notes together are the invoice, line by line."""

from decimal import Decimal
from typing import Any

import pytest
from builders import a_line, an_order
from credit_rows import a_row, an_invoice
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.documents import Invoice, InvoiceLine, Share
from dinero_sync.posting.credit.difference import Difference, difference
from dinero_sync.posting.credit.left import all_left, left_of, spread_over, total_left
from dinero_sync.posting.credit.selection import (
    Booked,
    SelectionError,
    Wanted,
    booked_as,
    chosen,
    left_to_credit,
)

ORE = Decimal("0.01")


def untold(invoice: Invoice) -> Booked:
    return booked_as(invoice, None)


prices = st.integers(1, 200_000).map(lambda ore: ore * ORE)
rows = st.lists(st.tuples(prices, st.integers(1, 9)), min_size=1, max_size=6).map(
    lambda each: [a_row(f"Vare {at}", str(p), str(q)) for at, (p, q) in enumerate(each)]
)


@given(rows, st.decimals("0.01", "0.9", places=2), st.lists(st.integers(1, 99), max_size=5))
def test_amounts_and_then_the_rest_are_the_invoice_line_by_line(
    lines: list[InvoiceLine], card: Decimal, percents: list[int]
) -> None:
    goods = sum((line.amount for line in lines), Decimal(0))
    used = (goods * card).quantize(ORE)
    if used >= goods:
        return
    invoice = an_invoice(*lines, a_row("Indløst gavekort", str(-used), rule="gift_cards"))
    taken: list[Share] = []
    for percent in percents:
        left = left_of(invoice, [line.quantity for line in invoice.lines], taken)
        amount = (total_left(left) * percent / 100).quantize(ORE)
        if not 0 < amount < total_left(left):
            continue
        shares = spread_over(left, amount)
        assert sum(share.amount for share in shares) == amount
        for share in shares:
            whole = left[share.line].amount
            nothing = Decimal(0)
            assert min(whole, nothing) <= share.amount <= max(whole, nothing)
        taken += shares
    left = left_of(invoice, [line.quantity for line in invoice.lines], taken)
    taken += all_left(left)

    sums = [Decimal(0)] * len(invoice.lines)
    for share in taken:
        sums[share.line] += share.amount
    assert sums == [line.amount for line in invoice.lines]


def test_pieces_that_have_no_price_in_whole_oere_add_up() -> None:
    order = an_order(lines=(a_line(quantity=Decimal(3), unit_price=Decimal("33.3333")),))
    invoice = an_invoice(a_row("3 stk. Krus", "100.00"))
    booked = booked_as(invoice, order)
    sku = order.lines[0].sku
    assert booked.goods == order.lines

    taken: list[Share] = []
    for _ in range(3):
        wanted = Wanted(goods=((sku, Decimal(1)),))
        taken += chosen(booked, wanted, left_to_credit(booked, taken))

    assert [share.amount for share in taken] == [
        Decimal("33.33"),
        Decimal("33.34"),
        Decimal("33.33"),
    ]
    with pytest.raises(SelectionError, match="nothing is left"):
        chosen(booked, Wanted(everything=True), left_to_credit(booked, taken))


def test_a_gift_card_that_paid_goes_back_last() -> None:
    order = an_order(lines=(a_line(quantity=Decimal(2), unit_price=Decimal(250)),))
    used = a_row("Indløst gavekort GAVE-1", "-300", rule="gift_cards")
    invoice = an_invoice(a_row("Krus", "250", "2"), used)
    booked, sku = booked_as(invoice, order), order.lines[0].sku

    first = chosen(booked, Wanted(goods=((sku, Decimal(1)),)), left_to_credit(booked, ()))

    # 200.00 were paid in money: of the first piece they go back, and 50.00 to the card
    assert {share.line: share.amount for share in first} == {0: Decimal(250), 1: Decimal(-50)}


def test_lines_that_a_person_reworded_are_not_told_apart() -> None:
    order = an_order(lines=(a_line(),))
    booked = booked_as(an_invoice(a_row("Noget andet", "125")), order)

    with pytest.raises(SelectionError, match="can't be told apart"):
        chosen(booked, Wanted(goods=(("KRUS-01", None),)), left_to_credit(booked, ()))


def test_foreign_vat_of_two_rates_goes_with_its_own_goods() -> None:
    order = an_order(
        lines=(
            a_line(sku="A", name="A", unit_price=Decimal(119), vat_rate=Decimal(19)),
            a_line(sku="B", name="B", unit_price=Decimal(214), vat_rate=Decimal(7)),
        )
    )
    zero: dict[str, Any] = {"vat_rate": Decimal(0), "account": 1151}
    tax: dict[str, Any] = {"vat_rate": Decimal(0), "account": 64200}
    invoice = an_invoice(
        a_row("A", "100", **zero),
        a_row("B", "200", **zero),
        a_row("VAT DE 19 % of 100.00", "19", **tax),
        a_row("VAT DE 7 % of 200.00", "14", **tax),
        language="en-GB",
    )
    booked = booked_as(invoice, order)

    found = chosen(booked, Wanted(goods=(("B", None),)), left_to_credit(booked, ()))

    assert {share.line: share.amount for share in found} == {1: Decimal(200), 3: Decimal(14)}


def test_an_edit_is_what_went_and_what_came() -> None:
    before = an_invoice(a_row("Krus", "100", "2"), a_row("Fad", "80"))
    now = an_invoice(a_row("Krus", "100", "1"), a_row("Fad", "95"), a_row("Kop", "60"))

    found = difference(left_to_credit(untold(before), ()), now)

    assert found is not None
    assert found.shares == (Share(line=0, amount=Decimal(100), pieces=Decimal(1)),)
    came = {line.description: line.amount for line in found.extra}
    assert came == {"Fad": Decimal(15), "Kop": Decimal(60)}


def test_where_nothing_differs_nothing_goes_and_nothing_comes() -> None:
    before = an_invoice(a_row("Krus", "100", "2"), a_row("Fad", "80"))

    assert difference(left_to_credit(untold(before), ()), before) == Difference(shares=(), extra=())


def test_of_a_gift_card_that_paid_later_nothing_is_proposed() -> None:
    before = an_invoice(a_row("Krus", "100", "2"), a_row("Fad", "80"))
    card = a_row("Indløst gavekort", "-50", rule="gift_cards")

    now = an_invoice(*before.lines, card)

    assert difference(left_to_credit(untold(before), ()), now) is None


@given(rows, rows)
def test_what_went_and_came_makes_the_old_invoice_the_new_one(
    old: list[InvoiceLine], new: list[InvoiceLine]
) -> None:
    before, now = an_invoice(*old), an_invoice(*new)

    found = difference(left_to_credit(untold(before), ()), now)

    went = sum((share.amount for share in found.shares), Decimal(0)) if found else Decimal(0)
    came = sum((line.amount for line in found.extra), Decimal(0)) if found else Decimal(0)
    assert before.total - went + came == now.total
