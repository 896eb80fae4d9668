"""Any other provider's table: the configuration says what stands in which column.

How amounts and days are written, and in which direction each amount moves money, is found out from
the whole file where it isn't stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Columns,
    Movement,
    MovementKind,
    SettlementFormat,
)
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.settlements.amounts import CODE, state_mark
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError, quoted, words
from dinero_sync.settlements.sheet import Line, Sheet, sheet_of
from dinero_sync.settlements.table import DELIMITERS, Table, having, titled

PAYOUT, IGNORED = "payout", "ignore"
KRONER = "DKK"
TAKEN = frozenset({MovementKind.REFUND, MovementKind.CHARGEBACK, MovementKind.FEE})
"""What a file without signs writes like a sale, though it takes money."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with its amounts as they are written."""

    line: int
    payout: str
    day: date
    kind: MovementKind | None
    """None for the payout itself."""
    reference: str
    amount: Decimal
    fee: Decimal
    vat: Decimal
    currency: str


def table_of(file: File, columns: Columns) -> Table | None:
    """Return the table that has all columns of a mapping."""
    if not columns.amount:
        return None
    delimiters = columns.delimiter or DELIMITERS
    return titled(file.text, having(*_titles(columns)), within=20, delimiters=delimiters)


def _titles(columns: Columns) -> list[str]:
    """Return the titles that a mapping names; its currency may be a code instead."""
    currency = "" if CODE.fullmatch(columns.currency) else columns.currency
    named = (
        *(columns.payout, columns.date, columns.type, columns.reference),
        *(columns.amount, columns.fee, columns.vat, currency),
    )
    return [each for each in named if each]


def _read(file: File, columns: Columns) -> Found:
    """Read the payouts; a row of a payout's own proves it, where there is one."""
    table = table_of(file, columns)
    if table is None:
        missing = [each for each in _titles(columns) if each not in file.text]
        raise RefusedFileError("column_missing", columns=words(missing or _titles(columns)))
    rows = _rows(_sheet(table, columns), columns)
    signed = _signed(rows)
    payouts: dict[str, list[_Read]] = {}
    for each in signed:
        payouts.setdefault(each.payout, []).append(each)
    inside = _vat_is_inside(payouts)
    nets = _told(payouts, inside)
    return Found(
        by_day(
            proved(
                (_movement(each, inside, bool(columns.vat)) for each in rows if each.kind),
                id=name,
                day=_day(rows),
                currency=rows[0].currency,
                net=nets.get(name),
            )
            for name, rows in payouts.items()
        )
    )


def _sheet(table: Table, columns: Columns) -> Sheet:
    amounts = tuple(each for each in (columns.amount, columns.fee, columns.vat) if each)
    sheet = sheet_of(
        table,
        needed=tuple(each for each in (columns.payout, columns.type, columns.reference) if each),
        wanted=(columns.currency,) if table.has(columns.currency) else (),
        amounts=amounts,
        days=(columns.date,),
        said=columns,
    )
    if not columns.decimal:
        mark = sheet.amounts.mark
        if not any(mark in line.text(each) for line in sheet.rows() for each in amounts):
            raise RefusedFileError("no_decimals", state_mark())
    return sheet


def _rows(sheet: Sheet, columns: Columns) -> list[_Read]:
    kinds = {word.casefold(): kind for kind, said in columns.types for word in said}
    rows = []
    for line in sheet.rows():
        kind = _kind(line, columns, kinds)
        if kind == IGNORED or not line.text(columns.payout):
            continue
        has_column = sheet.table.has(columns.currency)
        currency = line.currency(columns.currency) if has_column else columns.currency or KRONER
        rows.append(
            _Read(
                line=line.number,
                payout=line.text(columns.payout),
                day=line.day(columns.date),
                kind=None if kind == PAYOUT else _known(kind, line, columns.amount, currency),
                reference=line.text(columns.reference),
                amount=line.amount_if_any(columns.amount, currency),
                fee=line.amount_if_any(columns.fee, currency) if columns.fee else NOTHING,
                vat=line.amount_if_any(columns.vat, currency) if columns.vat else NOTHING,
                currency=currency,
            )
        )
    return rows


