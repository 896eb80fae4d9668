"""The lists of sales documents: invoices, and invoices together with credit notes."""

import re
from collections.abc import Iterable

from dinero_sync.sandbox.answers import Answer, JsonValue
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.invoice_wire import list_row
from dinero_sync.sandbox.dinero.listing import (
    Condition,
    Row,
    changed_since,
    flag,
    page,
    query_filter,
    refuse,
)

FILTERABLE = ("ExternalReference", "ContactGuid", "Description")
SEARCHED = ("Number", "ContactName", "Description", "TotalInclVat")
STATUSES = {name.lower(): name for name in ("Draft", "Booked", "Paid", "OverPaid", "Overdue")}
SORTED_BY = {
    "vouchernumber": "Number",
    "voucherdate": "Date",
    "status": "Status",
    "contact": "ContactName",
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
USUAL_SORT = "VoucherNumber,VoucherDate"
STATUS_ORDER = ("Draft", "Overdue", "Booked", "OverPaid", "Paid")
"""How ``Status`` is sorted, whatever ``sortOrder`` says."""
ORDERS = ("ascending", "descending")


def list_invoices(call: Call) -> Answer:
    """``GET invoices``."""
    return _listed(call, call.organisation.invoices.values())


def list_credit_notes(call: Call) -> Answer:
    """``GET sales/creditnotes``."""
    return _listed(call, call.organisation.credit_notes.values())


def list_sales(call: Call) -> Answer:
    """``GET sales``: both together."""
    organisation = call.organisation
    return _listed(call, (*organisation.invoices.values(), *organisation.credit_notes.values()))


def _listed(call: Call, documents: Iterable[Invoice]) -> Answer:
    today = call.sandbox.today()
    return list_documents(call, [list_row(each, call.organisation, today) for each in documents])


def list_documents(call: Call, rows: list[Row]) -> Answer:
    """Filter, sort and page rows of sales documents."""
    conditions = (
        _alive(call),
        query_filter(call, FILTERABLE),
        changed_since(call),
        _between_days(call),
        _in_status(call),
        _free_text(call),
    )
    found = [row for row in rows if all(condition(row) for condition in conditions)]
    return page(call, _sorted(call, found))


def _alive(call: Call) -> Condition:
    """Leave out deleted drafts, except where ``changesSince`` asks for what was deleted too."""
    if flag(call, "deletedOnly"):
        return lambda row: row["DeletedAt"] is not None
    if "changesSince" in call.query:
        return lambda _row: True
    return lambda row: row["DeletedAt"] is None


def _between_days(call: Call) -> Condition:
    """Keep the days from ``startDate`` to ``endDate``; drafts are not filtered by date."""
    first, last = call.query.get("startDate"), call.query.get("endDate")
    if first is None and last is None:
        return lambda _row: True
    if first is None or last is None:
        raise refuse(call, "startDate", "startDate and endDate come together")
    if not (DAY.fullmatch(first) and DAY.fullmatch(last)):
        raise refuse(call, "startDate", "days have the form 2026-11-23")
    return lambda row: row["Status"] == "Draft" or first <= row["Date"] <= last


def _in_status(call: Call) -> Condition:
    text = call.query.get("statusFilter")
    if not text:
        return lambda _row: True
    asked = [name.strip().lower() for name in text.split(",")]
    if not set(asked) <= set(STATUSES):
        raise refuse(call, "statusFilter", f"is a list of {', '.join(STATUSES.values())}")
    wanted = {STATUSES[name] for name in asked}
    return lambda row: row["Status"] in wanted


def _free_text(call: Call) -> Condition:
    text = call.query.get("freeTextSearch", "").casefold()
    return lambda row: any(text in str(row[name]).casefold() for name in SEARCHED)


def _sorted(call: Call, rows: list[Row]) -> list[Row]:
    asked = call.query.get("sort", USUAL_SORT).lower().split(",")
    names = [SORTED_BY.get(name.strip()) for name in asked]
    if None in names:
        raise refuse(call, "sort", "is a list of VoucherNumber, VoucherDate, Status, Contact")
    order = call.query.get("sortOrder", "descending")
    if order not in ORDERS:
        raise refuse(call, "sortOrder", f"is {' or '.join(ORDERS)}")
    descending = order == "descending"
    ranks = {name: -rank if descending else rank for rank, name in enumerate(STATUS_ORDER)}

    def place(row: Row) -> list[JsonValue]:
        return [ranks[row[name]] if name == "Status" else row[name] for name in names if name]

    return sorted(rows, key=place, reverse=descending)


HANDLERS: Handlers = {
    "ListInvoices": list_invoices,
    "ListCreditNotes": list_credit_notes,
    "ListSales": list_sales,
}
