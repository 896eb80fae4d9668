"""What each document of ours posts on which account, as Dinero reckons it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.chart import NO_VAT, Chart, Entry
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.money import ORE, round_to_ore, vat_inside
from dinero_sync.domain.papers.bill import BillKind, Voucher
from dinero_sync.posting.clearing.ours import Ours
from dinero_sync.posting.reconcile.documents import Document, Listed
from dinero_sync.posting.reconcile.outcome import OF_INVOICES, Kind

NOTHING = Decimal("0.00")
HUNDRED = Decimal(100)
BELIEVED = 3
"""So many vouchers don't change what is believed: somebody may have moved them."""
ENOUGH = 200
"""So many documents of a part tell on which accounts Dinero posts by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAccounts:
    """The accounts that Dinero posts on by itself."""

    debtors: int
    """What customers owe (debitorer)."""
    vat: int
    """VAT on sales (salgsmoms)."""
    creditors: int
    """What suppliers are owed (kreditorer)."""
    input_vat: int
    """VAT on purchases that is deducted (købsmoms)."""
    goods_vat: int = 64020
    """VAT of goods from abroad, which the buyer reckons."""
    services_vat: int = 64040
    """The same of services."""

    def vat_abroad(self, code: str | None) -> int | None:
        """Return where VAT is owed that the buyer reckons of what bears a code; None for none."""
        if code in GOODS_ABROAD:
            return self.goods_vat
        return self.services_vat if code in SERVICES_ABROAD else None


GOODS_ABROAD = frozenset({"IEUV", "IVV"})
SERVICES_ABROAD = frozenset({"IEUY", "IVY"})
"""VAT codes of purchases abroad under reverse charge: IEUV and IEUY from the EU."""
USUAL = SystemAccounts(debtors=53000, vat=64000, creditors=63000, input_vat=64060)
"""Those of Dinero's standard chart of accounts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posting(Ours):
    """What one document of ours moved on one account."""

    kind: Kind
    key: str
    """Which of the order's documents, or payments, it is of."""
    moved: Decimal
    """In kroner: debit positive. It has no parts."""
    vat_code: str | None = None
    """By which it reaches the VAT return; None for none."""
    has_code: bool = False
    """Whether that is known: it is of what a line names, and of nothing that Dinero adds to it."""
    is_sale: bool = True
    """Whether a credit is a sale: on accounts of money and of debtors a debit is."""
    slack: Decimal = NOTHING
    """How far Dinero's own rounding may move it to another account of its voucher."""
    shares: tuple[tuple[str | None, Decimal], ...] = ()
    """What of it bears which VAT code, where those are the document's own and no account's."""
    tells_code: bool = False
    """Whether entries have to bear those codes: Dinero may add others to what it adds itself."""
    is_total: bool = False
    """Whether it is what the whole document comes to, and who is owed it."""

    @property
    def amount(self) -> Decimal:
        """What it moved, in kroner."""
        return self.moved

    def by_code(self, ours: Decimal) -> Iterator[tuple[str | None, Decimal]]:
        """Yield ``ours``, which it should be up to a rounding, by the VAT codes it bears."""
        (code, amount), *rest = self.shares or ((self.vat_code, self.moved),)
        yield code, amount + ours - self.moved
        yield from rest

    @property
    def group(self) -> tuple[object, str, Kind]:
        """What all postings of its document have in common."""
        return (self.order_id or self.name, self.key, self.kind)


def postings_of(
    document: Document, listed: Listed | None, chart: Chart, system: SystemAccounts
) -> Iterator[Posting]:
    """Yield what an invoice or credit note posts, and what its margins do.

    Dinero takes the VAT out of each line and rounds it there; where its list tells another øre of
    VAT for the whole document, it may have posted that.
    """
    kind = Kind.CREDIT_NOTE if document.is_credit else Kind.INVOICE
    gross = document.kroner(listed.kroner if listed else None)
    nets, vat = _reckoned(document)
    slack = NOTHING
    if listed is not None and listed.vat != vat:
        off = abs(listed.vat - vat)
        slack = off if off <= len(document.invoice.lines) * ORE else NOTHING
    if document.is_foreign:
        rate = gross / document.invoice.total if document.invoice.total else Decimal(0)
        nets = {account: round_to_ore(net * rate) for account, net in nets.items()}
        vat, slack = round_to_ore(vat * rate), (len(document.invoice.lines) + 1) * ORE
    of_document = _Maker(document, kind, document.key, document.invoice.guid, slack)
    for account, net in nets.items():
        known = chart.entry.get(account)
        yield from of_document.on(account, -net, known.vat_code if known else None, has_code=True)
    yield from of_document.on(system.vat, -vat)
    exact = replace(of_document, slack=NOTHING)
    yield from exact.on(system.debtors, gross, is_sale=False)
    for place, item in enumerate(document.margins):
        key = f"{document.key}:{place}"
        yield from _of_margin(
            _Maker(document, Kind.MARGIN, key, item.guid, NOTHING), item, chart, system
        )


def _reckoned(document: Document) -> tuple[dict[int, Decimal], Decimal]:
    """Return the nets by account, and the VAT, in the document's currency."""
    nets: dict[int, Decimal] = {}
    vat = NOTHING
    for line in document.invoice.lines:
        net = round_to_ore(line.amount * HUNDRED / (HUNDRED + line.vat_rate))
        nets[line.account] = nets.get(line.account, NOTHING) + net
        vat += line.amount - net
    return nets, vat


