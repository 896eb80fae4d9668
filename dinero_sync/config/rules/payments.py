"""How payments are registered: the entries of ``payment_types``."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from dinero_sync.config.choices import TermsType
from dinero_sync.config.rules.conditions import GatewayTexts, Identifiers
from dinero_sync.config.values import AccountNumber, Flag, Rate, Section, Text, WholeNumber, wrong
from dinero_sync.domain.spoken import spoken
from dinero_sync.posting.settings import Received, Trigger


class PaymentWhen(Section):
    """How an order of this payment type looks; all that is given must hold."""

    gateway: GatewayTexts = Field(
        default=(),
        description=spoken('The gateway\'s code at Shoporama, like "quickpay*"; "" for none.'),
    )
    gateway_id: Identifiers = Field(
        default=(), description=spoken("The gateway's id at Shoporama.")
    )
    gateway_name: GatewayTexts = Field(
        default=(), description=spoken('What you call the gateway at Shoporama, like "Faktura*".')
    )

    @model_validator(mode="after")
    def _says_something(self) -> "PaymentWhen":
        if self.gateway or self.gateway_id or self.gateway_name:
            return self
        raise wrong(
            spoken(
                "needs at least one of gateway, gateway_id and gateway_name, like `when: "
                '{{gateway: "quickpay*"}}`; without any it would take every order'
            )
        )


class PaymentTerms(Section):
    """When an unpaid invoice falls due."""

    type: TermsType = Field(
        description=spoken(
            "Netto (days from the invoice), NettoCash (at once), CurrentMonthOut (days"
            " from the end of the month)."
        ),
        examples=["Netto"],
    )
    days: Annotated[WholeNumber, Field(ge=0, le=365)] | None = Field(
        default=None, validate_default=True, description=spoken("How many; none with NettoCash.")
    )

    @field_validator("days")
    @classmethod
    def _fits_type(cls, days: int | None, info: ValidationInfo) -> int | None:
        terms_type = info.data.get("type")
        if terms_type is TermsType.NETTO_CASH and days is not None:
            raise wrong(spoken("does not go with NettoCash, which falls due at once; remove it"))
        if terms_type not in (None, TermsType.NETTO_CASH) and days is None:
            raise wrong(
                spoken(
                    "is missing: {terms_type} counts days; write for example `days: 14`",
                    terms_type=terms_type,
                )
            )
        return days


class PaymentType(Section):
    """How orders of one payment type are registered."""

    name: Text = Field(
        description=spoken("What you call it; rules refer to it."), examples=["Dankort"]
    )
    when: PaymentWhen = Field(description=spoken("Which orders."))
    paid: Flag = Field(
        description=spoken(
            "true: the payment is registered in Dinero once Shoporama says that the order"
            " is paid. false: the customer pays the invoice later."
        ),
        examples=["true"],
    )
    deposit_account: AccountNumber | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "With paid: true, the deposit account (indbetalingskonto) in Dinero that"
            " takes the payment: one per payment provider."
        ),
    )
    payment_terms: PaymentTerms | None = Field(
        default=None,
        description=spoken(
            "With paid: false, when the invoice falls due; left out, as the contact says."
        ),
    )
    trigger: Trigger | None = Field(
        default=None,
        description=spoken("When these orders become invoices; left out, sync.trigger."),
    )
    received: Received | None = Field(
        default=None,
        description=spoken(
            "When the money comes. at_once: with the order, as by bank transfer or what is "
            "captured at once; VAT is due then, so the order becomes an invoice once it is paid or"
            " shipped, whichever is first. when_shipped: it is reserved until the goods are sent; "
            "the payment is dated no earlier than its invoice. Matters with trigger: shipped."
        ),
    )
    exchange_rate: Rate | None = Field(
        default=None,
        description=spoken(
            "For orders in another currency: kroner for one unit of it, as the provider"
            " pays out. Left out, the rate of the invoice in Dinero."
        ),
    )

    @field_validator("deposit_account")
    @classmethod
    def _fits_paid(cls, account: int | None, info: ValidationInfo) -> int | None:
        paid = info.data.get("paid")
        if paid is True and account is None:
            raise wrong(
                spoken(
                    "is missing, and paid: true needs it: the account in Dinero where the "
                    "payment is registered; write for example `deposit_account: 55010`"
                )
            )
        if paid is False and account is not None:
            raise wrong(
                spoken("does not go with paid: false, where no payment is registered; remove it")
            )
        return account

    @field_validator("payment_terms")
    @classmethod
    def _only_unpaid(cls, terms: PaymentTerms | None, info: ValidationInfo) -> PaymentTerms | None:
        if terms is not None and info.data.get("paid") is True:
            raise wrong(spoken("do not go with paid: true, whose invoices say that they are paid"))
        return terms
