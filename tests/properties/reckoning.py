"""What the books must and may hold, reckoned from what really happened to each sale."""

from collections.abc import Callable
from decimal import Decimal

from records import message_of, next_step_of
from sales import FIRST_ORDER, Sale
from trade import Finished, Trade

from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.sandbox.dinero.books import Invoice


class Reckoning:
    """Compares Dinero and the journal with the sales."""

    def __init__(self, trade: Trade) -> None:
        """Begin with no sale."""
        self.trade = trade
        self.sold: list[Sale] = []

    def watched(self, act: Callable[[], Finished]) -> Finished:
        """Let a run act, and see that all it books is due, with the total that the shop says."""
        before = {sale.order_id for sale in self.sold if self.is_booked(sale)}
        finished = act()
        for sale in self.sold:
            if self.is_booked(sale) and sale.order_id not in before:
                invoice = self.trade.invoice(sale.order_id)
                assert invoice is not None
                assert sale.is_due
                assert invoice.totals.gross == sale.total
                assert invoice.totals.vat == sale.vat or len(invoice.lines) > 1
        return finished

    def check_nothing_is_wrong(self) -> None:
        """See that what is in the books may be there."""
        self._every_document_is_that_of_one_order()
        self._no_invoice_is_paid_by_us_twice_or_wrongly()
        self._a_buyer_is_one_contact()
        assert self.trade.journal_faults() == ()
        assert self.trade.sandbox.complaints == []

    def _every_document_is_that_of_one_order(self) -> None:
        live = [each for each in self.trade.sandbox.invoices.values() if not each.deleted_at]
        ours = [self.trade.invoice(sale.order_id) for sale in self.sold]
        assert [each.guid for each in ours if each] == [
            each.guid
            for each in sorted(live, key=lambda each: str(each.fields["ExternalReference"]))
        ]

    def _no_invoice_is_paid_by_us_twice_or_wrongly(self) -> None:
        for sale in self.sold:
            invoice = self.trade.invoice(sale.order_id)
            ours = [] if invoice is None else payments_of_ours(invoice)
            assert ours == [] or (invoice is not None and ours == [invoice.totals.gross])

    def _a_buyer_is_one_contact(self) -> None:
        contacts = self.trade.sandbox.contacts.values()
        emails = [each.fields["Email"] for each in contacts if each.fields.get("Email")]
        assert len(emails) == len({email.strip().lower() for email in emails})

    def check_nothing_is_missing(self) -> None:
        """See what became of each sale, now that everything came to rest."""
        records = self.trade.records()
        for sale in self.sold:
            self._check_in_the_end(sale, records[sale.order_id])

    def _check_in_the_end(self, sale: Sale, record: OrderRecord) -> None:
        """Compare what became of a sale with what should have."""
        if record.standing is Standing.HELD:
            self._check_hold(sale, record)
        elif record.standing is Standing.SKIPPED:
            assert (record.reason, True) in {
                ("by_operator", sale.ended),
                ("cancelled", sale.cancelled),
            }
        elif not self.is_booked(sale):
            assert not sale.is_due
            assert not sale.cancelled
            assert record.standing is Standing.OPEN
        else:
            self._check_booked(sale, record)

    def _check_hold(self, sale: Sale, record: OrderRecord) -> None:
        assert record.reason in set(sale.causes_of_a_hold()), record
        assert message_of(record)
        assert next_step_of(record)
        assert not (record.reason == "no_longer_due" and self.is_booked(sale)), message_of(record)

    def _check_booked(self, sale: Sale, record: OrderRecord) -> None:
        invoice = self.trade.invoice(sale.order_id)
        assert invoice is not None
        assert sale.settled or (sale.is_due and invoice.totals.gross == sale.total)
        is_paid = sale.paid and sale.way.registers
        if "paid" not in sale.by_hand:
            waits = sale.way.registers and not sale.paid
            assert record.standing is (Standing.OPEN if waits else Standing.DONE)
            assert payments_of_ours(invoice) == ([invoice.totals.gross] if is_paid else [])

    def some(self, fits: Callable[[Sale], bool]) -> list[Sale]:
        """Return the sales that fit."""
        return [sale for sale in self.sold if fits(sale)]

    def sale(self, record: OrderRecord) -> Sale:
        """Return the sale that the journal tells of."""
        return self.sold[record.order_id - FIRST_ORDER]

    def is_booked(self, sale: Sale) -> bool:
        """Tell whether Dinero has the sale's invoice as final."""
        invoice = self.trade.invoice(sale.order_id)
        return invoice is not None and invoice.is_booked

    def held(self) -> list[OrderRecord]:
        """Return the orders that wait for a person."""
        records = self.trade.records().values()
        return [record for record in records if record.standing is Standing.HELD]

    def held_and_not_booked(self) -> list[OrderRecord]:
        """Return those that may end without an invoice."""
        return [record for record in self.held() if not self.is_booked(self.sale(record))]

    def _documents(self) -> list[tuple[Sale, Invoice]]:
        found = [(sale, self.trade.invoice(sale.order_id)) for sale in self.sold]
        return [(sale, invoice) for sale, invoice in found if invoice is not None]

    def drafts(self) -> list[tuple[Sale, Invoice]]:
        """Return the drafts in Dinero, with their sales."""
        return [(sale, draft) for sale, draft in self._documents() if not draft.is_booked]

    def owed(self) -> list[tuple[Sale, Invoice]]:
        """Return the booked invoices on which something is left to pay, with their sales."""
        return [
            (sale, invoice)
            for sale, invoice in self._documents()
            if invoice.is_booked and invoice.remaining > 0
        ]

    def state_of_affairs(self) -> object:
        """Return how all orders stand, to compare with later."""
        records = self.trade.records().values()
        return [(each.order_id, each.standing, each.rung, each.reason) for each in records]


def payments_of_ours(invoice: Invoice) -> list[Decimal]:
    """Return the amounts that carry our reference."""
    return [each.amount for each in invoice.payments if each.external_reference]
