"""Returns that the shop tells of: read once an hour, and proposed, or credited by themselves.

A return is a chain of its order's from its first sight on: held with the finished credit note, or
with what isn't understood of it. Nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from dinero_sync.config.choices import Returns
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.documents import CreditPlan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason, SkipReason
from dinero_sync.domain.identity import credit_guid
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, TEXT, Steps, command, sentence
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.documents import (
    Document,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
)
from dinero_sync.journal.effects import sha256
from dinero_sync.logs import get_logger
from dinero_sync.posting.credit.left import total_left
from dinero_sync.posting.credit.note import Terms, credit_plan
from dinero_sync.posting.credit.selection import SelectionError, Wanted, chosen
from dinero_sync.shoporama.replies import RightMissingError, raw_text
from dinero_sync.shoporama.returns import Return, read_return
from dinero_sync.sync.run.credit.credited import Credited, credited
from dinero_sync.sync.run.credit.making import credit_record
from dinero_sync.sync.work.outcome import going_on, held, skipped
from dinero_sync.sync.work.workplace import Workplace

log = get_logger()
LAST_READ = "returns_read"
"""Under which the journal keeps when the shop's returns were last read."""
NOT_TO_BE_READ = "returns_refused"
"""Under which it keeps that the key may not read them, which is said once."""
AN_HOUR = timedelta(hours=1)


def follow_returns(place: Workplace) -> Iterator[OrderRecord]:
    """Read the shop's returns once their hour has come; yield each chain that this changed.

    Nothing is read in a dry run, nor within the first hour of a journal, nor before anything is
    booked. Raises TemporaryError, once all others are followed, where one couldn't be: the next run
    reads them again.
    """
    if place.config.credits.returns is Returns.OFF or place.dry_run:
        return
    if not _is_time(place) or not orders.any_booked(place.db):
        return
    yield from _all_followed(place)
    _note_reading(place)


def _all_followed(place: Workplace) -> Iterator[OrderRecord]:
    trouble: TemporaryError | None = None
    try:
        raws = place.shop.order_returns()
    except RightMissingError as error:
        if meta(place.db, NOT_TO_BE_READ) is None:
            set_meta(place.db, NOT_TO_BE_READ, error.what)
            log.warning(
                "returns.not_read",
                message=f"{error.what} Returns aren't seen by that: orders that are cancelled or "
                "edited in the shop are. To see them, let the key read order-return; to end this, "
                "set credits.returns to off.",
            )
        return
    for raw in raws:
        found = read_return(raw)
        if found is None:
            log.warning(
                "returns.unreadable",
                message="The shop listed a return without an id, or without its order's. It was "
                "left out: credit it by dinero-sync credit ORDER.",
            )
            continue
        try:
            yield from _followed(place, found, sha256(raw_text(raw)))
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError as error:
            trouble = error
    if trouble is not None:
        raise trouble


def _is_time(place: Workplace) -> bool:
    """Tell whether an hour has passed since they were read; it begins with a new journal."""
    told = meta(place.db, LAST_READ)
    if told is None:
        _note_reading(place)
        return False
    return not timedelta(0) <= place.clock.now() - datetime.fromisoformat(told) < AN_HOUR


def _note_reading(place: Workplace) -> None:
    set_meta(place.db, LAST_READ, place.clock.now().isoformat())


def _followed(place: Workplace, found: Return, told: str) -> Iterator[OrderRecord]:
    """Decide about one return that is new, or says something else than before."""
    sale = orders.load(place.db, found.order_id)
    if sale is None or not (_is_booked(sale) or sale.reason == SkipReason.BOOKED_ELSEWHERE):
        return
    chain = _chain_of(found)
    known = orders.load(place.db, found.order_id, chain)
    is_proposed = known is not None and known.standing is Standing.HELD and not _is_begun(known)
    if known is not None and (not is_proposed or known.sale.settings == told):
        return
    decided = _decided(place, sale, found)
    decided = decided.having(replace(decided.sale, settings=told))
    orders.save(place.db, decided)
    yield decided


def _is_booked(sale: OrderRecord) -> bool:
    return sale.rung.reached(Rung.BOOKED)


def _is_begun(chain: OrderRecord) -> bool:
    return chain.rung.reached(Rung.CONTACT)


def _chain_of(found: Return) -> str:
    return f"credit:{_key(found)}"


def _key(found: Return) -> str:
    return f"return:{found.return_id}"


