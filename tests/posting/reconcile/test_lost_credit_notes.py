"""Credit notes that were ours before the journal was lost: they count as Dinero has them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from builders import a_chart

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import Answers, Listed, Named
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
)


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
