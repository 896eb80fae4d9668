"""``init`` asks the live shop and chart, and writes a configuration that works as it is."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from desk import Desk, Finished
from sandbox_process import SandboxProcess
from told_secrets import SECRETS, found_in

KEYS = ("shoporama", "dinero")
KEY_VARIABLES = {
    "SHOPORAMA_API_KEY": "a",
    "DINERO_CLIENT_ID": "b",
    "DINERO_CLIENT_SECRET": "c",
    "DINERO_API_KEY": "d",
}
WHOLE_SHOP = """\
start_date: {start}
trigger: shipped
booking: draft
eu_businesses: format
second_hand: no
payment_types: {{Kort: 55080, "82": none}}
"""


@pytest.fixture
def keys(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Leave only the keys on the desk, in keys.yaml."""
    data = yaml.safe_load(sandbox.config_text("api_key", "paid"))
    write(desk, "keys.yaml", yaml.safe_dump({name: data[name] for name in KEYS}))
    desk.config.unlink()
    return desk


def write(desk: Desk, name: str, text: str) -> None:
    path = desk.folder / name
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def init(desk: Desk, *arguments: str, answers: str = "") -> Finished:
    return desk.run("-c", "keys.yaml", "init", *arguments, answers=answers)


def written(desk: Desk) -> dict[str, Any]:
    """Return what the new configuration says."""
    data: dict[str, Any] = yaml.safe_load(desk.config.read_text(encoding="utf-8"))
    return data


def test_the_suggested_configuration_works_as_it_is(keys: Desk, sandbox: SandboxProcess) -> None:
    begun = init(keys, "--yes")

    assert begun.status == 0
    doctor = keys.run("doctor")
    assert doctor.status == 0
    assert "!!" not in doctor.stdout
    assert keys.run("plan").status == 0
    assert sandbox.writes() == []


def test_it_creates_nothing_but_its_file_and_only_its_owner_may_read_it(keys: Desk) -> None:
    before = {path.name for path in keys.folder.iterdir()}

    init(keys, "--yes")

    assert {path.name for path in keys.folder.iterdir()} - before == {"config.yaml"}
    assert keys.config.stat().st_mode & 0o777 == 0o600


def test_it_says_what_to_do_next(keys: Desk) -> None:
    begun = init(keys, "--yes")

    named = re.findall(r"dinero-sync -c config\.yaml ([a-z ]+)", begun.stdout)
    assert named == ["connect", "doctor", "rules check", "plan"]
    assert found_in(begun.stdout, SECRETS) == []


def test_every_gateway_goes_to_the_account_that_is_called_so(keys: Desk) -> None:
    init(keys, "--yes")

    accounts = {
        each["name"]: each.get("deposit_account") for each in written(keys)["payment_types"]
    }
    assert accounts == {
        "Kort": 55010,
        "MobilePay": 55020,
        "PayPal": 55030,
        "Faktura": None,
        "Bankoverførsel": 55000,
    }


def test_where_shipping_makes_the_invoice_a_bank_transfers_money_comes_at_once(keys: Desk) -> None:
    write(keys, "answers.yaml", "trigger: shipped\n")

    assert init(keys, "--answers", "answers.yaml").status == 0

    received = {each["name"]: each.get("received") for each in written(keys)["payment_types"]}
    assert received == {
        "Kort": None,
        "MobilePay": None,
        "PayPal": None,
        "Faktura": None,
        "Bankoverførsel": "at_once",
    }


def test_it_names_the_company_and_its_accounts(keys: Desk) -> None:
    init(keys, "--yes")

    text, data = keys.config.read_text(encoding="utf-8"), written(keys)
    assert data["dinero"]["organization_id"] == 123456
    assert data["dinero"]["vat_number"] == "90000012"
    assert "account: 1255  # Salg af varer til udlandet (rubrik C) (UVV)" in text
    by_country = {
        rule["when"]["country"]: rule["account"]
        for rule in data["posting"]["rules"]
        if "country" in rule["when"]
    }
    assert by_country == {"DE": 1002, "SE": 1003}


