"""Why each line of an invoice stands where it does, as facts to be told in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind, Contact, InvoiceLine, MarginScheme, Plan
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import COUNTED_AS_EU
from dinero_sync.posting.abroad.handed_over import is_handed_over_in_denmark
from dinero_sync.posting.conditions import product_of
from dinero_sync.posting.contact import (
    buyer_kind,
    location_number_of,
    needs_confirmation,
    vat_number_of,
)
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule, Undecided


class ContactKeyKind(StrEnum):
    """By what a buyer is known again in Dinero."""

    EAN = "ean"
    VAT_NUMBER = "vat_number"
    EMAIL = "email"
    ORDER = "order"
    SHARED = "shared"


class BuyerReason(StrEnum):
    """Why a buyer counts as what it does."""

    EAN = "ean"
    COMPANY_WITH_VAT_NUMBER = "company_with_vat_number"
    SOLE_TRADER = "sole_trader"
    UNCONFIRMED_VAT_NUMBER = "unconfirmed_vat_number"
    VAT_NUMBER_WITHOUT_COMPANY = "vat_number_without_company"
    COMPANY_WITHOUT_VAT_NUMBER = "company_without_vat_number"
    NEITHER = "neither"


class ZoneReason(StrEnum):
    """Why a delivery lies in its zone."""

    COUNTRY = "country"
    POST_CODE = "post_code"
    """The postal code decides, not the country: Greenland, the Canary Islands, Belfast."""
    HANDED_OVER = "handed_over"
    """The freight method says that the buyer collects the goods in Denmark."""
    COUNTED_AS_EU = "counted_as_eu"
    """A country outside the EU that VAT counts as one inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """A line of the invoice with everything that made it. Amounts are what the customer pays."""

    line: InvoiceLine
    kind: LineKind | None
    """None for what no order line stands for, and where only the plan is left."""
    account_name: str
    vat_code: str | None
    rule: Rule | None
    """The posting rule that took the line; None where a common setting did, and for a rule that
    has left the configuration."""
    normal: Decimal | None
    """Before the voucher; None where only the plan is left."""
    voucher_share: Decimal | None
    charged_rate: Decimal | None
    """The VAT rate in percent that the shop charged."""
    margin_scheme: MarginScheme | None
    purchase_price: Decimal | None
    """Of all pieces, in kroner."""
    foreign_vat_account: int | None

    @property
    def foreign_vat(self) -> Decimal | None:
        """Return the other country's VAT in what the customer pays; the line has the rest.

        None where the line is on no account for it, and where only the plan is left.
        """
        if self.foreign_vat_account is None or self.normal is None or self.voucher_share is None:
            return None
        return self.normal - self.voucher_share - self.line.amount


def explain_lines(
    plan: Plan,
    posted: Sequence[PostedCharge],
    sale: Sale | None,
    settings: PostingSettings,
    chart: Chart,
) -> tuple[ExplainedLine, ...]:
    """Explain each line of ``plan``.

    ``posted`` are the charges that it was made from, in their order, and ``sale`` what they have
    in common; without them the lines are told from the plan alone.
    """
    rules = {rule.name: rule for rule in settings.rules}
    return tuple(
        _explained(line, charge, sale, rules, chart)
        for line, charge in zip_longest(plan.invoice.lines, posted)
    )


def _explained(
    line: InvoiceLine,
    posted: PostedCharge | None,
    sale: Sale | None,
    rules: Mapping[str, Rule],
    chart: Chart,
) -> ExplainedLine:
    account = chart.entry.get(line.account)
    charge, posting = (posted.charge, posted.posting) if posted else (None, None)
    return ExplainedLine(
        line=line,
        kind=charge.kind if charge else None,
        account_name=account.name if account else "",
        vat_code=account.vat_code if account else None,
        rule=rules.get(line.rule),
        normal=charge.normal if charge else None,
        voucher_share=charge.normal - charge.amount if charge else None,
        charged_rate=charge.rate if charge else None,
        margin_scheme=posting.margin_scheme if posting else None,
        purchase_price=_purchase_price(posted, sale) if posted and sale else None,
        foreign_vat_account=posting.foreign_vat_account if posting else None,
    )


def _purchase_price(posted: PostedCharge, sale: Sale) -> Decimal | None:
    line = posted.charge.line
    if not posted.posting.margin_scheme or line is None:
        return None
    product = product_of(line, sale.products)
    price = product.purchase_price if product else None
    return None if price is None else price * line.quantity


def contact_key_kind(contact: Contact) -> ContactKeyKind:
    """Tell by what the contact is known, without telling the thing itself."""
    if contact.key.startswith("shared:"):
        return ContactKeyKind.SHARED
    if contact.ean is not None:
        return ContactKeyKind.EAN
    if contact.vat_number is not None:
        return ContactKeyKind.VAT_NUMBER
    is_order = contact.key.startswith("order:")
    return ContactKeyKind.ORDER if is_order else ContactKeyKind.EMAIL


def buyer_reason(order: Order, settings: PostingSettings, *, confirmed: bool) -> BuyerReason:
    """Tell why the buyer counts as it does; ``confirmed`` is what VIES says of the VAT number."""
    if location_number_of(order):
        return BuyerReason.EAN
    charged = settings.unconfirmed is Undecided.CHARGE and not confirmed
    if charged and needs_confirmation(order, settings):
        return BuyerReason.UNCONFIRMED_VAT_NUMBER
    company, number = bool(order.billing.company), bool(vat_number_of(order))
    if not company and buyer_kind(order) is BuyerKind.BUSINESS:
        return BuyerReason.SOLE_TRADER
    return {
        (True, True): BuyerReason.COMPANY_WITH_VAT_NUMBER,
        (True, False): BuyerReason.COMPANY_WITHOUT_VAT_NUMBER,
        (False, True): BuyerReason.VAT_NUMBER_WITHOUT_COMPANY,
        (False, False): BuyerReason.NEITHER,
    }[company, number]


def zone_reason(order: Order, settings: PostingSettings) -> ZoneReason:
    """Tell what puts the goods in their zone."""
    if is_handed_over_in_denmark(order, settings):
        return ZoneReason.HANDED_OVER
    if order.delivery.territory:
        return ZoneReason.POST_CODE
    return (
        ZoneReason.COUNTED_AS_EU if order.delivery.country in COUNTED_AS_EU else ZoneReason.COUNTRY
    )
