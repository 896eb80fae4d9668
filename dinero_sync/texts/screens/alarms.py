"""What keeps orders from being booked though no order is to blame."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "failed": _(
        "The last run ended with {code}, and none has ended well since {since}. Orders wait until "
        "this is mended."
    ),
    "failed.never": _(
        "The last run ended with {code}, and none has ended well yet. Orders wait until this is "
        "mended."
    ),
    "log_says": _("Its log says why."),
    "none_ends_well": _("No run has ended well since {since}. Orders are late, and none is lost."),
    "none_ends_well.never": _("No run has ended well yet. Orders are late, and none is lost."),
    "ended_with": _("The last one ended with {code}."),
    "broke_off": _(
        "It broke off: it was killed, the machine stopped, or the program has a fault. Nothing is "
        "done twice: the next run looks first at what came of it."
    ),
    "none_lately": (
        _("No run has ended since {when}, a day ago. Orders that came after it wait."),
        _("No run has ended since {when}, {count} days ago. Orders that came after it wait."),
    ),
    "ahead_of_clock": _(
        "No run has ended since {when}, which lies ahead of this machine's clock. Orders that "
        "came after it wait."
    ),
    "see_the_timer": _(
        "See whether the timer or cron still starts them, and whether the clock is right:"
    ),
    "connection_ended": _(
        "The connection to Dinero ended on {day}. Orders wait. Connect again: dinero-sync connect"
    ),
    "connection_ends": _(
        "The connection to Dinero ends on {day}. Orders then wait. Connect again before that: "
        "dinero-sync connect"
    ),
}
