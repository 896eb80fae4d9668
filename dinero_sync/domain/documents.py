"""What should exist in Dinero for one order: a contact, an invoice and perhaps a payment."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from dinero_sync.domain.money import vat_inside


class BuyerKind(StrEnum):
    """Who buys; decides the contact and, with the zone, the VAT."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The debtor (kontakt) that the invoice is made out to."""

    guid: UUID
    key: str
    """What names the buyer, see :func:`dinero_sync.domain.identity.contact_key`."""
    kind: BuyerKind
    name: str
    attention: str | None
    """The person at a company; None for persons."""
    street: str
    zip_code: str
    city: str
    country: str
    email: str | None
    vat_number: str | None
    """With country prefix; None for consumers."""
    ean: str | None


class MarginScheme(StrEnum):
    """The three kinds of goods whose margin alone is taxed (momsloven § 69)."""

    USED_GOODS = "used_goods"
    ART = "art"
    COLLECTORS = "collectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """A row of the invoice. Prices are gross: with VAT where the account has a VAT code."""

    description: str
    comments: str | None
    quantity: Decimal
    unit_price: Decimal
    account: int
    vat_rate: Decimal
    """Percent; equal to the rate of the account's VAT code."""
    unit: str
    rule: str
    """The name of the posting rule that chose the account, or the setting's name."""
    margin_scheme: MarginScheme | None = None
    """Set where only the margin is taxed."""

    @property
    def amount(self) -> Decimal:
        """The gross amount of the row."""
        return self.quantity * self.unit_price


class PaymentTermsType(StrEnum):
    """When an invoice falls due, in Dinero's own words."""

    NETTO = "Netto"
    NETTO_CASH = "NettoCash"
    CURRENT_MONTH_OUT = "CurrentMonthOut"
    PAID = "Paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """Terms of payment (betalingsbetingelser)."""

    type: PaymentTermsType
    days: int | None
    """None with ``NettoCash`` and ``Paid``, which have no days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice (faktura), gross: its lines add up to what the customer paid."""

    guid: UUID
    reference: str
    date: date
    """The accounting date, in Copenhagen."""
    currency: str
    language: str
    heading: str
    comment: str
    address: str
    terms: PaymentTerms | None
    """None leaves the terms to the contact's own."""
    lines: tuple[InvoiceLine, ...]
    texts: tuple[str, ...] = ()
    """Rows without amounts, after the lines: free gifts, sums that the law asks for."""

    @property
    def total(self) -> Decimal:
        """The amount due, with VAT."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """The VAT inside the total, unrounded: Dinero rounds it line by line."""
        parts = (vat_inside(line.amount, line.vat_rate) for line in self.lines)
        return sum(parts, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Where the payment of the invoice is registered once the shop says that it is paid."""

    reference: str
    deposit_account: int
    amount: Decimal | None
    """In kroner, whatever the invoice's currency; None until Dinero tells its rate."""
    description: str
    foreign_amount: Decimal | None = None
    """The same in the invoice's currency; None for kroner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerItem:
    """An entry in Dinero's ledger (finansbilag) that moves an amount between two accounts."""

    guid: UUID
    date: date
    description: str
    amount: Decimal
    """In kroner, with VAT: debits ``account`` and credits ``balancing_account``."""
    account: int
    vat_code: str | None
    """The VAT code of the debit; None suppresses the account's own."""
    balancing_account: int
    balancing_vat_code: str | None
    """The VAT code of the credit; None suppresses the account's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardUse:
    """What a multi-purpose gift card (gavekort til flere formål) paid of an order.

    It is money that was received when the card was sold, and no discount (momsloven § 4 b).
    """

    payment: Payment
    """Registered on the invoice, on the deposit account for gift cards that are used."""
    item: LedgerItem
    """Moves it from there to the debt to those who hold cards; both bear its day."""

    def dated(self, day: date) -> "GiftCardUse":
        """Return it with another day."""
        return replace(self, item=replace(self.item, date=day))

    def on_account(self, number: int) -> "GiftCardUse":
        """Return it with another deposit account for gift cards that are used."""
        return GiftCardUse(
            payment=replace(self.payment, deposit_account=number),
            item=replace(self.item, balancing_account=number),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of a ledger voucher; as :class:`LedgerItem` in all that both have."""

    description: str
    amount: Decimal
    """Positive."""
    account: int
    vat_code: str | None
    balancing_account: int
    balancing_vat_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVoucher:
    """An entry in Dinero's ledger (finansbilag) of several lines, each balanced in itself."""

    guid: UUID
    date: date
    lines: tuple[LedgerLine, ...]
    file_guid: str | None = None
    """Dinero's name of the document that is linked to it; None without one."""

    def fingerprint(self) -> str:
        """Return a hash of what it says, whatever document is linked to it."""
        return hash_of((self.guid, self.date, self.lines))


