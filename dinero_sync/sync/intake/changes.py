"""Booked orders of which the shop says something else now: compared by what would be posted.

A first look asks nobody: it compares the fields that can decide a posting. Where they differ, the
order is decided about anew, and what would be posted and reported is compared. By two things: what
was booked, whose hash the journal keeps; and what the order, as the shop told it before, would be
posted as by the present rules, for the rules may have changed since. Either being the same, the
books say what the order says.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.domain.step import NOTE, ORDER, Sentence, command, sentence
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.insight.reported import (
    Postings,
    Reported,
    moves_between,
    postings_of,
    reported_of,
)
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.sync.intake.decide import Decision

SOLD = (
    "shipping_price",
    "voucher_code",
    "voucher_amount",
    "total",
    "vat",
    "currency",
    "vat_number",
    "ean",
)
"""What of an order, besides its lines, its way and its buyer, can decide a posting."""
ACCEPT = command("resolve", ORDER, "--accept", NOTE)
NO_SALE = "none"
"""In place of a hash: nothing would be posted."""


@dataclass(frozen=True, slots=True)
class Told:
    """An order as the shop told it, and what the present rules make of it."""

    order: Order
    decision: Decision

    @property
    def reported(self) -> Reported | None:
        """What would be posted and reported; None where nothing is, or nobody can say."""
        sale, plan = self.decision.sale, self.decision.plan
        return None if self.is_no_sale or sale is None or plan is None else reported_of(sale, plan)

    @property
    def is_no_sale(self) -> bool:
        """Tell whether there would be nothing to post."""
        return self.order.status is OrderStatus.CANCELLED or self.decision.never is not None

    @property
    def hash(self) -> str:
        """The hash of what would be posted and reported; empty where nobody can say."""
        if self.is_no_sale:
            return NO_SALE
        return "" if self.reported is None else hash_of(self.reported)


def content_of(order: Order, decision: Decision | None = None) -> str:
    """Return what is kept to notice changes: hashes of the order, and of what is posted of it."""
    return f"{_sold(order)}:{Told(order, decision or Decision()).hash}"


def says_the_same(order: Order, content: str | None) -> bool:
    """Tell whether an order says, of what can decide its posting, what it said then."""
    if content is None:
        return False
    sold, has_posting, _ = content.partition(":")
    return sold == (_sold(order) if has_posting else _sold_as_kept_alone(order))


def is_unchanged(order: Order, record: OrderRecord, before: Order | None) -> bool:
    """Tell by the first look whether a booked order says what it said before.

    ``before`` is the order as the shop told it last. It is what counts where it is what was booked:
    more is known of it than was hashed in earlier versions.
    """
    if before is not None and is_as_booked(before, record):
        return _sold(order) == _sold(before)
    return says_the_same(order, record.content)


def is_as_booked(before: Order, record: OrderRecord) -> bool:
    """Tell whether what the shop told before is what the books were compared with last."""
    return record.held_content is None and says_the_same(before, record.content)


def settings_to_compare(settings: PostingSettings) -> PostingSettings:
    """Return the rules without what holds an order for more than what is posted of it.

    The threshold was kept or passed when it was booked. How it is paid decides no posting but by a
    rule that asks for it.
    """
    asked_for = any(rule.when.payment_type for rule in settings.rules)
    return replace(
        settings,
        refuse_above_threshold=False,
        payment_types=settings.payment_types if asked_for else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A booked order that the shop tells otherwise now."""

    now: Told
    before: Told | None
    """As it was when it was booked; None where that isn't known any more."""

    @property
    def content(self) -> str:
        """What is kept of the order as it is now."""
        return content_of(self.now.order, self.now.decision)

    def is_posted_alike(self, record: OrderRecord) -> bool:
        """Tell whether the change makes no difference to the books and the returns."""
        booked = (record.content or "").partition(":")[2]
        known = {booked, self.before.hash if self.before else ""} - {""}
        return self.now.hash in known


