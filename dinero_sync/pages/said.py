"""What came of a period, sentence by sentence: the same on a page as at a terminal."""

from dinero_sync.domain.step import Facts, Language
from dinero_sync.posting.reconcile.documents import BillClass, OrderClass
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Gap, Kind, Reconciled
from dinero_sync.texts.screens.saying import tell

CAUSES_OF_BILLS = frozenset({Cause.DOUBLED})
STEPS_OF_BILLS = CAUSES_OF_BILLS | {
    Cause.MISSING,
    Cause.REVERSED,
    Cause.EDITED,
    Cause.OTHER_ACCOUNT,
    Cause.ROUNDING,
    Cause.RATE,
}
"""Causes of which something else is said, and to be done, of bills."""
UNBOOKED = (OrderClass.WAITING, OrderClass.HELD, OrderClass.IN_DOUBT)
UNBOOKED_BILLS = (BillClass.DRAFT, BillClass.WAITING, BillClass.HELD, BillClass.IN_DOUBT)


def verdict(report: Reconciled, language: Language) -> str:
    """Say whether everything adds up, or what is booked, or how many differences there are."""
    if report.is_proved:
        orders = sum(report.sums.classes[each].orders for each in UNBOOKED)
        bills = sum(report.sums.bills[each].orders for each in UNBOOKED_BILLS)
        code = "proved_as_far" if orders or bills else "proved"
        return tell(f"money.reconcile.{code}", language, orders=orders, bills=bills)
    unexplained = sum(1 for each in report.gaps if each.day is None)
    facts: Facts = {"count": len(report.differences) + unexplained, "amount": report.difference}
    return tell("money.reconcile.differs", language, **facts)


def difference(
    found: Difference, language: Language, *, in_table: bool = False
) -> tuple[str, str, str]:
    """Say what differs, why, and what to do; by how much, and when, unless a table does."""
    facts = _facts(found)
    heading = f"page.{_heading(found)}" if in_table else _heading(found)
    codes = (heading, _of_kind(found, ""), _of_kind(found, "step."))
    what, why, told = (tell(f"money.reconcile.{code}", language, **facts) for code in codes)
    return what, why, told


def step(found: Difference, language: Language = Language.ENGLISH) -> str:
    """Say what to do about what differs."""
    code = _of_kind(found, "step.")
    return tell(f"money.reconcile.{code}", language, **_facts(found))


def _of_kind(found: Difference, what: str) -> str:
    """Return the code of a cause, or of its step; some say something of their own of bills."""
    is_bill = found.kind in {Kind.BILL, Kind.BILL_PAYMENT}
    of_bills = STEPS_OF_BILLS if what else CAUSES_OF_BILLS
    return f"{what}{'of_bill.' if is_bill and found.cause in of_bills else ''}{found.cause}"


def gap(found: Gap, language: Language) -> str:
    """Say which numbers are missing, and what has them."""
    numbers = str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
    code = "gap" if found.day is None else "gap_of_order" if found.order else "gap_dated"
    facts: Facts = {"numbers": numbers, "order": found.order, "day": found.day or ""}
    return tell(f"money.reconcile.{code}", language, **facts)


def _heading(found: Difference) -> str:
    if found.kind is Kind.ACCOUNT:
        return "of_account"
    return "of_other" if found.order_id is None else "of_order"


def _facts(found: Difference) -> Facts:
    then, now = found.vat_codes
    return {
        "number": found.document,
        "name": found.document,
        "kind": tell(f"money.reconcile.kind.{found.kind}", Language.ENGLISH),
        "day": found.day or "",
        "amount": found.amount,
        "account": found.account or 0,
        "other_account": found.other_account or 0,
        "voucher": found.document_number or 0,
        "then": then or "–",
        "now": now or "–",
    }
