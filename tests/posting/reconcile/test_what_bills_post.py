"""Each posting that a bill, its payment and a payout's fees make, with all that it is known by."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from bought_bills import (
    BANK,
    CHART,
    COST,
    CREDITORS,
    DAY,
    GOODS_VAT,
    GUID,
    HOSTING,
    INPUT_VAT,
    NAME,
    OTHER,
    PAID,
    PAYMENT,
    SERVICES_VAT,
    bill,
    entry,
    paid,
)

from dinero_sync.domain.chart import Entry
from dinero_sync.domain.papers.bill import BillKind
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import Answers, BillClass, Bought
from dinero_sync.posting.reconcile.outcome import Cause, Kind, Reconciled
from dinero_sync.posting.reconcile.postings import USUAL, Posting
from dinero_sync.posting.reconcile.purchases import (
    by_voucher,
    is_tellable,
    named_twice,
    of_bill,
    of_fees,
)


def told(postings: Iterable[Posting]) -> list[tuple[object, ...]]:
    """Return each posting's account and amount, in order."""
    return [(each.account, each.moved) for each in postings]


def fields(posting: Posting) -> dict[str, object]:
    """Return all that a posting says."""
    return {name: getattr(posting, name) for name in (*Ours.__slots__, *Posting.__slots__)}


def posted(**wanted: object) -> dict[str, object]:
    """Return all that a posting of the bill should say, but for what is ``wanted`` otherwise."""
    usual: dict[str, object] = {
        "name": NAME,
        "order_id": None,
        "day": DAY,
        "parts": {},
        "description": "",
        "voucher": GUID,
        "invoice_number": 7,
        "is_foreign": False,
        "is_certain": True,
        "coded": {},
        "kind": Kind.BILL,
        "key": "voucher",
        "vat_code": None,
        "has_code": False,
        "is_sale": False,
        "slack": Decimal(0),
        "shares": (),
        "tells_code": False,
        "is_total": False,
    }
    return {**usual, **wanted}


def test_a_bill_posts_its_net_its_vat_and_what_is_owed_for_it() -> None:
    found = [fields(each) for each in of_bill(bill((COST, "125.00", "I25")), (), CHART, USUAL)]

    assert found == [
        posted(account=COST, moved=Decimal(100), shares=(("I25", Decimal(100)),), tells_code=True),
        posted(account=INPUT_VAT, moved=Decimal(25), shares=(("I25", Decimal(25)),)),
        posted(
            account=CREDITORS,
            moved=Decimal(-125),
            shares=((None, Decimal(-125)),),
            is_total=True,
        ),
    ]


def test_a_credit_note_posts_the_opposite_and_one_paid_at_once_what_paid_it() -> None:
    back = bill((COST, "125.00", "I25"), kind=BillKind.CREDIT_NOTE, deposit=BANK)

    assert told(of_bill(back, (), CHART, USUAL)) == [(COST, -100), (INPUT_VAT, -25), (BANK, 125)]


def test_lines_of_one_account_and_code_add_up() -> None:
    both = bill((COST, "125.00", "I25"), (COST, "25.00", "I25"))
    assert told(of_bill(both, (), CHART, USUAL)) == [
        (COST, 120),
        (INPUT_VAT, 30),
        (CREDITORS, -150),
    ]

    abroad = bill((COST, "100.00", "IEUY"), (COST, "20.00", "IEUY"))
    assert told(of_bill(abroad, [entry(SERVICES_VAT, "-30.00")], CHART, USUAL)) == [
        (COST, 120),
        (INPUT_VAT, 30),
        (SERVICES_VAT, -30),
        (CREDITORS, -120),
    ]


def test_a_line_without_vat_posts_no_vat_and_lines_of_nothing_post_nothing() -> None:
    free = bill((COST, "80.00", None), (HOSTING, "0.00", None))

    assert told(of_bill(free, (), CHART, USUAL)) == [(COST, 80), (CREDITORS, -80)]


