"""From answers to a first configuration: commented, checked, and never over another file."""

import os
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

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
from dinero_sync.config.choices import TermsType
from dinero_sync.config.example import ABOUT, Remarked, Say, render
from dinero_sync.config.load import load_config
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.zone import Zone
from dinero_sync.errors import ConfigError, StateError, UsageError
from dinero_sync.journal.folder.files import FILE_MODE, FOLDER_MODE
from dinero_sync.posting.payments import BY_BANK, way_to_pay
from dinero_sync.posting.settings import Received, Trigger
from dinero_sync.sync.setup.starting_accounts import accounts_by_country
from dinero_sync.sync.setup.starting_answers import eu_countries
from dinero_sync.sync.setup.starting_facts import StartingFacts
from dinero_sync.sync.work.books import refuse_unusable_accounts
from dinero_sync.sync.work.settings import posting_settings

OSS_RATES = [*range(17, 26), Decimal("25.5"), 27]
"""The usual rates of the EU's other countries, for recognition alone: a line is posted with the
rate that the shop charged, and one with another rate is held."""
USUAL_TERMS = {"type": TermsType.NETTO, "days": 14}
Entry = dict[str, Any]


def starting_text(
    facts: StartingFacts, answers: Answers, sections: Mapping[str, Any], today: date, say: Say
) -> str:
    """Write the configuration; ``sections`` are those that give access, as they were written."""
    about = spoken("Written by `dinero-sync init` on {today}. {about}", today=today, about=ABOUT)
    return render(about, _values(facts, answers, sections), say)


def refuse_existing(path: Path) -> None:
    """Raise UsageError where a file is already."""
    if path.exists() or path.is_symlink():
        raise UsageError(
            spoken(
                "{path} is there already, and is never overwritten. Name another file: "
                "dinero-sync init -o FILE",
                path=path,
            )
        )


def keep_key(folder: Path, name: str, value: str) -> None:
    """Keep a key in a file of its own for its owner alone; raises StateError where that can't be.

    A file that is there isn't changed: what it holds was kept before.
    """
    path = folder / name
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        new = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(new, "w", encoding="utf-8") as file:
            file.write(f"{value}\n")
    except OSError as error:
        raise StateError(
            spoken("{path} can't be written ({strerror}).", path=path, strerror=error.strerror)
        ) from error


