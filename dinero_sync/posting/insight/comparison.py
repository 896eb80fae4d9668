"""What differs between two plans of one order, posting by posting."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedLine:
    """An amount on an account."""

    account: int
    vat_code: str | None
    """As the account has it in the chart last read."""
    vat_rate: Decimal
    """In percent, as it was planned."""
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A posting of an order as it was, and as it would be."""

    what: str
    """The invoice line's text, or what else is posted."""
    then: PostedLine | None
    """None where nothing was posted."""
    now: PostedLine | None


Key = tuple[str, int]
"""What a posting is called, and which of those called so it is."""


def changes_between(then: Plan, now: Plan, chart: Chart) -> tuple[Change, ...]:
    """Return the postings of ``then`` that ``now`` would post otherwise, leave out, or add.

    The VAT codes are those that the accounts have in ``chart``.
    """
    before, after = dict(_postings(then, chart)), dict(_postings(now, chart))
    return tuple(
        Change(what=key[0], then=before.get(key), now=after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )


def _postings(plan: Plan, chart: Chart) -> Iterator[tuple[Key, PostedLine]]:
    seen: dict[str, int] = {}
    for what, posting in _named_postings(plan, chart):
        seen[what] = seen.get(what, 0) + 1
        yield (what, seen[what]), posting


def _named_postings(plan: Plan, chart: Chart) -> Iterator[tuple[str, PostedLine]]:
    currency = plan.invoice.currency

    def posting(account: int, code: str | None, rate: Decimal, amount: Decimal) -> PostedLine:
        return PostedLine(
            account=account, vat_code=code, vat_rate=rate, amount=amount, currency=currency
        )

    for line in plan.invoice.lines:
        known = chart.entry.get(line.account)
        code = known.vat_code if known else None
        yield line.description, posting(line.account, code, line.vat_rate, line.amount)
    use = plan.gift_card
    for item in (*plan.ledger_items, *((use.item,) if use else ())):  # in kroner, as is the order
        sides = (
            ("debit", item.account, item.vat_code),
            ("credit", item.balancing_account, item.balancing_vat_code),
        )
        for side, account, code in sides:
            rate = chart.vat_rates.get(code or "", Decimal(0))
            yield f"{item.description} ({side})", posting(account, code, rate, item.amount)
    if plan.payment is not None:
        account = plan.payment.deposit_account
        paid = plan.invoice.total - plan.paid_by_card
        yield "payment", posting(account, None, Decimal(0), paid)
    if use is not None:
        account, paid = use.payment.deposit_account, use.item.amount
        yield "payment by gift card", posting(account, None, Decimal(0), paid)
