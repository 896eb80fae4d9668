"""What the configuration says of payouts, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dinero_sync.domain.papers.payout import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutSettings:
    """Which payouts are posted, and where."""

    organization_id: int
    start_date: date
    """Payouts of an earlier day are never posted."""
    orders_from: date
    """Orders of an earlier day are somebody else's, and so are their payments."""
    closed_until: date | None
    sources: tuple[Source, ...]

    def source(self, source_id: str) -> Source:
        """Return the source with an id."""
        return next(each for each in self.sources if each.id == source_id)

    def has(self, source_id: str) -> bool:
        """Tell whether there is a source with an id; one may be taken out of the configuration."""
        return any(each.id == source_id for each in self.sources)

    def accounts(self) -> Iterator[tuple[int, str]]:
        """Yield each account that ledger items name, with where the configuration names it."""
        for at, each in enumerate(self.sources):
            named = {
                "paid_to": each.paid_to,
                "fee_account": each.fee_account,
                "exchange_account": each.exchange_account,
            }
            for key, number in named.items():
                if number is not None:
                    yield number, f"payouts.sources[{at}].{key}"

    def clearing_accounts(self) -> Iterator[tuple[int, str]]:
        """Yield each account that payments are registered on, with where it is named."""
        for at, each in enumerate(self.sources):
            yield each.clearing_account, f"payouts.sources[{at}].clearing_account"

    def telling_accounts(self) -> frozenset[int]:
        """Return the clearing accounts of which files tell what was paid back of which order."""
        return frozenset(each.clearing_account for each in self.sources if each.names_orders)

    def vat_codes(self) -> Iterator[tuple[str, str]]:
        """Yield each VAT code of fees, with where it is named."""
        for at, each in enumerate(self.sources):
            if each.fee_vat is not None:
                yield each.fee_vat, f"payouts.sources[{at}].fee_vat"
