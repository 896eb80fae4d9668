"""A bookkeeper at work in Dinero's own pages: vouchers posted, changed and deleted by hand."""

from collections.abc import Mapping
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
    for entry in _taken(organisation, voucher, account):
        organisation.entries.append(replace(entry, account=to))


def change(
    organisation: Organisation, voucher: str, amount: Decimal, accounts: tuple[int, int]
) -> None:
    """Change a voucher's amount on the first of two accounts, and the other way on the second."""
    for account, changed in zip(accounts, (amount, -amount), strict=True):
        for entry in _taken(organisation, voucher, account):
            organisation.entries.append(replace(entry, amount=changed))


def delete(organisation: Organisation, voucher: str) -> None:
    """Delete a booked voucher: Dinero posts its opposite beside it."""
    found = [each for each in organisation.entries if each.voucher_guid == voucher]
    if not found:
        raise ValueError(f"There is no voucher {voucher}.")
    organisation.entries += (replace(each, amount=-each.amount, guid=new_guid()) for each in found)


def _taken(organisation: Organisation, voucher: str, account: int) -> list[Entry]:
    """Take a voucher's entries on an account out of the books, to be put back otherwise.

    Raises ValueError where there are none.
    """
    entries, changed = organisation.entries, organisation.changed
    places = [
        place
        for place, each in enumerate(entries)
        if (each.voucher_guid, each.account) == (voucher, account)
    ]
    if not places:
        raise ValueError(f"There is no voucher {voucher} on {account}.")
    for place in reversed(places):
        del changed[place : place + 1]
    return [entries.pop(place) for place in reversed(places)]
