"""The questions of ``init``: each with what is suggested, which an empty answer takes."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

import click

from dinero_sync.cli.asking import asked, one_of
from dinero_sync.cli.terminal import show, wrapped
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
from dinero_sync.domain.step import Language
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
from dinero_sync.texts.screens.saying import tell

OF_THEIR_OWN = ("second_hand_account", "margin_account", "oss_account", "oss_vat_account")
"""Accounts with a question of their own."""


class Questions:
    """Asks a person in their language; a class because every question needs the same three."""

    def __init__(self, facts: StartingFacts, suggested: Answers, language: Language) -> None:
        """Ask about what ``facts`` say, and suggest the answers."""
        self._facts = facts
        self._suggested = suggested
        self._language = language

    def ask(self) -> Answers:
        """Ask everything; raises UsageError when the person leaves."""
        self._say("company", number=self._facts.organization.organization_id)
        try:
            answers = {
                **self._transfer(),
                "payment_types": self._payment_types(),
                **self._second_hand(),
                **self._gift_cards(),
                **(self._eu() if eu_countries(self._facts) else {}),
                **(self._world() if sells_outside_eu(self._facts) else {}),
            }
        except click.Abort:
            raise UsageError(
                spoken(
                    "The questions weren't answered to the end; nothing was written. Where nobody "
                    "can answer: dinero-sync init --yes, or --answers FILE"
                )
            ) from None
        return Answers.model_validate(answers)

    def _transfer(self) -> dict[str, Any]:
        return {
            "start_date": self._day("start_date", self._suggested.start_date),
            "trigger": self._one_of("trigger", Trigger, "paid"),
            "booking": self._one_of("booking", Booking, "automatic"),
        }

    def _payment_types(self) -> dict[str, object]:
        deposit = self._facts.chart.deposit
        accounts = [each for _, each in sorted(deposit.items()) if not each.hidden]
        self._say("payment_types")
        _show_accounts(accounts)
        words = {str(each.number): str(each.number) for each in accounts}
        words |= self._shown({PAID_LATER: "init.invoice", LEFT_OUT: "init.none"})
        answers: dict[str, object] = {}
        for gateway in self._facts.gateways:
            name = str(gateway.gateway_id)
            question = printable(gateway.name or gateway.code)
            usual = str(self._suggested.payment_types[name])
            where = self._chosen(question, words, usual)
            answers[name] = int(where) if where.isdigit() else where
        return answers

    def _second_hand(self) -> dict[str, object]:
        method = self._one_of("second_hand", SecondHand, str(self._suggested.second_hand))
        if method == SecondHand.NO:
            return {"second_hand": method}
        return {
            "second_hand": method,
            "second_hand_categories": self._texts(
                "categories", self._suggested.second_hand_categories
            ),
            **self._accounts(method),
        }

    def _gift_cards(self) -> dict[str, object]:
        kind = GiftCardSale(self._one_of("gift_cards", GiftCardSale, "no"))
        if kind is GiftCardSale.NO:
            return {"gift_cards": kind}
        chart, purpose = self._facts.chart, gift_cards_of(kind)
        return {
            "gift_cards": kind,
            "gift_card_skus": self._texts("gift_card_skus", self._suggested.gift_card_skus),
            "gift_card_codes": self._texts("gift_card_codes", self._suggested.gift_card_codes),
            "gift_card_account": self._account(
                "account", fitting_accounts(chart, purpose), number_for(chart, purpose)
            ),
        }

    def _eu(self) -> dict[str, object]:
        suggested = self._suggested
        check = self._one_of("eu_businesses", EuBusinesses, str(suggested.eu_businesses))
        answers = {"eu_businesses": check, **self._accounts(check)}
        vat = self._one_of("eu_consumers", EuConsumers, str(suggested.eu_consumers))
        return {**answers, "eu_consumers": vat, **self._accounts(vat)}

    def _world(self) -> dict[str, object]:
        sells = self._one_of("outside_eu", YesNo, str(self._suggested.outside_eu))
        return {"outside_eu": sells, **self._accounts(sells)}

    def _say(self, code: str, **facts: Any) -> None:  # noqa: ANN401 - values of any kind
        show(["", *wrapped(self._tell(code, **facts))])

    def _tell(self, code: str, **facts: Any) -> str:  # noqa: ANN401 - the same
        return tell(f"init.{code}", self._language, **facts)

    def _day(self, code: str, default: date | None) -> str:
        """Ask for a day; anything else is asked for again."""
        question = "\n".join(["", *wrapped(self._tell(code))])
        is_danish = default is not None and self._language is Language.DANISH
        usual = f"{default:%d-%m-%Y}" if is_danish else str(default)
        return str(asked(question, day, usual))

    def _one_of(self, code: str, kind: type[StrEnum], default: str) -> str:
        """Ask which of several answers it is, each with what it means."""
        self._say(code)
        words = self._shown({str(each): f"init.{code}.{each}" for each in kind})
        return self._chosen(self._tell("answer"), words, default)

    def _shown(self, answers: dict[str, str]) -> dict[str, str]:
        """Show answers with what they mean; returns them by the words that a person writes."""
        words = {self._tell(f"word.{answer}"): answer for answer in answers}
        longest = max(map(len, words))
        for word, answer in words.items():
            meaning = tell(answers[answer], self._language)
            show(wrapped(meaning, longest + 4, first=f"  {word:<{longest}}  "))
        return words

    def _chosen(self, question: str, words: dict[str, str], default: str) -> str:
        """Ask for one of ``words``; what the configuration calls them will do as well."""
        usual = next((word for word, each in words.items() if each == default), default)
        return asked(question, one_of(words), usual)

    def _texts(self, code: str, default: tuple[str, ...]) -> list[str]:
        answer = click.prompt(self._tell(code), default=printable(", ".join(default)) or None)
        return [text.strip() for text in str(answer).split(",") if text.strip()]

    def _accounts(self, kind: str) -> dict[str, object]:
        """Ask for the accounts that sales of a kind need."""
        return {
            name: self._account(
                name if name in OF_THEIR_OWN else "account",
                fitting_accounts(self._facts.chart, PURPOSES[name]),
                getattr(self._suggested, name),
            )
            for name in NEEDED.get(kind, ())
            if name in PURPOSES
        }

    def _account(self, code: str, accounts: list[Account], default: int | None) -> int | None:
        """Ask for one of ``accounts``; None where the chart has none that fits."""
        question = self._tell(code)
        if not accounts:
            self._say("none_fits", question=question)
            return None
        _show_accounts(accounts)
        numbers = {str(account.number): str(account.number) for account in accounts}
        usual = None if default is None else str(default)
        return int(asked(question, one_of(numbers), usual))


def _show_accounts(accounts: Iterable[Account]) -> None:
    show(f"  {account.number}  {account.name}" for account in accounts)
