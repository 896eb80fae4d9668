"""What rules ask about a product, from the order line and the shop's catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.posting.matching import any_glob, any_glob_of, any_of
from dinero_sync.posting.settings import LineKind, PostingSettings, ProductCondition

Products = Mapping[int, Product]
"""Products of the catalogue by id; one that isn't there was removed from the shop."""
NO_PRODUCTS: Products = MappingProxyType({})


def product_of(line: OrderLine, products: Products) -> Product | None:
    """Return what the catalogue says about a line's product; None when it says nothing."""
    return None if line.product_id is None else products.get(line.product_id)


def is_product(when: ProductCondition, line: OrderLine, product: Product | None) -> bool:
    """Tell whether a line's product meets a condition.

    Raises HeldError when only the catalogue could tell and it no longer has the product: taken for
    ordinary goods, second-hand goods would be taxed on their whole price.
    """
    if not any_glob(when.sku, line.sku) or not any_of(when.product_id, line.product_id):
        return False
    if not when.asks_catalogue:
        return True
    if product is None:
        raise _unknown(line)
    return (
        any_glob_of(when.category, product.categories)
        and any_glob_of(when.profile, product.profile)
        and any_glob_of(when.label, product.labels)
    )


def kind_of(line: OrderLine, settings: PostingSettings, products: Products) -> LineKind:
    """Tell what an order line is: goods, a gift card that is sold, or a fee."""
    product = product_of(line, products)
    cards = settings.gift_cards.sold_as if settings.gift_cards else None
    if cards is not None and is_product(cards, line, product):
        return LineKind.GIFT_CARD
    if settings.fees is not None and is_product(settings.fees, line, product):
        return LineKind.FEE
    return LineKind.PRODUCT


def _unknown(line: OrderLine) -> HeldError:
    name = f"product {line.product_id}" if line.product_id else "a product without id"
    return HeldError(
        HoldReason.UNKNOWN_PRODUCT,
        f"The rules ask for the category, profile or label of {name}, and the shop's catalogue no "
        "longer has it. Which account the line belongs on can't be told; nothing is booked.",
        "Add a rule for it by its number, before the rules that ask the catalogue (ask your "
        "bookkeeper which account is right):\n\n"
        "posting:\n"
        "  rules:\n"
        f"    - name: removed {name}\n"
        f"      when: {{line: product, {_own_key(line)}}}\n"
        "      account: 1000\n",
    )


def _own_key(line: OrderLine) -> str:
    return f"product_id: {line.product_id}" if line.product_id else f'sku: "{line.sku}"'
