"""What the rules make of an order that is due: one pure function for every command.

``run`` and ``plan`` decide by live facts (:mod:`standing` says what follows for the order's
record), ``explain`` and ``rules replay`` by remembered ones, ``rules test`` by those that an
example assumes.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from dinero_sync.domain.chart import NO_CHART, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Order
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.conditions import NO_PRODUCTS
from dinero_sync.posting.contact import needs_confirmation
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.posting.days.received import refuse_paid_earlier
from dinero_sync.posting.distance_sales import KRONER_PER_UNIT, refuse_above_threshold
from dinero_sync.posting.due import Never
from dinero_sync.posting.payments import find_payment_type, unknown_payment_type
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.sale import Sale
from dinero_sync.posting.settings import PaymentType, PostingSettings
from dinero_sync.sync.intake.facts import Facts, known
from dinero_sync.sync.intake.holds import nothing_to_invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rules make of an order: a plan, nothing to invoice, or a hold."""

    payment_type: PaymentType | None = None
    """The one that takes the order; None also where that is held, or there are none."""
    sale: Sale | None = None
    """What is posted; None where it doesn't come to that."""
    plan: Plan | None = None
    """What is to be made; with a hold, once a person has said of which day."""
    never: Never | None = None
    """Why no invoice is made of it."""
    hold: Hold | None = None
    unread: Unread | None = None
    """What of the shop couldn't be read, where the hold is for that."""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing but facts is missing for a plan."""
        return self.sale is None and self.never is None and self.hold is None


def held_by(
    error: HeldError, payment_type: PaymentType | None = None, sale: Sale | None = None
) -> Decision:
    """Return the hold of an order that came as far as that."""
    unread = error.unread if isinstance(error, UnreadError) else None
    return Decision(payment_type=payment_type, sale=sale, hold=error.hold, unread=unread)


def decide(order: Order, facts: Facts, settings: PostingSettings) -> Decision:
    """Decide about an order as one that is due.

    Without a chart it comes as far as the order and the rules tell: the decision is open where an
    invoice is to be made. Raises LookupError where another fact that it needs wasn't gathered.
    """
    payment_type = None
    try:
        payment_type = _payment_type(order, settings, facts.chart)
        if order.total == 0 and not pays_with_gift_card(order, settings):
            return Decision(payment_type=payment_type, never=nothing_to_invoice(order, settings))
    except HeldError as error:
        return held_by(error, payment_type)
    if facts.chart is None:
        return Decision(payment_type=payment_type)
    asked = needs_confirmation(order, settings)
    sale = sale_of(
        order,
        payment_type,
        settings,
        facts.chart,
        products=known(facts.products, "products") if settings.asks_catalogue else NO_PRODUCTS,
        vat_number_confirmed=asked and known(facts.vat_number_confirmed, "VIES's answer"),
    )
    try:
        plan = plan_sale(sale, known(facts.day, "day"), facts.event_day)
        _refuse_above_threshold(plan, sale, facts)
    except HeldError as error:
        return held_by(error, payment_type, sale)
    decided = Decision(payment_type=payment_type, sale=sale, plan=plan)
    try:
        _refuse_day(order, decided, facts, settings)
    except HeldError as error:
        return replace(decided, hold=error.hold)
    return decided


def _refuse_day(order: Order, decided: Decision, facts: Facts, settings: PostingSettings) -> None:
    """Hold an order of which all is decided but the day; raises HeldError."""
    day = known(facts.day, "day")
    refuse_paid_earlier(order, decided.payment_type, settings, day)
    refuse_closed("invoice", day, settings.closed_until, facts.chosen_days)


def _payment_type(
    order: Order, settings: PostingSettings, chart: Chart | None
) -> PaymentType | None:
    try:
        return find_payment_type(order, settings.payment_types)
    except UnreadError:
        raise
    except HeldError as error:
        types = settings.payment_types
        raise unknown_payment_type(order.gateway, types, chart or NO_CHART) from error


def _refuse_above_threshold(plan: Plan, sale: Sale, facts: Facts) -> None:
    if plan.distance_sale is None or not sale.settings.refuse_above_threshold:
        return
    others = known(facts.distance_sales, "year's distance sales")
    in_kroner = plan.distance_sale * KRONER_PER_UNIT.get(sale.order.currency, Decimal(0))
    country = sale.country
    refuse_above_threshold(plan, country, in_kroner, others.this_year, others.last_year)
