"""Words and phrases that stand as values in sentences: codes of ours, and what a value should be.

A sentence asks for them by a field like ``{line:word}``.
"""

from dinero_sync.texts.catalogue import _

WORDS = (
    # Placeholders in commands.
    _("ORDER"),
    _("NOTE"),
    _("TEXT"),
    # What a line of an order is, and what a buyer counts as.
    _("product"),
    _("shipping"),
    _("gift_card"),
    _("fee"),
    _("consumer"),
    _("business"),
    _("public"),
    # Places whose postal codes tell that VAT sees them elsewhere.
    _("the Canary Islands"),
    _("Ceuta"),
    _("Melilla"),
    _("Andorra"),
    _("Gibraltar"),
    _("the Åland Islands"),
    _("Heligoland"),
    _("Büsingen"),
    _("Livigno"),
    _("Campione d'Italia"),
    _("San Marino"),
    _("the Vatican"),
    _("Mount Athos"),
    _("Saint Pierre and Miquelon"),
    _("Saint Barthélemy"),
    _("the French overseas departments"),
    _("the French overseas territories"),
    _("the north of Cyprus"),
    _("Greenland"),
    _("the Faroe Islands"),
    _("Northern Ireland"),
    # Dinero's terms of payment.
    _("Paid"),
    # What makes an order due.
    _("paid"),
    _("shipped"),
    # What the shop lists.
    _("products"),
    _("categories"),
    _("profiles"),
    _("payment gateways"),
    _("freight methods"),
    _("countries"),
    # What is wrong with an account, and what it is for by its name.
    _("is no entry account in Dinero's chart"),
    _("is no deposit account in Dinero's chart"),
    _("is hidden in Dinero"),
    _("second-hand goods (brugtmoms)"),
    _("gift cards (gavekort)"),
    _("sales abroad (fjernsalg, EU)"),
    _("none"),
    # Where a sale is reported, and whom it is to.
    _("in box B and on the EU sales list"),
    _("in box B"),
    _("in box C"),
    _("nowhere"),
    _("EU businesses"),
    _("public bodies in the EU"),
    # Kinds of gift cards, and who pays out.
    _("single_purpose"),
    _("multi_purpose"),
    _("The card acquirer (indløser)"),
    # What the shop says of an order that is no longer due.
    _("before_start"),
    _("cancelled"),
    _("zero_total"),
    _("unpaid"),
    _("unshipped"),
    # Amounts of an order.
    _("total"),
    _("VAT"),
    _("freight"),
    # What of an order Dinero may refuse.
    _("name"),
    _("street"),
    _("postal code"),
    _("town"),
    _("country"),
    _("e-mail address"),
    _("person at the buyer"),
    _("EAN number"),
    _("VAT number"),
    _("address"),
    _("text of a line"),
    _("text below a line"),
    _("text of the invoice"),
    # What is wrong with a field of an order.
    _("holds a character that doesn't exist"),
    _("should be 1 or 0"),
    _("should be 1 or 0, or a time like 2026-12-01 09:30:00"),
    _("should be a VAT rate in percent, from 0 to 100"),
    _("should be a list"),
    _("should be a list of names and values"),
    _("should be a number of pieces, below a million"),
    _("should be a number with a point before the decimals, like 149.95"),
    _("should be a positive whole number"),
    _("should be a text"),
    _("should be a time like 2026-12-01 09:30:00"),
    _("should be a time like 2026-12-01 09:30:00, or Unix seconds"),
    _("should be a time that exists, like 2026-12-01 09:30:00"),
    _("should be a whole number"),
    _("should be below ten thousand million"),
)
