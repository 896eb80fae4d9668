"""Whether a condition of the rules holds: what rules may ask about a line and its product.

A condition takes any of the values it lists, and texts as globs.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from types import MappingProxyType

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.step import ORDER, Steps, Yaml, command, sentence
from dinero_sync.domain.unread import ShopList, Unread, UnreadError
from dinero_sync.domain.zone import Territory, Zone
from dinero_sync.posting.settings import (
    LineKind,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    RuleCondition,
    SendCondition,
)

GLOB_SIGNS = re.compile(r"([*?[])")


def any_of(allowed: Collection[object], value: object) -> bool:
    """Tell whether ``value`` is allowed; a condition that lists nothing allows everything."""
    return not allowed or value in allowed


def any_glob(patterns: Sequence[str], text: str) -> bool:
    """Tell whether ``text`` meets one of the shell globs, whatever the case of its letters."""
    return not patterns or any(
        fnmatchcase(text.casefold(), pattern.casefold()) for pattern in patterns
    )


def any_name(patterns: Sequence[str], name: str) -> bool:
    """Tell whether a name is one of those listed, or meets one of them as a glob."""
    return any_of(patterns, name) or any_glob(patterns, name)


def any_glob_of(patterns: Sequence[str], texts: Sequence[str]) -> bool:
    """Tell whether any of ``texts`` meets one of the shell globs."""
    return not patterns or any(any_glob(patterns, text) for text in texts)


def glob_of(text: str) -> str:
    """Return the glob that only ``text`` meets."""
    return GLOB_SIGNS.sub(r"[\1]", text)


def yaml_glob(text: str) -> str:
    """Write that glob as YAML to paste."""
    return json.dumps(glob_of(text), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What a posting rule may ask about a line."""

    line: LineKind
    vat_rate: Decimal
    """In percent, as the shop charged it."""
    zone: Zone
    country: str
    buyer: BuyerKind
    payment_type: str
    goods: OrderLine | None
    """The order line; None for the freight."""
    product: Product | None
    """What the catalogue says about it; None when it wasn't asked or has no such product."""
    order: Order
    """The whole order, for what rules ask about it and not about a line."""
    days: tuple[date, date]
    """The first and the last on which the shop may have chosen the rate."""
    territory: Territory | None = None
    """Where the postal code says that the goods go, outside the VAT area of ``country``."""

    @property
    def is_untaxed_consumer_in_eu(self) -> bool:
        """Tell whether a consumer in another EU country pays no VAT."""
        consumer = self.zone is Zone.EU and self.buyer is BuyerKind.CONSUMER
        return consumer and not self.vat_rate and self.line is not LineKind.GIFT_CARD


Products = Mapping[int, Product]
"""Products of the catalogue by id; one that isn't there was removed from the shop."""
NO_PRODUCTS: Products = MappingProxyType({})


def product_of(line: OrderLine, products: Products) -> Product | None:
    """Return what the catalogue says about a line's product; None when it says nothing."""
    return None if line.product_id is None else products.get(line.product_id)


def is_product(
    when: ProductCondition, line: OrderLine, product: Product | None, *, sales_account: int
) -> bool:
    """Tell whether a line's product meets a condition.

    Raises HeldError, with a rule that names ``sales_account``, when only the catalogue could tell
    and it no longer has the product, or couldn't be read: taken for ordinary goods, second-hand
    goods would be taxed on their whole price.
    """
    if not any_glob(when.sku, line.sku) or not any_of(when.product_id, line.product_id):
        return False
    if not when.asks_catalogue:
        return True
    if line.is_beside_goods:
        return False
    if product is None:
        raise _unknown(line, sales_account)
    asked = [
        (when.category, product.categories, ShopList.CATEGORIES),
        (when.profile, product.profile, ShopList.PROFILES),
        (when.label, product.labels, ShopList.PRODUCTS),
    ]
    unmet = [listed for patterns, texts, listed in asked if not any_glob_of(patterns, texts)]
    reasons = [product.is_unread(listed) for listed in unmet]
    unread = [each for each in reasons if each is not None]
    if unread and len(unread) == len(unmet):
        raise _unread(line, unread[0], sales_account)
    return not unmet


