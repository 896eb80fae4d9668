"""Bills, rules and a chart to post them by."""

from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.papers.bill import Bill, BillKind, RateAmount
from dinero_sync.posting.bills.settings import BillRule, BillSettings

ORGANIZATION = 123456
DAY = date(2026, 12, 3)
SUPPLIER = "DK13585628"
RATES = {
    "I25": Decimal(25),
    "REP": Decimal("6.25"),
    "HREP": Decimal("18.75"),
    **dict.fromkeys(("IEUV", "IEUY", "IVV", "IVY", "OBPK"), Decimal(0)),
}
CHART = Chart(
    entry={
        number: Account(number=number, name="Køb", vat_code=None, hidden=number == 7400)
        for number in (1000, 2100, 7300, 7400)
    },
    deposit={55000: Account(number=55000, name="Bank", vat_code=None, hidden=False)},
    vat_rates=RATES,
)
HOSTING = BillRule(name="hosting", account=7300, vat="I25", paid_from=55000)


def amounts(*rates: tuple[int, str, str]) -> tuple[RateAmount, ...]:
    """Return amounts by rate, net and VAT."""
    return tuple(RateAmount(rate=Decimal(r), net=Decimal(n), vat=Decimal(v)) for r, n, v in rates)


def a_bill(  # noqa: PLR0913 - a bill says that many things
    *rates: tuple[int, str, str],
    supplier: str = "Shoporama ApS",
    vat_number: str | None = SUPPLIER,
    number: str = "1042",
    day: date = DAY,
    due: date | None = None,
    currency: str = "DKK",
    kind: BillKind = BillKind.INVOICE,
    kroner_paid: Decimal | None = None,
) -> Bill:
    """Return a bill of 750 kr. and VAT, unless told otherwise."""
    return Bill(
        kind=kind,
        supplier=supplier,
        vat_number=vat_number,
        number=number,
        date=day,
        due=due,
        currency=currency,
        amounts=amounts(*(rates or ((25, "750.00", "187.50"),))),
        kroner_paid=kroner_paid,
    )


def by(*rules: BillRule) -> BillSettings:
    """Return settings with these rules, from 1 December on."""
    return BillSettings(
        organization_id=ORGANIZATION, start_date=date(2026, 12, 1), rules=rules or (HOSTING,)
    )
