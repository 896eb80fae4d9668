"""Suppliers' bills, and what providers keep of payouts: what each posts, as Dinero reckons it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.chart import DANISH_VAT, Chart, Entry
from dinero_sync.domain.money import ORE, round_to_ore
from dinero_sync.domain.papers.bill import VoucherPayment, deducted
from dinero_sync.posting.clearing.ours import Ours, words_of
from dinero_sync.posting.reconcile.documents import Bought
from dinero_sync.posting.reconcile.outcome import NOTHING, Kind
from dinero_sync.posting.reconcile.postings import (
    GOODS_ABROAD,
    HUNDRED,
    SERVICES_ABROAD,
    Posting,
    SystemAccounts,
)

TELLING = 4
"""How many signs of a bill's number tell it from days and quantities in a text, nearly."""
REVERSE_CHARGE = GOODS_ABROAD | SERVICES_ABROAD | {"OBPK"}
"""Codes of what bears no VAT of its seller's: the buyer reckons it."""
Gross = tuple[int, Decimal, str | None]
"""An account, what is debited to it with the VAT, and the VAT code."""
ByCode = dict[str | None, Decimal]


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Entries by the vouchers that they belong to."""

    entries: Mapping[UUID, Sequence[Entry]] = field(default_factory=dict)

    def of(self, voucher: UUID | None) -> Sequence[Entry]:
        """Return the entries of a voucher; none where Dinero shows none."""
        return self.entries.get(voucher, ()) if voucher else ()


def by_voucher(entries: Iterable[Entry], wanted: Iterable[UUID | None]) -> Vouchers:
    """Gather the entries of the vouchers that are wanted."""
    found: dict[UUID, list[Entry]] = {each: [] for each in wanted if each is not None}
    for entry in entries:
        if entry.voucher in found:
            found[entry.voucher].append(entry)
    return Vouchers(found)


def is_tellable(bill: Bought, found: Sequence[Entry], system: SystemAccounts) -> bool:
    """Tell whether it is known what a bill comes to in kroner."""
    return not bill.is_foreign or _rate(bill, found, system) is not None


def of_bill(
    bill: Bought, found: Sequence[Entry], chart: Chart, system: SystemAccounts
) -> Iterator[Posting]:
    """Yield what a bill's voucher posts, and what its payment does.

    ``found`` are the entries of that voucher: a bill in another currency is compared by the rate
    that they tell, since Dinero tells none else. Where nothing tells it, it comes to 0.
    """
    voucher, sign = bill.voucher, bill.sign
    gross = ((line.account, sign * line.amount, line.vat_code) for line in voucher.lines)
    parts = with_vat(gross, chart, system, is_reckoned=_is_reckoned(found, system))
    total, slack = sign * voucher.total, NOTHING
    if bill.is_foreign:
        rate = _rate(bill, found, system) or Decimal(0)
        parts = {
            account: {code: round_to_ore(amount * rate) for code, amount in codes.items()}
            for account, codes in parts.items()
        }
        total, slack = round_to_ore(total * rate), (len(voucher.lines) + 1) * ORE
    for account, codes in parts.items():
        is_line = account in bill.accounts
        if bill.is_foreign or any(codes.values()):
            yield _posting(bill, account, codes, slack=slack, has_code=is_line)
    other = voucher.deposit_account or system.creditors
    yield _posting(bill, other, {None: -total}, slack=slack, is_total=True)
    if bill.is_paid and bill.plan.payment is not None:
        yield from _of_payment(bill, bill.plan.payment, system)


def _of_payment(bill: Bought, payment: VoucherPayment, system: SystemAccounts) -> Iterator[Posting]:
    """Yield what a payment moves; what it settles, too, unless a rate makes that."""
    sides = [(payment.deposit_account, -payment.amount)]
    if not bill.is_foreign:
        sides.append((system.creditors, payment.amount))
    for account, amount in sides:
        yield Posting(
            name=bill.name,
            order_id=None,
            account=account,
            day=payment.day,
            description="" if bill.payment_voucher else payment.description,
            voucher=bill.payment_voucher,
            invoice_number=bill.document_number,
            is_foreign=bill.is_foreign,
            is_certain=bill.is_payment_certain,
            kind=Kind.BILL_PAYMENT,
            key="payment",
            moved=amount,
            is_sale=False,
        )


def _posting(  # noqa: PLR0913 - what it bears, by name
    bill: Bought,
    account: int,
    codes: ByCode,
    *,
    slack: Decimal,
    has_code: bool = False,
    is_total: bool = False,
) -> Posting:
    return Posting(
        name=bill.name,
        order_id=None,
        account=account,
        day=bill.day,
        voucher=bill.guid,
        invoice_number=bill.document_number,
        is_foreign=bill.is_foreign,
        kind=Kind.BILL,
        key="voucher",
        moved=sum(codes.values(), NOTHING),
        shares=tuple(codes.items()),
        is_sale=False,
        slack=slack,
        tells_code=has_code,
        is_total=is_total,
    )


def with_vat(
    lines: Iterable[Gross], chart: Chart, system: SystemAccounts, *, is_reckoned: bool
) -> dict[int, ByCode]:
    """Return what lines post by account and VAT code: nets, and the VAT that is deducted.

    VAT of a purchase under reverse charge is owed and deducted at once; ``is_reckoned`` says that
    Dinero posts both.
    """
    parts: dict[int, ByCode] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for account, gross, code in lines:
        rate = chart.vat_rates.get(code or "", Decimal(0))
        vat = NOTHING if code in REVERSE_CHARGE else deducted(gross, rate)
        parts[account][code] += gross - vat
        if vat:
            parts[system.input_vat][code] += vat
        owed_on = system.vat_abroad(code)
        if is_reckoned and owed_on is not None:
            own = round_to_ore(gross * DANISH_VAT / HUNDRED)
            parts[system.input_vat][code] += own
            parts[owed_on][code] -= own
    return parts


def _is_reckoned(found: Iterable[Entry], system: SystemAccounts) -> bool:
    """Tell whether a voucher shows the VAT that the buyer reckons."""
    return any(entry.account in {system.goods_vat, system.services_vat} for entry in found)


def _rate(bill: Bought, found: Sequence[Entry], system: SystemAccounts) -> Decimal | None:
    """Return the kroner for a unit of a bill's currency, as its entries tell; None where none do.

    What Dinero posted first tells it: what came later took that back, or changed it.
    """
    total = bill.sign * bill.voucher.total
    owed = (entry.amount for entry in found if entry.account == system.creditors)
    on_lines = [entry.amount for entry in found if entry.account in bill.accounts]
    kroner = -next(owed, NOTHING) or sum(on_lines, NOTHING)
    return kroner / total if kroner and total else None


def of_fees(
    kind: Kind, ours: Ours, found: Sequence[Entry], chart: Chart, system: SystemAccounts
) -> Iterator[Posting]:
    """Yield what an amount of a ledger item posts that bears VAT codes, as a payout's fees do."""
    lines: list[Gross] = [(ours.account, amount, code) for code, amount in ours.coded.items()]
    rest = ours.amount - sum(ours.coded.values(), NOTHING)
    lines += [(ours.account, rest, None)] if rest else []
    parts = with_vat(lines, chart, system, is_reckoned=_is_reckoned(found, system))
    for account, codes in parts.items():
        if any(codes.values()):
            yield Posting(
                name=ours.name,
                order_id=ours.order_id,
                account=account,
                day=ours.day,
                voucher=ours.voucher,
                kind=kind,
                key=str(ours.voucher),
                moved=sum(codes.values(), NOTHING),
                shares=tuple(codes.items()),
                is_sale=False,
                tells_code=account == ours.account,
            )


def named_twice(
    bills: Iterable[Posting], entries: Iterable[Entry]
) -> Iterator[tuple[Posting, Entry]]:
    """Yield what somebody posted of our bills again: their number, amount and account."""
    wanted: dict[tuple[int, Decimal], list[Posting]] = defaultdict(list)
    for each in bills:
        if each.tells_code:
            wanted[each.account, each.moved].append(each)
    for entry in entries:
        alike = wanted.get((entry.account, entry.amount), ())
        own = next((each for each in alike if each.own_name in words_of(entry)), None)
        if own is not None and len(own.own_name) >= TELLING:
            yield own, entry
