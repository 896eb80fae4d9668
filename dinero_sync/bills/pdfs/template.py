"""What a template says: how one supplier's PDFs are known, and where each part stands.

Everything is stated and nothing guessed: how days are written, which sign parts kroner from øre and
which thousands, and behind or below which words a value stands.
"""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from dinero_sync.bills.numbers import is_impossible
from dinero_sync.bills.pdfs.forms import DAY_CODES
from dinero_sync.config.values import (
    Currency,
    Flag,
    OneOrMore,
    Percent,
    Section,
    Text,
    WholeNumber,
    wrong,
)
from dinero_sync.domain.spoken import spoken

VAT_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z]{2,13}")
CREDIT_NOTE_WORDS = (
    *("Kreditnota", "Kreditfaktura", "Credit note", "Credit invoice", "Credit memo", "Gutschrift"),
    *("Kreditnote", "Creditnota", "Avoir", "Kreditering"),
)
"""What stands over a credit note, in the languages of suppliers nearby."""


class DecimalSign(StrEnum):
    """What stands between kroner and øre."""

    COMMA = ","
    POINT = "."


class Pick(StrEnum):
    """Which of several different values is meant, where a label stands more than once."""

    FIRST = "first"
    LAST = "last"


def _thousands(value: object) -> object:
    """Read the signs between thousands; a space stands for every kind of space."""
    signs = value if isinstance(value, list | tuple) else (value,)
    if all(sign in {".", ",", " ", "'"} for sign in signs):
        return tuple(str(sign) for sign in signs)
    raise wrong(spoken("""must be ".", ",", " " or "'", in quotes, or a list of these"""))


Labels = Annotated[tuple[Text, ...], OneOrMore]
Words = Annotated[tuple[Text, ...], OneOrMore]


class Place(Section):
    """Where on a bill a value stands."""

    after: Labels = ()
    """Words on the same line, before it. A * stands for a few words that change."""
    below: Labels = ()
    """Words that stand alone over it, in the line above."""
    pick: Pick | None = None
    """Left out: a value that is found twice must be the same."""
    column: Annotated[WholeNumber, Field(ge=1)] | None = None
    """Which of several amounts behind the words it is, counted from 1."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if bool(self.after) == bool(self.below):
            raise wrong(
                spoken("must say where the value stands: either `after: WORDS` or `below: WORDS`")
            )
        return self

    @field_validator("after", "below")
    @classmethod
    def _begins_with_a_word(cls, labels: tuple[str, ...]) -> tuple[str, ...]:
        if any(label.startswith("*") for label in labels):
            raise wrong(spoken("must begin with a word, not with *"))
        return labels


class RatePlaces(Section):
    """Where the amounts of one VAT rate stand."""

    rate: Percent = Field(examples=[25])
    net: Place | None = None
    """Left out for the only rate: the total less the VAT."""
    vat: Place | None = None
    """May be left out for a rate of 0; where it isn't, the bill has to say 0 there."""


class Template(Section):
    """How the bills of one supplier are read."""

    name: Text = Field(examples=["Shoporama"])
    proven: Flag = False
    """Whether a real bill of this supplier was seen to be read rightly."""
    match: Words = Field(examples=["[Shoporama, Faktura]"])
    """Words that all stand on the supplier's bills, and together on no one else's."""
    supplier: Text = Field(examples=["Shoporama ApS"])
    vat_number: Text | None = None
    currency: Annotated[tuple[Currency, ...], OneOrMore] = Field(examples=["DKK"])
    """Several: the one that alone is named on the bill."""
    dates: Text = Field(examples=['"%d-%m-%Y"'])
    """How days are written: %d day, %m month, %Y year, %y year of two digits, %B month's name."""
    decimal: DecimalSign = Field(examples=['","'])
    thousands: Annotated[tuple[str, ...], BeforeValidator(_thousands)] = ()
    whole_amounts: Flag = False
    """Whether amounts may stand without øre: 750 or 750,-."""
    credit_note: Words = CREDIT_NOTE_WORDS
    """What stands over a credit note."""
    number: Place = Field(examples=['{after: "Faktura nr."}'])
    date: Place = Field(examples=["{after: Fakturadato}"])
    due: Place | None = None
    amounts: tuple[RatePlaces, ...] = Field(examples=["[{rate: 25, vat: {after: Moms}}]"])
    total: Place = Field(examples=["{after: Total}"])

    @property
    def says_what_is_a_credit_note(self) -> bool:
        """Tell whether the template names the words itself, and is to be believed over others."""
        return "credit_note" in self.model_fields_set

    @field_validator("vat_number")
    @classmethod
    def _is_a_vat_number(cls, number: str | None) -> str | None:
        if number and (not VAT_NUMBER.fullmatch(number) or is_impossible(number)):
            raise wrong(spoken("must be a VAT number with its country's letters, like DK13585628"))
        return number

    @field_validator("dates")
    @classmethod
    def _names_a_day(cls, form: str) -> str:
        codes = re.findall(r"%(.)", form)
        if sorted(DAY_CODES.get(code, "") for code in codes) == ["day", "month", "year"]:
            return form
        raise wrong(spoken("must name day, month and year once each, like %d-%m-%Y or %d. %B %Y"))

    @field_validator("amounts")
    @classmethod
    def _has_each_rate_once(cls, rates: tuple[RatePlaces, ...]) -> tuple[RatePlaces, ...]:
        if not rates:
            raise wrong(spoken("is empty; name at least one rate"))
        if len({each.rate for each in rates}) < len(rates):
            raise wrong(spoken("names a rate twice"))
        for each in rates:
            if each.rate and each.vat is None:
                raise wrong(spoken("needs `vat` for every rate above 0"))
            if len(rates) > 1 and each.net is None:
                raise wrong(spoken("needs `net` for each of several rates"))
        return rates

    @model_validator(mode="after")
    def _parts_differ(self) -> Self:
        if self.decimal in self.thousands:
            raise wrong(spoken("has the same sign for decimal and thousands; they must differ"))
        return self
