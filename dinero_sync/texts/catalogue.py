"""The catalogue: English sentences with named fields, and what they are in Danish."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import cast

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.domain.step import Fact, Facts, Language, Value

FILE = "locale/da/LC_MESSAGES/dinero_sync.po"
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)
END_AND_BEGIN = '"\n"'
"""Of two lines of one text."""
DANISH_PATTERNS = {
    "amount": "#,##0.00",
    "change": "+#,##0.00;-#,##0.00",
    "number": "#,##0.######",
}


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue, and leave it as it is."""
    return sentence


INVOICE = _("invoice {number} of {day}")
DRAFT = _("a draft of {day}")
MOMENT = _("{day} {time}")


def translated(sentence: str, language: Language) -> str:
    """Return a sentence of the catalogue in ``language``, its fields not yet filled in."""
    if language is Language.ENGLISH:
        return sentence
    return _danish_sentences().get(sentence, sentence)


def filled(sentence: str, facts: Facts, language: Language) -> str:
    """Return a sentence of the catalogue in ``language``, with ``facts`` in its fields.

    A field is text as it stands, or says how it is written: ``percent`` and ``amount`` (two
    decimals), ``change`` (an amount with its sign), ``number`` (no needless zeros), ``word`` (one
    of the catalogue), ``terms`` (pieces and prices in turn), ``documents`` (numbers and days in
    turn; 0 for a draft). Several values stand with commas between, or with what the field says
    after ``|``. A time is the one in Copenhagen. Raises KeyError where a fact is missing.
    """
    return _Filling(language).vformat(translated(sentence, language), (), facts)


def written(value: Value, language: Language) -> str:
    """Write a value that stands alone as readers of the language do."""
    return _Filling(language).format_field(value, "")


class _Filling(Formatter):
    """Writes values as readers of a language do."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        """Write the value of a field."""
        fact = cast("Fact", value)
        how, _, between = format_spec.partition("|")
        if how == "terms":
            return self._terms(cast("Sequence[Decimal]", fact))
        if how == "documents":
            return self._documents(cast("Sequence[Value]", fact))
        if isinstance(fact, tuple):
            return (between or ", ").join(self._written(each, how) for each in fact)
        return self._written(fact, how)

    def _terms(self, values: Sequence[Decimal]) -> str:
        pairs = zip(values[::2], values[1::2], strict=True)
        return " + ".join(
            f"{self._written(pieces, 'number')} × {self._written(price, '')}"
            for pieces, price in pairs
        )

    def _documents(self, values: Sequence[Value]) -> str:
        pairs = zip(values[::2], values[1::2], strict=True)
        return ", ".join(
            filled(INVOICE if number else DRAFT, {"number": number, "day": day}, self._language)
            for number, day in pairs
        )

    def _written(self, value: Value, how: str) -> str:
        if isinstance(value, str):
            return translated(value, self._language) if how == "word" else str(value)
        if isinstance(value, Decimal):
            return self._decimal(value, how)
        if isinstance(value, datetime):
            here = value.astimezone(COPENHAGEN)
            return filled(MOMENT, {"day": here.date(), "time": self._clock(here)}, self._language)
        if isinstance(value, date) and self._language is not Language.ENGLISH:
            return f"{value.day}.{value.month}.{value.year}"
        return str(value)

    def _clock(self, value: datetime) -> str:
        return f"{value:%H:%M}" if self._language is Language.ENGLISH else f"{value:%H.%M}"

    def _decimal(self, value: Decimal, how: str) -> str:
        if how == "percent":
            return f"{self._decimal(value, 'number')} %"
        if self._language is Language.ENGLISH:
            spec = {"amount": ".2f", "change": "+.2f"}.get(how)
            if spec:
                return f"{value:{spec}}"
            return f"{value.normalize():f}" if how == "number" else str(value)
        return _danish(value, DANISH_PATTERNS.get(how, "#,##0.00####"))


def _danish(value: Decimal, pattern: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - only where Danish is read

    return format_decimal(value, format=pattern, locale="da_DK")


@cache
def _danish_sentences() -> dict[str, str]:
    """Read the catalogue, by what a sentence is in English.

    Babel, which writes it, takes five times as long to read it: whoever asks for help would wait.
    """
    text = (Path(__file__).parent / FILE).read_text(encoding="utf-8")
    return {_unquoted(english): _unquoted(danish) for english, danish in ENTRY.findall(text)}


def _unquoted(lines: str) -> str:
    """Return the text that stands in quotes, line by line."""
    told: str = json.loads(f'"{lines[1:-2].replace(END_AND_BEGIN, "")}"')
    return told
