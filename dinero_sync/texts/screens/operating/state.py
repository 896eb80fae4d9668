"""What ``state export`` and ``state import`` say."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "exported": (
        _("{count} decision is in {path}."),
        _("{count} decisions are in {path}."),
    ),
    "none": _("Nobody has decided anything that is to be imported."),
    # What came of each.
    "imported": _("imported"),
    "to_import": _("to import"),
    "known": _("known"),
    "conflicting": _("conflicting"),
    "waiting": _("not yet"),
    # What was decided.
    "skip": _("#{number} is ended without an invoice: {note}"),
    "adopt": _("#{number} is booked by other means: {note}"),
    "accept": _("#{number} is accepted as it is booked: {note}"),
    "skip_paper": _("{name} is ended without anything of ours: {note}"),
    "adopt_paper": _("{name} is posted by other means: {note}"),
    "accept_paper": _("{name} is accepted as it is booked: {note}"),
    "accept_movements": _("the movements of {name} without an order are accepted: {note}"),
    # What to do about those that weren't taken over.
    "conflicts": _(
        "What is conflicting was left as it stands here. Look at each: dinero-sync show ORDER"
    ),
    "waits": _(
        "What counts not yet is about something that isn't read here, or isn't held. "
        "After the next run, give the same command again."
    ),
    "dry": _("Nothing was changed."),
}
