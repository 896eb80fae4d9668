"""``doctor`` asks both services everything that reading can tell, and says what it means."""

from typing import Any

import pytest
from business import READS, Business, SandboxClock
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from shop import raw_order

from dinero_sync.dinero.errors import RejectedError
from dinero_sync.errors import ExitCode
from dinero_sync.sync.setup.doctor import examine, way_out_findings
from dinero_sync.sync.setup.doctor_labels import SHOWN, TAKEN
from dinero_sync.sync.setup.findings import Diagnosis, Verdict, ask


def findings(business: Business) -> dict[str, Diagnosis]:
    """Examine, and return the findings by their questions."""
    with business.in_a_process():
        clock = SandboxClock(business.sandbox)
        found = list(examine(business.loaded(), str(business.config_file), clock))
    return {each.question: each for each in found}


def problems(business: Business) -> list[str]:
    return [
        question for question, each in findings(business).items() if each.verdict is Verdict.PROBLEM
    ]


@pytest.fixture
def healthy(business: Business) -> Business:
    business.sell(raw_order(status="sent", sent_time="2026-12-09 10:00:00"), raw_order(1))
    return business


def test_where_all_is_well_there_is_no_problem(healthy: Business) -> None:
    assert problems(healthy) == []


def test_it_writes_nothing_and_creates_no_state_folder(healthy: Business) -> None:
    findings(healthy)

    changes = [
        each
        for each in healthy.sandbox.requests
        if each.method not in READS and each.service != "authz"
    ]
    assert changes == []
    assert not healthy.state_folder.exists()


def test_it_names_the_company_the_vat_codes_the_accounts_and_the_year(healthy: Business) -> None:
    found = findings(healthy)

    assert "Ler og Lærred ApS, company 123456" in found["Which company?"].answer
    assert "U25 25 %" in found["Which VAT codes?"].answer
    assert found["Are the accounts there?"].verdict is Verdict.FINE
    assert "VAT code U25, 25 %" in found["What does posting.sales_account mean?"].answer
    assert found["Which accounting year?"].answer.startswith("2026")


def test_it_tells_that_the_services_are_reached_directly(healthy: Business) -> None:
    answer = findings(healthy)["Which way out of this machine, to Dinero?"].answer

    assert answer.endswith("directly, not encrypted.")


def test_it_names_the_proxy_and_the_certificates_and_who_says_so(
    healthy: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://anna:SECRET@proxy.example:3128")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", DEFAULT_CA_BUNDLE_PATH)
    healthy.config["shoporama"]["base_url"] = "https://shop.example/REST"

    (finding, *_) = way_out_findings(healthy.loaded())

    assert finding.verdict is Verdict.FINE
    assert finding.answer == (
        "To shop.example through the proxy proxy.example:3128 (https_proxy); trusted are this "
        f"machine's certificates and those in {DEFAULT_CA_BUNDLE_PATH} (REQUESTS_CA_BUNDLE)."
    )


def test_a_way_out_that_cant_be_used_is_a_problem_of_the_configuration(
    healthy: Business,
) -> None:
    healthy.config["shoporama"]["base_url"] = "https://shop.example/REST"
    healthy.config["http"] = {"ca_file": "missing.pem"}

    (finding, *_) = way_out_findings(healthy.loaded())

    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, ExitCode.CONFIG)
    assert (
        f"{healthy.config_file.parent / 'missing.pem'}, which http.ca_file names" in finding.answer
    )


def test_without_a_vat_number_in_the_configuration_it_gives_the_line_to_paste(
    healthy: Business,
) -> None:
    del healthy.config["dinero"]["vat_number"]

    company = findings(healthy)["Which company?"]

    assert company.verdict is Verdict.NOTE
    assert 'dinero.vat_number: "90000012"' in company.meaning


def test_a_year_that_does_not_hold_today_is_a_note(healthy: Business) -> None:
    healthy.sandbox.organisation.years.clear()

    assert findings(healthy)["Which accounting year?"].verdict is Verdict.NOTE


