"""One order with everything that decides about its lines, and where each charge is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import NO_VAT, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Territory, Zone
from dinero_sync.posting.abroad.handed_over import (
    is_handed_over_in_denmark,
    refuse_unclear_place,
    zone_of_goods,
)
from dinero_sync.posting.account_holds import suggested_account, told_by_post_code
from dinero_sync.posting.accounts import (
    AccountChoice,
    Treatment,
    is_posted_without_its_vat,
    post_line,
    treatment_of,
)
from dinero_sync.posting.charges import (
    OR_BY_HAND,
    Charge,
    Rulings,
    card_used,
    charges_of,
)
from dinero_sync.posting.conditions import LineFacts, Products, kind_of, product_of
from dinero_sync.posting.settings import LineKind, PaymentType, PostingSettings
from dinero_sync.posting.suggestion import EXPORTS
from dinero_sync.posting.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What all lines of one order have in common."""

    order: Order
    buyer: BuyerKind
    payment_type: PaymentType | None
    settings: PostingSettings
    chart: Chart
    texts: Texts
    products: Products
    vat_number_confirmed: bool
    """Whether the EU's register confirms the buyer's VAT number; False where it wasn't asked."""

    @property
    def stated_vat(self) -> Decimal | None:
        """The VAT of all of it as the shop says it; None where it doesn't.

        Nor does it where a multi-purpose gift card paid a part: that may be the VAT of the rest.
        """
        cards = card_used(self.order, self.settings)
        return None if cards is not None and cards.is_multi_purpose else self.order.vat

    @property
    def zone(self) -> Zone:
        """Where the goods go."""
        return zone_of_goods(self.order, self.settings)

    @property
    def country(self) -> str:
        """Where the goods go, as an ISO code."""
        collected = is_handed_over_in_denmark(self.order, self.settings)
        return "DK" if collected else self.order.delivery.country

    @property
    def territory(self) -> Territory | None:
        """The territory outside the VAT area of ``country`` to which the goods go, if it is one."""
        collected = is_handed_over_in_denmark(self.order, self.settings)
        return None if collected else self.order.delivery.territory


@dataclass(frozen=True, slots=True)
class PostedCharge:
    """A charge of an order with the account and the rule that take it."""

    charge: Charge
    posting: AccountChoice

    @property
    def is_exempt(self) -> bool:
        """Tell whether goods or freight bear no VAT: in Denmark, elsewhere, or on their margin."""
        posting = self.posting
        elsewhere = posting.foreign_vat_account is not None
        taxed = posting.vat_rate or posting.margin_scheme or elsewhere
        return not taxed and self.charge.kind is not LineKind.GIFT_CARD


def post_charges(sale: Sale) -> tuple[PostedCharge, ...]:
    """Decide where each charge of an order goes; gifts, which cost nothing, go nowhere.

    Raises HeldError for a VAT rate that can't be told or that no account fits, for goods of a
    margin scheme that leave the EU, and where the goods may have been collected in Denmark.
    """
    refuse_unclear_place(sale.order, sale.settings)

    def is_taken_out(line: OrderLine | None) -> bool:
        kind = kind_of(line, sale.settings, sale.products) if line else LineKind.SHIPPING
        return is_posted_without_its_vat(_facts(sale, kind, line), sale.settings, sale.chart)

    def treatment(line: OrderLine | None, rate: Decimal) -> Treatment:
        kind = kind_of(line, sale.settings, sale.products) if line else LineKind.SHIPPING
        return treatment_of(_facts(sale, kind, line, rate), sale.settings)

    rulings = Rulings(is_taken_out, treatment)
    charges = charges_of(sale.order, sale.settings, sale.products, rulings)
    _refuse_rate_of_cards(sale, charges)
    posted = tuple(
        PostedCharge(
            charge,
            post_line(
                _facts(sale, charge.kind, charge.line, charge.rate), sale.settings, sale.chart
            ),
        )
        for charge in charges
        if charge.normal
    )
    if sale.zone is Zone.WORLD and any(each.posting.margin_scheme for each in posted):
        raise _margin_goods_exported(sale)
    return posted


def _refuse_rate_of_cards(sale: Sale, charges: Sequence[Charge]) -> None:
    """Hold freight and fees in Denmark that only the 0 % of gift cards would make free of VAT.

    A card is no goods yet, so what is charged beside it isn't taxed as it is. Where the order
    states its VAT, that tells. Raises HeldError.
    """
    order = sale.order
    beside = [each for each in charges if _follows_goods(each)]
    cards = [each for each in charges if each.kind is LineKind.GIFT_CARD]
    untaxed = sum((each.amount for each in beside if each.rate == NO_VAT), Decimal(0))
    stated = order.vat is not None or sale.zone is not Zone.DK
    if stated or not cards or not untaxed or any(each not in (*beside, *cards) for each in charges):
        return
    raise HeldError(
        HoldReason.UNKNOWN_VAT,
        "beside_cards",
        (sentence("correct_vat"), *OR_BY_HAND),
        amount=untaxed,
    )


def _follows_goods(charge: Charge) -> bool:
    """Tell whether a charge's rate, where the order's VAT doesn't tell it, is that of the goods."""
    line = charge.line
    return line is None or line.is_beside_goods


def _facts(
    sale: Sale, kind: LineKind, line: OrderLine | None, vat_rate: Decimal = NO_VAT
) -> LineFacts:
    return LineFacts(
        line=kind,
        vat_rate=vat_rate,
        zone=sale.zone,
        country=sale.country,
        buyer=sale.buyer,
        payment_type=sale.payment_type.name if sale.payment_type else "",
        order=sale.order,
        goods=line,
        product=product_of(line, sale.products) if line else None,
        days=_days_of_rate(sale.order),
        territory=sale.territory,
    )


def _days_of_rate(order: Order) -> tuple[date, date]:
    """Return the days from the order to what came last of payment and shipping.

    Which of them decides the rate is the other country's law; the shop's choice is taken.
    """
    moments = (order.created, order.paid_at, order.shipped_at)
    days = [accounting_date(moment) for moment in moments if moment is not None]
    return min(days), max(days)


def _margin_goods_exported(sale: Sale) -> HeldError:
    account = suggested_account(EXPORTS, sale.chart)
    return HeldError(
        HoldReason.MARGIN_SCHEME_EXPORT,
        "",
        (
            *told_by_post_code(sale.territory),
            sentence("post_as_export"),
            Yaml(
                "posting:\n"
                "  rules:\n"
                "    - name: exported\n"
                "      when: {zone: world}\n"
                "      account: ",
                account,
                "\n",
            ),
        ),
    )
