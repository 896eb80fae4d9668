"""Reason codes are read by scripts and monitoring: they stay what they are."""

from dinero_sync.domain.hold import DoubtReason, HeldError, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.step import sentence
from dinero_sync.texts.telling import message, next_step

PUBLISHED = {
    "account_vat_mismatch",
    "awaiting_booking",
    "awaiting_payment",
    "before_start",
    "booked_elsewhere",
    "by_operator",
    "cancelled",
    "cancelled_after_booking",
    "changed_after_booking",
    "currency_not_allowed",
    "document_differs",
    "draft_deleted",
    "invalid_vat_number",
    "lines_do_not_add_up",
    "maybe_booked_elsewhere",
    "negative_amount",
    "no_answer",
    "no_longer_due",
    "paid_differently",
    "rejected_by_dinero",
    "several_contacts",
    "straddles_start",
    "totals_differ",
    "trigger_day_unknown",
    "unknown_country",
    "unknown_payment_type",
    "unknown_status",
    "unknown_vat",
    "unpaid",
    "unreadable_order",
    "unshipped",
    "zero_total",
    "zero_total_with_voucher",
}

ALL_CODES = [*SkipReason, *OpenReason, *HoldReason, *DoubtReason]


def test_no_published_code_was_renamed_or_removed() -> None:
    assert PUBLISHED - {str(code) for code in ALL_CODES} == set()


def test_no_code_means_two_things() -> None:
    assert len({str(code) for code in ALL_CODES}) == len(ALL_CODES)


def test_a_hold_carries_its_code_what_happened_and_what_to_do() -> None:
    error = HeldError(HoldReason.NOT_SENT, "by_email", (sentence("see_request"),), error="no")

    assert str(error) == "not_sent: by_email"
    assert error.hold.reason is HoldReason.NOT_SENT
    assert message(error.hold).startswith("Dinero couldn't send the invoice by e-mail (no).")
    assert next_step(error.hold.steps) == "See the request with."
