"""What people hear of runs, by mail and otherwise."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "subject": _("dinero-sync, {shop}: {what}"),
    # The subject, by what is the most urgent.
    "what.last_run_failed": _("runs fail, and orders wait"),
    "what.no_run_ends_well": _("no run ends well, and orders wait"),
    "what.no_run_lately": _("no run comes any more, and orders wait"),
    "what.stuck_run": _("a run hangs, and orders wait"),
    "what.connection_expires": _("the connection to Dinero ends"),
    "what.connection_unreadable": _("the connection to Dinero can't be read"),
    "what.in_doubt": (_("1 thing is in doubt"), _("{count} things are in doubt")),
    "what.held": (_("1 thing needs you"), _("{count} things need you")),
    "what.works_again": _("it works again"),
    "what.over": _("nothing waits for you any more"),
    "what.trial": _("a trial"),
    # The text, before what `status` says.
    "works_again": _("It works again: runs end well, and what waited is done or on its way."),
    "over": _("Nothing waits for you any more."),
    "new": _("New since the last message: {names}."),
    "see_the_log": _("The last run ended with {code}. Its log says why."),
    "failed": _("The last run ended with {code}. Orders wait until this is mended."),
    "once": _(
        "You hear of each thing once, and once when it is over. How it stands now: dinero-sync "
        "status"
    ),
    "trial": _(
        "This is a trial, by dinero-sync notify test. Messages like this one come when something "
        "needs you, and once when it is over."
    ),
    # dinero-sync notify test
    "told": _("{channel}: told."),
    "not_told": _("{channel}: not told. {why}"),
    "look": _("Look whether it has arrived: what a server takes isn't always delivered."),
}
