"""The VAT codes of a bill: by the rule, as far as they fit the VAT that is on it.

I25 deducts Danish VAT that is on the bill, REP and HREP a part of it. What is bought under reverse
charge bears no Danish VAT: the buyer reckons it, which the code does (boxes A of the VAT return).
"""

from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.bill import Bill, RateAmount, Region
from dinero_sync.domain.step import ORDER, TEXT, Yaml, command, sentence
from dinero_sync.domain.zone import EU_COUNTRIES
from dinero_sync.posting.bills.settings import NO_VAT, BillRule

REVERSE_CHARGE = frozenset({"IEUV", "IEUY", "IVV", "IVY", "OBPK"})
"""Codes by which the buyer reckons the VAT that isn't on the bill (IVV: what customs reckons)."""
DANISH_CODES = frozenset({"I25", "REP", "HREP"})
"""Codes that deduct some or all of Danish VAT that is on the bill."""
REGIONS = {
    "IEUV": Region.EU,
    "IEUY": Region.EU,
    "IVV": Region.WORLD,
    "IVY": Region.WORLD,
}
"""Where a purchase with such a code comes from; Dinero refuses a paid voucher that says another."""


def code_for(part: RateAmount, bill: Bill, rule: BillRule) -> str | None:
    """Return the VAT code of what bears one rate of a bill; None for none at all.

    Raises HeldError where the rule has none for it, or one that doesn't fit the VAT on the bill.
    """
    code = rule.code(part.rate)
    if code is None:
        raise _mismatch("no_code", part, bill, rule, "")
    if code in REVERSE_CHARGE and part.vat:
        raise _mismatch("reverse_charge", part, bill, rule, code)
    if code in DANISH_CODES and part.rate != DANISH_VAT:
        raise _mismatch("no_danish_vat", part, bill, rule, code)
    return None if code == NO_VAT else code


def region_of(codes: list[str | None], country: str) -> Region | None:
    """Return where a purchase comes from, by its VAT codes; None where they contradict each other.

    One without any comes from where its supplier is: ``country`` is empty where nobody knows.
    """
    told = {REGIONS.get(code, Region.DENMARK) for code in codes if code is not None}
    if len(told) > 1:
        return None
    return told.pop() if told else _region(country)


def _mismatch(text: str, part: RateAmount, bill: Bill, rule: BillRule, code: str) -> HeldError:
    return HeldError(
        HoldReason.BILL_VAT_MISMATCH,
        text,
        (
            sentence("correct_bill_rule", rule=rule.name),
            Yaml(f"vat: {{{_plain(part.rate)}: {_usual(part)}}}\n"),
            sentence("or_bill_by_hand"),
            command("skip", ORDER, "--reason", TEXT),
        ),
        number=bill.number,
        rule=rule.name,
        code=code,
        rate=part.rate,
        vat=part.vat,
        currency=bill.currency,
    )


def _usual(part: RateAmount) -> str:
    return "I25" if part.rate == DANISH_VAT else NO_VAT


def _plain(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _region(country: str) -> Region:
    if country in {"", "DK"}:
        return Region.DENMARK
    return Region.EU if country in EU_COUNTRIES else Region.WORLD
