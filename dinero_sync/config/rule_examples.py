"""A shop's own examples of its rules: short orders, and where their lines are to be posted."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from dinero_sync.config.agreement import names_in
from dinero_sync.config.problems import validated
from dinero_sync.config.references import Resolved
from dinero_sync.config.rules.conditions import Texts
from dinero_sync.config.values import (
    AccountNumber,
    Country,
    Currency,
    Day,
    Flag,
    Identifier,
    OneOrMore,
    Percent,
    Section,
    Text,
    WholeNumber,
    wrong,
)
from dinero_sync.config.yaml_text import Document, read_yaml
from dinero_sync.domain.chart import ABROAD_CODES, DANISH_VAT, NO_VAT
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import Problem
from dinero_sync.posting.buyers.numbers import location_number

ACCOUNT = re.compile(r"[1-9][0-9]{0,5}")
ALL_REASONS = spoken("All reasons: docs/reasons.md")
NOTHING_TO_PAY = "zero_total"
"""The one reason for which a run skips what an example can say."""
TOTALS = ("examples", "expected", "totals")
"""Where they stand, without the example's position."""
AMOUNT = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
STANDARD_RATES = {"U25": DANISH_VAT, "I25": DANISH_VAT, **dict.fromkeys(ABROAD_CODES, NO_VAT)}
"""Dinero's own VAT codes of sales, in percent."""


def _kroner(value: object) -> Decimal:
    if not isinstance(value, bool) and AMOUNT.fullmatch(str(value)):
        return Decimal(str(value))
    raise wrong(spoken("must be an amount like 125 or 99.95"))


SignedAmount = Annotated[Decimal, BeforeValidator(_kroner)]
Price = Annotated[SignedAmount, Field(ge=0)]
Accounts = Annotated[tuple[AccountNumber, ...], OneOrMore]


def _contradiction(buyer: BuyerKind | None, vat_number: str | None, ean: str | None) -> str | None:
    """Say what of an order makes its buyer another than the one named; None where nothing does."""
    if buyer is BuyerKind.PUBLIC:
        if ean is None:
            return spoken('is public by its EAN number; add for example `ean: "5798009999993"`')
        wrong_ean = spoken("is public by an EAN number of 13 digits, and the one here can't be one")
        return None if location_number(ean) else wrong_ean
    if buyer is not None and ean is not None and location_number(ean):
        return spoken("contradicts ean: who has an EAN number is public; remove buyer or ean")
    if buyer is BuyerKind.BUSINESS and vat_number is None:
        return spoken("is a business by its VAT number; add for example `vat_number: DE136695976`")
    if buyer is BuyerKind.CONSUMER and vat_number is not None:
        return spoken("contradicts vat_number, which makes a business; remove buyer or vat_number")
    return None


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
    """The discount code of an example's order."""

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
    skipped: Text | None = None
    """zero_total: nothing is to be paid, and no invoice is made."""
    lines: Accounts = ()
    """The account of each line of the invoice, in their order."""
    kinds: ExpectedKinds | None = None
    totals: dict[str, SignedAmount] = {}  # noqa: RUF012 - pydantic copies it for each section
    """What goes to each account, with VAT; then no other account may take anything.

    Keys are text in YAML as we read it; that they are account numbers is seen to for the file.
    """
    payment_type: Text | None = None
    deposit_account: AccountNumber | None = None
    margin: Price | None = None
    """What the ledger items of second-hand goods come to, in kroner."""

    @field_validator("held")
    @classmethod
    def _is_a_reason_to_hold(cls, reason: str | None, info: ValidationInfo) -> str | None:
        """Refuse a code that isn't among those that the validation's context names."""
        known = (info.context or {}).get("reasons_to_hold", (reason,))
        if reason in known:
            return reason
        if reason == NOTHING_TO_PAY:
            raise wrong(spoken("such an order isn't held but skipped; write `skipped: zero_total`"))
        near = get_close_matches(str(reason), known, 1)
        hint = spoken('did you mean "{near}"? ', near=near[0]) if near else ""
        raise wrong(
            spoken(
                "is no reason for which orders are held; {hint}{all_reasons}",
                hint=hint,
                all_reasons=ALL_REASONS,
            )
        )

    @field_validator("skipped")
    @classmethod
    def _is_nothing_to_pay(cls, reason: str | None) -> str | None:
        if reason == NOTHING_TO_PAY:
            return reason
        raise wrong(
            spoken(
                "must be zero_total, the one reason for which an example is skipped; an "
                "order that a person has to look at is `held`. {all_reasons}",
                all_reasons=ALL_REASONS,
            )
        )


