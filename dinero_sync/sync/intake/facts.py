"""What decides about an order besides its own words and the rules: facts, gathered before.

They are live (:mod:`live`), remembered (:mod:`remembered`), or assumed by a shop's example
(:mod:`dinero_sync.sync.insight.rule_examples`). Which of them an order needs follows from it and
from the settings alone.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.order import Order
from dinero_sync.errors import TemporaryError
from dinero_sync.posting.conditions import Products


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceSales:
    """What other orders count towards the EU's threshold, in kroner without VAT."""

    this_year: Decimal = Decimal(0)
    """Of the calendar year of the order's invoice."""
    last_year: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one order; None where nobody was asked."""

    day: date | None = None
    """The Copenhagen day that the invoice bears."""
    chart: Chart | None = None
    products: Products | None = None
    """What the catalogue says; needed where the rules ask it."""
    vat_number_confirmed: bool | None = None
    """What VIES says; needed where it is to be asked about the buyer."""
    distance_sales: DistanceSales | None = None
    """Needed where the order may be one."""
    event_day: date | None = None
    """The day it was paid or shipped, where a person chose another for the invoice."""
    chosen_days: frozenset[date] = frozenset()
    """Days that a person chose for the order's documents though their period is closed."""
    own_invoice_day: date | None = None
    """The date of our invoice in Dinero, where an order straddles the start date and has one."""
    began_draft: bool | None = None
    """Whether a draft was ever begun; needed where the order makes no invoice now."""


NOTHING_ASKED = Facts()
Fact = TypeVar("Fact")


def known(fact: Fact | None, name: str) -> Fact:
    """Return a fact that a decision needs; raises LookupError where it wasn't gathered."""
    if fact is None:
        raise LookupError(f"an order was decided about without its {name}")
    return fact


class UndecidedError(TemporaryError):
    """What an order's decision depends on can't be read now; other orders may not depend on it."""

    def __init__(self, because: str, told: str) -> None:
        """Say whom nobody could ask what, as a clause about several orders, and what was told."""
        super().__init__(told)
        self.because = because


def products_of(order: Order) -> tuple[int, ...]:
    """Return the ids of the products that the catalogue is asked about; gifts are posted nowhere.

    Each is named once, in the order of the lines.
    """
    sold = [line.product_id for line in order.lines if line.amount]
    return tuple(dict.fromkeys(each for each in sold if each is not None))
