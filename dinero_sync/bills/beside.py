"""What a person wrote of a bill: a small YAML file beside its document."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from dinero_sync.bills.numbers import WITH_PREFIX, percent, supplier_number
from dinero_sync.bills.statement import Statement
from dinero_sync.config.problems import validated
from dinero_sync.config.references import Resolved
from dinero_sync.config.values import (
    Currency,
    Day,
    NameOrId,
    Percent,
    Section,
    Text,
    WholeNumber,
    wrong,
)
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.papers.bill import BillKind, RateAmount
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

LARGEST = 100_000
"""Bytes."""
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")


def _amount(value: object) -> Decimal:
    if not isinstance(value, bool) and AMOUNT.fullmatch(str(value)):
        return Decimal(str(value))
    raise wrong(spoken("must be an amount like 750 or 937.50, without signs for thousands"))


Amount = Annotated[Decimal, BeforeValidator(_amount)]


class WrittenRate(Section):
    """What one VAT rate comes to."""

    rate: Percent = Field(examples=[25])
    net: Amount = Field(examples=["750.00"])
    vat: Amount = Decimal(0)


class WrittenBill(Section):
    """What a bill says."""

    supplier: Text = Field(examples=["Shoporama ApS"])
    vat_number: Text | None = None
    number: NameOrId = Field(examples=['"1234"'])
    date: Day = Field(examples=["2026-09-03"])
    due: Day | None = None
    currency: Currency = Field(examples=["DKK"])
    kind: BillKind = BillKind.INVOICE
    amounts: tuple[WrittenRate, ...] = Field(examples=["[{rate: 25, net: 750.00, vat: 187.50}]"])
    total: Amount = Field(examples=["937.50"])
    """With VAT."""
    kroner_paid: Amount | None = None
    """What was paid for it in kroner, where it is in another currency."""
    lines: Annotated[WholeNumber, Field(ge=1)] = 1
    """On how many lines the VAT was rounded; it may be off by an øre for each."""

    @field_validator("kroner_paid")
    @classmethod
    def _was_paid(cls, kroner: Decimal | None) -> Decimal | None:
        if kroner is not None and kroner <= 0:
            raise wrong(spoken("must be what was paid in kroner, more than 0"))
        return kroner

    @field_validator("vat_number")
    @classmethod
    def _has_its_prefix(cls, number: str | None) -> str | None:
        if number is None:
            return None
        with_prefix = supplier_number(number, "")
        if with_prefix is None or not WITH_PREFIX.fullmatch(with_prefix):
            raise wrong(spoken("must begin with its country's letters, like DK13585628"))
        return with_prefix


def written_beside(path: Path) -> Statement:
    """Read what a person wrote; raises ConfigError with every problem in the file."""
    if path.stat().st_size > LARGEST:
        message = spoken("is larger than what a bill says; it is no file about a bill")
        raise ConfigError([Problem(message=message, file=str(path))])
    document = read_yaml(path)
    resolved = Resolved(data=document.data, problems=[], unresolved=frozenset())
    written = validated(WrittenBill, document, resolved)
    return Statement(
        kind=written.kind,
        kroner_paid=written.kroner_paid,
        supplier=written.supplier,
        vat_number=written.vat_number,
        number=written.number,
        date=written.date,
        due=written.due,
        currency=written.currency,
        amounts=tuple(
            RateAmount(rate=percent(each.rate), net=each.net, vat=each.vat)
            for each in written.amounts
        ),
        total=written.total,
        lines=written.lines,
    )
