"""The sandbox's own routes, its configuration, and how it is started."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, ShopCaller, raw_order

import dinero_sync.sandbox
from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.dinero.company import ACCOUNTS, DEPOSIT_ACCOUNTS
from dinero_sync.sandbox.state import Sandbox

LONG_ENOUGH_SECONDS = 20


def control(
    sandbox: Sandbox, method: str, path: str, body: object = None, **query: str
) -> requests.Response:
    return requests.request(
        method,
        f"{sandbox.url}/sandbox/{path}",
        json=body,
        params=query,
        timeout=TIMEOUT_SECONDS,
    )


def test_info_names_every_address_and_credential(sandbox: Sandbox) -> None:
    info = control(sandbox, "GET", "info").json()

    assert info["shoporama"]["base_url"] == f"{sandbox.url}/shoporama/REST"
    assert info["dinero"]["base_url"] == f"{sandbox.url}/dinero"
    assert [item["has_pro"] for item in info["dinero"]["organizations"]] == [True, False]
    assert set(info) >= {"visma_connect", "api_key", "start_date"}


@pytest.mark.parametrize("auth", ["api_key", "visma_connect"])
@pytest.mark.parametrize("trigger", ["paid", "shipped"])
def test_the_configuration_is_yaml_for_the_method_and_trigger(
    sandbox: Sandbox, auth: str, trigger: str
) -> None:
    answer = control(sandbox, "GET", "config", auth=auth, trigger=trigger)

    config = yaml.safe_load(answer.text)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert config["dinero"]["auth"]["method"] == auth
    assert config["sync"]["trigger"] == trigger
    assert "state_dir" not in config["sync"]


def test_the_configuration_names_accounts_that_exist() -> None:
    config = yaml.safe_load(demo_config("http://127.0.0.1:1"))
    rules, payment_types = config["posting"]["rules"], config["payment_types"]
    deposits = {item["deposit_account"] for item in payment_types if item["paid"]}

    assert {rule["account"] for rule in rules} <= {account[0] for account in ACCOUNTS}
    assert deposits <= {account[0] for account in DEPOSIT_ACCOUNTS}


def test_an_unknown_method_of_connecting_is_refused(sandbox: Sandbox) -> None:
    assert control(sandbox, "GET", "config", auth="password").status_code == 400


def test_the_log_has_every_request_to_the_vendors(
    sandbox: Sandbox, dinero: DineroCaller, shop: ShopCaller
) -> None:
    dinero.new_contact(Name="Ærlig Handel", IsPerson=False)
    shop.get("order", limit=5)

    log = control(sandbox, "GET", "requests").json()

    assert [(item["number"], item["service"], item["method"]) for item in log] == [
        (1, "authz", "POST"),
        (2, "dinero", "POST"),
        (3, "shoporama", "GET"),
    ]
    assert log[1]["body"]["Name"] == "Ærlig Handel"
    assert log[2]["query"] == {"limit": "5"}
    assert [item["status"] for item in log] == [200, 200, 200]


def test_the_books_show_documents_payments_and_balances(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.pay(dinero.new_booked(), ExternalReference="shop:1:payment")

    books = control(sandbox, "GET", "books").json()

    (invoice,) = books["invoices"]
    assert len(books["contacts"]) == 1
    assert (invoice["Number"], invoice["RemainingAmount"]) == (1001, 0)
    assert invoice["Payments"][0]["ExternalReference"] == "shop:1:payment"
    assert books["balances"] == {"1000": -9.88, "53000": 0, "55010": 12.35, "64000": -2.47}
    assert round(sum(entry["amount"] for entry in books["entries"]), 2) == 0


def test_complaints_tell_which_request_they_are_about(sandbox: Sandbox, shop: ShopCaller) -> None:
    shop.get("order", colour="red")

    (complaint,) = control(sandbox, "GET", "complaints").json()

    assert complaint["request"] == 1
    assert complaint["path"] == "/shoporama/REST/order"


def test_orders_are_added_replaced_and_changed(sandbox: Sandbox) -> None:
    control(sandbox, "POST", "orders", [raw_order(11), raw_order(12)])
    control(sandbox, "POST", "orders", [{**raw_order(12), "paid": 1}])
    control(sandbox, "PATCH", "orders/11", {"paid": 1, "last_modified": "2026-11-05 08:00:00"})
    control(sandbox, "PATCH", "orders/12", {"status": "sent"})

    orders = {order["order_id"]: order for order in control(sandbox, "GET", "orders").json()}

    assert [order["paid"] for order in orders.values()] == [1, 1]
    assert orders[11]["last_modified"] == "2026-11-05 08:00:00"
    assert orders[12]["last_modified"] > "2026-11-05 08:00:00"


def test_amounts_of_added_orders_come_back_as_they_were_written(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    order = {**raw_order(11), "total_price": 678.01, "vat": "135.60"}
    control(sandbox, "POST", "orders", [order])

    assert shop.get("order/11").json() == order


def test_changing_an_unknown_order_is_refused(sandbox: Sandbox) -> None:
    assert control(sandbox, "PATCH", "orders/99", {"paid": 1}).status_code == 400


def test_faults_are_added_listed_and_cleared(sandbox: Sandbox) -> None:
    control(sandbox, "POST", "faults", {"kind": "html"})
    control(sandbox, "POST", "faults", [{"kind": "stale"}, {"kind": "truncated"}])

    listed = [fault["kind"] for fault in control(sandbox, "GET", "faults").json()]
    control(sandbox, "DELETE", "faults")

    assert listed == ["html", "stale", "truncated"]
    assert control(sandbox, "GET", "faults").json() == []


def test_a_wrong_fault_or_setting_is_refused_with_the_known_names(sandbox: Sandbox) -> None:
    fault = control(sandbox, "POST", "faults", {"kind": "flood"})
    setting = control(sandbox, "POST", "settings", {"colour": "red"})

    assert (fault.status_code, setting.status_code) == (400, 400)
    assert "reset_before" in fault.text
    assert "calls_per_minute" in setting.text


@pytest.mark.parametrize(
    "settings", [{"vat_rounding": "totals"}, {"calls_per_minute": "many"}], ids=str
)
def test_a_setting_of_the_wrong_kind_is_refused(sandbox: Sandbox, settings: dict[str, str]) -> None:
    before = sandbox.settings

    answer = control(sandbox, "POST", "settings", settings)

    assert (answer.status_code, sandbox.settings) == (400, before)
    assert next(iter(settings)) in answer.text


def test_an_order_without_its_number_is_refused(sandbox: Sandbox) -> None:
    assert control(sandbox, "POST", "orders", [{"paid": 1}]).status_code == 400


def test_settings_are_changed_and_reset(sandbox: Sandbox) -> None:
    control(sandbox, "POST", "settings", {"calls_per_minute": 5})
    changed = control(sandbox, "GET", "settings").json()["calls_per_minute"]
    control(sandbox, "POST", "reset")

    assert changed == 5
    assert control(sandbox, "GET", "settings").json()["calls_per_minute"] is None


def test_a_reset_empties_shop_and_books(sandbox: Sandbox, dinero: DineroCaller) -> None:
    sandbox.add_orders([raw_order(11)])
    dinero.new_booked()

    control(sandbox, "POST", "reset")

    assert (sandbox.orders, sandbox.invoices, list(sandbox.requests)) == ({}, {}, [])


def test_a_consent_is_given_and_revoked_without_a_browser(sandbox: Sandbox) -> None:
    given = control(sandbox, "POST", "consents").json()["refresh_token"]
    known = given in sandbox.consents.refresh_tokens
    control(sandbox, "DELETE", "consents")

    assert known
    assert sandbox.consents.refresh_tokens == {}


def test_the_control_routes_are_in_no_log_and_meet_no_fault(sandbox: Sandbox) -> None:
    sandbox.add_fault({"kind": "status_before", "times": None})

    assert control(sandbox, "GET", "info").status_code == 200
    assert list(sandbox.requests) == []


def test_connections_are_kept_alive(sandbox: Sandbox) -> None:
    with requests.Session() as session:
        answers = [
            session.get(f"{sandbox.url}/sandbox/info", timeout=TIMEOUT_SECONDS) for _ in range(3)
        ]
        connections = session.get_adapter(sandbox.url).poolmanager.pools  # type: ignore[attr-defined]  # requests' types don't name it

        assert [answer.status_code for answer in answers] == [200] * 3
        assert [pool.num_connections for pool in connections._container.values()] == [1]  # noqa: SLF001 - urllib3 counts them nowhere public


def test_a_sandbox_ends_with_its_block() -> None:
    with running_sandbox(orders="none") as sandbox:
        url = f"{sandbox.url}/sandbox/info"

    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=TIMEOUT_SECONDS)


def test_a_seeded_sandbox_serves_the_seeded_orders() -> None:
    with running_sandbox(seed=3) as sandbox:
        assert len(sandbox.orders) == 60


def test_an_unknown_setting_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="no setting colour"), running_sandbox(colour="red"):
        pass


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "dinero_sync.sandbox.server", raising=False)
    monkeypatch.delattr(dinero_sync.sandbox, "server", raising=False)
    monkeypatch.setitem(sys.modules, "flask", None)

    with pytest.raises(ImportError, match=r"-m pip install flask jsonschema$"), running_sandbox():
        pass


def test_the_command_prints_one_line_and_stops_at_a_signal(tmp_path: Path) -> None:
    started_file = tmp_path / "started.json"
    command = [sys.executable, "-m", "dinero_sync.sandbox", "--orders", "none"]
    command += ["--calls-per-minute", "7", "--started-file", str(started_file)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        started: dict[str, Any] = json.loads(process.stdout.readline())
        url = f"{started['url']}/sandbox/settings"
        settings = requests.get(url, timeout=TIMEOUT_SECONDS).json()
        process.send_signal(signal.SIGTERM)
        exit_status = process.wait(LONG_ENOUGH_SECONDS)

    assert exit_status == 0
    assert (settings["orders"], settings["calls_per_minute"]) == ("none", 7)
    assert json.loads(started_file.read_text(encoding="utf-8")) == started
