"""What a posting rule looks at: the products, the line, and the buyer."""

from typing import Annotated

from pydantic import Field

from dinero_sync.config.values import (
    Country,
    Identifier,
    MaybeText,
    NameOrId,
    OneOrMore,
    Percent,
    Section,
    Text,
)
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind

Texts = Annotated[tuple[Text, ...], OneOrMore]
"""In conditions these are shell globs, compared without regard to case."""
GatewayTexts = Annotated[tuple[MaybeText, ...], OneOrMore]
"""The empty text takes orders that name no gateway."""
NamesOrIds = Annotated[tuple[NameOrId, ...], OneOrMore]
Identifiers = Annotated[tuple[Identifier, ...], OneOrMore]


class ProductWhen(Section):
    """Which products; all that is given must hold."""

    sku: Texts = Field(
        default=(),
        description=spoken('The product\'s number (varenummer), like "T-*"; * is any text.'),
    )
    product_id: Identifiers = Field(
        default=(), description=spoken("Shoporama's id of the product.")
    )
    category: NamesOrIds = Field(
        default=(), description=spoken("The name or id of a category that the product is in.")
    )
    profile: NamesOrIds = Field(
        default=(), description=spoken("The name or id of the product's profile.")
    )
    label: Texts = Field(default=(), description=spoken("The name of a label on the product."))


class RuleWhen(ProductWhen):
    """The conditions of a posting rule; all that are given must hold."""

    line: Annotated[tuple[LineKind, ...], OneOrMore] = Field(
        default=(),
        description=spoken(
            "product, shipping for the freight, or gift_card or fee as posting.kinds says."
        ),
    )
    vat_rate: Annotated[tuple[Percent, ...], OneOrMore] = Field(
        default=(), description=spoken("The VAT rate of the line in percent, like 25 or 0.")
    )
    zone: Annotated[tuple[Zone, ...], OneOrMore] = Field(
        default=(), description=spoken("Where the goods go: dk, eu (without Denmark) or world.")
    )
    country: Annotated[tuple[Country, ...], OneOrMore] = Field(
        default=(), description=spoken("Where the goods go, as an ISO code like DE.")
    )
    buyer: Annotated[tuple[BuyerKind, ...], OneOrMore] = Field(
        default=(),
        description=spoken(
            "consumer, business (with a VAT number) or public (with an EAN number)."
        ),
    )
    payment_type: Texts = Field(
        default=(), description=spoken("The name of an entry of payment_types.")
    )
    freight: NamesOrIds = Field(
        default=(), description=spoken("The name or id of the order's freight method at Shoporama.")
    )
