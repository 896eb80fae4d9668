"""The sentences in which ``explain`` tells its facts, Danish and English."""

from collections.abc import Mapping
from dataclasses import dataclass

from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.step import Language
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.insight.explain import BuyerReason, ContactKeyKind, ZoneReason
from dinero_sync.posting.settings import Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. The texts are templates; what they take stands in braces."""

    language: Language
    order: str
    booked: str
    drafted: str
    would_be_booked: str
    standings: Mapping[str, str]
    to_do: str
    unreadable: str
    removed: str
    rules_changed: str
    not_now: str
    products_never_read: str
    vat_number_never_read: str
    headings: Mapping[str, str]
    triggers: Mapping[Trigger, str]
    by_payment_type: str
    by_received: str
    by_setting: str
    day: str
    zones: Mapping[Zone, str]
    zone_reasons: Mapping[ZoneReason, str]
    buyers: Mapping[BuyerKind, str]
    buyer_reasons: Mapping[BuyerReason, str]
    payment_taken: str
    payment_not_taken: str
    no_payment_types: str
    payment_registered: str
    paid_early: str
    dated_as_invoice: str
    foreign_payment: str
    no_payment: str
    gift_card_payment: str
    contact_keys: Mapping[ContactKeyKind, str]
    price: str
    amount: str
    comments: str
    voucher: str
    account: str
    rule: str
    setting: str
    gone_rule: str
    shop_rate: str
    margin_schemes: Mapping[MarginScheme, str]
    margin: str
    loss: str
    collective: str
    no_purchase_price: str
    foreign_vat: str
    gift_card: str
    gift_card_sold: str
    rounding: str
    ledger_item: str
    without_code: str
    vat_inside: str
    total: str
    distance_sale: str


DANISH = Words(
    language=Language.DANISH,
    order="Ordre #{number} (ordre-id {order_id}): {total}",
    booked="Den er bogført som faktura {invoice}, dateret {day}.",
    drafted="Der er en kladde i Dinero, dateret {day}.",
    would_be_booked="Den er ikke bogført endnu; sådan ville den blive bogført.",
    standings={
        "held": "Den venter på dig ({reason}):",
        "in_doubt": "Det er ikke sikkert, hvad der skete i Dinero ({reason}):",
        "skipped": "Den bliver ikke til en faktura ({reason}):",
        "open": "Den venter ({reason}):",
    },
    to_do="Fuld besked og næste skridt (på engelsk):",
    unreadable="Ordren kan ikke læses, så der er ikke mere at forklare.",
    removed="Butikkens egne ord om ordren er slettet på grund af alder (sync.retention_days).",
    rules_changed="Reglerne, kontoplanen, varekartoteket eller ordren er ændret siden: i dag ville "
    "linjerne blive andre. Her står, hvad der blev besluttet dengang.",
    not_now="Med de nuværende regler ville den ikke blive bogført ({reason}): {text}",
    products_never_read="Hvad de nuværende regler gør ved ordren, kan ikke siges: de spørger til "
    "vare {products} i butikkens varekartotek, som ingen kørsel har læst endnu. Den læses, når en "
    "ordre med varen skal bogføres.",
    vat_number_never_read="Hvad de nuværende regler gør ved ordren, kan ikke siges: de spørger "
    "EU's register (VIES) om købers momsnummer, og det er ikke spurgt, eller har ikke svaret, "
    "endnu. Det spørges, når en ordre med nummeret skal bogføres.",
    headings={
        "when": "Hvornår",
        "where": "Levering",
        "who": "Hvem",
        "payment": "Betaling",
        "contact": "Kontakt",
        "lines": "Linjer",
        "ledger": "Finansbilag ud over fakturaen",
        "sums": "Summer pr. konto og momskode",
    },
    triggers={
        Trigger.PAID: "Ordrer bogføres, når de er betalt",
        Trigger.SHIPPED: "Ordrer bogføres, når de er afsendt",
    },
    by_payment_type="(trigger i betalingstypen {name})",
    by_received="(received: at_once i betalingstypen {name}: betaling eller afsendelse, hvad der "
    "kommer først)",
    by_setting="(sync.trigger)",
    day="Dagen er {day}.",
    zones={
        Zone.DK: "Danmark",
        Zone.EU: "Et andet EU-land",
        Zone.WORLD: "Uden for EU's momsområde",
    },
    zone_reasons={
        ZoneReason.COUNTRY: "leveringsadressens land er {country}",
        ZoneReason.POST_CODE: "leveringsadressens land er {country}, men postnummeret afgør det: "
        "stedet følger ikke landets momsområde",
        ZoneReason.HANDED_OVER: "varerne afhentes i Danmark (fragt: {freight}), selv om "
        "leveringsadressens land er {country}",
        ZoneReason.COUNTED_AS_EU: "leveringsadressens land er {country}, som momsmæssigt regnes "
        "med til EU",
    },
    buyers={
        BuyerKind.CONSUMER: "Forbruger",
        BuyerKind.BUSINESS: "Virksomhed",
        BuyerKind.PUBLIC: "Offentlig køber",
    },
    buyer_reasons={
        BuyerReason.EAN: "ordren har et gyldigt EAN-nummer",
        BuyerReason.COMPANY_WITH_VAT_NUMBER: "ordren har både firma og momsnummer",
        BuyerReason.UNCONFIRMED_VAT_NUMBER: "EU's register (VIES) bekræfter ikke momsnummeret "
        "(posting.eu_vat_numbers.unconfirmed: charge)",
        BuyerReason.VAT_NUMBER_WITHOUT_COMPANY: "ordren har et nummer, der ikke er et "
        "momsnummer fra EU, og intet firma",
        BuyerReason.SOLE_TRADER: "ordren har et momsnummer (intet firma: en enkeltmandsvirksomhed)",
        BuyerReason.COMPANY_WITHOUT_VAT_NUMBER: "ordren har et firma, men intet momsnummer",
        BuyerReason.NEITHER: "ordren har hverken EAN eller firma med momsnummer",
    },
    payment_not_taken="Ingen betalingstype (payment_types) passer på ordren.",
    payment_taken="Ordren hører under betalingstypen {name}, {when}.",
    no_payment_types="Der er ingen payment_types, så ingen betaling registreres.",
    payment_registered="Betalingen{amount} registreres på {account}.",
    paid_early=" Den dateres {day}, før fakturaen: intet siger, hvornår betalingstypens penge "
    "kommer (received).",
    dated_as_invoice=" Kunden betalte {paid}; den dateres som fakturaen, {day}.",
    foreign_payment=" på {amount}",
    no_payment="Ingen betaling registreres; kunden betaler fakturaen senere.",
    gift_card_payment="Et gavekort har betalt {amount}: det registreres på {account} og flyttes"
    " derfra til gælden på {debt}.",
    contact_keys={
        ContactKeyKind.EAN: "Køber kendes igen i Dinero på EAN-nummeret.",
        ContactKeyKind.VAT_NUMBER: "Køber kendes igen i Dinero på momsnummeret.",
        ContactKeyKind.EMAIL: "Køber kendes igen i Dinero på e-mailadressen.",
        ContactKeyKind.ORDER: "Køber har ingen e-mailadresse og får en kontakt for denne ordre.",
        ContactKeyKind.SHARED: "Forbrugere i landet deler én kontakt (contacts.consumers: shared).",
    },
    price="Pris {amount}",
    amount="Beløb {amount}",
    comments="Teksten på fakturaen: {text}",
    voucher="Pris {normal}, heraf rabatkode {code} -{share}: {amount}",
    account="Konto {account}, {rate} % moms",
    rule="valgt af reglen »{name}«, {when}",
    setting="valgt af {name}; ingen regel passede på linjen",
    gone_rule="valgt af »{name}«, som ikke længere står i konfigurationen",
    shop_rate="Butikken opkrævede {rate} % moms.",
    margin_schemes={
        MarginScheme.USED_GOODS: "Brugtmoms, brugte genstande",
        MarginScheme.ART: "Brugtmoms, kunstgenstande",
        MarginScheme.COLLECTORS: "Brugtmoms, samlerobjekter og antikviteter",
    },
    margin="indkøbspris {purchase}, avance {margin}, heraf moms {vat}",
    loss="indkøbspris {purchase}, ingen avance og derfor ingen moms",
    collective="avancen opgøres samlet for perioden (samlemetoden)",
    no_purchase_price="indkøbsprisen kendes ikke her",
    foreign_vat="Heraf er {vat} udenlandsk moms (konto {account}); her bogføres {net}.",
    gift_card="Indløst gavekort: momsen blev betalt, da kortet blev solgt.",
    gift_card_sold="Salg af gavekort ({kind}).",
    rounding="Øreforskel mellem linjerne og totalen (posting.rounding).",
    ledger_item="{amount}: debet {debit}, kredit {credit}: {description}",
    without_code="ingen momskode",
    vat_inside="heraf moms {vat}",
    total="I alt",
    distance_sale="{amount} uden moms tæller med i EU's grænse for fjernsalg (10.000 EUR om året).",
)
ENGLISH = Words(
    language=Language.ENGLISH,
    order="Order #{number} (order id {order_id}): {total}",
    booked="It is booked as invoice {invoice}, dated {day}.",
    drafted="There is a draft in Dinero, dated {day}.",
    would_be_booked="It isn't booked yet; this is how it would be.",
    standings={
        "held": "It waits for you ({reason}):",
        "in_doubt": "It isn't certain what happened at Dinero ({reason}):",
        "skipped": "It doesn't become an invoice ({reason}):",
        "open": "It waits ({reason}):",
    },
    to_do="In full, and the next step:",
    unreadable="The order can't be read, so there is no more to explain.",
    removed="The shop's own words about the order were removed for their age "
    "(sync.retention_days).",
    rules_changed="The rules, the chart, the catalogue or the order changed since: today the lines "
    "would be others. This is what was decided then.",
    not_now="By the present rules it wouldn't be booked ({reason}): {text}",
    products_never_read="What the present rules make of the order can't be told: they ask for "
    "product {products} of the shop's catalogue, which no run has read yet. It is read when an "
    "order with it is to be booked.",
    vat_number_never_read="What the present rules make of the order can't be told: they ask the "
    "EU's register (VIES) about the buyer's VAT number, and it hasn't been asked, or hasn't "
    "answered, yet. It is asked when an order with that number is to be booked.",
    headings={
        "when": "When",
        "where": "Where",
        "who": "Who",
        "payment": "Payment",
        "contact": "Contact",
        "lines": "Lines",
        "ledger": "Ledger items beside the invoice",
        "sums": "Sums by account and VAT code",
    },
    triggers={
        Trigger.PAID: "Orders are booked once they are paid",
        Trigger.SHIPPED: "Orders are booked once they are shipped",
    },
    by_payment_type="(trigger of the payment type {name})",
    by_received="(received: at_once of the payment type {name}: payment or shipping, whichever is "
    "first)",
    by_setting="(sync.trigger)",
    day="The day is {day}.",
    zones={
        Zone.DK: "Denmark",
        Zone.EU: "Another EU country",
        Zone.WORLD: "Outside the EU's VAT area",
    },
    zone_reasons={
        ZoneReason.COUNTRY: "the country of the delivery address is {country}",
        ZoneReason.POST_CODE: "the country of the delivery address is {country}, but the postal "
        "code decides: the place isn't in the country's VAT area",
        ZoneReason.HANDED_OVER: "the goods are collected in Denmark (freight: {freight}), though "
        "the country of the delivery address is {country}",
        ZoneReason.COUNTED_AS_EU: "the country of the delivery address is {country}, which counts "
        "as the EU for VAT",
    },
    buyers={
        BuyerKind.CONSUMER: "Consumer",
        BuyerKind.BUSINESS: "Business",
        BuyerKind.PUBLIC: "Public buyer",
    },
    buyer_reasons={
        BuyerReason.EAN: "the order has a valid EAN number",
        BuyerReason.COMPANY_WITH_VAT_NUMBER: "the order has a company and a VAT number",
        BuyerReason.UNCONFIRMED_VAT_NUMBER: "the EU's register (VIES) doesn't confirm the VAT "
        "number (posting.eu_vat_numbers.unconfirmed: charge)",
        BuyerReason.VAT_NUMBER_WITHOUT_COMPANY: "the order has a number that is no VAT "
        "number of the EU, and no company",
        BuyerReason.SOLE_TRADER: "the order has a VAT number (no company: a sole trader)",
        BuyerReason.COMPANY_WITHOUT_VAT_NUMBER: "the order has a company, but no VAT number",
        BuyerReason.NEITHER: "the order has neither EAN nor company with VAT number",
    },
    payment_not_taken="–",
    payment_taken="The payment type {name} took the order, {when}.",
    no_payment_types="There are no payment_types, so no payment is registered.",
    payment_registered="The payment{amount} is registered on {account}.",
    paid_early=" It is dated {day}, before the invoice: nothing says when the payment type's money "
    "comes (received).",
    dated_as_invoice=" The customer paid on {paid}; it is dated as the invoice, {day}.",
    foreign_payment=" of {amount}",
    no_payment="No payment is registered; the customer pays the invoice later.",
    gift_card_payment="A gift card paid {amount}: that is registered on {account}, and moved from"
    " there to the debt on {debt}.",
    contact_keys={
        ContactKeyKind.EAN: "In Dinero the buyer is known by the EAN number.",
        ContactKeyKind.VAT_NUMBER: "In Dinero the buyer is known by the VAT number.",
        ContactKeyKind.EMAIL: "In Dinero the buyer is known by the e-mail address.",
        ContactKeyKind.ORDER: "The buyer has no e-mail address and gets a contact for this order.",
        ContactKeyKind.SHARED: "Consumers of the country share one contact "
        "(contacts.consumers: shared).",
    },
    price="Price {amount}",
    amount="Amount {amount}",
    comments="The text on the invoice: {text}",
    voucher="Price {normal}, of which the voucher {code} -{share}: {amount}",
    account="Account {account}, {rate} % VAT",
    rule='chosen by the rule "{name}", {when}',
    setting="chosen by {name}; no rule took the line",
    gone_rule='chosen by "{name}", which is no longer in the configuration',
    shop_rate="The shop charged {rate} % VAT.",
    margin_schemes={
        MarginScheme.USED_GOODS: "Margin scheme (brugtmoms), second-hand goods",
        MarginScheme.ART: "Margin scheme (brugtmoms), works of art",
        MarginScheme.COLLECTORS: "Margin scheme (brugtmoms), collector's items and antiques",
    },
    margin="purchase price {purchase}, margin {margin}, of which VAT {vat}",
    loss="purchase price {purchase}, no margin and so no VAT",
    collective="the margin is reckoned for the period as a whole (samlemetoden)",
    no_purchase_price="the purchase price isn't known here",
    foreign_vat="Of this {vat} is another country's VAT (account {account}); {net} is posted here.",
    gift_card="Gift card used: its VAT was paid when it was sold.",
    gift_card_sold="A gift card is sold ({kind}).",
    rounding="Difference of øre between the lines and the total (posting.rounding).",
    ledger_item="{amount}: debit {debit}, credit {credit}: {description}",
    without_code="no VAT code",
    vat_inside="of which VAT {vat}",
    total="Total",
    distance_sale="{amount} without VAT count towards the EU's threshold for distance sales "
    "(10,000 EUR a year).",
)
LANGUAGES: Mapping[str, Words] = {"da": DANISH, "en": ENGLISH}
