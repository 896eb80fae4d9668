"""What providers paid out."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

PAYOUTS: Mapping[str, str] = {
    "payout_file_refused": _(
        "The settlement file {file} can't be used. {seen} Nothing of it is posted."
    ),
    "payout_file_refused.gone": _(
        "The payout's settlement file isn't where it was. Nothing of it is posted."
    ),
    "payout_file_refused.source": _(
        "The payout was begun for the source {source}, which the configuration doesn't have any "
        "more. It isn't gone on with. If the source got another id, the payout may be posted twice."
    ),
    "payout_unproven": _(
        "No real file of this form ({report}) was seen when the program was written, so the first "
        "one waits for one look. Read: {net:amount} {currency} paid out, {fees:amount} {currency} "
        "in fees. Nothing of it is posted yet."
    ),
    "payout_net_untold": _(
        "The file doesn't say what was paid out. Its rows come to {net:amount} {currency}, and "
        "rows that are missing at its end would not show. Nothing of it is posted yet."
    ),
    "payout_partial": _(
        "The file begins in the middle of this payout of {day} ({net:amount} {currency}). Nothing "
        "of it is posted."
    ),
    "payout_fee_vat": _(
        "The file tells {vat:amount} {currency} of VAT on fees of {fees:amount} {currency}. By "
        "the configuration (fee_vat: {code}) it is {expected:amount}. Nothing of the payout is "
        "posted."
    ),
    "payout_currency.no_account": _(
        "The payout is {net:amount} {currency}, and the configuration names no account for what "
        "is lost or won by the exchange to kroner. Nothing of it is posted."
    ),
    "payout_currency.no_rate": _(
        "The payout is {net:amount} {currency}, and nothing says what it came to in kroner. "
        "Nothing of it is posted."
    ),
    "payout_currency.orders": _(
        "The payout is {net:amount} {currency}, and not all of its orders are known, so nobody "
        "can say what they come to in kroner. Nothing of it is posted."
    ),
    "payout_differs": _(
        "The file says that {payout} was {net:amount} {currency}. It is known as {known:amount} "
        "{currency} from another file, and that is how it stands in the books. Nothing more is "
        "posted."
    ),
    "payout_item_differs.draft": _(
        "The ledger item (finansbilag) of the payout stands unbooked in Dinero, and is neither "
        "what is planned nor what was sent: somebody changed it there. The payout isn't booked."
    ),
    "payout_item_differs.booked": _(
        "The ledger item of the payout is booked in Dinero as voucher {voucher}, and takes "
        "{booked:amount} kr. off account {account}. By its file and the configuration it is "
        "{planned:amount} kr. Nothing more is posted."
    ),
    "maybe_posted_elsewhere.payout": _(
        "Dinero has a posting ({voucher}) of {day} on account {account} that comes to the same as "
        "this payout ({net:amount} kr.), and wasn't made here. If it is this payout, a ledger item "
        "of ours would be the second. Nothing is posted."
    ),
    "payout_item_differs.gone": _(
        "The ledger item (finansbilag) of the payout was deleted in Dinero before it was booked, "
        "and can't be made a second time. The payout isn't posted."
    ),
    "payout_not_booked": _(
        "Dinero said that it would book the ledger item (finansbilag) of the payout, and hasn't."
    ),
}
