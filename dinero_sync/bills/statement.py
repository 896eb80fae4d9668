"""What a document says of a bill, and whether that is a bill: whole, and adding up."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE, is_whole_ore
from dinero_sync.domain.papers.bill import Bill, BillKind, RateAmount
from dinero_sync.domain.step import Pasted, Sentence, Steps, Yaml, sentence

YAML_ENDING = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was read of a document so far; None and empty for what was not."""

    kind: BillKind = BillKind.INVOICE
    supplier: str | None = None
    vat_number: str | None = None
    number: str | None = None
    date: dt.date | None = None
    due: dt.date | None = None
    currency: str | None = None
    amounts: tuple[RateAmount, ...] = ()
    """As the document signs them; a rate may stand several times."""
    total: Decimal | None = None
    """With VAT."""
    vat: Decimal | None = None
    """All the VAT, where the document states it besides that of each rate."""
    kroner_paid: Decimal | None = None
    """In kroner, where a person wrote it."""
    lines: int = 1
    """On how many lines the VAT may have been rounded; one where nobody says."""


def bill_of(said: Statement, file: str) -> Bill:
    """Return the bill that a document states.

    Raises HeldError where something isn't there, or where the amounts don't add up: net and VAT of
    the rates must make the total to the øre, and each rate's VAT its share of the net within an øre
    a line.
    """
    supplier, number, day, currency = said.supplier, said.number, said.date, said.currency
    complete = said.amounts and said.total is not None
    if supplier is None or number is None or day is None or currency is None or not complete:
        raise _missing(said, file)
    bill = Bill(
        kind=said.kind,
        supplier=supplier,
        vat_number=said.vat_number,
        number=number,
        date=day,
        due=said.due,
        currency=currency,
        amounts=tuple(_by_rate(said)),
        kroner_paid=said.kroner_paid,
    )
    _refuse_what_does_not_add_up(bill, said, file)
    return bill


def steps_beside(said: Statement, file: str) -> Steps:
    """Say how a person states the bill: YAML beside the file, with what was read in its place."""
    beside = file.rpartition(".")[0] + YAML_ENDING
    return (
        sentence("write_bill_beside", yaml=beside),
        Yaml(*_yaml(said)),
        sentence("bill_by_hand"),
    )


def _by_rate(said: Statement) -> Iterator[RateAmount]:
    """Yield one amount for each rate, highest first; those of a credit note positive."""
    signed = said.kind is BillKind.CREDIT_NOTE and _is_negative(said)
    sign = Decimal(-1) if signed else Decimal(1)
    for rate in sorted({each.rate for each in said.amounts}, reverse=True):
        of_rate = [each for each in said.amounts if each.rate == rate]
        net = sign * sum((each.net for each in of_rate), Decimal(0))
        vat = sign * sum((each.vat for each in of_rate), Decimal(0))
        if net or vat or len(said.amounts) == len(of_rate):
            yield RateAmount(rate=rate, net=net, vat=vat)


def _is_negative(said: Statement) -> bool:
    """Tell whether a credit note is written with its amounts below zero."""
    return said.total is not None and said.total < 0


def _refuse_what_does_not_add_up(bill: Bill, said: Statement, file: str) -> None:
    for each in bill.amounts:
        if not (is_whole_ore(each.net) and is_whole_ore(each.vat)):
            raise _wrong("fractions", said, file, net=each.net, vat=each.vat)
    stated = abs(said.total or Decimal(0)) if bill.kind is BillKind.CREDIT_NOTE else said.total
    if bill.total != stated:
        raise _wrong(
            "total", said, file, net=bill.net, vat=bill.vat, total=said.total or Decimal(0)
        )
    if said.vat is not None and abs(said.vat) != abs(bill.vat):
        raise _wrong("vat", said, file, vat=bill.vat, stated=said.vat)
    if bill.total <= 0 or any(each.net < 0 or each.vat < 0 for each in bill.amounts):
        raise _wrong("negative", said, file, total=bill.total)
    for each in bill.amounts:
        if abs(each.net * each.rate / 100 - each.vat) > ORE * max(said.lines, 1):
            raise _wrong("rate", said, file, rate=each.rate, net=each.net, vat=each.vat)


def _wrong(text: str, said: Statement, file: str, **facts: Decimal) -> HeldError:
    return HeldError(
        HoldReason.BILL_DOES_NOT_ADD_UP,
        text,
        steps_beside(said, file),
        file=file,
        currency=said.currency or "",
        **facts,
    )


def _missing(said: Statement, file: str) -> HeldError:
    absent: Iterable[tuple[object, Sentence]] = (
        (said.supplier, sentence("bill_supplier")),
        (said.number, sentence("bill_number")),
        (said.date, sentence("bill_date")),
        (said.currency, sentence("bill_currency")),
        (said.amounts, sentence("bill_amounts")),
        (said.total, sentence("bill_total")),
    )
    missing = tuple(words for value, words in absent if value is None or value == ())
    read = tuple(what_was_read(said)) or (sentence("bill_says_nothing"),)
    steps = steps_beside(said, file)
    return HeldError(
        HoldReason.BILL_UNREADABLE, "missing", steps, file=file, missing=missing, read=read
    )


def what_was_read(said: Statement) -> Iterator[Sentence]:
    """Say, one by one, what is known of a bill; not whose it is, which may be a person's name."""
    if said.number is not None:
        yield sentence("bill_says_number", number=said.number)
    if said.date is not None:
        yield sentence("bill_says_date", day=said.date)
    if said.due is not None:
        yield sentence("bill_says_due", day=said.due)
    for each in said.amounts:
        yield sentence("bill_says_amount", rate=each.rate, net=each.net, vat=each.vat)
    if said.total is not None:
        yield sentence("bill_says_total", total=said.total, currency=said.currency or "")


def _yaml(said: Statement) -> Iterator[Pasted]:
    fields = {
        "supplier": said.supplier,
        "vat_number": said.vat_number,
        "number": said.number,
        "date": said.date,
        "due": said.due,
        "currency": said.currency,
    }
    for name, value in fields.items():
        if value is not None:
            yield f"{name}: {value if isinstance(value, dt.date) else quoted(value)}\n"
        else:
            yield f"{name}:  # "
            yield _to_write(name)
            yield "\n"
    yield f"kind: {said.kind}\namounts:\n"
    for each in said.amounts or (RateAmount(rate=Decimal(25), net=Decimal(0), vat=Decimal(0)),):
        yield f"  - {{rate: {each.rate}, net: {each.net}, vat: {each.vat}}}\n"
    yield f"total: {said.total or 0}\n\n"


def _to_write(name: str) -> Sentence:
    if name in {"vat_number", "due"}:
        return sentence("bill_yaml_or_leave_out")
    return sentence("bill_yaml_write")


def quoted(text: str) -> str:
    """Write a text so that YAML takes it for nothing else."""
    return json.dumps(text, ensure_ascii=False)
