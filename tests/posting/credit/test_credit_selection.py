"""What is credited of an invoice: all, an amount, goods by their numbers, the freight."""

from decimal import Decimal
from typing import Any

import pytest
from builders import a_line, an_order
from credit_rows import a_row, an_invoice, freight, gift_card

from dinero_sync.domain.documents import Invoice, Share
from dinero_sync.domain.order import OrderLine
from dinero_sync.posting.credit.left import Left, left_of, spread_over
from dinero_sync.posting.credit.selection import (
    Booked,
    SelectionError,
    Wanted,
    booked_as,
    chosen,
    left_to_credit,
)

CUP = a_line(sku="KOP-1", product_id=7, name="Kop", quantity=Decimal(3), unit_price=Decimal(100))
DISH = a_line(sku="", product_id=8, name="Fad", quantity=Decimal(1), unit_price=Decimal(80))
SOLD = an_invoice(a_row("Kop", "100.00", "3"), a_row("Fad", "80.00"), freight("39.00"))


def told(invoice: Invoice, *lines: OrderLine) -> Booked:
    return booked_as(invoice, an_order(lines=lines))


def credit(booked: Booked, wanted: Wanted, *taken: Share) -> dict[int, Decimal]:
    """Return what is credited of which line."""
    shares = chosen(booked, wanted, left_to_credit(booked, taken))
    assert len({share.line for share in shares}) == len(shares)
    return {share.line: share.amount for share in shares}


def goods(*named: tuple[str, int | None], with_freight: bool = False) -> Wanted:
    """Want goods by their numbers, each with how many."""
    counted = tuple((sku, None if count is None else Decimal(count)) for sku, count in named)
    return Wanted(goods=counted, freight=with_freight)


def took(line: int, amount: str, pieces: int = 0) -> Share:
    return Share(line=line, amount=Decimal(amount), pieces=Decimal(pieces))


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (Wanted(everything=True), "all"),
        (Wanted(amount=Decimal("99.5")), "amount:99.50"),
        (Wanted(freight=True), "freight"),
        (goods(("KOP-1", None)), "line:kop-1:all"),
        (goods(("Kop-1", 10), ("b", 2), with_freight=True), "line:b:2,line:kop-1:10,freight"),
        (goods(("b", 2), ("kop-1", 10), with_freight=True), "line:b:2,line:kop-1:10,freight"),
    ],
)
def test_the_same_is_asked_for_in_one_way(wanted: Wanted, name: str) -> None:
    assert wanted.name() == name


def test_goods_are_known_by_the_sequence_and_the_words_of_the_order_s_lines() -> None:
    free, nothing = a_line(unit_price=Decimal(0)), a_line(quantity=Decimal(0))
    discount = a_line(unit_price=Decimal(-5))

    booked = told(SOLD, free, CUP, nothing, discount, DISH)

    assert booked.goods == (CUP, DISH, None)
    assert booked.positions == (2, 5, None)
    assert booked.pieces() == [Decimal(3), Decimal(1), Decimal(1)]


@pytest.mark.parametrize(
    ("invoice", "lines"),
    [
        (an_invoice(a_row("Kop", "300"), a_row("Fad, hvidt", "80")), (CUP, DISH)),
        (an_invoice(a_row("Kop", "300")), (CUP, DISH)),
        (an_invoice(a_row("Kop", "300"), a_row("Fad", "80", unit="shipment")), (CUP, DISH)),
        (an_invoice(a_row("Vare KOP-1", "300"), language="en-GB"), (a_line(sku="KOP-1", name=""),)),
    ],
    ids=["other words", "fewer lines", "freight", "words of another language"],
)
def test_lines_that_say_something_else_are_of_no_goods(
    invoice: Invoice, lines: tuple[OrderLine, ...]
) -> None:
    booked = told(invoice, *lines)

    nothing = (None,) * len(invoice.lines)
    assert (booked.goods, booked.positions) == (nothing, nothing)


@pytest.mark.parametrize(("language", "word"), [("en-GB", "Product"), ("da-DK", "Vare")])
def test_goods_without_a_name_are_known_by_the_invoice_s_words(language: str, word: str) -> None:
    nameless = a_line(sku="KOP-1", name="")

    booked = told(an_invoice(a_row(f"{word} KOP-1", "300"), language=language), nameless)

    assert booked.goods == (nameless,)


def test_goods_of_half_a_krone_are_goods() -> None:
    cheap = a_line(name="Søm", unit_price=Decimal("0.50"))

    assert told(an_invoice(a_row("Søm", "0.50")), cheap).goods == (cheap,)


