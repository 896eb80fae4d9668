"""Entries as Dinero lists them, with the opening balance of an accounting year."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import AccountingYear, Organisation
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.listing import flag, refuse
from dinero_sync.sandbox.dinero.pricing import ZERO
from dinero_sync.sandbox.dinero.vat_return import OPENING, Entry

BALANCE = range(50000, 100000)
"""The accounts that are carried from one year to the next."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST = timedelta(days=31)


def list_entries(call: Call) -> Answer:
    """``GET entries``: from ``fromDate`` to ``toDate``, within one accounting year; unpaged.

    The opening balance is in it unless ``includePrimo`` is false.
    """
    first, last = _day(call, "fromDate"), _day(call, "toDate")
    year = next((each for each in call.organisation.years if each.holds(first)), None)
    if year is None or not year.holds(last):
        raise refuse(call, "fromDate", "the days lie within one accounting year")
    found = [
        each
        for each in call.organisation.entries
        if each.kind != OPENING and first <= each.date <= last
    ]
    if flag(call, "includePrimo") is not False:
        found = [*opening_balance(call.organisation, year), *found]
    return json_answer([_row(call.organisation, each) for each in found])


def list_entry_changes(call: Call) -> Answer:
    """``GET entries/changes``: what was posted or changed in a window of at most 31 days."""
    since, until = _moment(call, "changesFrom"), _moment(call, "changesTo")
    if not since <= until <= since + LONGEST:
        raise refuse(call, "changesTo", "the window is at most 31 days")
    organisation = call.organisation
    note_new(organisation, call.sandbox.now())
    return json_answer(
        [
            _row(organisation, each)
            for each, changed in zip(organisation.entries, organisation.changed, strict=True)
            if since <= changed <= until
            and (each.kind != OPENING or flag(call, "includePrimo") is not False)
        ]
    )


def note_new(organisation: Organisation, now: datetime) -> None:
    """Remember when entries were posted, once there are more of them."""
    new = len(organisation.entries) - len(organisation.changed)
    organisation.changed += [now] * new


def opening_balance(organisation: Organisation, year: AccountingYear) -> Iterator[Entry]:
    """Give what each account of the balance is carried into a year with."""
    sums = dict.fromkeys(BALANCE, ZERO)
    for each in organisation.entries:
        is_before = each.date < year.first or (each.kind == OPENING and each.date == year.first)
        if is_before and each.account in BALANCE:
            sums[each.account] += each.amount
    for account, amount in sums.items():
        if amount:
            yield Entry(
                account=account,
                amount=amount,
                date=year.first,
                voucher_number=0,
                voucher_guid=None,
                description="Primo",
                kind=OPENING,
            )


def _day(call: Call, name: str) -> date:
    text = call.query.get(name, "")
    if not DAY.fullmatch(text):
        raise refuse(call, name, "days have the form 2026-11-23")
    return date.fromisoformat(text)


def _moment(call: Call, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(call.query.get(name, ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise refuse(call, name, "times have the form 2026-11-23T04:15:00Z")
    return moment


def _row(organisation: Organisation, entry: Entry) -> Json:
    account = organisation.find_account(entry.account)
    return {
        "AccountNumber": entry.account,
        "AccountName": account.name if account else None,
        "Date": entry.date.isoformat(),
        "VoucherNumber": entry.voucher_number or None,
        "VoucherGuid": entry.voucher_guid,
        "FileGuid": _file(organisation, entry.voucher_guid),
        "VoucherType": None,
        "Description": entry.description,
        "VatType": None,
        "VatCode": entry.vat_code,
        "Amount": entry.amount,
        "EntryGuid": entry.guid,
        "ContactGuid": entry.contact_guid,
        "Type": entry.kind,
    }


def _file(organisation: Organisation, voucher_guid: str | None) -> str | None:
    """Return the document that is linked to the voucher of an entry."""
    guid = voucher_guid or ""
    found = organisation.purchases.get(guid) or organisation.ledger_items.get(guid)
    return None if found is None else found.fields.get("FileGuid")


HANDLERS: Handlers = {"ListEntries": list_entries, "ListEntryChanges": list_entry_changes}
