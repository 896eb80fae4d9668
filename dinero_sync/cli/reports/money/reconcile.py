"""What came of proving a period, for people and for programs."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from dinero_sync.cli.reports.tables import amount, row
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.step import Facts, Language
from dinero_sync.pages import said
from dinero_sync.posting.reconcile.outcome import Both, Difference, Gap, Reconciled
from dinero_sync.texts.screens.saying import tell

SHOWN = 100
"""How many rows of a list are printed for people; programs get all."""
Name = TypeVar("Name", str, int)


def as_data(report: Reconciled) -> dict[str, object]:
    """Return the report for programs."""
    sums = report.sums
    return {
        "from": report.first,
        "to": report.last,
        "classes": {
            str(name): {"orders": each.orders, "total": round_to_ore(each.total)}
            for name, each in sums.classes.items()
        },
        "shop": {"orders": report.orders, "total": round_to_ore(report.shop_total)},
        "dinero": {
            "invoices": sums.invoices,
            "credit_notes": sums.credit_notes,
            "total": round_to_ore(sums.documents.found),
        },
        "difference": round_to_ore(report.difference),
        "by_currency": _sides(sums.by_currency),
        "by_account": _all_sides(sums.by_account),
        "by_vat_code": _all_sides(sums.by_vat_code),
        "by_payment_type": _sides(sums.by_payment_type),
        "vat_return": _all_sides(sums.boxes),
        "purchases": {
            "classes": {
                str(name): {"bills": each.orders, "total": round_to_ore(each.total)}
                for name, each in sums.bills.items()
            },
            "total": _both(sums.purchases),
            "by_vat_code": _all_sides(sums.by_purchase_code),
        },
        "differences": [_difference(each) for each in report.differences],
        "number_gaps": [_gap(each) for each in report.gaps],
    }


def _sides(sums: Mapping[str, Both]) -> dict[str, dict[str, Decimal]]:
    return {name: _both(each) for name, each in sorted(sums.items())}


def _all_sides(sums: Mapping[Name, Both]) -> dict[str, dict[str, Decimal]]:
    """Return what is ours on both sides, and what others posted beside it."""
    return {
        str(name): {**_both(each), "others": round_to_ore(each.others)}
        for name, each in _used(sums)
    }


def _both(each: Both) -> dict[str, Decimal]:
    return {
        "ours": round_to_ore(each.ours),
        "dinero": round_to_ore(each.found),
        "difference": round_to_ore(each.difference),
    }


def _used(sums: Mapping[Name, Both]) -> Iterator[tuple[Name, Both]]:
    """Yield what documents of ours are on; Dinero's books have much besides."""
    return ((name, each) for name, each in sorted(sums.items()) if each.ours or each.found)


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "order": difference.order_id,
        "document": difference.document,
        "kind": difference.kind,
        "amount": round_to_ore(difference.amount),
        "cause": difference.cause,
        "next_step": said.step(difference),
        "date": difference.day,
        "number": difference.document_number,
        "account": difference.account,
        "other_account": difference.other_account,
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {"first": gap.first, "last": gap.last, "date": gap.day, "order": gap.order or None}


def as_lines(report: Reconciled, language: Language) -> Iterator[str | Line]:
    """Write the report for who keeps the books: the verdict first, then what it rests on."""
    yield tell("money.reconcile.period", language, first=report.first, last=report.last)
    yield Line(said.verdict(report, language), Tone.DONE if report.is_proved else Tone.HELD)
    yield from _differences(report, language)
    yield from _gaps(report, language)
    yield from _classes(report, language)
    yield from _documents(report, language)
    sums = report.sums
    yield from _table("by_payment_type", sums.by_payment_type, language)
    yield from _table("by_account", dict(_used(sums.by_account)), language)
    yield from _table("by_vat_code", dict(_used(sums.by_vat_code)), language)
    yield from _bills(report, language)
    yield from _table("by_purchase_code", dict(_used(sums.by_purchase_code)), language)
    yield from _table("vat_return", dict(_used(sums.boxes)), language, told=True)


