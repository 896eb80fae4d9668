"""The configuration as a whole: frozen, typed, with attributes named like the keys of the file.

The descriptions are the comments of ``config.example.yaml``, written for the owner of a shop.
What has to agree between the entries of lists is checked in :mod:`.agreement`.
"""

from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from dinero_sync.config.channels.notify import Notify
from dinero_sync.config.choices import Booking, ConsumerContacts, Refunds, Returns
from dinero_sync.config.inboxes.bills import Bills
from dinero_sync.config.inboxes.payouts import Payouts
from dinero_sync.config.rules.payments import PaymentType
from dinero_sync.config.rules.posting import PostingRules
from dinero_sync.config.services import Dinero, Http, Shoporama
from dinero_sync.config.values import (
    Country,
    Day,
    Flag,
    Folder,
    Identifier,
    OneOrMore,
    PositiveNumber,
    Section,
    Text,
)
from dinero_sync.domain.documents import BuyerKind, Sending
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import Trigger

END_MARK = "has_end_mark"
"""In the context of a validation: whether the file ends with its mark."""
NAME = "name"
"""In the context of a validation: what the file is called, without its ending."""
ONE_OF_MANY = "is_one_of_many"
"""In the context of a validation: whether the file is in a folder of configurations."""


class Sync(Section):
    """When orders are transferred."""

    trigger: Trigger = Field(
        default=Trigger.PAID,
        description=spoken(
            "When an order becomes an invoice: once it is paid, or once it is shipped."
        ),
    )
    start_date: Day = Field(
        description=spoken(
            "The first day: an order that was paid (or shipped) earlier is never"
            " transferred. Choose a day from which nobody else makes the invoices."
        ),
        examples=["2026-12-01"],
    )
    booking: Booking = Field(
        default=Booking.AUTOMATIC,
        description=spoken(
            "automatic makes invoices final. With draft they wait for you: book them in"
            " Dinero, or with dinero-sync book --all."
        ),
    )
    overlap_minutes: PositiveNumber = Field(
        default=180,
        description=spoken(
            "How far each run reads back behind the last one, so that no order slips by."
        ),
    )
    deadline_minutes: PositiveNumber = Field(
        default=30, description=spoken("A run stops cleanly after this time; the next one goes on.")
    )
    retention_days: Identifier = Field(
        default=1830,
        description=spoken(
            "How long names, addresses and what was sent are kept in the state folder"
            " after an order is settled; its numbers, amounts and hashes stay."
        ),
    )
    state_dir: Folder | None = Field(
        default=None,
        description=spoken(
            "Where dinero-sync remembers what it did. Left out: the user's state folder; for a shop"
            " of a folder of configurations, one by its file's name below that. A folder belongs to"
            " one company, and is worth a backup."
        ),
        examples=["/var/lib/dinero-sync"],
    )


class SendWhen(Section):
    """Which orders; all that is given must hold."""

    zone: Annotated[tuple[Zone, ...], OneOrMore] = Field(
        default=(), description=spoken("Where the goods go: dk, eu (without Denmark) or world.")
    )
    country: Annotated[tuple[Country, ...], OneOrMore] = Field(
        default=(), description=spoken("Where the goods go, as an ISO code like DE.")
    )
    buyer: Annotated[tuple[BuyerKind, ...], OneOrMore] = Field(
        default=(), description=spoken("consumer, business or public.")
    )
    payment_type: Annotated[tuple[Text, ...], OneOrMore] = Field(
        default=(), description=spoken("The name of an entry of payment_types.")
    )


class SendRule(Section):
    """Which invoices are sent."""

    name: Text = Field(description=spoken("What you call it."), examples=["public buyers"])
    when: SendWhen = Field(description=spoken("Which orders; left out, all."))
    by: Sending = Field(
        description=spoken(
            "email, to the order's address; or e_invoice, to the EAN number of a public"
            " buyer. An order that has neither is left to the next entry."
        ),
        examples=["e_invoice"],
    )


class Contacts(Section):
    """How buyers become contacts."""

    consumers: ConsumerContacts = Field(
        default=ConsumerContacts.OWN,
        description=spoken(
            "own: each consumer is a contact. shared: consumers of a country share one"
            " without personal data; name and address are on the invoice alone."
        ),
    )
    update: Flag = Field(
        default=False,
        description=spoken(
            "true: a contact that is in Dinero gets the name and address of each new order."
            " false: it stays as it is there; the invoice has the order's address in any case."
        ),
    )


class AutomaticWhen(Section):
    """Which returns are received; all that is given must hold."""

    status: Annotated[tuple[Text, ...] | None, OneOrMore] = Field(
        default=None,
        description=spoken(
            "The shop's words for the status of a return that has come back and was looked"
            " at. Without any, a return is a customer's request, and only proposed."
        ),
        examples=[["received", "credited"]],
    )


