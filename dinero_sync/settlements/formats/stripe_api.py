"""Stripe's balance transactions of one payout, as its API lists them (JSON)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dinero_sync.domain.papers.payout import Columns, Movement, SettlementFormat
from dinero_sync.settlements.amounts import currency_of, day_in_copenhagen, from_minor
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.stripe_rows import PAYOUT, movement_of

REPORT = "Balance transactions of a payout"
CATEGORIES = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "adjustment": "dispute",
    "stripe_fee": "fee",
    "tax_fee": "tax",
    "payout": PAYOUT,
    "payout_cancel": "payout_reversal",
    "payout_failure": "payout_reversal",
    "reserved_funds": "risk_reserved_funds",
}
"""What an entry's ``type`` is as a category, where an old version of the API tells none."""
Entries = list[Mapping[str, Any]]


def _entries(file: File) -> Entries | None:
    found = file.json
    if isinstance(found, dict):
        found = found.get("data")
    if not isinstance(found, list) or not found:
        return None
    are_ours = all(
        isinstance(each, dict) and each.get("object") == "balance_transaction" for each in found
    )
    return found if are_ours else None


def _fits(file: File) -> bool:
    return _entries(file) is not None


def _read(file: File, _: Columns) -> Found:
    """Read the one payout of the list, which is an entry of its own."""
    entries = _entries(file) or []
    if isinstance(file.json, dict) and file.json.get("has_more"):
        raise RefusedFileError("cut_off")
    if len({each.get("id") for each in entries}) < len(entries):
        raise RefusedFileError("row_twice")
    payouts = [each for each in entries if _category(each) == PAYOUT]
    if len(payouts) != 1:
        raise RefusedFileError("not_one_payout", payouts=len(payouts))
    (payout,) = payouts
    currency = currency_of(str(payout.get("currency")))
    paid = proved(
        _movements(entries),
        id=_name(payout.get("source")),
        day=_available(payout.get("available_on")),
        currency=currency,
        net=-_amounts(payout)[2],
    )
    return Found((paid,))


def _movements(entries: Iterable[Mapping[str, Any]]) -> Iterator[Movement]:
    for each in entries:
        category = _category(each)
        if category == PAYOUT:
            continue
        gross, fee, _ = _amounts(each)
        source = each.get("source")
        yield movement_of(
            category,
            gross,
            fee,
            reference=_reference(source) or str(each.get("description") or ""),
            payment=_payment(source),
            currency=currency_of(str(each.get("currency"))),
            day=day_in_copenhagen(each.get("created")),
        )


def _category(entry: Mapping[str, Any]) -> str:
    told = entry.get("reporting_category")
    return str(told) if told else CATEGORIES.get(str(entry.get("type")), str(entry.get("type")))


def _amounts(entry: Mapping[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    currency = currency_of(str(entry.get("currency")))
    gross, fee, net = (from_minor(entry.get(name), currency) for name in ("amount", "fee", "net"))
    if gross - fee != net:
        raise RefusedFileError("entry_sum", net=net, parts=gross - fee)
    return gross, fee, net


def _available(seconds: object) -> date:
    """Return the day that Stripe writes as its midnight in UTC."""
    if not isinstance(seconds, int):
        raise RefusedFileError("day_unclear_in_entry")
    return datetime.fromtimestamp(seconds, UTC).date()


def _name(source: object) -> str:
    """Return the id of what an entry comes from, which may be there as a whole."""
    found = source.get("id") if isinstance(source, dict) else source
    if not isinstance(found, str) or not found:
        raise RefusedFileError("not_one_payout", payouts=0)
    return found


def _reference(source: object) -> str:
    """Return the shop's order number from the metadata of a charge, where it is there."""
    metadata = source.get("metadata") if isinstance(source, dict) else None
    if not isinstance(metadata, dict):
        return ""
    return next((str(value) for key, value in metadata.items() if "order" in str(key).lower()), "")


def _payment(source: object) -> str:
    if not isinstance(source, dict):
        return str(source or "")
    return str(source.get("payment_intent") or source.get("charge") or source.get("id") or "")


READER = Reader(
    format=SettlementFormat.STRIPE, report=REPORT, is_proven=False, fits=_fits, read=_read
)
