"""Entries in the books, and the VAT return (momsangivelse) and EU sales list that they add up to.

What was posted without a code is in no box, whatever account it is on: a settlement of VAT, VAT of
other countries, the purchase price of second-hand goods. Reverse charge on purchases (IEUV, IEUY,
IVY) shows in box A but its self-assessed VAT isn't played; it would be paid and deducted at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias
from uuid import uuid4

OUTPUT_VAT = 64000
INPUT_VAT = 64060
VAT_ACCOUNTS = frozenset({OUTPUT_VAT, INPUT_VAT})
ZERO = Decimal("0.00")
EU_GOODS = "UEUV"
EU_SERVICES = "UEUY"
EntryType: TypeAlias = Literal["Normal", "Primo"]
NORMAL: Final = "Normal"
OPENING: Final = "Primo"
"""What an accounting year begins with, which nobody posted in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A posting in kroner: debit positive, credit negative."""

    account: int
    amount: Decimal
    date: date
    voucher_number: int
    voucher_guid: str | None
    description: str
    vat_code: str | None = None
    """The code of what was posted; on a VAT account, of what the VAT is of."""
    contact_guid: str | None = None
    """Who the voucher is about, where it is about somebody."""
    kind: EntryType = NORMAL
    guid: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, slots=True, kw_only=True)
class EuSale:
    """A row of the EU sales list: what one customer bought, in kroner."""

    vat_number: str
    """Empty when the contact has none, which the authorities would refuse."""
    goods: Decimal
    services: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VatReturn:
    """The boxes of the return in kroner, positive as reported, exact to the øre."""

    first: date
    last: date
    salgsmoms: Decimal
    koebsmoms: Decimal
    rubrik_a_varer: Decimal
    rubrik_a_ydelser: Decimal
    rubrik_b_varer_indberettes: Decimal
    rubrik_b_varer_indberettes_ikke: Decimal
    rubrik_b_ydelser: Decimal
    rubrik_c: Decimal
    eu_sales_list: tuple[EuSale, ...]


def vat_return(
    entries: Iterable[Entry], vat_numbers: Mapping[str, str], first: date, last: date
) -> VatReturn:
    """Add up the entries from ``first`` to ``last``; ``vat_numbers`` are those of the contacts."""
    period = [entry for entry in entries if first <= entry.date <= last and entry.vat_code]
    taxes = [entry for entry in period if entry.account in VAT_ACCOUNTS]
    bases = [entry for entry in period if entry.account not in VAT_ACCOUNTS]
    return VatReturn(
        first=first,
        last=last,
        salgsmoms=-_sum(entry for entry in taxes if entry.account == OUTPUT_VAT),
        koebsmoms=_sum(entry for entry in taxes if entry.account == INPUT_VAT),
        rubrik_a_varer=_base(bases, "IEUV"),
        rubrik_a_ydelser=_base(bases, "IEUY"),
        rubrik_b_varer_indberettes=-_base(bases, EU_GOODS),
        rubrik_b_varer_indberettes_ikke=-_base(bases, "UEUV2"),
        rubrik_b_ydelser=-_base(bases, EU_SERVICES),
        rubrik_c=-_base(bases, "UVV", "UVY", "UVC"),
        eu_sales_list=_eu_sales(bases, vat_numbers),
    )


def _eu_sales(bases: Iterable[Entry], vat_numbers: Mapping[str, str]) -> tuple[EuSale, ...]:
    by_number: dict[str, list[Entry]] = {}
    for entry in bases:
        if entry.vat_code in {EU_GOODS, EU_SERVICES}:
            number = vat_numbers.get(entry.contact_guid or "", "")
            by_number.setdefault(number, []).append(entry)
    return tuple(
        EuSale(
            vat_number=number,
            goods=-_base(entries, EU_GOODS),
            services=-_base(entries, EU_SERVICES),
        )
        for number, entries in sorted(by_number.items())
    )


def _base(entries: Iterable[Entry], *codes: str) -> Decimal:
    return _sum(entry for entry in entries if entry.vat_code in codes)


def _sum(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.amount for entry in entries), ZERO)
