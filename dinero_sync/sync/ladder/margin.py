"""The margins of second-hand goods (brugtmoms): ledger items that belong to a sale."""

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.ledger_items import states
from dinero_sync.sync.ladder.sale_items import Items, guids_of
from dinero_sync.sync.work.ledger import Ledger


def margins_in_dinero(ledger: Ledger, plan: Plan) -> bool:
    """Tell whether Dinero has all ledger items of a plan, booked or not; costs a call."""
    return len(states(ledger, guids_of(plan.ledger_items))) == len(plan.ledger_items)


def _not_booked() -> HeldError:
    return HeldError(
        HoldReason.MARGIN_NOT_BOOKED,
        "",
        (sentence("book_item"), command("retry", ORDER)),
    )


def _differs() -> HeldError:
    return HeldError(
        HoldReason.MARGIN_DIFFERS,
        "",
        (sentence("book_or_correct_item"), command("retry", ORDER)),
    )


STEPS = Items(
    document=DocumentKind.MARGIN,
    of=lambda record: record.ledger_items,
    added=EffectKind.LEDGER_ITEM,
    booked=EffectKind.BOOK_LEDGER_ITEM,
    called="margin",
    differs=_differs,
    not_booked=_not_booked,
).steps()
"""The ladder of margins."""
