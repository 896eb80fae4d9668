"""What the books are proved by, in words: the evidence of an order."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "title": _("Evidence: order #{number} (order id {order_id})"),
    "made": _("Made by dinero-sync {version}, {moment}. Everything in it can be read without it."),
    "personal": _(
        "It holds the buyer's name and address, and what the buyer bought. Keep it as you keep the "
        "books, and give it to those only who may see them."
    ),
    "stands": _("The order stands as `{standing}` here; its last step is `{rung}`."),
    "booked": _("Its invoice in Dinero is {number}, dated {day}, of {total:amount} {currency}."),
    "unbooked": _("No invoice of it is booked by dinero-sync."),
    "ledger": _("The ledger: what Dinero has posted"),
    "unread": _("Dinero's entries (posteringer) are not in here, because they couldn't be read:"),
    "none": _("Dinero has no entry of it."),
    "sum": _("Together they come to {sum:amount} kr.: 0.00 where everything is here."),
    "by_text": _("named in the text"),
    "way": _("The way there, and back"),
    "way_told": _(
        "Read downwards: from what the shop said to what Dinero answered. Read upwards: an entry "
        "in the ledger is of a document; a line below of the same document is the request that "
        "made it; in the file of that request, `decision` tells what was decided, and `order` is "
        "the SHA-256 of what the shop had said then. The line named `order` with that value is it."
    ),
    "decision": _("What was decided, and by which rule"),
    "decision_told": _(
        "Each line with its account, its VAT and the rule that chose them. In words it stands in "
        "{file}."
    ),
    "files": _("What is in it"),
    "check": _("How to check it"),
    "check_told": _(
        "`sha256sum -c SHA256SUMS` says whether each file is as it was made. The lines of the "
        "journal are chained: `hash` is the SHA-256 of `before`, `at`, `run_id`, `subject`, "
        "`kind`, `phase`, `body_hash` and `document`, in UTF-8, each but the last followed by a "
        "line feed; "
        "`before` is the hash of the line before it in the journal, which may be of another order; "
        "`body_hash` is the SHA-256 of the line's file here."
    ),
    "removed": _("removed for its age"),
    # The export for Beancount.
    "beancount": _("Dinero's ledger from {first} to {last}, by dinero-sync {version}."),
    "beancount_ours": _(
        "What dinero-sync posted bears #dinero-sync and the order's number; the rest others posted."
    ),
    "exported": _("{file} is written: {count} vouchers, {ours} of them by dinero-sync."),
    # The evidence of a bill or a payout.
    "paper.title": _("Evidence: {name}"),
    "paper.personal": _(
        "It may name persons, and what was paid for what. Keep it as you keep the books, and give "
        "it to those only who may see them."
    ),
    "paper.stands": _("It stands as `{standing}` here; its last step is `{rung}`."),
    "paper.file": _("The file itself"),
    "paper.there": _(
        "{files}, as it came: by its content it is the one that was read, whose SHA-256 is "
        "`{digest}`. Where several files are named, that is the hash of one after the other."
    ),
    "paper.gone": _(
        "The file `{file}` isn't where it was put any more, or was changed there: none has the "
        "content that was read (SHA-256 `{digest}`). Of a bill, Dinero keeps the document with its "
        "voucher: get it there."
    ),
    "paper.way_told": _(
        "Read downwards: from what its file said to what Dinero answered. Read upwards: an entry "
        "in the ledger is of a document; a line below of the same document is the request that "
        "made it, and in the file of that request `decision` tells what was decided."
    ),
    # Columns.
    "when": _("When"),
    "line": _("Line"),
    "document": _("Document"),
    "what": _("What"),
    "outcome": _("Outcome"),
    "file": _("File"),
    "day": _("Day"),
    "voucher": _("Voucher"),
    "account": _("Account"),
    "text": _("Text"),
    "amount": _("Amount"),
    "vat": _("VAT"),
    "rule": _("Rule"),
    # Outcomes.
    "intent": _("about to be done"),
    "done": _("done"),
    "rejected": _("refused"),
    "adopted": _("found done"),
    # Files.
    "shop/order.json": _("the order as the shop told it last"),
    "explanation.txt": _("why it is booked so, line by line"),
    "explanation.json": _("the same for programs"),
    "told.json": _("what its file says, as it was read"),
    "shown.txt": _("what is known of it, in words"),
    "documents": _("what was decided that Dinero is to hold"),
    "journal/lines.json": _("the journal's lines about it, with their hashes"),
    "journal": _("the journal's lines word by word: requests, answers, decisions of people"),
    "dinero/entries.json": _("the entries, as Dinero holds them"),
    "dinero": _("invoices, credit notes and vouchers, as Dinero holds them"),
    "itself": _("the file as it came"),
    # What is said at the terminal.
    "written": _(
        "{file} is written: the evidence of order #{number}. It holds personal data; only your "
        "user can read it."
    ),
    "paper.written": _("{file} is written: the evidence of {name}. Only your user can read it."),
    "paper.without_file": _("The file itself isn't in it: see “The file itself” in index.md."),
    # What a line of the journal is of.
    "line.order": _("what the shop said"),
    "line.paper": _("what its file said"),
    "line.supplier": _("supplier's contact made"),
    "line.restore_supplier": _("supplier's contact restored"),
    "line.upload": _("document uploaded"),
    "line.voucher": _("voucher made"),
    "line.replace_voucher": _("voucher changed"),
    "line.delete_voucher": _("voucher deleted"),
    "line.book_voucher": _("voucher booked"),
    "line.pay_voucher": _("payment of the voucher registered"),
    "line.payout": _("ledger item of the payout added"),
    "line.link_payout": _("document linked to the ledger item"),
    "line.book_payout": _("ledger item of the payout booked"),
    "line.delete_payout": _("ledger item of the payout deleted"),
    "line.vat_number": _("the EU's register on the VAT number (VIES)"),
    "line.operator": _("a person decided"),
    "line.provider": _("what a settlement file said"),
    "line.label": _("its label in the shop"),
    "line.retention": _("contents removed for their age"),
    "line.contact": _("contact made"),
    "line.restore_contact": _("contact restored"),
    "line.update_contact": _("contact brought up to date"),
    "line.draft": _("draft made"),
    "line.replace_draft": _("draft changed"),
    "line.delete_draft": _("draft deleted"),
    "line.book": _("booked"),
    "line.payment": _("payment registered"),
    "line.gift_card_payment": _("payment by gift card registered"),
    "line.gift_card": _("ledger item of the gift card added"),
    "line.book_gift_card": _("ledger item of the gift card booked"),
    "line.refund": _("refund registered"),
    "line.gift_card_refund": _("what goes back to the gift card registered"),
    "line.chargeback": _("chargeback registered"),
    "line.ledger_item": _("ledger items of the margin added"),
    "line.book_ledger_item": _("ledger items of the margin booked"),
    "line.send": _("sent to the buyer"),
}
