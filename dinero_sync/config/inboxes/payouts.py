"""The providers whose settlement files are handed in, and where what they paid out is posted."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from dinero_sync.config.choices import Booking
from dinero_sync.config.values import (
    AccountNumber,
    Day,
    Folder,
    OneOrMore,
    Section,
    Text,
    wrong,
)
from dinero_sync.domain.papers import payout
from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.domain.spoken import spoken

Texts = Annotated[tuple[Text, ...], OneOrMore]
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NUMBER = "{number}"
NO_VAT = "none"
NEEDED = ("payout", "date", "amount")
WRITTEN = frozenset({"dates", "decimal"})
"""What may be said of any provider's files, whose columns are known."""
IN_A_LANGUAGE = frozenset({"reference", "types"})
"""What may be said of PayPal's besides, whose columns are known by their place."""
A_DAY, A_YEAR_BEFORE = date(2026, 12, 31), date(2025, 12, 31)


def _source_id(text: str) -> str:
    if ID.fullmatch(text):
        return text
    raise wrong(spoken("must be of small letters, digits, - and _, like stripe or stripe-eur"))


def _reference(text: str) -> str:
    if text.count(NUMBER) == 1:
        return text
    raise wrong(
        spoken('must have {{number}} in it once, like "DIN-{{number}}" or "*order #{{number}}"')
    )


def _decimal(text: str) -> str:
    if text in {",", "."}:
        return text
    raise wrong(spoken('must be "," or "."'))


def _delimiter(text: str) -> str:
    if len(text) == 1:
        return text
    raise wrong(spoken('must be one sign, like ";"'))


def _dates(text: str) -> str:
    written = A_DAY.strftime(text)
    says_year = written != A_YEAR_BEFORE.strftime(
        text
    )  # without one, Python 3.13 warns of parsing it
    try:
        is_whole = says_year and datetime.strptime(written, text).date() == A_DAY  # noqa: DTZ007 - a day has no zone
    except ValueError:
        is_whole = False
    if is_whole:
        return text
    raise wrong(spoken('must say day, month and year, like "%d-%m-%Y"'))


class Types(Section):
    """What a file calls each kind of movement."""

    sale: Texts = Field(default=(), description=spoken("Money from a buyer."))
    refund: Texts = Field(default=(), description=spoken("Money back to a buyer."))
    chargeback: Texts = Field(
        default=(), description=spoken("Money that a buyer's bank took back.")
    )
    fee: Texts = Field(default=(), description=spoken("A fee in a row of its own."))
    reserve: Texts = Field(
        default=(), description=spoken("Money that the provider keeps for a while.")
    )
    other: Texts = Field(default=(), description=spoken("Anything else that moves money."))
    payout: Texts = Field(default=(), description=spoken("The payout itself, where it has a row."))
    ignore: Texts = Field(default=(), description=spoken("Rows that move no money."))


class Columns(Section):
    """How the columns of a provider's file are called."""

    payout: Text = Field(
        default="", description=spoken("What the payout is called; one name for all rows of it.")
    )
    date: Text = Field(default="", description=spoken("The day."))
    type: Text = Field(default="", description=spoken("What kind of movement a row is; see types."))
    reference: Text = Field(default="", description=spoken("The order's number."))
    amount: Text = Field(default="", description=spoken("The amount, before the fee."))
    fee: Text = Field(default="", description=spoken("The fee."))
    vat: Text = Field(default="", description=spoken("The VAT of the fee."))
    currency: Text = Field(
        default="",
        description=spoken("The currency; or the code of the one that all is in. Left out: DKK."),
    )
    delimiter: Annotated[Text, AfterValidator(_delimiter)] = Field(
        default="", description=spoken("The sign between columns. Left out: as the titles show.")
    )
    decimal: Annotated[Text, AfterValidator(_decimal)] = Field(
        default="",
        description=spoken("The sign before the decimals. Left out: as the amounts show."),
    )
    dates: Annotated[Text, AfterValidator(_dates)] = Field(
        default="",
        description=spoken(
            "How days are written, like %d-%m-%Y. Left out: as a day after the 12th shows."
        ),
    )
    types: Types = Field(description=spoken("What the file calls each kind of movement."))


