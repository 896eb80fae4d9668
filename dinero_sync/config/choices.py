"""The words that keys with a fixed choice take, where no other package has them."""

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


class Booking(StrEnum):
    """Whether invoices are made final, or left as drafts for a person."""

    AUTOMATIC = "automatic"
    DRAFT = "draft"


class Returns(StrEnum):
    """What becomes of goods that come back, and of orders cancelled or edited after booking."""

    OFF = "off"
    PROPOSE = "propose"
    AUTOMATIC = "automatic"


class Refunds(StrEnum):
    """When money that goes back is registered."""

    WITH_CREDIT = "with_credit"
    WITH_PAYOUT = "with_payout"
    NEVER = "never"


class VatNumberCheck(StrEnum):
    """How the VAT number of a business in another EU country is checked."""

    FORMAT = "format"
    VIES = "vies"


class ConsumerContacts(StrEnum):
    """Whether each consumer becomes a contact in Dinero."""

    OWN = "own"
    SHARED = "shared"


class TermsType(StrEnum):
    """When an unpaid invoice falls due, in Dinero's own words."""

    NETTO = "Netto"
    NETTO_CASH = "NettoCash"
    CURRENT_MONTH_OUT = "CurrentMonthOut"
