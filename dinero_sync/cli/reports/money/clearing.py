"""Clearing accounts and what makes up their balances, for people and for programs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from dinero_sync.cli.reports.tables import row
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.chart import Entry
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.papers.period import Compared
from dinero_sync.domain.step import Facts, Language
from dinero_sync.posting.clearing.ours import Difference
from dinero_sync.posting.clearing.statement import Kept, Open, Statement
from dinero_sync.sync.insight.clearing import Clearing
from dinero_sync.texts.screens.saying import tell

SHOWN = 20
"""How many rows of a list are printed for people; programs get all."""
ALWAYS = ("opening", "closing", "in_dinero", "difference")


def differs(report: Clearing) -> bool:
    """Tell whether an account holds something else than it should, or one of ours is altered."""
    return any(each.difference or each.differences for each in report.statements)


def as_data(report: Clearing) -> dict[str, object]:
    """Return the report for programs."""
    return {
        "from": report.first,
        "to": report.last,
        "accounts": [
            _account(each, _of_account(report, each), report.last) for each in report.statements
        ],
    }


def _of_account(report: Clearing, statement: Statement) -> list[Compared]:
    number = statement.account.number
    return [each for each in report.periods if each.period.account == number]


def _account(statement: Statement, periods: Iterable[Compared], last: date) -> dict[str, object]:
    return {
        "account": statement.account.number,
        "payment_types": list(statement.account.payment_types),
        **{name: round_to_ore(amount) for name, amount in _sums(statement)},
        "open": [
            {
                "order": each.order_id,
                "amount": round_to_ore(each.amount),
                "since": each.since,
                "days": (last - each.since).days,
            }
            for each in statement.open
        ],
        "kept": [
            {
                "payout": each.name,
                "amount": round_to_ore(each.amount),
                "since": each.since,
                "days": (last - each.since).days,
            }
            for each in statement.kept
        ],
        "unexplained": [
            {
                "date": each.day,
                "voucher": each.voucher_number,
                "amount": round_to_ore(each.amount),
                "text": each.description,
            }
            for each in statement.unexplained
        ],
        "differences": [_difference(each) for each in statement.differences],
        "periods": [period_data(each) for each in periods],
    }


def period_data(compared: Compared) -> dict[str, object]:
    """Return how a payout whose file names no orders compares by its period, for programs."""
    period = compared.period
    return {
        "payout": period.payout,
        "from": period.first,
        "to": period.last,
        "sales": round_to_ore(period.sales),
        "refunds": round_to_ore(period.refunds),
        "registered_sales": round_to_ore(compared.sales),
        "registered_refunds": round_to_ore(compared.refunds),
        "difference": round_to_ore(compared.difference),
        "equal": compared.is_equal,
    }


def period_text(compared: Compared, language: Language) -> str:
    """Say how such a payout compares."""
    period = compared.period
    facts: Facts = {
        "payout": period.payout,
        "first": period.first,
        "last": period.last,
        "sales": period.sales,
        "refunds": period.refunds,
        "own_sales": compared.sales,
        "own_refunds": compared.refunds,
        "difference": compared.difference,
    }
    code = "period_equal" if compared.is_equal else "period_differs"
    return tell(f"money.clearing.{code}", language, **facts)


def _difference(difference: Difference) -> dict[str, object]:
    ours = difference.ours
    return {
        "order": ours.order_id,
        "document": ours.name,
        "date": ours.day,
        "should_be": round_to_ore(ours.amount),
        "found": round_to_ore(difference.found),
        "amount": round_to_ore(difference.amount),
        "cause": difference.cause,
        "other_account": difference.other_account,
    }


def _sums(statement: Statement) -> Iterator[tuple[str, Decimal]]:
    yield "opening", statement.opening
    for column, amount in statement.columns.items():
        yield str(column), amount
    yield "other", statement.other
    yield "closing", statement.closing
    yield "in_dinero", statement.in_dinero
    yield "difference", statement.difference


def as_lines(report: Clearing, language: Language) -> Iterator[str | Line]:
    """Write the report for who keeps the books."""
    yield tell("money.clearing.period", language, first=report.first, last=report.last)
    for statement in report.statements:
        yield ""
        yield Line(_heading(statement, language), Tone.HEADING)
        for name, amount in _sums(statement):
            if amount or name in ALWAYS:
                yield row(
                    tell(f"money.clearing.{name}", language), round_to_ore(amount), KRONER, language
                )
        yield from _differences(statement.differences, language)
        yield from _unexplained(statement.unexplained, language)
        yield from _open(statement.open, report.last, language)
        yield from _kept(statement.kept, report.last, language)
        for each in _of_account(report, statement):
            yield from wrapped(period_text(each, language), 2)
    if not differs(report):
        yield ""
        yield Line(tell("money.clearing.fine", language), Tone.DONE)


def _heading(statement: Statement, language: Language) -> str:
    account = statement.account
    code = "account_of" if account.payment_types else "account"
    facts: Facts = {"number": account.number, "names": account.payment_types}
    return tell(f"money.clearing.{code}", language, **facts)


def _differences(differences: Sequence[Difference], language: Language) -> Iterator[str]:
    if differences:
        yield "  " + tell("money.clearing.differences", language, count=len(differences))
    for each in differences[:SHOWN]:
        ours = each.ours
        facts: Facts = {
            "name": ours.name,
            "day": ours.day,
            "amount": ours.amount,
            "found": each.found,
        }
        code = "of_other" if ours.order_id is None else "of_order"
        yield from wrapped(tell(f"money.clearing.{code}", language, **facts), 4)
        why = {"other_account": each.other_account or 0}
        yield from wrapped(tell(f"money.clearing.{each.cause}", language, **why), 6)
    yield from _more(differences, language)


def _unexplained(entries: Sequence[Entry], language: Language) -> Iterator[str]:
    if entries:
        yield "  " + tell("money.clearing.unexplained", language, count=len(entries))
    for each in entries[:SHOWN]:
        facts: Facts = {
            "day": each.day,
            "voucher": each.voucher_number or "-",
            "text": each.description,
        }
        yield "  " + row(
            tell("money.clearing.entry", language, **facts), each.amount, KRONER, language
        )
    yield from _more(entries, language)


def _open(orders: Sequence[Open], last: date, language: Language) -> Iterator[str]:
    if not orders:
        yield "  " + tell("money.clearing.nothing_open", language)
        return
    yield "  " + tell("money.clearing.open", language, count=len(orders))
    for each in orders[:SHOWN]:
        facts: Facts = {
            "number": each.number,
            "since": each.since,
            "count": (last - each.since).days,
        }
        yield "  " + row(
            tell("money.clearing.open_order", language, **facts), each.amount, KRONER, language
        )
    yield from _more(orders, language)


def _kept(payouts: Sequence[Kept], last: date, language: Language) -> Iterator[str]:
    if payouts:
        yield "  " + tell("money.clearing.kept", language, count=len(payouts))
    for each in payouts[:SHOWN]:
        facts: Facts = {
            "payout": each.name,
            "since": each.since,
            "count": (last - each.since).days,
        }
        told = tell("money.clearing.kept_of", language, **facts)
        yield "  " + row(told, each.amount, KRONER, language)
    yield from _more(payouts, language)


def _more(rows: Sequence[object], language: Language) -> Iterator[str]:
    if len(rows) > SHOWN:
        yield "    " + tell("money.clearing.more", language, count=len(rows) - SHOWN)