def test_an_account_that_is_missing_is_a_problem_with_its_exit_code(healthy: Business) -> None:
    healthy.config["posting"]["sales_account"] = 1999

    finding = findings(healthy)["Are the accounts there?"]

    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, ExitCode.CONFIG)
    assert "posting.sales_account" in finding.answer


@pytest.mark.parametrize(
    ("settings", "says"),
    [({}, "newest first"), ({"shop_newest_first": False}, "oldest first")],
)
def test_it_tells_how_the_shop_lists_orders(
    healthy: Business, settings: dict[str, Any], says: str
) -> None:
    healthy.sandbox.change_settings(**settings)

    answer = findings(healthy)["How does the shop list orders?"].answer

    assert answer == f"2 on the first page, of 2, {says}."


def test_it_tells_when_the_shop_lists_orders_in_no_order_of_their_ids(business: Business) -> None:
    business.sandbox.change_settings(shop_sort_by="last_modified")
    for number, hour in ((1, 10), (2, 12), (3, 11)):
        business.sell(raw_order(number, last_modified=f"2026-12-09 {hour}:00:00"))

    answer = findings(business)["How does the shop list orders?"].answer

    assert "in no order of their ids" in answer


def test_a_shop_without_orders_can_not_tell_much(business: Business) -> None:
    found = findings(business)

    assert found["How does the shop list orders?"].verdict is Verdict.NOTE
    assert "Does the list hold whole orders?" not in found


