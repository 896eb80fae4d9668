"""The rules as values: what the configuration says about posting, checked and typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.documents import BuyerKind, PaymentTerms
from dinero_sync.domain.zone import Zone


class Trigger(StrEnum):
    """The event that makes an order due."""

    PAID = "paid"
    SHIPPED = "shipped"


class LineKind(StrEnum):
    """What a line of an order is."""

    PRODUCT = "product"
    SHIPPING = "shipping"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCondition:
    """What must hold for a posting rule to take a line. An empty key says nothing.

    Within a key any of the values will do; texts are shell globs, case-insensitive.
    """

    line: tuple[LineKind, ...] = ()
    vat_rate: tuple[Decimal, ...] = ()
    zone: tuple[Zone, ...] = ()
    country: tuple[str, ...] = ()
    buyer: tuple[BuyerKind, ...] = ()
    payment_type: tuple[str, ...] = ()
    sku: tuple[str, ...] = ()
    product_id: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A posting rule: lines that meet the condition go to the account."""

    name: str
    when: RuleCondition
    account: int


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

    def entry_accounts(self) -> dict[int, str]:
        """Return every account that lines may go to, with the key that names it."""
        accounts = {
            self.sales_account: "posting.sales_account",
            self.shipping_account: "posting.shipping_account",
        }
        for at, rule in enumerate(self.rules):
            accounts.setdefault(rule.account, f"posting.rules[{at}].account")
        return accounts

    def deposit_accounts(self) -> dict[int, str]:
        """Return every deposit account, with the key that names it."""
        return {
            payment_type.deposit_account: f"payment_types[{at}].deposit_account"
            for at, payment_type in enumerate(self.payment_types)
            if payment_type.deposit_account is not None
        }
