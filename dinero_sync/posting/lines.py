"""The lines of an invoice: what each costs after the voucher, at which rate, on which account."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import is_whole_ore
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.zone import zone_of
from dinero_sync.posting.accounts import LineFacts, post_line
from dinero_sync.posting.contact import buyer_kind
from dinero_sync.posting.settings import LineKind, PaymentType, PostingSettings
from dinero_sync.posting.texts import Texts
from dinero_sync.posting.vat import vat_rates
from dinero_sync.posting.voucher import reduce_by_voucher

PIECES_UNIT = "parts"
SHIPPING_UNIT = "shipment"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMaker:
    """What all lines of one order have in common."""

    order: Order
    payment_type: PaymentType | None
    settings: PostingSettings
    chart: Chart
    texts: Texts

    def invoice_lines(self) -> tuple[InvoiceLine, ...]:
        """Return the invoice's lines; together they are the order's total.

        Raises HeldError for a VAT rate that can't be told or that no account fits.
        """
        order = self.order
        reduced = reduce_by_voucher(order)
        rates = vat_rates(order, reduced.lines, reduced.shipping)
        parts = zip(order.lines, reduced.lines, rates.lines, strict=True)
        lines = [
            self._product_line(line, amount, rate) for line, amount, rate in parts if line.quantity
        ]
        if reduced.shipping:
            lines.append(self._shipping_line(reduced.shipping, rates.shipping))
        return tuple(lines)

    def _product_line(self, line: OrderLine, amount: Decimal, rate: Decimal) -> InvoiceLine:
        posting = post_line(self._facts(LineKind.PRODUCT, rate, line), self.settings, self.chart)
        quantity, unit_price = _exact_price(line.quantity, amount)
        description = describe(line)
        if quantity != line.quantity:
            description = f"{line.quantity.normalize():f} {self.texts.pieces} {description}"
        return InvoiceLine(
            description=description,
            comments=self._reduction(line.amount, amount),
            quantity=quantity,
            unit_price=unit_price,
            account=posting.account,
            vat_rate=rate,
            unit=PIECES_UNIT,
            rule=posting.rule,
        )

    def _shipping_line(self, amount: Decimal, rate: Decimal) -> InvoiceLine:
        posting = post_line(self._facts(LineKind.SHIPPING, rate, None), self.settings, self.chart)
        method = self.order.shipping_name
        return InvoiceLine(
            description=f"{self.texts.shipping} – {method}" if method else self.texts.shipping,
            comments=self._reduction(self.order.shipping_price, amount),
            quantity=Decimal(1),
            unit_price=amount,
            account=posting.account,
            vat_rate=rate,
            unit=SHIPPING_UNIT,
            rule=posting.rule,
        )

    def _reduction(self, normal: Decimal, amount: Decimal) -> str | None:
        if amount == normal:
            return None
        return self.texts.reduction(normal, normal - amount, self.order.voucher_code)

    def _facts(self, kind: LineKind, rate: Decimal, line: OrderLine | None) -> LineFacts:
        delivery = self.order.delivery
        return LineFacts(
            line=kind,
            vat_rate=rate,
            zone=zone_of(delivery.country, delivery.zip_code),
            country=delivery.country,
            buyer=buyer_kind(self.order),
            payment_type=self.payment_type.name if self.payment_type else "",
            sku=line.sku if line else "",
            product_id=line.product_id if line else None,
        )


def describe(line: OrderLine) -> str:
    """Name a product with its variant: ``T-shirt (Farve: Blå, Størrelse: M)``."""
    variant = ", ".join(f"{name}: {value}" if name else value for name, value in line.variant)
    return f"{line.name} ({variant})" if variant else line.name


def _exact_price(quantity: Decimal, amount: Decimal) -> tuple[Decimal, Decimal]:
    """Split a line's amount into quantity and unit price without losing an øre.

    Three for 100.00 has no unit price in øre: such a line is sent as one piece.
    """
    unit_price = amount / quantity
    if is_whole_ore(quantity) and is_whole_ore(unit_price) and unit_price * quantity == amount:
        return quantity, unit_price
    return Decimal(1), amount