class Example(Section):
    """A short order, and what is to become of it."""

    name: Text = Field(examples=["Klarna, used goods, to Germany"])
    lines: tuple[ExampleLine, ...] = Field(examples=["[{price: 125.00, vat_rate: 25}]"])
    country: Country = "DK"
    """Where the goods and the invoice go."""
    zip_code: Text | None = None
    vat_number: Text | None = None
    ean: Text | None = None
    buyer: BuyerKind | None = Field(default=None, validate_default=True)
    """Left out: as the VAT number and the EAN say, with which it has to agree."""
    vat_number_confirmed: Flag = False
    """Whether VIES confirms the VAT number."""
    currency: Currency = "DKK"
    gateway: Text | None = None
    gateway_id: Identifier | None = None
    gateway_name: Text | None = None
    freight: Price = Decimal(0)
    freight_id: Identifier | None = None
    """The freight method's id at the shop."""
    freight_name: Text | None = None
    """What the shop calls it, like ``Afhentning``."""
    payment_fee: Price = Decimal(0)
    """A fee of the checkout beside the lines, with the VAT of the goods."""
    tip: Price = Decimal(0)
    voucher: ExampleVoucher | None = None
    day: Day | None = None
    """Of the invoice; left out, one in no closed period."""
    rounding: SignedAmount = Decimal(0)
    vat: Price | None = None
    """The VAT of the whole order, which tells the freight's rate where the lines' rates differ."""
    expected: Expected = Field(description="What is to become of the order.")

    @field_validator("lines")
    @classmethod
    def _sells_something(cls, lines: tuple[ExampleLine, ...]) -> tuple[ExampleLine, ...]:
        if lines:
            return lines
        raise wrong(spoken("is empty; an order has at least one line"))

    @field_validator("buyer")
    @classmethod
    def _is_told_by_numbers(cls, buyer: BuyerKind | None, info: ValidationInfo) -> BuyerKind | None:
        contradiction = _contradiction(buyer, info.data.get("vat_number"), info.data.get("ean"))
        if contradiction is None:
            return buyer
        raise wrong(contradiction)

    @field_validator("expected")
    @classmethod
    def _expects_something(cls, expected: Expected) -> Expected:
        said = expected.model_fields_set
        if not said:
            raise wrong(
                spoken("says nothing; write for example `expected: {{lines: [1000, 1350]}}`")
            )
        for key in ("held", "skipped"):
            if key in said and len(said) > 1:
                raise wrong(
                    spoken(
                        "an order that is {key} has no lines; remove {key} or all other keys",
                        key=key,
                    )
                )
        return expected


class RuleExamples(Section):
    """A file of examples."""

    chart: ExampleChart | None = None
    examples: tuple[Example, ...] = Field(examples=["[...]"])


def load_examples(path: Path, reasons_to_hold: Iterable[str]) -> RuleExamples:
    """Read a file of examples, which may expect orders to be held for these reasons.

    Raises ConfigError with every problem in the file, in its order.
    """
    document = read_yaml(path)
    resolved = Resolved(data=document.data, problems=[], unresolved=frozenset())
    known = (*_no_accounts(document), *_used_twice(document, resolved))
    context = {"reasons_to_hold": tuple(reasons_to_hold)}
    return validated(RuleExamples, document, resolved, known, context)


def _no_accounts(document: Document) -> Iterator[Problem]:
    """Yield a problem for each key of expected totals that is no account number."""
    for path in document.values:
        if path[:1] + path[2:-1] == TOTALS and not ACCOUNT.fullmatch(str(path[-1])):
            message = spoken("is no account number; write for example `totals: {{1000: 125.00}}`")
            yield document.problem(path, message, at_key=True)


def _used_twice(document: Document, resolved: Resolved) -> Iterator[Problem]:
    earlier: set[str] = set()
    for path, name in names_in(resolved, ("examples",)):
        if name in earlier:
            yield document.problem(
                path, spoken("is the name of an earlier example too; give each its own")
            )
        earlier.add(name)
