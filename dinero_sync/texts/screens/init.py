"""What ``init`` asks, and what its answers mean."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "company": _("Company {number}. Enter takes what is in brackets."),
    # Days, texts and accounts.
    "start_date": _(
        "From which day on does dinero-sync make the invoices? From then on nobody else may"
    ),
    "categories": _("Which categories are they in? Commas between; * is any text"),
    "gift_card_skus": _("Which product numbers (varenumre) do they have? Commas between"),
    "gift_card_codes": _("Which discount codes are such cards? Commas between"),
    "account": _("Which account takes them?"),
    "second_hand_account": _("Which account takes their whole price, without VAT code?"),
    "margin_account": _("Which account takes their margins, with 25 % VAT?"),
    "oss_account": _("Which account takes the net?"),
    "oss_vat_account": _("Which account of debt takes the VAT?"),
    "none_fits": _("{question} The chart has none that fits."),
    # Ways to pay.
    "payment_types": _(
        "To which deposit account does the money of each way to pay come? These are there:"
    ),
    "invoice": _("the customer pays the invoice later"),
    "none": _("not said yet: such orders are held"),
    # Choices: what is asked, and what each answer means.
    "trigger": _("When does an order become an invoice?"),
    "trigger.paid": _("once it is paid"),
    "trigger.shipped": _("once it is shipped"),
    "booking": _("Are invoices booked at once?"),
    "booking.automatic": _("yes, by the program"),
    "booking.draft": _("no, they stay drafts until you book them"),
    "second_hand": _("Do you sell second-hand goods (brugtmoms), of which the margin is taxed?"),
    "second_hand.no": _("we don't"),
    "second_hand.individual": _("yes, with the purchase price of each piece"),
    "second_hand.collective": _("yes, by samlemetoden: all purchases of a period together"),
    "gift_cards": _("Do you sell gift cards (gavekort)? Which kind, your bookkeeper knows."),
    "gift_cards.no": _("we don't"),
    "gift_cards.single_purpose": _(
        "usable in Denmark alone, for goods of one VAT rate: VAT is due when the card is sold"
    ),
    "gift_cards.multi_purpose": _("any other"),
    "eu_businesses": _("Do businesses in other EU countries buy without VAT?"),
    "eu_businesses.no": _("we don't"),
    "eu_businesses.format": _("yes; their VAT numbers are checked by their form"),
    "eu_businesses.vies": _("yes; their VAT numbers are asked about at the EU (VIES)"),
    "eu_consumers": _("Do consumers in other EU countries buy, and with which VAT?"),
    "eu_consumers.no": _("we don't"),
    "eu_consumers.danish_vat": _("Danish VAT: up to 10,000 EUR a year"),
    "eu_consumers.oss": _("that of their own country (OSS)"),
    "outside_eu": _("Do customers outside the EU, as in Norway or Greenland, buy without VAT?"),
    "outside_eu.no": _("we don't"),
    "outside_eu.yes": _("we do"),
    "answer": _("Answer"),
    "one_of": _("Answer with one of: {words}."),
    # The words to answer with.
    "word.paid": _("paid"),
    "word.shipped": _("shipped"),
    "word.automatic": _("automatic"),
    "word.draft": _("draft"),
    "word.no": _("no"),
    "word.yes": _("yes"),
    "word.individual": _("individual"),
    "word.collective": _("collective"),
    "word.single_purpose": _("single_purpose"),
    "word.multi_purpose": _("multi_purpose"),
    "word.format": _("format"),
    "word.vies": _("vies"),
    "word.danish_vat": _("danish_vat"),
    "word.oss": _("oss"),
    "word.invoice": _("invoice"),
    "word.none": _("none"),
    # Keys.
    "keys": _(
        "The shop and Dinero are asked, which needs your keys. Each is kept in a file of its own, "
        "which only you can read, in {folder}. What you paste isn't shown."
    ),
    "key.shoporama_api_key": _("The shop's API key (Shoporama: Account → Webshop → API access)"),
    "key.dinero_client_id": _("The client id that Dinero gave you"),
    "key.dinero_client_secret": _("The client secret that came with it"),
    "key.dinero_api_key": _(
        "The API key (Dinero: Integrationer → Se og opret API-nøgler); empty to connect by Visma "
        "Connect"
    ),
    # What it says of what it may not read.
    "unread.payment gateways": _(
        "The ways to pay are those of the newest orders, without their names. Look over "
        "payment_types: with none in it, no payment is registered."
    ),
    "unread.countries": _(
        "No rules for sales abroad are suggested. Orders that name their country by an id are held "
        "until the key has the right, or shoporama.countries says which it is."
    ),
    "unread.categories": _("No categories of second-hand goods are suggested."),
    # At the end.
    "which_company": _("Which company?"),
    "its_number": _("Its number"),
    "written": _(
        "Written: {file}\n"
        "Read it once, with your bookkeeper (bogholder, revisor). Then:\n"
        "  dinero-sync -c {file} connect\n"
        "  dinero-sync -c {file} doctor\n"
        "  dinero-sync -c {file} rules check\n"
        "  dinero-sync -c {file} plan"
    ),
}