def test_all_that_is_left_is_credited() -> None:
    assert credit(told(SOLD, CUP, DISH), Wanted(everything=True), took(0, "100", 1)) == {
        0: Decimal(200),
        1: Decimal(80),
        2: Decimal(39),
    }


def test_an_amount_is_spread_over_what_is_left() -> None:
    booked = told(an_invoice(a_row("Kop", "300.00"), a_row("Fad", "100.00")))

    assert credit(booked, Wanted(amount=Decimal("0.40"))) == {
        0: Decimal("0.30"),
        1: Decimal("0.10"),
    }
    everything = credit(booked, Wanted(amount=Decimal(300)), took(0, "100"))
    assert everything == {0: Decimal(200), 1: Decimal(100)}


def test_a_gift_card_takes_its_part_of_an_amount() -> None:
    booked = told(an_invoice(a_row("Kop", "300.00"), a_row("Fad", "100.00"), gift_card("200.00")))

    # of 200.00 that were paid in money a quarter goes back, and a quarter to the gift card
    assert credit(booked, Wanted(amount=Decimal(50))) == {
        0: Decimal(75),
        1: Decimal(25),
        2: Decimal(-50),
    }


@pytest.mark.parametrize(
    ("wanted", "taken", "why"),
    [
        (Wanted(amount=Decimal(0)), (), "419.00 DKK are left of it"),
        (Wanted(amount=Decimal("419.01")), (), "419.00 DKK are left of it"),
        (Wanted(amount=Decimal("319.01")), (took(0, "100"),), "319.00 DKK are left of it"),
        (
            Wanted(everything=True),
            (took(0, "300"), took(1, "80"), took(2, "39")),
            "nothing is left of it to credit",
        ),
        (goods(("KOP-2", 1)), (), "it has no line KOP-2; it has KOP-1, 8"),
        (goods(("KOP-1", 4)), (), "3 of KOP-1 are left of it"),
        (goods(("KOP-1", 0)), (), "3 of KOP-1 are left of it"),
        (goods(("KOP-1", 3)), (took(0, "100", 1),), "2 of KOP-1 are left of it"),
        (goods(("KOP-1", 1), ("7", 1)), (), "the same line was named twice"),
        (Wanted(freight=True), (took(2, "39", 1),), "no freight is left of it"),
        (Wanted(), (), "what was chosen comes to nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_credited_says_why(
    wanted: Wanted, taken: tuple[Share, ...], why: str
) -> None:
    with pytest.raises(SelectionError) as error:
        credit(told(SOLD, CUP, DISH), wanted, *taken)

    assert str(error.value) == why


def test_where_no_line_is_known_an_amount_is_the_way() -> None:
    with pytest.raises(SelectionError) as error:
        credit(told(SOLD), goods(("KOP-1", 1)))

    assert str(error.value) == (
        "its lines can't be told apart by the order's; choose --all or --amount"
    )


@pytest.mark.parametrize("name", ["KOP-1", "kop-1", "7"])
def test_goods_are_named_by_either_of_their_numbers(name: str) -> None:
    assert credit(told(SOLD, CUP, DISH), goods((name, 2), ("8", 1), with_freight=True)) == {
        0: Decimal(200),
        1: Decimal(80),
        2: Decimal(39),
    }


@pytest.mark.parametrize("name", ["", "None"])
def test_what_has_no_number_is_named_by_nothing(name: str) -> None:
    nameless = a_line(sku="", product_id=None, name="Kop")

    with pytest.raises(SelectionError):
        credit(told(an_invoice(a_row("Kop", "125")), nameless), goods((name, 1)))


def test_the_numbers_that_an_order_has_are_told_once_each() -> None:
    booked = told(SOLD, CUP, a_line(sku="KOP-1", name="Fad"))

    with pytest.raises(SelectionError, match=r"it has KOP-1$"):
        credit(booked, goods(("X", 1)))


def test_pieces_are_taken_from_the_first_lines_that_have_the_product() -> None:
    again = a_line(sku="KOP-1", product_id=7, name="Fad", quantity=Decimal(2))
    booked = told(an_invoice(a_row("Kop", "100", "3"), a_row("Fad", "90", "2")), CUP, again)

    assert credit(booked, goods(("KOP-1", 4))) == {0: Decimal(300), 1: Decimal(90)}
    assert credit(booked, goods(("KOP-1", 2)), took(0, "200", 2)) == {
        0: Decimal(100),
        1: Decimal(90),
    }
    assert credit(booked, goods(("KOP-1", None))) == {0: Decimal(300), 1: Decimal(180)}
    assert credit(booked, goods(("KOP-1", 3))) == {0: Decimal(300)}


def test_an_oere_of_rounding_goes_back_with_the_last_of_the_goods() -> None:
    rounding = a_row("Øredifference", "0.01", rule="rounding")
    booked = told(an_invoice(a_row("Kop", "100", "3"), rounding), CUP)

    assert credit(booked, goods(("KOP-1", 2))) == {0: Decimal(200)}
    assert credit(booked, goods(("KOP-1", 1)), took(0, "200", 2)) == {
        0: Decimal(100),
        1: Decimal("0.01"),
    }
    assert credit(booked, goods(("KOP-1", 1)), took(0, "200", 2), took(1, "0.01")) == {
        0: Decimal(100)
    }


def test_money_goes_back_before_what_gift_cards_paid() -> None:
    cards = gift_card("150"), gift_card("50", "Indløst gavekort B")
    booked = told(an_invoice(a_row("Kop", "100", "3"), *cards), CUP)

    # 100.00 were paid in money
    assert credit(booked, goods(("KOP-1", 1))) == {0: Decimal(100)}
    assert credit(booked, goods(("KOP-1", 2))) == {
        0: Decimal(200),
        1: Decimal(-75),
        2: Decimal(-25),
    }
    assert credit(booked, goods(("KOP-1", 3))) == {
        0: Decimal(300),
        1: Decimal(-150),
        2: Decimal(-50),
    }


def test_the_last_goods_bring_the_oere_of_rounding_whatever_went_before() -> None:
    rounding = a_row("Øredifference", "0.01", rule="rounding")
    booked = told(an_invoice(a_row("Kop", "100", "3"), a_row("Fad", "80"), rounding), CUP, DISH)

    assert credit(booked, goods(("8", 1)), took(0, "300", 3)) == {
        1: Decimal(80),
        2: Decimal("0.01"),
    }
    assert credit(booked, goods(("8", 1))) == {1: Decimal(80)}


@pytest.mark.parametrize(
    ("card", "taken"), [("100", {}), ("200", {}), ("200.50", {1: Decimal("-0.50")})]
)
def test_a_gift_card_takes_what_no_money_paid(card: str, taken: dict[int, Decimal]) -> None:
    rounding = a_row("Øredifference", "0.01", rule="rounding")
    rows = a_row("Kop", "100", "3"), gift_card(card)
    beside = a_row("Kop", "100", "3"), gift_card("250.01"), rounding

    assert credit(told(an_invoice(*rows), CUP), goods(("KOP-1", 1))) == {0: Decimal(100), **taken}
    assert credit(told(an_invoice(*beside), CUP), goods(("KOP-1", 1))) == {
        0: Decimal(100),
        1: Decimal(-50),
    }


def test_goods_that_a_gift_card_paid_leave_nothing_to_credit_first() -> None:
    booked = told(an_invoice(a_row("Kop", "100", "3"), gift_card("299.50")), CUP)

    with pytest.raises(SelectionError) as refused:
        credit(booked, goods(("KOP-1", 1)), took(0, "0.50"))
    assert str(refused.value) == refused.value.why
    assert refused.value.why == (
        "nothing is left of it to credit but what a gift card paid whose VAT was paid when it was "
        "sold; give the buyer a new card, and post it in Dinero by hand"
    )
    assert credit(booked, goods(("KOP-1", 1))) == {0: Decimal(100), 1: Decimal("-99.50")}


DE: dict[str, Any] = {"vat_rate": Decimal(0), "account": 1151}
TAX: dict[str, Any] = {"vat_rate": Decimal(0), "account": 64200}


def german(*rates: tuple[str, int]) -> list[OrderLine]:
    return [
        a_line(sku=name, name=name, vat_rate=Decimal(rate), quantity=Decimal(2))
        for name, rate in rates
    ]


def test_foreign_vat_goes_with_its_goods_by_what_goes_of_them() -> None:
    invoice = an_invoice(
        a_row("A", "100", "2", **DE), a_row("Moms DE 19 % af 200,00", "38.01", **TAX)
    )
    booked = told(invoice, *german(("A", 19)))

    assert credit(booked, goods(("A", 1))) == {0: Decimal(100), 1: Decimal("19.01")}
    assert credit(booked, goods(("A", 2))) == {0: Decimal(200), 1: Decimal("38.01")}
    rest = credit(booked, goods(("A", 1)), took(0, "100", 1), took(1, "19.01"))
    assert rest == {0: Decimal(100), 1: Decimal("19.00")}


def test_foreign_vat_of_one_rate_is_of_all_goods_whatever_the_shop_says_of_theirs() -> None:
    untold = a_line(sku="A", name="A", vat_rate=None, quantity=Decimal(2))
    invoice = an_invoice(a_row("A", "100", "2", **DE), a_row("Moms DE 19 % af 200,00", "38", **TAX))

    assert credit(told(invoice, untold), goods(("A", 2))) == {0: Decimal(200), 1: Decimal(38)}


@pytest.mark.parametrize(
    ("net", "with_freight", "credited"),
    [
        ("200.00", False, {0: Decimal(200), 2: Decimal(50)}),
        ("250.00", False, {0: Decimal(200), 2: Decimal(40)}),
        ("250.00", True, {0: Decimal(200), 1: Decimal(50), 2: Decimal(50)}),
        ("50.00", False, {0: Decimal(200)}),
        ("50.00", True, {0: Decimal(200), 1: Decimal(50), 2: Decimal(50)}),
    ],
)
def test_foreign_vat_says_whether_it_is_of_the_freight_too(
    net: str, credited: dict[int, Decimal], *, with_freight: bool
) -> None:
    invoice = an_invoice(
        a_row("A", "100", "2", **DE),
        a_row("Shipping", "50", unit="shipment", **DE),
        a_row(f"VAT DE 19 % of {net}", "50", **TAX),
        language="en-GB",
    )

    assert credit(
        told(invoice, *german(("A", 19))), goods(("A", 2), with_freight=with_freight)
    ) == (credited)


def test_freight_of_one_of_two_foreign_rates_goes_with_the_goods_of_it() -> None:
    invoice = an_invoice(
        a_row("A", "100", "2", **DE),
        a_row("B", "30", "2", **DE),
        a_row("Fragt til A", "10", unit="shipment", **DE),
        a_row("Fragt til B", "20", unit="shipment", **DE),
        a_row("Moms DE 19 % af 210,00", "40", **TAX),
        a_row("Moms DE 7 % af 80,00", "6", **TAX),
    )
    booked = told(invoice, *german(("A", 19), ("B", 7)))

    assert credit(booked, goods(("A", 2))) == {0: Decimal(200), 4: Decimal("38.10")}
    assert credit(booked, goods(("B", 2))) == {1: Decimal(60), 5: Decimal("4.50")}


def test_foreign_vat_that_fits_no_lines_is_left_to_a_person() -> None:
    invoice = an_invoice(a_row("A", "100", "2", **DE), a_row("Moms DE 19 % af 199,99", "38", **TAX))

    with pytest.raises(SelectionError) as error:
        credit(told(invoice, *german(("A", 19))), goods(("A", 1)))

    assert str(error.value) == (
        "which of its lines bear the other country's VAT can't be told; choose --all or --amount"
    )


def test_goods_with_danish_vat_have_no_part_of_foreign_vat() -> None:
    danish = a_line(sku="B", name="B", quantity=Decimal(1))
    invoice = an_invoice(
        a_row("A", "100", "2", **DE),
        a_row("B", "125"),
        a_row("Moms DE 19 % af 200,00", "38", **TAX),
    )
    booked = told(invoice, *german(("A", 19)), danish)

    assert credit(booked, goods(("B", 1))) == {1: Decimal(125)}
    assert credit(booked, goods(("A", 2))) == {0: Decimal(200), 2: Decimal(38)}


def left(*amounts: str) -> tuple[Left, ...]:
    invoice = an_invoice(*(a_row("Kop", amount) for amount in amounts))
    return left_of(invoice, [Decimal(1)] * len(amounts), ())


@pytest.mark.parametrize("amount", ["0", "-1", "10.01"])
def test_no_more_than_is_left_can_be_spread(amount: str) -> None:
    with pytest.raises(
        ValueError, match=r"^more than nothing, and no more than is left, can be spread$"
    ):
        spread_over(left("10.00"), Decimal(amount))


def test_what_went_back_of_a_line_leaves_the_rest_of_its_pieces() -> None:
    invoice = an_invoice(a_row("Kop", "100.00", "3"))

    (rest,) = left_of(invoice, [Decimal(3)], [took(0, "100", 1)])
    (none,) = left_of(invoice, [Decimal(3)], [took(0, "299", 4)])

    assert (rest.amount, rest.pieces, rest.place) == (Decimal(200), Decimal(2), 0)
    assert rest.whole() == took(0, "200", 2)
    assert rest.part(Decimal(1)) == took(0, "100", 1)
    assert (none.amount, none.pieces) == (Decimal(1), Decimal(0))
