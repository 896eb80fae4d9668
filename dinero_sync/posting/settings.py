"""The rules as values: what the configuration says about posting, checked and typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.documents import BuyerKind, MarginScheme, PaymentTerms, Sending
from dinero_sync.domain.zone import Zone


class Trigger(StrEnum):
    """The event that makes an order due."""

    PAID = "paid"
    SHIPPED = "shipped"


class Received(StrEnum):
    """When the money of a payment type is received; before that it is reserved at most."""

    AT_ONCE = "at_once"
    """When the order is paid: the VAT falls due then (momsloven § 23, stk. 3)."""
    WHEN_SHIPPED = "when_shipped"
    """It is captured when the goods are sent."""


class LineKind(StrEnum):
    """What a line of an order is."""

    PRODUCT = "product"
    SHIPPING = "shipping"
    GIFT_CARD = "gift_card"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCondition:
    """What must hold for a product. An empty key says nothing.

    Within a key any of the values will do; texts are shell globs, case-insensitive. The last
    three are facts of the catalogue, which an order doesn't carry.
    """

    sku: tuple[str, ...] = ()
    product_id: tuple[int, ...] = ()
    category: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    label: tuple[str, ...] = ()

    @property
    def asks_catalogue(self) -> bool:
        """Tell whether the order alone can't answer."""
        return bool(self.category or self.profile or self.label)

    @property
    def globs(self) -> tuple[str, ...]:
        """Return all texts that products are known by."""
        return self.sku + self.category + self.profile + self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCondition:
    """What must hold for a posting rule to take a line, as in :class:`ProductCondition`."""

    line: tuple[LineKind, ...] = ()
    vat_rate: tuple[Decimal, ...] = ()
    zone: tuple[Zone, ...] = ()
    country: tuple[str, ...] = ()
    buyer: tuple[BuyerKind, ...] = ()
    payment_type: tuple[str, ...] = ()
    freight: tuple[str, ...] = ()
    """Freight methods, by the shop's id or as globs of their names."""
    product: ProductCondition = ProductCondition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A posting rule: lines that meet the condition go to the account."""

    name: str
    when: RuleCondition
    account: int
    margin_scheme: MarginScheme | None = None
    """Set where only the margin is taxed; the account then carries no VAT."""
    foreign_vat_account: int | None = None
    """Set where the line's VAT is another country's: the account takes the net, this one the VAT
    owed there."""
    reverse_charge: bool = False
    """Whether a Danish business pays the VAT of the goods in the seller's place (momsloven § 46,
    stk. 1, nr. 8-10). Such a rule takes what is sold without VAT and stays in Denmark."""


class MarginMethod(StrEnum):
    """How the VAT of the margin is found (momsloven § 70)."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How goods of a margin scheme (brugtmoms) are accounted for."""

    method: MarginMethod
    account: int | None
    """Takes the margin with VAT, under the individual method; None under the collective one."""


class GiftCardKind(StrEnum):
    """The legal kind of a gift card (momsloven § 73 b)."""

    SINGLE_PURPOSE = "single_purpose"
    """VAT is due when the card is sold."""
    MULTI_PURPOSE = "multi_purpose"
    """VAT is due when the card is used; until then it is a debt."""


REDEEMED_ACCOUNT = "posting.gift_cards.redeemed_account"
SINGLE_PURPOSE_ACCOUNT = "posting.gift_cards.single_purpose.account"
"""The key of the deposit account where payments by multi-purpose cards are registered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCards:
    """How gift cards are posted when they are sold, and known when they are used."""

    kind: GiftCardKind
    account: int
    sold_as: ProductCondition | None = None
    """Which order lines are gift cards that are sold; None when none are."""
    voucher_codes: tuple[str, ...] = ()
    """Globs: which vouchers on an order are gift cards that are used."""
    redeemed_account: int | None = None
    """The deposit account where payments by multi-purpose cards are registered; None for none."""
    single_purpose: "GiftCards | None" = None
    """Beside multi-purpose cards: the single-purpose ones of a shop that has both kinds.

    They are sold where a rule takes lines that are gift cards to its account.
    """

    def kind_sold_on(self, account: int) -> GiftCardKind:
        """Tell the kind of a card that is sold on an account."""
        both = self.single_purpose is not None and self.single_purpose.account == account
        return GiftCardKind.SINGLE_PURPOSE if both else self.kind

    @property
    def is_multi_purpose(self) -> bool:
        """Tell whether VAT is due when a card is used, which is a payment then."""
        return self.kind is GiftCardKind.MULTI_PURPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """What may be booked as a difference between an order's lines and its total."""

    limit: Decimal
    """In kroner."""
    account: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Where the buyer gets the goods, by freight method: by its id, or as a glob of its name."""

    in_denmark: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Methods that sound as if the buyer came for the goods, and send them."""


