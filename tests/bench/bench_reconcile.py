"""What it costs to prove a year of many orders: the journal read, Dinero's lists and entries too.

``python bench_reconcile.py make FOLDER ORDERS`` makes a journal of them, and ``prove`` proves the
year. What Dinero answers stands in files, and is read as its answers are.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from bench_builds import Usage, measure
from bench_measures import quick_folder
from bench_table import NOT_MEASURED, Row, megabytes

from dinero_sync.dinero.answers import Wire, decoded_list, list_of
from dinero_sync.http_answers import Answer
from dinero_sync.journal.database import open_journal, reading
from dinero_sync.sync.insight.reconcile import prove

MANY = 100_000
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
FIRST_ORDER, FIRST_NUMBER = 4_000_000, 10_000
CARDS, DEBTORS, SALES, VAT = 55010, 53000, 1000, 64000
OK = 200


def day_of(at: int, orders: int) -> date:
    """Return the day of an order: they come evenly over the year."""
    return FIRST + timedelta(days=at * 365 // orders)


def price_of(at: int) -> Decimal:
    """Return what an order costs; it is divided without a rest into its net and its VAT."""
    return Decimal(100 + at % 977) * Decimal("1.25")


def invoice_of(at: int) -> UUID:
    """Return the name of an order's invoice, which its entries bear."""
    return UUID(int=(1 << 64) + at)


def payment_of(at: int) -> UUID:
    """Return the name of its payment's voucher."""
    return UUID(int=(2 << 64) + at)


def make(folder: Path, orders: int) -> None:
    """Write a journal of booked and paid orders."""
    with closing(open_journal(folder)) as db:
        db.execute("BEGIN IMMEDIATE")
        for at in range(orders):
            _note(db, at, day_of(at, orders))
        db.execute("COMMIT")
    for day, places in groupby(range(orders), key=lambda at: day_of(at, orders)):
        them = list(places)
        entries = (entry for at in them for entry in _entries(at, day))
        for name, rows in (("invoices", (_invoice(at, day) for at in them)), ("entries", entries)):
            text = ",".join(map(json.dumps, rows))
            (folder / f"{name}-{day}.json").write_text(text, encoding="utf-8")


def _note(db: sqlite3.Connection, at: int, day: date) -> None:
    order, price, guid = FIRST_ORDER + at, str(price_of(at)), str(invoice_of(at))
    db.execute(
        "INSERT INTO subjects (subject, kind, number, changed, raw, total, currency, payment_day,"
        " seen_undue, not_elsewhere) VALUES (?, 'order', ?, ?, '{}', ?, 'DKK', ?, 0, 0)",
        (order, str(order), f"{day}T10:00:00.000000+00:00", price, str(day)),
    )
    line = {
        "description": "Krus",
        "comments": None,
        "quantity": "1",
        "unit_price": price,
        "account": SALES,
        "vat_rate": "25",
        "unit": "parts",
        "rule": "sales_account",
    }
    contact = {
        "guid": guid,
        "key": f"kunde{at}@example.com",
        "kind": "consumer",
        "name": "Anna Prøve",
        "attention": None,
        "street": "Prøvevej 7",
        "zip_code": "8000",
        "city": "Aarhus C",
        "country": "DK",
        "email": f"kunde{at}@example.com",
        "vat_number": None,
        "ean": None,
    }
    plan = {
        "contact": contact,
        "invoice": {
            "guid": guid,
            "reference": f"shoporama:{order}",
            "date": str(day),
            "currency": "DKK",
            "language": "da-DK",
            "heading": f"Faktura, ordre {order}",
            "comment": f"Ordre {order}.",
            "address": "Anna Prøve\nPrøvevej 7\n8000 Aarhus C",
            "terms": {"type": "Paid", "days": None},
            "lines": [line],
        },
        "payment": {
            "reference": f"shoporama:{order}:payment",
            "deposit_account": CARDS,
            "amount": price,
            "description": f"Kort, ordre {order}",
        },
        "payment_type": "Kort",
    }
    for place, (key, rung, its_plan) in enumerate(
        (("invoice", "booked", json.dumps(plan)), ("payment", "paid", None))
    ):
        is_invoice = place == 0
        db.execute(
            "INSERT INTO documents (subject, document, chain, place, document_kind, standing, rung,"
            " looks, settings, day, plan, plan_version, contact_guid, document_number)"
            " VALUES (?, ?, 'invoice', ?, ?, 'done', ?, 0, '', ?, ?, 1, ?, ?)",
            (
                order,
                key,
                place,
                key,
                rung,
                str(day) if is_invoice else None,
                its_plan,
                guid if is_invoice else None,
                FIRST_NUMBER + at if is_invoice else None,
            ),
        )
    decision = {"amount": price, "day": str(day), "deposit_account": CARDS, "description": "Kort"}
    request = {"body": json.dumps(decision) * 2, "method": "POST", "path": f"/v1/invoices/{guid}"}
    answer = {"status": OK, "body": json.dumps({"RelatedVoucherGuid": str(payment_of(at))})}
    for phase, body in (
        ("intent", {"decision": decision, "request": request}),
        ("done", {"answer": answer}),
    ):
        effect = db.execute(
            "INSERT INTO effects (at, run_id, subject, document, kind, phase, body_hash, hash)"
            " VALUES (?, 'bench', ?, 'payment', 'payment', ?, '', '')",
            (f"{day}T10:00:00+00:00", order, phase),
        )
        db.execute("INSERT INTO bodies VALUES (?, ?)", (effect.lastrowid, json.dumps(body)))