def test_the_vat_that_the_buyer_reckons_is_owed_by_where_it_was_bought() -> None:
    """Whatever rate the chart has for the code: the seller's price bears none."""
    bought = bill((COST, "100.00", "IEUY"), (HOSTING, "40.00", "IVV"))
    there = [entry(SERVICES_VAT, "-25.00")]

    assert told(of_bill(bought, there, CHART, USUAL)) == [
        (COST, 100),
        (INPUT_VAT, 35),
        (SERVICES_VAT, -25),
        (HOSTING, 40),
        (GOODS_VAT, -10),
        (CREDITORS, -140),
    ]


def test_the_vat_that_the_buyer_reckons_isnt_looked_for_where_dinero_posted_none() -> None:
    bought = bill((COST, "100.00", "IEUY"))

    assert told(of_bill(bought, [entry(COST, "100.00")], CHART, USUAL)) == [
        (COST, 100),
        (CREDITORS, -100),
    ]


def test_a_bill_in_another_currency_is_compared_by_the_rate_of_what_is_owed() -> None:
    """What is owed was posted again later: the first of it tells the rate."""
    euro = bill((COST, "100.00", "I25"), (HOSTING, "50.00", None), currency="EUR")
    there = [entry(CREDITORS, "-1119.00"), entry(CREDITORS, "7.00"), entry(COST, "600.00")]

    found = [fields(each) for each in of_bill(euro, there, CHART, USUAL)]

    foreign = {"is_foreign": True, "slack": Decimal("0.03")}  # an øre a line, and one of the total
    assert found == [
        posted(
            account=COST,
            moved=Decimal("596.80"),
            shares=(("I25", Decimal("596.80")),),
            tells_code=True,
            **foreign,
        ),
        posted(
            account=INPUT_VAT,
            moved=Decimal("149.20"),
            shares=(("I25", Decimal("149.20")),),
            **foreign,
        ),
        posted(
            account=HOSTING,
            moved=Decimal(373),
            shares=((None, Decimal(373)),),
            tells_code=True,
            **foreign,
        ),
        posted(
            account=CREDITORS,
            moved=Decimal(-1119),
            shares=((None, Decimal(-1119)),),
            is_total=True,
            **foreign,
        ),
    ]


def test_paid_at_once_the_lines_tell_the_rate_together() -> None:
    euro = bill((COST, "100.00", None), (HOSTING, "50.00", None), currency="EUR", deposit=BANK)
    there = [entry(COST, "746.00"), entry(HOSTING, "373.00"), entry(BANK, "-1119.00")]

    assert told(of_bill(euro, there, CHART, USUAL)) == [(COST, 746), (HOSTING, 373), (BANK, -1119)]


def test_a_credit_note_in_another_currency_has_the_rate_of_an_invoice() -> None:
    euro = bill((COST, "100.00", None), currency="EUR", kind=BillKind.CREDIT_NOTE)

    found = of_bill(euro, [entry(CREDITORS, "746.00")], CHART, USUAL)

    assert told(found) == [(COST, -746), (CREDITORS, 746)]


def test_where_no_entry_tells_the_rate_a_bill_comes_to_nothing_on_its_accounts() -> None:
    euro = bill((COST, "100.00", None), currency="EUR")

    assert told(of_bill(euro, [entry(BANK, "-746.00")], CHART, USUAL)) == [
        (COST, 0),
        (CREDITORS, 0),
    ]
    nothing = bill((COST, "10.00", None), (COST, "-10.00", None), currency="EUR")
    assert told(of_bill(nothing, [entry(COST, "74.60")], CHART, USUAL)) == [
        (COST, 0),
        (CREDITORS, 0),
    ]


def test_kroner_are_always_told_and_another_currency_by_its_entries() -> None:
    euro = bill((COST, "100.00", None), currency="EUR")

    assert is_tellable(bill((COST, "100.00", None)), (), USUAL)
    assert is_tellable(euro, [entry(CREDITORS, "-746.00")], USUAL)
    assert not is_tellable(euro, [entry(BANK, "-746.00")], USUAL)
    assert not is_tellable(euro, (), USUAL)


