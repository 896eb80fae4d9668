"""The lines of an invoice: what each costs after the voucher, at which rate, on which account.

Another country's VAT inside what the customer paid (the OSS scheme, and Norway's VOEC) is taken
out: Dinero knows no such VAT. Such lines carry the net on an account without Danish VAT, and the
VAT is a line of its own on an account of debt, which the return to the other country empties.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import is_whole_ore, round_to_ore, spread, vat_inside
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.plain_text import plain_text
from dinero_sync.posting.charges import card_used
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.sums.discounts import discount_lines
from dinero_sync.posting.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignVat:
    """The VAT of one rate that is owed to another country."""

    account: int
    rate: Decimal
    """In percent."""
    net: Decimal
    vat: Decimal
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSplit:
    """What customers paid, taken apart."""

    nets: dict[int, Decimal]
    """What is left of each charge without the VAT, by the charge's position."""
    vat: tuple[ForeignVat, ...]


def split_foreign_vat(posted: Iterable[PostedCharge], stated: Decimal | None) -> ForeignSplit:
    """Take the foreign VAT out of the charges that carry it, to the øre.

    ``stated`` is the order's VAT as the shop says it, perhaps unrounded. It is what the shop
    reports to the other country, so it is taken where all of it is foreign; else the VAT is
    reckoned by rate.
    """
    taxed = [each for each in posted if each.charge.rate and each.charge.amount]
    groups: dict[tuple[int, Decimal], list[PostedCharge]] = {}
    for each in taxed:
        if each.posting.foreign_vat_account is not None:
            key = (each.posting.foreign_vat_account, each.charge.rate)
            groups.setdefault(key, []).append(each)
    all_foreign = bool(groups) and sum(map(len, groups.values())) == len(taxed)
    vats = _vats(list(groups.values()), stated if all_foreign else None)
    nets: dict[int, Decimal] = {}
    found = []
    for ((account, rate), group), vat in zip(groups.items(), vats, strict=True):
        amounts = [each.charge.amount for each in group]
        net = sum(amounts, Decimal(0)) - vat
        shares = spread(net, amounts)
        nets |= {each.charge.position: share for each, share in zip(group, shares, strict=True)}
        rule = group[0].posting.rule
        found.append(ForeignVat(account=account, rate=rate, net=net, vat=vat, rule=rule))
    return ForeignSplit(nets=nets, vat=tuple(found))


def _vats(groups: list[list[PostedCharge]], stated: Decimal | None) -> list[Decimal]:
    exact = [
        sum((vat_inside(each.charge.amount, each.charge.rate) for each in group), Decimal(0))
        for group in groups
    ]
    return (
        [round_to_ore(vat) for vat in exact]
        if stated is None
        else spread(round_to_ore(stated), exact)
    )


PIECES_UNIT = "parts"
SHIPPING_UNIT = "shipment"


def invoice_lines(sale: Sale, posted: Sequence[PostedCharge]) -> tuple[InvoiceLine, ...]:
    """Return the invoice's lines; together they are the order's total."""
    split = split_foreign_vat(posted, sale.stated_vat)
    return (
        *(_line(sale, each, split.nets.get(each.charge.position)) for each in posted),
        *(_foreign_vat(sale, vat) for vat in split.vat),
        *_gift_card_used(sale),
        *_rounding(sale),
    )


def text_rows(sale: Sale, posted: Sequence[PostedCharge]) -> tuple[str, ...]:
    """Return the invoice's rows without amounts: gifts, and the sums that the law asks for.

    Goods of a margin scheme are summed apart from all others: no VAT may follow from the invoice
    for them (momsloven § 71 a). So are those whose VAT the buyer pays (momsbekendtgørelsen § 58,
    stk. 3).
    """
    gifts = [
        sale.texts.gift(line.quantity, describe(line, sale.texts))
        for line in sale.order.lines
        if line.quantity > 0 and not line.amount
    ]
    marginal = [each for each in posted if each.posting.margin_scheme]
    reversed_ = [each for each in posted if each.posting.reverse_charge]
    if not marginal and not reversed_:
        return tuple(gifts)
    others = [each for each in posted if each not in marginal and each not in reversed_]
    sums = sale.texts.separate_sums(
        margin=_paid(marginal), reverse_charge=_paid(reversed_), other=_paid(others)
    )
    return (*gifts, *sums)


def _paid(posted: Sequence[PostedCharge]) -> Decimal | None:
    return sum((each.charge.amount for each in posted), Decimal(0)) if posted else None


