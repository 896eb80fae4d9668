"""What becomes of a bill: which lines, which VAT codes, who is owed, what was paid, or a hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import settings
from faulty_papers import source
from hypothesis import given
from hypothesis import strategies as st
from supplier_bills import CHART, DAY, HOSTING, ORGANIZATION, SUPPLIER, a_bill, by

from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.identity import purchase_credit_guid, supplier_guid
from dinero_sync.domain.papers.bill import Bill, BillKind, Region, Voucher
from dinero_sync.domain.step import Language
from dinero_sync.posting.bills.plan import plan_bill
from dinero_sync.posting.bills.settings import BillRule
from dinero_sync.posting.bills.unusable import unusable
from dinero_sync.posting.lint.bills import bill_findings
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.texts.telling import message, next_step

ABROAD = replace(HOSTING, name="ads", account=2100, vat="IEUY")
ON_CREDIT = replace(HOSTING, paid_from=None)


def voucher_of(bill: Bill, *rules: BillRule) -> Voucher:
    voucher = plan_bill(bill, by(*rules), CHART).voucher
    assert voucher is not None
    return voucher


def hold_of(bill: Bill, *rules: BillRule) -> Hold:
    with pytest.raises(HeldError) as caught:
        plan_bill(bill, by(*rules), CHART)
    return caught.value.hold


def test_a_bill_paid_at_once_names_the_account_and_nobody() -> None:
    plan = plan_bill(a_bill(), by(), CHART)

    assert plan.voucher is not None
    (line,) = plan.voucher.lines
    assert (line.amount, line.account, line.vat_code) == (Decimal("937.50"), 7300, "I25")
    assert (plan.voucher.deposit_account, plan.voucher.region) == (55000, Region.DENMARK)
    assert (plan.voucher.date, plan.voucher.due) == (DAY, None)
    assert plan.voucher.reference == f"bill:{SUPPLIER}:1042"
    assert plan.voucher.vat == Decimal("187.50")
    assert (plan.supplier, plan.payment, plan.rule) == (None, None, "hosting")


@pytest.mark.parametrize(("due", "falls_due"), [(date(2026, 12, 17),) * 2, (None, DAY)])
def test_a_bill_on_credit_is_owed_to_its_supplier(due: date | None, falls_due: date) -> None:
    plan = plan_bill(a_bill(due=due), by(ON_CREDIT), CHART)

    assert plan.voucher is not None
    assert plan.supplier is not None
    assert (plan.voucher.deposit_account, plan.voucher.due) == (None, falls_due)
    assert plan.supplier.guid == supplier_guid(ORGANIZATION, SUPPLIER)
    assert (plan.supplier.country, plan.supplier.vat_number) == ("DK", SUPPLIER)
    assert plan.payment is None


@pytest.mark.parametrize(
    ("number", "country"), [("IE6388047V", "IE"), ("EL123456789", "GR"), ("XI123456789", "GB")]
)
def test_a_supplier_s_country_is_that_of_its_vat_number(number: str, country: str) -> None:
    bill = a_bill((0, "100.00", "0.00"), vat_number=number)

    plan = plan_bill(bill, by(replace(ABROAD, paid_from=None)), CHART)

    assert plan.supplier is not None
    assert plan.supplier.country == country


def test_the_first_rule_whose_condition_holds_decides() -> None:
    other = replace(HOSTING, name="others", account=2100)
    by_name = replace(HOSTING, names=("shoporama*",))
    by_number = replace(HOSTING, vat_numbers=("DK10150817",))

    assert voucher_of(a_bill(), by_name, other).lines[0].account == 7300
    assert voucher_of(a_bill(), by_number, other).lines[0].account == 2100
    assert hold_of(a_bill(), by_number).reason == "no_bill_rule"


@pytest.mark.parametrize("code", ["IEUV", "IEUY", "IVV", "IVY", "OBPK"])
def test_danish_vat_on_a_bill_under_reverse_charge_is_held(code: str) -> None:
    hold = hold_of(a_bill(), replace(HOSTING, vat=code))

    assert hold.text == "bill_vat_mismatch.reverse_charge"
    assert code in message(hold)


@pytest.mark.parametrize("code", ["I25", "REP", "HREP"])
@pytest.mark.parametrize("rate", [(0, "937.50", "0.00"), (19, "100.00", "19.00")])
def test_vat_that_is_not_danish_is_never_deducted(code: str, rate: tuple[int, str, str]) -> None:
    assert hold_of(a_bill(rate), replace(HOSTING, vat=code)).text == (
        "bill_vat_mismatch.no_danish_vat"
    )


def test_foreign_vat_is_part_of_the_cost_where_the_rule_says_none() -> None:
    voucher = voucher_of(a_bill((19, "100.00", "19.00")), replace(HOSTING, vat="none"))

    (line,) = voucher.lines
    assert (line.amount, line.vat_code, voucher.vat) == (Decimal(119), None, Decimal(0))


def test_each_rate_has_the_code_of_its_own() -> None:
    by_rate = replace(HOSTING, vat=None, vat_by_rate=((Decimal(25), "I25"), (Decimal(0), "none")))
    bill = a_bill((25, "80.00", "20.00"), (0, "10.00", "0.00"))

    voucher = voucher_of(bill, by_rate)

    assert [(line.vat_code, line.amount) for line in voucher.lines] == [
        ("I25", Decimal(100)),
        (None, Decimal(10)),
    ]
    assert hold_of(a_bill((12, "100.00", "12.00")), by_rate).text == "bill_vat_mismatch.no_code"


@pytest.mark.parametrize(("code", "deducted"), [("REP", "46.88"), ("HREP", "140.63")])
def test_representation_deducts_a_part(code: str, deducted: str) -> None:
    assert voucher_of(a_bill(), replace(HOSTING, vat=code)).vat == Decimal(deducted)


@pytest.mark.parametrize(
    ("code", "region"),
    [("IEUY", Region.EU), ("IVY", Region.WORLD), ("OBPK", Region.DENMARK), ("none", Region.EU)],
)
def test_where_a_purchase_comes_from_follows_from_its_code(code: str, region: Region) -> None:
    bill = a_bill((0, "100.00", "0.00"), vat_number="IE6388047V")

    assert voucher_of(bill, replace(HOSTING, vat=code)).region is region


def test_codes_of_several_places_are_held() -> None:
    codes = ((Decimal(25), "I25"), (Decimal(0), "IEUY"))
    bill = a_bill((25, "80.00", "20.00"), (0, "10.00", "0.00"))

    held = hold_of(bill, replace(HOSTING, vat=None, vat_by_rate=codes))

    assert held.text == "bill_vat_mismatch.regions"


def test_a_supplier_abroad_without_a_number_needs_a_country_on_credit_alone() -> None:
    bill = a_bill((0, "100.00", "0.00"), vat_number=None)
    on_credit = replace(HOSTING, vat="IVY", paid_from=None)

    assert voucher_of(bill, replace(HOSTING, vat="IVY")).region is Region.WORLD
    assert hold_of(bill, on_credit).text == "bill_vat_mismatch.country"
    plan = plan_bill(bill, by(replace(on_credit, country="US")), CHART)
    assert plan.supplier is not None
    assert plan.supplier.country == "US"


def test_what_was_paid_of_a_bill_in_euro_is_a_payment_of_a_voucher_on_credit() -> None:
    bill = a_bill((0, "100.00", "0.00"), vat_number="IE6388047V", currency="EUR")

    plan = plan_bill(replace(bill, kroner_paid=Decimal("747.10")), by(ABROAD), CHART)

    assert plan.voucher is not None
    assert plan.payment is not None
    assert (plan.voucher.deposit_account, plan.voucher.currency) == (None, "EUR")
    assert (plan.payment.amount, plan.payment.foreign_amount) == (Decimal("747.10"), Decimal(100))
    assert plan.payment.deposit_account == 55000
    assert hold_of(bill, ABROAD).reason == "paid_amount_unknown"
    assert plan_bill(bill, by(replace(ABROAD, paid_from=None)), CHART).payment is None


def test_a_credit_note_is_the_supplier_s_debt_under_an_identity_of_ours() -> None:
    bill = a_bill(kind=BillKind.CREDIT_NOTE)

    plan = plan_bill(bill, by(), CHART)

    assert plan.voucher is not None
    assert plan.voucher.guid == purchase_credit_guid(ORGANIZATION, f"bill:{SUPPLIER}:1042")
    assert (plan.voucher.deposit_account, plan.voucher.due, plan.payment) == (None, None, None)
    assert plan.supplier is not None


def test_a_bill_of_an_earlier_day_is_held() -> None:
    assert hold_of(a_bill(day=date(2026, 11, 30))).reason == "bill_before_start"
    assert voucher_of(a_bill(day=date(2026, 12, 1))).date == date(2026, 12, 1)


def test_fees_that_payouts_post_make_no_voucher() -> None:
    rule = BillRule(name="Stripe", settled_by="stripe")

    plan = plan_bill(a_bill(), by(rule), CHART)

    assert (plan.voucher, plan.supplier, plan.payment) == (None, None, None)
    assert plan.settled_by == "stripe"


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 25]), st.integers(0, 10**8), st.integers(0, 10**7)),
        min_size=1,
        max_size=2,
        unique_by=lambda each: each[0],
    )
)
def test_a_voucher_comes_to_what_the_bill_says(rates: list[tuple[int, int, int]]) -> None:
    told = [(r, f"{Decimal(n) / 100}", f"{Decimal(v) / 100 if r else 0}") for r, n, v in rates]
    codes = ((Decimal(25), "I25"), (Decimal(0), "none"))
    bill = a_bill(*told)

    voucher = voucher_of(bill, replace(HOSTING, vat=None, vat_by_rate=codes))

    assert voucher.total == bill.total


@pytest.mark.parametrize("language", Language)
def test_every_hold_of_a_bill_says_what_to_do(language: Language) -> None:
    holds = [
        hold_of(a_bill(), replace(HOSTING, names=("Other",))),
        hold_of(a_bill(), replace(HOSTING, vat="IEUY")),
        hold_of(a_bill(currency="EUR")),
        hold_of(a_bill(day=date(2026, 11, 30))),
    ]

    assert all(message(each, language) and next_step(each.steps, language) for each in holds)


def test_what_the_rules_name_and_dinero_lacks_is_found() -> None:
    rules = by(
        replace(HOSTING, account=7301),
        replace(HOSTING, account=7400, paid_from=55001),
        replace(HOSTING, account=1000, vat="X9"),
    )

    found = [(each.key, each.fault) for each in unusable(rules, CHART)]

    assert found == [
        ("bills.rules[0].account", "missing_account"),
        ("bills.rules[1].account", "hidden_account"),
        ("bills.rules[2].account", "no_purchase_account"),
        ("bills.rules[1].paid_from", "missing_account"),
        ("bills.rules[2].vat", "unknown_vat_code"),
    ]


def test_rules_that_cannot_be_meant_are_findings() -> None:
    codes = ((Decimal(0), "I25"),)
    rules = by(
        HOSTING,
        BillRule(name="Stripe", settled_by="stripe"),
        replace(HOSTING, name="wrong", vat=None, vat_by_rate=codes),
    )

    assert [each.text for each in bill_findings(rules, CHART)] == [
        "bill_unknown_source",
        "bill_rule_takes_all",
        "bill_code_never_fits",
    ]
    texts = [each.text for each in bill_findings(rules, CHART, sources={"stripe"})]
    assert "bill_unknown_source" not in texts


def test_a_bill_may_be_settled_by_a_source_that_payouts_have() -> None:
    rules, payouts = by(BillRule(name="Stripe", settled_by="cards")), source()

    def texts(payouts: PayoutSettings | None) -> set[str]:
        return {each.text for each in lint(settings(), CHART, DAY, rules, payouts)}

    assert payouts.sources[0].id == "cards"
    assert "bill_unknown_source" not in texts(payouts)
    assert "bill_unknown_source" in texts(None)
    assert "bill_unknown_source" in texts(source(id="stripe"))


@pytest.mark.parametrize("behind", [("second",), ("second", "third")])
def test_a_rule_that_takes_every_bill_names_the_one_behind_it(behind: tuple[str, ...]) -> None:
    everything = replace(HOSTING, name="all", names=(), vat_numbers=())
    others = (replace(HOSTING, name=name) for name in behind)

    (found,) = bill_findings(by(everything, *others), CHART)

    assert (found.text, found.facts) == ("bill_rule_takes_all", {"rule": "all", "next": "second"})


def test_codes_by_rate_that_fit_are_no_finding() -> None:
    by_rate = ((Decimal(25), "I25"), (Decimal(0), "none"))

    assert not list(bill_findings(by(replace(HOSTING, vat=None, vat_by_rate=by_rate)), CHART))