def write_checked(path: Path, text: str, facts: StartingFacts) -> None:
    """Write a new configuration for its owner alone, and take it away again if it doesn't work.

    Raises UsageError where a file is already, ConfigError with what doesn't fit the chart.
    """
    try:
        new = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(new, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        refuse_existing(path)
    except OSError as error:
        raise StateError(
            spoken("{path} can't be written ({strerror}).", path=path, strerror=error.strerror)
        ) from error
    try:
        settings = posting_settings(load_config(path), facts.organization.organization_id)
        refuse_unusable_accounts(settings, facts.chart, str(path))
    except ConfigError:
        path.unlink()
        raise


def _values(facts: StartingFacts, answers: Answers, sections: Mapping[str, Any]) -> Entry:
    company = facts.organization
    access = {
        "vat_number": company.vat_number or None,
        **sections.get("dinero", {}),
        "organization_id": company.organization_id,
    }
    sync = {
        **sections.get("sync", {}),
        "trigger": answers.trigger,
        "start_date": str(answers.start_date),
        "booking": answers.booking,
    }
    return {
        **sections,
        "dinero": access,
        "sync": sync,
        "posting": _posting(facts, answers, sections.get("posting", {})),
        "payment_types": list(_payment_types(facts, answers)),
    }


def _posting(facts: StartingFacts, answers: Answers, given: Mapping[str, Any]) -> Entry:
    checked = answers.eu_businesses is not EuBusinesses.NO
    check = {"check": answers.eu_businesses} if checked else {}
    return {
        "sales_account": _account(facts, answers.sales_account),
        "shipping_account": _account(facts, answers.shipping_account),
        **_gift_cards(answers),
        **_margin_scheme(answers),
        "eu_vat_numbers": {**check, **given.get("eu_vat_numbers", {})} or None,
        "rules": list(_rules(facts, answers)) or None,
    }


def _gift_cards(answers: Answers) -> Entry:
    if answers.gift_cards is GiftCardSale.NO:
        return {}
    cards = {"kind": answers.gift_cards, "account": answers.gift_card_account}
    return {
        "kinds": {"gift_card": {"sku": _texts(answers.gift_card_skus)}},
        "gift_cards": {**cards, "voucher_codes": _texts(answers.gift_card_codes)},
    }


def _margin_scheme(answers: Answers) -> Entry:
    if answers.second_hand is SecondHand.NO:
        return {}
    individual = answers.second_hand is SecondHand.INDIVIDUAL
    account = {"account": answers.margin_account} if individual else {}
    return {"margin_scheme": {"method": answers.second_hand, **account}}


def _rules(facts: StartingFacts, answers: Answers) -> Iterator[Entry]:
    """Yield the rules, the more special ones first; exports are ordinary for all goods."""
    if answers.outside_eu is YesNo.YES:
        yield _rule(
            facts, spoken("sold outside the EU"), {"zone": Zone.WORLD}, answers.export_account
        )
    if answers.second_hand is not SecondHand.NO:
        when = {"line": "product", "category": _texts(answers.second_hand_categories)}
        rule = _rule(facts, spoken("second-hand goods"), when, answers.second_hand_account)
        yield {**rule, "margin_scheme": "used_goods"}
    if answers.eu_businesses is not EuBusinesses.NO:
        when = {"zone": Zone.EU, "buyer": "business"}
        yield _rule(facts, spoken("EU businesses"), when, answers.eu_business_account)
    if answers.eu_consumers is EuConsumers.DANISH_VAT:
        yield from _with_danish_vat(facts, answers)
    if answers.eu_consumers is EuConsumers.OSS:
        when = {"zone": Zone.EU, "buyer": "consumer", "vat_rate": OSS_RATES}
        name = spoken("EU consumers, VAT of their country (OSS)")
        rule = _rule(facts, name, when, answers.oss_account)
        yield {**rule, "foreign_vat_account": _account(facts, answers.oss_vat_account)}


def _with_danish_vat(facts: StartingFacts, answers: Answers) -> Iterator[Entry]:
    """Book distance sales by country where the chart has an account for one."""
    common = answers.eu_consumer_account
    own = accounts_by_country(facts.chart, common, eu_countries(facts))
    when = {"zone": Zone.EU, "buyer": "consumer"}
    for country, account in own.items():
        yield _rule(
            facts,
            spoken("consumers in {country}", country=country),
            {**when, "country": country},
            account,
        )
    yield _rule(facts, spoken("consumers in other EU countries"), when, common)


def _rule(facts: StartingFacts, name: str, when: Entry, account: int | None) -> Entry:
    return {"name": name, "when": when, "account": _account(facts, account)}


def _payment_types(facts: StartingFacts, answers: Answers) -> Iterator[Entry]:
    names: set[str] = set()
    for gateway in facts.gateways:
        where = answers.payment_types.get(str(gateway.gateway_id), LEFT_OUT)
        if where == LEFT_OUT:
            continue
        name = _name(gateway, names)
        names.add(name)
        yield {
            "name": name,
            "when": {"gateway_id": gateway.gateway_id},
            **_payment(facts, answers, where),
            **_received(gateway, answers, where),
        }


def _payment(facts: StartingFacts, answers: Answers, where: int | str) -> Entry:
    if where == PAID_LATER:
        trigger = {"trigger": Trigger.SHIPPED} if answers.trigger is Trigger.PAID else {}
        return {"paid": False, "payment_terms": USUAL_TERMS, **trigger}
    account = facts.chart.deposit.get(int(where))
    remark = account.name if account else spoken("not in the chart")
    return {"paid": True, "deposit_account": Remarked(int(where), remark)}


def _received(gateway: Gateway, answers: Answers, where: int | str) -> Entry:
    """Say when the money of a bank transfer comes, where invoices are dated by shipping."""
    is_bank_transfer = way_to_pay(gateway.name) == BY_BANK and where != PAID_LATER
    by_shipping = answers.trigger is Trigger.SHIPPED
    return {"received": Received.AT_ONCE} if is_bank_transfer and by_shipping else {}


def _name(gateway: Gateway, taken: set[str]) -> str:
    """Return a name of its own for a gateway, whatever the shop calls it."""
    name = _plain(gateway.name.strip() or gateway.code or f"gateway {gateway.gateway_id}")
    return f"{name} ({gateway.gateway_id})" if name in taken else name


def _account(facts: StartingFacts, number: int | None) -> object:
    account = facts.chart.entry.get(number or 0)
    if number is None or account is None:
        return number
    code = account.vat_code or spoken("no VAT code")
    return Remarked(number, spoken("{name} ({code})", name=account.name, code=code))


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [_plain(text) for text in texts]


def _plain(text: str) -> str:
    """Keep what looks like a reference as the text that it is."""
    return text.replace("${", "$${")