def kind_of(line: OrderLine, settings: PostingSettings, products: Products) -> LineKind:
    """Tell what an order line is: goods, a gift card that is sold, or a fee.

    Where only the catalogue could tell and it no longer has the product, a posting rule that names
    the product and one kind of line decides. Raises HeldError without such a rule.
    """
    product = product_of(line, products)
    cards = settings.gift_cards.sold_as if settings.gift_cards else None
    kinds = [(LineKind.GIFT_CARD, cards), (LineKind.FEE, settings.fees)]
    asked = [(kind, when) for kind, when in kinds if when is not None]
    if product is None or product.unread:  # what the order alone tells comes first
        asked.sort(key=lambda each: each[1].asks_catalogue)
    try:
        for kind, when in asked:
            if is_product(when, line, product, sales_account=settings.sales_account):
                return kind
    except HeldError:
        said = _said_by_rule(line, settings)
        if said is None:
            raise
        return said
    return LineKind.PRODUCT


def _said_by_rule(line: OrderLine, settings: PostingSettings) -> LineKind | None:
    for rule in settings.rules:
        when = rule.when.product
        by_sku = bool(line.sku) and glob_of(line.sku) in when.sku
        named = by_sku or line.product_id in when.product_id
        if named and len(rule.when.line) == 1:
            return rule.when.line[0]
    return None


def _unknown(line: OrderLine, account: int) -> HeldError:
    if line.product_id is None and not line.sku:
        steps: Steps = (sentence("no_rule_can_name"), command("adopt", ORDER))
    else:
        steps = (sentence("add_rule_by_number"), _rule_to_paste(line, account))
    if line.product_id is None:
        return HeldError(HoldReason.UNKNOWN_PRODUCT, "without_id", steps)
    return HeldError(HoldReason.UNKNOWN_PRODUCT, "removed", steps, product=line.product_id)


def _unread(line: OrderLine, unread: Unread, account: int) -> UnreadError:
    return UnreadError(
        HoldReason.UNKNOWN_PRODUCT,
        "unread",
        (sentence("or_add_rule_by_number"), _rule_to_paste(line, account)),
        unread,
        product=line.product_id or line.sku,
        listed=unread.listed,
    )


def _rule_to_paste(line: OrderLine, account: int) -> Yaml:
    """Write the rule that takes a line by its own number."""
    name = f"product {line.product_id}" if line.product_id else "a product without id"
    key = f"product_id: {line.product_id}" if line.product_id else f"sku: {yaml_glob(line.sku)}"
    return Yaml(
        "posting:\n"
        "  rules:\n"
        f"    - name: removed {name}\n"
        f"      when: {{line: product, {key}}}\n"
        f"      account: {account}\n"
    )


Condition = RuleCondition | PaymentTypeCondition | ProductCondition | SendCondition
PLAIN_SIGNS = frozenset("_- ")
"""Signs that text without quotes may hold beside letters and digits."""


def condition_text(when: Condition) -> str:
    """Write a condition as YAML on one line, like ``{zone: eu, buyer: business}``."""
    return "{" + ", ".join(_keys(when)) + "}"


def _keys(when: Condition) -> Iterator[str]:
    for each in fields(when):
        value = getattr(when, each.name)
        if isinstance(value, ProductCondition):
            yield from _keys(value)
        elif len(value) == 1:
            yield f"{each.name}: {_scalar(value[0])}"
        elif value:
            yield f"{each.name}: [{', '.join(map(_scalar, value))}]"


def _scalar(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value)
    signs = all(sign.isalnum() or sign in PLAIN_SIGNS for sign in text)
    plain = signs and bool(text) and not text.isdigit()
    return text if plain or isinstance(value, int) else json.dumps(text, ensure_ascii=False)