class Undecided(StrEnum):
    """What becomes of an order that may have been sold with the wrong VAT."""

    HOLD = "hold"
    CHARGE = "charge"
    """It is posted all the same: as a consumer's, or with Danish VAT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTypeCondition:
    """What must hold for a payment type to take an order."""

    gateway: tuple[str, ...] = ()
    gateway_id: tuple[int, ...] = ()
    gateway_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentType:
    """How orders of one way of paying are treated (betalingstype)."""

    name: str
    when: PaymentTypeCondition
    deposit_account: int | None
    """Where the payment is registered; None when no payment is."""
    terms: PaymentTerms | None
    trigger: Trigger | None
    """None leaves it to the common trigger."""
    received: Received | None = None
    """When its money is received; None where nobody said."""
    exchange_rate: Decimal | None = None
    """Kroner for one unit of the order's currency, as the provider pays out; None for the rate of
    the invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCondition:
    """What must hold for a rule of sending to take an order. An empty key says nothing."""

    zone: tuple[Zone, ...] = ()
    country: tuple[str, ...] = ()
    buyer: tuple[BuyerKind, ...] = ()
    payment_type: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRule:
    """Which invoices Dinero sends to the buyer."""

    name: str
    when: SendCondition
    by: Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSettings:
    """Everything that decides how an order is posted."""

    organization_id: int
    trigger: Trigger
    start_date: date
    sales_account: int
    shipping_account: int
    rules: tuple[Rule, ...] = ()
    payment_types: tuple[PaymentType, ...] = ()
    sending: tuple[SendRule, ...] = ()
    fees: ProductCondition | None = None
    """Which order lines are fees; None when no line is."""
    gift_cards: GiftCards | None = None
    margin: Margin | None = None
    rounding: Rounding | None = None
    handed_over: HandedOver | None = None
    """Which freight methods mean that the goods never leave Denmark; None where nobody said."""
    check_vat_numbers: bool = False
    """Whether VIES is asked about VAT numbers from other EU countries."""
    unconfirmed: Undecided = Undecided.HOLD
    refuse_above_threshold: bool = True
    """Whether Danish VAT on sales to EU consumers ends at the threshold for distance sales."""
    closed_until: date | None = None
    """The last day whose VAT period was reported; None where no day is closed."""
    eu_vat_rates: frozenset[tuple[str, Decimal]] = frozenset()
    """Countries with VAT rates in percent that they have besides those known here."""
    shared_contacts: bool = False
    """Whether consumers share one contact for each country."""

    @property
    def asks_catalogue(self) -> bool:
        """Tell whether any decision needs more about a product than an order carries."""
        asked = any(each.asks_catalogue for each in self._products_asked_for())
        return self.needs_purchase_prices or asked

    @property
    def asks_categories(self) -> bool:
        """Tell whether any rule asks for the category of a product."""
        return any(each.category for each in self._products_asked_for())

    @property
    def asks_profiles(self) -> bool:
        """Tell whether any rule asks for the profile of a product."""
        return any(each.profile for each in self._products_asked_for())

    @property
    def asks_gateway_names(self) -> bool:
        """Tell whether any payment type asks what the shop calls a gateway."""
        return any(each.when.gateway_name for each in self.payment_types)

    @property
    def asks_gateway_codes(self) -> bool:
        """Tell whether any payment type asks for a gateway's code."""
        return any(each.when.gateway for each in self.payment_types)

    @property
    def asks_freight_names(self) -> bool:
        """Tell whether any setting asks what the shop calls a freight method."""
        named = self.handed_over.in_denmark if self.handed_over else ()
        asked = (*named, *(each for rule in self.rules for each in rule.when.freight))
        return any(not each.isdigit() for each in asked)

    def _products_asked_for(self) -> list[ProductCondition]:
        kinds = [self.fees, self.gift_cards.sold_as if self.gift_cards else None]
        return [rule.when.product for rule in self.rules] + [kind for kind in kinds if kind]

    @property
    def needs_purchase_prices(self) -> bool:
        """Tell whether the margin of each item has to be known."""
        return self.margin is not None and self.margin.method is MarginMethod.INDIVIDUAL

    def entry_accounts(self) -> dict[int, str]:
        """Return every account that lines may go to, with the key that names it."""
        accounts = {
            self.sales_account: "posting.sales_account",
            self.shipping_account: "posting.shipping_account",
        }
        for at, rule in enumerate(self.rules):
            accounts.setdefault(rule.account, f"posting.rules[{at}].account")
            if rule.foreign_vat_account is not None:
                key = f"posting.rules[{at}].foreign_vat_account"
                accounts.setdefault(rule.foreign_vat_account, key)
        if self.gift_cards is not None:
            accounts.setdefault(self.gift_cards.account, "posting.gift_cards.account")
            if self.gift_cards.single_purpose is not None:
                accounts.setdefault(self.gift_cards.single_purpose.account, SINGLE_PURPOSE_ACCOUNT)
        if self.margin is not None and self.margin.account is not None:
            accounts.setdefault(self.margin.account, "posting.margin_scheme.account")
        if self.rounding is not None:
            accounts.setdefault(self.rounding.account, "posting.rounding.account")
        return accounts

    def deposit_accounts(self) -> dict[int, str]:
        """Return every deposit account, with the key that names it."""
        accounts = {
            payment_type.deposit_account: f"payment_types[{at}].deposit_account"
            for at, payment_type in enumerate(self.payment_types)
            if payment_type.deposit_account is not None
        }
        if self.gift_cards is not None and self.gift_cards.redeemed_account is not None:
            accounts.setdefault(self.gift_cards.redeemed_account, REDEEMED_ACCOUNT)
        return accounts
