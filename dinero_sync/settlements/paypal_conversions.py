"""Money that PayPal changed to another currency: which payment it was of, and at which rate.

A payment in euro becomes kroner by two rows that refer to it: one takes the euro, one brings the
kroner. The payment is then one of the kroner that it became.
"""

from collections.abc import Iterable, Mapping

from dinero_sync.domain.papers.payout import NOTHING, Movement, MovementKind, Payout
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.amounts import decimals_of
from dinero_sync.settlements.paypal_table import Activity, Transaction
from dinero_sync.settlements.refusal import RefusedFileError

PAIR = 2


def is_conversion(line: Transaction) -> bool:
    """Tell whether a row may be half of a conversion: of another one, with nobody, without fee."""
    return bool(line.original) and not line.has_counterpart and not line.fee


def changed_payments(activity: Activity) -> dict[str, Transaction]:
    """Return the payments that were changed to another currency, by their ids.

    Raises RefusedFileError where what was changed isn't just one payment of the file.
    """
    halves: dict[str, list[Transaction]] = {}
    for line in activity.lines():
        if is_conversion(line):
            halves.setdefault(line.original, []).append(line)
    pairs = {name: each for name, each in halves.items() if len(_currencies(each)) > 1}
    if not pairs:
        return {}
    payments = {
        activity.id_of(line): line for line in activity.lines() if activity.id_of(line) in pairs
    }
    for name, pair in pairs.items():
        if not _is_of(payments.get(name), pair):
            raise _unclear(pair[0])
    return payments


def converted(
    payment: Transaction, kind: MovementKind, half: Transaction, payment_id: str
) -> Movement:
    """Return what half of a conversion is: the payment in its new currency, or what it left.

    The fee is changed at the rate of the whole, and the amount is the rest, so that both together
    are what arrived.
    """
    if half.currency == payment.currency:
        return Movement(
            kind=MovementKind.OTHER, amount=half.gross, currency=half.currency, day=half.day
        )
    net = payment.gross + payment.fee
    fee = round(payment.fee * half.gross / net, decimals_of(half.currency))
    return Movement(
        kind=kind,
        reference=payment.reference,
        payment=payment_id,
        amount=half.gross - fee,
        fee=fee or NOTHING,
        currency=half.currency,
        day=payment.day,
        sold=payment.gross,
        sold_currency=payment.currency,
    )


def refuse_payouts_in_former_currencies(
    payouts: Iterable[Payout], changed: Mapping[str, Transaction]
) -> None:
    """Refuse a file that also pays out the currency that money was changed from.

    The payment would be in both payouts. Raises RefusedFileError.
    """
    paid_out = {each.currency for each in payouts}
    for payment in changed.values():
        if payment.currency in paid_out:
            raise _unclear(payment)


def _currencies(lines: Iterable[Transaction]) -> set[str]:
    return {each.currency for each in lines}


def _is_of(payment: Transaction | None, pair: list[Transaction]) -> bool:
    if payment is None or len(pair) != PAIR:
        return False
    net = payment.gross + payment.fee
    left = [each.gross for each in pair if each.currency == payment.currency]
    return bool(net) and left == [-net]


def _unclear(line: Transaction) -> RefusedFileError:
    steps = (sentence("settlement_by_hand"),)
    return RefusedFileError("currency_conversion", steps, line=line.row.line)