def test_every_other_key_is_there_as_a_comment(keys: Desk) -> None:
    init(keys, "--yes")

    text = keys.config.read_text(encoding="utf-8")
    assert "#overlap_minutes: 180" in text
    assert "# The first day: an order that was paid" in text
    assert [line for line in text.splitlines() if len(line) > 100] == []


def test_answers_for_scripts_are_taken_and_the_rest_is_suggested(keys: Desk) -> None:
    write(keys, "answers.yaml", WHOLE_SHOP.format(start="2026-12-24"))

    assert init(keys, "--answers", "answers.yaml").status == 0

    data = written(keys)
    assert data["sync"]["start_date"] == date(2026, 12, 24)
    assert (data["sync"]["trigger"], data["sync"]["booking"]) == ("shipped", "draft")
    assert data["posting"]["eu_vat_numbers"] == {"check": "format"}
    assert "margin_scheme" not in data["posting"]
    accounts = {each["name"]: each.get("deposit_account") for each in data["payment_types"]}
    assert accounts["Kort"] == 55080
    assert "Bankoverførsel" not in accounts
    assert accounts["MobilePay"] == 55020


def test_the_whole_seeded_shop_is_booked_by_a_configuration_that_init_wrote(
    fast_folder: Path, seeded_sandbox: SandboxProcess
) -> None:
    seeded_sandbox.reset()
    desk = Desk(fast_folder)
    offered = yaml.safe_load(seeded_sandbox.config_text("api_key", "paid"))
    write(desk, "keys.yaml", yaml.safe_dump({name: offered[name] for name in KEYS}))
    start = offered["sync"]["start_date"]
    answers = f"start_date: {start}\neu_businesses: format\n"
    write(desk, "answers.yaml", answers)

    assert init(desk, "--answers", "answers.yaml").status == 0
    run = desk.run("run")

    assert run.status == 0
    assert set(run.outcomes.values()) <= {"booked", "skipped"}
    assert len(seeded_sandbox.invoices()) == list(run.outcomes.values()).count("booked") > 40


def test_questions_are_asked_and_an_empty_answer_takes_what_is_suggested(keys: Desk) -> None:
    begun = init(keys, answers="2026-12-24\n" + "\n" * 40)

    assert begun.status == 0
    assert "From which day on" in begun.stdout
    assert "  55020  Tilgodehavende MobilePay" in begun.stdout
    data = written(keys)
    assert data["sync"]["start_date"] == date(2026, 12, 24)
    assert len(data["payment_types"]) == 5
    assert data["posting"]["margin_scheme"] == {"method": "individual", "account": 1052}


def test_each_question_can_be_answered_otherwise(keys: Desk) -> None:
    answers = [
        *("2027-01-01", "shipped", "draft"),
        *("55080", "none", "invoice", "invoice", "55000"),
        *("collective", "Brugt, Kunst*", "1051"),
        *("multi_purpose", "GAVE-*", "GC-*, X-*", "63080"),
        *("no", "oss", "1151", "64200"),
        "no",
    ]

    begun = init(keys, answers="\n".join(answers) + "\n")

    assert begun.status == 0
    data = written(keys)
    posting = data["posting"]
    assert data["sync"]["booking"] == "draft"
    assert [each["name"] for each in data["payment_types"]] == [
        "Kort",
        "PayPal",
        "Faktura",
        "Bankoverførsel",
    ]
    assert posting["margin_scheme"] == {"method": "collective"}
    assert posting["gift_cards"] == {
        "kind": "multi_purpose",
        "account": 63080,
        "voucher_codes": ["GC-*", "X-*"],
    }
    assert [rule["name"] for rule in posting["rules"]] == [
        "second-hand goods",
        "EU consumers, VAT of their country (OSS)",
    ]
    assert posting["rules"][0]["when"]["category"] == ["Brugt", "Kunst*"]
    assert posting["rules"][1]["foreign_vat_account"] == 64200


