"""A payout whose file names no orders, compared by its period: sums against sums."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What such a file says was captured in the days that a payout is of, in kroner."""

    payout: str
    """The payout's whole name."""
    account: int
    """Its clearing account."""
    first: date
    last: date
    sales: Decimal
    refunds: Decimal
    """Negative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A period, and what was registered on its clearing account in the same days.

    A difference names itself and changes nothing of what is posted: a payment may have another day
    here than at the provider, and orders may be in the books by other means.
    """

    period: Period
    sales: Decimal
    """Payments that were registered on invoices, in kroner."""
    refunds: Decimal
    """Negative payments."""

    @property
    def is_equal(self) -> bool:
        """Tell whether both sums are those of the file."""
        return (self.sales, self.refunds) == (self.period.sales, self.period.refunds)

    @property
    def difference(self) -> Decimal:
        """What the file tells more, sales and refunds together; negative for less."""
        return self.period.sales + self.period.refunds - self.sales - self.refunds
