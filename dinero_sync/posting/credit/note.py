"""The documents of a credit note: its lines mirror those of the invoice that it credits.

A document that changes an invoice counts as an invoice, and refers to it unmistakably
(momsbekendtgørelsen, chapter 12).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.documents import (
    CreditPlan,
    GiftCardUse,
    Invoice,
    InvoiceLine,
    LedgerItem,
    Payment,
    Plan,
    Refund,
    Share,
)
from dinero_sync.domain.identity import (
    credit_guid,
    credit_reference,
    gift_card_refund_reference,
    gift_card_return_guid,
    margin_guid,
    margin_reversal_guid,
    refund_reference,
)
from dinero_sync.domain.money import is_whole_ore, round_to_ore, total
from dinero_sync.posting.credit.left import Left, named
from dinero_sync.posting.credit.selection import Booked
from dinero_sync.posting.texts import texts_in


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAccounts:
    """Where what goes back to a gift card is booked."""

    redeemed: int
    """The deposit account of payments by gift cards."""
    debt: int
    """The debt to those who hold cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """The sale that is credited, as it was booked."""

    organization_id: int
    order_id: int
    order_number: str
    plan: Plan
    booked: Booked
    invoice_number: int
    paid_kroner: Decimal | None = None
    """What the whole invoice was paid with, in kroner, where its currency is another one."""
    earlier: tuple[CreditPlan, ...] = ()
    """The credit notes that it has already, which took back some of its margins and money."""
    forgotten_in_money: Decimal = Decimal(0)
    """What those gave back otherwise than to gift cards that the journal doesn't know any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What decides about a credit note besides its lines."""

    key: str
    """Its own, see :func:`dinero_sync.domain.identity.credit_guid`."""
    day: date
    reason: str
    selection: str
    refunds: bool = True
    to_gift_card: CardAccounts | None = None
    """Where a new gift card is booked that the buyer gets in place of money; None for money, and
    for what a card paid that card."""


def credit_plan(
    sold: Sold, shares: Sequence[Share], left: Sequence[Left], terms: Terms
) -> CreditPlan:
    """Plan a credit note that takes ``shares`` of what is ``left`` of a booked invoice.

    Pure: the same always gives the same plan.
    """
    invoice = sold.plan.invoice
    lines = tuple(_line(left[share.line], share, invoice.language) for share in shares)
    note = _note(sold, lines, terms)
    return CreditPlan(
        note=note,
        invoice_guid=invoice.guid,
        invoice_number=sold.invoice_number,
        shares=tuple(shares),
        selection=terms.selection,
        ledger_items=tuple(_reversals(sold, shares, left, terms)),
        refund=_refund(sold, terms) if terms.refunds else None,
        gift_card=_to_gift_card(sold, note.total, terms) if terms.refunds else None,
    )


def _to_gift_card(sold: Sold, credited: Decimal, terms: Terms) -> GiftCardUse | None:
    """Plan what goes back to a gift card: all of it where that is wanted; else money goes first."""
    accounts, amount, use = terms.to_gift_card, credited, sold.plan.gift_card
    if accounts is None:
        if use is None:
            return None
        accounts = CardAccounts(redeemed=use.item.balancing_account, debt=use.item.account)
        given_back = sold.forgotten_in_money + total(each.in_money for each in sold.earlier)
        in_money = sold.plan.invoice.total - use.item.amount - given_back
        amount = credited - max(in_money, Decimal(0))
    if amount <= 0:
        return None
    text = f"Gavekort, tilbagebetaling, ordre {sold.order_number}"
    return GiftCardUse(
        payment=Payment(
            reference=gift_card_refund_reference(sold.order_id, terms.key),
            deposit_account=accounts.redeemed,
            amount=amount,
            description=text,
        ),
        item=LedgerItem(
            guid=gift_card_return_guid(sold.organization_id, sold.order_id, terms.key),
            date=terms.day,
            description=text,
            amount=amount,
            account=accounts.redeemed,
            vat_code=None,
            balancing_account=accounts.debt,
            balancing_vat_code=None,
        ),
    )


