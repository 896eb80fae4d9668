"""What examples of rules, bills and settlement files came to, beside what was expected."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "ok": _("ok"),
    "fail": _("FAIL"),
    "new": _("new"),
    "found": _("{what}: expected {expected}, found {found}"),
    "read": _("{what}: expected {expected}, read {found}"),
    "nothing": _("none"),
    # Examples of rules.
    "examples": _("{passed} of {count} examples came out as expected."),
    "rules_not_hit": _("No example hits these rules: {names}"),
    "payment_types_not_hit": _("No example hits these payment types: {names}"),
    # Bills.
    "bills_read": _("{passed} of {count} bills were read as expected."),
}
