"""Why a file that was handed in is refused: what was seen. Nothing of it is posted then."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

REFUSALS: Mapping[str, str] = {
    # The file itself.
    "cut_off": _("The file ends in the middle: it is cut off."),
    "empty": _("The file is empty."),
    "no_text": _(
        "The file isn't text that can be read. A settlement file is CSV, JSON or XML, not PDF or "
        "Excel."
    ),
    "not_opened": _("The file can't be opened: {reason}."),
    "too_large": _("The file is larger than {megabytes} MB."),
    # Whose it is.
    "no_source": _(
        "The file is of {format} ({report}), and no source in the configuration has that format."
    ),
    "no_titles": _("The file's form isn't known, and its first row isn't one of titles."),
    "several_sources": _("The file can be of several sources: {sources}."),
    "unknown_statement": _("The bank statement's form isn't known. These are: {banks}."),
    "unknown_form": _("The file's form isn't known. Its columns are called: {titles}."),
    "wrong_report": _(
        "The provider is known, but this report ({report}) doesn't hold whole payouts."
    ),
    # Its tables.
    "column_missing": _("The file lacks a column that is needed: {columns}."),
    "column_twice": _("Two columns of the file are called {column}."),
    "row_of_other_width": _(
        "The row that ends in line {line} has {fields} fields, and there are {of} titles."
    ),
    "row_twice": _("A row stands in the file twice."),
    "row_unreadable": _("The row that ends in line {line} can't be read: its quotes are wrong."),
    "table_missing": _("The file has no summary or no transactions: both of them are needed."),
    # How it is written.
    "amount_not_in_minor_units": _("An amount in the file isn't a whole number of øre or cents."),
    "amount_unclear": _("In line {line}, what stands in {column} is no amount."),
    "amounts_in_two_ways": _(
        "Amounts are written in more than one way; line {line} is the first that doesn't fit."
    ),
    "currency_unclear": _(
        "The smallest unit of {currency} isn't counted alike everywhere, so amounts in it can't be "
        "read for sure."
    ),
    "day_order_unclear": _(
        "Days are written so that day and month can't be told apart, and no day is after the 12th."
    ),
    "day_unclear": _("In line {line}, what stands in {column} is no day."),
    "day_unclear_in_entry": _("A time in the file can't be read."),
    "decimal_mark_unclear": _(
        "It can't be told whether 1.234 in this file is more than a thousand or more than one."
    ),
    "no_currency": _("In line {line} stands no currency."),
    "no_currency_in_entry": _("An entry in the file has no currency."),
    "no_decimals": _("No amount has decimals, so it can't be told whether they are kroner or øre."),
    "too_many_decimals": _(
        "In line {line}, the amount in {column} has more decimals than its currency."
    ),
    # What moved.
    "currency_conversion": _(
        "The file changes money from one currency to another (line {line}), and not just for one "
        "payment that is in it."
    ),
    "direction_unclear": _("It can't be told whether amounts were paid or taken: line {line}."),
    "unknown_type": _('What "{type}" (in {column}) means for money isn\'t known.'),
    "vat_unclear": _("It can't be told whether fees are with or without their VAT."),
    # What it comes to.
    "balance_broken": _(
        "The balance doesn't run on from row to row: rows are missing, or some of them move no "
        "money."
    ),
    "batch_without_end": _("{batch} has no payout at its end, or several."),
    "begins_amid_a_payout": _("The file begins in the middle of the payout {payout}."),
    "entry_unclear": _("An entry of the statement has no amount or no direction."),
    "entry_sum": _("An entry's net is {net:amount}, and its parts come to {parts:amount}."),
    "not_one_payout": _("The file should hold one payout, and holds {payouts}."),
    "nothing_paid_out": _("Nothing in the file has been paid out yet."),
    "order_unclear": _("It can't be told which rows came first, and so what each payout is of."),
    "part_sum": _(
        "{part} is {told:amount} {currency} in the summary, and the rows come to {sum:amount}."
    ),
    "payout_sum": _(
        "The payout {payout} is said to be {told:amount} {currency}, and its rows come to "
        "{sum:amount}."
    ),
    "payout_twice": _("The payout {payout} stands in the file twice."),
    "row_sum": _(
        "In line {line} the net is {net:amount}, and what it is made of comes to {parts:amount}."
    ),
    "several_accounts": _("The file is of several accounts with the provider."),
    "several_currencies": _("The payout {payout} is in several currencies: {currencies}."),
    "several_days": _("The payout {payout} is said to be of several days."),
}
