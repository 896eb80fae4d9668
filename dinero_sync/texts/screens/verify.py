"""Whether the journal is what was written."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "lines": (
        _("1 line; the contents of {removed} are removed for age."),
        _("{count} lines; the contents of {removed} are removed for age."),
    ),
    "unchanged": _("Nothing was changed or removed."),
    "changed": _(
        "The journal isn't what was written. The books are in Dinero and aren't touched by this; "
        "find out who changed the state folder, and put its last backup back."
    ),
}
