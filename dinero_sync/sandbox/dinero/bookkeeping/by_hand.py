"""A bookkeeper at work in Dinero's own pages: vouchers posted, changed and deleted by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import new_guid
from dinero_sync.sandbox.dinero.ledger import open_year
from dinero_sync.sandbox.dinero.pricing import ZERO
from dinero_sync.sandbox.dinero.vat_return import NORMAL, OPENING, Entry, EntryType


def post(
    organisation: Organisation, day: date, description: str, amounts: Mapping[int, Decimal]
) -> str:
    """Post a voucher of amounts by account, debit positive; returns its guid.

    Raises ValueError where it isn't balanced.
    """
    open_year(organisation, day)
    number = organisation.next_voucher_number
    organisation.next_voucher_number += 1
    return _post(organisation, day, description, amounts, number, NORMAL)


def open_with(organisation: Organisation, day: date, amounts: Mapping[int, Decimal]) -> str:
    """Set the balance that the accounting year from ``day`` begins with, beside what is carried."""
    return _post(organisation, day, "Primo", amounts, 0, OPENING)


def _post(  # noqa: PLR0913, PLR0917 - a voucher has that many parts
    organisation: Organisation,
    day: date,
    description: str,
    amounts: Mapping[int, Decimal],
    number: int,
    kind: EntryType,
) -> str:
    if sum(amounts.values(), ZERO):
        raise ValueError("A voucher's amounts add up to 0.00.")
    guid = new_guid()
    organisation.entries += (
        Entry(
            account=account,
            amount=amount,
            date=day,
            voucher_number=number,
            voucher_guid=guid,
            description=description,
            kind=kind,
        )
        for account, amount in amounts.items()
    )
    return guid


def move(organisation: Organisation, voucher: str, account: int, to: int) -> None:
    """Post what a voucher has on one account on another one instead."""
    for place in _places(organisation, voucher, [account]):
        organisation.entries[place] = replace(organisation.entries[place], account=to)


def change(
    organisation: Organisation, voucher: str, amount: Decimal, accounts: tuple[int, int]
) -> None:
    """Change a voucher's amount on the first of two accounts, and the other way on the second."""
    for account, changed in zip(accounts, (amount, -amount), strict=True):
        for place in _places(organisation, voucher, [account]):
            organisation.entries[place] = replace(organisation.entries[place], amount=changed)


def delete(organisation: Organisation, voucher: str) -> None:
    """Delete a booked voucher: Dinero posts its opposite beside it."""
    accounts = {each.account for each in organisation.entries}
    found = [organisation.entries[place] for place in _places(organisation, voucher, accounts)]
    organisation.entries += (replace(each, amount=-each.amount, guid=new_guid()) for each in found)


def _places(organisation: Organisation, voucher: str, accounts: Iterable[int]) -> list[int]:
    """Find a voucher's entries on accounts; raises ValueError where there are none."""
    wanted = set(accounts)
    found = [
        place
        for place, each in enumerate(organisation.entries)
        if each.voucher_guid == voucher and each.account in wanted
    ]
    if not found:
        raise ValueError(f"There is no voucher {voucher} on {sorted(wanted)}.")
    return found
