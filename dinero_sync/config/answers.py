"""What ``dinero-sync init`` asks, as a file that answers it for scripts and for a second time."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dinero_sync.config.choices import Booking
from dinero_sync.config.problems import validated
from dinero_sync.config.references import resolve_references
from dinero_sync.config.rules.conditions import Texts
from dinero_sync.config.values import AccountNumber, Day, Identifier, Section, wrong
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.spoken import spoken
from dinero_sync.posting.settings import Trigger

PAID_LATER = "invoice"
LEFT_OUT = "none"


class SecondHand(StrEnum):
    """Whether second-hand goods (brugtmoms) are sold, and how their margin is taxed."""

    NO = "no"
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class GiftCardSale(StrEnum):
    """Whether gift cards (gavekort) are sold, and which legal kind they are."""

    NO = "no"
    SINGLE_PURPOSE = "single_purpose"
    MULTI_PURPOSE = "multi_purpose"


class EuBusinesses(StrEnum):
    """Whether businesses in other EU countries buy, and how their VAT numbers are checked."""

    NO = "no"
    FORMAT = "format"
    VIES = "vies"


class EuConsumers(StrEnum):
    """Whether consumers in other EU countries buy, and whose VAT they pay."""

    NO = "no"
    DANISH_VAT = "danish_vat"
    OSS = "oss"


class YesNo(StrEnum):
    """A plain answer."""

    NO = "no"
    YES = "yes"


def _where_paid(value: object) -> object:
    if value in {PAID_LATER, LEFT_OUT} or (isinstance(value, int) and value > 0):
        return value
    raise wrong(
        spoken(
            "must be the number of a deposit account, invoice (the customer pays later), "
            "or none (such orders are held until you say more)"
        )
    )


WherePaid = Annotated[int | Literal["invoice", "none"], BeforeValidator(_where_paid)]


class Answers(Section):
    """The answers; what isn't answered is suggested from the shop and the chart of accounts."""

    organization_id: Identifier | None = Field(default=None, description="The company in Dinero.")
    start_date: Day | None = Field(default=None, description="The first day that is booked.")
    trigger: Trigger | None = Field(default=None, description="paid or shipped.")
    booking: Booking | None = Field(default=None, description="automatic or draft.")
    sales_account: AccountNumber | None = None
    shipping_account: AccountNumber | None = None
    payment_types: Mapping[str, WherePaid] = Field(
        default_factory=dict,
        description="For each gateway, by its name or id at Shoporama: a deposit account, invoice"
        " (paid later), or none.",
    )
    second_hand: SecondHand | None = None
    second_hand_categories: Texts = ()
    second_hand_account: AccountNumber | None = None
    margin_account: AccountNumber | None = None
    gift_cards: GiftCardSale | None = None
    gift_card_skus: Texts = ()
    gift_card_codes: Texts = ()
    gift_card_account: AccountNumber | None = None
    eu_businesses: EuBusinesses | None = None
    eu_business_account: AccountNumber | None = None
    eu_consumers: EuConsumers | None = None
    eu_consumer_account: AccountNumber | None = None
    oss_account: AccountNumber | None = None
    oss_vat_account: AccountNumber | None = None
    outside_eu: YesNo | None = None
    export_account: AccountNumber | None = None


def load_answers(path: Path) -> Answers:
    """Read a file of answers; raises ConfigError with every problem in it."""
    document = read_yaml(path)
    return validated(Answers, document, resolve_references(document))