def _note(sold: Sold, lines: tuple[InvoiceLine, ...], terms: Terms) -> Invoice:
    invoice = sold.plan.invoice
    texts = texts_in(invoice.language)
    parts = (texts.credits(sold.invoice_number, invoice.date), invoice.comment, terms.reason)
    return replace(
        invoice,
        guid=credit_guid(sold.organization_id, sold.order_id, terms.key),
        reference=credit_reference(sold.order_id, terms.key),
        date=terms.day,
        heading=texts.credit_heading(sold.order_number),
        comment="\n".join(part for part in parts if part),
        terms=None,
        lines=lines,
        texts=(),
    )


def _refund(sold: Sold, terms: Terms) -> Refund:
    return Refund(
        reference=refund_reference(sold.order_id, terms.key),
        description=f"Tilbagebetaling, ordre {sold.order_number}",
        paid_kroner=sold.paid_kroner,
    )


def _line(left: Left, share: Share, language: str) -> InvoiceLine:
    """Write the line of a share: the invoice's own where it is all of it, else of its pieces."""
    line = left.line
    if share.amount == line.amount:
        return line
    texts = texts_in(language)
    pieces = share.pieces or Decimal(1)
    unit_price = share.amount / pieces
    is_exact = is_whole_ore(unit_price) and unit_price * pieces == share.amount
    description = named(line, texts)
    if not share.pieces and share.amount > 0:
        description = f"{texts.part_of} {description}"
    if not is_exact:
        description = f"{texts.number(pieces)} {texts.pieces} {description}"
        pieces, unit_price = Decimal(1), share.amount
    return replace(line, description=description, quantity=pieces, unit_price=unit_price)


def pieces_told(description: str, quantity: Decimal, language: str) -> Decimal:
    """Return how many pieces a credit note's line says that it is of, as :func:`credit_plan` does.

    None of them where it is of an amount alone.
    """
    texts = texts_in(language)
    if texts.part_of in description:
        return Decimal(0)
    told, _ = texts.counted(description)
    return told if told is not None and quantity == 1 else quantity


def _reversals(
    sold: Sold, shares: Iterable[Share], left: Sequence[Left], terms: Terms
) -> Iterable[LedgerItem]:
    """Take back the margins of what goes back, each by its share of what is left of its line."""
    places = dict(_items_of_lines(sold))
    taken_back = {item.guid: item.amount for each in sold.earlier for item in each.ledger_items}
    keys = [
        each.note.reference.removeprefix(credit_reference(sold.order_id, ""))
        for each in sold.earlier
    ]
    for share in shares:
        found = places.get(share.line)
        if found is None:
            continue
        position, item = found
        guids = (_reversal_guid(sold, position, key) for key in keys)
        rest = item.amount - total(taken_back[guid] for guid in guids if guid in taken_back)
        amount = round_to_ore(rest * share.amount / left[share.line].amount)
        if amount:
            yield LedgerItem(
                guid=_reversal_guid(sold, position, terms.key),
                date=terms.day,
                description=f"{item.description}, kreditnota",
                amount=amount,
                account=item.balancing_account,
                vat_code=item.balancing_vat_code,
                balancing_account=item.account,
                balancing_vat_code=item.vat_code,
            )


def _items_of_lines(sold: Sold) -> Iterable[tuple[int, tuple[int, LedgerItem]]]:
    """Yield which line of the invoice each margin is of, and its position in the order."""
    items = {item.guid: item for item in sold.plan.ledger_items}
    for place, line in enumerate(sold.plan.invoice.lines):
        position = sold.booked.positions[place] or place + 1
        item = items.get(margin_guid(sold.organization_id, sold.order_id, position))
        if item is not None and line.margin_scheme is not None:
            yield place, (position, item)


def _reversal_guid(sold: Sold, position: int, key: str) -> UUID:
    return margin_reversal_guid(sold.organization_id, sold.order_id, position, key)
