"""Whatever a file holds and however it is written: it is read right, or refused whole."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from any_files import (
    COLUMNS,
    TELL_THE_NET,
    WRITERS,
    Moved,
    Style,
    columns,
    drawn,
    movements,
    net_of,
    styles,
)
from hypothesis import given
from hypothesis import strategies as st
from settlement_files import read_text

from dinero_sync.domain.papers.payout import Columns, Payout, Settlement
from dinero_sync.settlements.refusal import RefusedFileError

pytestmark = pytest.mark.hypothesis
orders = st.integers(0, 99)


def read_or_refused(data: bytes, format_: str) -> Settlement | None:
    """Return what is read; None where it is refused, for a reason of ours."""
    columns = COLUMNS if format_ == "columns" else Columns()
    with TemporaryDirectory() as folder:
        try:
            return read_text(Path(folder), data, format_, columns=columns)
        except RefusedFileError:
            return None


def amounts(payout: Payout) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return payout.gross, payout.refunds, payout.fees, payout.net


def expected(moved: list[Moved]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    nothing = Decimal(0)
    gross = sum((each.amount for each in moved if each.kind == "sale"), nothing)
    refunds = sum((each.amount for each in moved if each.kind == "refund"), nothing)
    fees = sum((each.fee for each in moved), nothing)
    return gross, refunds, fees, gross + refunds + fees


@pytest.mark.parametrize("format_", WRITERS)
@given(moved=movements, style=styles, order=orders)
def test_it_is_read_to_the_oere_in_any_style(
    format_: str, moved: list[Moved], style: Style, order: int
) -> None:
    found = read_or_refused(style.file(WRITERS[format_](moved, style, order)), format_)

    assert found is not None
    assert [amounts(each) for each in found.payouts] == [expected(moved)]


@given(paid=movements, taken=drawn, style=styles, order=orders, sign=st.sampled_from([1, -1, 0]))
def test_what_was_drawn_from_the_bank_is_negative_whatever_signs_payouts_bear(
    paid: list[Moved], taken: list[Moved], style: Style, order: int, sign: int
) -> None:
    whole = columns(paid, style, order)[:1]
    for payout, moved in (("U-1", paid), ("U-2", taken)):
        *rows, own = columns(moved, style, order)[1:]
        net = net_of(moved)
        own[4] = style.amount(net * sign or abs(net))
        whole += [[payout, *row[1:]] for row in (*rows, own)]

    found = read_or_refused(style.file(whole), "columns")

    assert found is not None
    assert [amounts(each) for each in found.payouts] == [expected(paid), expected(taken)]


@pytest.mark.parametrize("format_", WRITERS)
@given(moved=movements, style=styles, order=orders, share=st.floats(0, 1))
def test_a_cut_file_is_refused_or_says_that_its_net_is_not_told(
    format_: str, moved: list[Moved], style: Style, order: int, share: float
) -> None:
    data = style.file(WRITERS[format_](moved, style, order))

    found = read_or_refused(data[: int(len(data) * share)], format_)

    for payout in found.payouts if found else ():
        whole = amounts(payout) == expected(moved)
        assert whole or (format_ in {"stripe", "columns"} and not payout.net_is_told)


@pytest.mark.parametrize("format_", sorted(TELL_THE_NET))
@given(
    moved=movements,
    style=styles,
    order=orders,
    at=st.integers(0, 20),
    times=st.sampled_from([0, 2]),
)
def test_a_row_that_lacks_or_stands_twice_never_changes_a_payout(  # noqa: PLR0913, PLR0917 - what is drawn
    format_: str, moved: list[Moved], style: Style, order: int, at: int, times: int
) -> None:
    rows = WRITERS[format_](moved, style, order)
    at %= len(rows)

    found = read_or_refused(style.file([*rows[:at], *[rows[at]] * times, *rows[at + 1 :]]), format_)

    assert not found or {amounts(each) for each in found.payouts} <= {expected(moved)}


@pytest.mark.parametrize("format_", WRITERS)
@given(moved=movements, style=styles, order=orders, data=st.data())
def test_any_sign_changed_never_breaks_the_reader(
    format_: str, moved: list[Moved], style: Style, order: int, data: st.DataObject
) -> None:
    whole = bytearray(style.file(WRITERS[format_](moved, style, order)))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    found = read_or_refused(bytes(whole), format_)

    for payout in found.payouts if found else ():
        parts = (payout.gross, payout.refunds, payout.chargebacks, payout.fees, payout.other)
        assert sum(parts, Decimal(0)) == payout.net


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused(data: bytes) -> None:
    for format_ in WRITERS:
        assert read_or_refused(data, format_) is None
