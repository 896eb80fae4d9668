"""What plans come to on each account and VAT code: what the ledger will show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.money import KRONER, round_to_ore, vat_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTotal:
    """What goes to one account with one VAT code, in one currency; sales are positive."""

    currency: str
    account: int
    name: str
    vat_code: str | None
    gross: Decimal
    """With VAT."""
    vat: Decimal
    """Rounded line by line, as Dinero does."""

    @property
    def net(self) -> Decimal:
        """The amount without VAT."""
        return self.gross - self.vat


def account_totals(plans: Iterable[Plan], chart: Chart) -> tuple[AccountTotal, ...]:
    """Sum the invoice lines and ledger items of ``plans``, by currency, account and VAT code.

    Of a ledger item the debited account counts negative. An account that isn't in ``chart`` is
    without name and VAT code.
    """
    sums: dict[tuple[str, int, str], tuple[Decimal, Decimal]] = {}
    for plan in plans:
        for currency, account, code, gross in _postings(plan, chart):
            rate = chart.vat_rates.get(code, Decimal(0))
            vat = round_to_ore(vat_inside(gross, rate))
            so_far = sums.get((currency, account, code), (Decimal(0), Decimal(0)))
            sums[currency, account, code] = (so_far[0] + gross, so_far[1] + vat)
    return tuple(
        AccountTotal(
            currency=currency,
            account=account,
            name=known.name if (known := chart.entry.get(account)) else "",
            vat_code=code or None,
            gross=gross,
            vat=vat,
        )
        for (currency, account, code), (gross, vat) in sorted(sums.items())
    )


def _postings(plan: Plan, chart: Chart) -> Iterator[tuple[str, int, str, Decimal]]:
    """Yield the currency, account, VAT code (empty for none) and gross of each posting."""
    for line in plan.invoice.lines:
        known = chart.entry.get(line.account)
        code = known.vat_code if known else None
        yield plan.invoice.currency, line.account, code or "", line.amount
    for item in plan.ledger_items:
        yield KRONER, item.account, item.vat_code or "", -item.amount
        yield KRONER, item.balancing_account, item.balancing_vat_code or "", item.amount
    if plan.gift_card is not None:  # the other side evens out with the payment by the card
        item = plan.gift_card.item
        yield KRONER, item.account, item.vat_code or "", -item.amount