def _kind(line: Line, columns: Columns, kinds: Mapping[str, str]) -> str:
    """Return what a row is; empty where the file doesn't tell, and the sign of it has to."""
    if not columns.type:
        return ""
    word = line.text(columns.type)
    if word.casefold() not in kinds:
        steps = (
            sentence("settlement_name_type"),
            Yaml(f"      columns:\n        types:\n          sale: [{quoted(word)}]\n"),
        )
        raise RefusedFileError("unknown_type", steps, type=words([word])[0], column=columns.type)
    return kinds[word.casefold()]


def _known(kind: str, line: Line, column: str, currency: str) -> MovementKind:
    if kind:
        return MovementKind(kind)
    amount = line.amount_if_any(column, currency)
    if not amount:
        return MovementKind.FEE
    return MovementKind.SALE if amount > 0 else MovementKind.REFUND


def _signed(rows: list[_Read]) -> list[_Read]:
    """Give every amount the sign with which the shop sees it."""
    taken = {each.amount < 0 for each in rows if each.kind in TAKEN and each.amount}
    fees = {each.fee < 0 for each in rows if each.kind is MovementKind.SALE and each.fee}
    fees = fees or {each.fee < 0 for each in rows if each.fee}
    wrong = [each for each in rows if each.kind is MovementKind.SALE and each.amount < 0]
    if len(taken) > 1 or len(fees) > 1 or wrong:
        line = wrong[0].line if wrong else rows[0].line
        raise RefusedFileError("direction_unclear", line=line)
    bears_signs, cost = True not in {not each for each in taken}, 1 if True in fees else -1
    return [
        replace(
            each,
            amount=-each.amount if each.kind in TAKEN and not bears_signs else each.amount,
            fee=each.fee * cost,
            vat=abs(each.vat).copy_sign(each.fee * cost) if each.vat else NOTHING,
        )
        for each in rows
    ]


def _vat_is_inside(payouts: Mapping[str, list[_Read]]) -> bool:
    """Tell whether fees are given with their VAT: as the payouts come to what they are said to."""
    every = [each for rows in payouts.values() for each in rows]
    if not any(each.vat for each in every):
        return True
    proven = [
        inside
        for inside in (True, False)
        if _told(payouts, inside) == {name: _sum(rows, inside) for name, rows in payouts.items()}
    ]
    if len(proven) != 1:
        raise RefusedFileError("vat_unclear", (sentence("settlement_payout_rows"),))
    return proven[0]


def _sum(rows: list[_Read], inside: bool) -> Decimal:  # noqa: FBT001 - one of two readings
    return sum(
        (each.amount + each.fee + (NOTHING if inside else each.vat) for each in rows if each.kind),
        NOTHING,
    )


def _told(payouts: Mapping[str, list[_Read]], inside: bool) -> dict[str, Decimal]:  # noqa: FBT001 - as above
    """Return what the file says of each payout that has a row of its own.

    Files write what was paid out as money that left the account with the provider, as money that
    came to the bank, or without signs. Where all such rows have one sign, the movements tell the
    direction; where some have another, money was drawn from the bank, and one way adds up for all.
    """
    own = {name: [each.amount for each in rows if not each.kind] for name, rows in payouts.items()}
    told = {name: sum(amounts, NOTHING) for name, amounts in own.items() if amounts}
    moved = {name: _sum(payouts[name], inside) for name in told}
    if len({each < 0 for amounts in own.values() for each in amounts if each}) <= 1:
        return {name: abs(each).copy_sign(moved[name]) for name, each in told.items()}
    left = {name: -each for name, each in told.items()}
    return left if left == moved else told


def _day(rows: list[_Read]) -> date:
    """Return the day of the payout's own row; without one, the last day in it."""
    own = [each.day for each in rows if each.kind is None]
    return max(own or [each.day for each in rows])


def _movement(read: _Read, inside: bool, tells_vat: bool) -> Movement:  # noqa: FBT001 - as above
    assert read.kind is not None  # noqa: S101 - the payout's own row is none
    is_fee = read.kind is MovementKind.FEE
    fee = read.fee + (NOTHING if inside else read.vat)
    return Movement(
        kind=read.kind,
        reference=read.reference,
        amount=NOTHING if is_fee else read.amount,
        fee=fee + read.amount if is_fee else fee,
        vat=read.vat if tells_vat else None,
        currency=read.currency,
        day=read.day,
    )


READER = Reader(
    format=SettlementFormat.COLUMNS,
    report="columns",
    is_proven=True,
    fits=lambda _: False,
    read=_read,
)
"""Its files are told by their names or their columns, both of which the configuration has."""
