"""What becomes of a bill: a purchase voucher, its payment, or a hold; a pure function."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import (
    bill_reference,
    purchase_credit_guid,
    supplier_guid,
    supplier_key,
)
from dinero_sync.domain.money import KRONER, total
from dinero_sync.domain.papers.bill import (
    Bill,
    BillKind,
    Region,
    Voucher,
    VoucherLine,
    VoucherPayment,
    VoucherPlan,
    deducted,
)
from dinero_sync.domain.papers.written import as_yaml, quoted
from dinero_sync.domain.step import ORDER, TEXT, Steps, Yaml, command, sentence
from dinero_sync.posting.bills.codes import code_for, country_of, proposed, region_of
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.conditions import any_glob, glob_of
from dinero_sync.posting.days.closed import refuse_closed


def reference_of(bill: Bill) -> str:
    """Return what names a bill, in the journal and at Dinero."""
    return bill_reference(bill.vat_number, bill.supplier, bill.number)


def plan_bill(
    bill: Bill,
    settings: BillSettings,
    chart: Chart,
    day: date | None = None,
    chosen: Collection[date] = (),
) -> VoucherPlan:
    """Return what is to be made of a bill.

    Its voucher is dated the bill's day, or the open ``day`` that a person put in its place;
    ``chosen`` are all the days that a person chose for it. Raises HeldError for one from before the
    start date, one that no rule takes, one that its rule doesn't fit, and one of a closed day.
    """
    _refuse_before_start(bill, settings)
    rule = _rule_for(bill, settings)
    if rule.settled_by is not None:
        return VoucherPlan(rule=rule.name, supplier=None, voucher=None, settled_by=rule.settled_by)
    voucher = _voucher(bill, rule, settings, chart)
    if day is not None and day in chosen:
        voucher = moved(voucher, bill.date, day)
    refuse_closed("voucher", voucher.date, settings.closed_until, chosen)
    on_credit = voucher.deposit_account is None
    return VoucherPlan(
        rule=rule.name,
        supplier=_supplier(bill, rule, settings, voucher.region) if on_credit else None,
        voucher=voucher,
        payment=_payment(bill, rule, voucher) if on_credit else None,
    )


def moved(voucher: Voucher, own: date, day: date) -> Voucher:
    """Return a voucher dated a later day that a person chose; its lines tell its ``own`` day."""
    if day <= own:
        return voucher
    told = f" af {own:%d-%m-%Y}"
    lines = (
        replace(each, description=f"{each.description.removesuffix(told)}{told}")
        for each in voucher.lines
    )
    return replace(voucher, date=day, lines=tuple(lines))


def _refuse_before_start(bill: Bill, settings: BillSettings) -> None:
    if bill.date >= settings.start_date:
        return
    raise HeldError(
        HoldReason.BILL_BEFORE_START,
        "",
        (
            sentence("is_in_the_books_already"),
            command("skip", ORDER, "--reason", TEXT),
            sentence("or_post_earlier_bills"),
            Yaml(f"bills:\n  start_date: {bill.date.isoformat()}\n"),
        ),
        number=bill.number,
        day=bill.date,
        start_date=settings.start_date,
    )


def _rule_for(bill: Bill, settings: BillSettings) -> BillRule:
    for rule in settings.rules:
        if any_glob(rule.names, bill.supplier) and _has_number(rule, bill):
            return rule
    by_number = f"vat_number: {bill.vat_number}"
    by_name = f"name: {quoted(glob_of(bill.supplier))}"
    condition = by_number if bill.vat_number else by_name
    codes = proposed(bill, BillRule(name=bill.supplier))
    raise HeldError(
        HoldReason.NO_BILL_RULE,
        "",
        (
            sentence("add_bill_rule"),
            Yaml(
                f"bills:\n  rules:\n    - name: {quoted(bill.supplier)}\n",
                f"      when: {{{condition}}}\n      account: 7300  # ",
                sentence("which_account_takes_it"),
                f"\n      vat: {{{codes}}}\n      paid_from: 55000  # ",
                sentence("or_on_credit"),
                "\n",
            ),
        ),
        number=bill.number,
    )


def _has_number(rule: BillRule, bill: Bill) -> bool:
    return not rule.vat_numbers or bill.vat_number in rule.vat_numbers


def _voucher(bill: Bill, rule: BillRule, settings: BillSettings, chart: Chart) -> Voucher:
    codes = [code_for(part, bill, rule) for part in bill.amounts]
    region = region_of(codes, country_of(bill, rule))
    if region is None:
        raise _held("regions", bill, rule)
    is_note = bill.kind is BillKind.CREDIT_NOTE
    at_once = rule.paid_from is not None and not is_note and bill.currency == KRONER
    lines = tuple(
        VoucherLine(
            description=f"{_words(bill)}{_at_rate(bill, part.rate)}",
            amount=part.net + part.vat,
            account=_account(rule),
            vat_code=code,
        )
        for part, code in zip(bill.amounts, codes, strict=True)
    )
    reference = reference_of(bill)
    return Voucher(
        kind=bill.kind,
        guid=purchase_credit_guid(settings.organization_id, reference) if is_note else None,
        reference=reference,
        date=bill.date,
        currency=bill.currency,
        lines=lines,
        vat=total(_deducted(line, chart) for line in lines),
        deposit_account=rule.paid_from if at_once else None,
        region=region,
        due=None if at_once or is_note else bill.due or bill.date,
    )


def _words(bill: Bill) -> str:
    what = "kreditnota" if bill.kind is BillKind.CREDIT_NOTE else "faktura"
    return f"{bill.supplier}, {what} {bill.number}"


def _at_rate(bill: Bill, rate: Decimal) -> str:
    return f", {rate.normalize():f} %" if len(bill.amounts) > 1 else ""


def _account(rule: BillRule) -> int:
    if rule.account is None:
        raise LookupError(f"the rule {rule.name} posts bills and names no account")
    return rule.account


def _deducted(line: VoucherLine, chart: Chart) -> Decimal:
    """Return the VAT that Dinero deducts of a line."""
    return deducted(line.amount, chart.vat_rates.get(line.vat_code or "", Decimal(0)))


def _supplier(bill: Bill, rule: BillRule, settings: BillSettings, region: Region) -> Contact:
    """Return the contact that a voucher on credit is owed to.

    Raises HeldError where nobody says in which country a supplier abroad is.
    """
    country = country_of(bill, rule)
    if not country and region is not Region.DENMARK:
        raise _held("country", bill, rule)
    key = supplier_key(bill.vat_number, bill.supplier)
    return Contact(
        guid=supplier_guid(settings.organization_id, key),
        key=key,
        kind=BuyerKind.BUSINESS,
        name=bill.supplier,
        attention=None,
        street="",
        zip_code="",
        city="",
        country=country or "DK",
        email=None,
        vat_number=bill.vat_number,
        ean=None,
    )


def _payment(bill: Bill, rule: BillRule, voucher: Voucher) -> VoucherPayment | None:
    """Return what was paid of a voucher in another currency, which Dinero takes on credit alone."""
    if rule.paid_from is None or bill.kind is BillKind.CREDIT_NOTE:
        return None
    if bill.kroner_paid is None:
        raise HeldError(
            HoldReason.PAID_AMOUNT_UNKNOWN,
            "",
            (
                sentence("say_what_was_paid"),
                Yaml(as_yaml(bill, kroner_paid=Decimal(0))),
                sentence("or_leave_bill_open"),
                Yaml("on_credit: true\n"),
            ),
            number=bill.number,
            rule=rule.name,
            total=bill.total,
            currency=bill.currency,
        )
    return VoucherPayment(
        reference=voucher.reference,
        deposit_account=rule.paid_from,
        amount=bill.kroner_paid,
        foreign_amount=bill.total,
        day=voucher.date,
        description=_words(bill),
    )


def _held(text: str, bill: Bill, rule: BillRule) -> HeldError:
    steps: Mapping[str, Steps] = {
        "regions": (sentence("regions_by_hand"), command("skip", ORDER, "--reason", TEXT)),
        "country": (sentence("say_country", rule=rule.name), Yaml("country: US\n")),
    }
    return HeldError(
        HoldReason.BILL_VAT_MISMATCH, text, steps[text], number=bill.number, rule=rule.name
    )
