"""Totals by account and VAT code, for people and for programs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from dinero_sync.cli.words import amount
from dinero_sync.posting.insight.totals import AccountTotal


class TotalWords(Protocol):
    """The words that a table of totals needs."""

    @property
    def without_code(self) -> str:
        """Stand for the code of an account that has none."""

    @property
    def vat_inside(self) -> str:
        """Tell the VAT in a sum; takes ``{vat}``."""

    @property
    def total(self) -> str:
        """Name the sum of sums."""


def total_lines(totals: Sequence[AccountTotal], words: TotalWords) -> Iterator[str]:
    """Write each total on a line, and what they add up to in each currency."""
    for each in totals:
        code = each.vat_code or words.without_code
        vat = words.vat_inside.format(vat=amount(each.vat, None)) if each.vat else ""
        account = f"{each.account} {each.name}"[:44]
        row = f"  {account:<45}{code:<15}{amount(each.gross, each.currency):>18}  {vat}"
        yield row.rstrip()
    for currency in dict.fromkeys(each.currency for each in totals):
        gross = (each.gross for each in totals if each.currency == currency)
        yield f"  {words.total:<60}{amount(sum(gross, Decimal(0)), currency):>18}"


def total_data(total: AccountTotal) -> dict[str, object]:
    """Return a total as JSON takes it; amounts as text."""
    return {
        "account": total.account,
        "name": total.name,
        "vat_code": total.vat_code,
        "currency": total.currency,
        "net": f"{total.net:.2f}",
        "vat": f"{total.vat:.2f}",
        "gross": f"{total.gross:.2f}",
    }