def test_a_list_without_paging_has_an_unknown_length(
    healthy: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.shoporama.replies._whole", lambda _: None)

    assert "of an unknown number" in findings(healthy)["How does the shop list orders?"].answer


def test_a_list_that_leaves_fields_out_is_a_problem(
    healthy: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(_: object, __: int) -> dict[str, object]:
        return {**healthy.sandbox.orders[1], "secret_field": 1}

    monkeypatch.setattr("dinero_sync.shoporama.client.ShopClient.order", whole)

    assert "secret_field" in findings(healthy)["Does the list hold whole orders?"].answer


def test_a_field_that_no_order_has_is_a_note_with_the_setting_that_names_it(
    business: Business,
) -> None:
    business.sell(raw_order())

    finding = findings(business)["Which field is shipped_time?"]

    assert finding.verdict is Verdict.NOTE
    assert "shoporama.fields: {shipped_time: NAME}" in finding.meaning


def test_a_filter_that_the_shop_ignores_is_a_note(healthy: Business) -> None:
    healthy.sandbox.change_settings(shop_filter_ignored=True)

    finding = findings(healthy)["Does the shop filter by last_modified?"]

    assert finding.verdict is Verdict.NOTE
    assert "shoporama.daily_calls" in finding.meaning


def test_a_shop_that_knows_no_country_is_a_problem(healthy: Business) -> None:
    healthy.sandbox.catalogue.countries.clear()

    assert "Which countries does the shop know?" in problems(healthy)


def test_orders_that_can_not_be_read_are_counted_by_reason(healthy: Business) -> None:
    healthy.sell(raw_order(2, status="lost"), raw_order(3, total_price="a lot"))

    finding = findings(healthy)["Can the orders be read?"]

    assert finding.verdict is Verdict.PROBLEM
    assert finding.answer.startswith("2 of 4; ")
    assert "1 unknown_status" in finding.answer
    assert "1 unreadable_order" in finding.answer


def test_a_way_to_pay_that_nobody_takes_comes_with_the_entry_to_paste(healthy: Business) -> None:
    healthy.sell(raw_order(2, payment_gateway_id=90))

    finding = findings(healthy)["Is every way to pay known?"]

    assert finding.verdict is Verdict.PROBLEM
    assert "gateway_id: 90" in finding.meaning


def test_without_payment_types_it_says_that_every_invoice_stays_open(healthy: Business) -> None:
    healthy.config["payment_types"] = []

    assert findings(healthy)["Are payments registered?"].verdict is Verdict.NOTE


def test_a_shop_that_refuses_the_key_does_not_keep_dinero_from_being_asked(
    healthy: Business,
) -> None:
    healthy.config["shoporama"]["api_key"] = "wrong"

    found = findings(healthy)

    refused = [each for each in found.values() if each.exit_code is ExitCode.NOT_CONNECTED]
    assert len(refused) == 1
    assert "Which company?" in found


def test_a_dinero_that_can_not_be_asked_is_a_finding(healthy: Business) -> None:
    healthy.config["dinero"]["auth"]["api_key"] = "wrong"

    finding = findings(healthy)["Can Dinero be read?"]

    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, ExitCode.NOT_CONNECTED)


def test_what_dinero_refuses_to_tell_is_an_answer_too() -> None:
    def refuse() -> Diagnosis:
        raise RejectedError("status 400, code 42")

    finding = ask("Which company?", refuse)

    assert finding.answer == "Dinero refused to tell (status 400, code 42)."
    assert finding.exit_code == ExitCode.TEMPORARY


def test_an_account_of_a_rule_that_dinero_lacks_is_left_out_of_the_explanations(
    healthy: Business,
) -> None:
    healthy.config["posting"]["rules"] = [{"name": "new", "account": 1998, "when": {}}]

    assert "What does posting.rules[0].account mean?" not in findings(healthy)


def test_special_accounts_are_explained_by_what_is_booked_there(healthy: Business) -> None:
    healthy.config["posting"] |= {
        "rules": [
            {"name": "old", "when": {"sku": "B*"}, "account": 1051, "margin_scheme": "used_goods"},
            {
                "name": "OSS",
                "when": {"country": "DE", "vat_rate": 19},
                "account": 1151,
                "foreign_vat_account": 64200,
            },
            {
                "name": "phones",
                "when": {"sku": "M*", "buyer": "business"},
                "account": 1255,
                "reverse_charge": True,
            },
        ],
        "margin_scheme": {"method": "individual", "account": 1052},
        "gift_cards": {"kind": "multi_purpose", "account": 63090},
        "kinds": {"gift_card": {"sku": "GAVEKORT*"}},
    }

    found = findings(healthy)

    told = {
        key: found[f"What does {key} mean?"].meaning
        for key in (
            "posting.rules[0].account",
            "posting.margin_scheme.account",
            "posting.gift_cards.account",
            "posting.rules[1].account",
            "posting.rules[1].foreign_vat_account",
            "posting.rules[2].account",
        )
    }
    assert "at their full price" in told["posting.rules[0].account"]
    assert "margin of second-hand goods" in told["posting.margin_scheme.account"]
    assert "Gift cards" in told["posting.gift_cards.account"]
    assert "booked there, net" in told["posting.rules[1].account"]
    assert "Another country's VAT" in told["posting.rules[1].foreign_vat_account"]
    assert "a Danish business pays itself" in told["posting.rules[2].account"]
    assert not any("account_vat_mismatch" in each for each in told.values())


def test_a_common_account_that_is_called_after_distance_sales_is_noted(healthy: Business) -> None:
    healthy.config["posting"]["sales_account"] = 1003

    noted = findings(healthy)["What does posting.sales_account mean?"]

    assert noted.verdict == "note"
    assert "By its name it is for sales abroad" in noted.meaning


def test_labels_are_asked_about_where_they_are_to_be_written(healthy: Business) -> None:
    without = findings(healthy)
    healthy.config["shoporama"]["labels"] = {"write": True}
    hidden = findings(healthy)
    healthy.sell(raw_order(2, order_labels=[]))
    shown = findings(healthy)

    assert [question for question in without if "labels" in question] == []
    assert hidden[SHOWN].verdict is Verdict.PROBLEM
    assert "order_labels" in hidden[SHOWN].answer
    assert shown[SHOWN].verdict is Verdict.FINE
    assert shown[TAKEN].verdict is Verdict.NOTE
    assert "right to change orders" in shown[TAKEN].means


def test_it_says_why_the_shop_took_no_label_at_last(healthy: Business) -> None:
    healthy.config["shoporama"]["labels"] = {"write": True}
    healthy.run_once()

    told = findings(healthy)[TAKEN]

    assert told.verdict is Verdict.PROBLEM
    assert told.answer == "Not on 2026-12-10: Shoporama doesn't show which labels an order has."
