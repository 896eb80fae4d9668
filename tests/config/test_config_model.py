"""What a configuration says when it is right: defaults, and the forms that values may take."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from broken_configs import GOOD, SECRETS
from pydantic import ValidationError

from dinero_sync.config.choices import AuthMethod, AuthScheme, Booking, TermsType
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.rules.payments import PaymentTerms
from dinero_sync.config.services import FIELD_NAMES
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind, Received, Trigger
from dinero_sync.shoporama.fields import WIRE_NAMES

START = "start_date: 2026-12-01"
WHEN = "{zone: eu, buyer: business}"


def load(folder: Path, old: str = "", new: str = "") -> Config:
    if old:
        assert GOOD.count(old) == 1
    path = folder / "config.yaml"
    path.write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
    return load_config(path)


def test_the_shop_has_defaults(tmp_path: Path) -> None:
    shop = load(tmp_path, "  base_url: http://127.0.0.1:9/REST\n", "").shoporama

    assert shop.base_url == "https://www.shoporama.dk/REST"
    assert shop.auth_scheme is AuthScheme.SHOPORAMA
    assert (shop.time_zone, shop.currency, shop.daily_calls) == ("Europe/Copenhagen", "DKK", 1000)
    assert shop.fields == {}


def test_the_ledger_has_defaults(tmp_path: Path) -> None:
    dinero = load(tmp_path, "  base_url: http://127.0.0.1:9\n  auth", "  auth").dinero

    assert dinero.base_url == "https://api.dinero.dk"
    assert (dinero.calls_per_minute, dinero.vat_number) == (55, None)
    assert dinero.auth.method is AuthMethod.VISMA_CONNECT
    assert dinero.auth.authorize_url == "https://connect.visma.com/connect/authorize"
    assert dinero.auth.redirect_uri == "http://localhost:8765/callback"
    assert dinero.auth.token_url == "https://connect.visma.com/connect/token"


def test_the_run_and_the_accounts_have_defaults(tmp_path: Path) -> None:
    config = load(tmp_path)

    assert (config.sync.trigger, config.sync.booking) == (Trigger.PAID, Booking.AUTOMATIC)
    assert (config.sync.overlap_minutes, config.sync.deadline_minutes) == (180, 30)
    assert config.sync.state_dir is None
    assert config.http.timeout_seconds == 30
    assert (config.posting.sales_account, config.posting.shipping_account) == (1000, 1350)


@pytest.mark.parametrize("section", ["http:", "http: {}", "http: null", "http:\n  # nothing yet"])
def test_a_section_without_keys_is_all_defaults(section: str, tmp_path: Path) -> None:
    config = load(tmp_path, "posting:", f"{section}\nposting:")

    assert config.http.timeout_seconds == 30


def test_rules_may_be_left_out_or_empty(tmp_path: Path) -> None:
    upto = GOOD[: GOOD.index("posting:")]

    for lists in ("", "posting: {rules: []}\n", "posting:\n"):
        config = load(tmp_path, GOOD, f"{upto}{lists}payment_types: []\n")

        assert (config.posting.rules, config.payment_types) == ((), ())


def test_the_company_may_be_unknown_until_it_is_connected(tmp_path: Path) -> None:
    assert load(tmp_path, "  organization_id: 123456\n", "").dinero.organization_id is None


def test_the_method_decides_where_tokens_come_from(tmp_path: Path) -> None:
    config = load(tmp_path, "client_id:", "method: api_key\n    api_key: key\n    client_id:")

    assert config.dinero.auth.token_url == "https://authz.dinero.dk/dineroapi/oauth/token"


def test_a_given_token_address_goes_before_the_methods_own(tmp_path: Path) -> None:
    keys = "method: api_key\n    api_key: key\n    token_url: http://localhost:1/t\n    client_id:"

    assert load(tmp_path, "client_id:", keys).dinero.auth.token_url == "http://localhost:1/t"


@pytest.mark.parametrize("day", ["2026-12-01", '"2026-12-01"', "'2026-12-01'"])
def test_a_day_may_stand_in_quotes_or_not(day: str, tmp_path: Path) -> None:
    assert load(tmp_path, START, f"start_date: {day}").sync.start_date == date(2026, 12, 1)


@pytest.mark.parametrize(("text", "number"), [("1000000", 1_000_000), ("0.5", 0.5), ("1.10", 1.1)])
def test_any_positive_number_limits_the_calls(text: str, number: float, tmp_path: Path) -> None:
    limit = f"organization_id: 123456\n  calls_per_minute: {text}"

    assert load(tmp_path, "organization_id: 123456", limit).dinero.calls_per_minute == number


@pytest.mark.parametrize(
    "url",
    ["https://shop.dk/REST", "http://localhost:81", "http://127.0.0.1:81/REST", "http://[::1]:81"],
)
def test_https_is_required_except_on_this_machine(url: str, tmp_path: Path) -> None:
    config = load(tmp_path, "base_url: http://127.0.0.1:9/REST", f'base_url: "{url}/"')

    assert config.shoporama.base_url == url


def test_a_single_value_stands_for_a_list_of_one(tmp_path: Path) -> None:
    when = (
        "{line: product, vat_rate: 25, country: NO, payment_type: Faktura, sku: a*, product_id: 7}"
    )

    rule = load(tmp_path, WHEN, when).posting.rules[0].when

    assert rule.line == (LineKind.PRODUCT,)
    assert rule.vat_rate == (Decimal(25),)
    assert (rule.country, rule.payment_type) == (("NO",), ("Faktura",))
    assert (rule.sku, rule.product_id) == (("a*",), (7,))


def test_a_rule_may_name_payment_types_by_a_pattern(tmp_path: Path) -> None:
    rule = load(tmp_path, WHEN, '{payment_type: "dank*"}').posting.rules[0].when

    assert rule.payment_type == ("dank*",)


def test_the_empty_text_stands_for_orders_that_name_no_gateway(tmp_path: Path) -> None:
    path = '{gateway: "", gateway_name: ""}'

    when = load(tmp_path, '{gateway: "quickpay*"}', path).payment_types[0].when

    assert (when.gateway, when.gateway_name) == (("",), ("",))


def test_a_list_stays_in_its_order(tmp_path: Path) -> None:
    when = "{vat_rate: [0, 12.5], zone: [world, eu], buyer: [public], sku: ['1', b]}"

    rule = load(tmp_path, WHEN, when).posting.rules[0].when

    assert rule.vat_rate == (Decimal(0), Decimal("12.5"))
    assert (rule.zone, rule.buyer) == ((Zone.WORLD, Zone.EU), (BuyerKind.PUBLIC,))
    assert rule.sku == ("1", "b")


@pytest.mark.parametrize("when", ["      when: {}\n", "      when:\n", ""])
def test_a_rule_without_conditions_takes_every_line(when: str, tmp_path: Path) -> None:
    rule = load(tmp_path, f"      when: {WHEN}\n", when).posting.rules[0]

    assert rule.account == 1100
    assert not any(value for _, value in rule.when)


def test_payment_types_keep_their_order_and_their_terms(tmp_path: Path) -> None:
    card, invoice = load(tmp_path, "paid: false", "paid: false\n    trigger: shipped").payment_types

    assert (card.when.gateway, card.paid, card.deposit_account) == (("quickpay*",), True, 55010)
    assert (card.payment_terms, card.trigger) == (None, None)
    assert invoice.payment_terms == PaymentTerms(type=TermsType.NETTO, days=14)
    assert invoice.trigger is Trigger.SHIPPED


@pytest.mark.parametrize("received", Received)
def test_a_payment_type_says_when_its_money_comes(received: Received, tmp_path: Path) -> None:
    card, invoice = load(
        tmp_path, "paid: false", f"paid: false\n    received: {received}"
    ).payment_types

    assert (card.received, invoice.received) == (None, received)


def test_the_last_reported_day_is_a_day(tmp_path: Path) -> None:
    closed = "closed_until: 2026-12-31\n  auth:"

    assert load(tmp_path, "  auth:", f"  {closed}").dinero.closed_until == date(2026, 12, 31)


def test_cash_terms_have_no_days(tmp_path: Path) -> None:
    payment_type = load(tmp_path, "{type: Netto, days: 14}", "{type: NettoCash}").payment_types[1]

    assert payment_type.payment_terms == PaymentTerms(type=TermsType.NETTO_CASH)


def test_fields_of_the_shop_may_have_other_names(tmp_path: Path) -> None:
    fields = "  fields: {paid_time: betalt, total: [total_price, sum]}\ndinero:"

    config = load(tmp_path, "dinero:", fields)

    assert config.shoporama.fields == {"paid_time": ("betalt",), "total": ("total_price", "sum")}


def test_a_relative_state_folder_begins_at_the_configuration(tmp_path: Path) -> None:
    config = load(tmp_path, START, f"{START}\n  state_dir: state")

    assert config.sync.state_dir == tmp_path / "state"


def test_a_state_folder_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/owner")

    config = load(tmp_path, START, f"{START}\n  state_dir: ~/state")

    assert config.sync.state_dir == Path("/home/owner/state")


def test_a_configuration_never_changes(tmp_path: Path) -> None:
    config = load(tmp_path)

    with pytest.raises(ValidationError, match="frozen"):
        config.sync.trigger = Trigger.SHIPPED  # type: ignore[misc]  # the point of the test


def test_no_secret_appears_when_a_configuration_is_printed(tmp_path: Path) -> None:
    config = load(tmp_path)

    printed = f"{config!r} {config} {config.model_dump()} {config.model_dump_json()}"
    assert [secret for secret in SECRETS if secret in printed] == []


def test_the_fields_that_may_be_renamed_are_those_that_are_read_from_an_order() -> None:
    assert sorted(FIELD_NAMES) == sorted(WIRE_NAMES)
