"""Why an order isn't an invoice (yet): the reason codes, and what a person is told, as data.

The codes are stable: they are logged, shown and documented, and never change their meaning.
"""

from dataclasses import dataclass
from enum import StrEnum

from dinero_sync.domain.step import Fact, Facts, Steps


class SkipReason(StrEnum):
    """Why an order never becomes an invoice; nobody needs to act."""

    BEFORE_START = "before_start"
    CANCELLED = "cancelled"
    ZERO_TOTAL = "zero_total"
    BY_OPERATOR = "by_operator"
    BOOKED_ELSEWHERE = "booked_elsewhere"
    SETTLED_BY_PAYOUTS = "settled_by_payouts"
    FILE_GONE = "file_gone"


class OpenReason(StrEnum):
    """Why an order isn't due yet; it is looked at again."""

    UNPAID = "unpaid"
    UNSHIPPED = "unshipped"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_BOOKING = "awaiting_booking"
    AWAITING_REFUND = "awaiting_refund"


class HoldReason(StrEnum):
    """Why an order waits for a person."""

    UNREADABLE_ORDER = "unreadable_order"
    LINES_DO_NOT_ADD_UP = "lines_do_not_add_up"
    UNKNOWN_STATUS = "unknown_status"
    CURRENCY_NOT_ALLOWED = "currency_not_allowed"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_VAT = "unknown_vat"
    UNKNOWN_PAYMENT_TYPE = "unknown_payment_type"
    ACCOUNT_VAT_MISMATCH = "account_vat_mismatch"
    INVALID_VAT_NUMBER = "invalid_vat_number"
    UNCONFIRMED_VAT_NUMBER = "unconfirmed_vat_number"
    UNKNOWN_PRODUCT = "unknown_product"
    PURCHASE_PRICE_MISSING = "purchase_price_missing"
    MARGIN_SCHEME_EXPORT = "margin_scheme_export"
    MARGIN_DIFFERS = "margin_differs"
    MARGIN_MISSING = "margin_missing"
    MARGIN_NOT_BOOKED = "margin_not_booked"
    GIFT_CARD_USED = "gift_card_used"
    GIFT_CARD_DIFFERS = "gift_card_differs"
    GIFT_CARD_NOT_BOOKED = "gift_card_not_booked"
    DISTANCE_SALES_THRESHOLD = "distance_sales_threshold"
    ZERO_TOTAL_WITH_VOUCHER = "zero_total_with_voucher"
    NEGATIVE_AMOUNT = "negative_amount"
    TRIGGER_DAY_UNKNOWN = "trigger_day_unknown"
    PAID_BEFORE_INVOICE = "paid_before_invoice"
    PERIOD_CLOSED = "period_closed"
    STRADDLES_START = "straddles_start"
    MAYBE_BOOKED_ELSEWHERE = "maybe_booked_elsewhere"
    SEVERAL_CONTACTS = "several_contacts"
    REJECTED_BY_DINERO = "rejected_by_dinero"
    TOTALS_DIFFER = "totals_differ"
    DRAFT_DELETED = "draft_deleted"
    DOCUMENT_DIFFERS = "document_differs"
    NO_LONGER_DUE = "no_longer_due"
    CHANGED_AFTER_BOOKING = "changed_after_booking"
    CANCELLED_AFTER_BOOKING = "cancelled_after_booking"
    NOT_SENT = "not_sent"
    PAID_DIFFERENTLY = "paid_differently"
    CREDITED_ELSEWHERE = "credited_elsewhere"
    CHARGEBACK = "chargeback"
    RETURNED = "returned"
    UNREADABLE_RETURN = "unreadable_return"
    BILL_UNREADABLE = "bill_unreadable"
    BILL_DOES_NOT_ADD_UP = "bill_does_not_add_up"
    BILL_UNPROVEN = "bill_unproven"
    BILL_BEFORE_START = "bill_before_start"
    NO_BILL_RULE = "no_bill_rule"
    BILL_VAT_MISMATCH = "bill_vat_mismatch"
    PAID_AMOUNT_UNKNOWN = "paid_amount_unknown"
    BILL_DIFFERS = "bill_differs"
    MAYBE_POSTED_ELSEWHERE = "maybe_posted_elsewhere"
    VOUCHER_DIFFERS = "voucher_differs"
    VOUCHER_GONE = "voucher_gone"
    PAYOUT_FILE_REFUSED = "payout_file_refused"
    PAYOUT_UNPROVEN = "payout_unproven"
    PAYOUT_NET_UNTOLD = "payout_net_untold"
    PAYOUT_PARTIAL = "payout_partial"
    PAYOUT_FEE_VAT = "payout_fee_vat"
    PAYOUT_CURRENCY = "payout_currency"
    PAYOUT_DIFFERS = "payout_differs"
    PAYOUT_ITEM_DIFFERS = "payout_item_differs"
    PAYOUT_NOT_BOOKED = "payout_not_booked"


class DoubtReason(StrEnum):
    """Why it isn't known whether an effect happened at Dinero."""

    NO_ANSWER = "no_answer"


ENDED_BY_PERSON = frozenset({SkipReason.BY_OPERATOR, SkipReason.BOOKED_ELSEWHERE})
"""Skips that stand whatever the shop says later."""

OF_RETURNS = frozenset({HoldReason.RETURNED, HoldReason.UNREADABLE_RETURN})
"""Holds that are questions to a person, which looking again answers never."""
OF_A_WORD = OF_RETURNS | {HoldReason.CHARGEBACK}
"""Those that end by a person's word alone."""
MENDED_BY_TIME = frozenset(
    {
        HoldReason.REJECTED_BY_DINERO,
        HoldReason.SEVERAL_CONTACTS,
        HoldReason.TRIGGER_DAY_UNKNOWN,
        HoldReason.UNKNOWN_COUNTRY,
        HoldReason.UNCONFIRMED_VAT_NUMBER,
    }
)
"""Holds that may end without a word to us: a year is opened in Dinero, contacts are merged there,
a country is set up in the shop, a day to come has come, the EU's register answers again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What a person needs to know about an order that waits for them; ``texts`` tells it."""

    reason: HoldReason
    text: str
    """The code of the sentence that says what happened and what it means for the books.

    The reason itself, or where a reason has several sentences, like ``unknown_vat.freight``.
    """
    facts: Facts
    """The values in the sentence; no names or addresses."""
    steps: Steps
    """What to do: a command or YAML to paste, or what to correct in the shop or in Dinero."""


class HeldError(Exception):
    """Raised where an order can't go on; carries the :class:`Hold`."""

    def __init__(self, reason: HoldReason, text: str, steps: Steps, /, **facts: Fact) -> None:
        """Build the hold; ``text`` is which of its reason's sentences, empty for the only one."""
        super().__init__(f"{reason}: {text}" if text else str(reason))
        code = f"{reason}.{text}" if text else str(reason)
        self.hold = Hold(reason=reason, text=code, facts=facts, steps=steps)
