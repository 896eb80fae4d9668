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