def _decided(place: Workplace, sale: OrderRecord, found: Return) -> OrderRecord:
    """Return the return's chain: at work, held with a proposal or a question, or ended."""
    now = place.clock.now()
    empty = Document(key=_chain_of(found), kind=DocumentKind.CREDIT_NOTE)
    bare = replace(sale, documents=(empty,))
    is_adopted = sale.reason == SkipReason.BOOKED_ELSEWHERE
    if is_adopted or found.goods is None:
        which = "adopted" if is_adopted else "unclear"
        return held(bare, _question(found, which, by_hand=is_adopted), now)
    guid = credit_guid(place.settings.organization_id, sale.order_id, _key(found))
    try:
        known = credited(place, sale)
        if guid in known.recalled_guids:
            return skipped(bare, SkipReason.BY_OPERATOR, "credited before the journal was lost")
        plan = _plan(place, known, found, found.goods)
    except UsageError:
        return held(bare, _question(found, "not_here"), now)
    except SelectionError:
        return _not_left(bare, known, found, now)
    chain = credit_record(known, _key(found), plan)
    if is_automatic(place, found) and not known.for_changes:
        return chain
    return held(chain, _proposal(plan, known.for_changes), now)


def _not_left(bare: OrderRecord, known: Credited, found: Return, now: datetime) -> OrderRecord:
    """Ask about goods that aren't left to credit; where all was credited, nothing is to be done."""
    left = total_left(known.left)
    if not left and known.sold.plan.invoice.total > 0:
        return skipped(bare, SkipReason.BY_OPERATOR, "all of the invoice was credited before")
    by_hand = left <= 0  # then no other choice of goods can be credited
    return held(bare, _question(found, "not_left", by_hand=by_hand), now)


def _plan(
    place: Workplace, known: Credited, found: Return, goods: tuple[tuple[str, Decimal], ...]
) -> CreditPlan:
    shares = chosen(known.sold.booked, Wanted(goods=goods), known.left)
    is_danish = known.sold.plan.invoice.language.startswith("da")
    terms = Terms(
        key=_key(found),
        day=accounting_date(place.clock.now()),
        reason=f"{'Retur' if is_danish else 'Return'} {found.return_id}.",
        selection=_key(found),
        refunds=place.config.credits.refunds,
    )
    return credit_plan(known.sold, shares, known.left, terms)


def is_automatic(place: Workplace, found: Return) -> bool:
    """Tell whether a return is credited by itself: it was received, by the shop's own word."""
    words = {each.casefold() for each in place.config.credits.automatic_when.status or ()}
    automatic = place.config.credits.returns is Returns.AUTOMATIC
    return automatic and found.status.casefold() in words


def _proposal(plan: CreditPlan, for_changes: Decimal) -> Hold:
    """Propose what came back; what was credited for changes may have been the same goods."""
    return HeldError(
        HoldReason.RETURNED,
        "after_change" if for_changes else "",
        (
            sentence("make_what_is_proposed"),
            command("credit", ORDER, "--accept"),
            sentence("if_nothing_to_credit"),
            command("skip", ORDER, "--reason", TEXT),
        ),
        invoice=str(plan.invoice_number),
        credited=plan.note.total,
        before=for_changes,
        currency=plan.note.currency,
        lines=tuple(
            sentence("proposed_line", name=line.description, amount=line.amount)
            for line in plan.note.lines
        ),
    ).hold


def _question(found: Return, which: str, *, by_hand: bool = True) -> Hold:
    """Say why a return isn't credited, and how to: in Dinero, where it can't be done here."""
    steps: Steps = (
        sentence("credit_return_yourself"),
        command("credit", ORDER, "--line", "SKU:1", "--reason", TEXT),
        sentence("end_return"),
        command("skip", ORDER, "--reason", TEXT),
    )
    if by_hand:
        steps = (
            sentence("credit_return_in_dinero"),
            command("skip", ORDER, "--reason", TEXT),
        )
    return HeldError(
        HoldReason.UNREADABLE_RETURN, which, steps, return_id=str(found.return_id)
    ).hold


def accept_returns(place: Workplace, order_id: int) -> list[OrderRecord]:
    """Journal that the credit notes proposed for an order's returns are to be made; return them.

    They are dated today. Raises UsageError where less is left than one of them takes.
    """
    accepted = []
    for chain in orders.chains(place.db, order_id):
        plan = chain.credit
        if chain.reason != HoldReason.RETURNED or plan is None:
            continue
        known = credited(place, orders.loaded(place.db, order_id))
        _refuse_more_than_left(chain, plan, known)
        day = accounting_date(place.clock.now())
        again = going_on(chain.having(replace(chain.sale, plan=plan.dated(day), day=day)))
        orders.save(place.db, again, chain)
        accepted.append(again)
    return accepted


def _refuse_more_than_left(chain: OrderRecord, plan: CreditPlan, known: Credited) -> None:
    left = {each.place: each.amount for each in known.left}
    if all(abs(share.amount) <= abs(left[share.line]) for share in plan.shares):
        return
    raise UsageError(
        spoken(
            "Since the return of order #{number} was proposed, so much of its invoice was credited "
            "that less is left than it takes. Nothing was credited. End it, and credit the rest "
            "if need be: dinero-sync skip {order_id} --reason TEXT",
            number=chain.number,
            order_id=chain.order_id,
        )
    )
