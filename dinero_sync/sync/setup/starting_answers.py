"""What ``init`` suggests: the answers that shop and chart of accounts make likely.

A suggestion errs on the side of holding an order: what nobody can know is left out.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from dinero_sync.config.answers import (
    LEFT_OUT,
    PAID_LATER,
    Answers,
    EuBusinesses,
    EuConsumers,
    GiftCardSale,
    SecondHand,
    YesNo,
)
from dinero_sync.config.choices import Booking
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.domain.zone import EU_COUNTRIES
from dinero_sync.errors import UsageError
from dinero_sync.posting.conditions import glob_of
from dinero_sync.posting.payments import deposit_for
from dinero_sync.posting.settings import Trigger
from dinero_sync.posting.suggestion import (
    COMMON_FREIGHT,
    COMMON_SALES,
    MULTI_PURPOSE_CARDS,
    SINGLE_PURPOSE_CARDS,
    Purpose,
    foreign_vat_debt,
)
from dinero_sync.sync.setup.starting_accounts import (
    PURPOSES,
    is_paid_later,
    number_for,
)
from dinero_sync.sync.setup.starting_facts import StartingFacts

SECOND_HAND_WORDS = ("brugt", "second hand", "secondhand", "vintage", "genbrug")
NEEDED: Mapping[str | None, tuple[str, ...]] = {
    SecondHand.INDIVIDUAL: ("second_hand_categories", "second_hand_account", "margin_account"),
    SecondHand.COLLECTIVE: ("second_hand_categories", "second_hand_account"),
    GiftCardSale.SINGLE_PURPOSE: ("gift_card_account",),
    GiftCardSale.MULTI_PURPOSE: ("gift_card_account",),
    EuBusinesses.FORMAT: ("eu_business_account",),
    EuBusinesses.VIES: ("eu_business_account",),
    EuConsumers.DANISH_VAT: ("eu_consumer_account",),
    EuConsumers.OSS: ("oss_account", "oss_vat_account"),
    YesNo.YES: ("export_account",),
}
"""The answers without which another answer means nothing."""
MUST_BE = {
    "second_hand_categories": spoken("the names of the categories that such goods are in"),
    "second_hand_account": spoken("an account without VAT code, like 1051 Brugtmoms bruttosalg"),
    "margin_account": spoken("an account with the VAT code U25, like 1052 Brugtmoms avance"),
    "gift_card_account": spoken(
        "an account with the VAT code U25 for single_purpose, without one for multi_purpose"
    ),
    "eu_business_account": spoken("an account with the VAT code UEUV, like 1100"),
    "eu_consumer_account": spoken(
        "an account with the VAT code U25, like 1001 Fjernsalg EU privat"
    ),
    "oss_account": spoken("an account with the VAT code UEUV2, like 1151 Fjernsalg OSS"),
    "oss_vat_account": spoken("an account without VAT code, like 64200 Skyldig OSS-moms"),
    "export_account": spoken("an account with the VAT code UVV, like 1255"),
}
"""What each of them must be."""


def eu_countries(facts: StartingFacts) -> frozenset[str]:
    """Return the other EU countries that the shop knows."""
    return facts.countries & (EU_COUNTRIES - {"DK"})


def sells_outside_eu(facts: StartingFacts) -> bool:
    """Tell whether the shop knows a country outside the EU."""
    return bool(facts.countries - EU_COUNTRIES)


def second_hand_categories(facts: StartingFacts) -> tuple[str, ...]:
    """Return the shop's categories whose names say that their goods are second-hand, as globs."""
    return tuple(
        glob_of(name)
        for name in facts.categories
        if any(word in name.casefold() for word in SECOND_HAND_WORDS)
    )


def suggested_answers(facts: StartingFacts, today: date) -> Answers:
    """Suggest an answer to every question; accounts that the chart lacks stay unanswered."""
    chart = facts.chart
    sales = number_for(chart, COMMON_SALES) or 1000
    debt = foreign_vat_debt(chart, "OSS")
    found = {name: number_for(chart, purpose) for name, purpose in PURPOSES.items()}
    accounts = {**found, "oss_vat_account": debt.number if debt else None}
    return Answers(
        organization_id=facts.organization.organization_id,
        start_date=str(_first_of_next_month(today)),
        trigger=Trigger.PAID,
        booking=Booking.AUTOMATIC,
        sales_account=sales,
        shipping_account=number_for(chart, COMMON_FREIGHT) or sales,
        payment_types={str(each.gateway_id): _where_paid(each, facts) for each in facts.gateways},
        gift_cards=GiftCardSale.NO,
        gift_card_skus=("GAVEKORT*",),
        gift_card_codes=("GK-*",),
        **_kinds_of_sales(facts, accounts),
        **accounts,
    )


