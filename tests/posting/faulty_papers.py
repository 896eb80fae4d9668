"""Bills and payouts that are held, and rules for them with a fault; see ``texts.yaml``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from builders import an_account
from faulty_rules import BANK
from supplier_bills import HOSTING, a_bill, by
from supplier_bills import RATES as PURCHASE_RATES

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.papers.bill import Bill
from dinero_sync.domain.papers.payout import (
    Movement,
    MovementKind,
    SettlementFormat,
    Source,
    payout_of,
)
from dinero_sync.posting.bills.plan import plan_bill
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.posting.payouts.plan import Known, plan_payout
from dinero_sync.posting.payouts.settings import PayoutSettings

DAY = date(2026, 12, 9)
CLEARING, ON_THE_WAY, FEES, EXCHANGE = 55010, 55095, 7420, 1445
PAPERS = Chart(
    entry={
        **BANK.entry,
        FEES: an_account(FEES, "Gebyrer"),
        7400: an_account(7400, "Gamle gebyrer", hidden=True),
        ON_THE_WAY: an_account(ON_THE_WAY, "Penge på vej"),
    },
    deposit={**BANK.deposit, 55070: an_account(55070, "Gammel tilgode", hidden=True)},
    vat_rates={**BANK.vat_rates, **PURCHASE_RATES},
)
"""A chart in which nothing is missing that bills and payouts need."""
CLEARHAUS = Source(
    id="cards",
    format=SettlementFormat.CLEARHAUS,
    clearing_account=CLEARING,
    paid_to=ON_THE_WAY,
    fee_account=FEES,
)
FEE_BILLS = replace(HOSTING, name="fees", names=("Clearhaus*",))
HOSTING_ALONE = replace(HOSTING, names=("Shoporama*",))
WITHOUT_NUMBER = replace(HOSTING, vat="IVY", paid_from=None)
BY_RATE = replace(HOSTING, vat=None, vat_by_rate=((Decimal(25), "I25"), (Decimal(0), "none")))
UNTAXED = (0, "100.00", "0.00")


def posted_by(*sources: Source) -> PayoutSettings:
    """Return settings of payouts with these sources, from 1 December on."""
    start = date(2026, 12, 1)
    return PayoutSettings(
        organization_id=123456,
        start_date=start,
        orders_from=start,
        closed_until=None,
        sources=sources,
    )


def source(**changes: object) -> PayoutSettings:
    """Return settings with the sound source, changed."""
    return posted_by(replace(CLEARHAUS, **changes))  # type: ignore[arg-type] # sources refuse what they lack


Case = tuple[BillSettings | None, PayoutSettings | None]
FAULTY_PAPERS: dict[str, Case] = {
    "a bill's account that isn't in Dinero": (by(replace(HOSTING, account=7301)), None),
    "a bill's account that is hidden": (by(replace(HOSTING, account=7400)), None),
    "a bill's account that takes no purchases": (by(replace(HOSTING, account=1000)), None),
    "a bill paid from an account that isn't there": (by(replace(HOSTING, paid_from=55001)), None),
    "a VAT code of bills that isn't in Dinero": (by(replace(HOSTING, vat="X9")), None),
    "a bill's fees posted by payouts that nobody has": (
        by(HOSTING_ALONE, BillRule(name="Stripe", names=("Stripe*",), settled_by="stripe")),
        source(),
    ),
    "a bill's fees posted by payouts, and there are none": (
        by(HOSTING_ALONE, BillRule(name="fees", names=("Clearhaus*",), settled_by="cards")),
        None,
    ),
    "rules for bills behind one that takes all": (
        by(HOSTING_ALONE, replace(HOSTING, name="all"), HOSTING_ALONE, HOSTING),
        None,
    ),
    "Danish VAT deducted of bills without": (
        by(HOSTING_ALONE, replace(BY_RATE, vat_by_rate=((Decimal(12), "REP"),))),
        None,
    ),
    "payouts of an account that takes no payments": (None, source(clearing_account=1000)),
    "payouts of an account that is hidden": (None, source(clearing_account=55070)),
    "payouts to an account that isn't there": (None, source(paid_to=55096)),
    "fees to an account that is hidden": (None, source(fee_account=7400)),
    "exchange to an account that isn't there": (None, source(exchange_account=1446)),
    "a VAT code of fees that isn't in Dinero": (None, source(fee_vat="X9")),
    "fees of which nobody is sure whether they bear VAT": (
        None,
        posted_by(CLEARHAUS, replace(CLEARHAUS, id="kl", format=SettlementFormat.KLARNA)),
    ),
    "fees posted by payouts and by bills": (by(HOSTING_ALONE, FEE_BILLS), source()),
}
"""What is wrong with the rules for bills and payouts, whose others are sound."""


def bill(bill: Bill, rule: BillRule = HOSTING) -> None:
    """Plan a bill."""
    plan_bill(bill, by(rule), PAPERS)


def payout(
    fee: str = "-2.25",
    vat: str | None = None,
    currency: str = "DKK",
    known: Known | None = None,
    **changes: object,
) -> None:
    """Plan a payout of one sale of 100.00, whose source is changed."""
    sale = Movement(
        kind=MovementKind.SALE,
        amount=Decimal(100),
        fee=Decimal(fee),
        vat=None if vat is None else Decimal(vat),
        currency=currency,
        day=DAY,
    )
    settings = source(**changes)
    paid = payout_of([sale], id="P1", day=DAY, currency=currency)
    plan_payout(paid, settings.sources[0], settings, PAPERS, known or Known())


def in_euro(*, exchange: int | None = EXCHANGE, arrived: str | None = None) -> None:
    """Plan a payout in euro, of which the bank got so much."""
    known = Known(arrived=None if arrived is None else Decimal(arrived))
    payout(currency="EUR", known=known, exchange_account=exchange)


HELD_PAPERS: dict[str, Callable[[], None]] = {
    "a bill that no rule takes": lambda: bill(
        a_bill((25, "80.00", "20.00"), UNTAXED), replace(HOSTING, names=("Other",))
    ),
    "a bill without a VAT number that no rule takes": lambda: bill(
        a_bill(supplier="Byens [gamle] kro", vat_number=None),
        replace(HOSTING, vat_numbers=("DK10150817",)),
    ),
    "a bill of an earlier day": lambda: bill(a_bill(day=date(2026, 11, 30))),
    "a rate that the rule for bills doesn't say": lambda: bill(a_bill((12, "80", "9.60")), BY_RATE),
    "Danish VAT where the rule says reverse charge": lambda: bill(
        a_bill(), replace(HOSTING, vat="IEUY")
    ),
    "no VAT where the rule deducts Danish VAT": lambda: bill(a_bill(UNTAXED, currency="EUR")),
    "Swedish VAT where the rule deducts Danish VAT": lambda: bill(
        a_bill((25, "80.00", "20.00"), UNTAXED, vat_number="SE556036079301"), BY_RATE
    ),
    "a bill from two places": lambda: bill(
        a_bill((25, "80.00", "20.00"), UNTAXED),
        replace(BY_RATE, vat_by_rate=((Decimal(25), "I25"), (Decimal(0), "IEUY"))),
    ),
    "a supplier abroad of whom nobody says where": lambda: bill(
        a_bill(UNTAXED, vat_number=None), WITHOUT_NUMBER
    ),
    "a bill in euro of which nobody says what was paid": lambda: bill(a_bill(currency="EUR")),
    "a payout in euro without an account of exchange": lambda: in_euro(exchange=None),
    "a payout in euro without a bank statement": in_euro,
    "a payout in euro whose orders aren't all known": lambda: in_euro(arrived="729.25"),
    "fees without VAT where the rules deduct it": lambda: payout(vat="0", fee_vat="I25"),
    "fees with VAT where the rules deduct none": lambda: payout(vat="-0.45"),
    "fees with a VAT that no rate makes": lambda: payout(vat="-0.80", fee_vat="I25"),
    "fees that came back with a VAT that no rate makes": lambda: payout(fee="2.25", vat="0.80"),
    "a payout of a closed day": lambda: refuse_closed("payout", DAY, DAY),
}
"""What happens, and the call that holds the bill or the payout."""
