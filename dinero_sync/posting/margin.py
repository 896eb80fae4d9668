"""The taxed margin of second-hand goods, art and collectors' items (momsloven chapter 17).

The invoice shows the whole price on an account without VAT. Under the individual method a ledger
item moves each piece's margin to an account with VAT, by which Dinero takes a fifth of it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import margin_guid
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.domain.unread import ShopList, Unread, UnreadError
from dinero_sync.posting.conditions import product_of
from dinero_sync.posting.sale import PostedCharge, Sale


def margin_items(sale: Sale, posted: Iterable[PostedCharge], day: date) -> tuple[LedgerItem, ...]:
    """Plan the ledger items of an order's margins, dated ``day`` like its invoice.

    A loss makes no item, and takes nothing off another piece's margin. Raises HeldError where the
    order isn't in kroner, whatever the method, a purchase price isn't known, or the account of
    margins has no VAT.
    """
    margin = sale.settings.margin
    goods = [each for each in posted if each.posting.margin_scheme]
    if goods and sale.order.currency != KRONER:
        raise _not_in_kroner(sale.order.currency)
    if margin is None or margin.account is None or not goods:
        return ()
    _refuse_untaxed(sale, margin.account)
    items = [
        _item(sale, each, each.charge.line, margin.account, day)
        for each in goods
        if each.charge.line is not None
    ]
    return tuple(item for item in items if item.amount > 0)


def _refuse_untaxed(sale: Sale, account: int) -> None:
    if sale.chart.vat_rate(account) == DANISH_VAT:
        return
    raise HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "margins",
        (sentence("another_margin_account"), command("retry", ORDER)),
        account=account,
    )


def _not_in_kroner(currency: str) -> HeldError:
    return HeldError(
        HoldReason.CURRENCY_NOT_ALLOWED,
        "margin",
        (sentence("book_by_hand"), command("adopt", ORDER)),
        currency=currency,
    )


def _item(sale: Sale, posted: PostedCharge, line: OrderLine, account: int, day: date) -> LedgerItem:
    number = f", {line.sku}" if line.sku else ""
    return LedgerItem(
        guid=margin_guid(
            sale.settings.organization_id, sale.order.order_id, posted.charge.position
        ),
        date=day,
        description=f"Brugtmoms avance ordre {sale.order.number}{number}",
        amount=posted.charge.amount - round_to_ore(line.quantity * _purchase_price(sale, line)),
        account=posted.posting.account,
        vat_code=None,
        balancing_account=account,
        balancing_vat_code=sale.chart.entry[account].vat_code,
    )


def _unread_price(line: OrderLine, unread: Unread) -> UnreadError:
    return UnreadError(
        HoldReason.PURCHASE_PRICE_MISSING,
        "unread",
        (sentence("collective_method"),),
        unread,
        product=str(line.product_id),
    )


def _purchase_price(sale: Sale, line: OrderLine) -> Decimal:
    """Return what one piece cost the shop, in kroner."""
    product = product_of(line, sale.products)
    unread = product.is_unread(ShopList.PRODUCTS) if product else None
    if unread is not None:
        raise _unread_price(line, unread)
    if product is None or not product.purchase_price:
        raise HeldError(
            HoldReason.PURCHASE_PRICE_MISSING,
            "missing",
            (
                sentence("enter_purchase_price"),
                command("retry", ORDER),
                sentence("collective_method"),
            ),
            product=str(line.product_id),
        )
    return product.purchase_price
