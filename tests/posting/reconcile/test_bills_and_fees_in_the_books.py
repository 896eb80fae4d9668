"""What a period's books tell of bills and fees, part by part, and of what they lack at its end."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
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
    OTHER,
    PAID,
    SERVICES_VAT,
    Posted,
    bill,
    entry,
)

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import Answers, Bought
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Kind, Reconciled
from dinero_sync.posting.reconcile.postings import BELIEVED

SETTLED = 63010
"""Where this company's books have what suppliers are owed."""


def april(
    bills: Sequence[Bought] = (), entries: Sequence[Entry] = (), money: Sequence[Ours] = ()
) -> Part:
    paid_out = [(Kind.PAYOUT, each) for each in money]
    return Part(documents=(), listed=(), money=paid_out, entries=list(entries), bills=list(bills))


def proved(*parts: Part, answers: Answers | None = None) -> Reconciled:
    comparison = Comparison(CHART, frozenset())
    for part in parts:
        comparison.take(part)
    return comparison.conclude(DAY, DAY, answers or Answers())


def said(found: Reconciled) -> list[tuple[Kind, Cause, str]]:
    return [(each.kind, each.cause, each.document) for each in found.differences]


def with_vat(at: int, code: str | None = "I25") -> Bought:
    """Return the bill of that number, of 125.00 with the VAT."""
    bought = bill((COST, "125.00", code), guid=UUID(int=at), name=f"bill:IE1:{at}")
    voucher = replace(bought.voucher, vat=Decimal(25))
    return replace(bought, plan=replace(bought.plan, voucher=voucher), document_number=at)


def its_entries(at: int, owed_on: int = CREDITORS, vat_on: int = INPUT_VAT) -> list[Entry]:
    posted: tuple[Posted, ...] = (
        (COST, "100.00", "I25"),
        (vat_on, "25.00", "I25"),
        (owed_on, "-125.00", None),
    )
    return [entry(account, amount, UUID(int=at), code=code) for account, amount, code in posted]


ENOUGH = range(1001, 1001 + BELIEVED + 1)
"""Numbers of so many bills that their vouchers are believed."""


def test_bills_on_credit_teach_on_which_accounts_dinero_posts_by_itself() -> None:
    bills = [with_vat(at) for at in ENOUGH]
    entries = [each for at in ENOUGH for each in its_entries(at, SETTLED, 64065)]

    assert proved(april(bills, entries)).is_proved


def test_bills_that_were_paid_at_once_teach_nothing_of_what_is_owed() -> None:
    at_once = [
        replace(bought, plan=replace(bought.plan, voucher=voucher))
        for bought in map(with_vat, ENOUGH)
        for voucher in [replace(bought.voucher, deposit_account=BANK)]
    ]
    entries = [each for at in ENOUGH for each in its_entries(at, BANK)]
    on_credit = april([with_vat(2001)], its_entries(2001))

    assert proved(april(at_once, entries), on_credit).is_proved


def test_bills_in_another_currency_teach_nothing_of_what_is_owed() -> None:
    """An amount of kroner that is what one comes to in its currency is so by chance."""
    euro = [
        bill((COST, "100.00", None), currency="EUR", guid=UUID(int=at), name=f"bill:IE1:{at}")
        for at in ENOUGH
    ]
    posted = ((COST, "746.00"), (CREDITORS, "-746.00"), (BANK, "100.00"), (SETTLED, "-100.00"))
    entries = [entry(*each, UUID(int=at)) for at in ENOUGH for each in posted]
    on_credit = april([with_vat(2001)], its_entries(2001))

    assert proved(april(euro, entries), on_credit).is_proved


def of_fees(at: int) -> Ours:
    """Return the fees of a payout, 165.00, of which 40.00 were bought in the EU."""
    return Ours(
        name=f"payout:kort:{at}",
        order_id=None,
        account=HOSTING,
        day=DAY,
        parts={Column.FEES: Decimal("165.00")},
        voucher=UUID(int=at),
        coded={"I25": Decimal("125.00"), "IEUY": Decimal("40.00")},
    )


def their_entries(at: int, vat_on: int = INPUT_VAT) -> list[Entry]:
    posted: tuple[Posted, ...] = (
        (HOSTING, "100.00", "I25"),
        (HOSTING, "40.00", "IEUY"),
        (vat_on, "25.00", "I25"),
        (vat_on, "10.00", "IEUY"),
        (SERVICES_VAT, "-10.00", "IEUY"),
    )
    return [entry(account, amount, UUID(int=at), code=code) for account, amount, code in posted]