def _invoice(at: int, day: date) -> dict[str, Any]:
    price = price_of(at)
    return {
        "Guid": str(invoice_of(at)),
        "Number": FIRST_NUMBER + at,
        "Date": str(day),
        "ExternalReference": f"shoporama:{FIRST_ORDER + at}",
        "Description": f"Faktura, ordre {FIRST_ORDER + at}",
        "ContactGuid": str(invoice_of(at)),
        "Currency": "DKK",
        "TotalInclVat": float(price),
        "TotalExclVat": float(price * 4 / 5),
        "TotalInclVatInDkk": float(price),
        "Status": "Paid",
    }


def _entries(at: int, day: date) -> Iterator[dict[str, Any]]:
    price, invoice, payment = price_of(at), invoice_of(at), payment_of(at)
    for account, amount, voucher, code in (
        (DEBTORS, price, invoice, None),
        (SALES, -price * 4 / 5, invoice, "U25"),
        (VAT, -price / 5, invoice, "U25"),
        (CARDS, price, payment, None),
        (DEBTORS, -price, payment, None),
    ):
        yield {
            "AccountNumber": account,
            "AccountName": "En konto",
            "Date": str(day),
            "VoucherNumber": FIRST_NUMBER + at,
            "VoucherGuid": str(voucher),
            "FileGuid": None,
            "VoucherType": None,
            "Description": f"Faktura, ordre {FIRST_ORDER + at}",
            "VatType": None,
            "VatCode": code,
            "Amount": float(amount),
            "EntryGuid": str(voucher),
            "ContactGuid": str(invoice),
            "Type": "Normal",
        }


class Dinero:
    """What the books answer, in the place of the session with them."""

    def __init__(self, folder: Path) -> None:
        """Answer from the files of ``make``."""
        self._folder = folder

    def _answer(self, name: str, first: str, last: str) -> Answer:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        files = (
            self._folder / f"{name}-{date.fromisoformat(first) + timedelta(days=each)}.json"
            for each in range(days)
        )
        told = (each.read_text(encoding="utf-8") for each in files if each.exists())
        return Answer(OK, {}, f"[{','.join(told)}]")

    def pages(self, _version: str, path: str, query: dict[str, str]) -> Iterator[Wire]:
        """List invoices; nobody made a credit note, or deleted a contact."""
        if path == "invoices":
            yield from list_of(self._answer(path, query["startDate"], query["endDate"]))

    def read_decoded(
        self, _version: str, path: str, query: dict[str, str], decoder: Callable[[Wire], Any]
    ) -> list[Any]:
        """List the entries of some days."""
        answer = self._answer(path, query["fromDate"], query["toDate"])
        return decoded_list(decoder, answer)

    def read_list(self, _version: str, path: str, _query: dict[str, str]) -> list[Any]:
        """List accounts, VAT codes and accounting years."""
        account = {"AccountNumber": SALES, "Name": "Salg", "VatCode": "U25"}
        year = {"Name": "2026", "FromDate": str(FIRST), "ToDate": str(LAST)}
        told: dict[str, list[Any]] = {
            "accounts/entry": [account],
            "vatTypes": [{"VatCode": "U25", "VatRate": Decimal("0.25")}],
            "accountingyears": [year],
        }
        return told.get(path, [])


def prove_year(folder: Path, orders: int) -> None:
    """Prove the year, which adds up."""
    dinero: Any = Dinero(folder)
    with reading(folder) as db:
        found = prove(dinero, db, 0, (FIRST, LAST), (), ())
    assert found.is_proved, found.differences[:3]
    assert found.orders == orders


def proved(orders: int) -> Usage:
    """Make a journal of so many orders, prove their year, and return what that cost."""
    with quick_folder() as folder:
        for step in ("make", "prove"):
            usage = measure([sys.executable, __file__, step, folder, str(orders)], folder)
    return usage


def a_year() -> list[Row]:
    """Return the rows of the table: time and memory."""
    usage = proved(MANY)
    told = (
        ("a year of 100,000 orders proved (reconcile)", f"{usage.cpu:.1f} s", "≤ 30 s"),
        ("its memory at the most", megabytes(usage.peak), "≤ 200 MB"),
    )
    return [Row(measure=what, then=NOT_MEASURED, now=now, goal=goal) for what, now, goal in told]


if __name__ == "__main__":
    {"make": make, "prove": prove_year}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