def test_a_payment_settles_what_is_owed() -> None:
    bought = paid(bill((COST, "80.00", None)), "80.00", payment_voucher=PAYMENT)

    found = [fields(each) for each in of_bill(bought, (), CHART, USUAL)][2:]

    payment = {"day": PAID, "voucher": PAYMENT, "kind": Kind.BILL_PAYMENT, "key": "payment"}
    assert found == [
        posted(account=BANK, moved=Decimal(-80), **payment),
        posted(account=CREDITORS, moved=Decimal(80), **payment),
    ]


def test_a_payment_without_a_name_of_dineros_is_known_by_its_text() -> None:
    bought = paid(bill((COST, "80.00", None)), "80.00", is_payment_certain=False)

    found = [fields(each) for each in of_bill(bought, (), CHART, USUAL)][2:]

    payment = {
        "day": PAID,
        "voucher": None,
        "kind": Kind.BILL_PAYMENT,
        "key": "payment",
        "description": "Betaling af 2001",
        "is_certain": False,
    }
    assert found == [
        posted(account=BANK, moved=Decimal(-80), **payment),
        posted(account=CREDITORS, moved=Decimal(80), **payment),
    ]


def test_what_a_payment_in_another_currency_settles_is_made_by_a_rate() -> None:
    euro = paid(bill((COST, "100.00", None), currency="EUR"), "750.00")

    found = list(of_bill(euro, [entry(CREDITORS, "-746.00")], CHART, USUAL))[2:]

    assert told(found) == [(BANK, -750)]
    assert found[0].is_foreign


def test_a_payment_that_isnt_registered_yet_moves_nothing() -> None:
    planned = paid(bill((COST, "80.00", None)), "80.00", is_paid=False)
    assert told(of_bill(planned, (), CHART, USUAL)) == [(COST, 80), (CREDITORS, -80)]

    without = replace(bill((COST, "80.00", None)), is_paid=True)
    assert told(of_bill(without, (), CHART, USUAL)) == [(COST, 80), (CREDITORS, -80)]


def fees(**coded: str) -> Ours:
    return Ours(
        name="payout:kort:1",
        order_id=5,
        account=COST,
        day=DAY,
        parts={Column.FEES: Decimal("185.00")},
        voucher=GUID,
        coded={code: Decimal(amount) for code, amount in coded.items()},
    )


def test_fees_post_their_net_by_code_their_vat_and_what_bears_none() -> None:
    ours = fees(I25="125.00", IEUY="40.00")

    found = of_fees(Kind.PAYOUT, ours, [entry(SERVICES_VAT, "-10.00")], CHART, USUAL)

    fee = {
        "name": "payout:kort:1",
        "order_id": 5,
        "invoice_number": None,
        "kind": Kind.PAYOUT,
        "key": str(GUID),
    }
    assert [fields(each) for each in found] == [
        posted(
            account=COST,
            moved=Decimal(160),
            shares=(("I25", Decimal(100)), ("IEUY", Decimal(40)), (None, Decimal(20))),
            tells_code=True,
            **fee,
        ),
        posted(
            account=INPUT_VAT,
            moved=Decimal(35),
            shares=(("I25", Decimal(25)), ("IEUY", Decimal(10))),
            **fee,
        ),
        posted(account=SERVICES_VAT, moved=Decimal(-10), shares=(("IEUY", Decimal(-10)),), **fee),
    ]


def test_fees_that_bear_their_codes_whole_have_no_rest_and_nothing_posts_nothing() -> None:
    whole = of_fees(Kind.PAYOUT, fees(IEUY="185.00"), (), CHART, USUAL)
    assert [each.shares for each in whole] == [(("IEUY", Decimal(185)),)]

    nothing = replace(fees(IEUY="0.00"), parts={})
    assert list(of_fees(Kind.PAYOUT, nothing, (), CHART, USUAL)) == []


def test_entries_are_gathered_by_the_vouchers_that_are_wanted() -> None:
    ours, others, nameless = entry(COST, "1"), entry(COST, "2", OTHER), entry(COST, "3", None)

    found = by_voucher([ours, others, nameless], [GUID, None, PAYMENT])

    assert found.of(GUID) == [ours]
    assert list(found.of(PAYMENT)) == list(found.of(OTHER)) == list(found.of(None)) == []
    assert list(by_voucher([ours], [None]).of(GUID)) == []


