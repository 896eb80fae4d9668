"""PayPal, activity download (CSV), in any language.

A payout is a withdrawal; what it is made of is what moved since the one before it.
"""

from collections.abc import Iterator, Mapping

from dinero_sync.domain.papers.payout import Columns, Movement, MovementKind, SettlementFormat
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.settlements.file import File
from dinero_sync.settlements.paypal_conversions import (
    changed_payments,
    converted,
    is_conversion,
    refuse_payouts_in_former_currencies,
)
from dinero_sync.settlements.paypal_table import Activity, Transaction, activity_of, table_of
from dinero_sync.settlements.proof import Entry, Found, Paid, along_each_account, moved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError, quoted, words

PAYOUT, IGNORED = "payout", "ignore"
WITHDRAWALS = ("general withdrawal", "user initiated withdrawal", "generelle uttak")
"""How the types begin that pay out; in other languages it is the row that empties the account."""
KINDS = (
    ("hold", MovementKind.RESERVE),
    ("reserve", MovementKind.RESERVE),
    ("refund", MovementKind.REFUND),
    ("chargeback fee", MovementKind.FEE),
    ("chargeback", MovementKind.CHARGEBACK),
    ("reversal", MovementKind.CHARGEBACK),
)
"""What English words in a type mean; the first that is in it decides."""


def _fits(file: File) -> bool:
    return table_of(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the withdrawals; a language that wasn't seen makes the file unproven."""
    table = table_of(file)
    assert table is not None  # noqa: S101 - it fits
    activity = activity_of(table, columns)
    changed = changed_payments(activity)
    found = along_each_account(_entries(activity, columns, changed))
    refuse_payouts_in_former_currencies(found.payouts, changed)
    return Found(found.payouts, found.partial, is_proven=activity.is_english)


def _entries(
    activity: Activity, columns: Columns, changed: Mapping[str, Transaction]
) -> Iterator[tuple[tuple[str, str], Entry]]:
    said = {word.casefold(): kind for kind, told in columns.types for word in told}
    sales = {activity.id_of(line) for line in activity.lines() if _is_sale(line, said)}
    for line in activity.lines():
        payment = changed.get(line.original) if is_conversion(line) else None
        if payment is not None:
            kind = MovementKind(_kind(payment, said, sales))
            what: Movement | Paid = converted(payment, kind, line, line.original)
        else:
            told = _kind(line, said, sales)
            if told == IGNORED:
                continue
            what = _what(line, told, activity)
        yield ("", line.currency), Entry(line.when, what, line.balance)


def _what(line: Transaction, kind: str, activity: Activity) -> Movement | Paid:
    own = activity.id_of(line)
    if kind == PAYOUT:
        return Paid(own, line.day, -(line.gross + line.fee))
    known = MovementKind(kind)
    if known is MovementKind.FEE:
        net = line.gross + line.fee
        return moved(known, net, line.reference, line.original, line.currency, line.day)
    return Movement(
        kind=known,
        reference=line.reference,
        payment=line.original or own,
        amount=line.gross,
        fee=line.fee,
        currency=line.currency,
        day=line.day,
    )


def _is_sale(line: Transaction, said: dict[str, str]) -> bool:
    told = said.get(line.type.casefold())
    return told == MovementKind.SALE or (told is None and line.gross > 0 and line.has_counterpart)


def _kind(line: Transaction, said: dict[str, str], sales: set[str]) -> str:
    """Return what a row is; raises RefusedFileError where neither words nor amounts tell."""
    name = line.type.casefold()
    if name in said:
        return said[name]
    if name.startswith(WITHDRAWALS) or _empties_the_account(line):
        return PAYOUT
    if line.gross < 0 and line.original in sales:
        is_taken_back = "chargeback" in name or "reversal" in name
        return MovementKind.CHARGEBACK if is_taken_back else MovementKind.REFUND
    for word, kind in KINDS:
        if word in name:
            return kind
    if _is_sale(line, said):
        return MovementKind.SALE
    word = words([line.type])[0]
    steps = (
        sentence("settlement_name_type"),
        Yaml(f"      columns:\n        types:\n          payout: [{quoted(line.type)}]\n"),
    )
    raise RefusedFileError("unknown_type", steps, type=word, column="Type")


def _empties_the_account(line: Transaction) -> bool:
    """Tell whether all there is leaves the account, to nobody, without a fee: to the bank."""
    goes_to_nobody = not line.has_counterpart and not line.original and not line.fee
    return line.gross < 0 and line.balance == 0 and goes_to_nobody


READER = Reader(
    format=SettlementFormat.PAYPAL,
    report="Activity",
    is_proven=True,
    fits=_fits,
    read=_read,
)
