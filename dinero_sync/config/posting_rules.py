"""Which account takes which line, and how payments are registered: rules for kinds of orders."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from dinero_sync.config.choices import Buyer, LineKind, TermsType, Trigger, Zone
from dinero_sync.config.section import Section
from dinero_sync.config.values import (
    AccountNumber,
    Country,
    Flag,
    Identifier,
    OneOrMore,
    Percent,
    Text,
    WholeNumber,
    wrong,
)

Texts = Annotated[tuple[Text, ...], OneOrMore]
"""In conditions these are shell globs, compared without regard to case."""
Identifiers = Annotated[tuple[Identifier, ...], OneOrMore]


class RuleWhen(Section):
    """The conditions of a posting rule; all that are given must hold."""

    line: Annotated[tuple[LineKind, ...], OneOrMore] = Field(
        default=(), description="product, or shipping for the freight."
    )
    vat_rate: Annotated[tuple[Percent, ...], OneOrMore] = Field(
        default=(), description="The VAT rate of the line in percent, like 25 or 0."
    )
    zone: Annotated[tuple[Zone, ...], OneOrMore] = Field(
        default=(), description="Where the goods go: dk, eu (without Denmark) or world."
    )
    country: Annotated[tuple[Country, ...], OneOrMore] = Field(
        default=(), description="Where the goods go, as an ISO code like DE."
    )
    buyer: Annotated[tuple[Buyer, ...], OneOrMore] = Field(
        default=(),
        description="consumer, business (with a VAT number) or public (with an EAN number).",
    )
    payment_type: Texts = Field(default=(), description="The name of an entry of payment_types.")
    sku: Texts = Field(
        default=(), description='The product\'s number (varenummer), like "T-*"; * is any text.'
    )
    product_id: Identifiers = Field(default=(), description="Shoporama's id of the product.")


class Rule(Section):
    """A posting rule: which account takes which lines."""

    name: Text = Field(
        description="What you call the rule; it stands in the explanations.",
        examples=["sold to EU businesses"],
    )
    when: RuleWhen = Field(description="Which lines; left out, the rule takes all.")
    account: AccountNumber = Field(
        description="The account in Dinero. Its VAT code decides the VAT; a line with another VAT"
        " rate is held for you to look at.",
        examples=[1100],
    )


class Posting(Section):
    """Which account takes which line."""

    sales_account: AccountNumber = Field(
        default=1000, description="Takes the product lines that no rule takes."
    )
    shipping_account: AccountNumber = Field(
        default=1350, description="Takes the freight that no rule takes."
    )
    rules: tuple[Rule, ...] = Field(
        default=(),
        description="For each line of an order the first rule whose conditions all hold decides; a"
        " list of values means any of them.",
    )


class PaymentWhen(Section):
    """How an order of this payment type looks; all that is given must hold."""

    gateway: Texts = Field(
        default=(), description='The gateway\'s code at Shoporama, like "quickpay*".'
    )
    gateway_id: Identifiers = Field(default=(), description="The gateway's id at Shoporama.")
    gateway_name: Texts = Field(
        default=(), description='What you call the gateway at Shoporama, like "Faktura*".'
    )

    @model_validator(mode="after")
    def _says_something(self) -> "PaymentWhen":
        if self.gateway or self.gateway_id or self.gateway_name:
            return self
        raise wrong(
            "needs at least one of gateway, gateway_id and gateway_name, like"
            ' `when: {gateway: "quickpay*"}`; without any it would take every order'
        )


class PaymentTerms(Section):
    """When an unpaid invoice falls due."""

    type: TermsType = Field(
        description="Netto (days from the invoice), NettoCash (at once), CurrentMonthOut (days"
        " from the end of the month).",
        examples=["Netto"],
    )
    days: Annotated[WholeNumber, Field(ge=0, le=365)] | None = Field(
        default=None, validate_default=True, description="How many; none with NettoCash."
    )

    @field_validator("days")
    @classmethod
    def _fits_type(cls, days: int | None, info: ValidationInfo) -> int | None:
        terms_type = info.data.get("type")
        if terms_type is TermsType.NETTO_CASH and days is not None:
            raise wrong("does not go with NettoCash, which falls due at once; remove it")
        if terms_type not in (None, TermsType.NETTO_CASH) and days is None:
            raise wrong(f"is missing: {terms_type} counts days; write for example `days: 14`")
        return days


class PaymentType(Section):
    """How orders of one payment type are registered."""

    name: Text = Field(description="What you call it; rules refer to it.", examples=["Dankort"])
    when: PaymentWhen = Field(description="Which orders.")
    paid: Flag = Field(
        description="true: the payment is registered in Dinero once Shoporama says that the order"
        " is paid. false: the customer pays the invoice later.",
        examples=["true"],
    )
    deposit_account: AccountNumber | None = Field(
        default=None,
        validate_default=True,
        description="With paid: true, the deposit account (indbetalingskonto) in Dinero that"
        " takes the payment: one per payment provider.",
    )
    payment_terms: PaymentTerms | None = Field(
        default=None,
        description="With paid: false, when the invoice falls due; left out, as the contact says.",
    )
    trigger: Trigger | None = Field(
        default=None, description="When these orders become invoices; left out, sync.trigger."
    )

    @field_validator("deposit_account")
    @classmethod
    def _fits_paid(cls, account: int | None, info: ValidationInfo) -> int | None:
        paid = info.data.get("paid")
        if paid is True and account is None:
            raise wrong(
                "is missing, and paid: true needs it: the account in Dinero where the payment is"
                " registered; write for example `deposit_account: 55010`"
            )
        if paid is False and account is not None:
            raise wrong("does not go with paid: false, where no payment is registered; remove it")
        return account

    @field_validator("payment_terms")
    @classmethod
    def _only_unpaid(cls, terms: PaymentTerms | None, info: ValidationInfo) -> PaymentTerms | None:
        if terms is not None and info.data.get("paid") is True:
            raise wrong("do not go with paid: true, whose invoices say that they are paid")
        return terms
