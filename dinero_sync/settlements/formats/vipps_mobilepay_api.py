"""Vipps MobilePay, the report API's entries of the topic "funds" (JSON, amounts in øre)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dinero_sync.domain.papers.payout import Columns, Movement, MovementKind, SettlementFormat
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.amounts import currency_of, from_minor
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Entry, Found, Paid, along_each_account, moved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError, unknown_type

PAYOUTS = frozenset({"payout-scheduled", "scheduled-for-payout"})
OF_THE_OTHER_TOPIC = frozenset({"capture-fee", "fees-invoiced"})
KINDS = {
    "capture": MovementKind.SALE,
    "refund": MovementKind.REFUND,
    "fees-retained": MovementKind.FEE,
    "payout-aborted": MovementKind.OTHER,
    "retained-disputed-capture": MovementKind.CHARGEBACK,
    "returned-disputed-capture": MovementKind.CHARGEBACK,
    "correction": MovementKind.OTHER,
    "top-up": MovementKind.OTHER,
    "credit-note": MovementKind.FEE,
}
Item = Mapping[str, Any]


def _items(file: File) -> list[Item] | None:
    found = file.json.get("items") if isinstance(file.json, dict) else None
    if not isinstance(found, list) or not found:
        return None
    are_ours = all(isinstance(each, dict) and "entryType" in each for each in found)
    return found if are_ours else None


def _fits(file: File) -> bool:
    return _items(file) is not None


def _read(file: File, _: Columns) -> Found:
    """Read the payouts; a page with others behind it is no whole file."""
    if file.json.get("cursor") or file.json.get("tryLater"):
        raise RefusedFileError("cut_off")
    items = _items(file) or []
    if OF_THE_OTHER_TOPIC & {each["entryType"] for each in items}:
        steps = (
            sentence(
                "settlement_download_report", provider="Vipps MobilePay", report="topic funds"
            ),
        )
        raise RefusedFileError("wrong_report", steps, report="topic fees")
    return along_each_account(_entries(items))


def _entries(items: list[Item]) -> Iterator[tuple[tuple[str, str], Entry]]:
    for each in items:
        currency = currency_of(str(each.get("currency")))
        balance = each.get("balanceAfter")
        entry = Entry(
            f"{each.get('ledgerDate')} {each.get('time')}",
            _what(each, currency),
            None if balance is None else from_minor(balance, currency),
        )
        yield (str(each.get("recipientHandle")), currency), entry


def _what(item: Item, currency: str) -> Movement | Paid:
    name, own = str(item["entryType"]), str(item.get("pspReference") or "")
    amount = from_minor(item.get("amount"), currency)
    try:
        day = date.fromisoformat(str(item.get("ledgerDate")))
    except ValueError:
        raise RefusedFileError("day_unclear_in_entry") from None
    if name in PAYOUTS:
        return Paid(own, day, -amount, str(item.get("reference") or ""))
    if name not in KINDS:
        raise unknown_type(name, "entryType")
    return moved(KINDS[name], amount, str(item.get("reference") or ""), own, currency, day)


READER = Reader(
    format=SettlementFormat.VIPPS_MOBILEPAY,
    report="Report API, topic funds",
    is_proven=False,
    fits=_fits,
    read=_read,
)
