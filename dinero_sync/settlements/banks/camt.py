"""Account statements by ISO 20022, camt.053 (XML), as any bank hands them out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from dinero_sync.domain.papers.payout import NOTHING, BankLine
from dinero_sync.settlements.file import File
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.statements import BankReader

STATEMENT = "{*}BkToCstmrStmt/{*}Stmt"
BOOKED = "BOOK"
DIRECTIONS = {"CRDT": 1, "DBIT": -1}
OPENING, CLOSING = "OPBD", "CLBD"


def _fits(file: File) -> bool:
    return file.xml is not None and file.xml.find(STATEMENT) is not None


def _read(file: File) -> tuple[BankLine, ...]:
    """Read what is booked; opening and closing balance, where both are there, prove it."""
    assert file.xml is not None  # noqa: S101 - it fits
    return tuple(line for each in file.xml.iterfind(STATEMENT) for line in _statement(each))


def _statement(statement: Element) -> list[BankLine]:
    lines = [_line(each) for each in statement.iterfind("{*}Ntry") if _is_booked(each)]
    balances = dict(_balances(statement))
    if OPENING in balances and CLOSING in balances:
        moved = sum((each.amount for each in lines), NOTHING)
        if balances[OPENING] + moved != balances[CLOSING]:
            raise RefusedFileError("balance_broken")
    return lines


def _is_booked(entry: Element) -> bool:
    """Tell whether an entry is booked; later versions of the standard put the code a level down."""
    return BOOKED in {_text(entry, "{*}Sts"), _text(entry, "{*}Sts/{*}Cd")}


def _balances(statement: Element) -> Iterator[tuple[str, Decimal]]:
    for each in statement.iterfind("{*}Bal"):
        yield _text(each, "{*}Tp/{*}CdOrPrtry/{*}Cd"), _amount(each)


def _line(entry: Element) -> BankLine:
    """Read an entry; one of several transactions is one amount, which theirs may not come to."""
    said = [each.text or "" for each in entry.iterfind(".//{*}RmtInf/{*}Ustrd")]
    texts = [*said, _text(entry, "{*}AddtlNtryInf")]
    day = _text(entry, "{*}BookgDt/{*}Dt") or _text(entry, "{*}BookgDt/{*}DtTm")[:10]
    try:
        booked = date.fromisoformat(day)
    except ValueError:
        raise RefusedFileError("day_unclear_in_entry") from None
    text = " ".join(each.strip() for each in texts if each.strip())
    return BankLine(day=booked, amount=_amount(entry), text=text)


def _amount(holder: Element) -> Decimal:
    """Return an amount, which bears no sign, with that of its direction."""
    direction = DIRECTIONS.get(_text(holder, "{*}CdtDbtInd"))
    try:
        amount = Decimal(_text(holder, "{*}Amt"))
    except InvalidOperation:
        amount = Decimal(-1)
    if direction is None or not amount.is_finite() or amount < 0:
        raise RefusedFileError("entry_unclear")
    return direction * amount


def _text(holder: Element, path: str) -> str:
    return (holder.findtext(path) or "").strip()


READER = BankReader(name="camt.053", fits=_fits, read=_read)
