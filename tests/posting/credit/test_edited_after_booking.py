"""An order that was edited after its invoice was booked: what went of it, and what came to it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from credit_rows import a_row, an_invoice, freight, gift_card

from dinero_sync.domain.documents import Invoice, InvoiceLine, Share
from dinero_sync.posting.credit.difference import difference
from dinero_sync.posting.credit.left import left_of


def edited(
    before: Invoice,
    now: Invoice,
    *taken: Share,
    added: Sequence[InvoiceLine] = (),
    otherwise: Sequence[Share] = (),
) -> tuple[list[str], list[str]] | None:
    """Return what went, as line, amount and pieces, and what came, as it stands on an invoice.

    ``taken`` was credited for changes of the order, ``otherwise`` for another reason.
    """
    left = left_of(before, [line.quantity for line in before.lines], (*taken, *otherwise))
    found = difference(left, now, added=added, otherwise=otherwise)
    if found is None:
        return None
    went = [f"{each.line}: {each.amount:.2f} of {each.pieces:f}" for each in found.shares]
    came = [
        f"{each.quantity.normalize():f} x {each.unit_price:.2f} {each.description}"
        for each in found.extra
    ]
    return went, came


CUP, DISH = a_row("Kop", "100.00", "2"), a_row("Fad", "80.00")
SOLD = an_invoice(CUP, DISH)
SPOON = a_row("Ske", "12.50", "4")
NOTHING: tuple[list[str], list[str]] = ([], [])


@pytest.mark.parametrize(
    ("now", "went", "came"),
    [
        ([a_row("Kop", "100", "1"), DISH], ["0: 100.00 of 1"], []),
        ([a_row("Kop", "90", "2"), DISH], ["0: 20.00 of 0"], []),
        ([DISH], ["0: 200.00 of 2"], []),
        ([a_row("Kop", "100", "1")], ["0: 100.00 of 1", "1: 80.00 of 1"], []),
        ([a_row("Kop", "100", "5"), DISH], [], ["3 x 100.00 Kop"]),
        ([a_row("Kop", "100.50", "2"), DISH], [], ["1 x 1.00 Kop"]),
        ([a_row("Kop", "100.25", "2"), DISH], [], ["1 x 0.50 Kop"]),
        ([CUP, DISH, a_row("Ske", "12.50", "4")], [], ["4 x 12.50 Ske"]),
        ([CUP, DISH, a_row("Ske", "0.50")], [], ["1 x 0.50 Ske"]),
        ([CUP, a_row("Fad", "79.50")], ["1: 0.50 of 0"], []),
        ([CUP, a_row("Fad", "80", account=1050)], ["1: 80.00 of 1"], ["1 x 80.00 Fad"]),
        ([CUP, a_row("Fad", "80", vat_rate=Decimal(0))], ["1: 80.00 of 1"], ["1 x 80.00 Fad"]),
        ([CUP, DISH, freight("39")], [], ["1 x 39.00 Fragt"]),
        # said in words, where a price has no whole øre
        ([a_row("3 stk. Kop", "250.00"), DISH], [], ["1 x 50.00 Kop"]),
        ([CUP, a_row("3 stk. Fad", "240.00")], [], ["1 x 160.00 Fad"]),
        ([CUP, DISH, a_row("1,5 stk. Stof", "100.01")], [], ["1 x 100.01 1,5 stk. Stof"]),
    ],
)
def test_what_went_is_credited_and_what_came_is_invoiced(
    now: list[InvoiceLine], went: list[str], came: list[str]
) -> None:
    assert edited(SOLD, an_invoice(*now)) == (went, came)


def test_what_was_credited_before_is_not_credited_again() -> None:
    taken = Share(line=0, amount=Decimal(200), pieces=Decimal(2))

    assert edited(SOLD, an_invoice(DISH), taken) == NOTHING
    assert edited(SOLD, SOLD, taken) == ([], ["2 x 100.00 Kop"])


def test_of_lines_of_one_kind_the_last_goes_first() -> None:
    before = an_invoice(a_row("Kop", "100", "2"), a_row("Kop", "90", "1"), a_row("Kop", "80", "3"))

    assert edited(before, an_invoice(a_row("Kop", "100", "2"))) == (
        ["1: 90.00 of 1", "2: 240.00 of 3"],
        [],
    )
    assert edited(before, an_invoice(a_row("Kop", "100", "1"))) == (
        ["0: 100.00 of 1", "1: 90.00 of 1", "2: 240.00 of 3"],
        [],
    )


def test_a_line_that_gives_back_is_no_part_of_what_went() -> None:
    # the shop writes a discount as a line of its own, with the name of the goods
    before = an_invoice(a_row("Kop", "100", "2"), a_row("Kop", "-10"))

    assert edited(before, an_invoice(a_row("Kop", "100", "1"), a_row("Kop", "-10"))) == (
        ["0: 100.00 of 1"],
        [],
    )
    assert edited(before, an_invoice()) == (["0: 190.00 of 0"], [])


def test_where_goods_have_less_than_went_nothing_is_proposed() -> None:
    before = an_invoice(DISH, a_row("Kop", "100"), a_row("Kop", "-10"))

    assert edited(before, an_invoice(DISH, a_row("Kop", "-11"))) is None


def test_what_a_gift_card_paid_less_is_nothing_to_invoice_alone() -> None:
    before = an_invoice(CUP, gift_card("50"))

    assert edited(before, an_invoice(CUP, gift_card("60"))) is None
    assert edited(before, an_invoice(CUP, gift_card("50"))) == NOTHING


def test_where_a_card_paid_what_came_nothing_is_proposed() -> None:
    now = an_invoice(CUP, DISH, a_row("Ske", "50"), gift_card("50"))

    assert edited(SOLD, now) is None


def test_the_net_that_foreign_vat_is_of_does_not_make_it_another_line() -> None:
    tax: dict[str, Any] = {"vat_rate": Decimal(0), "account": 64200}
    before = an_invoice(a_row("Moms DE 19 % af 200,00", "38", **tax))
    now = an_invoice(a_row("Moms DE 19 % af 300,00", "57", **tax))

    assert edited(before, now) == ([], ["1 x 19.00 Moms DE 19"])


def test_an_english_order_counts_in_english() -> None:
    before = an_invoice(a_row("3 pcs. Mug", "100.00"), language="en-GB")
    now = an_invoice(a_row("2 pcs. Mug", "66.67"), language="en-GB")

    assert edited(before, now) == (["0: 33.33 of 0"], [])


def test_goods_whose_names_say_a_number_are_not_taken_for_pieces() -> None:
    before = an_invoice(a_row("10 stk. skruer", "20", "3"))
    now = an_invoice(a_row("10 stk. skruer", "20", "3"), a_row("5 stk. skruer", "12", "2"))

    assert edited(before, now) == ([], ["2 x 12.00 5 stk. skruer"])


def test_pieces_for_nothing_take_nothing_off_what_came() -> None:
    spoons = a_row("Ske", "10", "3"), a_row("Ske", "0")

    assert edited(SOLD, an_invoice(CUP, DISH, a_row("Prøve", "0"))) == NOTHING
    assert edited(SOLD, an_invoice(CUP, DISH, *spoons)) == ([], ["1 x 30.00 Ske"])


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ([CUP, DISH, SPOON], NOTHING),
        ([CUP, DISH, a_row("Ske", "12.50", "6")], ([], ["2 x 12.50 Ske"])),
        ([DISH, SPOON], (["0: 200.00 of 2"], [])),
        ([CUP, a_row("Fad", "80.00", "2"), SPOON], ([], ["1 x 80.00 Fad"])),
        # what went is on the later invoice: no credit note of the first takes it out
        ([CUP, DISH], None),
        ([CUP, DISH, a_row("Ske", "12.50", "3")], None),
    ],
)
def test_what_a_later_invoice_added_is_in_the_books(
    now: list[InvoiceLine], found: tuple[list[str], list[str]] | None
) -> None:
    assert edited(SOLD, an_invoice(*now), added=[SPOON]) == found


def test_more_of_the_same_goods_is_counted_with_what_was_added() -> None:
    more = [a_row("Kop", "100.00", "1")]

    assert edited(SOLD, an_invoice(a_row("Kop", "100", "3"), DISH), added=more) == NOTHING
    assert edited(SOLD, SOLD, added=more) == (["0: 100.00 of 1"], [])
    assert edited(SOLD, an_invoice(a_row("Kop", "100", "4"), DISH), added=more) == (
        [],
        ["1 x 100.00 Kop"],
    )


@pytest.mark.parametrize(
    ("now", "found"),
    [
        # the shop took what came back off the order, or it didn't
        ([a_row("Kop", "100", "1"), DISH], NOTHING),
        ([CUP, DISH], NOTHING),
        # the rest of the order is compared all the same
        ([CUP], (["1: 80.00 of 1"], [])),
        ([a_row("Kop", "100", "1"), DISH, SPOON], ([], ["4 x 12.50 Ske"])),
        # what else happened to such goods, nobody can tell
        ([DISH], None),
        ([a_row("Kop", "100", "3"), DISH], None),
        ([a_row("Kop", "100.01", "1"), DISH], None),
    ],
)
def test_goods_that_came_back_may_stand_on_the_order_or_not(
    now: list[InvoiceLine], found: tuple[list[str], list[str]] | None
) -> None:
    back = Share(line=0, amount=Decimal(100), pieces=Decimal(1))

    assert edited(SOLD, an_invoice(*now), otherwise=[back]) == found


def test_goods_that_all_came_back_are_none_that_came() -> None:
    back = Share(line=0, amount=Decimal(200), pieces=Decimal(2))

    assert edited(SOLD, SOLD, otherwise=[back]) == NOTHING
    assert edited(SOLD, an_invoice(DISH), otherwise=[back]) == NOTHING
