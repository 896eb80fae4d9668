"""The lines of a payout's ledger item, its day, its exchange to kroner, and whose it may be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from builders import an_account
from faulty_papers import CLEARHAUS, CLEARING, EXCHANGE, FEES, ON_THE_WAY, PAPERS, posted_by

from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.domain.documents import LedgerLine, LedgerVoucher
from dinero_sync.domain.hold import HeldError
from dinero_sync.domain.identity import payout_guid
from dinero_sync.domain.papers.payout import (
    Columns,
    Movement,
    MovementKind,
    Payout,
    SettlementFormat,
    payout_of,
)
from dinero_sync.domain.step import Yaml
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.lint.payouts import payout_findings
from dinero_sync.posting.payouts.elsewhere import (
    is_payout_of_ours,
    posted_elsewhere,
    taken_off,
)
from dinero_sync.posting.payouts.matching import match
from dinero_sync.posting.payouts.plan import Known, is_before_start, plan_payout
from dinero_sync.posting.payouts.unusable import unusable_in_payouts

DAY = date(2026, 12, 9)
ORGANISATION = 123456
NOBODYS: frozenset[UUID] = frozenset()


def moved(kind: MovementKind, amount: str, fee: str = "0", vat: str | None = None) -> Movement:
    return Movement(
        kind=kind,
        amount=Decimal(amount),
        fee=Decimal(fee),
        vat=None if vat is None else Decimal(vat),
        currency="DKK",
        day=DAY,
    )


def paid(*movements: Movement, currency: str = "DKK", day: date = DAY) -> Payout:
    own = [replace(each, currency=currency) for each in movements]
    return payout_of(own, id="P1", day=day, currency=currency)


SALE = moved(MovementKind.SALE, "100", "-2.25")


def item_of(
    payout: Payout,
    known: Known | None = None,
    closed_until: date | None = None,
    **changes: object,
) -> LedgerVoucher:
    source = replace(CLEARHAUS, **changes)  # type: ignore[arg-type] # sources refuse what they lack
    settings = replace(posted_by(source), closed_until=closed_until)
    item = plan_payout(payout, source, settings, PAPERS, known or Known())
    assert item is not None
    return item


def line(text: str, amount: str, account: int, against: int, **codes: str) -> LedgerLine:
    usual = {"vat_code": None, "balancing_vat_code": None}
    return LedgerLine(
        description=text,
        amount=Decimal(amount),
        account=account,
        balancing_account=against,
        **{**usual, **codes},
    )


def test_a_payout_goes_to_the_money_under_way_and_its_fees_to_their_account() -> None:
    refund = moved(MovementKind.REFUND, "-20.00")

    item = item_of(paid(SALE, refund), fee_vat="I25")

    assert item == LedgerVoucher(
        guid=payout_guid(ORGANISATION, "cards", "P1"),
        date=DAY,
        lines=(
            line("Udbetaling cards P1", "77.75", ON_THE_WAY, CLEARING),
            line("Gebyr cards P1", "2.25", FEES, CLEARING, vat_code="I25"),
        ),
    )


def test_what_goes_the_other_way_has_its_sides_changed() -> None:
    item = item_of(paid(moved(MovementKind.REFUND, "-20.00", "0.50")), fee_vat="I25")

    assert item.lines == (
        line("Udbetaling cards P1", "19.50", CLEARING, ON_THE_WAY),
        line("Gebyr cards P1", "0.50", CLEARING, FEES, balancing_vat_code="I25"),
    )


def test_what_stays_at_the_provider_makes_no_item() -> None:
    kept = paid(moved(MovementKind.SALE, "100"), moved(MovementKind.RESERVE, "-100"))
    settings = posted_by(CLEARHAUS)

    assert plan_payout(kept, CLEARHAUS, settings, PAPERS, Known()) is None


IN_EURO = paid(
    moved(MovementKind.SALE, "100", "-2"),
    moved(MovementKind.REFUND, "-10"),
    moved(MovementKind.CHARGEBACK, "-8"),
    currency="EUR",
)


@pytest.mark.parametrize(
    ("on_clearing", "exchange"),
    [
        # 80.00 EUR came as 600.05 kr., so that the fees of 2.00 are 15.00, and all 82.00 are 615.05
        ("615.15", (line("Kursregulering cards P1", "0.10", EXCHANGE, CLEARING),)),
        ("614.95", (line("Kursregulering cards P1", "0.10", CLEARING, EXCHANGE),)),
        ("615.05", ()),
    ],
    ids=["lost", "won", "neither"],
)
def test_in_another_currency_the_clearing_account_is_left_at_nothing(
    on_clearing: str, exchange: tuple[LedgerLine, ...]
) -> None:
    known = Known(arrived=Decimal("600.05"), on_clearing=Decimal(on_clearing))

    item = item_of(IN_EURO, known, exchange_account=EXCHANGE)

    assert item.lines == (
        line("Udbetaling cards P1", "600.05", ON_THE_WAY, CLEARING),
        line("Gebyr cards P1", "15.00", FEES, CLEARING),
        *exchange,
    )


@pytest.mark.parametrize(
    ("known", "exchange", "text"),
    [
        (Known(), None, "no_account"),
        (Known(arrived=Decimal(1), on_clearing=Decimal(1)), None, "no_account"),
        (Known(on_clearing=Decimal(1)), EXCHANGE, "no_rate"),
        (Known(arrived=Decimal(1)), EXCHANGE, "orders"),
    ],
)
def test_what_a_payout_in_another_currency_lacks(
    known: Known, exchange: int | None, text: str
) -> None:
    with pytest.raises(HeldError) as held:
        item_of(IN_EURO, known, exchange_account=exchange)

    assert held.value.hold.text == f"payout_currency.{text}"


def test_in_kroner_an_exchange_is_posted_where_the_payments_are_known() -> None:
    known = Known(on_clearing=Decimal("99.90"))

    item = item_of(paid(SALE), known, exchange_account=EXCHANGE)

    assert item.lines[2:] == (line("Kursregulering cards P1", "0.10", CLEARING, EXCHANGE),)
    assert len(item_of(paid(SALE), exchange_account=EXCHANGE).lines) == 2
    assert len(item_of(paid(SALE), known).lines) == 2


@pytest.mark.parametrize(
    ("closed_until", "chosen", "day"),
    [
        (None, (), DAY),
        (date(2026, 12, 8), (), DAY),
        (date(2026, 12, 8), (date(2026, 12, 10),), DAY),
        (DAY, (DAY,), DAY),
        (DAY, (date(2026, 12, 10),), date(2026, 12, 10)),
        (DAY, (date(2026, 12, 12), date(2026, 12, 10)), date(2026, 12, 12)),
    ],
)
def test_a_payout_bears_its_own_day_unless_that_is_closed_and_another_was_chosen(
    closed_until: date | None, chosen: tuple[date, ...], day: date
) -> None:
    assert item_of(paid(SALE), Known(chosen_days=chosen), closed_until).date == day


@pytest.mark.parametrize("chosen", [(), (date(2026, 12, 1),), (date(2026, 12, 10),)])
def test_a_payout_of_a_closed_day_is_held(chosen: tuple[date, ...]) -> None:
    with pytest.raises(HeldError) as held:
        item_of(paid(SALE), Known(chosen_days=chosen), date(2026, 12, 10))

    assert held.value.hold.text == "period_closed.payout"
    assert held.value.hold.facts["day"] == DAY


def test_payouts_are_posted_from_the_start_date_on() -> None:
    settings = posted_by(CLEARHAUS)

    assert is_before_start(paid(SALE, day=date(2026, 11, 30)), settings)
    assert not is_before_start(paid(SALE, day=date(2026, 12, 1)), settings)


def test_a_source_is_known_by_its_id() -> None:
    other = replace(CLEARHAUS, id="other")
    settings = posted_by(CLEARHAUS, other)

    assert settings.source("other") == other
    assert (settings.has("other"), settings.has("cards"), settings.has("stripe")) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("fees", "vat", "is_right"),
    [
        # the VAT of each fee is rounded by itself: half an øre each, at least one
        (["-1.00"], "-0.20", True),
        (["-1.00"], "-0.21", True),
        (["-1.00"], "-0.22", False),
        (["-0.50", "-0.50", "0"], "-0.22", False),
        (["-0.25"] * 4, "-0.22", True),
        (["-0.25"] * 4, "-0.23", False),
        (["-0.20"] * 5, "-0.22", True),
        (["-0.20"] * 5, "-0.23", False),
    ],
)
def test_how_far_the_vat_on_fees_may_be_off(fees: list[str], vat: str, *, is_right: bool) -> None:
    first, *rest = fees
    payout = paid(
        moved(MovementKind.SALE, "100", first, vat),
        *(moved(MovementKind.SALE, "100", fee) for fee in rest),
    )
    if is_right:
        assert item_of(payout, fee_vat="I25").lines
        return
    with pytest.raises(HeldError):
        item_of(payout, fee_vat="I25")


@pytest.mark.parametrize(("vat", "is_danish"), [("-0.46", True), ("-0.47", False)])
def test_danish_vat_to_the_oere_is_proposed_as_such(vat: str, *, is_danish: bool) -> None:
    with pytest.raises(HeldError) as held:
        item_of(paid(moved(MovementKind.SALE, "100", "-2.25", vat)))

    assert (Yaml("fee_vat: I25\n") in held.value.hold.steps) == is_danish


def test_an_oere_of_vat_where_none_is_expected_is_too_much() -> None:
    with pytest.raises(HeldError) as held:
        item_of(paid(moved(MovementKind.SALE, "100", "-1.00", "-0.01")))

    facts = held.value.hold.facts
    assert (facts["vat"], facts["fees"], facts["expected"], facts["code"]) == (
        Decimal("0.01"),
        Decimal("1.00"),
        Decimal(0),
        "none",
    )


def posted(amount: str, **more: object) -> Entry:
    usual: dict[str, object] = {"account": CLEARING, "day": DAY, "amount": Decimal(amount)}
    return Entry(**{**usual, **more})  # type: ignore[arg-type] # entries refuse what they lack


def suspect(entries: list[Entry], ours: frozenset[UUID] = NOBODYS) -> Entry | None:
    return posted_elsewhere(item_of(paid(SALE)), CLEARHAUS, entries, ours)


def test_net_and_fees_of_one_voucher_are_a_payout_that_somebody_posted() -> None:
    net, fees = (posted(amount, voucher=UUID(int=7)) for amount in ("-60.00", "-40.00"))
    of_another = posted("-40.00", voucher=UUID(int=8))

    assert suspect([net, fees]) == net
    assert suspect([net, of_another]) is None
    assert suspect([posted("-60.00"), posted("-40.00")]) is None


def test_what_is_ours_or_ends_a_year_is_no_payout_of_somebody_else() -> None:
    ours = posted("-97.75", voucher=UUID(int=7))

    assert suspect([ours]) == ours
    assert suspect([ours], frozenset({UUID(int=7)})) is None
    assert suspect([posted("-97.75", kind=EntryKind.CLOSING)]) is None


def test_a_payout_of_nothing_is_found_by_its_fees_alone() -> None:
    item = item_of(paid(moved(MovementKind.SALE, "2.25", "-2.25")))

    assert posted_elsewhere(item, CLEARHAUS, [posted("0")], NOBODYS) is None
    assert posted_elsewhere(item, CLEARHAUS, [posted("-2.25")], NOBODYS) is not None


def test_what_an_item_takes_off_the_clearing_account_is_net_and_fees() -> None:
    with_exchange = item_of(
        paid(SALE), Known(on_clearing=Decimal("99.90")), exchange_account=EXCHANGE
    )

    assert taken_off(item_of(paid(SALE)), CLEARHAUS) == Decimal("100.00")
    assert taken_off(with_exchange, CLEARHAUS) == Decimal("99.90")
    elsewhere = replace(CLEARHAUS, clearing_account=55099)
    assert taken_off(item_of(paid(SALE)), elsewhere) == 0


def test_the_description_of_ours_may_name_the_source_twice() -> None:
    own = posted(
        "-1",
        voucher=payout_guid(ORGANISATION, "cards", "cards 7"),
        description="Udbetaling cards cards 7",
    )

    assert is_payout_of_ours(own, CLEARHAUS, ORGANISATION)


def test_an_account_of_payments_may_take_the_fees_too() -> None:
    chart = replace(PAPERS, entry={FEES: an_account(FEES, "Gebyrer")})

    assert list(unusable_in_payouts(posted_by(replace(CLEARHAUS, paid_to=CLEARING)), chart)) == []


def test_an_account_of_payments_that_is_nowhere_is_missing() -> None:
    (told,) = unusable_in_payouts(posted_by(replace(CLEARHAUS, clearing_account=55099)), PAPERS)

    assert (told.fault, told.named) == ("missing_account", "55099")


def test_only_sales_tell_of_which_order_a_payment_is() -> None:
    sale = replace(SALE, reference="1", payment="p")
    refund = replace(SALE, kind=MovementKind.REFUND, reference="2", payment="p")
    nameless = replace(SALE, kind=MovementKind.REFUND, payment="p")
    of_no_payment = replace(SALE, reference="1"), replace(SALE, kind=MovementKind.REFUND)

    found = match([sale, refund, nameless, *of_no_payment], {"1": [1], "2": [2]}, _as_it_stands)

    orders = [order for _, order in found.matched]
    assert (orders, found.unmatched) == ([1, 2, 1, 1], (of_no_payment[1],))


def _as_it_stands(reference: str) -> str | None:
    return reference or None


@pytest.mark.parametrize(
    ("pattern", "changes", "is_found"),
    [
        ("Clearhaus A/S", {}, True),
        ("Clearhaus", {}, True),
        ("Quickpay*", {"id": "quickpay aps", "format": SettlementFormat.COLUMNS}, True),
        ("Quickpay*", {"id": "shop", "format": SettlementFormat.COLUMNS}, False),
    ],
)
def test_whose_bills_would_post_the_fees_again(
    pattern: str, changes: dict[str, object], *, is_found: bool
) -> None:
    source = replace(CLEARHAUS, **changes)  # type: ignore[arg-type] # as above
    rule = BillRule(name="fees", names=(pattern,), account=7300, vat="none")
    bills = BillSettings(organization_id=1, start_date=DAY, rules=(rule,))

    texts = [each.text for each in payout_findings(posted_by(source), PAPERS, bills)]

    assert ("bill_posts_fees_again" in texts) == is_found


def test_only_files_that_name_orders_tell_what_was_paid_back_of_them() -> None:
    """Clearhaus tells sums of days alone, and a file with columns what its columns are."""
    silent = replace(
        CLEARHAUS, id="shop", format=SettlementFormat.COLUMNS, clearing_account=CLEARING + 1
    )
    telling = replace(silent, columns=Columns(reference="Ordre"), clearing_account=CLEARING + 2)
    klarna = replace(CLEARHAUS, format=SettlementFormat.KLARNA, clearing_account=CLEARING + 3)

    found = posted_by(CLEARHAUS, silent, telling, klarna).telling_accounts()

    assert found == {CLEARING + 2, CLEARING + 3}
