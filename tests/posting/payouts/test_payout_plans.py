"""What a payout is posted as: each amount from the clearing account to where it belongs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.chart import Account, Chart, Entry
from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import payout_guid
from dinero_sync.domain.papers.payout import (
    Movement,
    MovementKind,
    Payout,
    SettlementFormat,
    Source,
    payout_of,
)
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.lint.payouts import payout_findings
from dinero_sync.posting.payouts.elsewhere import (
    is_payout_of_ours,
    payouts_of_ours,
    posted_elsewhere,
)
from dinero_sync.posting.payouts.plan import Known, plan_payout
from dinero_sync.posting.payouts.settings import PayoutSettings

DAY = date(2026, 12, 9)
CLEARING, ON_THE_WAY, FEES, EXCHANGE = 55080, 55095, 7420, 1445
ORGANISATION = 123456
SOURCE = Source(
    id="stripe",
    format=SettlementFormat.STRIPE,
    clearing_account=CLEARING,
    paid_to=ON_THE_WAY,
    fee_account=FEES,
)


def an_account(number: int, *, hidden: bool = False) -> Account:
    return Account(number=number, name="", vat_code=None, hidden=hidden)


CHART = Chart(
    entry={number: an_account(number) for number in (FEES, EXCHANGE, ON_THE_WAY, 7999)},
    deposit={CLEARING: an_account(CLEARING), 55070: an_account(55070, hidden=True)},
    vat_rates={"I25": Decimal(25), "IEUY": Decimal(25)},
)


def settings(**changes: object) -> PayoutSettings:
    source = Source(**{**{name: getattr(SOURCE, name) for name in SOURCE.__slots__}, **changes})
    return PayoutSettings(
        organization_id=ORGANISATION,
        start_date=date(2026, 12, 1),
        orders_from=date(2026, 12, 1),
        closed_until=None,
        sources=(source,),
    )


def moved(kind: MovementKind, amount: str, fee: str = "0", **more: object) -> Movement:
    return Movement(
        kind=kind,
        amount=Decimal(amount),
        fee=Decimal(fee),
        currency="DKK",
        day=DAY,
        **more,  # type: ignore[arg-type]
    )


def paid(*movements: Movement) -> Payout:
    return payout_of(movements, id="po_1", day=DAY, currency="DKK")


def plan(payout: Payout, **changes: object) -> LedgerVoucher | None:
    chosen = settings(**changes)
    return plan_payout(payout, chosen.sources[0], chosen, CHART, Known())


def effect(item: LedgerVoucher | None) -> dict[int, Decimal]:
    """Return what an item moves, by account, debit positive; without the split of VAT."""
    sums: dict[int, Decimal] = {}
    for line in item.lines if item else ():
        for account, amount in (
            (line.account, line.amount),
            (line.balancing_account, -line.amount),
        ):
            sums[account] = sums.get(account, Decimal(0)) + amount
    return sums


AMOUNTS = st.decimals(-10_000, 10_000, places=2)


@given(st.lists(st.tuples(st.sampled_from(MovementKind), AMOUNTS, AMOUNTS), min_size=1))
def test_the_clearing_account_loses_what_was_paid_out_and_the_fees(
    rows: list[tuple[MovementKind, Decimal, Decimal]],
) -> None:
    payout = paid(*(moved(kind, str(amount), str(fee)) for kind, amount, fee in rows))

    found = effect(plan(payout))

    assert found.get(ON_THE_WAY, 0) == payout.net
    assert found.get(FEES, 0) == -payout.fees
    assert found.get(CLEARING, 0) == payout.fees - payout.net
    assert sum(found.values()) == 0


def test_no_amount_of_a_line_is_negative_or_zero() -> None:
    item = plan(paid(moved(MovementKind.SALE, "10", "-20")))

    assert item is not None
    assert [(line.amount, line.account) for line in item.lines] == [
        (Decimal(10), CLEARING),
        (Decimal(20), FEES),
    ]
    assert item.guid == payout_guid(ORGANISATION, "stripe", "po_1")


def test_a_fee_that_comes_back_bears_its_code_on_the_other_side() -> None:
    item = plan(paid(moved(MovementKind.SALE, "0", "12.50")), fee_vat="I25")

    assert item is not None
    fee = item.lines[-1]
    assert (fee.account, fee.vat_code) == (CLEARING, None)
    assert (fee.balancing_account, fee.balancing_vat_code) == (FEES, "I25")


@pytest.mark.parametrize(
    ("vat", "code", "is_right"),
    [
        ("0", None, True),
        ("-2.50", "I25", True),
        ("-2.51", "I25", True),
        ("-2.60", "I25", False),
        ("0", "I25", False),
        ("-2.50", None, False),
        ("0", "IEUY", True),
        ("-2.50", "IEUY", False),
    ],
)
def test_the_vat_in_the_file_and_in_the_configuration_must_agree(
    vat: str, code: str | None, *, is_right: bool
) -> None:
    payout = paid(moved(MovementKind.SALE, "100", "-12.50", vat=Decimal(vat)))
    if is_right:
        assert plan(payout, fee_vat=code) is not None
        return
    with pytest.raises(HeldError) as held:
        plan(payout, fee_vat=code)
    assert held.value.hold.reason == HoldReason.PAYOUT_FEE_VAT


def posted(amount: str, day: date = DAY, account: int = CLEARING, **more: object) -> Entry:
    return Entry(account=account, day=day, amount=Decimal(amount), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "is_suspect"),
    [
        (posted("-97.75"), True),
        (posted("-100.00"), True),
        (posted("97.75"), False),
        (posted("-97.74"), False),
        (posted("-97.75", account=ON_THE_WAY), False),
        (posted("-97.75", day=date(2026, 12, 8)), True),
        (posted("-97.75", day=date(2026, 12, 16)), True),
        (posted("-97.75", day=date(2026, 12, 7)), False),
        (posted("-97.75", day=date(2026, 12, 17)), False),
    ],
)
def test_the_same_sum_about_the_same_day_on_the_clearing_account_is_suspect(
    entry: Entry, *, is_suspect: bool
) -> None:
    item = plan(paid(moved(MovementKind.SALE, "100", "-2.25")))
    assert item is not None

    assert (posted_elsewhere(item, SOURCE, [entry], ()) is not None) == is_suspect


def test_ours_is_known_by_its_description() -> None:
    guid = payout_guid(ORGANISATION, "stripe", "po_1 a")
    ours = posted("-1", voucher=guid, description="Udbetaling stripe po_1 a")
    other = posted("-1", voucher=guid, description="Udbetaling stripe po_2")

    assert is_payout_of_ours(ours, SOURCE, ORGANISATION)
    assert not is_payout_of_ours(other, SOURCE, ORGANISATION)


def test_what_is_found_in_sources() -> None:
    wrong = settings(clearing_account=7999, paid_to=1, fee_account=55070, fee_vat="X")

    assert [(each.key, each.text) for each in payout_findings(wrong, CHART, None)] == [
        ("payouts.sources[0].clearing_account", "payout_no_deposit_account"),
        ("payouts.sources[0].paid_to", "payout_missing_account"),
        ("payouts.sources[0].fee_account", "payout_hidden_account"),
        ("payouts.sources[0].fee_vat", "payout_unknown_vat_code"),
    ]
    assert [each.text for each in payout_findings(settings(), CHART, None)] == [
        "payout_fee_vat_unsure"
    ]


@pytest.mark.parametrize(
    ("rule", "is_found"),
    [
        (BillRule(name="Stripe", names=("Stripe*",), account=7420, vat="none"), True),
        (BillRule(name="Stripe", names=("Stripe*",), settled_by="stripe"), False),
        (BillRule(name="hosting", names=("Shoporama*",), account=7300, vat="I25"), False),
        (BillRule(name="all", account=7300, vat="I25"), False),
    ],
)
def test_bills_that_would_post_the_fees_again_are_found(rule: BillRule, *, is_found: bool) -> None:
    bills = BillSettings(organization_id=1, start_date=DAY, rules=(rule,))

    texts = [each.text for each in payout_findings(settings(), CHART, bills)]

    assert ("bill_posts_fees_again" in texts) == is_found


def test_which_vouchers_are_payouts_of_ours_is_told_with_their_names() -> None:
    other_source = replace(SOURCE, id="anden")
    own = {
        (source.id, payout): payout_guid(ORGANISATION, source.id, payout)
        for source in (SOURCE, other_source)
        for payout in ("P1", "P2")
    }
    there = [
        posted("-1", voucher=guid, description=f"Udbetaling {source} {payout}")
        for (source, payout), guid in own.items()
    ]
    copied = replace(there[0], voucher=UUID(int=5))

    found = payouts_of_ours([*there, copied], [SOURCE, other_source], ORGANISATION)

    assert found == {guid: f"payout:{source}:{payout}" for (source, payout), guid in own.items()}
    assert payouts_of_ours(there, [], ORGANISATION) == {}
    assert payouts_of_ours([replace(there[0], voucher=None)], [SOURCE], ORGANISATION) == {}