def test_fees_of_payouts_are_found_by_account_and_code_one_beside_another() -> None:
    found = proved(
        april(money=[of_fees(1), of_fees(2)], entries=their_entries(1) + their_entries(2))
    )

    assert found.is_proved
    assert {name: (each.ours, each.found) for name, each in found.sums.boxes.items()} == {
        "koebsmoms": (Decimal(70), Decimal(70)),
        "moms_af_ydelseskoeb_i_udlandet": (Decimal(20), Decimal(20)),
        "rubrik_a_ydelser": (Decimal(80), Decimal(80)),
    }


def test_their_vat_is_on_the_account_that_bills_taught() -> None:
    bills = [with_vat(at) for at in ENOUGH]
    entries = [each for at in ENOUGH for each in its_entries(at, SETTLED, 64065)]

    found = proved(
        april(bills, entries), april(money=[of_fees(1)], entries=their_entries(1, 64065))
    )

    assert found.is_proved


def test_fees_that_nobody_posted_are_missing_as_a_payouts() -> None:
    (missing,) = proved(april(money=[of_fees(1)])).differences

    assert (missing.kind, missing.cause) == (Kind.PAYOUT, Cause.MISSING)
    assert (missing.document, missing.amount) == ("payout:kort:1", Decimal(-140))


A, B = with_vat(1001), with_vat(1002)
STRANGERS = [replace(each, voucher=OTHER) for each in its_entries(1002)]
"""Somebody else's voucher, of the same day, accounts and amounts; it names no bill of ours."""


@pytest.mark.parametrize(
    "parts",
    [
        (april([A, B], its_entries(1001) + STRANGERS),),
        (april([A], its_entries(1001)), april([B], STRANGERS)),
        (april([A], its_entries(1001)), april([B]), april(entries=STRANGERS)),
    ],
)
def test_where_vouchers_have_names_no_other_voucher_is_taken_for_a_bill(
    parts: Sequence[Part],
) -> None:
    found = proved(*parts)

    assert said(found) == [(Kind.BILL, Cause.MISSING, "bill:IE1:1002")]
    assert found.sums.purchases.ours - found.sums.purchases.found == Decimal(125)


def test_where_none_has_a_name_a_bill_is_found_by_day_and_amount() -> None:
    nameless = [replace(each, voucher=None) for each in its_entries(1001)]

    assert proved(april([A], nameless)).is_proved


def test_a_bill_that_was_posted_again_is_known_in_whichever_part_it_came() -> None:
    again = entry(COST, "100.00", OTHER, "Regning 1001", code="I25")

    found = proved(april([A], its_entries(1001)), april([B], [*its_entries(1002), again]))

    assert said(found) == [(Kind.BILL, Cause.DOUBLED, "bill:IE1:1001")]


def mended(account: int, amount: str) -> Difference:
    """Return what is said of a bill of another day that a later entry makes up for."""
    by_hand = entry(account, amount, OTHER, "Retter 1001")
    answers = Answers(days={UUID(int=1001): PAID})
    bought = with_vat(1001, code=None)
    (found,) = proved(april([bought]), april(entries=[by_hand]), answers=answers).differences
    return found


@pytest.mark.parametrize(("account", "amount"), [(COST, "125.00"), (CREDITORS, "-125.00")])
def test_a_bill_of_another_day_that_is_made_up_for_in_part_is_one_that_was_edited(
    account: int, amount: str
) -> None:
    assert mended(account, amount).cause is Cause.EDITED


def test_an_entry_that_names_it_and_makes_up_for_nothing_changes_nothing() -> None:
    assert mended(COST, "124.00").cause is Cause.OTHER_DAY


def test_vat_of_goods_from_the_eu_is_owed_and_deducted_and_their_price_is_in_box_a() -> None:
    goods = bill((HOSTING, "100.00", "IEUV"))
    posted: tuple[Posted, ...] = (
        (HOSTING, "100.00", "IEUV"),
        (CREDITORS, "-100.00", None),
        (INPUT_VAT, "25.00", "IEUV"),
        (GOODS_VAT, "-25.00", "IEUV"),
    )
    entries = [entry(account, amount, GUID, code=code) for account, amount, code in posted]

    found = proved(april([goods], entries))

    assert found.is_proved
    assert {name: (each.ours, each.all) for name, each in found.sums.boxes.items()} == {
        "koebsmoms": (Decimal(25), Decimal(25)),
        "moms_af_varekoeb_i_udlandet": (Decimal(25), Decimal(25)),
        "rubrik_a_varer": (Decimal(100), Decimal(100)),
    }