def test_a_shop_of_plain_goods_gets_no_rules(keys: Desk) -> None:
    answers = ["2027-01-01", "", "", *[""] * 5, "no", "no", "no", "no", "no"]

    begun = init(keys, answers="\n".join(answers) + "\n")

    assert begun.status == 0
    posting = written(keys)["posting"]
    assert (posting["sales_account"], posting["shipping_account"]) == (1000, 1350)
    assert posting.keys() & {"rules", "margin_scheme", "gift_cards", "kinds"} == set()


def test_leaving_the_questions_writes_nothing(keys: Desk) -> None:
    begun = init(keys, answers="2026-12-24\n")

    assert begun.status == 2
    assert "--yes" in begun.message
    assert not keys.config.exists()


def test_an_existing_file_is_never_overwritten(keys: Desk, sandbox: SandboxProcess) -> None:
    write(keys, "config.yaml", "my own\n")

    begun = init(keys, "--yes")

    assert begun.status == 2
    assert "never overwritten" in begun.message
    assert keys.config.read_text(encoding="utf-8") == "my own\n"
    assert sandbox.requests() == []


def test_another_place_can_be_named(keys: Desk) -> None:
    begun = init(keys, "--yes", "-o", "shop.yaml")

    assert begun.status == 0
    assert (keys.folder / "shop.yaml").exists()
    assert not keys.config.exists()


def test_references_are_kept_as_they_are(keys: Desk) -> None:
    text = (keys.folder / "keys.yaml").read_text(encoding="utf-8")
    keys.variables["SHOP_KEY"] = "sandbox-shop-token"
    write(keys, "keys.yaml", text.replace("sandbox-shop-token", "${SHOP_KEY}"))

    init(keys, "--yes")

    assert written(keys)["shoporama"]["api_key"] == "${SHOP_KEY}"
    assert "sandbox-shop-token" not in keys.config.read_text(encoding="utf-8")


def test_without_keys_the_variables_to_set_are_named(keys: Desk, sandbox: SandboxProcess) -> None:
    begun = keys.run("init", "--yes")

    assert begun.status == 2
    assert [name for name in KEY_VARIABLES if name not in begun.message] == []
    assert sandbox.requests() == []


def test_every_problem_of_the_keys_is_told(keys: Desk) -> None:
    write(keys, "keys.yaml", "shoporama: {api_key: x, colour: red}\ndinero: {}\n")

    begun = init(keys, "--yes")

    told = {event["key"] for event in begun.events_named("config.problem")}
    assert begun.status == 78
    assert told >= {"shoporama.colour", "dinero.auth.client_id"}
    assert not keys.config.exists()


def test_every_problem_of_the_answers_is_told_with_its_line(keys: Desk) -> None:
    write(keys, "answers.yaml", "trigger: payed\nbokking: draft\npayment_types: {Kort: bank}\n")

    begun = init(keys, "--answers", "answers.yaml")

    told = {event["key"]: event["line"] for event in begun.events_named("config.problem")}
    assert begun.status == 78
    assert told == {"trigger": 1, "bokking": 2, "payment_types.Kort": 3}
    assert 'did you mean "booking"?' in begun.message


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("payment_types: {Swish: 55010}", "no payment gateway called Swish"),
        ("second_hand: collective\nsecond_hand_account: 1000", "1000"),
        ("eu_business_account: 1017", "1017"),
        ("payment_types: {Kort: 55011}", "55011"),
        ("gift_cards: single_purpose\ngift_card_account: 63080", "63080"),
    ],
    ids=lambda text: text.partition(":")[0],
)
def test_an_account_that_does_not_fit_is_refused_and_nothing_is_written(
    keys: Desk, answers: str, told: str
) -> None:
    write(keys, "answers.yaml", answers)

    begun = init(keys, "--answers", "answers.yaml")

    assert begun.status in {2, 78}
    assert told in begun.message
    assert not keys.config.exists()


def test_a_key_that_stands_twice_in_the_answers_is_refused(keys: Desk) -> None:
    write(keys, "answers.yaml", "trigger: paid\ntrigger: shipped\n")

    begun = init(keys, "--answers", "answers.yaml")

    assert begun.status == 78
    assert "stands twice" in begun.message
    assert "move its entries under the first" in begun.message