def _heading(code: str, facts: Facts, language: Language) -> Line:
    return Line(tell(f"money.reconcile.{code}", language, **facts), Tone.HEADING)


def _differences(report: Reconciled, language: Language) -> Iterator[str | Line]:
    if not report.differences:
        return
    yield ""
    yield _heading("differences", {"count": len(report.differences)}, language)
    for each in report.differences[:SHOWN]:
        what, why, step = said.difference(each, language)
        yield from wrapped(what, 2)
        yield from wrapped(why, 4)
        yield from wrapped(step, 4)
    if len(report.differences) > SHOWN:
        left_out = len(report.differences) - SHOWN
        yield "  " + tell("money.clearing.more", language, count=left_out)


def _gaps(report: Reconciled, language: Language) -> Iterator[str | Line]:
    if report.gaps:
        yield ""
        yield _heading("gaps", {}, language)
    for each in report.gaps[:SHOWN]:
        yield from wrapped(said.gap(each, language), 2)


def _classes(report: Reconciled, language: Language) -> Iterator[str | Line]:
    yield ""
    yield _heading("classes", {"count": report.orders}, language)
    for name, each in report.sums.classes.items():
        if each.orders:
            label = tell(f"money.reconcile.{name}", language, count=each.orders)
            yield row(label, round_to_ore(each.total), KRONER, language)
    yield row(tell("money.reconcile.together", language), report.shop_total, KRONER, language)


def _documents(report: Reconciled, language: Language) -> Iterator[str | Line]:
    sums = report.sums
    yield ""
    yield _heading("documents", {}, language)
    facts: Facts = {"count": sums.invoices, "notes": sums.credit_notes}
    yield "  " + tell("money.reconcile.invoices", language, **facts)
    yield from _sides_told(sums.documents, language)
    if len(sums.by_currency) > 1:
        yield ""
        yield _heading("by_currency", {}, language)
        for currency, each in sorted(sums.by_currency.items()):
            yield row(currency, round_to_ore(each.found), currency, language) + _off(each, language)


def _bills(report: Reconciled, language: Language) -> Iterator[str | Line]:
    sums = report.sums
    present = {name: each for name, each in sums.bills.items() if each.orders}
    if not present:
        return
    yield ""
    yield _heading("bills", {"count": sum(each.orders for each in present.values())}, language)
    for name, each in present.items():
        label = tell(f"money.reconcile.bill.{name}", language, count=each.orders)
        yield row(label, round_to_ore(each.total), KRONER, language)
    yield ""
    yield _heading("purchases", {}, language)
    yield from _sides_told(sums.purchases, language)


def _sides_told(both: Both, language: Language) -> Iterator[str]:
    told = {"should_be": both.ours, "dinero_has": both.found, "difference": both.difference}
    for code, value in told.items():
        yield row(tell(f"money.reconcile.{code}", language), round_to_ore(value), KRONER, language)


def _table(
    title: str, sums: Mapping[Name, Both], language: Language, *, told: bool = False
) -> Iterator[str | Line]:
    """Yield what Dinero has of ours by one thing, and how far that is off."""
    if not sums:
        return
    yield ""
    yield _heading(title, {}, language)
    for name, each in sorted(sums.items()):
        label = tell(f"money.reconcile.{name}", language) if told else str(name)
        if not label:
            label = tell("money.reconcile.no_payment_type", language)
        yield row(label, round_to_ore(each.found), KRONER, language) + _off(each, language)
        if told and each.others:
            others = tell("money.reconcile.others", language)
            yield row(f"  {others}", round_to_ore(each.others), KRONER, language)


def _off(both: Both, language: Language) -> str:
    """Tell how far an amount is from what it should be; nothing where it isn't."""
    off = both.difference
    return f"   {'+' if off > 0 else ''}{amount(off, None, language)}" if off else ""
