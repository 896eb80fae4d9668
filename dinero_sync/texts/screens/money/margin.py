"""Second-hand goods of a period."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "title": _("Second-hand goods (brugtmoms) booked {first} to {last}"),
    "sale": _("{day}  invoice {invoice}  order #{order}"),
    "none": _("None."),
    "sold": _("Sold"),
    "posted": _("Margins posted, with VAT"),
    "bought": _("Bought"),
    "carried_before": _("Carried from before"),
    "margin": _("Margin"),
    "vat": _("VAT, 20 % of the margin"),
    "carried": _("Carried to the next period"),
    "unreadable": _(
        "Booked orders of the period that couldn't be read: {count}. Their lines were removed for "
        "their age, or were booked by other means. What second-hand goods they sold is missing "
        "above: look for it in Dinero before you post VAT."
    ),
}
