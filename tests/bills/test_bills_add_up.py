"""Whatever the amounts: a bill adds up to the øre, or it is held."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.bills.statement import Statement, bill_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE, round_to_ore
from dinero_sync.domain.papers.bill import BillKind, RateAmount

nets = st.integers(min_value=1, max_value=10**9).map(lambda ore: Decimal(ore) / 100)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "6", "12", "19", "25", "5.5")])
wrong_by = st.integers(min_value=-(10**6), max_value=10**6).filter(bool)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Draw a bill whose VAT is rounded for each rate."""
    amounts = tuple(
        RateAmount(rate=rate, net=net, vat=round_to_ore(net * rate / 100))
        for rate, net in draw(st.dictionaries(rates, nets, min_size=1)).items()
    )
    return Statement(
        supplier="Papir & Pap A/S",
        number="1",
        date=date(2026, 9, 3),
        currency="DKK",
        amounts=amounts,
        total=sum((each.net + each.vat for each in amounts), Decimal(0)),
    )


@given(statements())
def test_a_bill_keeps_every_ore_and_its_highest_rate_is_first(said: Statement) -> None:
    bill = bill_of(said, "bill.pdf")

    assert bill.total == said.total
    assert bill.net + bill.vat == bill.total
    assert [each.rate for each in bill.amounts] == sorted(
        (each.rate for each in said.amounts), reverse=True
    )


@given(statements())
def test_a_credit_note_comes_to_the_same_however_it_is_signed(said: Statement) -> None:
    credit = replace(said, kind=BillKind.CREDIT_NOTE)
    signed = replace(
        credit,
        amounts=tuple(replace(each, net=-each.net, vat=-each.vat) for each in said.amounts),
        total=-(said.total or Decimal(0)),
    )

    assert bill_of(signed, "bill.pdf") == bill_of(credit, "bill.pdf")


@given(statements(), wrong_by)
def test_a_total_that_is_off_by_an_ore_holds_the_bill(said: Statement, ore: int) -> None:
    with pytest.raises(HeldError) as raised:
        bill_of(replace(said, total=(said.total or Decimal(0)) + ore * ORE), "bill.pdf")

    assert raised.value.hold.reason == HoldReason.BILL_DOES_NOT_ADD_UP


@given(statements(), st.integers(min_value=2, max_value=10**6))
def test_vat_that_isnt_its_share_of_the_net_holds_the_bill(said: Statement, ore: int) -> None:
    first, *others = said.amounts
    wrong = replace(first, vat=first.vat + ore * ORE)
    total = (said.total or Decimal(0)) + ore * ORE

    with pytest.raises(HeldError) as raised:
        bill_of(replace(said, amounts=(wrong, *others), total=total), "bill.pdf")

    assert raised.value.hold.text == "bill_does_not_add_up.rate"
