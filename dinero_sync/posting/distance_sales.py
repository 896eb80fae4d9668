"""Sales to consumers in other EU countries, and the threshold up to which they bear Danish VAT.

Council Directive 2006/112/EC article 59c: 10,000 EUR a calendar year without VAT, for all other
EU countries together, in this year and the one before; above it, each country's own VAT is due
(momsloven §§ 14 b and 21 e, the OSS scheme).
"""

from collections.abc import Iterable
from decimal import Decimal

from dinero_sync.domain.documents import BuyerKind, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import vat_inside
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.abroad.handed_over import zone_of_goods
from dinero_sync.posting.charges import BY_HAND
from dinero_sync.posting.contact import counted_as
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import LineKind, PostingSettings

THRESHOLD = Decimal(74400)
"""10,000 EUR in kroner at 7.44, a little less than the krone's fixed rate gives."""
WARNING = THRESHOLD * 8 / 10
"""From here on there is little time left to register for OSS."""
KRONER_PER_UNIT = {"DKK": Decimal(1), "EUR": Decimal("7.46")}
"""What an order in another currency counts until Dinero tells its rate; others count from then."""


def may_be_distance_sale(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the year's other distance sales are to be known to decide about an order."""
    in_eu = zone_of_goods(order, settings) is Zone.EU
    buyer = counted_as(order, settings, confirmed=False)
    return settings.refuse_above_threshold and in_eu and buyer is BuyerKind.CONSUMER


def distance_sale(sale: Sale, posted: Iterable[PostedCharge]) -> Decimal | None:
    """Return the net of what counts, in the order's currency; None when nothing does.

    Goods of a margin scheme are taxed where they are sold from, and gift cards aren't goods.
    """
    if sale.zone is not Zone.EU or sale.buyer is not BuyerKind.CONSUMER:
        return None
    counted = [
        each.charge.amount - vat_inside(each.charge.amount, each.charge.rate)
        for each in posted
        if not each.posting.margin_scheme and each.charge.kind is not LineKind.GIFT_CARD
    ]
    return sum(counted, Decimal(0)) if counted else None


def refuse_above_threshold(
    plan: Plan, country: str, in_kroner: Decimal, so_far: Decimal, last_year: Decimal
) -> None:
    """Hold a distance sale with Danish VAT that this year's and last year's leave no room for.

    ``so_far`` is the sum of the year's other sales, ``last_year`` that of the year before; all
    amounts are kroner without VAT. Raises HeldError.
    """
    danish_vat = any(line.vat_rate for line in plan.invoice.lines)
    if not danish_vat or (last_year <= THRESHOLD and so_far + in_kroner <= THRESHOLD):
        return
    passed_before = last_year > THRESHOLD
    raise HeldError(
        HoldReason.DISTANCE_SALES_THRESHOLD,
        "last_year" if passed_before else "this_year",
        (
            sentence("register_for_oss"),
            *BY_HAND,
            sentence("charge_above_threshold"),
            Yaml("posting:\n  above_eu_threshold: charge\n"),
        ),
        threshold=THRESHOLD,
        sold=last_year if passed_before else so_far,
        country=country,
    )