def describe(line: OrderLine, texts: Texts) -> str:
    """Name a product with its variant: ``T-shirt (Farve: Blå, Størrelse: M)``.

    One without a name is named by its number.
    """
    product = line.name or f"{texts.product} {plain_text(line.sku) or line.product_id}"
    variant = ", ".join(f"{name}: {value}" if name else value for name, value in line.variant)
    return f"{product} ({variant})" if variant else product


def _line(sale: Sale, posted: PostedCharge, net: Decimal | None) -> InvoiceLine:
    """Write the line of a charge; ``net`` where the charge carries foreign VAT."""
    charge, posting = posted.charge, posted.posting
    pieces = Decimal(1) if charge.line is None else charge.line.quantity
    quantity, unit_price = _exact_price(pieces, charge.amount if net is None else net)
    description = _freight(sale) if charge.line is None else describe(charge.line, sale.texts)
    if quantity != pieces:
        description = f"{sale.texts.number(pieces)} {sale.texts.pieces} {description}"
    return InvoiceLine(
        description=description,
        comments=_comments(sale, posted),
        quantity=quantity,
        unit_price=unit_price,
        account=posting.account,
        vat_rate=posting.vat_rate,
        unit=SHIPPING_UNIT if charge.line is None else PIECES_UNIT,
        rule=posting.rule,
        margin_scheme=posting.margin_scheme,
    )


def _freight(sale: Sale) -> str:
    method = sale.order.shipping_name
    return f"{sale.texts.shipping} – {method}" if method else sale.texts.shipping


def _comments(sale: Sale, posted: PostedCharge) -> str | None:
    """Tell what the law asks for on goods of a scheme, and what the voucher took off."""
    charge, scheme = posted.charge, posted.posting.margin_scheme
    parts = [sale.texts.margin_schemes[scheme]] if scheme else []
    if posted.posting.reverse_charge:
        parts.append(sale.texts.reversed)
    if charge.amount != charge.normal:
        off = charge.normal - charge.amount
        parts.append(sale.texts.reduction(charge.normal, off, _discounts(sale)))
    return "\n".join(parts) or None


def _discounts(sale: Sale) -> str:
    """Name what takes something off: lines that are discounts, and the voucher."""
    names = [describe(line, sale.texts) for line in discount_lines(sale.order)]
    return ", ".join(name for name in (*names, plain_text(sale.order.voucher_code)) if name)


def _foreign_vat(sale: Sale, found: ForeignVat) -> InvoiceLine:
    text = sale.texts.foreign_vat_of(sale.country, found.rate, found.net)
    return _single(text, found.vat, found.account, found.rule)


def _gift_card_used(sale: Sale) -> list[InvoiceLine]:
    """Write what a single-purpose card paid: its VAT was paid when it was sold (momsloven § 4 a).

    A multi-purpose one is a payment, and no line.
    """
    cards = card_used(sale.order, sale.settings)
    if cards is None or cards.is_multi_purpose:
        return []
    text = f"{sale.texts.gift_card_used} {plain_text(sale.order.voucher_code)}"
    rate = sale.chart.vat_rate(cards.account) or Decimal(0)
    return [_single(text, -sale.order.voucher_amount, cards.account, "gift_cards", rate)]


def _rounding(sale: Sale) -> list[InvoiceLine]:
    """Write the difference between the shop's lines and its total, which the limit allows."""
    if sale.settings.rounding is None or not sale.order.rounding:
        return []
    account = sale.settings.rounding.account
    return [_single(sale.texts.rounding, sale.order.rounding, account, "rounding")]


def _single(
    description: str, amount: Decimal, account: int, rule: str, rate: Decimal = Decimal(0)
) -> InvoiceLine:
    return InvoiceLine(
        description=description,
        comments=None,
        quantity=Decimal(1),
        unit_price=amount,
        account=account,
        vat_rate=rate,
        unit=PIECES_UNIT,
        rule=rule,
    )


def _exact_price(quantity: Decimal, amount: Decimal) -> tuple[Decimal, Decimal]:
    """Split a line's amount into quantity and unit price without losing an øre.

    Three for 100.00 has no unit price in øre: such a line is sent as one piece.
    """
    unit_price = amount / quantity
    if is_whole_ore(quantity) and is_whole_ore(unit_price) and unit_price * quantity == amount:
        return quantity, unit_price
    return Decimal(1), amount
