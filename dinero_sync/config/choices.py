"""The words that keys with a fixed choice take."""

from enum import StrEnum


class AuthScheme(StrEnum):
    """What stands before the key in the ``Authorization`` header that Shoporama reads."""

    SHOPORAMA = "Shoporama"
    BEARER = "Bearer"
    BARE = "bare"


class AuthMethod(StrEnum):
    """How Dinero is asked for access."""

    VISMA_CONNECT = "visma_connect"
    API_KEY = "api_key"


class Trigger(StrEnum):
    """The event that makes an order due."""

    PAID = "paid"
    SHIPPED = "shipped"


class Booking(StrEnum):
    """Whether invoices are made final, or left as drafts for a person."""

    AUTOMATIC = "automatic"
    DRAFT = "draft"


class LineKind(StrEnum):
    """What a line of an order is."""

    PRODUCT = "product"
    SHIPPING = "shipping"
    GIFT_CARD = "gift_card"
    FEE = "fee"


class MarginScheme(StrEnum):
    """Goods of which only the margin is taxed (brugtmoms)."""

    USED_GOODS = "used_goods"
    ART = "art"
    COLLECTORS = "collectors"


class MarginMethod(StrEnum):
    """How the VAT of the margin is found."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class GiftCardKind(StrEnum):
    """The legal kind of a gift card (gavekort)."""

    SINGLE_PURPOSE = "single_purpose"
    MULTI_PURPOSE = "multi_purpose"


class VatNumberCheck(StrEnum):
    """How the VAT number of a business in another EU country is checked."""

    FORMAT = "format"
    VIES = "vies"


class Undecided(StrEnum):
    """What becomes of an order that may have been sold with the wrong VAT."""

    HOLD = "hold"
    CHARGE = "charge"


class ConsumerContacts(StrEnum):
    """Whether each consumer becomes a contact in Dinero."""

    OWN = "own"
    SHARED = "shared"


class Zone(StrEnum):
    """Where the goods go, as Danish VAT sees it."""

    DK = "dk"
    EU = "eu"
    WORLD = "world"


class Buyer(StrEnum):
    """Who buys."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    PUBLIC = "public"


class TermsType(StrEnum):
    """When an unpaid invoice falls due, in Dinero's own words."""

    NETTO = "Netto"
    NETTO_CASH = "NettoCash"
    CURRENT_MONTH_OUT = "CurrentMonthOut"


class Sending(StrEnum):
    """How Dinero sends an invoice to the buyer."""

    EMAIL = "email"
    E_INVOICE = "e_invoice"