def twice(text: str, *, name: str = NAME, amount: str = "100.00", account: int = COST) -> bool:
    """Tell whether an entry is taken for a bill that somebody posted again."""
    bills = of_bill(bill((COST, "100.00", None), name=name), (), CHART, USUAL)
    return bool(list(named_twice(bills, [entry(account, amount, OTHER, text)])))


def test_a_bill_posted_again_is_known_by_its_number_amount_and_account() -> None:
    assert twice("Faktura 2001 igen")
    assert not twice("Faktura 20011")
    assert not twice("Faktura 2001", amount="100.01")
    assert not twice("Faktura 2001", account=HOSTING)
    assert not twice("Faktura 2001", amount="-100.00", account=CREDITORS)


def test_a_short_number_may_be_a_day_or_a_quantity() -> None:
    assert twice("Faktura 1234", name="bill:IE1:1234")
    assert not twice("Faktura 123", name="bill:IE1:123")


def compared(bought: Bought, *parts: Iterable[Entry], days: dict[UUID, date]) -> Reconciled:
    comparison = Comparison(CHART, frozenset())
    for at, entries in enumerate(parts):
        bills = (bought,) if at == 0 else ()
        part = Part(documents=(), listed=(), money=(), entries=list(entries), bills=bills)
        comparison.take(part)
    return comparison.conclude(DAY, DAY, Answers(days=days))


def test_what_was_posted_again_is_told_with_its_own_day_and_number() -> None:
    own = (entry(COST, "100.00"), entry(CREDITORS, "-100.00"))
    again = replace(entry(COST, "100.00", OTHER, "Regning 2001"), day=PAID, voucher_number=9)

    found = compared(bill((COST, "100.00", None)), [*own, again], days={})

    (doubled,) = found.differences
    assert (doubled.cause, doubled.kind) == (Cause.DOUBLED, Kind.BILL)
    assert (doubled.document, doubled.document_number) == (NAME, 9)
    assert (doubled.day, doubled.amount, doubled.account) == (PAID, Decimal(100), COST)


def test_a_bill_that_bears_a_day_outside_the_period_is_said_once() -> None:
    found = compared(bill((COST, "100.00", None)), [], days={GUID: PAID})

    (moved,) = found.differences
    assert (moved.cause, moved.kind, moved.day) == (Cause.OTHER_DAY, Kind.BILL, PAID)
    assert (moved.document, moved.document_number, moved.amount) == (NAME, 7, Decimal(0))
    assert moved.account == COST
    assert {name: each.ours for name, each in found.sums.by_account.items()} == {
        COST: Decimal(100),
        CREDITORS: Decimal(-100),
    }
    assert (found.sums.purchases.ours, found.sums.purchases.found) == (Decimal(100), Decimal(0))


def test_a_bill_whose_entries_come_in_a_later_part_has_its_rate_by_then() -> None:
    euro = bill((COST, "100.00", None), currency="EUR")
    later = [entry(COST, "746.00"), entry(CREDITORS, "-746.00")]

    found = compared(euro, [], later, days={})

    assert found.is_proved
    assert found.sums.purchases.ours == found.sums.purchases.found == Decimal(746)
    assert found.sums.bills[BillClass.BOOKED].total == Decimal(746)


def test_bills_that_no_entry_bears_are_to_be_looked_up() -> None:
    comparison = Comparison(CHART, frozenset())
    bills = (
        bill((COST, "10.00", None), guid=UUID(int=1), name="bill:IE1:1001"),
        bill((COST, "20.00", None), guid=UUID(int=2), name="bill:IE1:1002", currency="EUR"),
        bill((COST, "30.00", None), guid=None, name="bill:IE1:1003"),
        bill((COST, "40.00", None), guid=UUID(int=4), name="bill:IE1:1004"),
    )
    there = [entry(COST, "40.00", UUID(int=4)), entry(CREDITORS, "-40.00", UUID(int=4))]
    comparison.take(Part(documents=(), listed=(), money=(), entries=there, bills=bills))

    assert comparison.unfound_bills == {UUID(int=1), UUID(int=2)}