class Credits(Section):
    """Credit notes (kreditnotaer)."""

    returns: Returns = Field(
        default=Returns.PROPOSE,
        description=spoken(
            "What happens with returns that the shop tells of, and with orders that are cancelled "
            "or edited after their invoice was booked. propose: you are shown the credit note, and"
            " make it by dinero-sync credit ORDER --accept. automatic: it is made by itself. off: "
            "returns aren't read."
        ),
    )
    automatic_when: AutomaticWhen = Field(
        description=spoken(
            "With automatic: which returns are credited by themselves. The others are proposed."
        )
    )
    refund: Refunds = Field(
        default=Refunds.WITH_PAYOUT,
        description=spoken(
            "When what a credit note leaves overpaid is registered as paid back, from the account "
            "of the payment. with_payout: once a settlement file shows that the provider paid it "
            "back, dated that day; where no source of payouts tells that, with the credit note. "
            "with_credit: with the credit note. never: you register it yourself."
        ),
    )
    booking: Booking | None = Field(
        default=None,
        description=spoken(
            "Whether credit notes are booked (automatic) or wait as drafts (draft). Left"
            " out: as sync.booking says."
        ),
        examples=["draft"],
    )

    @property
    def refunds(self) -> bool:
        """Tell whether money that goes back is registered."""
        return self.refund is not Refunds.NEVER


class Config(Section):
    """The whole configuration."""

    shoporama: Shoporama = Field(description=spoken("The shop: where orders come from."))
    dinero: Dinero = Field(description=spoken("The ledger: where invoices go."))
    sync: Sync = Field(description=spoken("When orders are transferred."))
    http: Http = Field(description=spoken("How the services are reached."))
    posting: PostingRules = Field(description=spoken("Which account takes which line of an order."))
    contacts: Contacts = Field(description=spoken("Contacts (kontakter) in Dinero."))
    credits: Credits = Field(
        description=spoken("Credit notes (kreditnotaer), and money that goes back.")
    )
    payment_types: tuple[PaymentType, ...] = Field(
        description=spoken(
            "How orders are paid: for each order the first entry whose conditions hold decides. "
            "With entries, an order that none takes is held, and you are shown the entry to add. "
            "With [] no payment is registered and every invoice stays open; that has to be "
            "written, for a file that was cut short must not mean it."
        ),
        json_schema_extra={
            "where_missing": spoken(
                "is missing, or has no entries. If the file is cut short, put the whole one back. "
                "If no payment is to be registered, and every invoice to stay open, say so: "
                "`payment_types: []`"
            )
        },
    )
    payouts: Payouts = Field(
        description=spoken(
            "What payment providers pay out: settlement files, and where they are posted."
        )
    )
    sending: tuple[SendRule, ...] = Field(
        default=(),
        description=spoken(
            "Which invoices Dinero sends once they are booked: for each order the first"
            " entry whose conditions hold decides. Without any, none is sent."
        ),
    )
    bills: Bills | None = Field(
        default=None,
        description=spoken(
            "Bills of suppliers, as PDF or e-invoice, become purchase vouchers (bilag) in"
            " Dinero with the document linked. Left out, none does."
        ),
        examples=[
            {"inbox": "/var/lib/dinero-sync/bills"},
        ],
    )
    notify: Notify = Field(
        description=spoken(
            "How you hear from runs: what needs you, once for each thing, and when it is over. Left"
            " out, by what starts them alone: systemd's unit, or cron."
        )
    )
    language: Language | None = Field(
        default=None,
        description=spoken(
            "In which language people are told everything: da or en. Left out, it is the "
            "machine's, where that is Danish or English, and Danish elsewhere; --language goes "
            "before it. JSON, logs and codes don't change with it."
        ),
        examples=["da"],
    )
    _has_end_mark: bool = PrivateAttr(default=False)
    _name: str = PrivateAttr(default="")
    _is_one_of_many: bool = PrivateAttr(default=False)

    def model_post_init(self, context: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Remember of the file what is no key of it."""
        told = context or {}
        self._has_end_mark = bool(told.get(END_MARK))
        self._name = str(told.get(NAME, ""))
        self._is_one_of_many = bool(told.get(ONE_OF_MANY))

    @property
    def has_end_mark(self) -> bool:
        """Tell whether the file ended with the line ``...``, so that nothing of it is missing."""
        return self._has_end_mark

    @property
    def name(self) -> str:
        """Return what the file is called, without its ending."""
        return self._name

    @property
    def is_one_of_many(self) -> bool:
        """Tell whether the file is in the folder of configurations that the environment names."""
        return self._is_one_of_many
