"""The invoice is sent to the buyer by Dinero, once.

Dinero knows no identity of a mail-out, so an invoice that wasn't booked a moment ago, or whose
sending got no clear answer, is looked up before it is sent.
"""

from dinero_sync.dinero import mail_outs
from dinero_sync.dinero.errors import RejectedError, StaleTimestampError
from dinero_sync.dinero.mail_outs import MailOutStatus
from dinero_sync.domain.documents import Plan, Sending
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord
from dinero_sync.sync.ladder.invoice import Versions, planned, read_document
from dinero_sync.sync.work.ledger import Ledger


def is_to_be_sent(ledger: Ledger, record: OrderRecord) -> bool:
    """Tell whether the order's invoice is to be sent and isn't known to have been."""
    return planned(record).sending is not None and not ledger.knows_done(
        record.order_id, EffectKind.SEND
    )


def send(ledger: Ledger, record: OrderRecord, plan: Plan, versions: Versions) -> OrderRecord:
    """Send the invoice, unless it was sent; raises HeldError when Dinero can't send it."""
    timestamp = versions.pop(record.order_id, None)  # sending makes a new version of the invoice
    if timestamp is None or ledger.may_have(record.order_id, EffectKind.SEND):
        timestamp = read_document(ledger, plan.invoice.guid).timestamp
        sent = mail_outs.mail_outs(ledger.transport, plan.invoice.guid)
        if any(each is not MailOutStatus.FAILED for each in sent):
            ledger.adopt(record.order_id, EffectKind.SEND, {"mail_outs": len(sent)})
            return record
    named = timestamp
    try:
        ledger.change(
            record.order_id,
            EffectKind.SEND,
            {"invoice": plan.invoice.guid, "by": str(plan.sending)},
            lambda: _send(ledger, plan, named, record.number),
        )
    except StaleTimestampError:
        raise
    except RejectedError as error:
        raise _not_sent(plan, error) from error
    return record


def _send(ledger: Ledger, plan: Plan, timestamp: str, number: str) -> None:
    """Send it; a public buyer wants an order number, and the shop knows none but its own."""
    transport, guid = ledger.transport, plan.invoice.guid
    if plan.sending is Sending.E_INVOICE:
        attention = plan.contact.attention
        mail_outs.send_as_e_invoice(
            transport, guid, timestamp, order_reference=number, attention=attention
        )
    else:
        mail_outs.send_by_email(transport, guid, timestamp, receiver=plan.send_to)


def _not_sent(plan: Plan, error: RejectedError) -> HeldError:
    text, mend = "by_email", sentence("correct_email")
    if plan.sending is Sending.E_INVOICE:
        text, mend = "as_e_invoice", sentence("correct_ean")
    steps = (mend, command("retry", ORDER))
    return HeldError(HoldReason.NOT_SENT, text, steps, error=str(error))