def _kinds_of_sales(facts: StartingFacts, accounts: Mapping[str, int | None]) -> dict[str, object]:
    """Suggest the kinds of sales that the shop seems to have, and the chart has accounts for."""
    in_eu, categories = bool(eu_countries(facts)), second_hand_categories(facts)
    second_hand = categories and accounts["second_hand_account"] and accounts["margin_account"]
    business = in_eu and accounts["eu_business_account"]
    consumer = in_eu and accounts["eu_consumer_account"]
    export = sells_outside_eu(facts) and accounts["export_account"]
    return {
        "second_hand": SecondHand.INDIVIDUAL if second_hand else SecondHand.NO,
        "second_hand_categories": categories,
        "eu_businesses": EuBusinesses.VIES if business else EuBusinesses.NO,
        "eu_consumers": EuConsumers.DANISH_VAT if consumer else EuConsumers.NO,
        "outside_eu": YesNo.YES if export else YesNo.NO,
    }


def gift_cards_of(kind: GiftCardSale) -> Purpose:
    """Return what the account for gift cards of a legal kind is for."""
    single = kind is GiftCardSale.SINGLE_PURPOSE
    return SINGLE_PURPOSE_CARDS if single else MULTI_PURPOSE_CARDS


def _where_paid(gateway: Gateway, facts: StartingFacts) -> int | str:
    if is_paid_later(gateway):
        return PAID_LATER
    best = deposit_for(gateway.name, gateway.code, facts.chart)
    return best.number if best else LEFT_OUT


def _first_of_next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def completed(answers: Answers, suggested: Answers, facts: StartingFacts) -> Answers:
    """Fill what isn't answered with what is suggested.

    Raises UsageError for a gateway that the shop doesn't have, and for an account that an answer
    needs and neither the answers nor the chart name.
    """
    given = {
        name: value
        for name, value in answers
        if name != "payment_types" and value is not None and value != ()
    }
    paid = {**suggested.payment_types, **_by_id(answers, facts.gateways)}
    whole = suggested.model_copy(update={**given, "payment_types": paid})
    if whole.gift_card_account is None and whole.gift_cards is not GiftCardSale.NO:
        account = number_for(facts.chart, gift_cards_of(whole.gift_cards or GiftCardSale.NO))
        whole = whole.model_copy(update={"gift_card_account": account})
    kinds = (whole.second_hand, whole.gift_cards, whole.eu_businesses, whole.eu_consumers)
    needed = (name for kind in (*kinds, whole.outside_eu) for name in NEEDED.get(kind, ()))
    missing = [name for name in needed if not getattr(whole, name)]
    if missing:
        raise UsageError(_what_is_missing(missing))
    return whole


def _by_id(answers: Answers, gateways: Iterable[Gateway]) -> dict[str, int | str]:
    """Name the gateways by their ids, whichever way the answers do."""
    ids = {str(each.gateway_id): str(each.gateway_id) for each in gateways}
    names = {each.name.casefold(): str(each.gateway_id) for each in gateways}
    unknown = [
        name for name in answers.payment_types if not (name in ids or name.casefold() in names)
    ]
    if unknown:
        known = ", ".join(each.name for each in gateways)
        raise UsageError(
            spoken(
                "The shop has no payment gateway called {unknown}. It has: {known}.",
                unknown=", ".join(unknown),
                known=known,
            )
        )
    return {
        ids.get(name) or names[name.casefold()]: where
        for name, where in answers.payment_types.items()
    }


def _what_is_missing(names: list[str]) -> str:
    each = (spoken("  {name}: {what}", name=name, what=MUST_BE[name]) for name in names)
    listed = joined(*each, between="\n")
    return spoken(
        "Some answers need what neither they nor Dinero's chart of accounts name. "
        "Nothing was written. Create the account in Dinero, or answer:\n"
        "{listed}",
        listed=listed,
    )
