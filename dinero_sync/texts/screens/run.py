"""What came of a run: the table, its four lists, and what to do next."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # While it works.
    "reading": _("Reading the shop"),
    "booking": _("Booking"),
    # The table.
    "heading.order": _("Order"),
    "heading.outcome": _("Outcome"),
    "heading.invoice": _("Invoice"),
    "heading.date": _("Date"),
    "heading.total": _("Total"),
    "heading.why": _("Why"),
    "outcome.booked": _("booked"),
    "outcome.drafted": _("drafted"),
    "outcome.credited": _("credited"),
    "outcome.skipped": _("skipped"),
    "outcome.held": _("held"),
    "outcome.in_doubt": _("in doubt"),
    "outcome.would_be_booked": _("would be booked"),
    "outcome.would_be_finished": _("would be finished"),
    "outcome.under_way": _("under way"),
    "outcome.waiting": _("waiting"),
    "see_below": _("see below"),
    "no_drafts": _("No draft waits for your word. Nothing was booked."),
    "nothing_to_do": _("Nothing to do: no order changed its state."),
    # The lists.
    "list.planned": _("Would be done"),
    "list.done": _("Done"),
    "list.held": _("Held, and waiting for you"),
    "list.waiting": _("Waiting"),
    "list.in_doubt": _("In doubt: Dinero's answer is missing"),
    "sum": _("{outcome}: {sum}"),
    "needs_you": _("{sum} ({reason}): {numbers}"),
    "until": _("{sum}; {why}"),
    "under_way": _("the next run goes on with them"),
    "looked_at": _("{why}, and looked at again {when}"),
    # What to do next.
    "stopped": _("It ended early:"),
    "what_to_do": _("What to do about each: dinero-sync status"),
    "what_to_do_dry": _("What to do about each: dinero-sync plan --summary"),
    "book_drafts": _("Once you have looked at the drafts in Dinero: dinero-sync book --all"),
    "dry": _("Nothing was written. Without --dry-run it is done."),
}
