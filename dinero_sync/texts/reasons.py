"""Why an order is skipped, or waits for something in the shop."""

from collections.abc import Mapping

from dinero_sync.domain.hold import OpenReason, SkipReason
from dinero_sync.texts.catalogue import _

REASONS: Mapping[str, str] = {
    SkipReason.BEFORE_START: _("It is from before sync.start_date."),
    SkipReason.CANCELLED: _("It was cancelled in the shop before it became an invoice."),
    SkipReason.ZERO_TOTAL: _("There is nothing to pay."),
    SkipReason.BY_OPERATOR: _("It was skipped by hand (dinero-sync skip)."),
    SkipReason.BOOKED_ELSEWHERE: _("It is in the books by other means (dinero-sync adopt)."),
    SkipReason.SETTLED_BY_PAYOUTS: _(
        "Payouts post what is on this bill; its document is in Dinero, and nothing is posted."
    ),
    SkipReason.FILE_GONE: _(
        "Its file was taken away, or is another one now; if it comes again, it is read again."
    ),
    OpenReason.UNPAID: _("It waits until it is paid."),
    OpenReason.UNSHIPPED: _("It waits until it is shipped."),
    OpenReason.AWAITING_PAYMENT: _(
        "Its invoice is booked; the payment is registered once the shop says that it is paid."
    ),
    OpenReason.AWAITING_BOOKING: _("Its draft waits until you book it: dinero-sync book"),
    OpenReason.AWAITING_REFUND: _(
        "Its credit note is booked; the refund is registered once a settlement file shows that the "
        "provider paid it back, or as soon as you registered it in Dinero."
    ),
}
"""In whole sentences."""
IN_SHORT: Mapping[str, str] = {
    SkipReason.BEFORE_START: _("from before sync.start_date"),
    SkipReason.CANCELLED: _("cancelled in the shop"),
    SkipReason.ZERO_TOTAL: _("nothing to pay"),
    SkipReason.BY_OPERATOR: _("skipped by hand"),
    OpenReason.UNPAID: _("waits until it is paid"),
    OpenReason.UNSHIPPED: _("waits until it is shipped"),
    OpenReason.AWAITING_PAYMENT: _("booked; the payment is registered once the shop is paid"),
    OpenReason.AWAITING_BOOKING: _("draft; waits for your word: dinero-sync book ORDER"),
    OpenReason.AWAITING_REFUND: _("credited; the refund waits for the settlement file"),
}
"""A few words, for a table."""
