"""A shop's own examples of its rules: short orders, and where their lines are to be posted."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator

from dinero_sync.config.choices import Buyer
from dinero_sync.config.posting_rules import Texts
from dinero_sync.config.problems import problems_of
from dinero_sync.config.references import Resolved
from dinero_sync.config.section import Section
from dinero_sync.config.values import (
    AccountNumber,
    Country,
    Currency,
    Flag,
    Identifier,
    OneOrMore,
    Percent,
    Text,
    WholeNumber,
    wrong,
)
from dinero_sync.config.yaml_text import Document, read_yaml
from dinero_sync.errors import ConfigError, Problem

KRONER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
STANDARD_RATES = {
    "U25": Decimal(25),
    "UEUV": Decimal(0),
    "UEUV2": Decimal(0),
    "UEUY": Decimal(0),
    "UVV": Decimal(0),
    "UVC": Decimal(0),
    "UVY": Decimal(0),
    "I25": Decimal(25),
}
"""Dinero's own VAT codes of sales, in percent."""


def _kroner(value: object) -> Decimal:
    if not isinstance(value, bool) and KRONER.fullmatch(str(value)):
        return Decimal(str(value))
    raise wrong("must be an amount like 125 or 99.95")


SignedAmount = Annotated[Decimal, BeforeValidator(_kroner)]
Price = Annotated[SignedAmount, Field(ge=0)]
Accounts = Annotated[tuple[AccountNumber, ...], OneOrMore]


class ChartAccount(Section):
    """An account that lines may go to."""

    number: AccountNumber = Field(examples=[1000])
    name: Text | None = None
    vat_code: Text | None = None
    """Left out: no VAT."""


class ExampleChart(Section):
    """The chart that examples are tried with where Dinero was never read."""

    accounts: tuple[ChartAccount, ...] = Field(examples=["[{number: 1000, vat_code: U25}]"])
    deposit_accounts: Accounts = ()
    vat_rates: dict[str, Percent] = STANDARD_RATES


class ExampleLine(Section):
    """A product of an example's order."""

    price: Price = Field(examples=["125.00"])
    """What one piece costs the customer."""
    vat_rate: Percent = Field(examples=[25])
    """In percent, as the shop charges it."""
    quantity: Annotated[WholeNumber, Field(gt=0)] = 1
    name: Text = "Vare"
    sku: Text | None = None
    product_id: Identifier | None = None
    category: Texts = ()
    profile: Texts = ()
    label: Texts = ()
    purchase_price: Price | None = None


class ExampleVoucher(Section):
    """The voucher of an example's order."""

    amount: Price = Field(examples=["50.00"])
    code: Text = "RABAT"


class ExpectedKinds(Section):
    """The accounts that lines of each kind are to go to."""

    product: Accounts = ()
    shipping: Accounts = ()
    gift_card: Accounts = ()
    fee: Accounts = ()


class Expected(Section):
    """What an example is to become; only what is said is compared."""

    held: Text | None = None
    """A reason code: the order is to be held for it."""
    lines: Accounts = ()
    """The account of each line of the invoice, in their order."""
    kinds: ExpectedKinds | None = None
    totals: dict[str, SignedAmount] = {}  # noqa: RUF012 - pydantic copies it for each section
    """What goes to each account, with VAT; then no other account may take anything."""
    payment_type: Text | None = None
    deposit_account: AccountNumber | None = None
    margin: Price | None = None
    """What the ledger items of second-hand goods come to, in kroner."""


class Example(Section):
    """A short order, and what is to become of it."""

    name: Text = Field(examples=["Klarna, used goods, to Germany"])
    lines: tuple[ExampleLine, ...] = Field(examples=["[{price: 125.00, vat_rate: 25}]"])
    country: Country = "DK"
    """Where the goods and the invoice go."""
    zip_code: Text | None = None
    vat_number: Text | None = None
    ean: Text | None = None
    buyer: Buyer | None = Field(default=None, validate_default=True)
    """Left out: as the VAT number and the EAN say."""
    vat_number_confirmed: Flag = False
    """Whether VIES confirms the VAT number."""
    currency: Currency = "DKK"
    gateway: Text | None = None
    gateway_id: Identifier | None = None
    gateway_name: Text | None = None
    freight: Price = Decimal(0)
    voucher: ExampleVoucher | None = None
    rounding: SignedAmount = Decimal(0)
    vat: Price | None = None
    """The VAT of the whole order, which tells the freight's rate where the lines' rates differ."""
    expected: Expected = Field(description="What is to become of the order.")

    @field_validator("lines")
    @classmethod
    def _sells_something(cls, lines: tuple[ExampleLine, ...]) -> tuple[ExampleLine, ...]:
        if lines:
            return lines
        raise wrong("is empty; an order has at least one line")

    @field_validator("buyer")
    @classmethod
    def _is_told_by_numbers(cls, buyer: Buyer | None, info: ValidationInfo) -> Buyer | None:
        if buyer is Buyer.BUSINESS and info.data.get("vat_number") is None:
            raise wrong(
                "is a business by its VAT number; add for example `vat_number: DE136695976`"
            )
        if buyer is Buyer.PUBLIC and info.data.get("ean") is None:
            raise wrong('is public by its EAN number; add for example `ean: "5798009999993"`')
        return buyer

    @field_validator("expected")
    @classmethod
    def _expects_something(cls, expected: Expected) -> Expected:
        said = expected.model_fields_set
        if not said:
            raise wrong("says nothing; write for example `expected: {lines: [1000, 1350]}`")
        if "held" in said and len(said) > 1:
            raise wrong("an order that is held has no lines; remove held or all other keys")
        return expected


class RuleExamples(Section):
    """A file of examples."""

    chart: ExampleChart | None = None
    examples: tuple[Example, ...] = Field(examples=["[...]"])


def load_examples(path: Path) -> RuleExamples:
    """Read a file of examples; raises ConfigError with every problem in it, in its order."""
    document = read_yaml(path)
    resolved = Resolved(data=document.data, problems=[], unresolved=frozenset())
    problems = [*document.problems]
    examples = None
    try:
        examples = RuleExamples.model_validate(document.data)
        problems += _used_twice(examples, document)
    except ValidationError as error:
        problems += problems_of(error, document, resolved, RuleExamples)
    if examples is None or problems:
        raise ConfigError(sorted(problems, key=lambda each: (each.line, each.column)))
    return examples


def _used_twice(examples: RuleExamples, document: Document) -> Iterator[Problem]:
    names: set[str] = set()
    for at, example in enumerate(examples.examples):
        if example.name in names:
            path = ("examples", at, "name")
            yield document.problem(path, "is the name of an earlier example too; give each its own")
        names.add(example.name)
