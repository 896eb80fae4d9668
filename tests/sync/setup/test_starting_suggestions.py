"""What ``init`` suggests follows from the names of gateways, categories and accounts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import ENTRY_ACCOUNTS, a_chart, an_account
from click.testing import CliRunner

from dinero_sync.cli.commands.setup import chosen_company
from dinero_sync.config.answers import (
    Answers,
    EuBusinesses,
    EuConsumers,
    GiftCardSale,
    SecondHand,
    YesNo,
)
from dinero_sync.config.load import load_config
from dinero_sync.dinero.organisations import Organization
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError
from dinero_sync.sync.setup.starting_accounts import accounts_by_country
from dinero_sync.sync.setup.starting_answers import completed, suggested_answers
from dinero_sync.sync.setup.starting_config import starting_text, write_checked
from dinero_sync.sync.setup.starting_facts import StartingFacts

TODAY = date(2026, 11, 23)
DEPOSIT_ACCOUNTS = (
    an_account(55000, "Bank"),
    an_account(55005, "Gammel kortindløser", hidden=True),
    an_account(55010, "Tilgodehavende kortindløser"),
    an_account(55020, "Tilgodehavende MobilePay"),
    an_account(55040, "Kontanter (kasse)"),
    an_account(55050, "Tilgodehavende Klarna"),
    an_account(55090, "Gavekort indløst"),
)


def chart(entry: tuple[Account, ...] = ENTRY_ACCOUNTS) -> Chart:
    known = a_chart(entry)
    deposit = {account.number: account for account in DEPOSIT_ACCOUNTS}
    return Chart(entry=known.entry, deposit=deposit, vat_rates=known.vat_rates)


def gateway(name: str, code: str = "other", gateway_id: int = 77) -> Gateway:
    return Gateway(gateway_id=gateway_id, code=code, name=name)


def facts(**overrides: Any) -> StartingFacts:  # noqa: ANN401 - StartingFacts refuses what it lacks
    """Return a shop that sells to Denmark, Germany and Norway."""
    organization = Organization(
        organization_id=123456,
        name="Prøve ApS",
        vat_number="90000012",
        has_plan=True,
        is_vat_free=False,
    )
    values = {
        "organization": organization,
        "chart": chart(),
        "gateways": (gateway("Dankort", "quickpayv10"),),
        "countries": frozenset({"DK", "DE", "NO"}),
        "categories": ("Keramik", "Tekstil"),
    }
    return StartingFacts(**{**values, **overrides})


def suggested(**overrides: Any) -> Answers:  # noqa: ANN401 - as above
    return suggested_answers(facts(**overrides), TODAY)


def where(name: str, code: str = "other") -> int | str:
    return suggested(gateways=(gateway(name, code),)).payment_types["77"]


@pytest.mark.parametrize(
    ("name", "code", "account"),
    [
        ("Dankort", "quickpayv10", 55010),
        ("Betalingskort", "other", 55010),
        ("", "quickpayv10", 55010),
        ("MobilePay", "quickpayv10", 55020),
        ("Vipps MobilePay", "mobilepay", 55020),
        ("Klarna", "quickpayv10", 55050),
        ("Bankoverførsel", "other", 55000),
        ("Betal ved afhentning", "other", 55040),
        ("Gavekort", "other", 55090),
        ("Faktura", "other", "invoice"),
        ("EAN-faktura", "other", "invoice"),
        ("Bitcoin", "other", "none"),
        ("ViaBill", "viabill", "none"),
    ],
)
def test_a_gateway_goes_where_its_name_says(name: str, code: str, account: int | str) -> None:
    assert where(name, code) == account


def test_a_hidden_deposit_account_is_never_suggested() -> None:
    hidden = an_account(55010, "Tilgodehavende kortindløser", hidden=True)
    with_hidden = Chart(entry={}, deposit={55010: hidden}, vat_rates={})

    assert suggested(chart=with_hidden).payment_types["77"] == "none"


def test_the_first_day_is_the_first_of_the_next_month() -> None:
    assert suggested().start_date == date(2026, 12, 1)
    assert suggested_answers(facts(), date(2026, 12, 31)).start_date == date(2027, 1, 1)


def test_second_hand_goods_are_suggested_only_with_category_and_accounts() -> None:
    assert suggested().second_hand is SecondHand.NO
    found = suggested(categories=("Brugt [klasse A]", "Keramik"))
    assert found.second_hand is SecondHand.INDIVIDUAL
    assert found.second_hand_categories == ("Brugt [[]klasse A]",)
    assert (found.second_hand_account, found.margin_account) == (1051, 1052)
    without = tuple(each for each in ENTRY_ACCOUNTS if each.number != 1052)
    only_plain = suggested(categories=("Brugt",), chart=chart(without))
    assert only_plain.second_hand is SecondHand.NO


def test_sales_abroad_are_suggested_only_where_the_shop_sells_to() -> None:
    abroad, at_home = suggested(), suggested(countries=frozenset({"DK"}))

    assert (abroad.eu_businesses, abroad.eu_consumers) == (
        EuBusinesses.VIES,
        EuConsumers.DANISH_VAT,
    )
    assert abroad.outside_eu is YesNo.YES
    assert (at_home.eu_businesses, at_home.eu_consumers) == (EuBusinesses.NO, EuConsumers.NO)
    assert at_home.outside_eu is YesNo.NO


def test_gift_cards_are_never_suggested_for_their_legal_kind_has_to_be_said() -> None:
    assert suggested(categories=("Gavekort",)).gift_cards is GiftCardSale.NO


def test_the_account_of_gift_cards_follows_their_kind() -> None:
    def account(kind: str) -> int | None:
        given = Answers.model_validate({"gift_cards": kind})
        return completed(given, suggested(), facts()).gift_card_account

    assert (account("single_purpose"), account("multi_purpose")) == (63085, 63080)


def test_accounts_by_country_are_those_whose_names_end_so() -> None:
    entry = (
        an_account(1001, "Fjernsalg EU privat m/dansk moms", "U25"),
        an_account(1002, "Fjernsalg EU privat m/dansk moms - DE", "U25"),
        an_account(1003, "Fjernsalg EU privat m/dansk moms - FR", "U25"),
    )

    assert accounts_by_country(chart(entry), 1001, {"DE", "SE"}) == {"DE": 1002}


def test_an_answer_that_needs_an_account_which_is_not_there_says_what_it_must_be() -> None:
    without = chart(tuple(each for each in ENTRY_ACCOUNTS if each.number != 1051))
    given = Answers.model_validate(
        {"second_hand": "collective", "second_hand_categories": ["Brugt"]}
    )
    where_sold = facts(chart=without)

    with pytest.raises(UsageError, match="second_hand_account: an account without VAT code"):
        completed(given, suggested_answers(where_sold, TODAY), where_sold)


def test_second_hand_goods_without_category_are_asked_for() -> None:
    given = Answers.model_validate({"second_hand": "individual"})

    with pytest.raises(UsageError, match="second_hand_categories: the names of the categories"):
        completed(given, suggested(), facts())


def test_whatever_a_shop_calls_its_gateways_they_stay_apart_and_are_read_as_text(
    tmp_path: Path,
) -> None:
    odd = ('Kort: "Visa" #1', "Kort ${HOME}", "Kort: x", "Kort: x", "true", "- kort\\", "")
    gateways = tuple(gateway(name, "quickpayv10", at) for at, name in enumerate(odd, start=1))
    known = facts(gateways=gateways)
    answers = completed(Answers(), suggested_answers(known, TODAY), known)
    access = {
        "shoporama": {"api_key": "x"},
        "dinero": {"auth": {"client_id": "a", "client_secret": "b"}},
    }

    file = tmp_path / "config.yaml"
    file.write_text(starting_text(known, answers, access, TODAY, str), encoding="utf-8")

    assert [each.name for each in load_config(file).payment_types] == [
        'Kort: "Visa" #1',
        "Kort ${HOME}",
        "Kort: x",
        "Kort: x (4)",
        "true",
        "- kort\\",
        "quickpayv10",
    ]


def test_a_gateway_is_answered_by_its_name_in_any_case_or_by_its_id() -> None:
    known = facts(gateways=(gateway("Kort", gateway_id=77), gateway("MobilePay", gateway_id=78)))
    given = Answers.model_validate({"payment_types": {"KORT": 55040, "78": "none"}})

    answers = completed(given, suggested_answers(known, TODAY), known)

    assert answers.payment_types == {"77": 55040, "78": "none"}


def test_a_file_that_came_meanwhile_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("my own", encoding="utf-8")

    with pytest.raises(UsageError, match="never overwritten"):
        write_checked(path, "another", facts())
    assert path.read_text(encoding="utf-8") == "my own"


SEVERAL = [
    Organization(organization_id=number, name=name, vat_number="", has_plan=True, is_vat_free=False)
    for number, name in ((1, "En ApS"), (2, "To ApS"))
]


def test_of_several_companies_the_one_that_is_answered_is_taken() -> None:
    assert chosen_company(SEVERAL, 2, Language.DANISH, asks=False).organization_id == 2


def test_where_nobody_can_answer_the_companies_are_listed() -> None:
    with pytest.raises(UsageError, match="2  To ApS"):
        chosen_company(SEVERAL, None, Language.DANISH, asks=False)


def test_a_person_is_asked_which_company_they_mean() -> None:
    with CliRunner().isolation(input="2\n") as (shown, *_):
        company = chosen_company(SEVERAL, None, Language.DANISH, asks=True)

    assert company.organization_id == 2
    assert "1  En ApS" in shown.getvalue().decode()
