"""Sums by account and VAT code, for people and for programs."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from dinero_sync.cli.words import amount
from dinero_sync.posting.account_sums import AccountSum


class SumWords(Protocol):
    """The words that a table of sums needs."""

    @property
    def without_code(self) -> str:
        """Stand for the code of an account that has none."""

    @property
    def vat_inside(self) -> str:
        """Tell the VAT in a sum; takes ``{vat}``."""

    @property
    def total(self) -> str:
        """Name the sum of sums."""


def sum_lines(sums: Sequence[AccountSum], currency: str, words: SumWords) -> Iterator[str]:
    """Write each sum on a line, and what they add up to."""
    for each in sums:
        code = each.vat_code or words.without_code
        vat = words.vat_inside.format(vat=amount(each.vat, None)) if each.vat else ""
        account = f"{each.account} {each.name}"[:44]
        row = f"  {account:<45}{code:<17}{amount(each.amount, currency):>18}  {vat}"
        yield row.rstrip()
    total = sum((each.amount for each in sums), Decimal(0))
    yield f"  {words.total:<62}{amount(total, currency):>18}"


def sums_data(sums: Iterable[AccountSum]) -> list[dict[str, object]]:
    """Return sums as JSON takes them; amounts as text."""
    return [
        {
            "account": each.account,
            "name": each.name,
            "vat_code": each.vat_code,
            "vat_rate": f"{each.vat_rate.normalize():f}",
            "amount": f"{each.amount:.2f}",
            "vat": f"{each.vat:.2f}",
        }
        for each in sums
    ]
