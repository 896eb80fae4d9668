"""The companies in Dinero at the start, and the chart of accounts of a webshop.

Most accounts, with their names and VAT codes, are the part of Dinero's standard chart that a
webshop meets. Such as a shop adds itself: 1001 to 1003, 1051, 1052, 1151, 1490, 2001, 63085, 63090,
64200, 64210, and the deposit accounts from 55010 on except 55040.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.dinero.books import (
    Account,
    AccountingYear,
    DepositAccount,
    Organisation,
)
from dinero_sync.sandbox.dinero.vat_return import INPUT_VAT, OUTPUT_VAT

DEBTORS = 53000
FEES = 7220
EXCHANGE_DIFFERENCES = 1445
PURCHASE_EXCHANGE_DIFFERENCES = 2400
CREDITORS = 63000

VAT_RATES: Mapping[str, tuple[str, Decimal]] = {
    "U25": ("Salgsmoms", Decimal("0.25")),
    "UEUV": ("EU-salg af varer, indberettes", Decimal(0)),
    "UEUV2": ("EU-salg af varer, indberettes ikke", Decimal(0)),
    "UEUY": ("EU-salg af ydelser", Decimal(0)),
    "UVV": ("Salg af varer til udlandet", Decimal(0)),
    "UVY": ("Salg af ydelser til udlandet", Decimal(0)),
    "I25": ("Dansk købsmoms", Decimal("0.25")),
    "IEUV": ("EU-køb af varer", Decimal(0)),
    "IEUY": ("EU-køb af ydelser", Decimal(0)),
    "IVV": ("Varekøb i udlandet", Decimal(0)),
    "IVY": ("Køb af ydelser i udlandet", Decimal(0)),
    "HREP": ("Hotel", Decimal("0.1875")),
    "REP": ("Repræsentation", Decimal("0.0625")),
    "OBPK": ("Omvendt betalingspligt, køb", Decimal(0)),
}
"""VAT codes with their Danish names and rates as fractions."""

TURNOVER = "Turnover"
ADMINISTRATION = "Administration Expenses"
VARIABLE = "Variable Expenses"
RECEIVABLES = "Receivables"
SHORT_DEBT = "Short Term Debt"
VAT_DUE = "Vat Due"
CATEGORY_NAMES: Mapping[str, str] = {
    TURNOVER: "Omsætning",
    ADMINISTRATION: "Administrationsomkostninger",
    VARIABLE: "Variable omkostninger",
    RECEIVABLES: "Tilgodehavender",
    SHORT_DEBT: "Kortfristet gæld",
    VAT_DUE: "Skyldig moms",
}
"""What people read where programs read the category."""

USUAL_TERMS = ("Netto", 8)
"""The company's payment terms with their days, for contacts and invoices that name none."""

ACCOUNTS: tuple[tuple[int, str, str | None, str], ...] = (
    (1000, "Salg af varer/ydelser m/moms", "U25", TURNOVER),
    (1001, "Fjernsalg EU privat m/dansk moms", "U25", TURNOVER),
    (1002, "Fjernsalg EU privat m/dansk moms - DE", "U25", TURNOVER),
    (1003, "Fjernsalg EU privat m/dansk moms - SE", "U25", TURNOVER),
    (1050, "Salg af varer/ydelser u/moms", None, TURNOVER),
    (1051, "Brugtmoms bruttosalg", None, TURNOVER),
    (1052, "Brugtmoms avance", "U25", TURNOVER),
    (1100, "EU-leverancer varer - indberettes (rubrik B-varer)", "UEUV", TURNOVER),
    (1150, "EU-leverancer varer - indberettes ikke (rubrik B-varer)", "UEUV2", TURNOVER),
    (1151, "Fjernsalg OSS", "UEUV2", TURNOVER),
    (1200, "EU-leverancer ydelser (rubrik B-ydelser)", "UEUY", TURNOVER),
    (1255, "Salg af varer til udlandet (rubrik C)", "UVV", TURNOVER),
    (1260, "Salg af ydelser til udlandet (rubrik C)", "UVY", TURNOVER),
    (1300, "Salg af fragt - momsfrie", None, TURNOVER),
    (1350, "Salg af fragt - momspligtig", "U25", TURNOVER),
    (1400, "Rykkergebyrer, administrationsgebyr mv.", None, TURNOVER),
    (EXCHANGE_DIFFERENCES, "Valutakursdifferencer, eksport", None, TURNOVER),
    (1490, "Øredifferencer", None, TURNOVER),
    (2000, "Vareforbrug", "I25", VARIABLE),
    (2001, "Varekøb brugtmoms", None, VARIABLE),
    (2050, "EU-erhvervelser varer", "IEUV", VARIABLE),
    (2100, "EU-erhvervelser ydelser", "IEUY", VARIABLE),
    (2150, "Varekøb verden", "IVV", VARIABLE),
    (2200, "Ydelseskøb verden", "IVY", VARIABLE),
    (2250, "Fragt med moms", "I25", VARIABLE),
    (2300, "Fragt uden moms", None, VARIABLE),
    (PURCHASE_EXCHANGE_DIFFERENCES, "Valutakursdifferencer, køb", None, VARIABLE),
    (FEES, "Porto og gebyrer", None, ADMINISTRATION),
    (7280, "Regnskabsprogram", "I25", ADMINISTRATION),
    (7300, "Internet og webhotel", "I25", ADMINISTRATION),
    (7400, "Betalingsløsning", "I25", ADMINISTRATION),
    (7420, "Indløsere", None, ADMINISTRATION),
    (DEBTORS, "Debitorer, ubetalte fakturaer", None, RECEIVABLES),
    (54040, "Øvrige tilgodehavender", None, RECEIVABLES),
    (CREDITORS, "Kreditorer, ubetalte regninger", None, SHORT_DEBT),
    (63080, "Gavekort", None, SHORT_DEBT),
    (63085, "Gavekort til ét formål", "U25", SHORT_DEBT),
    (63090, "Forudbetalinger fra kunder", None, SHORT_DEBT),
    (OUTPUT_VAT, "Salgsmoms (udgående moms)", None, VAT_DUE),
    (INPUT_VAT, "Købsmoms (indgående moms)", None, VAT_DUE),
    (64100, "Momsafregning", None, VAT_DUE),
    (64200, "Skyldig OSS-moms", None, SHORT_DEBT),
    (64210, "Skyldig norsk moms (VOEC)", None, SHORT_DEBT),
)
HIDDEN_ACCOUNTS = frozenset({1200})
DEFAULT_SALES_ACCOUNT = 1000