def test_a_folder_that_is_not_there_is_told(keys: Desk) -> None:
    begun = init(keys, "--yes", "-o", "nowhere/config.yaml")

    assert begun.status == 70
    assert "nowhere/config.yaml can't be written" in begun.message


def test_yes_and_answers_exclude_each_other(keys: Desk) -> None:
    write(keys, "answers.yaml", "trigger: paid\n")

    assert init(keys, "--yes", "--answers", "answers.yaml").status == 2


def test_a_company_that_the_keys_do_not_see_is_refused(keys: Desk) -> None:
    data = yaml.safe_load((keys.folder / "keys.yaml").read_text(encoding="utf-8"))
    data["dinero"]["organization_id"] = 999
    write(keys, "keys.yaml", yaml.safe_dump(data))

    begun = init(keys, "--yes")

    assert begun.status == 77
    assert "company 999" in begun.message
    assert not keys.config.exists()


def test_the_sandboxs_register_of_vat_numbers_is_asked_and_not_the_real_one(
    keys: Desk, sandbox: SandboxProcess
) -> None:
    write(keys, "keys.yaml", sandbox.config_text("api_key", "paid"))

    begun = init(keys, "--yes")

    assert begun.status == 0, begun.message
    register = written(keys)["posting"]["eu_vat_numbers"]["vies_url"]
    assert register == f"{sandbox.url}/vies"


def test_a_register_that_is_no_address_is_told_and_other_rules_are_not_looked_at(
    keys: Desk,
) -> None:
    text = (keys.folder / "keys.yaml").read_text(encoding="utf-8")
    posting = "posting:\n  rules: nonsense\n  eu_vat_numbers: {vies_url: nowhere}\n"
    write(keys, "keys.yaml", text + posting)

    begun = init(keys, "--yes")

    assert begun.status == 78
    assert '"posting.eu_vat_numbers.vies_url"' in begun.stderr
    assert "posting.rules" not in begun.stderr


def test_in_danish_it_asks_whole_questions_and_is_answered_in_danish_words(keys: Desk) -> None:
    answers = [
        *("24-12-2026", "afsendt", "kladde"),
        *("55010", "ingen", "faktura", "", ""),
        *("nej", "nej", "nej", "nej", "nej"),
    ]

    begun = init(keys, "--language", "da", answers="\n".join(answers) + "\n")

    assert begun.status == 0
    assert "Hvornår bliver en ordre til en faktura?" in begun.stdout
    assert "  afsendt  når den er afsendt" in begun.stdout
    assert "Sælger I til private i andre EU-lande" in begun.stdout
    assert "Skrevet: config.yaml" in begun.stdout
    data = written(keys)
    assert data["sync"]["start_date"] == date(2026, 12, 24)
    assert (data["sync"]["trigger"], data["sync"]["booking"]) == ("shipped", "draft")
    assert "rules" not in data["posting"]
    text = keys.config.read_text(encoding="utf-8")
    assert "# Skrevet af `dinero-sync init` den " in text
    assert "Written by" not in text


def test_what_is_no_answer_is_asked_for_again_with_what_would_be(keys: Desk) -> None:
    answers = "2026-12-24\nmaybe\nshipped\n" + "\n" * 40

    begun = init(keys, "--language", "da", answers=answers)

    assert begun.status == 0
    assert "Svar med en af: betalt, afsendt." in begun.stdout
    assert written(keys)["sync"]["trigger"] == "shipped"


def test_keys_that_arent_set_are_asked_for_and_kept_for_their_owner_alone(
    keys: Desk, sandbox: SandboxProcess
) -> None:
    begun = keys.run("init", answers="a-shop-key\nan-id\n")

    folder = keys.folder / "keys"
    assert begun.status == 2
    assert "DINERO_CLIENT_SECRET" in begun.message
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "shoporama_api_key": "a-shop-key\n",
        "dinero_client_id": "an-id\n",
    }
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sandbox.requests() == []
