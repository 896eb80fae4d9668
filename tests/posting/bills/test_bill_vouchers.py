"""The voucher of a bill, its supplier, its payment, and the words on them, one by one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from supplier_bills import CHART, DAY, HOSTING, ORGANIZATION, SUPPLIER, a_bill, by

from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import supplier_guid
from dinero_sync.domain.papers.bill import (
    Bill,
    BillKind,
    Region,
    Voucher,
    VoucherLine,
    VoucherPayment,
    VoucherPlan,
)
from dinero_sync.domain.papers.unusable import Unusable
from dinero_sync.posting.bills.plan import moved, plan_bill
from dinero_sync.posting.bills.settings import BillRule
from dinero_sync.posting.bills.unusable import unusable

BY_RATE = replace(HOSTING, vat=None, vat_by_rate=((Decimal(25), "I25"), (Decimal(0), "none")))
ON_CREDIT = replace(HOSTING, paid_from=None)
UNTAXED = (0, "100.00", "0.00")


def planned(bill: Bill, rule: BillRule = HOSTING) -> VoucherPlan:
    return plan_bill(bill, by(rule), CHART)


def voucher_of(bill: Bill, rule: BillRule = HOSTING) -> Voucher:
    voucher = planned(bill, rule).voucher
    assert voucher is not None
    return voucher


def words(bill: Bill, rule: BillRule = BY_RATE) -> list[str]:
    return [line.description for line in voucher_of(bill, rule).lines]


def test_a_line_names_the_supplier_the_bill_and_the_rate_where_there_are_several() -> None:
    two_rates = a_bill((25, "80.00", "20.00"), UNTAXED)

    assert words(a_bill()) == ["Shoporama ApS, faktura 1042"]
    assert words(two_rates) == [
        "Shoporama ApS, faktura 1042, 25 %",
        "Shoporama ApS, faktura 1042, 0 %",
    ]
    assert words(a_bill(kind=BillKind.CREDIT_NOTE)) == ["Shoporama ApS, kreditnota 1042"]


def test_a_bill_on_credit_is_a_voucher_owed_to_a_business_without_an_address() -> None:
    plan = planned(a_bill(due=date(2026, 12, 17)), ON_CREDIT)

    assert plan == VoucherPlan(
        rule="hosting",
        supplier=Contact(
            guid=supplier_guid(ORGANIZATION, SUPPLIER),
            key=SUPPLIER,
            kind=BuyerKind.BUSINESS,
            name="Shoporama ApS",
            attention=None,
            street="",
            zip_code="",
            city="",
            country="DK",
            email=None,
            vat_number=SUPPLIER,
            ean=None,
        ),
        voucher=Voucher(
            kind=BillKind.INVOICE,
            guid=None,
            reference=f"bill:{SUPPLIER}:1042",
            date=DAY,
            currency="DKK",
            lines=(
                VoucherLine(
                    description="Shoporama ApS, faktura 1042",
                    amount=Decimal("937.50"),
                    account=7300,
                    vat_code="I25",
                ),
            ),
            vat=Decimal("187.50"),
            deposit_account=None,
            region=Region.DENMARK,
            due=date(2026, 12, 17),
        ),
        payment=None,
    )


def test_a_supplier_without_a_number_is_known_by_name() -> None:
    supplier = planned(a_bill(vat_number=None), ON_CREDIT).supplier

    assert supplier is not None
    assert (supplier.key, supplier.vat_number, supplier.country) == ("shoporamaaps", None, "DK")


def test_a_bill_in_another_currency_is_paid_in_kroner_on_its_day() -> None:
    bill = a_bill((25, "80.00", "20.00"), UNTAXED, currency="EUR", kroner_paid=Decimal("1492.00"))

    payment = planned(bill, BY_RATE).payment

    assert payment == VoucherPayment(
        reference=f"bill:{SUPPLIER}:1042",
        deposit_account=55000,
        amount=Decimal("1492.00"),
        foreign_amount=Decimal(200),
        day=DAY,
        description="Shoporama ApS, faktura 1042",
    )


def test_a_credit_note_in_another_currency_is_not_paid() -> None:
    note = a_bill(currency="EUR", kind=BillKind.CREDIT_NOTE)

    assert planned(note).payment is None


def test_a_credit_note_on_credit_never_falls_due() -> None:
    note = a_bill(kind=BillKind.CREDIT_NOTE, due=date(2026, 12, 17))

    assert voucher_of(note, ON_CREDIT).due is None


def test_what_is_deducted_is_rounded_line_by_line() -> None:
    bill = a_bill((25, "0.10", "0.03"), UNTAXED)

    # 25 of 125 of 0.13 is 0.026
    assert voucher_of(bill, BY_RATE).vat == Decimal("0.03")
    assert voucher_of(a_bill(UNTAXED), BY_RATE).vat == 0


@pytest.mark.parametrize(
    ("closed_until", "chosen", "day", "dated"),
    [
        (None, (), None, DAY),
        (DAY, (date(2026, 12, 4),), date(2026, 12, 4), date(2026, 12, 4)),
        (DAY, (date(2026, 12, 4), DAY), DAY, DAY),
        (None, (), date(2026, 12, 4), DAY),
    ],
)
def test_a_voucher_is_dated_the_bill_s_day_unless_a_person_chose_another(
    closed_until: date | None, chosen: tuple[date, ...], day: date | None, dated: date
) -> None:
    settings = replace(by(), closed_until=closed_until)

    voucher = plan_bill(a_bill(), settings, CHART, day, chosen).voucher

    assert voucher is not None
    assert voucher.date == dated


@pytest.mark.parametrize(("day", "chosen"), [(None, ()), (date(2026, 12, 4), ())])
def test_a_bill_of_a_closed_day_is_held(day: date | None, chosen: tuple[date, ...]) -> None:
    with pytest.raises(HeldError) as held:
        plan_bill(a_bill(), replace(by(), closed_until=DAY), CHART, day, chosen)

    hold = held.value.hold
    assert (hold.reason, hold.text) == (HoldReason.PERIOD_CLOSED, "period_closed.voucher")
    assert hold.facts["day"] == DAY


def test_a_voucher_of_a_later_day_tells_the_bill_s_own_once() -> None:
    voucher = voucher_of(a_bill())
    later, own = date(2026, 12, 31), DAY

    once = moved(voucher, own, later)

    assert once.date == later
    (line,) = once.lines
    assert line.description == "Shoporama ApS, faktura 1042 af 03-12-2026"
    assert moved(once, own, date(2027, 1, 4)).lines == once.lines
    assert moved(voucher, own, own) == voucher
    assert moved(voucher, own, date(2026, 12, 2)) == voucher


@pytest.mark.parametrize(
    ("number", "country", "is_deducted"),
    [
        ("DK13585628", None, True),
        ("13585628", None, True),
        (None, None, True),
        (None, "DK", True),
        ("SE556036079301", None, False),
        ("SE556036079301", "DK", False),
        ("NO923609016MVA", None, False),
        (None, "SE", False),
        (None, "NO", False),
    ],
)
@pytest.mark.parametrize("code", ["I25", "REP", "HREP"])
def test_only_a_supplier_in_denmark_charges_danish_vat(
    number: str | None, country: str | None, code: str, *, is_deducted: bool
) -> None:
    bill, rule = a_bill(vat_number=number), replace(HOSTING, country=country, vat=code)
    if is_deducted:
        assert voucher_of(bill, rule).vat > 0
        return
    with pytest.raises(HeldError) as held:
        planned(bill, rule)
    assert held.value.hold.text == "bill_vat_mismatch.foreign_vat"
    assert held.value.hold.facts["country"] in {"SE", "NO"}


@pytest.mark.parametrize(
    ("rule", "rates", "proposed"),
    [
        # codes that fit are kept, also those of other bills
        (replace(HOSTING, vat="REP"), ((25, "80", "20"), UNTAXED), "25: REP, 0: none"),
        (BY_RATE, ((25, "80", "20"), (12, "50", "6")), "25: I25, 0: none, 12: none"),
        (BY_RATE, ((12, "50", "6"),), "25: I25, 0: none, 12: none"),
        (
            replace(BY_RATE, vat_by_rate=((Decimal(25), "IEUY"), (Decimal(0), "IEUY"))),
            ((25, "80", "20"), UNTAXED),
            "25: I25, 0: IEUY",
        ),
        (replace(HOSTING, vat="IEUY"), ((25, "80", "20"),), "25: I25"),
    ],
)
def test_the_codes_that_are_proposed_are_those_of_all_rates(
    rule: BillRule, rates: tuple[tuple[int, str, str], ...], proposed: str
) -> None:
    with pytest.raises(HeldError) as held:
        planned(a_bill(*rates), rule)

    (yaml,) = [step for step in held.value.hold.steps if hasattr(step, "parts")]
    assert yaml.parts == (f"vat: {{{proposed}}}\n",)


def test_fees_that_payouts_post_name_their_rule() -> None:
    assert planned(a_bill(), BillRule(name="fees", settled_by="cards")).rule == "fees"


def test_a_rule_that_posts_bills_names_an_account() -> None:
    with pytest.raises(LookupError, match=r"^the rule hosting posts bills and names no account$"):
        planned(a_bill(), replace(HOSTING, account=None))


@pytest.mark.parametrize("country", ["", "DK", "DE", "US"])
def test_where_a_purchase_without_a_code_comes_from(country: str) -> None:
    rule = replace(HOSTING, vat="none", country=country or None)

    region = voucher_of(a_bill(vat_number=None), rule).region

    regions = {"DE": Region.EU, "US": Region.WORLD}
    assert region is regions.get(country, Region.DENMARK)


def test_codes_of_one_region_beside_none_are_of_that_region() -> None:
    rule = replace(HOSTING, vat=None, vat_by_rate=((Decimal(0), "IVY"), (Decimal(8), "none")))

    assert voucher_of(a_bill(UNTAXED, (8, "100", "8")), rule).region is Region.WORLD


def test_what_no_voucher_can_name_is_told_by_key_and_name() -> None:
    rules = by(
        replace(HOSTING, account=None, settled_by="stripe"),
        replace(BY_RATE, account=9400, paid_from=55001, vat_by_rate=((Decimal(25), "X9"),)),
        replace(ON_CREDIT, account=2000, vat="none"),
    )
    entry = {number: replace(CHART.entry[7300], number=number) for number in (2000, 9399, 9400)}

    assert list(unusable(rules, replace(CHART, entry=entry))) == [
        Unusable(key="bills.rules[1].account", fault="no_purchase_account", named="9400"),
        Unusable(key="bills.rules[1].paid_from", fault="missing_account", named="55001"),
        Unusable(key="bills.rules[1].vat", fault="unknown_vat_code", named="X9"),
    ]
