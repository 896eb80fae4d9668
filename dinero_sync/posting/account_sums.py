"""What an invoice posts to each account: the lines added up by account and VAT code."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import round_to_ore, vat_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSum:
    """What lines post to one account. Amounts are in the invoice's currency."""

    account: int
    name: str
    """As Dinero has it; empty where the chart isn't known."""
    vat_code: str | None
    vat_rate: Decimal
    """In percent."""
    amount: Decimal
    """With VAT."""
    vat: Decimal
    """The VAT in it, rounded to the øre; Dinero may round each line instead."""


def account_sums(lines: Iterable[InvoiceLine], chart: Chart) -> tuple[AccountSum, ...]:
    """Add up lines by account and VAT, by number; together they are the lines' total."""
    groups: dict[tuple[int, Decimal], list[InvoiceLine]] = {}
    for line in lines:
        groups.setdefault((line.account, line.vat_rate), []).append(line)
    return tuple(_sum(*key, groups[key], chart) for key in sorted(groups))


def _sum(account: int, rate: Decimal, lines: Iterable[InvoiceLine], chart: Chart) -> AccountSum:
    known = chart.entry.get(account)
    amount = sum((line.amount for line in lines), Decimal(0))
    return AccountSum(
        account=account,
        name=known.name if known else "",
        vat_code=known.vat_code if known else None,
        vat_rate=rate,
        amount=amount,
        vat=round_to_ore(vat_inside(amount, rate)),
    )
