"""Totals by account and VAT code, for people and for programs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from dinero_sync.cli.reports.tables import amount, cut, picked, row, with_more
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.posting.insight.totals import AccountTotal
from dinero_sync.texts.screens.saying import tell

NAME = 32
"""Columns of an account's name."""
ACCOUNT = 40
"""Columns of an account with its VAT code."""
MONEY = 13
"""Columns of an amount: three of them and the account fit a terminal of 80 columns."""


def total_lines(totals: Sequence[AccountTotal], language: Language) -> Iterator[str]:
    """Write each total on a line, and what they add up to in each currency."""
    for each in totals:
        code = each.vat_code or tell("plan.no_code", language)
        vat = ""
        if each.vat:
            vat = tell("order.explain.vat_inside", language, vat=amount(each.vat, None, language))
        label = f"{cut(f'{each.account} {each.name}'.strip(), NAME):<{NAME}} {code}"
        yield from with_more(row(label, each.gross, each.currency, language), vat)
    for currency, chosen in _by_currency(totals).items():
        gross = sum((total.gross for total in chosen), Decimal(0))
        yield row(tell("order.explain.total", language), gross, currency, language)


def net_table(totals: Sequence[AccountTotal], language: Language) -> Iterator[str]:
    """Write a table with net, VAT and both, and what they add up to in each currency."""
    columns = [tell(f"plan.{name}", language) for name in ("net", "vat", "with_vat")]
    heading = "".join(f"{each:>{MONEY}}" for each in columns)
    yield f"{tell('plan.account_and_code', language):<{ACCOUNT}}{heading}"
    for total in totals:
        code = f" ({total.vat_code or tell('plan.none', language)})"
        name = cut(f"{total.account} {total.name}".strip(), ACCOUNT - len(code) - 1)
        yield _sum(f"{name}{code}", [total], language)
    for chosen in _by_currency(totals).values():
        yield _sum(tell("plan.in_all", language), chosen, language)


def _sum(label: str, totals: Sequence[AccountTotal], language: Language) -> str:
    net = sum((each.net for each in totals), Decimal(0))
    vat = sum((each.vat for each in totals), Decimal(0))
    columns = "".join(f"{amount(each, None, language):>{MONEY}}" for each in (net, vat, net + vat))
    currency = totals[0].currency
    return f"{label:<{ACCOUNT}}{columns}{'' if currency == KRONER else f' {currency}'}"


def _by_currency(totals: Sequence[AccountTotal]) -> dict[str, list[AccountTotal]]:
    found: dict[str, list[AccountTotal]] = {}
    for each in totals:
        found.setdefault(each.currency, []).append(each)
    return found


def total_data(total: AccountTotal) -> dict[str, object]:
    """Return a total for programs."""
    return picked(total, "account", "name", "vat_code", "currency", "net", "vat", "gross")
