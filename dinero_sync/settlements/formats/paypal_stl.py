"""PayPal, settlement report STL (CSV by SFTP): a day's movements, whose rows say what they are.

No whole real file was seen. One file is one day of the account: it is taken as a payout of what was
withdrawn that day, and what stayed is carried on. The sign of an amount is a column of its own.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Columns,
    Movement,
    MovementKind,
    Payout,
    SettlementFormat,
)
from dinero_sync.settlements.amounts import Days, currency_of, from_minor
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError, unknown_type, words
from dinero_sync.settlements.table import plain_title, records

ROWS = frozenset({"RH", "FH", "SH", "CH", "SB", "SF", "SC", "RF", "RC", "FF"})
HEADER, BODY, COUNT, END = "CH", "SB", "SC", "RF"
CODE = "transaction event code"
KINDS = {
    "T00": MovementKind.SALE,
    "T01": MovementKind.FEE,
    "T11": MovementKind.REFUND,
    "T12": MovementKind.OTHER,
    "T21": MovementKind.RESERVE,
}
"""By the group of the event code; what isn't here is refused."""
CHARGEBACKS = frozenset({"T1106", "T1201"})
WITHDRAWALS = "T04"
SIGNS = {"CR": 1, "DR": -1}


class _Row:
    """A body row, its fields by their titles."""

    def __init__(self, line: int, titles: list[str], fields: list[str]) -> None:
        if len(fields) != len(titles):
            raise RefusedFileError(
                "row_of_other_width", line=line, fields=len(fields), of=len(titles)
            )
        self.line = line
        self._fields = dict(zip(titles, fields, strict=True))

    def text(self, title: str) -> str:
        """Return a field; raises RefusedFileError where there is no such column."""
        if title not in self._fields:
            raise RefusedFileError("column_missing", columns=words([title]))
        return self._fields[title].strip()

    def amount(self, kind: str, unit: str) -> Decimal:
        """Return an amount with the sign of its column for credit or debit."""
        currency = currency_of(self.text(f"{kind} currency"), self.line)
        direction = {"gross transaction": "transaction debit or credit"}.get(
            kind, f"{kind} debit or credit"
        )
        sign = SIGNS.get(self.text(direction))
        minor = from_minor(self.text(f"{kind} amount"), currency)
        if sign is None or currency != unit or minor < 0:
            raise RefusedFileError("direction_unclear", line=self.line)
        return sign * minor


def _fits(file: File) -> bool:
    head = file.text[:80].lstrip('"')
    return head.startswith(("RH", "FH")) and head[2:4].strip('"')[:1] in {",", ""}


def _read(file: File, _: Columns) -> Found:
    """Read the day, a payout for each currency."""
    rows = _rows(file)
    currencies = {each.text("gross transaction currency") for each in rows}
    days = Days(day_first=False)
    return Found(by_day(_payout(rows, each, days) for each in sorted(currencies)))


def _rows(file: File) -> list[_Row]:
    titles: list[str] | None = None
    rows: list[_Row] = []
    in_section = 0
    is_ended = False
    for line, fields in records(file.text, ","):
        kind = fields[0].strip() if fields else ""
        if kind not in ROWS and any(fields):
            raise unknown_type(kind, "1")
        if kind == HEADER:
            titles, in_section = [plain_title(each) for each in fields], 0
        elif kind == BODY:
            if titles is None:
                raise RefusedFileError("table_missing", provider="PayPal")
            rows.append(_Row(line, titles, fields))
            in_section += 1
        elif kind == COUNT and fields[-1].strip() != str(in_section):
            raise RefusedFileError("cut_off")
        is_ended = is_ended or kind in {END, "RC", "FF"}
    if not is_ended:
        raise RefusedFileError("cut_off")
    return rows


def _payout(rows: list[_Row], currency: str, days: Days) -> Payout:
    own = [each for each in rows if each.text("gross transaction currency") == currency]
    paid = [each for each in own if each.text(CODE).startswith(WITHDRAWALS)]
    net = -sum((each.amount("gross transaction", currency) for each in paid), NOTHING)
    movements = list(_movements((each for each in own if each not in paid), currency, days))
    day = max(_day(each, days) for each in own)
    left = sum((each.amount + each.fee for each in movements), NOTHING) - net
    if left:
        kept = Movement(kind=MovementKind.CARRIED, amount=-left, currency=currency, day=day)
        movements.append(kept)
    name = f"{day:%Y%m%d}-{currency}"
    return proved(movements, id=name, day=day, currency=currency, net=net)


def _movements(rows: Iterator[_Row], currency: str, days: Days) -> Iterator[Movement]:
    for row in rows:
        code = row.text(CODE)
        kind = MovementKind.CHARGEBACK if code in CHARGEBACKS else KINDS.get(code[:3])
        if kind is None:
            raise unknown_type(code, CODE)
        amount = row.amount("gross transaction", currency)
        fee = row.amount("fee", currency) if row.text("fee amount") not in {"", "0"} else NOTHING
        if kind is MovementKind.SALE and amount < 0:
            raise RefusedFileError("direction_unclear", line=row.line)
        is_fee = kind is MovementKind.FEE
        yield Movement(
            kind=kind,
            reference=row.text("invoice id"),
            payment=row.text("paypal reference id") or row.text("transaction id"),
            amount=NOTHING if is_fee else amount,
            fee=amount + fee if is_fee else fee,
            currency=currency,
            day=_day(row, days),
        )


def _day(row: _Row, days: Days) -> date:
    title = "transaction completion date"
    return days.read(row.text(title), row.line, title)


READER = Reader(
    format=SettlementFormat.PAYPAL,
    report="Settlement report (STL)",
    is_proven=False,
    fits=_fits,
    read=_read,
)
