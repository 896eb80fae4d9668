"""What ``doctor`` says besides its findings."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # How an answer is marked, before its question.
    "fine": _("ok"),
    "note": _("note"),
    "problem": _("!!"),
}
