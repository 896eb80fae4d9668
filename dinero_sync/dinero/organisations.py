"""Companies that the connection may see, and what each books by: accounts, VAT types and years.

Only what the program reads of Dinero's answers is decoded, and required.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.dinero.answers import Wire, amount_of, date_of, decoded, text_of
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Account, Chart

ACCOUNT_FIELDS = "AccountNumber,Name,VatCode,IsHidden,IsDefaultSalesAccount"
DEPOSIT_FIELDS = "AccountNumber,Name,IsHidden,IsDefault"
"""Unless it is asked for, the list doesn't tell which deposit accounts are hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A company that the connection may see."""

    organization_id: int
    name: str
    vat_number: str
    has_plan: bool
    """Whether the subscription (Pro or Total) includes the API."""
    is_vat_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountingYear:
    """An accounting year (regnskabsår)."""

    name: str
    first: date
    last: date


def organizations(transport: Transport) -> list[Organization]:
    """List the companies that the connection may see; works without a plan."""
    return [decoded(organization, wire) for wire in transport.read_organizations()]


def chart(transport: Transport) -> Chart:
    """Read accounts and VAT types (three calls)."""
    entry = transport.read_list("v1", "accounts/entry", {"fields": ACCOUNT_FIELDS})
    deposit = transport.read_list("v1", "accounts/deposit", {"fields": DEPOSIT_FIELDS})
    rates = transport.read_list("v1", "vatTypes", {})
    accounts = [decoded(account, wire) for wire in entry]
    deposits = [decoded(account, wire) for wire in deposit]
    return Chart(
        entry={each.number: each for each in accounts},
        deposit={each.number: each for each in deposits},
        vat_rates=dict(decoded(vat_type, wire) for wire in rates),
    )


def accounting_years(transport: Transport) -> list[AccountingYear]:
    """Read the accounting years that exist."""
    years = transport.read_list("v1", "accountingyears", {})
    return [decoded(accounting_year, wire) for wire in years]


def organization(wire: Wire) -> Organization:
    """Decode one entry of ``GET /v1.1/organizations``."""
    plan = wire.get("Subscription")
    flags = plan if isinstance(plan, Mapping) else {}
    return Organization(
        organization_id=int(str(wire["Id"])),
        name=text_of(wire, "Name"),
        vat_number=text_of(wire, "VatNumber"),
        has_plan=any(flags.get(name) is True for name in ("HasPro", "HasPayingPro", "HasTotal")),
        is_vat_free=wire.get("IsVatFree") is True,
    )


def account(wire: Wire) -> Account:
    """Decode an entry account or a deposit account."""
    code = text_of(wire, "VatCode")
    return Account(
        number=int(str(wire["AccountNumber"])),
        name=text_of(wire, "Name"),
        vat_code=None if code.lower() in {"", "none"} else code,
        hidden=wire.get("IsHidden") is True,
        default=wire.get("IsDefaultSalesAccount") is True or wire.get("IsDefault") is True,
    )


def vat_type(wire: Wire) -> tuple[str, Decimal]:
    """Decode a VAT type to its code and its rate in percent (the wire has a fraction)."""
    return text_of(wire, "VatCode"), amount_of(wire, "VatRate") * 100


def accounting_year(wire: Wire) -> AccountingYear:
    """Decode an accounting year."""
    return AccountingYear(
        name=text_of(wire, "Name"), first=date_of(wire, "FromDate"), last=date_of(wire, "ToDate")
    )
