"""What a payment provider paid out, and the movements that it is made of.

Everything is seen from the shop: what it gets is positive, refunds and fees are negative. Amounts
are in whole units of the payout's currency.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class SettlementFormat(StrEnum):
    """Whose files a source hands in."""

    STRIPE = "stripe"
    PAYPAL = "paypal"
    KLARNA = "klarna"
    VIPPS_MOBILEPAY = "vipps_mobilepay"
    CLEARHAUS = "clearhaus"
    ADYEN = "adyen"
    ALTAPAY = "altapay"
    MOBILEPAY = "mobilepay"
    COLUMNS = "columns"
    """Any other: the configuration says what stands in which column."""


class MovementKind(StrEnum):
    """What moved the balance at a provider."""

    SALE = "sale"
    REFUND = "refund"
    """Money that went back to a buyer; positive where that failed."""
    CHARGEBACK = "chargeback"
    """Money that a buyer's bank took back; positive where the shop won it."""
    FEE = "fee"
    """A fee of its own, which no sale bears; its amount is 0."""
    RESERVE = "reserve"
    """Money that the provider keeps for a while; positive when it is released."""
    CARRIED = "carried"
    """A balance brought from the time before, or left for the time after."""
    OTHER = "other"


OF_AN_ORDER = frozenset({MovementKind.SALE, MovementKind.REFUND, MovementKind.CHARGEBACK})
"""Movements that there must be an order for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement of the balance at a provider; the net of it is ``amount`` and ``fee``."""

    kind: MovementKind
    reference: str = ""
    """What the shop told the provider of the order, as it stands in the file; may be empty."""
    payment: str = ""
    """The provider's own name of the payment, which its refunds and fees may bear too."""
    amount: Decimal = NOTHING
    fee: Decimal = NOTHING
    """With its VAT; negative where it is a cost."""
    vat: Decimal | None = None
    """How much of ``fee`` is VAT, with the same sign; None where the file doesn't say."""
    currency: str
    day: date
    """In the file's own time."""
    sold: Decimal | None = None
    """The amount in the buyer's currency, where it is another one."""
    sold_currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """What a provider paid out at one time; ``net`` is the sum of the five before it."""

    id: str
    """The provider's own, or one that any export of the same payout yields."""
    day: date
    """When the provider says that it paid; the bank's day may be later."""
    currency: str
    gross: Decimal = NOTHING
    refunds: Decimal = NOTHING
    chargebacks: Decimal = NOTHING
    fees: Decimal = NOTHING
    """With their VAT."""
    other: Decimal = NOTHING
    """Reserves, carried balances and anything else: what stays at the provider is negative."""
    net: Decimal = NOTHING
    vat: Decimal | None = None
    """How much of ``fees`` is VAT; None where the file doesn't say it of any fee."""
    net_is_told: bool = False
    """Whether the file itself says what was paid out. Without that ``net`` is the sum of what is in
    the file, and only a bank statement can tell whether rows at its end are missing."""
    bank_text: str = ""
    """What the provider says that the bank statement calls it."""
    period: tuple[date, date] | None = None
    """The first and the last day of the sales, where the file knows no single ones."""
    movements: tuple[Movement, ...] = field(default=(), repr=False)
    """Empty where the file tells sums alone; it is compared by ``period`` then."""

    def __post_init__(self) -> None:
        """Prove the sums; raises ValueError where they don't add up."""
        parts = (self.gross, self.refunds, self.chargebacks, self.fees, self.other)
        if sum(parts, NOTHING) != self.net:
            raise ValueError("a payout is the sum of what it is made of")
        if self.movements and sums(self.movements) != parts:
            raise ValueError("the sums of a payout are those of its movements")
        if {each.currency for each in self.movements} - {self.currency}:
            raise ValueError("a payout and its movements have one currency")


def sums(movements: Iterable[Movement]) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Return gross, refunds, chargebacks, fees and all other of ``movements``, in this order."""
    gross = refunds = chargebacks = fees = other = NOTHING
    for each in movements:
        fees += each.fee
        match each.kind:
            case MovementKind.SALE:
                gross += each.amount
            case MovementKind.REFUND:
                refunds += each.amount
            case MovementKind.CHARGEBACK:
                chargebacks += each.amount
            case _:
                other += each.amount
    return gross, refunds, chargebacks, fees, other


def payout_of(  # noqa: PLR0913 - a payout's own parts, by name
    movements: Iterable[Movement],
    *,
    id: str,  # noqa: A002 - the field's own name
    day: date,
    currency: str,
    net: Decimal | None = None,
    bank_text: str = "",
) -> Payout:
    """Add up a payout; ``net`` is what the file says of it, None where it says nothing.

    Raises ValueError where the movements don't come to ``net``, or have another currency.
    """
    kept = tuple(movements)
    gross, refunds, chargebacks, fees, other = sums(kept)
    told = [each.vat for each in kept if each.vat is not None]
    return Payout(
        id=id,
        day=day,
        currency=currency,
        gross=gross,
        refunds=refunds,
        chargebacks=chargebacks,
        fees=fees,
        other=other,
        net=gross + refunds + chargebacks + fees + other if net is None else net,
        vat=sum(told, NOTHING) if told else None,
        net_is_told=net is not None,
        bank_text=bank_text,
        movements=kept,
    )


@dataclass(frozen=True, slots=True)
class Partial:
    """A payout that a file tells the end of, but not its beginning: an earlier file has that."""

    id: str
    day: date
    currency: str
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a whole settlement file says."""

    source: str
    """The id of the source in the configuration."""
    format: SettlementFormat
    report: str
    """Which of the provider's reports it is, in the provider's own words."""
    is_proven: bool
    """Whether real files of this form were seen when its reader was written."""
    payouts: tuple[Payout, ...]
    """By their days."""
    partial: tuple[Partial, ...] = ()
    """What has to come from another file, because this one begins in the middle of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How a file's columns are called; empty where it has none, or where it is to be found out."""

    payout: str = ""
    date: str = ""
    type: str = ""
    reference: str = ""
    amount: str = ""
    fee: str = ""
    vat: str = ""
    currency: str = ""
    """A column, or the code of the one currency that all amounts are in."""
    delimiter: str = ""
    decimal: str = ""
    dates: str = ""
    """As Python's strptime takes it, like ``%d-%m-%Y``."""
    types: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the file calls each kind of movement, and a payout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A provider whose files are handed in."""

    id: str
    format: SettlementFormat
    files: tuple[str, ...] = ()
    """Shell globs of its files' names; empty where any file of its format is its own."""
    columns: Columns = field(default_factory=Columns)
    clearing_account: int
    paid_to: int
    fee_account: int
    fee_vat: str | None = None
    """The VAT code on fees; None for none."""
    exchange_account: int | None = None
    references: tuple[str, ...] = ("{number}", "#{number}")
    """How an order's number stands in the file."""

    @property
    def names_orders(self) -> bool:
        """Tell whether its files say which order a movement is of; Clearhaus tells sums alone."""
        if self.format is SettlementFormat.COLUMNS:
            return bool(self.columns.reference)
        return self.format is not SettlementFormat.CLEARHAUS


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """What a bank statement says of one movement of an account."""

    day: date
    """The day on which the bank booked it."""
    amount: Decimal
    """In the account's currency; negative where it left the account."""
    text: str
