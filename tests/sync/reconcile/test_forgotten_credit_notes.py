"""After a lost journal our own credit notes are ours still, and what went back with them."""

from datetime import date
from decimal import Decimal

import pytest
from business import Business, SandboxClock
from payout_files import CLEARING, NAME, SOLD, PayoutFiles, paid_out
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.domain.chart import Entry
from dinero_sync.domain.identity import payout_guid
from dinero_sync.domain.papers.payout import SettlementFormat, Source
from dinero_sync.posting.clearing.ours import Column
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Cause, Kind, Reconciled
from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts
from dinero_sync.sync.insight.forgotten import ForgottenPayouts
from dinero_sync.sync.insight.reconcile import reconcile
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit

CARDS, MONTH = 55010, (date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture
def forgetful(business: Business) -> Business:
    """Sell for 250 kroner, pay 100 of them back, and lose the journal."""
    business.sell(raw_order(products=[a_line(amount=2, unit_price=Decimal("125.00"))]))
    business.run_once()
    wanted = CreditOptions(wanted=Wanted(amount=Decimal(100)), reason="Retur")
    with business.at_work() as place:
        make_credit(place, decide_credit(place, business.order(), wanted), wanted.reason)
    business.state_folder = business.state_folder.with_name("state-new")
    business.run_once()
    return business


def proved(business: Business) -> Reconciled:
    config, clock = business.loaded(), SandboxClock(business.sandbox)
    with business.in_a_process():
        return reconcile(config, "config.yaml", clock, *MONTH)


def test_they_are_named_for_what_they_are_and_count_as_ours(forgetful: Business) -> None:
    found = proved(forgetful)

    told = [(each.order_id, each.kind, each.cause, each.amount) for each in found.differences]
    assert told == [(ORDER_ID, Kind.CREDIT_NOTE, Cause.FORGOTTEN, Decimal(0))]
    assert (found.sums.documents.ours, found.sums.documents.found) == (Decimal(150), Decimal(150))
    assert {
        number: each.others for number, each in found.sums.by_account.items() if each.others
    } == {}
    assert found.sums.boxes["salgsmoms"].ours == Decimal(30)


def test_their_refunds_are_ours_on_the_clearing_account(forgetful: Business) -> None:
    config, clock = forgetful.loaded(), SandboxClock(forgetful.sandbox)
    accounts = chosen(clearing_accounts(config), CARDS, None)

    with forgetful.in_a_process():
        (found,) = clear(config, "config.yaml", clock, accounts).statements

    assert found.columns[Column.REFUNDS] == Decimal(-100)
    assert not found.differences
    assert (found.difference, found.other) == (Decimal(0), Decimal(0))


def test_so_are_payouts_and_an_order_that_was_credited_whole(business: Business) -> None:
    files = PayoutFiles(business)
    files.waits_on_clearing()
    business.sell(raw_order(products=[a_line(amount=1, unit_price=Decimal("125.00"))]))
    files.put(rows=(SOLD, paid_out("122.75")))
    business.run_once()
    wanted = CreditOptions(wanted=Wanted(everything=True), reason="Retur")
    with business.at_work() as place:
        make_credit(place, decide_credit(place, business.order(), wanted), wanted.reason)
    business.state_folder = business.state_folder.with_name("state-new")
    business.run_once()

    found = proved(business)
    accounts = chosen(clearing_accounts(business.loaded()), CLEARING, None)
    with business.in_a_process():
        (lies,) = clear(
            business.loaded(), "config.yaml", SandboxClock(business.sandbox), accounts
        ).statements

    assert {(each.document, each.cause) for each in found.differences} == {
        (NAME, Cause.FORGOTTEN),
        ("10427", Cause.FORGOTTEN),
    }
    credited = found.sums.classes[OrderClass.CREDITED]
    assert (credited.orders, credited.total) == (1, Decimal(125))
    assert found.sums.classes[OrderClass.BOOKED].orders == 0
    others = {number: each.others for number, each in found.sums.by_account.items() if each.others}
    assert others == {}
    assert (lies.columns[Column.PAYOUTS], lies.columns[Column.FEES]) == (
        Decimal("-122.75"),
        Decimal("-2.25"),
    )
    assert (lies.other, lies.difference) == (Decimal(0), Decimal(0))


def test_a_payout_that_the_journal_knows_is_never_a_forgotten_one() -> None:
    source = Source(
        id="viabill",
        format=SettlementFormat.COLUMNS,
        clearing_account=CLEARING,
        paid_to=54040,
        fee_account=7420,
    )
    guid = payout_guid(500100, "viabill", "238")
    fee = Entry(
        account=CLEARING,
        day=MONTH[0],
        amount=Decimal("-2.25"),
        voucher=guid,
        description="Gebyr viabill 238",
    )
    lost = ForgottenPayouts(frozenset(), [source], 500100)
    known = ForgottenPayouts(frozenset({guid}), [source], 500100)

    assert (lost.among([fee]), lost.column_of(fee)) == ({guid: NAME}, Column.FEES)
    assert (known.among([fee]), known.column_of(fee)) == ({}, None)
