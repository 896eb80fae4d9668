"""A file that names no orders is compared by its period, and posted alike whatever comes of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from business import SandboxClock
from payout_files import FEES, ON_THE_WAY, PayoutFiles, shown
from shop import ORDER_ID, raw_order

from dinero_sync.cli.reports.money import clearing as clearing_report
from dinero_sync.cli.reports.money import payouts as payouts_report
from dinero_sync.domain.papers.period import Compared
from dinero_sync.domain.step import Language
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sync.insight.clearing import Clearing, chosen, clear, clearing_accounts
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit

CARDS = 55010
NAME = "payout:clearhaus:77"
TITLES = (
    "merchant_id,merchant_name,id,settled,currency,period_start_date,period_end_date,"
    "payout_amount,payout_date,summary_sales,summary_credits,summary_refunds,"
    "summary_chargebacks,summary_fees,summary_other_postings,summary_net,payout_descriptor"
)


@pytest.fixture
def clearhaus(payouts: PayoutFiles) -> PayoutFiles:
    """Sell two mugs by card on 8 December, 125 kr. each, and take payouts from Clearhaus."""
    payouts.settings["sources"] = [
        {
            "id": "clearhaus",
            "name": "Clearhaus",
            "format": "clearhaus",
            "clearing_account": CARDS,
            "paid_to": ON_THE_WAY,
            "fee_account": FEES,
        }
    ]
    payouts.business.sell(raw_order(), raw_order(ORDER_ID + 1))
    payouts.business.run_once()
    return payouts


def put(payouts: PayoutFiles, sales: str = "250.00", refunds: str = "0.00") -> None:
    """Put a settlement of the week to 8 December into the inbox, with fees of 3.50."""
    net = Decimal(sales) + Decimal(refunds) - Decimal("3.50")
    row = (
        f"1,Butik,77,true,DKK,2026-12-02,2026-12-08,{net},2026-12-10,{sales},0.00,{refunds},0.00,"
        f"-3.50,0.00,{net},CH1 2026-12-10"
    )
    (payouts.inbox / "clearhaus.csv").write_text(f"{TITLES}\n{row}\n", encoding="utf-8")


def cleared(payouts: PayoutFiles) -> Clearing:
    config, clock = payouts.business.loaded(), SandboxClock(payouts.business.sandbox)
    accounts = chosen(clearing_accounts(config), CARDS, None)
    with payouts.business.in_a_process():
        return clear(config, "config.yaml", clock, accounts)


def compared(payouts: PayoutFiles) -> Compared:
    (found,) = cleared(payouts).periods
    return found


def test_a_period_that_comes_to_what_was_registered_is_equal(clearhaus: PayoutFiles) -> None:
    put(clearhaus)

    finished = clearhaus.run()

    assert clearhaus.came(finished) == [("77", "booked", None)]
    found = compared(clearhaus)
    assert (found.sales, found.refunds, found.is_equal) == (Decimal(250), Decimal(0), True)
    told = shown(payouts_report.as_lines(finished.result.payouts, Language.ENGLISH))
    assert "Its sales (250.00 kr.) and refunds (0.00 kr.) are those that are registered" in told


def test_a_difference_is_named_and_changes_nothing_of_what_is_posted(
    clearhaus: PayoutFiles,
) -> None:
    put(clearhaus, sales="380.00")

    finished = clearhaus.run()

    assert (clearhaus.came(finished), finished.exit_code) == ([("77", "booked", None)], 0)
    assert clearhaus.booked() == {
        ON_THE_WAY: Decimal("376.50"),
        FEES: Decimal("3.50"),
        CARDS: Decimal("-380.00"),
    }
    assert compared(clearhaus).difference == Decimal("130.00")
    told: Any = payouts_report.as_data(finished.result.payouts)
    (data,) = told["payouts"]
    assert data["period"] == {
        "payout": NAME,
        "from": date(2026, 12, 2),
        "to": date(2026, 12, 8),
        "sales": Decimal("380.00"),
        "refunds": Decimal("0.00"),
        "registered_sales": Decimal("250.00"),
        "registered_refunds": Decimal("0.00"),
        "difference": Decimal("130.00"),
        "equal": False,
    }


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.ENGLISH, "registered here in these days are 250.00 kr. and 0.00 kr."),
        (Language.DANISH, "registreret her i de dage er 250,00 kr. og 0,00 kr."),
    ],
)
def test_the_statement_of_the_account_says_it_in_both_languages(
    clearhaus: PayoutFiles, language: Language, told: str
) -> None:
    put(clearhaus, sales="380.00")
    clearhaus.run()

    report = cleared(clearhaus)

    assert told in shown(clearing_report.as_lines(report, language))
    data: Any = clearing_report.as_data(report)
    (account,) = data["accounts"]
    assert [each["difference"] for each in account["periods"]] == [Decimal("130.00")]
    assert not clearing_report.differs(report)


def test_refunds_count_on_the_day_that_they_are_registered(clearhaus: PayoutFiles) -> None:
    put(clearhaus, refunds="-25.00")
    business = clearhaus.business
    part = CreditOptions(wanted=Wanted(amount=Decimal(25)), reason="Retur", day=date(2026, 12, 8))
    with business.at_work() as place:
        make_credit(place, decide_credit(place, business.order(), part), part.reason)

    clearhaus.run()

    found = compared(clearhaus)
    assert (found.sales, found.refunds, found.is_equal) == (Decimal(250), Decimal(-25), True)


def test_sums_that_make_up_for_each_other_are_no_equal_period(clearhaus: PayoutFiles) -> None:
    put(clearhaus, sales="275.00", refunds="-25.00")

    clearhaus.run()

    assert (compared(clearhaus).difference, compared(clearhaus).is_equal) == (Decimal(0), False)


def test_one_from_before_the_start_is_not_compared(
    clearhaus: PayoutFiles,
) -> None:
    put(clearhaus)
    clearhaus.settings["start_date"] = "2026-12-20"

    clearhaus.run()

    assert cleared(clearhaus).periods == []