def _of_margin(
    maker: "_Maker", item: LedgerItem, chart: Chart, system: SystemAccounts
) -> Iterator[Posting]:
    sides = (
        (item.account, item.amount, item.vat_code),
        (item.balancing_account, -item.amount, item.balancing_vat_code),
    )
    for account, gross, code in sides:
        rate = chart.vat_rates.get(code, NO_VAT) if code else NO_VAT
        vat = round_to_ore(vat_inside(gross, rate))
        yield from maker.margin_on(account, gross - vat, code)
        yield from maker.margin_on(system.vat, vat, None, has_code=False)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the postings of one voucher."""

    document: Document
    kind: Kind
    key: str
    voucher: UUID
    slack: Decimal

    def on(
        self,
        account: int,
        amount: Decimal,
        code: str | None = None,
        *,
        has_code: bool = False,
        is_sale: bool = True,
    ) -> Iterator[Posting]:
        """Yield what an amount of the document, as an invoice posts it, is on an account."""
        signed = self.document.sign * amount
        yield from self._made(account, signed, code, has_code=has_code, is_sale=is_sale)

    def margin_on(
        self, account: int, amount: Decimal, code: str | None, *, has_code: bool = True
    ) -> Iterator[Posting]:
        """Yield what an amount of a ledger item is on an account."""
        yield from self._made(account, amount, code, has_code=has_code, is_sale=True)

    def _made(
        self,
        account: int,
        amount: Decimal,
        code: str | None,
        *,
        has_code: bool,
        is_sale: bool,
    ) -> Iterator[Posting]:
        if not amount:
            return
        yield Posting(
            name=self.document.number,
            order_id=self.document.order_id,
            account=account,
            day=self.document.day,
            voucher=self.voucher,
            invoice_number=self.document.document_number,
            is_foreign=self.document.is_foreign,
            kind=self.kind,
            key=self.key,
            moved=amount,
            vat_code=code,
            has_code=has_code,
            is_sale=is_sale,
            slack=self.slack,
        )


def of_money(ours: Ours, kind: Kind, system: SystemAccounts) -> Iterator[Posting]:
    """Yield what a payment, a refund or a payout moves; what it settles of a debtor, too."""
    sides = [(ours.account, ours.amount)]
    key = str(ours.voucher or ours.description)  # an order may have several
    if kind in OF_INVOICES and not ours.is_foreign:
        sides.append((system.debtors, -ours.amount))
    for account, amount in sides:
        yield Posting(
            name=ours.name,
            order_id=ours.order_id,
            account=account,
            day=ours.day,
            description="" if ours.voucher else ours.description,
            voucher=ours.voucher,
            invoice_number=ours.invoice_number,
            is_foreign=ours.is_foreign,
            is_certain=ours.is_certain,
            kind=kind,
            key=key,
            moved=amount,
            is_sale=False,
        )


@dataclass(slots=True)
class Learning:
    """Learns from the entries of our invoices which accounts Dinero posts on by itself.

    Those are what the most vouchers show: the whole total on one account, the VAT on another. Those
    of Dinero's standard chart are believed until more vouchers show others.
    """

    debtors: Counter[int] = field(default_factory=lambda: Counter({USUAL.debtors: BELIEVED}))
    vat: Counter[int] = field(default_factory=lambda: Counter({USUAL.vat: BELIEVED}))
    creditors: Counter[int] = field(default_factory=lambda: Counter({USUAL.creditors: BELIEVED}))
    input_vat: Counter[int] = field(default_factory=lambda: Counter({USUAL.input_vat: BELIEVED}))

    def take(self, documents: Sequence[Document], entries: Iterable[Entry]) -> None:
        """Look at some days, as far as it teaches anything."""
        wanted = {each.invoice.guid: each for each in documents[:ENOUGH] if not each.is_foreign}
        for entry in entries:
            document = wanted.get(entry.voucher) if entry.voucher else None
            if document is None:
                continue
            if entry.account in {line.account for line in document.invoice.lines}:
                continue
            if entry.amount == document.sign * document.invoice.total:
                self.debtors[entry.account] += 1
            elif entry.amount == -document.sign * _reckoned(document)[1]:
                self.vat[entry.account] += 1

    def take_bill(self, voucher: Voucher, entries: Iterable[Entry]) -> None:
        """Look at a bill on credit, in kroner, and at the entries of its voucher."""
        sign = -1 if voucher.kind is BillKind.CREDIT_NOTE else 1
        named = {line.account for line in voucher.lines}
        for entry in entries:
            if entry.account in named:
                continue
            if entry.amount == -sign * voucher.total:
                self.creditors[entry.account] += 1
            elif voucher.vat and entry.amount == sign * voucher.vat:
                self.input_vat[entry.account] += 1

    @property
    def accounts(self) -> SystemAccounts:
        """Return what was learned so far."""
        debtors, vat, creditors, input_vat = (
            each.most_common(1)[0][0]
            for each in (self.debtors, self.vat, self.creditors, self.input_vat)
        )
        return SystemAccounts(debtors=debtors, vat=vat, creditors=creditors, input_vat=input_vat)
