"""Credit notes that were ours before the journal was lost: they count as Dinero has them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from builders import a_chart

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import Answers, Listed, Named, OrderClass
from dinero_sync.posting.reconcile.outcome import Both, Cause, Kind, Reconciled

DAY = date(2026, 4, 4)
NOTE, INVOICE, HAND = UUID(int=1), UUID(int=2), UUID(int=3)
DEBTORS, VAT, GOODS = 53000, 64000, 1000
EURO_NOTE = Listed(
    guid=NOTE,
    number=108,
    day=DAY,
    reference="shoporama:501:credit:1",
    heading="Kreditnota",
    contact=None,
    currency="EUR",
    total=Decimal("10.00"),
    vat=Decimal("2.00"),
    kroner=Decimal("75.00"),
    is_paid=True,
    is_overpaid=False,
    is_credit=True,
)
ORDER = Named(
    order_id=501,
    number="9501",
    total=Decimal("10.00"),
    payment_type="Kort",
    documents=frozenset({INVOICE}),
    day=DAY,
    kroner=Decimal("75.00"),
)
PAYOUT = UUID(int=4)


def entries(of: UUID, *posted: tuple[int, str, str | None]) -> list[Entry]:
    return [
        Entry(
            account=account,
            day=DAY,
            amount=Decimal(amount),
            voucher_number=108,
            voucher=of,
            description="Kreditnota",
            vat_code=code,
        )
        for account, amount, code in posted
    ]


POSTED = entries(NOTE, (DEBTORS, "-75.00", None), (GOODS, "60.00", "U25"), (VAT, "15.00", "U25"))


def proved(*others: Entry, listed: Listed = EURO_NOTE, is_forgotten: bool = True) -> Reconciled:
    comparison = Comparison(a_chart(), frozenset())
    there = [*others, *POSTED]
    comparison.take(Part(documents=(), listed=(listed,), money=(), entries=there))
    forgotten = {NOTE: {NOTE}} if is_forgotten else {}
    answers = Answers(credits={NOTE: "501"}, orders={"501": ORDER}, forgotten=forgotten)
    return comparison.conclude(DAY, DAY, answers)


def alike(amount: str) -> Both:
    return Both(ours=Decimal(amount), found=Decimal(amount))


def test_it_counts_on_both_sides_in_its_currency_and_in_kroner() -> None:
    sums = proved().sums

    assert sums.documents == alike("-75.00")
    assert sums.by_currency == {"EUR": alike("-10.00")}
    assert sums.by_payment_type == {"Kort": alike("-75.00")}
    assert (sums.credit_notes, sums.invoices) == (1, 0)


def test_several_add_up() -> None:
    comparison = Comparison(a_chart(), frozenset())
    listed = (EURO_NOTE, replace(EURO_NOTE, guid=HAND, number=109))
    there = [*POSTED, *(replace(each, voucher=HAND) for each in POSTED)]
    comparison.take(Part(documents=(), listed=listed, money=(), entries=there))
    both = {NOTE: {NOTE}, HAND: {HAND}}
    of_order = dict.fromkeys(both, "501")
    answers = Answers(credits=of_order, orders={"501": ORDER}, forgotten=both)

    sums = comparison.conclude(DAY, DAY, answers).sums

    assert sums.documents == alike("-150.00")
    assert sums.by_currency == {"EUR": alike("-20.00")}
    assert sums.by_payment_type == {"Kort": alike("-150.00")}
    goods = sums.by_account[GOODS]
    assert goods.ours == goods.found == goods.all == Decimal("120.00")


def test_what_it_posted_counts_on_both_sides_too() -> None:
    sums = proved().sums

    assert {account: each.ours for account, each in sums.by_account.items()} == {
        DEBTORS: Decimal(-75),
        GOODS: Decimal(60),
        VAT: Decimal(15),
    }
    assert all(each.ours == each.found == each.all for each in sums.by_account.values())
    box, sales = sums.boxes["salgsmoms"], sums.by_vat_code["U25"]
    assert box.ours == box.found == Decimal(-15)
    assert sales.ours == sales.found == Decimal(-60)


def test_its_vat_is_in_the_box_whether_or_not_that_entry_bears_a_code() -> None:
    comparison = Comparison(a_chart(), frozenset())
    there = [replace(each, vat_code=None) if each.account == VAT else each for each in POSTED]
    comparison.take(Part(documents=(), listed=(EURO_NOTE,), money=(), entries=there))
    answers = Answers(credits={NOTE: "501"}, orders={"501": ORDER}, forgotten={NOTE: {NOTE}})

    box = comparison.conclude(DAY, DAY, answers).sums.boxes["salgsmoms"]

    assert box.ours == box.found == Decimal(-15)


def test_it_is_told_as_a_credit_note_of_its_order_that_makes_no_difference_of_kroner() -> None:
    (told,) = proved().differences

    assert (told.cause, told.kind, told.amount) == (Cause.FORGOTTEN, Kind.CREDIT_NOTE, Decimal(0))
    assert (told.order_id, told.document, told.document_number) == (501, "9501", 108)


def test_what_stands_beside_it_is_nobodys_still() -> None:
    other = replace(POSTED[2], voucher=HAND, voucher_number=3, description="Rettelse")

    found = proved(other)

    assert {each.cause for each in found.differences} == {Cause.FORGOTTEN, Cause.POSTED_BY_HAND}
    vat = found.sums.by_account[VAT]
    assert (vat.ours, vat.found, vat.all) == (Decimal(15), Decimal(15), Decimal(30))


@pytest.mark.parametrize(
    ("listed", "cause"),
    [(EURO_NOTE, Cause.CREDITED_ELSEWHERE), (replace(EURO_NOTE, is_credit=False), Cause.DOUBLED)],
)
def test_another_one_counts_at_dinero_alone(listed: Listed, cause: Cause) -> None:
    found = proved(listed=listed, is_forgotten=False)

    assert cause in {each.cause for each in found.differences}
    assert found.sums.documents.ours == 0
    assert abs(found.sums.documents.found) == Decimal("75.00")


def classes(order: Named, *listed: Listed, days: tuple[date, date] = (DAY, DAY)) -> list[str]:
    """Return what changes hands between the classes, for notes of one order that are forgotten."""
    comparison = Comparison(a_chart(), frozenset())
    comparison.take(Part(documents=(), listed=listed, money=(), entries=()))
    guids = {each.guid for each in listed}
    answers = Answers(
        credits=dict.fromkeys(guids, "501"),
        orders={"501": order},
        forgotten={each: {each} for each in guids},
    )
    sums = comparison.conclude(*days, answers).sums
    booked, credited = (sums.classes[each] for each in (OrderClass.BOOKED, OrderClass.CREDITED))
    assert (booked.orders, booked.total) == (-credited.orders, -credited.total)
    return [f"{credited.orders}", f"{credited.total}"]


PART = replace(EURO_NOTE, total=Decimal("4.00"))
REST = replace(EURO_NOTE, guid=HAND, number=109, total=Decimal("6.00"))
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


def test_an_order_that_they_take_whole_is_credited_then() -> None:
    assert classes(ORDER, EURO_NOTE) == ["1", "75.00"]
    assert classes(ORDER, PART, REST) == ["1", "75.00"]
    assert classes(ORDER, PART) == ["0", "0.00"]


def test_so_are_two_orders() -> None:
    comparison = Comparison(a_chart(), frozenset())
    other = replace(EURO_NOTE, guid=HAND, number=109)
    comparison.take(Part(documents=(), listed=(EURO_NOTE, other), money=(), entries=()))
    answers = Answers(
        credits={NOTE: "501", HAND: "502"},
        orders={"501": ORDER, "502": replace(ORDER, order_id=502, kroner=Decimal("74.00"))},
        forgotten={NOTE: {NOTE}, HAND: {HAND}},
    )

    sums = comparison.conclude(DAY, DAY, answers).sums

    credited = sums.classes[OrderClass.CREDITED]
    assert (credited.orders, credited.total) == (2, Decimal("149.00"))
    assert sums.classes[OrderClass.BOOKED].total == Decimal("-149.00")


def test_so_is_one_of_which_the_journal_knows_that_the_rest_was_credited() -> None:
    assert classes(replace(ORDER, credited=Decimal("6.00")), PART) == ["1", "75.00"]
    assert classes(replace(ORDER, credited=Decimal("5.99")), PART) == ["0", "0.00"]
    assert classes(replace(ORDER, credited=Decimal("10.00")), PART) == ["0", "0.00"]  # it was


def test_an_order_of_another_period_is_classed_in_that_one() -> None:
    assert classes(replace(ORDER, day=BEFORE), EURO_NOTE) == ["0", "0.00"]
    assert classes(replace(ORDER, day=AFTER), EURO_NOTE) == ["0", "0.00"]
    assert classes(ORDER, EURO_NOTE, days=(BEFORE, DAY)) == ["1", "75.00"]
    assert classes(ORDER, EURO_NOTE, days=(DAY, AFTER)) == ["1", "75.00"]


def test_a_payout_that_is_forgotten_counts_as_ours_and_is_named() -> None:
    comparison = Comparison(a_chart(), frozenset())
    there = entries(PAYOUT, (55000, "97.75", None), (7420, "2.25", "I25"), (55010, "-100", None))
    beside = replace(there[0], voucher=HAND)
    comparison.take(Part(documents=(), listed=(), money=(), entries=[*there, beside]))
    assert {*comparison.strange_entries} == {*there, beside}

    found = comparison.conclude(DAY, DAY, Answers(payouts={PAYOUT: "payout:kort:U46"}))

    (told,) = found.differences
    assert (told.document, told.kind, told.cause) == (
        "payout:kort:U46",
        Kind.PAYOUT,
        Cause.FORGOTTEN,
    )
    assert (told.day, told.document_number, told.amount) == (DAY, 108, Decimal(0))
    assert told.order_id is None
    accounts = {number: (each.ours, each.others) for number, each in found.sums.by_account.items()}
    assert accounts == {
        55000: (Decimal("97.75"), Decimal("97.75")),
        7420: (Decimal("2.25"), Decimal(0)),
        55010: (Decimal(-100), Decimal(0)),
    }
