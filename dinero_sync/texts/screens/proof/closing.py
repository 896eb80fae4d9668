"""A closed period in words."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "title": _("Period {period}: {first} to {last}"),
    "made": _("Made by dinero-sync {version}, {moment}. Everything in it can be read without it."),
    "closed": _("**{period} can be closed.** Nothing is held, in doubt, a draft, or different."),
    "not_closed": _("**{period} can't be closed yet:**"),
    "differs": _(
        "The period isn't proved; the documents differ by {amount:amount} kr.: see reconcile.txt."
    ),
    "clearing_differs": _("A clearing account holds something else than it should: clearing.txt."),
    "held": _("Held or in doubt: {count}. What to do about each says: dinero-sync status"),
    "drafts": _("Drafts in Dinero that wait for your word: {count}. Book them: dinero-sync book"),
    "journal_fault": _("The journal isn't what was written: {fault}"),
    "changed": _("Changed since the last time: {count}."),
    # Sections.
    "under_way": _("Money under way: payments whose payout hasn't come"),
    "open": _("What isn't done"),
    "gaps": _("Numbers that no invoice or credit note of the period has"),
    "decisions": _("What people decided (skip, adopt, resolve, retry)"),
    "margins": _("Second-hand goods"),
    "oss": _("Other countries' VAT, by country and rate (EU countries: OSS)"),
    "eu_sales_list": _("Sales to businesses in other EU countries, by VAT number"),
    "journal": _("The journal"),
    "files": _("The files"),
    "nothing": _("Nothing."),
    "head": _(
        "{lines} lines; its head is `{head}`. Keep this line: with it `dinero-sync verify --head` "
        "proves later that nothing was changed or cut off."
    ),
    # Columns.
    "head.account": _("Account"),
    "head.payments": _("Payments"),
    "head.amount": _("Amount"),
    "head.subject": _("Order"),
    "head.document": _("Document"),
    "head.standing": _("Stands as"),
    "head.reason": _("Because"),
    "head.day": _("Day"),
    "head.at": _("When"),
    "head.decision": _("Decision and note"),
    "head.invoice": _("Invoice"),
    "head.text": _("Text"),
    "head.margin": _("Margin posted"),
    "head.number": _("Number"),
    "head.until": _("Until"),
    "head.country": _("Country"),
    "head.rate": _("Rate"),
    "head.currency": _("Currency"),
    "head.net": _("Without VAT"),
    "head.vat": _("VAT"),
    "head.net_kroner": _("Without VAT, kr."),
    "head.vat_kroner": _("VAT, kr."),
    "head.vat_number": _("VAT number"),
    "head.goods": _("Goods, kr."),
    "head.services": _("Services, kr."),
    # Files.
    "reconcile.txt": _("the period proved"),
    "reconcile.html": _("the same as a page to look at and print, with charts"),
    "clearing.txt": _("the clearing accounts"),
    "oss.csv": _("the figures of the OSS return"),
    "other-foreign-vat.csv": _("other countries' VAT that isn't in the OSS return"),
    "eu-sales-list.csv": _("the figures of the EU sales list"),
    "period.json": _("all of it for programs"),
    "manifest.json": _("the SHA-256 of each file, and the journal's head"),
    # What changed.
    "changes": _("What changed since the last time"),
    "first_time": _("The period is closed for the first time."),
    "since": _("Since {moment}: {count} changes."),
    "written": _("{folder} is written. It holds what concerns single buyers; keep it private."),
}
