"""Before anything is written: the right company, a plan, VAT, and accounts that are there."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import message_of
from shop import ORDER_ID, raw_order

from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.errors import ConfigError, ExitCode
from dinero_sync.journal.database import open_journal
from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.dinero.books import Account as SandboxAccount
from dinero_sync.sync.work.books import Books, refuse_wrong_books


def books(**overrides: Any) -> Books:  # noqa: ANN401 - Organization itself refuses what it lacks
    values = {
        "organization_id": 123456,
        "name": "Ler og Lærred ApS",
        "vat_number": "90000012",
        "has_plan": True,
        "is_vat_free": False,
    }
    chart = Chart(
        entry={1000: Account(number=1000, name="Salg", vat_code="U25", hidden=False)},
        deposit={},
        vat_rates={"U25": Decimal(25)},
    )
    return Books(organization=Organization(**{**values, **overrides}), chart=chart)


def test_a_company_that_the_connection_does_not_see_is_refused(business: Business) -> None:
    business.config["dinero"]["organization_id"] = credentials.OTHER_ORGANIZATION_ID
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.NOT_CONNECTED
    assert "doesn't see company 234567" in str(finished.result.stopped)
    assert finished.writes() == []


def test_a_company_with_another_vat_number_is_refused(business: Business) -> None:
    business.config["dinero"]["vat_number"] = "10000017"
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.CONFIG
    assert "dinero.vat_number" in str(finished.result.stopped)
    assert finished.writes() == []


@pytest.mark.parametrize("written", ["90000012", "DK90000012", "dk 90 00 00 12", None])
def test_the_vat_number_is_compared_however_it_is_written(written: str | None) -> None:
    refuse_wrong_books(books(), written, "config.yaml")
    refuse_wrong_books(books(vat_number="DK 90000012"), written, "config.yaml")


def test_a_company_without_dinero_pro_is_refused(business: Business) -> None:
    business.sandbox.organisation.has_pro = False
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.NOT_CONNECTED
    assert "Pro" in str(finished.result.stopped)
    assert finished.writes() == []


def test_a_company_without_a_plan_is_refused_by_what_it_says_of_itself() -> None:
    with pytest.raises(NotConnectedError, match="Abonnement"):
        refuse_wrong_books(books(has_plan=False), None, "config.yaml")


def test_a_company_that_is_free_of_vat_is_refused() -> None:
    with pytest.raises(ConfigError, match="free of VAT"):
        refuse_wrong_books(books(is_vat_free=True), None, "config.yaml")


@pytest.mark.parametrize(
    ("section", "key", "account", "says"),
    [
        ("posting", "sales_account", 1999, "is no entry account"),
        ("posting", "shipping_account", 1200, "is hidden"),
    ],
)
def test_an_account_that_is_missing_or_hidden_is_refused(
    business: Business, section: str, key: str, account: int, says: str
) -> None:
    business.config[section][key] = account
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.CONFIG
    assert f"{section}.{key}: account {account} {says}" in str(finished.result.stopped)
    assert finished.writes() == []


def test_a_hidden_deposit_account_is_refused_before_anything_is_booked(business: Business) -> None:
    hidden = business.config["payment_types"][0]["deposit_account"]
    business.sandbox.organisation.deposit_accounts[hidden].hidden = True
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.CONFIG
    assert f"payment_types[0].deposit_account: account {hidden} is hidden in Dinero" in str(
        finished.result.stopped
    )
    assert finished.writes() == []


def test_every_account_that_is_wrong_is_named_with_the_one_that_fits_its_use(
    business: Business,
) -> None:
    business.config["posting"]["sales_account"] = 1010
    business.config["payment_types"][0]["deposit_account"] = 55011
    business.config["payment_types"][1]["deposit_account"] = 55012
    business.sell(raw_order())

    text = str(business.run_once().result.stopped)

    assert "posting.sales_account: account 1010 is no entry account" in text
    assert "Name 1000 Salg af varer/ydelser m/moms" in text
    assert "payment_types[0].deposit_account: account 55011" in text
    assert "Name 55010 Tilgodehavende kortindløser" in text
    assert "Name 55020 Tilgodehavende MobilePay" in text


def test_no_account_is_suggested_where_dinero_has_none(business: Business) -> None:
    business.sandbox.organisation.deposit_accounts.clear()
    business.sell(raw_order())

    text = str(business.run_once().result.stopped)

    assert "no deposit account in Dinero's chart. Nothing was written" in text


def test_an_account_created_today_is_read_although_the_chart_was_read_today(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    new = SandboxAccount(1010, "Salg af keramik", "U25")
    business.sandbox.organisation.accounts[1010] = new
    business.config["posting"]["sales_account"] = 1010
    business.sell(raw_order(ORDER_ID + 1))

    business.run_once()

    assert business.invoice(ORDER_ID + 1).lines[0].account.number == 1010


def test_the_chart_is_read_once_a_day(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1))

    same_day = business.run_once()
    business.wait(days=1)
    business.sell(raw_order(ORDER_ID + 2))
    next_day = business.run_once()

    assert "GET accounts/entry" not in same_day.calls("dinero")
    assert "GET accounts/entry" in next_day.calls("dinero")


def test_a_company_that_was_never_written_to_does_not_keep_the_state_folder(
    business: Business,
) -> None:
    own = business.config["dinero"]["organization_id"]
    business.config["dinero"]["organization_id"] = 999999
    business.sell(raw_order())
    refused = business.run_once()

    business.config["dinero"]["organization_id"] = own
    finished = business.run_once()

    assert refused.exit_code == ExitCode.NOT_CONNECTED
    assert finished.exit_code == ExitCode.OK


def test_the_state_folder_of_another_company_is_refused(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.config["dinero"]["organization_id"] = credentials.OTHER_ORGANIZATION_ID

    with pytest.raises(ConfigError, match="belongs to company 123456, not to 234567"):
        business.run_once()


def test_without_a_chosen_company_nothing_begins(business: Business) -> None:
    del business.config["dinero"]["organization_id"]

    with pytest.raises(NotConnectedError, match="dinero-sync connect"):
        business.run_once()


@pytest.mark.parametrize("fault", [{"has_plan": False}, {"is_vat_free": True}])
def test_the_refusal_does_not_name_the_owner_of_a_one_man_company(fault: dict[str, bool]) -> None:
    with pytest.raises((NotConnectedError, ConfigError)) as caught:
        refuse_wrong_books(books(name="Anna Prøve Keramik", **fault), None, "config.yaml")

    assert "Anna Prøve" not in str(caught.value)


def test_a_run_does_not_ask_for_accounting_years(business: Business) -> None:
    business.sell(raw_order())

    asked = business.run_once().calls("dinero")

    assert "GET accounts/entry" in asked
    assert "GET accountingyears" not in asked


def test_a_chart_that_an_earlier_version_kept_is_not_read_again(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    with closing(open_journal(business.state_folder)) as db:
        db.execute("UPDATE cache SET body = json_set(body, '$.years', '[]') WHERE name = 'books'")
    business.sell(raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert business.invoice(ORDER_ID + 1).is_booked
    assert "GET accounts/entry" not in finished.calls("dinero")


def test_a_booked_year_that_is_closed_holds_the_order(business: Business) -> None:
    business.sandbox.organisation.years.clear()
    business.sandbox.organisation.years.extend([_year(2020)])
    business.sell(raw_order())

    business.run_once()

    assert business.order().reason == "rejected_by_dinero"
    assert "code 47" in str(message_of(business.order()))


def _year(number: int) -> Any:  # noqa: ANN401 - the sandbox's own kind of year
    from dinero_sync.sandbox.dinero.books import AccountingYear  # noqa: PLC0415 - used once

    return AccountingYear(date(number, 1, 1), date(number, 12, 31))