class Source(Section):
    """A provider whose settlement files are handed in."""

    id: Annotated[Text, AfterValidator(_source_id)] = Field(
        description=spoken("Part of the identity of its payouts: never change it."),
        examples=["stripe"],
    )
    name: Text = Field(description=spoken("What you call it."), examples=["Stripe"])
    format: SettlementFormat = Field(
        description=spoken(
            "Whose files they are: stripe, paypal, klarna (Kustom too), vipps_mobilepay,"
            " clearhaus, adyen, altapay, mobilepay; or columns for any other provider."
        ),
        examples=["stripe"],
    )
    files: Texts = Field(
        default=(),
        description=spoken(
            'How its files are called, like "stripe*.csv"; needed where two sources share a format.'
        ),
    )
    columns: Columns | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "With format: columns, what the columns are called: payout, date and amount at least. "
            "With any other, dates and decimal where they can't be found out; with paypal, what it"
            " calls reference and types in your language."
        ),
    )
    clearing_account: AccountNumber = Field(
        description=spoken("The deposit account where these payments are registered."),
        examples=[55080],
    )
    paid_to: AccountNumber = Field(
        description=spoken(
            "Takes what was paid out: an account of money under way, which your bank's"
            " entries then clear; or the bank account, where nothing else posts them."
        ),
        examples=[55095],
    )
    fee_account: AccountNumber = Field(description=spoken("Takes the fees."), examples=[7420])
    fee_vat: Text = Field(
        default=NO_VAT,
        description=spoken("The VAT code (momskode) of the fees, or none. Ask your bookkeeper."),
    )
    exchange_account: AccountNumber | None = Field(
        default=None,
        description=spoken("Takes what is lost or won where a payout is in another currency."),
        examples=[1445],
    )
    references: Annotated[tuple[Annotated[Text, AfterValidator(_reference)], ...], OneOrMore] = (
        Field(
            default=(NUMBER, "#{number}"),
            description=spoken(
                "How the number of an order that customers see stands in the file; * is any"
                ' text, as in "*order #{{number}}".'
            ),
        )
    )

    @field_validator("columns")
    @classmethod
    def _fit_format(cls, columns: Columns | None, info: ValidationInfo) -> Columns | None:
        format_ = info.data.get("format")
        said = set() if columns is None else columns.model_fields_set
        if format_ is SettlementFormat.COLUMNS:
            missing = [each for each in NEEDED if each not in said]
            if missing:
                raise wrong(
                    spoken(
                        "must name the columns {needed}: {missing} is missing",
                        needed=", ".join(NEEDED),
                        missing=missing[0],
                    )
                )
            if columns is not None and columns.type and not columns.types.model_fields_set:
                raise wrong(
                    spoken("must say in types what the words in the column of the type mean")
                )
            return columns
        known = WRITTEN | (IN_A_LANGUAGE if format_ is SettlementFormat.PAYPAL else frozenset())
        if said - known:
            raise wrong(
                spoken(
                    "does not go with format: {format}, whose columns are known; it takes "
                    "{sorted} alone",
                    format=format_,
                    sorted=", ".join(sorted(known)),
                )
            )
        return columns

    @field_validator("paid_to")
    @classmethod
    def _is_another_account(cls, account: int, info: ValidationInfo) -> int:
        if account == info.data.get("clearing_account"):
            raise wrong(
                spoken("is the clearing account itself; what is paid out goes to another one")
            )
        return account


class Payouts(Section):
    """What payment providers pay out."""

    inbox: Folder | None = Field(
        default=None,
        description=spoken("A folder that is read at every run: put settlement files there."),
        examples=["/var/lib/dinero-sync/payouts"],
    )
    start_date: Day | None = Field(
        default=None,
        description=spoken(
            "Payouts of an earlier day are never posted. Left out: sync.start_date."
        ),
        examples=["2026-12-01"],
    )
    booking: Booking | None = Field(
        default=None,
        description=spoken("automatic or draft. Left out: sync.booking."),
        examples=["automatic"],
    )
    sources: tuple[Source, ...] = Field(
        default=(), description=spoken("The providers whose settlement files are handed in.")
    )


def sources_of(payouts: Payouts) -> tuple[payout.Source, ...]:
    """Return the sources as plain values."""
    return tuple(map(_source, payouts.sources))


def _source(said: Source) -> payout.Source:
    return payout.Source(
        id=said.id,
        format=said.format,
        files=said.files,
        columns=payout.Columns() if said.columns is None else columns_of(said.columns),
        clearing_account=said.clearing_account,
        paid_to=said.paid_to,
        fee_account=said.fee_account,
        fee_vat=None if said.fee_vat == NO_VAT else said.fee_vat,
        exchange_account=said.exchange_account,
        references=said.references,
    )


def columns_of(said: Columns) -> payout.Columns:
    """Return how columns are called as a plain value."""
    named = said.model_dump(exclude={"types"})
    types = tuple((kind, words) for kind, words in said.types if words)
    return payout.Columns(**named, types=types)
