"""A voucher as Dinero holds it beside the planned one: what decides the books must be the same."""

from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE
from dinero_sync.domain.papers.bill import Voucher, VoucherPlan
from dinero_sync.domain.step import NOTE, ORDER, Sentence, command, sentence


def says(found: VoucherRecord, plan: VoucherPlan, contact_guid: UUID | None) -> bool:
    """Tell whether a voucher says what is planned; its texts, and words of people, don't count."""
    return not differences(found, plan, contact_guid)


def differences(
    found: VoucherRecord, plan: VoucherPlan, contact_guid: UUID | None
) -> tuple[Sentence, ...]:
    """Return what of a voucher differs from the plan, in words."""
    voucher = plan.voucher
    if voucher is None:
        return ()
    lines = [(line.account, line.vat_code, line.amount) for line in voucher.lines]
    there = [(line.account, line.vat_code, line.amount) for line in found.lines]
    compared = (
        (sentence("voucher_total"), found.total == voucher.total),
        (sentence("voucher_vat"), abs(found.vat - voucher.vat) <= _tolerance(voucher)),
        (sentence("voucher_lines"), there == lines),
        (sentence("voucher_day"), found.date == voucher.date),
        (sentence("voucher_currency"), found.currency == voucher.currency),
        (sentence("voucher_document"), found.file_guid == (plan.file_guid or "")),
        (sentence("voucher_supplier"), _is_owed_to(found, voucher, contact_guid)),
        (sentence("voucher_account"), found.deposit_account == voucher.deposit_account),
    )
    return tuple(words for words, is_same in compared if not is_same)


def refuse_differing(found: VoucherRecord, plan: VoucherPlan, contact_guid: UUID | None) -> None:
    """Raise HeldError unless a voucher says what is planned."""
    unlike = differences(found, plan, contact_guid)
    if not unlike or plan.voucher is None:
        return
    number = str(found.number or "")
    steps = (
        (
            sentence("correct_booked_voucher"),
            command("resolve", ORDER, "--accept", NOTE),
        )
        if found.booked
        else (sentence("correct_voucher_draft"), command("retry", ORDER))
    )
    raise HeldError(
        HoldReason.VOUCHER_DIFFERS,
        "booked" if found.booked else "draft",
        steps,
        what=unlike,
        total=found.total,
        planned=plan.voucher.total,
        currency=plan.voucher.currency,
        **({"voucher": number} if found.booked else {}),
    )


def _tolerance(voucher: Voucher) -> Decimal:
    """Return half an øre a line, and no less than one: Dinero rounds line by line."""
    return ORE * max(1, len(voucher.lines) // 2)


def _is_owed_to(found: VoucherRecord, voucher: Voucher, contact_guid: UUID | None) -> bool:
    if voucher.deposit_account is not None:
        return True
    return found.contact_guid.lower() == str(contact_guid or "").lower()