class Sending(StrEnum):
    """How Dinero sends an invoice to the buyer."""

    EMAIL = "email"
    E_INVOICE = "e_invoice"
    """To the location number (EAN) of a public buyer, by NemHandel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that should exist in Dinero for one order."""

    contact: Contact
    invoice: Invoice
    payment: Payment | None
    """None when the payment type registers no payment."""
    payment_type: str | None
    """The name of the entry in ``payment_types`` that took the order."""
    ledger_items: tuple[LedgerItem, ...] = ()
    """Entries that belong to the sale and aren't on the invoice."""
    distance_sale: Decimal | None = None
    """What counts towards the EU's threshold for distance sales: the net in ``currency`` of goods
    for a consumer in another EU country. None for any other order."""
    sending: Sending | None = None
    """How Dinero sends the invoice once it is booked; None when it isn't sent."""
    send_to: str | None = None
    """The e-mail address of the order, where the invoice is sent by e-mail."""
    reference: str | None = None
    """The buyer's own, by which a public body finds its order; None where it gave none."""
    gift_card: GiftCardUse | None = None
    """What a gift card paid; None where none did, or its VAT was paid when it was sold."""

    @property
    def payments(self) -> tuple[Payment, ...]:
        """All that is to be registered on the invoice: money first, then the gift card.

        In that order it is paid back.
        """
        of_card = None if self.gift_card is None else self.gift_card.payment
        return tuple(each for each in (self.payment, of_card) if each is not None)

    @property
    def paid_by_card(self) -> Decimal:
        """What a gift card paid, in kroner; the rest of the invoice is for the buyer to pay."""
        return self.gift_card.item.amount if self.gift_card else Decimal(0)

    def fingerprint(self) -> str:
        """Return a hash of what the plan says, equal for equal plans across versions of Python."""
        return hash_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a credit note takes of one line of its invoice."""

    line: int
    """The place of the line on the invoice, from 0."""
    amount: Decimal
    """Gross, as the line's own amount; negative of a negative line."""
    pieces: Decimal = Decimal(0)
    """How many of the line's pieces go back; none where only an amount is credited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedBack:
    """How much of a chargeback a refund is."""

    chain: str
    """The chargeback's."""
    amount: Decimal
    """In the invoice's currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """How the buyer's money goes back once the credit note leaves the invoice overpaid."""

    reference: str
    description: str
    day: date | None = None
    """The day it is dated, where a person chose one."""
    paid_kroner: Decimal | None = None
    """What the whole invoice was paid with, in kroner, where its currency is another one: by that
    rate it is paid back."""
    charged_back: tuple[ChargedBack, ...] = ()
    """What of it had gone back by chargebacks when it was registered."""
    set_off: Decimal = Decimal(0)
    """What the same edit of the order brought, in the invoice's currency: the provider pays back as
    much less."""
    not_paid: Decimal = Decimal(0)
    """What of it the buyer hadn't paid, or got back before: nothing goes back for it."""

    @property
    def otherwise(self) -> Decimal:
        """What of it no file tells as a refund."""
        return sum((each.amount for each in self.charged_back), self.set_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargebackPlan:
    """Money that a buyer's bank took back, and how its invoice becomes one to be paid again."""

    invoice_guid: UUID
    invoice_number: int
    reference: str
    description: str
    amount: Decimal
    """In the invoice's currency, positive."""
    currency: str
    day: date
    """The provider's, which the negative payment bears."""
    paid_kroner: Decimal | None = None
    """What the whole invoice was paid with, in kroner, where its currency is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPlan:
    """Everything that should exist in Dinero for one credit note of an order."""

    note: Invoice
    """The credit note itself: its lines are those of the invoice, positive, as far as credited."""
    invoice_guid: UUID
    """The invoice that it is for."""
    invoice_number: int
    shares: tuple[Share, ...]
    """What it takes of the invoice's lines, by which the next one knows what is left."""
    selection: str
    """What was asked for, written in one way: by it the same command goes on with the same one."""
    ledger_items: tuple[LedgerItem, ...] = ()
    """The margins of second-hand goods that the credit note takes back."""
    refund: Refund | None = None
    """None where no money is to go back."""
    gift_card: GiftCardUse | None = None
    """What goes back to a gift card: the amounts are positive, and the item makes debt of them."""

    @property
    def told_of_refund(self) -> Decimal:
        """How much of it a provider's file tells as a refund, once all of it is paid back.

        Not what went back by chargebacks or to a gift card, nor what was set off against an
        invoice, nor what was never paid.
        """
        refund = self.refund
        return self.in_money - (refund.otherwise + refund.not_paid if refund else Decimal(0))

    @property
    def in_money(self) -> Decimal:
        """How much of it goes back otherwise than to a gift card."""
        return self.note.total - (self.gift_card.item.amount if self.gift_card else Decimal(0))

    def dated(self, day: date) -> "CreditPlan":
        """Return the plan of the same credit note, and of its margins, with another day."""
        items = tuple(replace(item, date=day) for item in self.ledger_items)
        card = self.gift_card and self.gift_card.dated(day)
        note = replace(self.note, date=day)
        return replace(self, note=note, ledger_items=items, gift_card=card)

    def fingerprint(self) -> str:
        """Return a hash of what the plan says."""
        return hash_of(self)


def canonical_json(value: object) -> str:
    """Write ``value`` as JSON in one fixed way: sorted keys, no spaces, amounts as plain text.

    Equal amounts are written alike, however many zeros they carry. A dataclass is an object of its
    fields.
    """
    return _CANONICAL.encode(value)


def hash_of(value: object) -> str:
    """Return the hash of ``value`` as :func:`canonical_json` writes it, to notice what changes."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def fields_of(value: object) -> dict[str, object]:
    """Return the fields of a dataclass as they are: ``asdict`` would copy all that is in them."""
    return {each.name: getattr(value, each.name) for each in fields(value)}  # type: ignore[arg-type] # any that is one


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return fields_of(value) if is_dataclass(value) else str(value)


_CANONICAL = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
)
