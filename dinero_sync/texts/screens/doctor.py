"""What ``doctor`` says besides its findings."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # How an answer is marked, before its question.
    "fine": _("ok"),
    "note": _("note"),
    "problem": _("!!"),
    # Of a journal that is made anew.
    "rebuilt": _("The journal is rebuilt: {listed}."),
    "no_orders": _("no orders"),
    "stands.working": _("working"),
    "stands.open": _("open"),
    "stands.held": _("held"),
    "stands.in_doubt": _("in_doubt"),
    "stands.skipped": _("skipped"),
    "stands.done": _("done"),
    "goes_on": _("The next run goes on."),
    "forgotten": _("What people decided is forgotten. Decide so again, before the next run:"),
    "was_skipped": _("#{number} was ended without an invoice: {note}"),
    "was_adopted": _("#{number} was booked by other means: {note}"),
    "was_accepted": _("#{number} was accepted as it is booked: {note}"),
    "once_held": _("(once it is held again; where nothing is to be accepted any more, leave it)"),
    "more_untold": _("The damaged journal can't tell more: only a backup of the state folder can."),
    "decisions_untold": _(
        "The damaged journal can't tell which orders people decided about: only a backup of the "
        "state folder can."
    ),
    "exported": _(
        "Where what people decided was kept by state export, one command gives it back: "
        "dinero-sync state import FILE"
    ),
    "due_again": _(
        "Orders that a person ended are due again: the next run books them, unless Dinero shows "
        "an invoice that looks like theirs."
    ),
    "look": _("Look before the next run: dinero-sync plan"),
}
