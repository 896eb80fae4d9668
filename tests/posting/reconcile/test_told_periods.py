"""What came of a period is told to people in both languages, and to programs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_up_books import a_year

from dinero_sync.cli.reports.money.reconcile import SHOWN, as_data, as_lines
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import Language
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Gap, Kind, Reconciled

DAY = date(2026, 2, 3)


def differing(*differences: Difference, gaps: tuple[Gap, ...] = ()) -> Reconciled:
    return replace(a_year().proved(), differences=differences, gaps=gaps)


def a_difference(cause: Cause, kind: Kind = Kind.INVOICE) -> Difference:
    return Difference(
        order_id=None if kind in {Kind.ACCOUNT, Kind.VOUCHER, Kind.PAYOUT} else 501,
        document="9501",
        kind=kind,
        amount=Decimal("-12.50"),
        cause=cause,
        day=DAY,
        account=1000,
        other_account=1050,
        document_number=100,
    )


def as_text(report: Reconciled, language: Language) -> str:
    return "\n".join(map(text_of, as_lines(report, language)))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told_with_what_to_do(cause: Cause, language: Language) -> None:
    kind = Kind.ACCOUNT if cause.startswith("account") else Kind.INVOICE

    verdict, *lines = as_text(differing(a_difference(cause, kind)), language).splitlines()[1:]

    assert "1" in verdict
    assert lines[2].startswith("  ")
    assert "12.50" in lines[2] or "12,50" in lines[2]
    assert all(each.startswith("    ") for each in lines[3:5])


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (Kind.PAYMENT, "ordre #9501, betaling, 3.2.2026: -12,50"),
        (Kind.PAYOUT, "udbetaling “9501”, 3.2.2026: -12,50"),
        (Kind.VOUCHER, "bilag “9501”, 3.2.2026: -12,50"),
        (Kind.ACCOUNT, "konto 9501: -12,50"),
    ],
)
def test_each_is_told_by_what_people_find_it_by(kind: Kind, heading: str) -> None:
    assert heading in as_text(differing(a_difference(Cause.EDITED, kind)), Language.DANISH)


def test_a_long_list_is_cut_for_people_and_whole_for_programs() -> None:
    found = differing(*[a_difference(Cause.MISSING)] * (SHOWN + 3))

    assert "  … and 3 more" in as_text(found, Language.ENGLISH).splitlines()
    assert len(as_data(found)["differences"]) == SHOWN + 3  # type: ignore[arg-type] # a list


def test_gaps_are_told_with_what_explains_them() -> None:
    gaps = (
        Gap(first=101, last=101, day=DAY, order="9502"),
        Gap(first=103, last=103, day=DAY),
        Gap(first=105, last=109),
    )

    text = as_text(differing(gaps=gaps), Language.ENGLISH)

    assert text.splitlines()[1].startswith("Differences: 1.")
    assert "  101: order #9502, dated 2026-02-03" in text
    assert "  103: a document dated 2026-02-03" in text
    assert "  105–109: no document." in text


def test_currencies_are_told_where_there_are_several_and_never_added() -> None:
    text = as_text(a_year().proved(), Language.ENGLISH)

    assert "By currency" in text
    assert "112.37 EUR" in text


def test_a_sum_that_is_off_says_how_far() -> None:
    books = a_year()
    books.listed = [
        replace(each, total=each.total + 10, kroner=each.kroner + 10)
        if each.number == 104
        else each
        for each in books.listed
    ]

    assert "+10.00" in as_text(books.proved(), Language.ENGLISH)


def test_orders_without_a_payment_type_have_a_row_of_their_own() -> None:
    books = a_year()
    books.documents = [replace(each, payment_type="") for each in books.documents]

    assert "without payment type" in as_text(books.proved(), Language.ENGLISH)
