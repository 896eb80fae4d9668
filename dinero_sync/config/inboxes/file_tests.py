"""A shop's own settlement files, and what is expected of them: YAML beside each file."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from dinero_sync.config.inboxes.payouts import Columns
from dinero_sync.config.problems import validated
from dinero_sync.config.references import Resolved
from dinero_sync.config.values import Currency, Day, Section, Text, WholeNumber, wrong
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.domain.spoken import spoken

AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,3})?")


def _amount(value: object) -> Decimal:
    if not isinstance(value, bool) and AMOUNT.fullmatch(str(value)):
        return Decimal(str(value))
    raise wrong(spoken("must be an amount like 125 or -99.95"))


Money = Annotated[Decimal, BeforeValidator(_amount)]


class ExpectedPayout(Section):
    """A payout as the file is to be read; only what is said is compared."""

    id: Text = Field(examples=["po_1"])
    date: Day | None = None
    currency: Currency | None = None
    gross: Money | None = None
    refunds: Money | None = None
    chargebacks: Money | None = None
    fees: Money | None = None
    vat: Money | None = None
    other: Money | None = None
    net: Money | None = None
    movements: WholeNumber | None = None
    """How many there are."""


class FileTest(Section):
    """What is expected of one file."""

    source: Text | None = None
    """The id of a source in the configuration; left out, the file's form decides."""
    format: SettlementFormat | None = None
    """Instead of a source, where there is none yet."""
    columns: Columns | None = None
    payouts: tuple[ExpectedPayout, ...] = ()
    refused: Text | None = None
    """The code of the refusal: the file isn't to be read."""

    @model_validator(mode="after")
    def _expects_one_thing(self) -> "FileTest":
        if bool(self.payouts) == (self.refused is not None):
            raise wrong(
                spoken(
                    "must expect payouts, or that the file is refused: write for example "
                    "`payouts: [{{id: po_1, net: 367.79}}]`"
                )
            )
        return self


def load_file_test(path: Path) -> FileTest:
    """Read what is expected of a file.

    Raises ConfigError with every problem in the YAML, in its order.
    """
    document = read_yaml(path)
    resolved = Resolved(data=document.data, problems=[], unresolved=frozenset())
    return validated(FileTest, document, resolved)
