"""Whether the journal is what was written."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "lines": (
        _("1 line; the contents of {removed} are removed for age."),
        _("{count} lines; the contents of {removed} are removed for age."),
    ),
    "line_changed": _("Line {line} or one before it was changed or removed."),
    "body_removed": _("What line {line} sent or got was removed too early."),
    "body_changed": _("What line {line} sent or got was changed."),
    "head_missing": _(
        "The head {head}… isn't in the chain: its tail was cut off, or it was written anew."
    ),
    "order_decided": _("What was decided about order {id} isn't what was booked."),
    "paper_decided": _("What was decided about {name} isn't what was booked."),
    "unchanged": _("Nothing was changed or removed."),
    "changed": _(
        "The journal isn't what was written. The books are in Dinero and aren't touched by this; "
        "find out who changed the state folder, and put its last backup back."
    ),
}
