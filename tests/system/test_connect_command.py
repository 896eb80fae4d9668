"""``dinero-sync connect``, as an operator on a server without a browser meets it."""

import subprocess
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
import requests
from desk import Desk, Finished
from sandbox_process import TIMEOUT_SECONDS, SandboxProcess

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.credentials import (
    OTHER_ORGANIZATION_ID,
    OTHER_ORGANIZATION_VAT_NUMBER,
)


class Form(HTMLParser):
    """Reads the one form of the consent page: where it goes, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = attributes["action"]
        elif tag == "input":
            self.fields[attributes["name"]] = attributes["value"]


def address_after(consent_url: str, decision: str) -> str:
    """Decide at the consent page and return the address that the browser is sent to."""
    page = requests.get(consent_url, timeout=TIMEOUT_SECONDS)
    page.raise_for_status()
    form = Form()
    form.feed(page.text)
    answer = requests.post(
        urljoin(page.url, form.action),
        {**form.fields, "decision": decision},
        timeout=TIMEOUT_SECONDS,
        allow_redirects=False,
    )
    assert answer.is_redirect, answer.text
    return answer.headers["Location"]


def printed_address(process: subprocess.Popen[str]) -> str:
    """Read what the command prints until the address to open comes."""
    assert process.stdout is not None
    return next(line.strip() for line in process.stdout if line.startswith("http"))


def pasted(desk: Desk, decision: str = "accept") -> Finished:
    process = desk.start("connect", "--no-browser")
    address = address_after(printed_address(process), decision)
    return desk.end_of(process, f"{address}\n")


@pytest.fixture
def visma_desk(desk: Desk, sandbox: SandboxProcess) -> Desk:
    desk.configure(sandbox, auth="visma_connect")
    return desk


def test_the_address_is_pasted_back_and_the_next_run_books(
    visma_desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    connected = pasted(visma_desk)
    run = visma_desk.run("run")

    assert connected.status == 0
    assert "Connected to Ler og Lærred ApS, company 123456." in connected.stdout
    assert (run.status, run.outcomes) == (0, {one_order: "booked"})
    assert sandbox.complaints() == []


def test_the_address_comes_at_once_and_says_where_it_ends(visma_desk: Desk) -> None:
    process = visma_desk.start("connect", "--no-browser")

    address = printed_address(process)
    ended = visma_desk.end_of(process, "")

    assert "response_mode=query" in address
    assert "code_challenge_method=S256" in address
    assert "redirect_uri=http%3A%2F%2Flocalhost%3A8765%2Fcallback" in address
    assert ended.status == 75, "nothing was pasted, and nothing was changed"


def test_a_revoked_consent_is_77_and_says_connect(
    visma_desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    assert pasted(visma_desk).status == 0
    sandbox.revoke_consents()

    refused = visma_desk.run("run")
    connected = pasted(visma_desk)
    resumed = visma_desk.run("run")

    assert (refused.status, refused.outcomes) == (77, {})
    assert "dinero-sync connect" in refused.message
    assert (connected.status, resumed.outcomes) == (0, {one_order: "booked"})


def test_a_declined_consent_is_77_and_leaves_nothing(visma_desk: Desk) -> None:
    declined = pasted(visma_desk, "decline")

    assert declined.status == 77
    assert "Consent was declined" in declined.message
    assert not (visma_desk.state / "tokens.json").exists()


def test_what_is_no_address_is_refused_without_asking_visma(
    visma_desk: Desk, sandbox: SandboxProcess
) -> None:
    refused = visma_desk.run("connect", "--no-browser", answers="I clicked on accept\n")

    assert refused.status == 2
    assert sandbox.requests("visma") == []


def test_nobody_there_to_paste_ends_the_command(visma_desk: Desk) -> None:
    ended = visma_desk.run("connect", "--no-browser", answers="")

    assert ended.status not in {0, 70}
    assert not (visma_desk.state / "tokens.json").exists()


def test_an_api_key_is_proved_and_nothing_is_opened(desk: Desk, sandbox: SandboxProcess) -> None:
    connected = desk.run("connect")

    assert connected.status == 0
    assert connected.stdout.startswith("Connected to Ler og Lærred ApS, company 123456.")
    assert [each["service"] for each in sandbox.requests()] == ["authz", "dinero"]
    assert sandbox.writes() == []


def test_a_wrong_api_key_is_refused_before_anything_is_kept(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.auth.api_key": "wrong"})

    refused = desk.run("connect")

    assert refused.status == 77
    assert not (desk.state / "tokens.json").exists()


def test_the_only_company_with_a_plan_is_chosen_and_kept(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})

    connected = desk.run("connect")
    run = desk.run("run")

    assert connected.status == 0
    assert "organization_id: 123456" in connected.stdout
    assert run.outcomes == {one_order: "booked"}


def test_a_company_without_a_plan_is_77_and_no_run_writes_to_it(
    visma_desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    other = {
        "dinero.organization_id": OTHER_ORGANIZATION_ID,
        "dinero.vat_number": OTHER_ORGANIZATION_VAT_NUMBER,
    }
    visma_desk.configure(sandbox, other, auth="visma_connect")

    refused, run = pasted(visma_desk), visma_desk.run("run")

    assert (refused.status, run.status) == (77, 77)
    assert "Company 234567 has no Dinero Pro" in refused.message
    assert "Indstillinger → Abonnement" in run.message
    assert one_order not in run.outcomes
    assert sandbox.writes() == []


def test_several_companies_and_none_chosen_are_listed(desk: Desk) -> None:
    with running_sandbox(orders="none") as played:
        played.organisations[OTHER_ORGANIZATION_ID].has_pro = True
        anybody = {"dinero.organization_id": None, "dinero.vat_number": None}
        desk.configure(SandboxProcess(played.url), anybody, auth="visma_connect")
        refused, run = pasted(desk), desk.run("run")

    assert refused.status == 2
    assert "123456  Ler og Lærred ApS" in refused.message
    assert "234567  Sommerhuset Ærø" in refused.message
    assert "dinero.organization_id" in refused.message
    assert run.status == 77, "without a choice nothing may be written to any of them"
