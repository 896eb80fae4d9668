"""Totals by account and VAT code, for people and for programs."""

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dinero_sync.cli.reports.explain_words import Words
from dinero_sync.cli.reports.tables import amount, picked
from dinero_sync.posting.insight.totals import AccountTotal


def total_lines(totals: Sequence[AccountTotal], words: Words) -> Iterator[str]:
    """Write each total on a line, and what they add up to in each currency."""
    for each in totals:
        code = each.vat_code or words.without_code
        vat = words.vat_inside.format(vat=amount(each.vat, None)) if each.vat else ""
        account = f"{each.account} {each.name}"[:44]
        row = f"  {account:<45}{code:<15}{amount(each.gross, each.currency):>18}  {vat}"
        yield row.rstrip()
    for currency, chosen in _by_currency(totals).items():
        gross = sum((total.gross for total in chosen), Decimal(0))
        yield f"  {words.total:<60}{amount(gross, currency):>18}"


def net_table(totals: Sequence[AccountTotal]) -> Iterator[str]:
    """Write a table with net, VAT and both, and what they add up to in each currency."""
    yield f"{'Account and VAT code':<48}{'Net':>14}{'VAT':>14}{'With VAT':>14}"
    for total in totals:
        name = textwrap.shorten(f"{total.account} {total.name}", 36, placeholder="…")
        yield _sum(f"{name} ({total.vat_code or 'none'})", [total])
    for chosen in _by_currency(totals).values():
        yield _sum("In all", chosen)


def _sum(label: str, totals: Sequence[AccountTotal]) -> str:
    net = sum((each.net for each in totals), Decimal(0))
    vat = sum((each.vat for each in totals), Decimal(0))
    columns = "".join(f"{amount(each, None):>14}" for each in (net, vat, net + vat))
    return f"{label:<48}{columns} {totals[0].currency}"


def _by_currency(totals: Sequence[AccountTotal]) -> dict[str, list[AccountTotal]]:
    found: dict[str, list[AccountTotal]] = {}
    for each in totals:
        found.setdefault(each.currency, []).append(each)
    return found


def total_data(total: AccountTotal) -> dict[str, object]:
    """Return a total for programs."""
    return picked(total, "account", "name", "vat_code", "currency", "net", "vat", "gross")