DEPOSIT_ACCOUNTS: tuple[tuple[int, str], ...] = (
    (55000, "Bank"),
    (55010, "Tilgodehavende kortindløser"),
    (55020, "Tilgodehavende MobilePay"),
    (55030, "Tilgodehavende PayPal"),
    (55040, "Kontanter (kasse)"),
    (55050, "Tilgodehavende Klarna"),
    (55060, "Tilgodehavende ViaBill"),
    (55070, "Tilgodehavende Anyday"),
    (55080, "Tilgodehavende Stripe"),
    (55090, "Gavekort indløst"),
)
DEFAULT_DEPOSIT_ACCOUNT = 55000


def start_organisations(today: date, first_number: int) -> dict[int, Organisation]:
    """Make a company with Dinero Pro and one without, both with last year and this one open."""
    shop = _organisation(
        credentials.ORGANIZATION_ID,
        "Ler og Lærred ApS",
        credentials.ORGANIZATION_VAT_NUMBER,
        has_pro=True,
        today=today,
        first_number=first_number,
    )
    other = _organisation(
        credentials.OTHER_ORGANIZATION_ID,
        "Sommerhuset Ærø",
        credentials.OTHER_ORGANIZATION_VAT_NUMBER,
        has_pro=False,
        today=today,
        first_number=first_number,
    )
    return {shop.id: shop, other.id: other}


def _organisation(  # noqa: PLR0913 - each is a plain property of the company
    number: int, name: str, vat_number: str, *, has_pro: bool, today: date, first_number: int
) -> Organisation:
    return Organisation(
        id=number,
        name=name,
        vat_number=vat_number,
        has_pro=has_pro,
        accounts={entry[0]: _account(*entry) for entry in ACCOUNTS},
        deposit_accounts={
            entry[0]: DepositAccount(*entry, default=entry[0] == DEFAULT_DEPOSIT_ACCOUNT)
            for entry in DEPOSIT_ACCOUNTS
        },
        years=[calendar_year(today.year - 1), calendar_year(today.year)],
        next_number=first_number,
    )


def _account(number: int, name: str, vat_code: str | None, category: str) -> Account:
    return Account(
        number=number,
        name=name,
        vat_code=vat_code,
        category=category,
        hidden=number in HIDDEN_ACCOUNTS,
        default=number == DEFAULT_SALES_ACCOUNT,
    )


def calendar_year(year: int) -> AccountingYear:
    """Make the accounting year that is the calendar year."""
    return AccountingYear(date(year, 1, 1), date(year, 12, 31))


def vat_rate(account: Account) -> Decimal:
    """Return the rate of an account's VAT code as a fraction; 0 without a code."""
    return VAT_RATES[account.vat_code][1] if account.vat_code else Decimal(0)


def vat_account(code: str) -> int:
    """Return the account that the VAT of a code is posted on: of sales, or of purchases."""
    return OUTPUT_VAT if code.startswith("U") else INPUT_VAT
