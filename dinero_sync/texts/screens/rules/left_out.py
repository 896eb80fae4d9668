"""Why an order isn't replayed, and how it is after all."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "removed": _("its contents were removed for their age"),
    "changed": _("it was changed in the shop after booking"),
    "list_unread": _(
        "the rules ask for the shop's list of {listed:word}, which no run has read yet"
    ),
    "vat_number_unread": _(
        "the rules ask what VIES says of the buyer's VAT number, and no answer of VIES is known "
        "here"
    ),
    "products_unread": (
        _(
            "the rules ask for product {products} of the shop's catalogue, which no run has read "
            "yet"
        ),
        _(
            "the rules ask for products {products} of the shop's catalogue, which no run has read "
            "yet"
        ),
    ),
    "how_catalogue_is_read": _(
        "A run reads a product when it books an order with it by rules that ask the catalogue, and "
        "keeps it; from then on the earlier orders with it are replayed. Have the shop asked now, "
        "at a call for each: dinero-sync rules replay --since {since} --read-catalogue"
    ),
    "how_list_is_read": _(
        "A run reads the list when it books an order by rules that ask for it; from then on "
        "earlier orders are replayed."
    ),
    "how_vies_is_asked": _(
        "A run asks VIES when it books an order with that number by the present rules; from then "
        "on the buyer's earlier orders are replayed. To see now what the rules make of such a "
        "sale, write it as an example with vat_number_confirmed: true or false, and try it with: "
        "dinero-sync rules test FILE"
    ),
}
