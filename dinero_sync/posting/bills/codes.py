"""The VAT codes of a bill: by the rule, as far as they fit the VAT that is on it.

I25 deducts Danish VAT that is on the bill, REP and HREP a part of it; the 25 % of a supplier in
Sweden or Norway is another country's, and no code deducts it. What is bought under reverse charge
bears no Danish VAT: the buyer reckons it, which the code does (boxes A of the VAT return).
"""

from collections.abc import Mapping

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.bill import Bill, RateAmount, Region
from dinero_sync.domain.step import ORDER, TEXT, Facts, Yaml, command, sentence
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
COUNTRIES: Mapping[str, str] = {"EL": "GR", "XI": "GB"}
"""Where the prefix of a VAT number isn't the country's code."""
PREFIX = 2
SAID: Mapping[str, tuple[str, ...]] = {
    "no_code": ("rate",),
    "reverse_charge": ("vat", "currency", "code"),
    "no_danish_vat": ("rate", "code"),
    "foreign_vat": ("country", "code"),
}
"""What each of the sentences about a code that doesn't fit says of the bill, beside its number."""


def code_for(part: RateAmount, bill: Bill, rule: BillRule) -> str | None:
    """Return the VAT code of what bears one rate of a bill; None for none at all.

    Raises HeldError where the rule has none for it, or one that doesn't fit the VAT on the bill.
    """
    code = rule.code(part.rate)
    fault = _fault(code, part, bill, rule)
    if fault is not None:
        raise _mismatch(fault, part, bill, rule)
    return None if code == NO_VAT else code


def country_of(bill: Bill, rule: BillRule) -> str:
    """Return the supplier's country; empty where neither its VAT number nor the rule tells."""
    prefix = (bill.vat_number or "")[:PREFIX]
    if prefix.isalpha():
        return COUNTRIES.get(prefix, prefix)
    return rule.country or ""


def proposed(bill: Bill, rule: BillRule) -> str:
    """Write the codes by rate that a rule needs for a bill, beside those by which others go."""
    codes = dict(rule.vat_by_rate)
    for part in bill.amounts:
        code = rule.code(part.rate)
        fits = code is not None and _fault(code, part, bill, rule) is None
        codes[part.rate] = code if code is not None and fits else _usual(part, bill, rule)
    return ", ".join(f"{rate.normalize():f}: {code}" for rate, code in codes.items())


def region_of(codes: list[str | None], country: str) -> Region | None:
    """Return where a purchase comes from, by its VAT codes; None where they contradict each other.

    One without any comes from where its supplier is: ``country`` is empty where nobody knows.
    """
    told = {REGIONS.get(code, Region.DENMARK) for code in codes if code is not None}
    if len(told) > 1:
        return None
    return told.pop() if told else _region(country)


def _fault(code: str | None, part: RateAmount, bill: Bill, rule: BillRule) -> str | None:
    """Tell why a code doesn't fit what bears a rate; None where it does."""
    if code is None:
        return "no_code"
    if code in REVERSE_CHARGE and part.vat:
        return "reverse_charge"
    if code in DANISH_CODES and part.rate != DANISH_VAT:
        return "no_danish_vat"
    if code in DANISH_CODES and not _is_danish(bill, rule):
        return "foreign_vat"
    return None


def _mismatch(fault: str, part: RateAmount, bill: Bill, rule: BillRule) -> HeldError:
    told: Facts = {
        "rate": part.rate,
        "vat": part.vat,
        "currency": bill.currency,
        "code": rule.code(part.rate) or NO_VAT,
        "country": country_of(bill, rule),
    }
    return HeldError(
        HoldReason.BILL_VAT_MISMATCH,
        fault,
        (
            sentence("correct_bill_rule", rule=rule.name),
            Yaml(f"vat: {{{proposed(bill, rule)}}}\n"),
            sentence("or_bill_by_hand"),
            command("skip", ORDER, "--reason", TEXT),
        ),
        number=bill.number,
        rule=rule.name,
        **{name: told[name] for name in SAID[fault]},
    )


def _usual(part: RateAmount, bill: Bill, rule: BillRule) -> str:
    return "I25" if part.rate == DANISH_VAT and _is_danish(bill, rule) else NO_VAT


def _is_danish(bill: Bill, rule: BillRule) -> bool:
    return _region(country_of(bill, rule)) is Region.DENMARK


def _region(country: str) -> Region:
    if country in {"", "DK"}:
        return Region.DENMARK
    return Region.EU if country in EU_COUNTRIES else Region.WORLD
