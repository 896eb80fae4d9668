"""The questions of ``init``: each with what is suggested, which an empty answer takes."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

import click

from dinero_sync.cli.streams import say
from dinero_sync.cli.typed import day
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
from dinero_sync.domain.plain_text import printable
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.posting.settings import Trigger
from dinero_sync.sync.setup.starting_accounts import PURPOSES, fitting_accounts, number_for
from dinero_sync.sync.setup.starting_answers import (
    NEEDED,
    eu_countries,
    gift_cards_of,
    sells_outside_eu,
)
from dinero_sync.sync.setup.starting_facts import StartingFacts

QUESTIONS = {
    "second_hand_account": "The account for their whole price, without VAT code",
    "margin_account": "The account for their margins, with 25 % VAT",
    "oss_account": "The account for the net",
    "oss_vat_account": "The account of debt for the VAT",
}


def ask(facts: StartingFacts, suggested: Answers) -> Answers:
    """Ask a person everything; raises UsageError when they leave."""
    say(f"Company {facts.organization.organization_id}. Enter takes what is in brackets.\n")
    try:
        answers = {
            **_transfer(suggested),
            "payment_types": _payment_types(facts, suggested),
            **_second_hand(facts, suggested),
            **_gift_cards(facts, suggested),
            **(_eu(facts, suggested) if eu_countries(facts) else {}),
            **(_world(facts, suggested) if sells_outside_eu(facts) else {}),
        }
    except click.Abort:
        raise UsageError(
            spoken(
                "The questions weren't answered to the end; nothing was written. Where "
                "nobody can answer: dinero-sync init --yes, or --answers FILE"
            )
        ) from None
    return Answers.model_validate(answers)


def _transfer(suggested: Answers) -> dict[str, Any]:
    return {
        "start_date": _day(
            "From which day on does dinero-sync make the invoices? Nobody else may from then on",
            suggested.start_date,
        ),
        "trigger": _one_of(
            "When does an order become an invoice: once it is paid, or shipped", Trigger, "paid"
        ),
        "booking": _one_of(
            "Book invoices, or leave them as drafts for you to book", Booking, "automatic"
        ),
    }


def _payment_types(facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    accounts = [each for _, each in sorted(facts.chart.deposit.items()) if not each.hidden]
    say("\nWhere is the money of each way to pay registered? Deposit accounts:")
    _show(accounts)
    say(
        f"  {PAID_LATER}: the customer pays the invoice later\n"
        f"  {LEFT_OUT}: such orders are held until you say more"
    )
    choice = click.Choice([*(str(each.number) for each in accounts), PAID_LATER, LEFT_OUT])
    answers: dict[str, object] = {}
    for gateway in facts.gateways:
        name = str(gateway.gateway_id)
        where = click.prompt(
            printable(gateway.name or gateway.code),
            type=choice,
            default=str(suggested.payment_types[name]),
            show_choices=False,
        )
        answers[name] = int(where) if where.isdigit() else where
    return answers


def _second_hand(facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    say("\nSecond-hand goods (brugtmoms), of which only the margin is taxed:")
    method = _one_of(
        "Sold? individual: from each piece's purchase price; collective: samlemetoden",
        SecondHand,
        str(suggested.second_hand),
    )
    if method == SecondHand.NO:
        return {"second_hand": method}
    return {
        "second_hand": method,
        "second_hand_categories": _texts(
            "The categories they are in, with commas between; * is any text",
            suggested.second_hand_categories,
        ),
        **_accounts(method, facts, suggested),
    }


def _gift_cards(facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    say(
        "\nGift cards (gavekort). single_purpose: usable in Denmark alone, for goods of one VAT "
        "rate;\nVAT is due when the card is sold. multi_purpose: any other. Ask your bookkeeper."
    )
    kind = GiftCardSale(_one_of("Sold?", GiftCardSale, "no"))
    if kind is GiftCardSale.NO:
        return {"gift_cards": kind}
    purpose = gift_cards_of(kind)
    return {
        "gift_cards": kind,
        "gift_card_skus": _texts("Their product numbers (varenumre)", suggested.gift_card_skus),
        "gift_card_codes": _texts(
            "The codes of vouchers that are such cards", suggested.gift_card_codes
        ),
        "gift_card_account": account_asked(
            "The account for them",
            fitting_accounts(facts.chart, purpose),
            number_for(facts.chart, purpose),
        ),
    }


def _eu(facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    say("\nOther EU countries. Businesses with a VAT number buy without VAT:")
    check = _one_of(
        "Sold to? Check numbers by their format, or at the EU's register (vies)",
        EuBusinesses,
        str(suggested.eu_businesses),
    )
    answers = {"eu_businesses": check, **_accounts(check, facts, suggested)}
    say("Consumers pay Danish VAT up to 10,000 EUR a year, then their own country's (OSS):")
    vat = _one_of("Sold to, with which VAT", EuConsumers, str(suggested.eu_consumers))
    return {**answers, "eu_consumers": vat, **_accounts(vat, facts, suggested)}


def _world(facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    say("\nOutside the EU, as to Norway or Greenland, goods are sold without VAT:")
    sells = _one_of("Sold to?", YesNo, str(suggested.outside_eu))
    return {"outside_eu": sells, **_accounts(sells, facts, suggested)}


def _show(accounts: Iterable[Account]) -> None:
    for account in accounts:
        say(f"  {account.number}  {account.name}")


def _day(question: str, default: date | None) -> str:
    return str(click.prompt(question, value_proc=day, default=str(default), show_default=True))


def _one_of(question: str, kind: type[StrEnum], default: str) -> str:
    choices = click.Choice([str(each) for each in kind])
    answer: str = click.prompt(question, type=choices, default=default)
    return answer


def _texts(question: str, default: tuple[str, ...]) -> list[str]:
    answer = click.prompt(question, default=printable(", ".join(default)) or None)
    return [text.strip() for text in str(answer).split(",") if text.strip()]


def _accounts(kind: str, facts: StartingFacts, suggested: Answers) -> dict[str, object]:
    """Ask for the accounts that sales of a kind need."""
    return {
        name: account_asked(
            QUESTIONS.get(name, "The account for them"),
            fitting_accounts(facts.chart, PURPOSES[name]),
            getattr(suggested, name),
        )
        for name in NEEDED.get(kind, ())
        if name in PURPOSES
    }


def account_asked(question: str, accounts: list[Account], default: int | None) -> int | None:
    """Ask for one of ``accounts``; None where the chart has none that fits."""
    if not accounts:
        say(f"{question}: the chart has none that fits.")
        return None
    _show(accounts)
    choices = click.Choice([str(account.number) for account in accounts])
    usual = None if default is None else str(default)
    return int(click.prompt(question, type=choices, default=usual, show_choices=False))
