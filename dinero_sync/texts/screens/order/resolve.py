"""The evidence about one order, and the choices that are safe."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "journal": _("The journal says"),
    "no_answer": _("Sent, no answer"),
    "dinero": _("Dinero holds"),
    "payments": _("Payments there"),
    "left_to_pay": _("{count}, left to pay {left}"),
    "no_invoice": _("no invoice of ours"),
    "invoice": _("invoice {number} of {day}, {total}"),
    "draft": _("a draft of {day}, {total}"),
    "nothing": _("Nothing has to be decided."),
    "choice.go on": _("Reading settles it; going on from there."),
    "choice.accept": _("What Dinero holds is right: dinero-sync resolve {order} --accept NOTE"),
    "choice.retry": _("You mended it: dinero-sync retry {order}"),
    "choice.skip": _("No invoice is to be made: dinero-sync skip {order} --reason TEXT"),
    "choice.credit": _("The sale is off: dinero-sync credit {order} --all --reason TEXT"),
    "choice.reopen": _("The buyer owes again: dinero-sync resolve {order} --reopen"),
    "choice.adopt": _("It is booked by other means: dinero-sync adopt {order}"),
}