def changed_after_booking(record: OrderRecord, change: Change) -> HeldError:
    """Say that a booked order is another one now, or none, and what mends the books.

    Where the customer pays the same, that the books are right comes first.
    """
    order, invoice = change.now.order, str(record.invoice_number)
    if order.status is OrderStatus.CANCELLED:
        return HeldError(
            HoldReason.CANCELLED_AFTER_BOOKING,
            "",
            (sentence("credit", invoice=invoice), ACCEPT),
            invoice=invoice,
        )
    if (order.total, order.currency) != _paid(record, change.before):
        return HeldError(
            HoldReason.CHANGED_AFTER_BOOKING,
            "",
            (sentence("credit_and_invoice", invoice=invoice), ACCEPT),
            invoice=invoice,
            total=order.total,
            currency=order.currency,
        )
    return _same_total(record, change, invoice)


def _same_total(record: OrderRecord, change: Change, invoice: str) -> HeldError:
    order, now = change.now.order, change.now.reported
    or_anew = (sentence("if_books_stay"), ACCEPT, sentence("credit_and_invoice", invoice=invoice))
    hold = change.now.decision.hold
    if now is None:
        return HeldError(
            HoldReason.CHANGED_AFTER_BOOKING,
            "would_be_held",
            (*or_anew, ACCEPT),
            invoice=invoice,
            total=order.total,
            currency=order.currency,
            now=str(hold.reason if hold else ""),
        )
    then = _posted_then(record, change.before)
    if then == now.postings:
        return HeldError(
            HoldReason.CHANGED_AFTER_BOOKING,
            "same_postings",
            (sentence("if_books_stay"), ACCEPT, sentence("correct_buyer_in_dinero")),
            invoice=invoice,
        )
    return HeldError(
        HoldReason.CHANGED_AFTER_BOOKING,
        "same_total",
        (*or_anew, ACCEPT),
        invoice=invoice,
        total=order.total,
        currency=order.currency,
        otherwise=_otherwise(then, now.postings),
    )


def _otherwise(then: Postings | None, now: Postings) -> tuple[Sentence, ...]:
    moves = moves_between(then, now) if then is not None else ()
    told = (
        sentence("account_moves", account=each.account, then=each.then, now=each.now)
        for each in moves
    )
    return tuple(told) or (sentence("other_vat_or_margin"),)


def _paid(record: OrderRecord, before: Told | None) -> tuple[Decimal, str] | None:
    """Return what the customer paid by the books; None for nothing, or where it isn't known."""
    if before is not None:
        return None if before.is_no_sale else (before.order.total, before.order.currency)
    if record.plan is None:
        return None
    invoice = record.plan.invoice
    return (invoice.total - record.plan.paid_by_card, invoice.currency)


def _posted_then(record: OrderRecord, before: Told | None) -> Postings | None:
    if before is not None and before.reported is not None:
        return before.reported.postings
    return postings_of(record.plan) if record.plan else None


def _sold(order: Order) -> str:
    """Hash all of an order that can decide its posting; names and streets can't."""
    return hash_of(
        {
            **_parts(order),
            "town": order.delivery.city,
            "billing": (order.billing.country, order.billing.zip_code, bool(order.billing.company)),
            "freight": order.shipping_id,
            "gateway": order.gateway.gateway_id or order.gateway.code,
        }
    )


def _sold_as_kept_alone(order: Order) -> str:
    """Hash what versions up to 0.3 looked at: they kept no hash of what was posted beside it."""
    return hash_of(_parts(order))


def _parts(order: Order) -> dict[str, object]:
    parts: dict[str, object] = {name: getattr(order, name) for name in SOLD}
    parts["lines"] = [
        (line.product_id, line.sku, line.quantity, line.unit_price, line.vat_rate)
        for line in order.lines
    ]
    parts["delivery"] = (order.delivery.country, order.delivery.zip_code)
    parts["cancelled"] = order.status is OrderStatus.CANCELLED
    return parts
