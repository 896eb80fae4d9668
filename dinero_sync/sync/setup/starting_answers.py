"""What ``init`` suggests: the answers that shop and chart of accounts make likely.

A suggestion errs on the side of holding an order: what nobody can know is left out.
"""

from collections.abc import Iterable, Iterator
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
from dinero_sync.domain.chart import Account
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.zone import EU_COUNTRIES
from dinero_sync.errors import UsageError
from dinero_sync.posting.conditions import glob_of
from dinero_sync.posting.settings import Trigger
from dinero_sync.posting.suggestion import (
    COMMON_FREIGHT,
    COMMON_SALES,
    DISTANCE_SALES,
    EU_BUSINESSES,
    EXPORTS,
    MARGINS,
    MULTI_PURPOSE_CARDS,
    OSS_SALES,
    SECOND_HAND_SALES,
    SINGLE_PURPOSE_CARDS,
    foreign_vat_debt,
)
from dinero_sync.sync.setup.starting_accounts import deposit_account, is_paid_later, number_for
from dinero_sync.sync.setup.starting_facts import StartingFacts

SECOND_HAND_WORDS = ("brugt", "second hand", "secondhand", "vintage", "genbrug")
GIFT_CARD_SKUS = ("GAVEKORT*",)
GIFT_CARD_CODES = ("GK-*",)
NEEDS = {
    "second_hand_account": "without VAT code, like 1051 Brugtmoms bruttosalg",
    "margin_account": "with the VAT code U25, like 1052 Brugtmoms avance",
    "gift_card_account": "with the VAT code U25 for single_purpose, without one for multi_purpose",
    "eu_business_account": "with the VAT code UEUV, like 1100",
    "eu_consumer_account": "with the VAT code U25, like 1001 Fjernsalg EU privat",
    "oss_account": "with the VAT code UEUV2, like 1151 Fjernsalg OSS",
    "oss_vat_account": "without VAT code, like 64200 Skyldig OSS-moms",
    "export_account": "with the VAT code UVV, like 1255",
}
"""The accounts that some answers need, and what each must be."""


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
    return Answers(
        organization_id=facts.organization.organization_id,
        start_date=str(_first_of_next_month(today)),
        trigger=Trigger.PAID,
        booking=Booking.AUTOMATIC,
        sales_account=sales,
        shipping_account=number_for(chart, COMMON_FREIGHT) or sales,
        payment_types={str(each.gateway_id): _where_paid(each, facts) for each in facts.gateways},
        gift_cards=GiftCardSale.NO,
        gift_card_skus=GIFT_CARD_SKUS,
        gift_card_codes=GIFT_CARD_CODES,
        **_second_hand(facts),
        **_abroad(facts),
    )


def _second_hand(facts: StartingFacts) -> dict[str, object]:
    categories = second_hand_categories(facts)
    gross = number_for(facts.chart, SECOND_HAND_SALES)
    margin = number_for(facts.chart, MARGINS)
    known = categories and gross and margin
    return {
        "second_hand": SecondHand.INDIVIDUAL if known else SecondHand.NO,
        "second_hand_categories": categories,
        "second_hand_account": gross,
        "margin_account": margin,
    }


def _abroad(facts: StartingFacts) -> dict[str, object]:
    chart, in_eu = facts.chart, bool(eu_countries(facts))
    business = number_for(chart, EU_BUSINESSES)
    consumer = number_for(chart, DISTANCE_SALES)
    export = number_for(chart, EXPORTS)
    return {
        "eu_businesses": EuBusinesses.VIES if in_eu and business else EuBusinesses.NO,
        "eu_business_account": business,
        "eu_consumers": EuConsumers.DANISH_VAT if in_eu and consumer else EuConsumers.NO,
        "eu_consumer_account": consumer,
        "oss_account": number_for(chart, OSS_SALES),
        "oss_vat_account": _number(foreign_vat_debt(chart, "OSS")),
        "outside_eu": YesNo.YES if sells_outside_eu(facts) and export else YesNo.NO,
        "export_account": export,
    }


def _number(account: Account | None) -> int | None:
    return account.number if account else None


def gift_card_account(facts: StartingFacts, kind: GiftCardSale) -> int | None:
    """Return the account for gift cards of a legal kind; None where the chart has none."""
    single = kind is GiftCardSale.SINGLE_PURPOSE
    return number_for(facts.chart, SINGLE_PURPOSE_CARDS if single else MULTI_PURPOSE_CARDS)


def _where_paid(gateway: Gateway, facts: StartingFacts) -> int | str:
    if is_paid_later(gateway):
        return PAID_LATER
    return deposit_account(gateway, facts.chart) or LEFT_OUT


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
        account = gift_card_account(facts, whole.gift_cards or GiftCardSale.NO)
        whole = whole.model_copy(update={"gift_card_account": account})
    missing = [name for name in _needed(whole) if not getattr(whole, name)]
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
            f"The shop has no payment gateway called {', '.join(unknown)}. It has: {known}."
        )
    return {
        ids.get(name) or names[name.casefold()]: where
        for name, where in answers.payment_types.items()
    }


def _needed(answers: Answers) -> Iterator[str]:
    """Yield the answers without which another answer means nothing."""
    if answers.second_hand is not SecondHand.NO:
        yield from ("second_hand_categories", "second_hand_account")
    if answers.second_hand is SecondHand.INDIVIDUAL:
        yield "margin_account"
    if answers.gift_cards is not GiftCardSale.NO:
        yield "gift_card_account"
    if answers.eu_businesses is not EuBusinesses.NO:
        yield "eu_business_account"
    if answers.eu_consumers is EuConsumers.DANISH_VAT:
        yield "eu_consumer_account"
    if answers.eu_consumers is EuConsumers.OSS:
        yield from ("oss_account", "oss_vat_account")
    if answers.outside_eu is YesNo.YES:
        yield "export_account"


def _what_is_missing(names: list[str]) -> str:
    listed = "\n".join(
        f"  {name}: an account {NEEDS[name]}"
        if name in NEEDS
        else f"  {name}: the names of the categories that such goods are in"
        for name in names
    )
    return (
        "Some answers need what neither they nor Dinero's chart of accounts name. Nothing was "
        f"written. Create the account in Dinero, or answer:\n{listed}"
    )
