"""The invoice is sent to the buyer by Dinero, once.

Dinero knows no identity of a mail-out, so an invoice that wasn't booked a moment ago, or whose
sending got no clear answer, is looked up before it is sent.
"""

from dinero_sync.dinero import mail_outs
from dinero_sync.dinero.errors import RejectedError, StaleTimestampError
from dinero_sync.dinero.mail_outs import MailOutStatus
from dinero_sync.dinero.write import Write
from dinero_sync.domain.documents import Plan, Sending
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.invoice import read_document
from dinero_sync.sync.ladder.step import Climb, Step, planned
from dinero_sync.sync.work.outcome import climbed


def send(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Send the invoice, unless it was sent; raises HeldError when Dinero can't send it."""
    ledger, plan = climb.ledger, planned(record)
    # sending makes a new version of the invoice
    timestamp = climb.timestamps.pop(record.order_id, None)
    if timestamp is None or ledger.may_have(record, EffectKind.SEND):
        timestamp = read_document(ledger, plan.invoice.guid).timestamp
        sent = mail_outs.of_invoice(ledger.transport, plan.invoice.guid)
        if any(each is not MailOutStatus.FAILED for each in sent):
            ledger.adopt(record, EffectKind.SEND, {"mail_outs": len(sent)})
            return climbed(record, Rung.SENT)
    try:
        ledger.send(
            record,
            EffectKind.SEND,
            {"invoice": plan.invoice.guid, "by": str(plan.sending)},
            _mail_out(plan, timestamp, record.number),
        )
    except StaleTimestampError:
        raise
    except RejectedError as error:
        raise _not_sent(plan, error) from error
    return climbed(record, Rung.SENT)


def _mail_out(plan: Plan, timestamp: str, number: str) -> Write[None]:
    """Say how; a public buyer wants its order number, and where it gave none the shop's own."""
    number = plan.reference or number
    guid, attention = plan.invoice.guid, plan.contact.attention
    if plan.sending is Sending.E_INVOICE:
        return mail_outs.as_e_invoice(guid, timestamp, order_reference=number, attention=attention)
    return mail_outs.by_email(guid, timestamp, receiver=plan.send_to)


def _not_sent(plan: Plan, error: RejectedError) -> HeldError:
    text, mend = "by_email", sentence("correct_email")
    if plan.sending is Sending.E_INVOICE:
        text, mend = "as_e_invoice", sentence("correct_ean")
    steps = (mend, command("retry", ORDER))
    return HeldError(HoldReason.NOT_SENT, text, steps, error=str(error))


STEPS = (Step(kind=DocumentKind.SENDING, at=Rung.PLANNED, take=send),)
"""The ladder of a sending."""
