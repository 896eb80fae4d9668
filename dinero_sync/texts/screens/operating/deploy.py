"""What ``deploy kubernetes`` says, and the README that it writes."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "written": (
        _("{count} shop is in {folder}. What is left to do stands in {readme}."),
        _("{count} shops are in {folder}. What is left to do stands in {readme}."),
    ),
    # The README.
    "title": _("dinero-sync in Kubernetes"),
    "made": _(
        "Made by `dinero-sync deploy kubernetes`. Don't change these files: give the command again "
        "after each change of a configuration, and change what you want otherwise in an overlay of "
        "your own. Nothing here is secret."
    ),
    "secrets": _("The keys, once for each shop"),
    "secrets_why": _(
        "Each file holds the value as its only line. Without its Secret a shop's pods don't start."
    ),
    "none": _("{shop} refers to no key."),
    "apply": _("Apply"),
    "look": _("Look"),
    "look_why": _(
        "The first run by hand, and what came of it. A job is failed also where an order is held "
        "(exit code 3): its log says what to do."
    ),
}
